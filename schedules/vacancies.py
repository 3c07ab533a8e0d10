"""V.2-2: whether each party has a serving contact point today, and who is to be told where one has none."""

from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import channels_at_hand
from bot.agreement.desk import Desk
from bot.agreement.people import capacities_at_hand
from bot.agreement.vacancies import (
    Vacancy,
    note_filled,
    open_vacancies,
    raise_vacancy,
    tell_others,
    vacant_parties,
    vacant_since,
)


def due(desk: Desk) -> list[Matter]:
    """The vacancies to tell of, to pass on, or to close, each by itself; without a channel nobody can be told."""
    if not channels_at_hand(desk.session):
        return []
    known, vacant = open_vacancies(desk.session), vacant_parties(capacities_at_hand(desk.session, desk.today))
    parties = [party.id for party in desk.definition.parties]
    found = [_matter(desk, party, party in vacant, known.get(party)) for party in parties]
    return [matter for matter in found if matter]


def _matter(desk: Desk, party: str, vacant: bool, row: Vacancy | None) -> Matter | None:
    if vacant and row is None:
        since = vacant_since(desk, party)
        return Matter(Importance.CASE, since, f"vacancy {party}", raise_vacancy, {"party": party})
    if row is None:
        return None
    if not vacant:
        return Matter(Importance.CASE, row.since, f"vacancy {party}", note_filled, {"party": party})
    if row.others_told_at is None and row.others_on <= desk.today:
        facts = {"vacancy_id": row.key}
        return Matter(Importance.CASE, row.others_on, f"vacancy {party}", tell_others, facts)
    return None
