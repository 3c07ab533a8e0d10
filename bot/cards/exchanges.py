"""IV.1: what something that was shared looks like now."""

from typing import Any

from bot.agreement import exchanges, replies
from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.files import StoredFile
from bot.agreement.replies import Reply
from bot.agreement.time_limits import civil_day
from bot.cards.facts import area_title, person_facts, place_name
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

LATEST = 3
"""How many replies the card shows, in short; `/exchange show` shows more of them, and in full."""
MOST = 4


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
    return _card(desk, exchange_id, LATEST, 250)


def exchange_in_full(desk: Desk, exchange_id: int) -> Message:
    """The same with the latest replies in full, for one person who asks for it."""
    return _card(desk, exchange_id, MOST, 1500)


def _card(desk: Desk, exchange_id: int, most: int, length: int) -> Message:
    facts = exchange_facts(desk, exchange_id)
    answers = replies.replies_to(desk.session, exchange_id)
    shown = {
        "replies": [_reply_facts(desk, reply) for reply in answers[-most:]],
        "earlier": len(answers[:-most]),
        "length": length,
    }
    buttons = [Button("replies.open", str(exchange_id), "add_reply")]
    if facts["status"] is ExchangeStatus.SHARED:
        buttons.insert(0, Button("exchanges.acknowledge", str(exchange_id), "acknowledge", "primary"))
    return message(words("exchanges/card", {**facts, **shown}), buttons)


def _reply_facts(desk: Desk, reply: Reply) -> dict[str, Any]:
    return {
        "seq": reply.seq,
        "speaker": person_facts(desk, reply.speaker_id),
        "text": reply.text,
        "on": civil_day(reply.added_at, desk.definition.tz),
    }
