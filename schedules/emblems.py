"""VI.1: what has waited too long for an answer is escalated once, and then lapses as not approved."""

from bot.agreement import emblem_decisions
from bot.agreement.catching_up import Importance, Matter, Verb
from bot.agreement.desk import Desk
from bot.agreement.emblem_decisions import lapse_day
from bot.agreement.emblems import EmblemRequest


def due(desk: Desk) -> list[Matter]:
    """The requests to escalate or to let lapse, each by itself: being told of moves the case."""
    overdue = emblem_decisions.overdue(desk.session, desk.today)
    steps = [(row, _next_step(desk, row)) for row in overdue]
    return [
        Matter(Importance.CASE, row.answer_by, f"{row.year}/{row.seq:06}", verb, {"request_id": row.key})
        for row, verb in steps
        if verb
    ]


def _next_step(desk: Desk, row: EmblemRequest) -> Verb | None:
    if row.escalated_on is None:
        return emblem_decisions.escalate
    return emblem_decisions.lapse if desk.today > lapse_day(desk, row) else None
