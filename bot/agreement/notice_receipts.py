"""VII.1-2: a notice that people sent is put on record, and so is its receipt, from which its two months run."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.files import Attachment, StoredFile, keep
from bot.agreement.follow_ups import FollowedUp, Waiting, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.notice_effects import run
from bot.agreement.notice_letters import NoticeChannel
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.terminations import (
    CLAUSE,
    MACHINE,
    RUNNING,
    NoticeEvent,
    NoticeFieldEmpty,
    Termination,
    TerminationStatus,
    check_typed,
    done,
    get_notice,
    get_room,
    moved_on,
)
from bot.agreement.time_limits import civil_day, wall_time
from bot.agreement.transitions import move

SENT = "SENT"
"""The word that is typed, after the number, by whoever puts on record that the letter was sent."""
COUNTDOWN = "termination_countdown"


@dataclass(frozen=True, kw_only=True)
class NoticeSent(NoticeEvent):
    """The notifying side put on record that its people sent the signed letter."""

    sent_at: datetime
    travelled: NoticeChannel
    sha256: str


@dataclass(frozen=True, kw_only=True)
class NoticeReceived(NoticeEvent):
    """The receipt of a notice is on record; `ends_on` is the last day, where its period runs by the reading."""

    received_at: datetime
    starts_on: date | None
    ends_on: date | None
    first: bool


@dataclass(frozen=True, kw_only=True)
class NoticeProven(NoticeReceived):
    """The notifying side put evidence of receipt on record; the receiving side has not acknowledged it."""


@dataclass(frozen=True, kw_only=True)
class NoticeAcknowledged(NoticeReceived):
    """The receiving side acknowledged; `differs` when it states another day than the evidence does."""

    acknowledged_at: datetime
    differs: bool


@dataclass(frozen=True, kw_only=True)
class TerminationNear(FollowedUp):
    """Both sides were told how many days the Agreement has left."""

    termination_id: int
    party: str

    @property
    def once(self) -> str:
        """Whose notice, too: in a restored copy the other party's may have the number of one lost."""
        return f"{super().once}:{self.party}"


@dataclass
class LetterFileMissing(FieldError):
    """Without the signed letter, or the evidence, nothing can be put on record."""

    routine = "notices"


@dataclass
class HourNotPossible(FieldError):
    """The clocks in the Agreement's time zone do not show that hour on that day."""

    routine = "notices"
    day: date
    at: time
    zone: str


@dataclass
class NotYetCome(FieldError):
    """The moment has not come."""

    routine = "notices"
    when: datetime
    zone: str


@dataclass
class BeforeDated(FieldError):
    """The day is before the date that the letter bears."""

    routine = "notices"
    day: date
    dated_on: date


@dataclass
class BeforeSent(FieldError):
    """A letter cannot have been received before it was sent."""

    routine = "notices"
    when: datetime
    sent_at: datetime
    zone: str


@dataclass
class PeriodOver(FieldError):
    """By this receipt the Agreement would be over by now, which no side brings about alone."""

    routine = "notices"
    ends_on: date
    other: str


def moment(desk: Desk, name: str, day: date | None, at: time | None) -> datetime:
    """The instant that a form gives as `<name>_on` and `<name>_time`, in the agreement's zone; it has come."""
    if day is None:
        raise NoticeFieldEmpty(f"{name}_on")
    if at is None:
        raise NoticeFieldEmpty(f"{name}_time")
    zone = desk.definition.tz
    when = wall_time(day, at, zone)
    if when.astimezone(ZoneInfo(zone)).time() != at:
        raise HourNotPossible(f"{name}_time", day, at, zone)
    if when > desk.now:
        late = f"{name}_on" if day > desk.today else f"{name}_time"
        raise NotYetCome(late, when, zone)
    return when


def record_sent(
    desk: Desk,
    *,
    termination_id: int,
    dated_on: date | None,
    sent_on: date | None,
    sent_time: time | None,
    travelled: NoticeChannel,
    file: Attachment | None,
    typed: str,
    seen: int,
    through: str,
) -> NoticeSent:
    """Put on record that people of one's own side sent the signed letter; from now on the other side knows."""
    row = get_room(desk, termination_id, through)
    require(desk.session, desk.person, Act.RECORD_NOTICE, row)
    if row.status is not TerminationStatus.APPROVED or row.version != seen:
        raise moved_on(desk, row)
    if dated_on is None:
        raise NoticeFieldEmpty("dated_on")
    sent_at = moment(desk, "sent", sent_on, sent_time)
    if civil_day(sent_at, desk.definition.tz) < dated_on:
        raise BeforeDated("sent_on", civil_day(sent_at, desk.definition.tz), dated_on)
    if file is None:
        raise LetterFileMissing("file")
    check_typed(row, SENT, typed)
    facts = {"sent_at": sent_at, "sent_by": desk.person.key, "sent_recorded_at": desk.now}
    facts |= {"dated_on": dated_on, "dated_by": desk.person.key, "dated_at": desk.now}
    kept = {"travelled": travelled, "file_id": keep(desk.session, file), **next_public(desk)}
    as_seen = col(Termination.version) == seen
    move(desk, row, MACHINE, "record_sent", lambda: moved_on(desk, row), as_seen, **facts, **kept)
    seal = desk.session.get_one(StoredFile, row.file_id).sha256
    said: dict[str, Any] = {
        "sent_at": sent_at,
        "travelled": travelled,
        "sha256": seal,
    }
    return NoticeSent(**said, **done(desk, row))


