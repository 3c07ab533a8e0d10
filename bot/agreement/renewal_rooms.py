"""VII.1-4: what each party decides on renewal, private to it until both release it or the last day has passed.

Nothing here gives notice: a party that decides to give one does so by a signed letter of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.people import Person, Refusal
from bot.agreement.renewal_days import NoticeDays, notice_days, private_until
from bot.agreement.renewals import ended_by_notice, term_end
from bot.agreement.rights import Act
from bot.agreement.standing import end_of
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move


class RenewalChoice(StrEnum):
    """What a party decides about the end of the term."""

    LET_RENEW = "let_renew"
    """It gives no notice, and the Agreement renews itself."""
    GIVE_NOTICE = "give_notice"
    """It will give notice, by a signed letter of its own."""
    UNDECIDED = "undecided"
    """It has not made up its mind."""


class RenewalStatus(StrEnum):
    """Where one party's decision on one term stands."""

    OPEN = "open"
    """Nothing has been prepared or decided."""
    PREPARED = "prepared"
    """A decision was prepared and waits for the signatory; what was decided before stands until then."""
    DECIDED = "decided"
    """The signatory decided."""
    READY = "ready"
    """The party would show it, and waits for the other to want the same; the other is not told."""
    RELEASED = "released"
    """Both parties released their decisions, and both are shown to both."""
    DISCLOSED = "disclosed"
    """The last day for a notice has passed, and both decisions are shown to both."""


class RenewalDeed(StrEnum):
    """What was done in a party's renewal room, for its history."""

    PREPARED = "prepared"
    """A decision was prepared."""
    DECIDED = "decided"
    """The signatory decided."""
    RELEASED = "released"
    """The party released it."""
    TAKEN_BACK = "taken_back"
    """The release was taken back."""
    SHOWN = "shown"
    """It was shown to both parties."""


UNSHOWN = frozenset({RenewalStatus.OPEN, RenewalStatus.PREPARED, RenewalStatus.DECIDED, RenewalStatus.READY})
SHOWN = frozenset({RenewalStatus.RELEASED, RenewalStatus.DISCLOSED})
CHANGEABLE = UNSHOWN - {RenewalStatus.READY}

MACHINE = Machine(
    "renewals",
    frozenset({RenewalStatus.OPEN}),
    {
        "prepare": Move(CHANGEABLE, RenewalStatus.PREPARED, Act.PREPARE_RENEWAL),
        "decide": Move(CHANGEABLE, RenewalStatus.DECIDED, Act.DECIDE_RENEWAL),
        "release": Move(frozenset({RenewalStatus.DECIDED}), RenewalStatus.READY, Act.DECIDE_RENEWAL),
        "take_back": Move(frozenset({RenewalStatus.READY}), RenewalStatus.DECIDED, Act.DECIDE_RENEWAL),
        "show": Move(frozenset({RenewalStatus.READY}), RenewalStatus.RELEASED, Act.DECIDE_RENEWAL),
        "disclose": Move(UNSHOWN, RenewalStatus.DISCLOSED),
    },
)
"""`show` follows the second party's release in the same act, for both; `disclose` is the clock's."""


