"""I.2 and IV.7: activities whose questions are open, as they wait for one person."""

from typing import Any

from bot.agreement.activities import unanswered
from bot.agreement.desk import Desk
from bot.cards.activities import line_facts


def activities(desk: Desk) -> list[dict[str, Any]]:
    """The activities that the person took in and whose questions are open."""
    return [line_facts(desk, row) for row in unanswered(desk)]
