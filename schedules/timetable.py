"""The timetable: what is asked how often. A tick asks what is due, so a missed one costs nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.exc import OperationalError
from structlog import get_logger

from bot.agreement.catching_up import Deed, Matter, in_order
from bot.agreement.channels import NoChannel
from bot.agreement.desk import Desk
from bot.agreement.endings import is_over
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Refusal
from bot.restorations import doubtful_since
from bot.secretariat import Secretariat
from schedules import (
    amendments,
    approvers,
    archive_packs,
    communications,
    digests,
    documents,
    emblems,
    endings,
    exchanges,
    follow_ups,
    ledger,
    meetings,
    renewals,
    reviews,
    troubles,
    vacancies,
)
from schedules.hours import may_speak

Question = Callable[[Desk], list[Matter]]

ENDING = frozenset(
    {
        "ledger",
        "exchanges",
        "digests",
        "approvers",
        "vacancies",
        "documents",
        "meetings",
        "reviews",
        "amendments",
    }
)
"""The questions that end with the Agreement. What is planned for a case is asked on, kind by kind, and so is the
last day of approved uses (VI.1)."""
QUESTIONS: Mapping[str, Question] = {
    "ledger": ledger.due,
    "exchanges": exchanges.due,
    "digests": digests.due,
    "emblems": emblems.due,
    "approvers": approvers.due,
    "follow_ups": follow_ups.due,
    "vacancies": vacancies.due,
    "documents": documents.due,
    "meetings": meetings.due,
    "reviews": reviews.due,
    "amendments": amendments.due,
}
"""What is asked at each tick, routine by routine; what is said first is a matter of importance, not of order."""
TOGETHER = 50
"""How many things are said in one transaction: enough to be quick, few enough not to keep people waiting."""
PASSING = (NothingToSay, NoChannel, Refusal)
"""Another clock, or a person, was faster; or the channel has been taken away."""
log = get_logger()


def run_due(secretariat: Secretariat) -> int:
    """One tick: enter what is missing, ask every question once; returns how many things were said."""
    # What took effect while the Agreement was in force did so before it ended.
    moved = sum(_say(secretariat, [deed]) for deed in amendments.effects(secretariat))
    ended = _say(secretariat, endings.end(secretariat))
    # What follows a term is entered as soon as its renewal is on record.
    renewed = speak(secretariat, (renewals.due,))
    ledger.enter(secretariat)
    lifted = sum(_say(secretariat, [deed]) for deed in communications.lifts(secretariat))
    said = troubles.tick(secretariat) + speak(secretariat, _questions(secretariat))
    # Last of all: it takes long, and waits for nothing but the end, whatever the hour.
    packed = archive_packs.make(secretariat)
    return ended + moved + renewed + lifted + said + packed


def _questions(secretariat: Secretariat) -> tuple[Question, ...]:
    """What is asked today: once the Agreement has ended, only what outlives it."""
    with secretariat.reading() as desk:
        over = is_over(desk.session, desk.today)
    return tuple(ask for name, ask in QUESTIONS.items() if not (over and name in ENDING))


def speak(secretariat: Secretariat, questions: Sequence[Question]) -> int:
    """Say what is due, in order of importance, if this is the hour for it; returns how many things were said."""
    if not may_speak(secretariat):
        return 0
    with secretariat.reading() as desk:
        matters = [matter for question in questions for matter in question(desk)]
        # What an older copy does not know was said bears the mark it had alone; in a list it would be said again.
        doubtful = doubtful_since(desk.session.connection(), desk.now) is not None
        deeds = in_order([replace(one, late=False) for one in matters] if doubtful else matters)
    return sum(_say(secretariat, deeds[n : n + TOGETHER]) for n in range(0, len(deeds), TOGETHER))


def _say(secretariat: Secretariat, deeds: Sequence[Deed]) -> int:
    try:
        return len(secretariat.act_together(deeds, PASSING))
    except OperationalError:
        raise
    except Exception:  # whatever is wrong with one thing must not keep the others from being said
        log.exception("not_said", verbs=[verb.__name__ for verb, _ in deeds])
    return sum(_say(secretariat, [deed]) for deed in deeds) if len(deeds) > 1 else 0
