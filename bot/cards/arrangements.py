"""IV.2-3: what an arrangement that protects information looks like now."""

from typing import Any

from bot.agreement import arrangements
from bot.agreement.arrangements import ArrangementStatus
from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def arrangement_facts(desk: Desk, arrangement_id: int) -> dict[str, Any]:
    """Everything the words about one arrangement may need."""
    row = arrangements.get_arrangement(desk.session, arrangement_id)
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    return {
        **row.model_dump(),
        "arrangement_id": row.key,
        "clause": arrangements.CLAUSE,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "bound": tuple(desk.definition.party(party).abbreviation for party in row.parties),
        "recorder": person_facts(desk, row.recorded_by),
        "confirmer": person_facts(desk, row.confirmed_by),
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "zone": desk.definition.tz,
    }


def arrangement_card(desk: Desk, arrangement_id: int) -> Message:
    """The card of one arrangement."""
    facts = arrangement_facts(desk, arrangement_id)
    waiting = facts["status"] is ArrangementStatus.RECORDED
    confirm = Button("arrangements.confirm", str(arrangement_id), "confirm", "primary", confirm=True)
    return message(words("arrangements/card", facts), [confirm] if waiting else [])
