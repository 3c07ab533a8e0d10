"""IV.1: what was shared and is not acknowledged is mentioned again, with growing pauses."""

from bot.agreement import acknowledgements
from bot.agreement.channels import NoChannel
from bot.agreement.ledger import NothingToSay
from bot.secretariat import Secretariat
from schedules.hours import may_speak


def tick(secretariat: Secretariat) -> int:
    """Ask again for the acknowledgements that are due; returns how many were asked for."""
    if not may_speak(secretariat):
        return 0
    with secretariat.reading() as desk:
        due = acknowledgements.to_be_nudged(desk.session, desk.today)
    return sum(_nudge(secretariat, key) for key in due)


def _nudge(secretariat: Secretariat, exchange_id: int) -> bool:
    try:
        secretariat.act(None, acknowledgements.nudge, exchange_id=exchange_id)
    except (NothingToSay, NoChannel):
        # Another clock, or the acknowledgement itself, was faster; or the channel has been taken away.
        return False
    return True
