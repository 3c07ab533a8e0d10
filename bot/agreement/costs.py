"""VI.2 and IX.1(c): each party bears its own costs; what was agreed otherwise in writing is on this register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require, require_clause
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move, move


class CostKind(StrEnum):
    """Which costs an exception is about."""

    PUBLICITY = "publicity"
    """Costs of public relations (VI.2)."""
    OTHER = "other"
    """Any other costs (IX.1(c))."""


CLAUSES = {CostKind.PUBLICITY: "VI.2", CostKind.OTHER: "IX.1(c)"}


class CostStatus(StrEnum):
    """Where one exception stands."""

    ENTERED = "entered"
    """One party entered it; it does not count."""
    CONFIRMED = "confirmed"
    """The other party confirmed it: it counts."""
    END_ENTERED = "end_entered"
    """One party entered that it ended; it counts until the other confirms that."""
    ENDED = "ended"
    """Both parties put on record that it ended."""
    NOT_CONFIRMED = "not_confirmed"
    """The other party did not confirm it."""
    WITHDRAWN = "withdrawn"
    """The party that entered it took it back."""


class CostDeed(StrEnum):
    """What was done to an exception's record, for its history."""

    ENTERED = "entered"
    """It was entered."""
    CONFIRMED = "confirmed"
    """The other party confirmed it."""
    NOT_CONFIRMED = "not_confirmed"
    """The other party did not confirm it."""
    WITHDRAWN = "withdrawn"
    """It was taken back before it was confirmed."""
    END_ENTERED = "end_entered"
    """A party entered that it ended."""
    END_DROPPED = "end_dropped"
    """That it ended was taken back, or not confirmed."""
    ENDED = "ended"
    """The other party confirmed that it ended."""


ENTERED, CONFIRMED = frozenset({CostStatus.ENTERED}), frozenset({CostStatus.CONFIRMED})
ENDING = frozenset({CostStatus.END_ENTERED})
COUNTS = CONFIRMED | ENDING
MACHINE = Machine(
    name="costs",
    begins=ENTERED,
    moves={
        "confirm": Move(ENTERED, CostStatus.CONFIRMED, Act.CONFIRM_COST, written=True),
        "decline": Move(ENTERED, CostStatus.NOT_CONFIRMED, Act.CONFIRM_COST),
        "withdraw": Move(ENTERED, CostStatus.WITHDRAWN, Act.WITHDRAW_COST),
        "enter_end": Move(CONFIRMED, CostStatus.END_ENTERED, Act.ENTER_COST, written=True),
        "drop_end": Move(ENDING, CostStatus.CONFIRMED, Act.ENTER_COST),
        "confirm_end": Move(ENDING, CostStatus.ENDED, Act.CONFIRM_COST),
    },
)
DEEDS = {
    "confirm": CostDeed.CONFIRMED,
    "decline": CostDeed.NOT_CONFIRMED,
    "withdraw": CostDeed.WITHDRAWN,
    "enter_end": CostDeed.END_ENTERED,
    "drop_end": CostDeed.END_DROPPED,
    "confirm_end": CostDeed.ENDED,
}


class CostException(NumberedRow, table=True):
    """One exception: who pays what, for what, and where it is written that both parties agreed so.

    `stated_by` is the party that stated something last, the exception or its end: the other confirms it.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    kind: CostKind = Field(sa_type=status_type(CostKind))
    purpose: str
    payer: str
    share: str
    reference: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    until: date | None = None
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    stated_by: str
    status: CostStatus = Field(sa_type=status_type(CostStatus), index=True)
    ending_on: date | None = None
    ending_basis: str = ""

    @property
    def clause(self) -> str:
        """VI.2 for publicity, IX.1(c) for all else."""
        return CLAUSES[self.kind]

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"cost:{self.key}"

    def counts_on(self, day: date) -> bool:
        """Whether costs are borne as it says on `day`: it is confirmed, and its last day has not passed."""
        return self.status in COUNTS and day <= (self.until or day)

    def side_of(self, party: str) -> Side:
        """Whoever stated something last began; the other side confirms it."""
        return Side.INITIATING if party == self.stated_by else Side.RESPONDING


class CostStep(SQLModel, table=True):
    """One line of an exception's history."""

    id: int | None = Field(default=None, primary_key=True)
    cost_id: int = Field(foreign_key="costexception.id", index=True)
    deed: CostDeed = Field(sa_type=status_type(CostDeed))
    by: int = Field(foreign_key="person.id")
    at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CostChanged(Event):
    """Something was put on record of one exception."""

    cost_id: int
    number: str
    kind: CostKind
    purpose: str
    status: CostStatus
    deed: CostDeed
    by: str
    by_party: str
    others: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class CostEntered(CostChanged):
    """A party entered an exception."""

    channel_id: str


