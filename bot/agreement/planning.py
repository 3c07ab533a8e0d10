"""From duties to dates: every due date of an agreement with the reminders before it, computed purely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from bot.agreement.calendars import GenevaCalendar, JointCalendar
from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Duty
from bot.agreement.definition_values import TERM_END, DutyKind, Scope
from bot.agreement.reckoning import Reckoning
from bot.agreement.renewed_terms import RenewedTerm, of_the_term, same_notice
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
    definition: Definition,
    places: Sequence[Place],
    calendar: JointCalendar,
    until: date,
    renewals: Sequence[RenewedTerm] = (),
) -> Iterator[Planned]:
    """Every due date up to `until` (a civil day in the agreement's zone), duty by duty.

    `renewals` are the terms that followed the first: what lasts as long as the term goes on in them.
    What an amendment changed counts from its day: what falls due before that stays as it was (VII.3).
    """
    earlier = definition.earlier()
    terms = Terms(definition, tuple(renewals))
    if earlier is None:
        yield from _plan(terms, places, calendar, until)
        return
    before, since = earlier
    yield from (item for item in plan(before, places, calendar, until, renewals) if item.due_on < since)
    yield from (item for item in _plan(terms, places, calendar, until) if item.due_on >= since)


def _plan(terms: "Terms", places: Sequence[Place], calendar: JointCalendar, until: date) -> Iterator[Planned]:
    definition = terms.definition
    for duty in definition.duties:
        if duty.per is Scope.CHANNEL:
            for place in places:
                yield from _for_place(terms, duty, place, calendar, until)
        else:
            for span in _spans(terms, duty, duty.every, until):
                yield _planned(duty, "", span, calendar)


def _for_place(
    terms: "Terms", duty: Duty, place: Place, calendar: JointCalendar, until: date
) -> Iterator[Planned]:
    every = duty.levels.get(place.level)
    for span in _spans(terms, duty, every, until) if every else ():
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
class Terms:
    """The first term of an agreement and those that followed it."""

    definition: Definition
    renewals: tuple[RenewedTerm, ...]

    @property
    def last_day(self) -> date | None:
        """The end of the latest term; None where it has no stated end."""
        known = of_the_term(self.definition, self.renewals)
        return known[-1].ends_on if known else self.definition.term_end()

    @property
    def ends(self) -> tuple[date, ...]:
        """The last day of each term that has one."""
        known = of_the_term(self.definition, self.renewals)
        ends = (self.definition.term_end(), *(one.ends_on for one in known))
        return tuple(last for last in ends if last)


@dataclass(frozen=True)
class Course:
    """What a duty's dates are computed from; `until` is the last day to look at."""

    terms: Terms
    duty: Duty
    anchor: date
    every: Period
    until: date

    @property
    def first(self) -> Period:
        """The period before the first date or window."""
        return Period.parse(self.duty.first)


def _spans(terms: Terms, duty: Duty, every: str | None, until: date) -> Iterator[Span]:
    if duty.anchor == TERM_END and not terms.ends:
        return
    horizon = min(until, _last_day(terms, duty) or until)
    anchor = duty.since or terms.definition.event(duty.anchor)
    yield from SPANS[duty.kind](Course(terms, duty, anchor, Period.parse(every or "P1Y"), horizon))


def _last_day(terms: Terms, duty: Duty) -> date | None:
    return duty.until if isinstance(duty.until, date) else terms.last_day


def _once(course: Course) -> Iterator[Span]:
    for anchor in course.terms.ends if course.duty.anchor == TERM_END else (course.anchor,):
        due = end(anchor, course.first).date
        if due <= course.until:
            yield anchor, due


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
    definition = course.terms.definition
    notice = Period.parse(definition.term.notice)
    ends = course.terms.ends if same_notice(definition) else course.terms.ends[:1]
    for last in ends:
        yield course.anchor, safe_notice(last, notice, GenevaCalendar()).date


SPANS = {
    DutyKind.ONCE: _once,
    DutyKind.EVERY: _every,
    DutyKind.WINDOW: _window,
    DutyKind.CALENDAR: _calendar,
    DutyKind.NOTICE: _notice,
}
