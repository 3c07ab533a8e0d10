"""V.2-2: what waits for one person is handed over to another of the same party."""

from dataclasses import dataclass

from bot.agreement.designations import get_person
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import require
from bot.agreement.rights import Act

CLAUSE = "V.2-2"


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """What waits for one person was written down for another; it stays within their party."""

    leaving_id: int
    successor_id: int
    leaving: str
    successor: str
    party: str
    party_id: str
    by: str
    note: str


@dataclass
class SuccessorNotServing(FieldError):
    """Nothing can be handed over to somebody who does not serve today, or to the person themselves."""

    routine = "contacts"
    name: str
    same: bool


def hand_over(desk: Desk, *, leaving_id: int, successor_id: int, note: str = "") -> HandedOver:
    """Write down for somebody of one's own party what waits for another of the same party."""
    leaving, successor = get_person(desk.session, leaving_id), get_person(desk.session, successor_id)
    for person in (leaving, successor):
        require(desk.session, desk.person, Act.HAND_OVER, OwnMatter(person.party))
    if leaving.key == successor.key or not successor.serves_on(desk.today):
        raise SuccessorNotServing("successor", successor.name, leaving.key == successor.key)
    return HandedOver(
        clause=CLAUSE,
        subject=f"person:{leaving.key}",
        leaving_id=leaving.key,
        successor_id=successor.key,
        leaving=leaving.name,
        successor=successor.name,
        party=desk.definition.party(leaving.party).abbreviation,
        party_id=leaving.party,
        by=desk.person.name,
        note=note.strip(),
    )
