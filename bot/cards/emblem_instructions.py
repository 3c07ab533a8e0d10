"""IX.2-3: what one version of a party's instructions looks like now, in force or followed by another."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.emblem_instructions import (
    OwnerInstructions,
    get_instructions,
    instructions_facts,
    versions,
)
from bot.letters import words
from bot.outbox import Message
from bot.shapes import message


def version_facts(desk: Desk, row: OwnerInstructions) -> dict[str, Any]:
    """Everything the words about one version may need; `next` is the version that follows it."""
    newer = [one for one in versions(desk.session, row.party) if one.version == row.version + 1]
    following = {"version": newer[0].version, "valid_from": newer[0].valid_from} if newer else None
    return {
        **instructions_facts(desk, row),
        "text": row.text,
        "entered_at": row.entered_at,
        "zone": desk.definition.tz,
        "following": following,
    }


def instructions_card(desk: Desk, instructions_id: int) -> Message:
    """The card of one version."""
    facts = version_facts(desk, get_instructions(desk.session, instructions_id))
    return message(words("emblem_instructions/card", facts))
