"""VI.4: what one version of the formula of acknowledgement says, and where it stands."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.formulas import CLAUSE, CONSULTATION, WORDINGS, Formula, FormulaStatus
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def formula_facts(desk: Desk, row: Formula) -> dict[str, Any]:
    """Everything the words about one version may need."""
    return {
        "clause": CLAUSE,
        "consultation": CONSULTATION,
        "formula_id": row.key,
        "number": row.number,
        "status": row.status,
        "wordings": {name: getattr(row, name) for name in WORDINGS},
        "used_where": row.used_where,
        "sha256": row.sha256,
        "party": desk.definition.party(row.party).abbreviation,
        "answering": [party.abbreviation for party in desk.definition.others(row.party)],
        "proposer": person_facts(desk, row.proposed_by),
        "proposed_at": row.proposed_at,
        "answerer": person_facts(desk, row.answered_by),
        "answered_at": row.answered_at,
        "note": row.note,
        "zone": desk.definition.tz,
    }


def formula_card(desk: Desk, formula_id: int) -> Message:
    """The card of one version, with what can be done about it."""
    row = desk.session.get_one(Formula, formula_id)
    return message(words("formulas/card", formula_facts(desk, row)), formula_buttons(row))


def formula_buttons(row: Formula) -> list[Button]:
    """What can be answered to a version that is proposed."""
    if row.status is not FormulaStatus.PROPOSED:
        return []
    key = str(row.key)
    return [
        Button("formulas.agree", key, "agree", "primary"),
        Button("formulas.decline", key, "decline"),
        Button("formulas.withdraw", key, "withdraw", "danger", confirm=True),
    ]
