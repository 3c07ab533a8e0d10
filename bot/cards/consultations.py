"""IV.6-2: what a consultation looks like now."""

from typing import Any

from bot.agreement.channels import get_channel
from bot.agreement.consultations import CLAUSE, ConsultationStatus, get_consultation
from bot.agreement.desk import Desk
from bot.cards.facts import person_facts, place_name
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def consultation_facts(desk: Desk, consultation_id: int) -> dict[str, Any]:
    """Everything the words about one consultation may need."""
    row = get_consultation(desk.session, consultation_id)
    return {
        **row.model_dump(),
        "clause": CLAUSE,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "author": person_facts(desk, row.author_id),
        "readier": person_facts(desk, row.ready_by),
        "closer": person_facts(desk, row.closed_by),
        "place": place_name(get_channel(desk.session, row.channel_id)),
        "zone": desk.definition.tz,
    }


def consultation_card(desk: Desk, consultation_id: int) -> Message:
    """The card of one consultation."""
    facts, key = consultation_facts(desk, consultation_id), str(consultation_id)
    buttons = [Button("consultations.close", key, "close")]
    if facts["status"] is ConsultationStatus.OPEN:
        buttons.insert(0, Button("consultations.ready", key, "ready", "primary"))
    if facts["status"] is ConsultationStatus.READY:
        buttons.insert(0, Button("meetings.propose", "new", "propose_meeting", "primary"))
    closed = facts["status"] is ConsultationStatus.CLOSED
    return message(words("consultations/card", facts), () if closed else buttons)