class RenewalRoom(SQLModel, table=True):
    """What one party decided about the end of one term, with its reasons.

    What is prepared is the last step of its history. `version` counts the changes, so that nobody decides or
    releases what they have not seen.
    """

    __table_args__ = (UniqueConstraint("agreement", "term_end", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement: str
    term_end: date
    party: str = Field(index=True)
    status: RenewalStatus = Field(sa_type=status_type(RenewalStatus))
    version: int = 0
    choice: RenewalChoice | None = Field(default=None, sa_type=status_type(RenewalChoice))
    reasons: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    shown_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the renewal room is not stored yet")
        return self.id

    @property
    def subject(self) -> str:
        """How the record names it; what begins so is counted for nobody else."""
        return f"renewal:{self.key}"


class RenewalStep(SQLModel, table=True):
    """One line of a room's history; the clock has no name."""

    id: int | None = Field(default=None, primary_key=True)
    room_id: int = Field(foreign_key="renewalroom.id", index=True)
    deed: RenewalDeed = Field(sa_type=status_type(RenewalDeed))
    choice: RenewalChoice | None = Field(default=None, sa_type=status_type(RenewalChoice))
    reasons: str = ""
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime


@dataclass
class RenewalElsewhere(AgreementError):
    """What a party decides on renewal must not pass through the other party's app."""

    routine = "renewals"
    party: str


@dataclass
class NoSuchRenewal(Refusal):
    """The person's party has no such room; what the other party has is answered alike."""

    routine = "renewals"


@dataclass
class NothingToRenew(AgreementError):
    """There is nothing to decide: the term has no stated end, or a notice on record ends the Agreement."""

    routine = "renewals"
    ends_on: date | None


@dataclass
class RenewalDayOver(Refusal):
    """The last day for a notice has passed, and nothing can be decided any more."""

    routine = "renewals"
    last: date
    term_end: date


@dataclass
class RenewalChanged(Refusal):
    """Somebody of the same party was faster, or it is not at the point where this can be done."""

    routine = "renewals"
    status: RenewalStatus
    deed: RenewalDeed | None
    by: str
    at: datetime
    zone: str


@dataclass
class RenewalReasonsMissing(FieldError):
    """A decision on renewal is put on record with its reasons."""

    routine = "renewals"


def days_of(desk: Desk) -> NoticeDays:
    """The last days for a notice in the term that is running.

    Raises NothingToRenew without an end, and where a notice on record ends the Agreement by then.
    """
    days = notice_days(desk.definition, desk.calendar, term_end(desk))
    if days is None:
        raise NothingToRenew(None)
    end = end_of(desk.session)
    if end and ended_by_notice(end, days.term_end):
        raise NothingToRenew(end.ends_on)
    return days


def days_in_time(desk: Desk) -> NoticeDays:
    """The same while a notice is still possible on some reading. Raises RenewalDayOver after that."""
    days = days_of(desk)
    last = private_until(desk.definition, days)
    if desk.today > last:
        raise RenewalDayOver(last, days.term_end)
    return days


def room_of(desk: Desk, party: str, last: date) -> RenewalRoom | None:
    """The room of one party for the term that ends on `last`."""
    query = select(RenewalRoom).where(
        RenewalRoom.agreement == desk.definition.id,
        RenewalRoom.term_end == last,
        RenewalRoom.party == party,
    )
    return desk.session.exec(query).first()


def own_room(desk: Desk, room_id: int) -> RenewalRoom:
    """The room of the person's own party with this number; every other is refused in the same words."""
    row = desk.session.get(RenewalRoom, room_id)
    if row is None or row.party != desk.person.party:
        raise NoSuchRenewal
    return row


def enter_room(desk: Desk, party: str, last: date) -> RenewalRoom:
    """The room of one party, opened where nobody has been in it."""
    row = room_of(desk, party, last)
    if row is None:
        row = RenewalRoom(agreement=desk.definition.id, term_end=last, party=party, status=RenewalStatus.OPEN)
        desk.session.add(row)
        desk.session.flush()
    return row


def history(session: Session, row: RenewalRoom) -> Sequence[RenewalStep]:
    """What was done in a room, the earliest first."""
    query = select(RenewalStep).where(RenewalStep.room_id == row.key)
    return session.exec(query.order_by(col(RenewalStep.id))).all()


def proposal(session: Session, row: RenewalRoom) -> RenewalStep | None:
    """What waits for the signatory: nothing has been done since it was prepared."""
    return history(session, row)[-1] if row.status is RenewalStatus.PREPARED else None


def note_step(desk: Desk, row: RenewalRoom, deed: RenewalDeed, **facts: Any) -> None:
    """Keep what was done in the history of the room."""
    by = desk.by.key if desk.by else None
    desk.session.add(RenewalStep(room_id=row.key, deed=deed, by=by, at=desk.now, **facts))
    desk.session.flush()


def changed(desk: Desk, row: RenewalRoom) -> RenewalChanged:
    """Who was faster, and when."""
    last = next(reversed(history(desk.session, row)), None)
    person = desk.session.get(Person, last.by) if last and last.by else None
    return RenewalChanged(
        row.status,
        last.deed if last else None,
        person.name if person else "",
        last.at if last else desk.now,
        desk.definition.tz,
    )
