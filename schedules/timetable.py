"""The timetable: what is asked how often. A tick asks what is due, so a missed one costs nothing."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.exc import OperationalError
from structlog import get_logger

from bot.agreement.archive_packs import readers_without
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


Work = Callable[[], int]
"""What is to be done; it returns how many things were said."""
Step = Callable[[Secretariat, Desk], Work | None]
"""One look of a tick; None where there is nothing to be done."""


def run(secretariat: Secretariat, steps: Iterable[Step]) -> int:
    """Take the steps one after the other, and return how many things were said.

    All of them look in one reading, as long as none has found anything: what was done is seen in a new one.
    """
    said, ahead = 0, deque(steps)
    while ahead:
        work = _next(secretariat, ahead)
        said += work() if work else 0
    return said


def _next(secretariat: Secretariat, ahead: deque[Step]) -> Work | None:
    with secretariat.reading() as desk:
        while ahead:
            if work := ahead.popleft()(secretariat, desk):
                return work
    return None


def run_due(secretariat: Secretariat) -> int:
    """One tick: enter what is missing, ask every question once; returns how many things were said."""
    return run(secretariat, STEPS)


def speaking(*questions: Question) -> Step:
    """Say what is due, in order of importance, if this is the hour for it."""

    def step(secretariat: Secretariat, desk: Desk) -> Work | None:
        if not may_speak(secretariat):
            return None
        matters = [matter for question in questions for matter in secretariat.asked(desk, question)]
        deeds = _in_order(desk, matters) if matters else []
        parts = [deeds[n : n + TOGETHER] for n in range(0, len(deeds), TOGETHER)]
        return _saying(secretariat, parts)

    return step


def _in_order(desk: Desk, matters: Sequence[Matter]) -> list[Deed]:
    # What an older copy does not know was said bears the mark it had alone; in a list it would be said again.
    doubtful = doubtful_since(desk.session.connection(), desk.now) is not None
    return in_order([replace(one, late=False) for one in matters] if doubtful else matters)


def _speak(secretariat: Secretariat, desk: Desk) -> Work | None:
    """Whatever is due today: once the Agreement has ended, only what outlives it."""
    return _SPEAK[_over(secretariat, desk)](secretariat, desk)


def _over(secretariat: Secretariat, desk: Desk) -> bool:
    return secretariat.remembered(desk, "over", lambda: is_over(desk.session, desk.today))


_SPEAK = {
    over: speaking(*(ask for name, ask in QUESTIONS.items() if not (over and name in ENDING)))
    for over in (False, True)
}


def _take_effect(secretariat: Secretariat, desk: Desk) -> Work | None:
    return _saying(secretariat, [[deed] for deed in secretariat.asked(desk, amendments.effects)])


def _end(secretariat: Secretariat, desk: Desk) -> Work | None:
    return _saying(secretariat, [[deed] for deed in secretariat.asked(desk, endings.end)])


def _enter(secretariat: Secretariat, desk: Desk) -> Work | None:
    wanted = secretariat.asked(desk, ledger.missing)
    return partial(ledger.enter_plan, secretariat, wanted[0]) if wanted else None


def _lift(secretariat: Secretariat, desk: Desk) -> Work | None:
    # An embargo ends at an instant, so that nothing was found a moment ago says nothing of now.
    return _saying(secretariat, [[deed] for deed in communications.lifts(desk)])


def tell_troubles(secretariat: Secretariat, desk: Desk) -> Work | None:
    """Tell of every trouble of delivery; what becomes of messages is not in the journal, and is looked up."""
    deeds = troubles.due(desk)
    return _saying(secretariat, [deeds] if deeds else [])


def _pack(secretariat: Secretariat, desk: Desk) -> Work | None:
    missing = _over(secretariat, desk) and secretariat.remembered(
        desk, "packs missing", lambda: readers_without(desk.session, desk.definition)
    )
    return partial(archive_packs.make, secretariat) if missing else None


STEPS: Sequence[Step] = (
    # What took effect while the Agreement was in force did so before it ended.
    _take_effect,
    _end,
    # What follows a term is entered as soon as its renewal is on record.
    speaking(renewals.due),
    _enter,
    _lift,
    tell_troubles,
    _speak,
    # Last of all: it takes long, and waits for nothing but the end, whatever the hour.
    _pack,
)
"""What a tick does, in this order."""


def _saying(secretariat: Secretariat, parts: Sequence[Sequence[Deed]]) -> Work | None:
    return partial(_say_all, secretariat, parts) if parts else None


def _say_all(secretariat: Secretariat, parts: Sequence[Sequence[Deed]]) -> int:
    return sum(_say(secretariat, part) for part in parts)


def _say(secretariat: Secretariat, deeds: Sequence[Deed]) -> int:
    try:
        return len(secretariat.act_together(deeds, PASSING))
    except OperationalError:
        raise
    except Exception:  # whatever is wrong with one thing must not keep the others from being said
        log.exception("not_said", verbs=[verb.__name__ for verb, _ in deeds])
    return sum(_say(secretariat, [deed]) for deed in deeds) if len(deeds) > 1 else 0
