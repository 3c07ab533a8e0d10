"""VIII: the cards of disputes, which tell whose turn it is, and never what a dispute is about."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.dispute_nudges import quiet_since, waits_for
from bot.agreement.disputes import CLAUSE, PRIVATE, Dispute
from bot.agreement.files import record_of
from bot.agreement.time_limits import civil_day
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def dispute_facts(desk: Desk, row: Dispute) -> dict[str, Any]:
    """What the words outside the door may know: not a word of what the dispute says is among it."""
    record = record_of(desk.session, row.subject)
    sent = (
        None if row.status in PRIVATE or row.sent_at is None else civil_day(row.sent_at, desk.definition.tz)
    )
    return {
        "dispute_id": row.key,
        "clause": CLAUSE,
        "number": row.number,
        "status": row.status,
        "party": desk.definition.party(row.party).abbreviation,
        "written_on": civil_day(row.written_at, desk.definition.tz),
        "sent_on": sent,
        "last_on": quiet_since(desk, row) if sent else None,
        "waits_for": [desk.definition.party(party).abbreviation for party in waits_for(desk, row)],
        "record": record.number if record else "",
        "zone": desk.definition.tz,
    }


def dispute_card(desk: Desk, dispute_id: int) -> Message:
    """The notice to those concerned: that there is a dispute, whose turn it is, and a door to it."""
    row = desk.session.get_one(Dispute, dispute_id)
    read = Button("disputes.read", str(row.key), "read", "primary")
    return message(words("disputes/card", dispute_facts(desk, row)), (read,))
