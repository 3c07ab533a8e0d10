"""IV.1: a matter that one party noted for itself, as facts for the words that only its own people read."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.matters import NotedMatter, late_by, reckon
from bot.cards.facts import person_facts


def matter_facts(desk: Desk, row: NotedMatter) -> dict[str, Any]:
    """Everything the words about one matter may need, with how its last day is counted."""
    counted = reckon(desk, row.arose_on)
    return {
        **row.model_dump(),
        "matter_id": row.key,
        "number": row.number,
        "author": person_facts(desk, row.author_id),
        "party": desk.definition.party(row.party).abbreviation,
        "others": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "working_days": counted.days,
        "closed_days": counted.closed,
        "days_late": late_by(desk, row.share_by, desk.today),
    }
