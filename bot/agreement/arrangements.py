"""IV.2-3: the arrangements that protect confidential or restricted material, and that outlive the agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type, take_stored

CLAUSE = "IV.2-3"
BETWEEN = ","


class ArrangementStatus(StrEnum):
    """Where an arrangement stands in the register."""

    RECORDED = "recorded"
    """One side put it on record, and the other has not confirmed it."""
    CONFIRMED = "confirmed"
    """Both sides say that it is as recorded."""


class Arrangement(NumberedRow, table=True):
    """One arrangement that protects information; `bound` are the parties it binds, with commas between them.

    It outlives the agreement and all that was agreed under it (IV.2-3), so nothing here asks whether the
    agreement is in force.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    recorded_by: int = Field(foreign_key="person.id")
    recorded_at: datetime
    title: str
    bound: str
    protects: str
    from_on: date
    until_on: date | None = None
    reference: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    status: ArrangementStatus = Field(sa_type=status_type(ArrangementStatus))
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties it binds."""
        return tuple(self.bound.split(BETWEEN))

    def side_of(self, party: str) -> Side:
        """The recording party began the case; any other confirms."""
        return Side.INITIATING if party == self.party else Side.RESPONDING

    def protects_on(self, day: date, parties: frozenset[str]) -> bool:
        """Whether it is confirmed, in force on `day`, and binds all these parties: then things travel under it."""
        in_force = self.from_on <= day <= (self.until_on or date.max)
        return self.status is ArrangementStatus.CONFIRMED and in_force and parties <= set(self.parties)


@dataclass(frozen=True, kw_only=True)
class ArrangementRecorded(Event):
    """One side put an arrangement on record."""

    arrangement_id: int
    number: str
    by: str
    party: str
    receiving: tuple[str, ...]
    title: str
    bound: tuple[str, ...]
    protects: str
    from_on: date
    until_on: date | None
    reference: str


@dataclass(frozen=True, kw_only=True)
class ArrangementConfirmed(Event):
    """The other side confirmed that an arrangement is as recorded."""

    arrangement_id: int
    number: str
    by: str
    party: str
    title: str
    at: datetime


@dataclass
class Unsaid(FieldError):
    """A field that the register needs was left empty."""

    routine = "arrangements"


@dataclass
class NobodyBound(FieldError):
    """An arrangement binds at least one of the parties, and none that is no party."""

    routine = "arrangements"


@dataclass
class EndsBeforeItBegins(FieldError):
    """An arrangement cannot end before it begins."""

    routine = "arrangements"
    from_on: date


@dataclass
class NothingKept(FieldError):
    """An arrangement is kept as a file, or by saying where its text is."""

    routine = "arrangements"


@dataclass
class AlreadyConfirmed(Refusal):
    """Somebody confirmed it first."""

    routine = "arrangements"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NoSuchArrangement(AgreementError):
    """No arrangement has this number."""

    routine = "arrangements"
    number: str


def record(
    desk: Desk,
    *,
    title: str,
    bound: Sequence[str],
    protects: str,
    from_on: date | None,
    until_on: date | None = None,
    reference: str = "",
    attachment: Attachment | None = None,
) -> ArrangementRecorded:
    """Put an arrangement on record; nothing travels under it until the other side has confirmed it."""
    require(desk.session, desk.person, Act.RECORD_ARRANGEMENT)
    title, protects, reference = title.strip(), protects.strip(), reference.strip()
    begins = _check_words(title, protects, from_on, until_on)
    _check_bonds(desk, bound)
    if not reference and attachment is None:
        raise NothingKept("reference")
    row = Arrangement(
        year=desk.today.year,
        seq=next_seq(desk.session, Arrangement, desk.today.year),
        party=desk.person.party,
        recorded_by=desk.person.key,
        recorded_at=desk.now,
        title=title,
        bound=BETWEEN.join(dict.fromkeys(bound)),
        protects=protects,
        from_on=begins,
        until_on=until_on,
        reference=reference,
        file_id=keep(desk.session, attachment),
        status=ArrangementStatus.RECORDED,
    )
    desk.session.add(row)
    desk.session.flush()
    return _recorded(desk, row)


def _check_words(title: str, protects: str, from_on: date | None, until_on: date | None) -> date:
    if not title or not protects:
        raise Unsaid("protects" if title else "subject")
    if from_on is None:
        raise Unsaid("from_on")
    if until_on and until_on < from_on:
        raise EndsBeforeItBegins("until_on", from_on)
    return from_on


def _check_bonds(desk: Desk, bound: Sequence[str]) -> None:
    known = {party.id for party in desk.definition.parties}
    if not bound or not set(bound) <= known:
        raise NobodyBound("bound")


def _recorded(desk: Desk, row: Arrangement) -> ArrangementRecorded:
    return ArrangementRecorded(
        clause=CLAUSE,
        subject=f"arrangement:{row.key}",
        arrangement_id=row.key,
        number=row.number,
        by=desk.person.name,
        party=desk.definition.party(row.party).abbreviation,
        receiving=tuple(party.abbreviation for party in desk.definition.others(row.party)),
        title=row.title,
        bound=tuple(desk.definition.party(party).abbreviation for party in row.parties),
        protects=row.protects,
        from_on=row.from_on,
        until_on=row.until_on,
        reference=row.reference,
    )


def confirm(desk: Desk, *, arrangement_id: int) -> ArrangementConfirmed:
    """Confirm that an arrangement is as the other side put it on record; the first confirmation stands."""
    row = get_arrangement(desk.session, arrangement_id)
    require(desk.session, desk.person, Act.CONFIRM_ARRANGEMENT, row)
    first = {"confirmed_by": desk.person.key, "confirmed_at": desk.now}
    mine = (col(Arrangement.id) == row.key) & (col(Arrangement.status) == ArrangementStatus.RECORDED)
    confirming = update(Arrangement).where(mine).values(status=ArrangementStatus.CONFIRMED, **first)
    if desk.session.exec(confirming).rowcount != 1:
        raise _too_late(desk, row)
    take_stored(row, status=ArrangementStatus.CONFIRMED, **first)
    return ArrangementConfirmed(
        clause=CLAUSE,
        subject=f"arrangement:{row.key}",
        arrangement_id=row.key,
        number=row.number,
        by=desk.person.name,
        party=desk.definition.party(desk.person.party).abbreviation,
        title=row.title,
        at=desk.now,
    )


def _too_late(desk: Desk, row: Arrangement) -> AlreadyConfirmed:
    desk.session.refresh(row)
    by = desk.session.get_one(Person, row.confirmed_by)
    party = desk.definition.party(by.party).abbreviation
    return AlreadyConfirmed(row.number, by.name, party, row.confirmed_at or desk.now, desk.definition.tz)


def all_arrangements(session: Session) -> Sequence[Arrangement]:
    """The whole register, the newest first."""
    return session.exec(select(Arrangement).order_by(col(Arrangement.id).desc())).all()


def in_force(desk: Desk, parties: frozenset[str]) -> list[Arrangement]:
    """The arrangements under which something may travel between these parties today."""
    return [row for row in all_arrangements(desk.session) if row.protects_on(desk.today, parties)]


def get_arrangement(session: Session, arrangement_id: int) -> Arrangement:
    """One arrangement; refuses an unknown key."""
    row = session.get(Arrangement, arrangement_id)
    if row is None:
        raise NoSuchArrangement(str(arrangement_id))
    return row


def by_number(session: Session, number: str) -> Arrangement:
    """One arrangement by the number people quote; refuses one that does not exist."""
    found = find_number(session, Arrangement, number)
    if found is None:
        raise NoSuchArrangement(number.strip())
    return found