@dataclass(frozen=True, kw_only=True)
class CostMoved(CostChanged):
    """An exception was confirmed or not, taken back, or its end was."""


@dataclass
class CostBlank(FieldError):
    """A field without which the register says nothing was left empty."""

    routine = "costs"


@dataclass
class WithoutWrittenBasis(FieldError):
    """An exception without a written basis is none: each party bears its own costs."""

    routine = "costs"
    clause: str


@dataclass
class UntilPast(FieldError):
    """The last day of an exception that is entered has passed already."""

    routine = "costs"
    today: date


@dataclass
class EndAhead(FieldError):
    """What is entered as ended has not ended yet."""

    routine = "costs"
    today: date


@dataclass
class NoSuchCost(AgreementError):
    """No exception has this number."""

    routine = "costs"
    number: str


@dataclass
class CostMovedOn(Refusal):
    """Somebody changed the record first; `deed` is the last thing that was done."""

    routine = "costs"
    number: str
    deed: CostDeed
    by: str
    party: str
    at: datetime
    zone: str


def enter(
    desk: Desk,
    *,
    kind: CostKind,
    purpose: str,
    payer: str,
    share: str,
    reference: str,
    file: Attachment | None,
    until: date | None = None,
) -> CostEntered:
    """Enter an exception with its written basis; it counts once the other party has confirmed it."""
    require(desk.session, desk.person, Act.ENTER_COST)
    require_clause(desk.session, "VI.2", "IX.1(c)")
    for field, text in (("purpose", purpose), ("payer", payer), ("share", share)):
        if not text.strip():
            raise CostBlank(field)
    if not reference.strip() and file is None:
        raise WithoutWrittenBasis("reference", CLAUSES[kind])
    if until and until < desk.today:
        raise UntilPast("until", desk.today)
    said = {"purpose": purpose.strip(), "payer": payer.strip(), "share": share.strip()}
    row = _row(desk, kind, until, reference=reference.strip(), file_id=keep(desk.session, file), **said)
    desk.session.add(row)
    desk.session.flush()
    place = channel_for(desk.session, "").channel_id
    return CostEntered(channel_id=place, **_changed(desk, row, CostDeed.ENTERED))


def _row(desk: Desk, kind: CostKind, until: date | None, **said: Any) -> CostException:
    year = desk.today.year
    return CostException(
        year=year,
        seq=next_seq(desk.session, CostException, year),
        kind=kind,
        until=until,
        entered_by=desk.person.key,
        entered_at=desk.now,
        stated_by=desk.person.party,
        status=CostStatus.ENTERED,
        **said,
    )


def confirm(desk: Desk, *, cost_id: int) -> CostMoved:
    """Confirm an exception that the other party entered: from now on it counts."""
    return _move(desk, _asked(desk, cost_id, Act.CONFIRM_COST), "confirm")


def decline(desk: Desk, *, cost_id: int, reason: str) -> CostMoved:
    """Do not confirm what the other party entered, and say why: each party goes on bearing its own costs."""
    row = _asked(desk, cost_id, Act.CONFIRM_COST)
    return _move(desk, row, "decline", _given("reason", reason))


def withdraw(desk: Desk, *, cost_id: int) -> CostMoved:
    """Take back an entry of the own party that is not confirmed."""
    return _move(desk, _asked(desk, cost_id, Act.WITHDRAW_COST), "withdraw")


