"""Nobody acts on both sides of one case: what somebody did for the party they left binds them in that case."""

import json

from sqlmodel import Session, col, select

from bot.agreement.changed_sides import rows_left
from bot.agreement.events import Event
from bot.agreement.people import DealtWithForOther, Person
from bot.journal import Entry, Outcome


def refuse_both_sides(session: Session, person: Person | None, event: Event) -> None:
    """Refuse what somebody does in a case that they dealt with for another party; asked inside the act.

    The journal says who dealt with a case, whatever the routine; a case that began as a private draft is the
    same case.
    """
    if person is None or person.moved_from is None:
        return
    kind, _, number = event.subject.partition(":")
    same = (event.subject, f"{kind}_draft:{number}")
    for before in rows_left(session, person):
        if before.party != person.party and _dealt_with(session, before, same):
            raise DealtWithForOther(person.party.upper(), before.party.upper())


def _dealt_with(session: Session, person: Person, subjects: tuple[str, ...]) -> bool:
    theirs = (
        col(Entry.actor).in_(_names(session, person))
        & (Entry.party == person.party)
        & (Entry.outcome == Outcome.DONE)
    )
    query = select(Entry.id).where(theirs, col(Entry.subject).in_(subjects))
    return session.exec(query).first() is not None


def _names(session: Session, person: Person) -> set[str]:
    """Whatever somebody was called, by the imports of the roster: the journal names people as of then."""
    names = {person.name}
    imports = select(Entry.facts).where(Entry.event == "roster_imported").order_by(col(Entry.id).desc())
    for facts in session.exec(imports).all():
        names |= {was for was, now in json.loads(facts).get("renamed", ()) if now in names}
    return names
