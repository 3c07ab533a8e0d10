"""VII.3: the clock's questions about amendments: has the day of one come, and have the parties been told?"""

from bot.agreement.amendment_effects import take_effect, tell_effect, to_be_told, to_take_effect
from bot.agreement.catching_up import Deed, Importance, Matter
from bot.agreement.desk import Desk


def effects(desk: Desk) -> list[Deed]:
    """The amendments that count from today, or did since the clock last looked: at any hour, like the text."""
    return [(take_effect, {"amendment_id": row.key}) for row in to_take_effect(desk)]


def due(desk: Desk) -> list[Matter]:
    """The amendments in force of which the parties are to be told, each by itself."""
    return [
        Matter(
            Importance.CASE,
            row.in_force_on or desk.today,
            f"amendment {row.number}",
            tell_effect,
            {"amendment_id": row.key},
        )
        for row in to_be_told(desk)
    ]
