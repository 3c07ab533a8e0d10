"""IV.1: what is to be acknowledged, and periods to answer for, as they wait for one person."""

from typing import Any

from bot import overview
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.ledger import Occurrence
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.waiting.soon import ANSWER_SOON


def acknowledgements(desk: Desk) -> list[dict[str, Any]]:
    """What the other party shared and the person may acknowledge."""
    mine = (
        row
        for row in overview.unacknowledged(desk.session)
        if may(desk.session, desk.person, Act.ACKNOWLEDGE_UPDATE, row)
    )
    return [overview.share_facts(desk, row) for row in mine]


def periods(desk: Desk) -> list[dict[str, Any]]:
    """The periods of exchange that end soon and for which the person's party has not answered."""
    if not may(desk.session, desk.person, Act.SHARE_UPDATE):
        return []
    party = desk.definition.party(desk.person.party).abbreviation
    until = desk.today + ANSWER_SOON
    kept_by_channel = {duty.id for duty in desk.definition.duties if duty.per is Scope.CHANNEL}
    soon = overview.still_open(desk, Occurrence.due_on <= until)
    mine = [row for row in soon if row.duty in kept_by_channel and party in waiting_for(desk, row.key)]
    return overview.rows(desk, mine)
