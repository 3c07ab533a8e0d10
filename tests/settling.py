"""Dates that both parties owe, as both settle them: one states what became of them, the other confirms it."""

from typing import Any

from bot.agreement import settlements
from bot.agreement.events import Event
from bot.agreement.settlement_answers import confirm_statement
from bot.agreement.settlement_statements import OccurrenceStated
from tests.office import Office


def both_record_met(
    office: Office, by: str = "Amina Diallo", confirmed_by: str = "Helena Costa", **facts: Any
) -> Event:
    """One party states that a date was met, and the other confirms it."""
    stated = office.act(by, settlements.record_met, **facts)
    assert isinstance(stated, OccurrenceStated)
    return office.act(confirmed_by, confirm_statement, statement_id=stated.statement_id)
