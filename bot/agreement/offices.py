"""The offices of both parties: where they are, which time zone they keep, and whether they work together there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select

from bot.agreement.at_hand import at_hand
from bot.agreement.channels import Level
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.people import Person
from bot.agreement.rows import NothingNew
from bot.agreement.storage import status_type


class Office(SQLModel, table=True):
    """One office of one party: its headquarters, or an office in the field.

    `country` is an ISO 3166 code and `region` a name; both are empty for headquarters. `tz` is an IANA zone.
    `active` marks an office that works with its counterpart, of which meetings are expected (IV.6-5).
    """

    __table_args__ = (UniqueConstraint("party", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(index=True)
    name: str
    level: Level = Field(sa_type=status_type(Level))
    country: str = ""
    region: str = ""
    tz: str
    active: bool = False
    opened_on: date | None = None
    closed_on: date | None = None
    head: str = ""
    head_since: date | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the office is not stored yet")
        return self.id

    def serves(self, scope: str) -> bool:
        """Whether the office works in `scope`: its country or its region; headquarters serve the empty scope."""
        return scope in (self.country, self.region) if scope else self.level is Level.GLOBAL

    def is_open_on(self, day: date) -> bool:
        """Whether the office exists on `day`."""
        return (self.opened_on or date.min) <= day <= (self.closed_on or date.max)


@dataclass(frozen=True, kw_only=True)
class OfficesRegistered(Event):
    """The offices of both parties were put on record."""

    names: tuple[str, ...]
    operator: str


def register_offices(desk: Desk, *, offices: Sequence[Office], operator: str) -> OfficesRegistered:
    """Put offices on record that are not yet. Raises NothingNew when all of them are."""
    known = {(row.party, row.name) for row in all_offices(desk.session)}
    new = [office for office in offices if (office.party, office.name) not in known]
    if not new:
        raise NothingNew(len(offices))
    desk.session.add_all(new)
    desk.session.flush()
    names = tuple(f"{office.party.upper()} {office.name}" for office in new)
    return OfficesRegistered(clause="V.1", subject="offices", names=names, operator=operator)


def all_offices(session: Session) -> list[Office]:
    """Every office of both parties, headquarters first, then by name."""
    rows = session.exec(select(Office)).all()
    return sorted(rows, key=lambda row: (list(Level).index(row.level), row.name, row.party))


def office_of(session: Session, person: Person) -> Office | None:
    """The office a person works in, if it is on record."""
    return next(
        (row for row in _at_hand(session) if (row.party, row.name) == (person.party, person.office)), None
    )


def zone_of(desk: Desk, person: Person) -> str:
    """The time zone a person works in: their office's or, where that is not on record, their headquarters'."""
    office = office_of(desk.session, person)
    return office.tz if office else desk.definition.party(person.party).tz


def works_in(session: Session, person: Person, scope: str) -> bool:
    """Whether a person's office serves `scope`; somebody whose office is not on record is taken to."""
    office = office_of(session, person)
    return office is None or office.serves(scope)


def _at_hand(session: Session) -> list[Office]:
    return at_hand(session, "offices", lambda: all_offices(session))
