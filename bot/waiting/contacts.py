"""V.1 and V.2: contacts to confirm, vacancies to fill, offices to tell, as they wait for one person."""

from typing import Any

from bot.agreement.confirmations import quarter_to_confirm
from bot.agreement.desk import Desk
from bot.agreement.distributions import standing, waiting_for_office
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.agreement.vacancies import is_vacant, vacant_since


def confirmations(desk: Desk) -> list[dict[str, Any]]:
    """The quarter for which the person's party has not confirmed its contact points."""
    row = quarter_to_confirm(desk) if may(desk.session, desk.person, Act.CONFIRM_CONTACTS) else None
    party = desk.definition.party(desk.person.party).abbreviation
    return [{"occurrence_id": row.key, "due_on": row.due_on, "party": party}] if row else []


def vacancies(desk: Desk) -> list[dict[str, Any]]:
    """Whether the person's party is without a contact point."""
    mine = OwnMatter(desk.person.party)
    if not may(desk.session, desk.person, Act.DESIGNATE, mine) or not is_vacant(desk, mine.party):
        return []
    party = desk.definition.party(mine.party).abbreviation
    return [{"party": party, "since": vacant_since(desk, mine.party), "value": "new"}]


def tellings(desk: Desk) -> list[dict[str, Any]]:
    """What the person's office has been told, and has not acknowledged."""
    return [
        {"distribution_id": row.key, "number": row.number, "office": desk.person.office}
        for row in waiting_for_office(desk)
    ]


def untold(desk: Desk) -> list[dict[str, Any]]:
    """The offices of the person's party that have not been told."""
    if not may(desk.session, desk.person, Act.DISTRIBUTE, OwnMatter(desk.person.party)):
        return []
    names = [office.name for office, row in standing(desk, desk.person.party) if row is None]
    return [{"names": names, "value": "new"}] if names else []
