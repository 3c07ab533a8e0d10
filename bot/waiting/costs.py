"""VI.2 and IX.1(c): exceptions on costs to confirm, and their ends, as they wait for one person."""

from typing import Any

from bot.agreement.costs import ENDING, ENTERED, CostStatus, unconfirmed
from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.costs import cost_facts


def to_confirm(desk: Desk) -> list[dict[str, Any]]:
    """What the other party entered and the person may confirm."""
    return _waiting(desk, ENTERED)


def endings(desk: Desk) -> list[dict[str, Any]]:
    """The ends that the other party entered and the person may confirm."""
    return _waiting(desk, ENDING)


def _waiting(desk: Desk, statuses: frozenset[CostStatus]) -> list[dict[str, Any]]:
    return [
        cost_facts(desk, row)
        for row in unconfirmed(desk.session)
        if row.status in statuses and may(desk.session, desk.person, Act.CONFIRM_COST, row)
    ]
