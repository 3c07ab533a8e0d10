"""VI.1: what has waited too long for an answer is escalated once, and then lapses as not approved."""

from collections.abc import Callable

from bot.agreement import emblem_decisions
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemRequest, lapse_day
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Refusal
from bot.secretariat import Secretariat
from schedules.hours import may_speak

Verb = Callable[..., Event]


def tick(secretariat: Secretariat) -> int:
    """Escalate or let lapse what is overdue; returns how many requests moved."""
    if not may_speak(secretariat):
        return 0
    with secretariat.reading() as desk:
        due = [
            (row.key, verb)
            for row in emblem_decisions.overdue(desk.session, desk.today)
            if (verb := _next_step(desk, row))
        ]
    return sum(_act(secretariat, verb, key) for key, verb in due)


def _next_step(desk: Desk, row: EmblemRequest) -> Verb | None:
    if row.escalated_on is None:
        return emblem_decisions.escalate
    return emblem_decisions.lapse if desk.today > lapse_day(desk, row) else None


def _act(secretariat: Secretariat, verb: Verb, request_id: int) -> bool:
    try:
        secretariat.act(None, verb, request_id=request_id)
    except (NothingToSay, Refusal):
        # Another clock, or a person, was faster; there is nothing left to do.
        return False
    return True
