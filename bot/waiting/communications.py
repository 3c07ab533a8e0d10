"""III.2 and IV.8 to IV.10: texts to clear, proofs to file, notes to confirm, as they wait for one person."""

from typing import Any

from bot.agreement.communication_clearances import to_clear
from bot.agreement.communications import communication_facts as event_facts
from bot.agreement.communications import without_proof
from bot.agreement.desk import Desk
from bot.agreement.event_notes import unconfirmed
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.event_notes import event_note_facts


def clearances(desk: Desk) -> list[dict[str, Any]]:
    """The texts that the person may clear."""
    if not may(desk.session, desk.person, Act.CLEAR_COMMUNICATION):
        return []
    return [
        {
            "number": row.number,
            "clause": row.clause,
            "title": version.title,
            "release_at": row.release_at,
            "communication_id": row.key,
        }
        for row, version in to_clear(desk)
    ]


def proofs(desk: Desk) -> list[dict[str, Any]]:
    """What was released, for the communications officers of both sides, until its link is on record."""
    if not may(desk.session, desk.person, Act.CLEAR_COMMUNICATION):
        return []
    return [event_facts(desk, row) for row in without_proof(desk.session)]


def event_notes(desk: Desk) -> list[dict[str, Any]]:
    """The notes that the person may confirm."""
    rows = unconfirmed(desk.session)
    mine = [row for row in rows if may(desk.session, desk.person, Act.CONFIRM_EVENT, row)]
    return [event_note_facts(desk, row.key) for row in mine]
