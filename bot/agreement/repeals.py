"""VII.3: what an amendment has repealed, and which acts would begin something under a clause that is gone.

The working rule: nothing new is begun under a clause that is repealed. What was begun before is carried to its
end, and an approval that was given before stays for its period (VI).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.agreement.amending import AmendedDefinition
from bot.agreement.definition import Definition
from bot.agreement.rights import Act

AT_HAND = "repealed clauses"
OPENING: Mapping[Act, tuple[str, ...]] = {
    Act.OFFER_DOCUMENT: ("IV.2-1",),
    Act.RECORD_ARRANGEMENT: ("IV.2-3",),
    Act.SHARE_RESTRICTED: ("IV.2-3",),
    Act.ANNOUNCE_MEETING: ("IV.4-1", "IV.4-2"),
    Act.PROPOSE_MEETING: ("IV.6-2", "IV.6-3", "IV.6-4", "IV.6-5", "V.3-1"),
    Act.PROPOSE_WORKPLAN: ("IV.5-2", "IV.5-5"),
    Act.PROPOSE_LOCAL_WORKPLAN: ("IV.5-3", "IV.5-5"),
    Act.DRAFT_COMMUNICATION: ("III.2", "IV.8", "IV.9", "IV.10"),
    Act.NOTE_EVENT: ("IV.8", "IV.10"),
    Act.REQUEST_EMBLEM: ("VI.1", "VI.3", "IX.2-2"),
    Act.PROPOSE_FORMULA: ("VI.4-1", "VI.4-2"),
    Act.RAISE_DISPUTE: ("VIII",),
}
"""The acts that do nothing but begin a case, and the clauses any one of which is enough for it."""


@dataclass(frozen=True)
class Repeal:
    """By which amendment a clause was repealed, and since when."""

    clause: str
    number: str
    since: date


def repeals(definition: Definition) -> dict[str, Repeal]:
    """Every clause that is repealed, with the amendment that did it."""
    found: dict[str, Repeal] = {}
    at = definition
    while isinstance(at, AmendedDefinition):
        for clause in at.clauses:
            if clause.repealed_on == at.amended_on:
                found.setdefault(clause.id, Repeal(clause.id, at.number, at.amended_on))
        at = at.before
    return found


def note_repeals(session: Session, definition: Definition) -> None:
    """Keep at hand what is repealed by the text of this transaction."""
    session.info[AT_HAND] = repeals(definition)


def gone(session: Session, clauses: tuple[str, ...]) -> tuple[Repeal, ...]:
    """The repeals, if every one of these clauses is repealed; else none."""
    known: Mapping[str, Repeal] = session.info.get(AT_HAND, {})
    return tuple(known[clause] for clause in clauses) if all(each in known for each in clauses) else ()
