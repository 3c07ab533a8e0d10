"""The clock's question to every routine that planned something to be said: what has come due?"""

from collections.abc import Mapping

from bot.agreement import review_prompts, reviews
from bot.agreement.catching_up import Importance, Matter, Verb
from bot.agreement.desk import Desk
from bot.agreement.follow_ups import Waiting, to_be_said

VERBS: Mapping[str, Verb] = {reviews.PROMPT: review_prompts.prompt}
"""What is planned, by kind, and the verb that says it: called with the entry as `waiting`."""


def due(desk: Desk) -> list[Matter]:
    """What is to be said now, each by itself: being told of moves the case."""
    return [_matter(waiting) for waiting in to_be_said(desk.session, desk.today)]


def _matter(waiting: Waiting) -> Matter:
    name = f"{waiting.kind} {waiting.subject.partition(':')[0]}:{waiting.key:06}"
    return Matter(Importance.CASE, waiting.due_on, name, VERBS[waiting.kind], {"waiting": waiting})
