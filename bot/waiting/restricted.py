"""IV.2-3: what waits to be read by those named, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.restricted import to_acknowledge
from bot.cards.restricted import restricted_facts


def restricted(desk: Desk) -> list[dict[str, Any]]:
    """What the person is named for and has not acknowledged; the facts tell nothing of what it says."""
    return [restricted_facts(desk, row.key) for row in to_acknowledge(desk, desk.person)]