def enter_end(desk: Desk, *, cost_id: int, ending_on: date | None, basis: str) -> CostMoved:
    """Enter that an exception ended, and where that is written; it counts until the other party confirms this."""
    row = _asked(desk, cost_id, Act.ENTER_COST)
    if ending_on is None:
        raise CostBlank("ending_on")
    if ending_on > desk.today:
        raise EndAhead("ending_on", desk.today)
    if not basis.strip():
        raise WithoutWrittenBasis("basis", row.clause)
    stated = {"ending_on": ending_on, "ending_basis": basis.strip(), "stated_by": desk.person.party}
    return _move(desk, row, "enter_end", basis.strip(), **stated)


def drop_end(desk: Desk, *, cost_id: int) -> CostMoved:
    """Take the end of an exception off the record: it was entered in error, or is not confirmed."""
    row = _asked(desk, cost_id, Act.ENTER_COST)
    return _move(desk, row, "drop_end", ending_on=None, ending_basis="")


def confirm_end(desk: Desk, *, cost_id: int, seen: int) -> CostMoved:
    """Confirm that an exception ended, as entered and read when its history had `seen` lines, and no more."""
    row = _asked(desk, cost_id, Act.CONFIRM_COST)
    if len(history(desk.session, row)) != seen:
        raise moved_on(desk, row)
    return _move(desk, row, "confirm_end")


def _asked(desk: Desk, cost_id: int, act: Act) -> CostException:
    row = get_cost(desk.session, cost_id)
    require(desk.session, desk.person, act, row)
    return row


def _given(field: str, text: str) -> str:
    if not text.strip():
        raise CostBlank(field)
    return text.strip()


def _move(desk: Desk, row: CostException, name: str, note: str = "", **values: object) -> CostMoved:
    move(desk, row, MACHINE, name, lambda: moved_on(desk, row), **values)
    return CostMoved(**_changed(desk, row, DEEDS[name], note))


def _changed(desk: Desk, row: CostException, deed: CostDeed, note: str = "") -> dict[str, Any]:
    """Write the history and return what every event about an exception says."""
    desk.session.add(CostStep(cost_id=row.key, deed=deed, by=desk.person.key, at=desk.now, note=note))
    desk.session.flush()
    own = desk.person.party
    return {
        **about(row),
        "clause": row.clause,
        "subject": row.subject,
        "deed": deed,
        "by": desk.person.name,
        "by_party": desk.definition.party(own).abbreviation,
        "others": tuple(party.abbreviation for party in desk.definition.others(own)),
        "note": note,
    }


def about(row: CostException) -> dict[str, Any]:
    """What names an exception in any event or list."""
    return {
        "cost_id": row.key,
        "number": row.number,
        "kind": row.kind,
        "purpose": row.purpose,
        "status": row.status,
    }


def moved_on(desk: Desk, row: CostException) -> CostMovedOn:
    """What was done last, by whom, and when."""
    last = history(desk.session, row)[-1]
    by = desk.session.get_one(Person, last.by)
    party = desk.definition.party(by.party).abbreviation
    return CostMovedOn(row.number, last.deed, by.name, party, last.at, desk.definition.tz)


def get_cost(session: Session, cost_id: int) -> CostException:
    """One exception; refuses an unknown key."""
    row = session.get(CostException, cost_id)
    if row is None:
        raise NoSuchCost("")
    return row


def by_number(session: Session, number: str) -> CostException:
    """One exception by the number people quote; refuses one that does not exist."""
    found = find_number(session, CostException, number)
    if found is None:
        raise NoSuchCost(number.strip())
    return found


def history(session: Session, row: CostException) -> Sequence[CostStep]:
    """What was done, the first thing first."""
    return session.exec(select(CostStep).where(CostStep.cost_id == row.key).order_by(col(CostStep.id))).all()


def listing(session: Session, limit: int = 30) -> Sequence[CostException]:
    """The register, by where each exception stands, the newest first."""
    rows = session.exec(select(CostException).order_by(col(CostException.id).desc()).limit(limit)).all()
    order = list(CostStatus)
    return sorted(rows, key=lambda row: order.index(row.status))


def unconfirmed(session: Session) -> Sequence[CostException]:
    """What one party stated and the other has still to confirm, the oldest first."""
    waiting = col(CostException.status).in_(ENTERED | ENDING)
    return session.exec(select(CostException).where(waiting).order_by(col(CostException.id))).all()
