"""The clock's question to every routine that planned something to be said: what has come due?"""

from collections.abc import Mapping

from bot.agreement.catching_up import Importance, Matter, Verb
from bot.agreement.desk import Desk
from bot.agreement.follow_ups import Waiting, to_be_said
from bot.agreement.instrument_dates import VERBS as INSTRUMENTS
from bot.agreement.invitation_reminders import KINDS as INVITATION_KINDS
from bot.agreement.invitation_reminders import chase

VERBS: Mapping[str, Verb] = {
    **INSTRUMENTS,
    **dict.fromkeys(INVITATION_KINDS, chase),
}
"""What is planned, by kind, and the verb that says it: called with the entry as `waiting`."""


def due(desk: Desk) -> list[Matter]:
    """What is to be said now, each by itself: being told of moves the case."""
    return [_matter(waiting) for waiting in to_be_said(desk.session, desk.today)]


def _matter(waiting: Waiting) -> Matter:
    name = f"{waiting.kind} {waiting.subject.partition(':')[0]}:{waiting.key:06}"
    return Matter(Importance.CASE, waiting.due_on, name, VERBS[waiting.kind], {"waiting": waiting})
