"""IV.6-2, IV.6-3 and V.3-1: one party writes the minutes, the other confirms them or asks for a correction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.fulfilments import fulfil
from bot.agreement.ledger import NothingToSay
from bot.agreement.meeting_actions import enter_actions, read_actions
from bot.agreement.meeting_dates import HELD, after
from bot.agreement.meetings import (
    CONSULTING,
    DATED,
    Meeting,
    MeetingEvent,
    MeetingFieldEmpty,
    MeetingStatus,
    change,
    event_facts,
    get_meeting,
    listed,
    refuse_over,
    require_here,
    who_was_first,
)
from bot.agreement.people import Refusal
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.time_limits import civil_day

CLAUSE = "V.3-1"
CONFIRM = "minutes_wait"


class MinutesStatus(StrEnum):
    """Where one version of the minutes stands."""

    PROPOSED = "proposed"
    """The other party has not answered yet."""
    RETURNED = "returned"
    """The other party asked for a correction."""
    CONFIRMED = "confirmed"
    """The other party confirmed it: these are the joint minutes."""


class Minutes(SQLModel, table=True):
    """One version of the minutes of a meeting, as one party wrote it.

    `present_own` and `present_other` say who came for the party that wrote it and for the other.
    """

    __tablename__ = "meetingminutes"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    version: int
    party: str
    written_by: int = Field(foreign_key="person.id")
    written_at: datetime
    held_on: date
    present_own: str
    present_other: str
    summary: str
    decisions: str
    actions: str
    next_on: date | None = None
    no_next: str = ""
    status: MinutesStatus = Field(sa_type=status_type(MinutesStatus))
    correction: str = ""
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the minutes are not stored yet")
        return self.id

    def side_of(self, party: str) -> Side:
        """The party that wrote them waits; the other confirms."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True)
class Written:
    """What the minutes of a meeting say, as it was typed."""

    held_on: date | None
    present_own: str
    present_other: str
    summary: str
    decisions: str
    actions: str
    next_on: date | None
    no_next: str


@dataclass(frozen=True, kw_only=True)
class MinutesProposed(MeetingEvent):
    """A party wrote the minutes, and the other is asked to confirm them."""

    minutes_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(MeetingEvent):
    """A party asked the other to correct its minutes."""

    minutes_id: int
    version: int
    correction: str


@dataclass(frozen=True, kw_only=True)
class MinutesConfirmed(MeetingEvent):
    """Both parties stand by the minutes; `settled` are the clauses and due dates that the meeting met."""

    minutes_id: int
    version: int
    held_on: date
    settled: tuple[tuple[str, date], ...]


@dataclass(frozen=True, kw_only=True)
class MinutesAwaited(FollowedUp):
    """Minutes still wait for the other party to confirm them; `party` wrote them, `others` are asked."""

    meeting_id: int
    minutes_id: int
    party: str
    others: tuple[str, ...]


@dataclass
class NoSuchMinutes(AgreementError):
    """There are no such minutes."""

    routine = "meetings"


@dataclass
class NotYetHeld(Refusal):
    """A meeting without a date, or whose day has not come, has no minutes."""

    routine = "meetings"
    number: str
    day: date | None


@dataclass
class MinutesWaiting(Refusal):
    """Somebody has written the minutes, and they wait for the other party."""

    routine = "meetings"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class MinutesAnswered(Refusal):
    """Somebody has answered already."""

    routine = "meetings"
    number: str
    status: MinutesStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class HeldInFuture(FieldError):
    """A meeting cannot have been held on a day that has not come."""

    routine = "meetings"
    today: date


@dataclass
class HeldBeforeProposed(FieldError):
    """A meeting cannot have been held before it was proposed."""

    routine = "meetings"
    proposed_on: date


@dataclass
class NextMissing(FieldError):
    """The next date is fixed, or it is said why none is, before a meeting closes (IV.6-3)."""

    routine = "meetings"


@dataclass
class NextPassed(FieldError):
    """The next meeting comes after this one."""

    routine = "meetings"
    held_on: date


def write(desk: Desk, *, meeting_id: int, written: Written) -> MinutesProposed:
    """Write the minutes, or a corrected version of them, for the other party to confirm."""
    row = writable(desk, meeting_id)
    typed: dict[str, Any] = {
        name: said.strip() for name, said in vars(written).items() if isinstance(said, str)
    }
    held_on = _check(desk, row, written, typed)
    # Not the text without its margins: a refusal counts the lines as they were typed.
    read_actions(desk, written.actions, held_on)
    made = Minutes(
        meeting_id=row.key,
        version=len(versions(desk.session, row)) + 1,
        party=desk.person.party,
        written_by=desk.person.key,
        written_at=desk.now,
        held_on=held_on,
        next_on=written.next_on,
        status=MinutesStatus.PROPOSED,
        **typed,
    )
    desk.session.add(made)
    desk.session.flush()
    drop(desk.session, f"meeting:{row.key}")
    foresee(desk, f"minutes:{made.key}", CONFIRM, desk.today, after(desk, "minutes.remind"))
    return MinutesProposed(minutes_id=made.key, version=made.version, **_facts(desk, row))


def writable(desk: Desk, meeting_id: int) -> Meeting:
    """A meeting whose minutes the person may write now; refused while a version waits for the other party."""
    row = get_meeting(desk.session, meeting_id)
    require_here(desk, Act.WRITE_MINUTES, row)
    refuse_over(desk, row)
    if row.status not in DATED or row.day is None or row.day > desk.today:
        raise NotYetHeld(row.number, row.day)
    newest = latest(desk.session, row)
    if newest and newest.status is MinutesStatus.PROPOSED:
        raise MinutesWaiting(row.number, **who_was_first(desk, newest.written_by, newest.written_at))
    return row


