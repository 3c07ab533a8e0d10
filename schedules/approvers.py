"""VI.1: whether anybody can approve for each party today and in the next days, and whether that was told."""

from bot.agreement.approval_cover import (
    ApprovalGap,
    Cover,
    close_gap,
    looked_ahead_for_each,
    open_gaps,
    tell_of_gap,
)
from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import channels_at_hand
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.people import capacities_at_hand
from bot.agreement.standing import standing


def due(desk: Desk) -> list[Matter]:
    """The gaps to tell of or to close; nothing is asked of a party without people, or without any channel."""
    if not standing(desk.session, desk.today).in_force or not channels_at_hand(desk.session):
        return []
    there = capacities_at_hand(desk.session, desk.today)
    parties = [party.id for party in desk.definition.parties if party.id in there]
    ahead, told = looked_ahead_for_each(desk, parties), open_gaps(desk.session)
    found = [_matter(desk, party, ahead[party], told.get(party)) for party in parties]
    return [matter for matter in found if matter]


def _matter(desk: Desk, party: str, ahead: Cover | None, told: ApprovalGap | None) -> Matter | None:
    if ahead and told is None:
        facts = {"party": party, "waiting": _waiting(desk, party)}
        return Matter(Importance.CASE, ahead.since, f"approval gap {party}", tell_of_gap, facts)
    if told and ahead is None:
        return Matter(Importance.CASE, told.since, f"approval gap {party}", close_gap, {"party": party})
    return None


def _waiting(desk: Desk, party: str) -> int:
    rows = pending(desk.session)
    return sum(row.owner_party == party and row.status is EmblemStatus.SUBMITTED for row in rows)
