"""V.1: each party keeps its own offices on record, in the field and at headquarters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from bot.agreement import follow_ups
from bot.agreement.channels import Level
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.offices import Office, all_offices
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Person, require
from bot.agreement.places import country_code, like_country, like_zone, zone_named
from bot.agreement.rights import Act

CLAUSE = "V.1"
OPENS = "office_opens"
"""The follow-up that says that an office which opens later is to be told then."""


@dataclass(frozen=True, kw_only=True)
class OfficePutOnRecord(Event):
    """A party put one of its offices on record, or changed what is on record of it.

    `to_tell` says that the office is in the field and new, or has a new head: it is to be told of the Agreement.
    """

    office_id: int
    office: str
    party: str
    party_id: str
    by: str
    new: bool
    changed: tuple[str, ...]
    to_tell: bool
    head: str
    opened_on: date | None


@dataclass(frozen=True, kw_only=True)
class OfficeOpened(FollowedUp):
    """An office that was put on record ahead opens today, and is to be told of the Agreement."""

    party: str
    party_id: str
    head: str


@dataclass
class OfficeFieldMissing(FieldError):
    """A field without which an office cannot be kept was left empty."""

    routine = "contacts"


@dataclass
class NameTaken(FieldError):
    """The party has another office of this name."""

    routine = "contacts"
    name: str
    party: str


@dataclass
class NoSuchCountry(FieldError):
    """No country has this name or code; `meant` may be the one."""

    routine = "contacts"
    text: str
    meant: str


@dataclass
class NoSuchZone(FieldError):
    """No time zone has this name; `meant` may be the one."""

    routine = "contacts"
    text: str
    meant: str


@dataclass
class OfficeDaysCrossed(FieldError):
    """A day that must come later comes before the office opened, or lies ahead of today."""

    routine = "contacts"
    day: date
    earliest: date | None
    today: date


@dataclass
class NoSuchOffice(AgreementError):
    """No office is on record under this name or number."""

    routine = "contacts"
    name: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeFacts:
    """What is on record of an office, as it was typed."""

    name: str
    level: Level
    country: str = ""
    region: str = ""
    tz: str = ""
    active: bool = False
    opened_on: date | None = None
    closed_on: date | None = None
    head: str = ""
    head_since: date | None = None


def keep_office(desk: Desk, *, facts: OfficeFacts, office_id: int | None = None) -> OfficePutOnRecord:
    """Put an office of one's own party on record, or change the one with this number."""
    row = get_office(desk.session, office_id) if office_id else None
    party = row.party if row else desk.person.party
    require(desk.session, desk.person, Act.KEEP_DIRECTORY, OwnMatter(party))
    values = _checked(desk, facts)
    _refuse_twins(desk, party, values["name"], row)
    changed = tuple(name for name, value in values.items() if row and getattr(row, name) != value)
    old_name = row.name if row else ""
    kept = row or Office(party=party, **values)
    for name, value in values.items():
        setattr(kept, name, value)
    desk.session.add(kept)
    desk.session.flush()
    _rename(desk.session, kept, old_name)
    desk.session.info.pop("offices", None)
    _foresee_opening(desk, kept)
    return _kept(desk, kept, row is None, changed)


def _kept(desk: Desk, row: Office, new: bool, changed: tuple[str, ...]) -> OfficePutOnRecord:
    new_head = {"head", "head_since"} & set(changed) and row.head
    return OfficePutOnRecord(
        clause=CLAUSE,
        subject=f"office:{row.key}",
        office_id=row.key,
        office=row.name,
        party=desk.definition.party(row.party).abbreviation,
        party_id=row.party,
        by=desk.person.name,
        new=new,
        changed=changed,
        to_tell=in_the_field(row) and row.is_open_on(desk.today) and bool(new or new_head),
        head=row.head,
        opened_on=row.opened_on,
    )


