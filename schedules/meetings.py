"""IV.6-5: the clock's question to the places where the parties work together: were enough meetings held?"""

from bot.agreement.catching_up import Importance, Matter
from bot.agreement.desk import Desk
from bot.agreement.meeting_cadence import alert, to_be_alerted


def due(desk: Desk) -> list[Matter]:
    """The places that are to be told, each by itself."""
    return [
        Matter(Importance.CASE, step.year_ends, f"field meetings {step.scope}", alert, {"due": step})
        for step in to_be_alerted(desk)
    ]
