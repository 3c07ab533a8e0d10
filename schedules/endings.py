"""VII.1-2: the Agreement ends with its last day, at whatever hour the clock first sees the next."""

from bot.agreement.catching_up import Deed
from bot.agreement.desk import Desk
from bot.agreement.endings import end_agreement, to_be_closed


def end(desk: Desk) -> list[Deed]:
    """The one act that ends the Agreement, if its last day has passed and nobody has done it."""
    return [(end_agreement, {})] if to_be_closed(desk) else []
