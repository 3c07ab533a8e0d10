"""IV.9 and IV.10: an embargo ends at its instant, at whatever hour that is."""

from bot.agreement.communication_releases import lift, to_be_lifted
from bot.agreement.ledger import NothingToSay
from bot.secretariat import Secretariat


def tick(secretariat: Secretariat) -> int:
    """Release, each by itself, what is cleared and whose instant has come; returns how many there were."""
    with secretariat.reading() as desk:
        waiting = to_be_lifted(desk.session, desk.now)
    return sum(_lift(secretariat, key) for key in waiting)


def _lift(secretariat: Secretariat, key: int) -> int:
    return len(secretariat.act_together([(lift, {"communication_id": key})], (NothingToSay,)))
