"""What one party stated of a date that both owe and the other has not answered, as facts for the words."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.settlement_statements import SettlementStatement, waiting_statements
from bot.cards.facts import person_facts


def stated_facts(desk: Desk, occurrence_id: int) -> dict[str, Any] | None:
    """The statement on a date that waits for the other party; None where there is none."""
    row = waiting_statements(desk.session).get(occurrence_id)
    return statement_facts(desk, row) if row else None


def statement_facts(desk: Desk, row: SettlementStatement) -> dict[str, Any]:
    """One statement with its names."""
    return {
        **row.model_dump(),
        "statement_id": row.key,
        "party": desk.definition.party(row.party).abbreviation,
        "by": person_facts(desk, row.stated_by),
        "waiting_for": [party.abbreviation for party in desk.definition.others(row.party)],
    }
