"""The administrators hear what keeps messages from arriving, at any hour, once each time it begins."""

from bot import troubles
from bot.agreement.catching_up import Deed
from bot.agreement.desk import Desk


def due(desk: Desk) -> list[Deed]:
    """Every trouble nobody has been told of yet."""
    return [(troubles.report, {"lane": lane}) for lane in troubles.to_be_told(desk.session)]
