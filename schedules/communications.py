"""IV.9 and IV.10: an embargo ends at its instant, at whatever hour that is."""

from bot.agreement.catching_up import Deed
from bot.agreement.communication_releases import lift, to_be_lifted
from bot.agreement.desk import Desk


def lifts(desk: Desk) -> list[Deed]:
    """What is cleared and whose instant has come, to be released each by itself."""
    return [(lift, {"communication_id": key}) for key in to_be_lifted(desk.session, desk.now)]
