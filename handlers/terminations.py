"""The doors of VII.1: ending the Agreement by notice, and what follows."""

from bot import overview
from bot.agreement.renewals import term_end
from bot.agreement.standing import standing
from bot.letters import words
from bot.shapes import message
from handlers.calls import Call, Reply, Tell


def status(call: Call) -> Reply:
    """Whether the Agreement is in force, and until when."""
    with call.reading() as desk:
        now = standing(desk.session, desk.today)
        facts = {
            "in_force": now.in_force,
            "ends_on": now.ends_on,
            "term_end": term_end(desk),
            "term": desk.definition.term,
            "renewal": overview.renewal_facts(desk),
            "notice": overview.notice_days(desk),
        }
    return Tell(message(words("terminations/status", facts)))


def help(call: Call) -> Reply:  # noqa: ARG001  a door that does not depend on who knocks
    """What /termination does."""
    return Tell(message(words("terminations/help", {})))
