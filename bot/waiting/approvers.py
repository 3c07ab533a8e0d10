"""VI.1: that nobody can approve for the own party, as it waits for whoever can name somebody."""

from typing import Any

from bot.agreement.approval_cover import looked_ahead
from bot.agreement.desk import Desk
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import may, own_roles
from bot.agreement.rights import Act, Role
from bot.agreement.standing import standing


def uncovered(desk: Desk) -> list[dict[str, Any]]:
    """The time, begun or near, in which nobody can approve for the person's party, for its contact point."""
    mine = OwnMatter(desk.person.party)
    point = Role.CONTACT_POINT in own_roles(desk.session, desk.person)
    if not point or not may(desk.session, desk.person, Act.DELEGATE_APPROVAL, mine):
        return []
    found = looked_ahead(desk, mine.party) if standing(desk.session, desk.today).in_force else None
    party = desk.definition.party(mine.party).abbreviation
    return [{"party": party, "since": found.since, "until": found.until, "value": "new"}] if found else []
