"""VI.1: what waits too long for an answer is escalated once, and lapses; what was approved expires on its day."""

from datetime import date

from bot.agreement import emblem_decisions, emblem_uses
from bot.agreement.catching_up import Importance, Matter, Verb
from bot.agreement.desk import Desk
from bot.agreement.emblem_decisions import lapse_day
from bot.agreement.emblems import EmblemRequest


def due(desk: Desk) -> list[Matter]:
    """The requests to escalate, to let lapse or to expire, each by itself: being told of moves the case."""
    overdue = emblem_decisions.overdue(desk.session, desk.today)
    steps = [(row, _next_step(desk, row)) for row in overdue]
    waiting = [_matter(row, row.answer_by, verb) for row, verb in steps if verb]
    over = emblem_uses.expired(desk.session, desk.today)
    return waiting + [_matter(row, row.use_until, emblem_uses.expire) for row in over]


def _matter(row: EmblemRequest, due_on: date, verb: Verb) -> Matter:
    return Matter(Importance.CASE, due_on, f"{row.year}/{row.seq:06}", verb, {"request_id": row.key})


def _next_step(desk: Desk, row: EmblemRequest) -> Verb | None:
    if row.escalated_on is None:
        return emblem_decisions.escalate
    return emblem_decisions.lapse if desk.today > lapse_day(desk, row) else None
