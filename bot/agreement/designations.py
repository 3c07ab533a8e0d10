"""V.2-2: each party designates its own contact points, alternates and focal points, by name and date."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from bot.agreement import follow_ups
from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow, next_seq
from bot.agreement.offices import all_offices, office_of
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Identity, Mandate, Person, Refusal, find, require
from bot.agreement.rights import Act, Role
from bot.agreement.roster_terms import ENDS, USER, WARNINGS
from bot.agreement.storage import status_type
from bot.agreement.vacancies import close_vacancy

CLAUSES: Mapping[Role, str] = {
    Role.CONTACT_POINT: "V.2-2",
    Role.ALTERNATE: "V.2-2",
    Role.FIELD_FOCAL_POINT: "V.2-1",
}
"""What can be designated, and under which clause; other capacities are kept by the roster."""
OVER = "designation_over"
"""The follow-up that hands over what was open when a designation has come to its end."""


class Designation(NumberedRow, table=True):
    """One designation of one person in one capacity, with the words in which it was made."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=status_type(Role))
    office: str = ""
    valid_from: date
    valid_until: date | None = None
    message: str
    by_id: int = Field(foreign_key="person.id")
    at: datetime
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    end_note: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonDesignated(Event):
    """A party designated somebody; it stands without the other party's word, which is told."""

    designation_id: int
    number: str
    person: str
    party: str
    party_id: str
    role: Role
    by: str
    channel_id: str
    valid_from: date
    valid_until: date | None
    filled_vacancy: bool


@dataclass
class NobodyNamed(FieldError):
    """Neither a person of the roster was chosen nor a new one named."""

    routine = "contacts"


@dataclass
class NotAMember(FieldError):
    """A member id of Slack begins with U or W, followed by capitals and digits."""

    routine = "contacts"
    text: str


@dataclass
class OfTheOtherParty(FieldError):
    """The member named is on the roster of another party: nobody designates for that party."""

    routine = "contacts"
    name: str
    party: str


@dataclass
class NotDesignable(FieldError):
    """Only contact points, alternates and field focal points are designated here."""

    routine = "contacts"


@dataclass
class DesignationMessageMissing(FieldError):
    """A designation is made in words of the party that makes it."""

    routine = "contacts"


@dataclass
class DesignationDaysCrossed(FieldError):
    """The last day comes before the first, or before today."""

    routine = "contacts"
    day: date
    earliest: date


@dataclass
class DayOfDesignationMissing(FieldError):
    """A designation begins, or ends, on a day."""

    routine = "contacts"


@dataclass
class AlreadyDesignated(Refusal):
    """The person holds this capacity for the same days already."""

    routine = "contacts"
    name: str
    role: Role
    number: str
    by: str
    at: datetime | None
    zone: str


@dataclass
class NoSuchPerson(AgreementError):
    """Nobody on the roster has this number."""

    routine = "contacts"


@dataclass(frozen=True)
class NewDesignation:
    """What is put down of a designation: a person of the roster, or a new one by name and member id."""

    person_id: int
    name: str
    user_id: str
    role: Role
    office: str
    valid_from: date | None
    valid_until: date | None
    message: str


def designate(desk: Desk, *, new: NewDesignation) -> PersonDesignated:
    """Designate somebody of one's own party; the roster follows."""
    known = get_person(desk.session, new.person_id) if new.person_id else None
    party = known.party if known else desk.person.party
    require(desk.session, desk.person, Act.DESIGNATE, OwnMatter(party))
    begins = _checked(desk, new)
    person = known or _new_person(desk, new)
    mandate = desk.session.get(Mandate, (person.key, new.role))
    _refuse_repetition(desk, person, mandate, new, begins)
    _give(desk, person, mandate, new, begins)
    row = put_down(desk, person, new, begins)
    filled = close_vacancy(desk, party)
    _foresee(desk, row)
    return PersonDesignated(
        clause=CLAUSES[new.role],
        subject=f"designation:{row.key}",
        designation_id=row.key,
        number=row.number,
        valid_from=begins,
        valid_until=new.valid_until,
        filled_vacancy=filled,
        **said_of(desk, person, new.role),
    )


def said_of(desk: Desk, person: Person, role: Role) -> dict[str, Any]:
    """Whom a designation is about, who made it, and the channel where it belongs."""
    return {
        "person": person.name,
        "party": desk.definition.party(person.party).abbreviation,
        "party_id": person.party,
        "role": role,
        "by": desk.person.name,
        "channel_id": channel_for(desk.session, _scope(desk, person, role)).channel_id,
    }


def _scope(desk: Desk, person: Person, role: Role) -> str:
    """Whom it concerns: a focal point's own country or region, otherwise everybody."""
    office = office_of(desk.session, person) if role is Role.FIELD_FOCAL_POINT else None
    return (office.country or office.region) if office else ""


def _checked(desk: Desk, new: NewDesignation) -> date:
    if new.role not in CLAUSES:
        raise NotDesignable("capacity")
    if new.valid_from is None:
        raise DayOfDesignationMissing("valid_from")
    earliest = max(new.valid_from, desk.today)
    if new.valid_until and new.valid_until < earliest:
        raise DesignationDaysCrossed("valid_until", new.valid_until, earliest)
    if not new.message.strip():
        raise DesignationMessageMissing("message")
    return new.valid_from


