"""The roster as each party keeps it: designations come in as rows and stand until a row changes them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.agreement import follow_ups
from bot.agreement.changed_sides import end_row, row_left
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.people import Identity, Mandate, Person, find, roles_of, take_roles
from bot.agreement.rights import Role
from bot.agreement.roster_terms import ENDS, TEAM, USER, WARNINGS
from bot.agreement.rows import NothingNew, Row, RowReason, accept, refuse_repeated

COLUMNS = (
    "party",
    "name",
    "slack_team_id",
    "slack_user_id",
    "office",
    "roles",
    "language",
    "valid_from",
    "valid_until",
    "email",
)
CLAUSE = "V.2-2"
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
SEPARATORS = re.compile(r"\s*[;,|]\s*")


@dataclass(frozen=True)
class Designation:
    """What one row says of one person."""

    party: str
    name: str
    who: Identity
    office: str
    roles: frozenset[Role]
    language: str
    valid_from: date | None
    valid_until: date | None
    email: str

    def columns(self) -> dict[str, object]:
        """The values of the person's row that may change."""
        return {
            "party": self.party,
            "name": self.name,
            "office": self.office,
            "language": self.language,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "email": self.email,
        }


class Moved(NamedTuple):
    """Somebody who was of one party, and is of another from the day of the import on."""

    name: str
    before: str
    party: str


@dataclass(frozen=True, kw_only=True)
class RosterImported(Event):
    """The operator brought the roster up to date from a file (V.2).

    `absent` are people on record whom the file does not name; they stay as they were. Whoever changed sides
    is in `moved`, and `left` are the rows that ended by it; `renamed` are names as they were and as they are,
    by which the journal is read.
    """

    operator: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    moved: tuple[Moved, ...]
    left: tuple[int, ...]
    unchanged: int
    absent: tuple[str, ...]


def import_roster(desk: Desk, *, rows: Sequence[Row], operator: str) -> RosterImported:
    """Put the people of `rows` on the roster, or change what is on record of them; all of them or none.

    Raises ImportRefused with every cell that is wrong, and NothingNew where nothing would change.
    """
    designations = [_designation(desk, row) for row in rows]
    refuse_repeated(rows, "slack_user_id", "slack_team_id", "slack_user_id")
    accept(rows)
    given = [item for item in designations if item]
    absent = _absent(desk.session, {item.who for item in given})
    added = [item for item in given if find(desk.session, item.who) is None]
    changed = [item for item in given if item not in added and _differs(desk.session, item)]
    if not added and not changed:
        raise NothingNew(len(given), absent)
    renamed = tuple((was, item.name) for item in changed if (was := _name(desk.session, item)) != item.name)
    left = {item.who: one for item in changed if (one := _leaving(desk.session, item))}
    for person in left.values():
        end_row(desk, person)
    for item in (*added, *changed):
        _foresee_end(desk, _record(desk.session, item), item.roles)
    return RosterImported(
        clause=CLAUSE,
        subject="roster",
        operator=operator,
        added=tuple(item.name for item in added),
        changed=tuple(item.name for item in changed if item.who not in left),
        renamed=renamed,
        moved=tuple(
            Moved(item.name, left[item.who].party, item.party) for item in changed if item.who in left
        ),
        left=tuple(person.key for person in left.values()),
        unchanged=len(given) - len(added) - len(changed),
        absent=absent,
    )


def _designation(desk: Desk, row: Row) -> Designation | None:
    """What a row says; None where something in it is wrong, which is noted in the row."""
    party = row.choice("party", [party.id for party in desk.definition.parties])
    made = Designation(
        party=party,
        name=row.needed("name"),
        who=Identity(
            row.matching("slack_team_id", TEAM, RowReason.BAD_NUMBER),
            row.matching("slack_user_id", USER, RowReason.BAD_NUMBER),
        ),
        office=row.text("office"),
        roles=frozenset(_roles(row)),
        language=_language(desk, row, party),
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_until"),
        email=row.matching("email", EMAIL, RowReason.BAD_EMAIL) if row.text("email") else "",
    )
    if made.valid_from and made.valid_until and made.valid_until < made.valid_from:
        row.refuse("valid_until", RowReason.BEFORE_START, other="valid_from")
    _refuse_move_ahead(desk, row, made)
    return None if row.problems else made


def _refuse_move_ahead(desk: Desk, row: Row, made: Designation) -> None:
    """Whoever is of one party today cannot be put down for another already: they would be of neither till then."""
    person = _leaving(desk.session, made)
    if person and person.serves_on(desk.today) and (made.valid_from or desk.today) > desk.today:
        row.refuse("valid_from", RowReason.MOVES_LATER, other=person.party.upper())


def _name(session: Session, item: Designation) -> str:
    """What somebody is called on record."""
    person = find(session, item.who)
    return person.name if person else item.name


def _leaving(session: Session, item: Designation) -> Person | None:
    """Whoever is on record under this number for another party."""
    person = find(session, item.who)
    return person if person and person.party != item.party else None


def _roles(row: Row) -> Iterable[Role]:
    known = {role.value: role for role in Role}
    for word in filter(None, SEPARATORS.split(row.needed("roles"))):
        name = word.casefold().replace(" ", "_")
        if name in known:
            yield known[name]
        else:
            row.refuse("roles", RowReason.UNKNOWN, known=known, value=word)


def _language(desk: Desk, row: Row, party: str) -> str:
    if not row.text("language"):
        return "en"
    known = desk.definition.party(party).languages if party else (row.text("language"),)
    return row.choice("language", known)


def _absent(session: Session, named: set[Identity]) -> tuple[str, ...]:
    people = session.exec(select(Person).order_by(Person.party, Person.name)).all()
    return tuple(
        f"{person.name} ({person.party.upper()})"
        for person in people
        if not person.has_moved and Identity(person.team_id, person.user_id) not in named
    )


def _differs(session: Session, item: Designation) -> bool:
    person = find(session, item.who)
    if person is None:
        return True
    on_record = {name: getattr(person, name) for name in item.columns()}
    return on_record != item.columns() or roles_of(session, person) != item.roles


def _record(session: Session, item: Designation) -> Person:
    person = find(session, item.who)
    if person is None:
        person = Person(party=item.party, name=item.name, team_id=item.who.team_id, user_id=item.who.user_id)
        person.moved_from = row_left(session, item.who)
    for name, value in item.columns().items():
        setattr(person, name, value)
    session.add(person)
    session.flush()
    # A capacity that is held and stays keeps the days for which it was designated.
    kept = roles_of(session, person) & item.roles
    mine = col(Mandate.person_id) == person.key
    session.exec(delete(Mandate).where(mine, col(Mandate.role).not_in(kept)))
    session.add_all(Mandate(person_id=person.key, role=role) for role in sorted(item.roles - kept))
    take_roles(session, person, item.roles)
    return person


def _foresee_end(desk: Desk, person: Person, roles: frozenset[Role]) -> None:
    """Say ahead when somebody whom the roster names as contact point ceases to serve."""
    subject = f"person:{person.key}"
    follow_ups.drop(desk.session, subject, ENDS)
    if Role.CONTACT_POINT in roles and person.valid_until:
        follow_ups.foresee(desk, subject, ENDS, person.valid_until, WARNINGS)
