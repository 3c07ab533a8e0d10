"""VII.1-2: the Agreement ends with its last day, at whatever hour the clock first sees the next."""

from bot.agreement.catching_up import Deed
from bot.agreement.endings import end_agreement, to_be_closed
from bot.secretariat import Secretariat


def end(secretariat: Secretariat) -> list[Deed]:
    """The one act that ends the Agreement, if its last day has passed and nobody has done it."""
    with secretariat.reading() as desk:
        return [(end_agreement, {})] if to_be_closed(desk) else []
