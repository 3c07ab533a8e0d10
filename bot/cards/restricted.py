"""IV.2-3: the cards of restricted information, which tell who, when and under what, and never what it says."""

from typing import Any

from bot.agreement.arrangements import get_arrangement
from bot.agreement.desk import Desk
from bot.agreement.restricted import get_restricted, recipients
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def restricted_facts(desk: Desk, restricted_id: int) -> dict[str, Any]:
    """What the words outside the door may know: neither the title nor the text is among it."""
    row = get_restricted(desk.session, restricted_id)
    arrangement = get_arrangement(desk.session, row.arrangement_id)
    return {
        "restricted_id": row.key,
        "clause": "IV.2-3",
        "number": row.number,
        "author": person_facts(desk, row.author_id),
        "sent_at": row.sent_at,
        "arrangement": {"number": arrangement.number, "title": arrangement.title},
        "onward": row.onward,
        "retention_until": row.retention_until,
        "purged_at": row.purged_at,
        "sha256": row.sha256,
        "named": [
            {
                **person_facts(desk, person.key),
                "first_read_at": seen.first_read_at,
                "acknowledged_at": seen.acknowledged_at,
            }
            for person, seen in recipients(desk.session, row.key)
        ],
        "zone": desk.definition.tz,
    }


def restricted_card(desk: Desk, restricted_id: int) -> Message:
    """The notice to those named: that something waits, and a door to it."""
    facts = restricted_facts(desk, restricted_id)
    buttons = (
        Button("restricted.read", str(restricted_id), "read", "primary"),
        Button("restricted.acknowledge", str(restricted_id), "acknowledge"),
    )
    return message(words("restricted/card", facts), () if facts["purged_at"] else buttons)


def restricted_sent_card(desk: Desk, restricted_id: int) -> Message:
    """What the sender sees: who has read it and who has acknowledged it."""
    facts = restricted_facts(desk, restricted_id)
    read = Button("restricted.read", str(restricted_id), "read")
    return message(words("restricted/sent_card", facts), () if facts["purged_at"] else (read,))
