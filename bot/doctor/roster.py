"""The roster: whether each party has the people the bot turns to, and whether Slack still knows them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select

from bot.agreement.definition import Definition
from bot.agreement.people import Person, holders
from bot.agreement.rights import Role
from bot.doctor.asking import Asker
from bot.doctor.checks import Check, finding, fine, unknown

NEEDED = (Role.CONTACT_POINT, Role.EMBLEM_APPROVER, Role.ADMINISTRATOR)
"""The capacities without which a letter, a request or a fault would have nobody to go to."""


def examine_roster(session: Session, definition: Definition, today: date) -> Iterator[Check]:
    """Whom each party has in the capacities that are needed, on `today`."""
    for party in definition.parties:
        missing = tuple(role for role in NEEDED if not holders(session, party.id, frozenset({role}), today))
        check = finding if missing else fine
        yield check("roster", party=party.abbreviation, missing=missing)


def serving(session: Session, today: date) -> list[Person]:
    """Everybody on the roster whose designation covers `today`."""
    rows = session.exec(select(Person).order_by(col(Person.party), col(Person.name))).all()
    return [person for person in rows if person.serves_on(today)]


def examine_people(people: Sequence[Person], askers: Mapping[str, Asker]) -> Iterator[Check]:
    """One line for each person Slack no longer has, one for those nobody can ask about, one for the others."""
    asked = [(person, askers[person.party]) for person in people if person.party in askers]
    checks = [_person(person, asker) for person, asker in asked]
    yield from (check for check in checks if check)
    well = sum(check is None for check in checks)
    if well:
        yield fine("people", count=well)
    for party in sorted({person.party for person in people} - askers.keys()):
        count = sum(person.party == party for person in people)
        yield unknown("people_not_asked", party=party.upper(), count=count)


def _person(person: Person, asker: Asker) -> Check | None:
    facts = {"name": person.name, "party": person.party.upper(), "number": person.user_id}
    answer = asker.ask("users.info", user=person.user_id)
    if answer.word == "user_not_found":
        return finding("person_not_found", **facts)
    if answer.word:
        return unknown("person_not_asked", **facts, word=answer.word)
    return finding("person_deactivated", **facts) if answer.body.get("user", {}).get("deleted") else None
