"""VII.1-4: whether the last day for a notice has passed, and whether the term is over without one."""

from bot.agreement import renewals
from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import Level, channels_at_hand
from bot.agreement.desk import Desk
from bot.agreement.renewal_decisions import disclose, to_be_disclosed


def due(desk: Desk) -> list[Matter]:
    """The decisions that are to be shown to both, and the renewal that is to be put on record."""
    found = []
    if shown := to_be_disclosed(desk):
        found.append(Matter(Importance.NOTICE, shown, "renewal 1", disclose, {}))
    if last := renewals.due(desk):
        channel = next((row for row in channels_at_hand(desk.session) if row.level is Level.GLOBAL), None)
        facts = {"channel_id": channel.channel_id if channel else ""}
        found.append(Matter(Importance.NOTICE, last, "renewal 2", renewals.renew, facts))
    return found
