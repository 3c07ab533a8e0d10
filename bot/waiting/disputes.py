"""VIII: disputes in which it is for the own party to do something, as they wait for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.dispute_nudges import waits_for
from bot.agreement.disputes import OPEN, responsible, visible_to
from bot.cards.disputes import dispute_facts


def disputes(desk: Desk) -> list[dict[str, Any]]:
    """What waits for the person's party at their level; the facts tell nothing of what a dispute says."""
    me = desk.person
    return [
        dispute_facts(desk, row)
        for row in visible_to(desk, me)
        if row.status in OPEN
        and me.party in waits_for(desk, row)
        and me.key in {one.key for one in responsible(desk, row, me.party)}
    ]
