"""IV.2-3: arrangements to confirm, as they wait for one person."""

from typing import Any

from bot.agreement.arrangements import ArrangementStatus, all_arrangements
from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.arrangements import arrangement_facts


def arrangements(desk: Desk) -> list[dict[str, Any]]:
    """The arrangements that the person may confirm."""
    rows = [row for row in all_arrangements(desk.session) if row.status is ArrangementStatus.RECORDED]
    mine = [row for row in rows if may(desk.session, desk.person, Act.CONFIRM_ARRANGEMENT, row)]
    return [arrangement_facts(desk, row.key) for row in mine]