def _new_person(desk: Desk, new: NewDesignation) -> Person:
    name, user_id = new.name.strip(), new.user_id.strip().upper()
    if not name:
        raise NobodyNamed("name")
    if not re.fullmatch(USER, user_id):
        raise NotAMember("member", new.user_id.strip())
    known = _of_this_number(desk, user_id)
    if known and known.party != desk.person.party:
        raise OfTheOtherParty("member", known.name, desk.definition.party(known.party).abbreviation)
    person = known or Person(
        party=desk.person.party,
        name=name,
        team_id=desk.person.team_id,
        user_id=user_id,
        office=new.office,
        valid_from=new.valid_from,
    )
    desk.session.add(person)
    desk.session.flush()
    return person


def _of_this_number(desk: Desk, user_id: str) -> Person | None:
    mine = find(desk.session, Identity(desk.person.team_id, user_id))
    return mine or desk.session.exec(select(Person).where(Person.user_id == user_id)).first()


def _refuse_repetition(
    desk: Desk, person: Person, mandate: Mandate | None, new: NewDesignation, begins: date
) -> None:
    if mandate is None or not (person.serves_on(desk.today) and mandate.holds_on(desk.today)):
        return
    covered = (mandate.valid_from or person.valid_from or date.min) <= begins
    ends = mandate.valid_until or person.valid_until
    if covered and ends == new.valid_until and new.office in ("", person.office):
        last = latest(desk.session, person, new.role)
        by = desk.session.get_one(Person, last.by_id).name if last else ""
        number, at = (last.number, last.at) if last else ("", None)
        raise AlreadyDesignated(person.name, new.role, number, by, at, desk.definition.tz)


def _give(desk: Desk, person: Person, mandate: Mandate | None, new: NewDesignation, begins: date) -> None:
    """Let the roster say what was designated: the person serves as long as any capacity of theirs holds."""
    _widen(desk.session, person, begins, new.valid_until)
    held = mandate is not None and mandate.holds_on(desk.today)
    first = min((mandate.valid_from or begins) if held and mandate else begins, begins)
    desk.session.merge(
        Mandate(person_id=person.key, role=new.role, valid_from=first, valid_until=new.valid_until)
    )
    if new.office in {row.name for row in all_offices(desk.session) if row.party == person.party}:
        person.office = new.office
    desk.session.add(person)
    desk.session.flush()
    desk.session.info.pop(("roles", person.key), None)


def _widen(session: Session, person: Person, begins: date, ends: date | None) -> None:
    """Let the person serve on these days as well; their other capacities keep the days they had."""
    first, last = person.valid_from, person.valid_until
    for other in session.exec(select(Mandate).where(Mandate.person_id == person.key)).all():
        other.valid_from = other.valid_from or first
        other.valid_until = other.valid_until or last
        session.add(other)
    person.valid_from = min(first, begins) if first else None
    person.valid_until = max(last, ends) if last and ends else None


def put_down(desk: Desk, person: Person, new: NewDesignation, begins: date) -> Designation:
    """Put a designation down in the register, with the words in which it was made."""
    year = desk.today.year
    row = Designation(
        year=year,
        seq=next_seq(desk.session, Designation, year),
        party=person.party,
        person_id=person.key,
        role=new.role,
        office=person.office,
        valid_from=begins,
        valid_until=new.valid_until,
        message=new.message.strip(),
        by_id=desk.person.key,
        at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def _foresee(desk: Desk, row: Designation) -> None:
    """Say ahead when a designation ends, of the latest of one person in one capacity only."""
    say_no_more(desk, row)
    if row.valid_until:
        subject = f"designation:{row.key}"
        if row.role is Role.CONTACT_POINT:
            follow_ups.foresee(desk, subject, ENDS, row.valid_until, WARNINGS)
        follow_ups.foresee(desk, subject, OVER, row.valid_until, ("+P1D",))


def say_no_more(desk: Desk, row: Designation) -> None:
    """Drop what was foreseen of earlier designations of this person in this capacity."""
    for earlier in designations_of(desk.session, row.person_id, row.role):
        follow_ups.drop(desk.session, f"designation:{earlier.key}", ENDS, OVER)


def designations_of(session: Session, person_id: int, role: Role | None = None) -> list[Designation]:
    """The designations of one person, the oldest first."""
    query = select(Designation).where(Designation.person_id == person_id)
    rows = session.exec(query.order_by(col(Designation.id))).all()
    return [row for row in rows if role in (None, row.role)]


def latest(session: Session, person: Person, role: Role) -> Designation | None:
    """The last designation of a person in one capacity."""
    return next(reversed(designations_of(session, person.key, role)), None)


def get_person(session: Session, person_id: int) -> Person:
    """Somebody on the roster; refuses an unknown number."""
    person = session.get(Person, person_id)
    if person is None:
        raise NoSuchPerson
    return person
