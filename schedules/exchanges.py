"""IV.1: what was shared and is not acknowledged is mentioned again, with growing pauses."""

from bot.agreement.acknowledgements import nudge, receivers, to_be_nudged
from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import channels_at_hand
from bot.agreement.desk import Desk
from bot.agreement.exchanges import Exchange


def due(desk: Desk) -> list[Matter]:
    """The acknowledgements to ask for again; where the channel has been taken away, nobody is asked."""
    waiting = to_be_nudged(desk.session, desk.today, Exchange)
    known = {row.channel_id for row in channels_at_hand(desk.session)} if waiting else set()
    return [_matter(desk, row) for row in waiting if row.channel_id in known]


def _matter(desk: Desk, row: Exchange) -> Matter:
    planned_for = row.nudge_on or desk.today
    facts = {"exchange_id": row.key}

    def told() -> frozenset[str]:
        people = receivers(desk, row, escalated=row.nudges > 0)
        return frozenset(person.user_id for person in people)

    number = f"{row.year}/{row.seq:06}"
    return Matter(Importance.REST, planned_for, number, nudge, facts, planned_for < desk.today, told)