def check_not_before(desk: Desk, row: Termination, field: str, when: datetime) -> None:
    """Refuse a moment before the date of the letter, or a receipt before its sending."""
    day = civil_day(when, desk.definition.tz)
    if day < row.dated_on:
        raise BeforeDated(field, day, row.dated_on)
    if row.sent_at and when < row.sent_at:
        raise BeforeSent(field, when, row.sent_at, desk.definition.tz)


def next_public(desk: Desk) -> dict[str, Any]:
    """The number of both parties for a case that both know of from now on."""
    year = desk.today.year
    query = select(func.max(Termination.public_seq)).where(Termination.public_year == year)
    return {"public_year": year, "public_seq": (desk.session.exec(query).one() or 0) + 1}


def prove_receipt(
    desk: Desk,
    *,
    termination_id: int,
    received_on: date | None,
    received_time: time | None,
    how: str,
    file: Attachment | None,
    through: str,
) -> NoticeProven:
    """Put evidence of receipt on record where the other side does not answer; the period runs from that.

    A receipt so long ago that the Agreement would have ended by now takes the other side's acknowledgement.
    """
    row = get_room(desk, termination_id, through)
    require(desk.session, desk.person, Act.RECORD_NOTICE, row)
    if row.status is not TerminationStatus.SENT:
        raise moved_on(desk, row)
    received_at = _received(desk, row, received_on, received_time, how)
    if file is None:
        raise LetterFileMissing("file")
    facts = {**_by(desk, received_at, how), "evidence_id": keep(desk.session, file)}
    move(desk, row, MACHINE, "prove_receipt", lambda: moved_on(desk, row), **facts)
    begin(desk, row)
    if row.ends_on and row.ends_on < desk.today:
        raise PeriodOver("received_on", row.ends_on, desk.definition.other(row.party).abbreviation)
    return NoticeProven(first=True, **receipt_facts(row), **done(desk, row))


def _received(desk: Desk, row: Termination, day: date | None, at: time | None, how: str) -> datetime:
    received_at = moment(desk, "received", day, at)
    check_not_before(desk, row, "received_on", received_at)
    if not how.strip():
        raise NoticeFieldEmpty("how")
    return received_at


def _by(desk: Desk, received_at: datetime, how: str) -> dict[str, Any]:
    stated = {"received_at": received_at, "received_how": how.strip()}
    return {**stated, "received_by": desk.person.key, "received_recorded_at": desk.now}


def receipt_facts(row: Termination) -> dict[str, Any]:
    """What every event about a receipt says."""
    return {"received_at": row.received_at, "starts_on": row.starts_on, "ends_on": row.ends_on}


def begin(desk: Desk, row: Termination) -> None:
    """Let the period run, where the agreed reading lets it, and plan what is said before its last day."""
    run(desk, row)
    if row.ends_on:
        steps = [f"P{days}D" for days in desk.days("termination.countdown_days")]
        foresee(desk, row.subject, COUNTDOWN, row.ends_on, steps)


def acknowledge(
    desk: Desk, *, termination_id: int, received_on: date | None, received_time: time | None, how: str
) -> NoticeAcknowledged:
    """Acknowledge for the receiving side, with the day and hour at which its people received the letter.

    Where evidence of receipt is on record already, the day of the evidence stays, and both are shown.
    """
    row = get_notice(desk, termination_id)
    require(desk.session, desk.person, Act.ACKNOWLEDGE_NOTICE, row)
    if row.status not in MACHINE.moves["acknowledge"].sources:
        raise moved_on(desk, row)
    received_at = _received(desk, row, received_on, received_time, how)
    first = row.starts_on is None
    facts = _by(desk, received_at, how) if row.status is TerminationStatus.SENT else {}
    facts |= {"stated_received_at": received_at, "acknowledged_by": desk.person.key}
    move(desk, row, MACHINE, "acknowledge", lambda: moved_on(desk, row), **facts, acknowledged_at=desk.now)
    begin(desk, row)
    said: dict[str, Any] = {"acknowledged_at": desk.now, "differs": differs(desk, row), "first": first}
    return NoticeAcknowledged(**said, **receipt_facts(row), **done(desk, row))


def differs(desk: Desk, row: Termination) -> bool:
    """Whether the receiving side states another day of receipt than the evidence does."""
    if row.received_at is None or row.stated_received_at is None:
        return False
    zone = desk.definition.tz
    return civil_day(row.received_at, zone) != civil_day(row.stated_received_at, zone)


def count_down(desk: Desk, *, waiting: Waiting) -> TerminationNear:
    """Tell both sides how many days are left. Raises NothingToSay where the notice does not run any more."""
    facts = mark_followed_up(desk, waiting)
    row = desk.session.get_one(Termination, waiting.key)
    if row.status not in RUNNING or row.ends_on != waiting.due_on:
        raise NothingToSay
    return TerminationNear(
        clause=CLAUSE, number=row.number, title="", termination_id=row.key, party=row.party, **facts
    )
