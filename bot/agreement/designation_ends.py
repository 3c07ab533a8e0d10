"""V.2-2: a party ends what it designated; an end that comes near is said ahead."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from bot.agreement.designations import (
    CLAUSES,
    DayOfDesignationMissing,
    Designation,
    DesignationDaysCrossed,
    NewDesignation,
    get_person,
    latest,
    put_down,
    said_of,
    say_no_more,
)
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Mandate, Person, Refusal, require
from bot.agreement.rights import Act, Role


@dataclass(frozen=True, kw_only=True)
class DesignationEnded(Event):
    """A party ended somebody's designation; `last_day` is the last on which it holds."""

    person_id: int
    designation_id: int
    person: str
    party: str
    party_id: str
    role: Role
    by: str
    channel_id: str
    last_day: date
    note: str


@dataclass(frozen=True, kw_only=True)
class DesignationEnding(FollowedUp):
    """A contact point's designation ends soon; the party is told, so that it can designate again."""

    party: str
    party_id: str
    role: Role
    person_id: int


@dataclass(frozen=True, kw_only=True)
class DesignationOver(FollowedUp):
    """A designation has come to its end of itself; what was open is handed over."""

    party: str
    party_id: str
    role: Role
    person_id: int


@dataclass
class NotHeld(Refusal):
    """The person does not hold the capacity any more; somebody may have ended it first."""

    routine = "contacts"
    name: str
    role: Role
    last_day: date | None
    by: str


def end_designation(
    desk: Desk, *, person_id: int, role: Role, last_day: date | None, note: str = ""
) -> DesignationEnded:
    """End a designation of somebody of one's own party with `last_day`, which may lie ahead."""
    person = get_person(desk.session, person_id)
    require(desk.session, desk.person, Act.DESIGNATE, OwnMatter(person.party))
    if last_day is None:
        raise DayOfDesignationMissing("last_day")
    if last_day < desk.today - timedelta(days=1):
        raise DesignationDaysCrossed("last_day", last_day, desk.today - timedelta(days=1))
    _shorten(desk, person, role, last_day)
    desk.session.info.pop(("roles", person.key), None)
    row = latest(desk.session, person, role) or _row_of_before(desk, person, role)
    row.valid_until, row.ended_by, row.ended_at = last_day, desk.person.key, desk.now
    row.end_note = note.strip()
    desk.session.add(row)
    desk.session.flush()
    say_no_more(desk, row)
    return DesignationEnded(
        clause=CLAUSES[role],
        subject=f"designation:{row.key}",
        person_id=person.key,
        designation_id=row.key,
        last_day=last_day,
        note=note.strip(),
        **said_of(desk, person, role),
    )


def _shorten(desk: Desk, person: Person, role: Role, last_day: date) -> None:
    """The first to end it for that day or an earlier one wins; whoever comes second is told."""
    longer = (col(Mandate.valid_until).is_(None)) | (col(Mandate.valid_until) > last_day)
    mine = (col(Mandate.person_id) == person.key) & (col(Mandate.role) == role) & longer
    serving = role in CLAUSES and (person.valid_until or date.max) > last_day
    ending = update(Mandate).where(mine).values(valid_until=last_day)
    if not serving or desk.session.exec(ending).rowcount != 1:
        last = latest(desk.session, person, role)
        by = desk.session.get_one(Person, last.ended_by).name if last and last.ended_by else ""
        raise NotHeld(person.name, role, last.valid_until if last else person.valid_until, by)
    desk.session.expire_all()


def _row_of_before(desk: Desk, person: Person, role: Role) -> Designation:
    """The designation of somebody whom the roster named before designations were made here."""
    first = person.valid_from or desk.today
    new = NewDesignation(person.key, "", "", role, person.office, first, None, "-")
    return put_down(desk, person, new, first)


def warn_of_end(desk: Desk, *, waiting: Waiting) -> DesignationEnding:
    """Tell a party that a designation of its contact point comes to its end. Raises NothingToSay."""
    return DesignationEnding(**_ending(desk, waiting))


def note_over(desk: Desk, *, waiting: Waiting) -> DesignationOver:
    """Say that a designation has come to its end, once. Raises NothingToSay."""
    return DesignationOver(**_ending(desk, waiting))


def _ending(desk: Desk, waiting: Waiting) -> dict[str, Any]:
    facts = mark_followed_up(desk, waiting)
    kind = waiting.subject.partition(":")[0]
    row = desk.session.get(Designation, waiting.key) if kind == "designation" else None
    role = row.role if row else Role.CONTACT_POINT
    person = get_person(desk.session, row.person_id if row else waiting.key)
    mandate = desk.session.get(Mandate, (person.key, role))
    ends = {person.valid_until, mandate.valid_until} if mandate else set()
    if waiting.due_on not in ends:
        raise NothingToSay
    return {
        "clause": CLAUSES[role],
        "number": row.number if row else "",
        "title": person.name,
        "party": desk.definition.party(person.party).abbreviation,
        "party_id": person.party,
        "role": role,
        "person_id": person.key,
        **facts,
    }
