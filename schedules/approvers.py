"""VI.1: whether anybody can approve for each party today and in the next days, and whether that was told."""

from bot.agreement.approval_cover import close_gap, looked_ahead, open_gap, tell_of_gap
from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import all_channels
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.people import holders
from bot.agreement.rights import Role
from bot.agreement.standing import standing


def due(desk: Desk) -> list[Matter]:
    """The gaps to tell of or to close; nothing is asked of a party without people, or without any channel."""
    if not standing(desk.session, desk.today).in_force:
        return []
    parties = [party.id for party in desk.definition.parties if _has_people(desk, party.id)]
    found = [matter for party in parties if (matter := _matter(desk, party))]
    return found if found and all_channels(desk.session) else []


def _has_people(desk: Desk, party: str) -> bool:
    return bool(holders(desk.session, party, frozenset(Role), desk.today))


def _matter(desk: Desk, party: str) -> Matter | None:
    ahead, told = looked_ahead(desk, party), open_gap(desk.session, party)
    if ahead and told is None:
        facts = {"party": party, "waiting": _waiting(desk, party)}
        return Matter(Importance.CASE, ahead.since, f"approval gap {party}", tell_of_gap, facts)
    if told and ahead is None:
        return Matter(Importance.CASE, told.since, f"approval gap {party}", close_gap, {"party": party})
    return None


def _waiting(desk: Desk, party: str) -> int:
    rows = pending(desk.session)
    return sum(row.owner_party == party and row.status is EmblemStatus.SUBMITTED for row in rows)
