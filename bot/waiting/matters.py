"""IV.1: what the own party has noted and not shared, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.matters import open_matters
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.matters import matter_facts


def matters(desk: Desk) -> list[dict[str, Any]]:
    """What the person's own party has noted and not shared yet; nobody else is shown it."""
    if not may(desk.session, desk.person, Act.NOTE_MATTER):
        return []
    return [matter_facts(desk, row) for row in open_matters(desk.session, desk.person.party)]
