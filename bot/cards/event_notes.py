"""IV.8 and IV.10: what a note on a joint event looks like now."""

from typing import Any

from bot.agreement import event_notes
from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.event_notes import EventNoteStatus
from bot.cards.facts import person_facts, place_name
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def event_note_facts(desk: Desk, note_id: int) -> dict[str, Any]:
    """Everything the words about one note may need."""
    row = event_notes.get_event_note(desk.session, note_id)
    return {
        **row.model_dump(),
        "note_id": row.key,
        "clause": row.clause,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "author": person_facts(desk, row.author_id),
        "confirmer": person_facts(desk, row.confirmed_by),
        "addresses": row.links.split(),
        "place": place_name(get_channel(desk.session, row.channel_id)),
        "zone": desk.definition.tz,
    }


def event_note_card(desk: Desk, note_id: int) -> Message:
    """The card of one note."""
    facts = event_note_facts(desk, note_id)
    waiting = facts["status"] is EventNoteStatus.NOTED
    buttons = [Button("event_notes.confirm", str(note_id), "confirm", "primary")] if waiting else []
    return message(words("event_notes/card", facts), buttons)
