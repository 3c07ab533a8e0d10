"""VI.4: the wording that waits for an answer, as it waits for one person."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.formulas import proposed
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.formulas import formula_facts


def formulas(desk: Desk) -> list[dict[str, Any]]:
    """The other party's wording, if the person may answer."""
    row = proposed(desk)
    if row is None or not may(desk.session, desk.person, Act.ANSWER_FORMULA, row):
        return []
    return [formula_facts(desk, row)]
