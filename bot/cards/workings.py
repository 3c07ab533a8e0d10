"""How a date was reached, in words: the working that every card and letter shows beside its dates."""

from bot.agreement.time_limits import Result, Step
from bot.letters import Mrkdwn, say


def working(result: Result, zone: str) -> list[Mrkdwn]:
    """How a date was reached, a sentence a rule."""
    return [Mrkdwn(said_step(step, zone)) for step in result.working]


def said_step(step: Step, zone: str) -> str:
    """One rule as it was applied; days end at 24:00 in `zone`, the agreement's."""
    return say("time_limits/working", step.rule.value, {"zone": zone, **step.facts})
