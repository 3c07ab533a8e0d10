"""V.3-2: in which window the general review falls, and which days each reading of the text gives for it.

For compliance the reading `review.reading` counts (one review in each window); a day is proposed on the reading
`review.scheduling`. Both are shown, because the text can be read in either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.planning import day_before
from bot.agreement.renewed_terms import term_end_on
from bot.agreement.time_limits import Period, end, windows

CLAUSE = "V.3-2"
DUTY = "general-review"


@dataclass
class NoReviewWindow(AgreementError):
    """No whole review window is open on a day, or opens later: the term ends first."""

    routine = "reviews"
    on: date


@dataclass(frozen=True)
class ReviewWindow:
    """A period in which one general review is to be held, its first and last day included."""

    opens: date
    closes: date


@dataclass(frozen=True)
class Schedule:
    """What each reading says of one window.

    `anniversary` is the fixed day that follows the window's opening, `rolled` the working day an act due on it
    would move to. `proposed` is a working day inside the window. `rolling` is the last day of the period since
    `last_review`; both are None where no earlier review is on record. `opens_on` is when the dossier is opened.
    """

    window: ReviewWindow
    anniversary: date
    rolled: date
    proposed: date
    last_review: date | None
    rolling: date | None
    opens_on: date

    @property
    def anniversary_outside(self) -> bool:
        """Whether the fixed day comes too late for the window."""
        return self.anniversary > self.window.closes


def window_on(definition: Definition, day: date) -> ReviewWindow:
    """The window that is open on `day`, or the first one after it. Raises NoReviewWindow.

    What the end of the term cuts short is no window: it asks for nothing.
    """
    duty, step = definition.duty(DUTY), _step(definition)
    opens = end(definition.event(duty.anchor), Period.parse(duty.first)).date
    last = term_end_on(definition, day) or end(max(day, opens), step).date
    spans = (span for span in windows(opens, step, last) if not span.stub)
    found = next((ReviewWindow(span.opens, span.closes) for span in spans if day <= span.closes), None)
    if found is None:
        raise NoReviewWindow(day)
    return found


def schedule(desk: Desk, window: ReviewWindow) -> Schedule:
    """The days that matter for one window, under every reading."""
    anniversary = end(window.opens, _step(desk.definition)).date
    last_review = _last_review(desk, window)
    return Schedule(
        window=window,
        anniversary=anniversary,
        rolled=desk.calendar.next_working(anniversary),
        proposed=proposed_day(desk, window),
        last_review=last_review,
        rolling=end(last_review, _step(desk.definition)).date if last_review else None,
        opens_on=opening_day(desk, window),
    )


def proposed_day(desk: Desk, window: ReviewWindow) -> date:
    """A working day in the window, proposed for the review.

    On fixed anniversaries that is the last one: the anniversary itself comes the day after the window closes.
    """
    latest = window.closes
    # The ledger is read only where the answer depends on it, because the clock asks this at every tick.
    if desk.definition.policy("review.scheduling") == "rolling":
        last_review = _last_review(desk, window)
        gap_ends = end(last_review, _step(desk.definition)).date if last_review else latest
        latest = max(min(latest, gap_ends), window.opens)
    found = desk.calendar.previous_working(latest)
    return found if found >= window.opens else desk.calendar.next_working(latest)


def opening_day(desk: Desk, window: ReviewWindow) -> date:
    """When the dossier of a window is opened, by a working rule."""
    (months,) = desk.days("review.open_months")
    return desk.calendar.previous_working(day_before(proposed_day(desk, window), f"P{months}M"))


def reviews_held(desk: Desk) -> Sequence[date]:
    """The days of the general reviews on record, the earliest first."""
    query = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        Occurrence.duty == DUTY,
        Occurrence.status == OccurrenceStatus.MET,
    )
    return sorted(row.met_on for row in desk.session.exec(query).all() if row.met_on)


def is_met(desk: Desk, window: ReviewWindow) -> bool:
    """Whether a review is on record for a window."""
    return any(window.opens <= day <= window.closes for day in reviews_held(desk))


def _step(definition: Definition) -> Period:
    return Period.parse(definition.duty(DUTY).every or "P1Y")


def _last_review(desk: Desk, window: ReviewWindow) -> date | None:
    return max((day for day in reviews_held(desk) if day < window.opens), default=None)
