"""From duties to dates: every due date of an agreement with the reminders before it, computed purely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from bot.agreement.calendars import GenevaCalendar, JointCalendar
from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Duty
from bot.agreement.definition_values import DutyKind, Scope
from bot.agreement.reckoning import Reckoning
from bot.agreement.time_limits import Anchor, Period, Profile, end, nth, safe_notice, windows, yearly

Span = tuple[date, date]
"""When a due date's window opens, and the due date itself."""


@dataclass(frozen=True)
class Place:
    """A channel for which duties are kept channel by channel, and since when the secretariat has known it."""

    level: str
    scope: str
    since: date


@dataclass(frozen=True)
class Planned:
    """One due date to be entered in the ledger, and on which days to remind of it."""

    duty: Duty
    scope: str
    window_start: date
    due_on: date
    reminders: tuple[tuple[str, date], ...]
    level: str = ""


def plan(
    definition: Definition, places: Sequence[Place], calendar: JointCalendar, until: date
) -> Iterator[Planned]:
    """Every due date up to `until` (a civil day in the agreement's zone), duty by duty.

    What an amendment changed counts from its day: what falls due before that stays as it was (VII.3).
    """
    earlier = definition.earlier()
    if earlier is None:
        yield from _plan(definition, places, calendar, until)
        return
    before, since = earlier
    yield from (item for item in plan(before, places, calendar, until) if item.due_on < since)
    yield from (item for item in _plan(definition, places, calendar, until) if item.due_on >= since)


def _plan(
    definition: Definition, places: Sequence[Place], calendar: JointCalendar, until: date
) -> Iterator[Planned]:
    for duty in definition.duties:
        if duty.per is Scope.CHANNEL:
            for place in places:
                yield from _for_place(definition, duty, place, calendar, until)
        else:
            for span in _spans(definition, duty, duty.every, until):
                yield _planned(duty, "", span, calendar)


def _for_place(
    definition: Definition, duty: Duty, place: Place, calendar: JointCalendar, until: date
) -> Iterator[Planned]:
    every = duty.levels.get(place.level)
    for span in _spans(definition, duty, every, until) if every else ():
        if span[1] > place.since:
            yield replace(_planned(duty, place.scope, span, calendar), level=place.level)


def _planned(duty: Duty, scope: str, span: Span, calendar: JointCalendar) -> Planned:
    return Planned(duty, scope, span[0], span[1], tuple(_ladder(duty, span[1], calendar)))


def _ladder(duty: Duty, due: date, calendar: JointCalendar) -> Iterator[tuple[str, date]]:
    # A reminder that would fall on a closed day is said on the working day before: it warns, so never later.
    for step in duty.steps:
        yield step, calendar.previous_working(day_before(due, step))


def day_before(due: date, step: str) -> date:
    """The day an ISO 8601 period before `due`, counted back as people do."""
    return Reckoning(Period.parse(step), Profile.CETS076, Anchor.EVENT_DAY).counted_back(due)


@dataclass(frozen=True)
class Course:
    """What a duty's dates are computed from; `until` is the last day to look at."""

    definition: Definition
    duty: Duty
    anchor: date
    every: Period
    until: date

    @property
    def first(self) -> Period:
        """The period before the first date or window."""
        return Period.parse(self.duty.first)


def _spans(definition: Definition, duty: Duty, every: str | None, until: date) -> Iterator[Span]:
    horizon = min(until, _last_day(definition, duty) or until)
    course = Course(definition, duty, definition.event(duty.anchor), Period.parse(every or "P1Y"), horizon)
    yield from SPANS[duty.kind](course)


def _last_day(definition: Definition, duty: Duty) -> date | None:
    return duty.until if isinstance(duty.until, date) else definition.term_end()


def _once(course: Course) -> Iterator[Span]:
    due = end(course.anchor, course.first).date
    if due <= course.until:
        yield course.anchor, due


def _every(course: Course) -> Iterator[Span]:
    # Without a first period the first due date is one interval after the anchor, not the anchor itself.
    opens = course.anchor
    for n in count(2 if course.first.is_zero else 1):
        due = nth(course.anchor, course.first, course.every, n)
        if due > course.until:
            return
        yield opens, due
        opens = due


def _window(course: Course) -> Iterator[Span]:
    opens = end(course.anchor, course.first).date
    for window in windows(opens, course.every, course.until):
        # The text asks for one in each whole window; what the end of the term cuts short asks for nothing.
        if not window.stub:
            yield window.opens, window.closes


def _calendar(course: Course) -> Iterator[Span]:
    opens = course.anchor
    for due in yearly(course.duty.month_day or "", course.anchor, course.until):
        yield opens, due
        opens = due


def _notice(course: Course) -> Iterator[Span]:
    term_end = course.definition.term_end()
    if term_end:
        notice = Period.parse(course.definition.term.notice)
        yield course.anchor, safe_notice(term_end, notice, GenevaCalendar()).date


SPANS = {
    DutyKind.ONCE: _once,
    DutyKind.EVERY: _every,
    DutyKind.WINDOW: _window,
    DutyKind.CALENDAR: _calendar,
    DutyKind.NOTICE: _notice,
}
