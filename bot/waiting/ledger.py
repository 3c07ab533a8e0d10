"""Due dates whose day has passed, as they wait for one person."""

from typing import Any

from bot import overview
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.ledger import Occurrence, get
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.agreement.settlement_statements import waiting_statements
from bot.waiting.contacts import confirmations
from bot.waiting.exchanges import periods


def overdue(desk: Desk) -> list[dict[str, Any]]:
    """The due dates whose day has passed and that the person may settle."""
    if not may(desk.session, desk.person, Act.SETTLE):
        return []
    asked = {row["occurrence_id"] for row in (*periods(desk), *confirmations(desk))}
    asked |= set(waiting_statements(desk.session))
    late = [row for row in overview.overdue(desk) if row.key not in asked and not _left_to_others(desk, row)]
    return overview.rows(desk, late)


def statements(desk: Desk) -> list[dict[str, Any]]:
    """What the other party stated of dates that both owe, for those who may confirm it for the person's."""
    rows = waiting_statements(desk.session).values()
    mine = [row for row in rows if may(desk.session, desk.person, Act.ANSWER_STATEMENT, row)]
    return [
        {**overview.row_facts(desk, get(desk.session, row.occurrence_id)), "statement_id": row.key}
        for row in mine
    ]


def _left_to_others(desk: Desk, occurrence: Occurrence) -> bool:
    """Whether a period of exchange waits for the other side alone, since the person's party has answered."""
    per_channel = desk.definition.duty(occurrence.duty).per is Scope.CHANNEL
    mine = desk.definition.party(desk.person.party).abbreviation
    return per_channel and mine not in waiting_for(desk, occurrence.key)
