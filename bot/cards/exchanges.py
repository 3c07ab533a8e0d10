"""IV.1: what something that was shared looks like now."""

from typing import Any

from bot.agreement import exchanges
from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.files import StoredFile
from bot.cards.facts import area_title, person_facts, place_name
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def exchange_facts(desk: Desk, exchange_id: int) -> dict[str, Any]:
    """Everything the words about one share may need."""
    row = exchanges.get_exchange(desk.session, exchange_id)
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    channel = desk.session.get_one(Channel, row.channel_id)
    return {
        **row.model_dump(),
        "clause": exchanges.CLAUSE,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "author": person_facts(desk, row.author_id),
        "acknowledger": person_facts(desk, row.acknowledged_by),
        "area_title": area_title(desk, row.area),
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "place": place_name(channel),
        "zone": desk.definition.tz,
    }


def exchange_card(desk: Desk, exchange_id: int) -> Message:
    """The card of one share."""
    facts = exchange_facts(desk, exchange_id)
    waiting = facts["status"] is ExchangeStatus.SHARED
    buttons = [Button("exchanges.acknowledge", str(exchange_id), "acknowledge", "primary")] if waiting else []
    return message(words("exchanges/card", facts), buttons)