def _check(desk: Desk, row: Meeting, written: Written, typed: dict[str, str]) -> date:
    proposed_on = civil_day(row.proposed_at, desk.definition.tz)
    if written.held_on is None:
        raise MeetingFieldEmpty("held_on")
    if written.held_on > desk.today:
        raise HeldInFuture("held_on", desk.today)
    if written.held_on < proposed_on:
        raise HeldBeforeProposed("held_on", proposed_on)
    for name in ("present_own", "present_other", "summary"):
        if not typed[name]:
            raise MeetingFieldEmpty(name)
    if written.next_on is None and not typed["no_next"]:
        raise NextMissing("next_on")
    if written.next_on and written.next_on <= written.held_on:
        raise NextPassed("next_on", written.held_on)
    return written.held_on


def confirm(desk: Desk, *, minutes_id: int, evidence: str) -> MinutesConfirmed:
    """Confirm the other party's minutes: the meeting is closed, and what both confirmed it for is met."""
    minutes, row = _answering(desk, minutes_id)
    _answer(desk, minutes, row, MinutesStatus.CONFIRMED)
    ended = {"ended_by": desk.person.key, "ended_at": desk.now, "held_on": minutes.held_on}
    change(desk, row, DATED, status=MeetingStatus.CLOSED, **ended)
    enter_actions(desk, row, read_actions(desk, minutes.actions, minutes.held_on))
    settled = _settle(desk, row, minutes.held_on, evidence)
    said: dict[str, Any] = {"version": minutes.version, "held_on": minutes.held_on, "settled": settled}
    return MinutesConfirmed(minutes_id=minutes.key, **said, **_facts(desk, row))


def _settle(desk: Desk, row: Meeting, held_on: date, evidence: str) -> tuple[tuple[str, date], ...]:
    met = [
        fulfil(desk, clause=purpose, on=held_on, evidence=evidence, scope=row.scope)
        for purpose in listed(row.confirmed)
        if purpose != CONSULTING
    ]
    return tuple((found.clause, found.due_on) for found in met if found)


def ask_for_correction(desk: Desk, *, minutes_id: int, correction: str) -> CorrectionAsked:
    """Ask for a correction; then either party may write the next version."""
    minutes, row = _answering(desk, minutes_id)
    if not correction.strip():
        raise MeetingFieldEmpty("correction")
    _answer(desk, minutes, row, MinutesStatus.RETURNED, correction=correction.strip())
    foresee(desk, f"meeting:{row.key}", HELD, desk.today, after(desk, "meeting.ask_held"))
    said: dict[str, Any] = {"version": minutes.version, "correction": minutes.correction}
    return CorrectionAsked(minutes_id=minutes.key, **said, **_facts(desk, row))


def _answering(desk: Desk, minutes_id: int) -> tuple[Minutes, Meeting]:
    minutes = get_minutes(desk.session, minutes_id)
    row = get_meeting(desk.session, minutes.meeting_id)
    answerable(desk, minutes)
    return minutes, row


def answerable(desk: Desk, minutes: Minutes) -> None:
    """Refuse whoever may not answer these minutes, or comes after somebody else."""
    row = get_meeting(desk.session, minutes.meeting_id)
    require_here(desk, Act.CONFIRM_MINUTES, row, minutes)
    if minutes.status is not MinutesStatus.PROPOSED:
        raise _answered(desk, minutes, row)
    refuse_over(desk, row)


def _answered(desk: Desk, minutes: Minutes, row: Meeting) -> MinutesAnswered:
    first = who_was_first(desk, minutes.answered_by, minutes.answered_at)
    return MinutesAnswered(row.number, minutes.status, **first)


def _answer(desk: Desk, minutes: Minutes, row: Meeting, status: MinutesStatus, **values: object) -> None:
    answered = {"status": status, "answered_by": desk.person.key, "answered_at": desk.now, **values}
    mine = (col(Minutes.id) == minutes.key) & (col(Minutes.status) == MinutesStatus.PROPOSED)
    done = desk.session.exec(update(Minutes).where(mine).values(**answered))
    desk.session.refresh(minutes)
    if done.rowcount != 1:
        raise _answered(desk, minutes, row)
    drop(desk.session, f"minutes:{minutes.key}")


def _facts(desk: Desk, row: Meeting) -> dict[str, Any]:
    return {**event_facts(desk, row), "clause": CLAUSE}


def remind(desk: Desk, *, waiting: Waiting) -> MinutesAwaited:
    """Remind the other party, with growing pauses, of minutes it has not answered."""
    minutes = get_minutes(desk.session, waiting.key)
    row = get_meeting(desk.session, minutes.meeting_id)
    if minutes.status is not MinutesStatus.PROPOSED:
        raise NothingToSay
    said = mark_followed_up(desk, waiting)
    return MinutesAwaited(
        clause=CLAUSE,
        number=row.number,
        title=row.title,
        meeting_id=row.key,
        minutes_id=minutes.key,
        party=desk.definition.party(minutes.party).abbreviation,
        others=tuple(other.abbreviation for other in desk.definition.others(minutes.party)),
        **said,
    )


def versions(session: Session, row: Meeting) -> Sequence[Minutes]:
    """Every version of the minutes, the first one first."""
    mine = select(Minutes).where(Minutes.meeting_id == row.key)
    return session.exec(mine.order_by(col(Minutes.version))).all()


def latest(session: Session, row: Meeting) -> Minutes | None:
    """The newest version of the minutes, if there are any."""
    return next(reversed(versions(session, row)), None)


def get_minutes(session: Session, minutes_id: int) -> Minutes:
    """One version of the minutes; refuses an unknown key."""
    row = session.get(Minutes, minutes_id)
    if row is None:
        raise NoSuchMinutes
    return row