def _foresee_opening(desk: Desk, row: Office) -> None:
    """An office that opens later is to be told on the day it does."""
    follow_ups.drop(desk.session, f"office:{row.key}", OPENS)
    if row.opened_on and in_the_field(row):
        follow_ups.foresee(desk, f"office:{row.key}", OPENS, row.opened_on, ("P0D",))


def note_opening(desk: Desk, *, waiting: Waiting) -> OfficeOpened:
    """Say that an office opens and is to be told of the Agreement, once. Raises NothingToSay."""
    row = get_office(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    if row.opened_on != waiting.due_on or (row.closed_on or date.max) < desk.today:
        raise NothingToSay
    return OfficeOpened(
        clause=CLAUSE,
        number="",
        title=row.name,
        party=desk.definition.party(row.party).abbreviation,
        party_id=row.party,
        head=row.head,
        **facts,
    )


def in_the_field(row: Office) -> bool:
    """Whether the office is one that is told of the Agreement (V.1): any but headquarters."""
    return row.level is not Level.GLOBAL


def _checked(desk: Desk, facts: OfficeFacts) -> dict[str, Any]:
    values: dict[str, Any] = {**vars(facts)}
    for name in ("name", "country", "region", "tz", "head"):
        values[name] = values[name].strip()
    if not values["name"]:
        raise OfficeFieldMissing("name")
    values["country"] = _country(facts)
    if facts.level is Level.REGIONAL and not values["region"]:
        raise OfficeFieldMissing("region")
    values["tz"] = zone_named(facts.tz)
    if not values["tz"]:
        raise NoSuchZone("tz", facts.tz.strip(), like_zone(facts.tz))
    _check_days(desk, facts)
    return values


def _country(facts: OfficeFacts) -> str:
    typed = facts.country.strip()
    code = country_code(typed)
    if typed and not code:
        raise NoSuchCountry("country", typed, like_country(typed))
    if facts.level is Level.COUNTRY and not code:
        raise OfficeFieldMissing("country")
    return code


def _check_days(desk: Desk, facts: OfficeFacts) -> None:
    if facts.closed_on and facts.closed_on < (facts.opened_on or date.min):
        raise OfficeDaysCrossed("closed_on", facts.closed_on, facts.opened_on, desk.today)
    if facts.head_since and facts.head_since > desk.today:
        raise OfficeDaysCrossed("head_since", facts.head_since, None, desk.today)
    if facts.head_since and not facts.head.strip():
        raise OfficeFieldMissing("head")


def _refuse_twins(desk: Desk, party: str, name: str, row: Office | None) -> None:
    same = [each for each in all_offices(desk.session) if each.party == party and each is not row]
    if name.casefold() in {each.name.casefold() for each in same}:
        raise NameTaken("name", name, desk.definition.party(party).abbreviation)


def _rename(session: Session, row: Office, old_name: str) -> None:
    """Those who work in the office are known by its name, and go along with it."""
    if old_name in ("", row.name):
        return
    staff = session.exec(select(Person).where(Person.party == row.party, Person.office == old_name)).all()
    for person in staff:
        person.office = row.name
        session.add(person)


def get_office(session: Session, office_id: int) -> Office:
    """One office; refuses an unknown number."""
    row = session.get(Office, office_id)
    if row is None:
        raise NoSuchOffice("")
    return row


def own_office_named(desk: Desk, name: str) -> Office:
    """The office of one's own party that has this name; refuses one that does not exist."""
    mine = [row for row in all_offices(desk.session) if row.party == desk.person.party]
    found = next((row for row in mine if row.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise NoSuchOffice(name.strip(), tuple(row.name for row in mine))
    return found


def not_on_record(desk: Desk, party: str) -> list[str]:
    """The offices that the roster names for people of `party` and of which nothing is on record."""
    known = {row.name for row in all_offices(desk.session) if row.party == party}
    people = desk.session.exec(select(Person).where(Person.party == party)).all()
    return sorted({person.office for person in people if person.serves_on(desk.today)} - known - {""})
