"""The administrators hear what keeps messages from arriving, at any hour, once each time it begins."""

from bot import troubles
from bot.agreement.ledger import NothingToSay
from bot.secretariat import Secretariat


def tick(secretariat: Secretariat) -> int:
    """Tell of every trouble nobody has been told of yet; returns how many there were."""
    with secretariat.reading() as desk:
        waiting = troubles.to_be_told(desk.session)
    deeds = [(troubles.report, {"lane": lane}) for lane in waiting]
    return len(secretariat.act_together(deeds, (NothingToSay,)))
