"""All date arithmetic of an agreement: the end of a limit, the last day for a notice, and their working.

The other date modules are reached through this one, so that callers need a single import.
"""

from datetime import date

from bot.agreement.calendars import Calendar
from bot.agreement.civil_days import (
    DateReason,
    DateRefused,
    ZoneRefused,
    civil_day,
    day_bounds,
    parse_start,
    shift,
    wall_time,
)
from bot.agreement.periods import Period, PeriodReason, PeriodRefused
from bot.agreement.reckoning import Reckoning
from bot.agreement.recurrences import (
    CountRefused,
    MonthDayRefused,
    Window,
    fixed_day,
    fixed_end,
    nth,
    windows,
    yearly,
)
from bot.agreement.workings import Anchor, Profile, Result, Rule, Step

__all__ = [
    "Anchor",
    "CountRefused",
    "DateReason",
    "DateRefused",
    "MonthDayRefused",
    "Period",
    "PeriodReason",
    "PeriodRefused",
    "Profile",
    "Result",
    "Rule",
    "Step",
    "Window",
    "ZoneRefused",
    "act_by",
    "add_working_days",
    "civil_day",
    "day_bounds",
    "end",
    "fixed_day",
    "fixed_end",
    "latest_notice",
    "nth",
    "parse_start",
    "safe_notice",
    "wall_time",
    "windows",
    "working_days_before",
    "yearly",
]


def end(
    start: date, period: Period, profile: Profile = Profile.CETS076, anchor: Anchor = Anchor.EVENT_DAY
) -> Result:
    """The last day of a limit that runs from `start`; it ends at midnight, and is never moved for a holiday.

    Months are counted first, then days (CETS 076, Art. 4). `anchor` matters under EU1182 only.
    Raises DateRefused beyond the year 9999.
    """
    count = Reckoning(period, profile, anchor)
    return Result(count.last_day(start), start, period, profile, count.working(start))


def act_by(
    start: date,
    period: Period,
    calendar: Calendar,
    profile: Profile = Profile.CETS076,
    anchor: Anchor = Anchor.EVENT_DAY,
) -> Result:
    """The last day for an act to be done within a limit: `end`, or the next working day (CETS 076, Art. 5).

    The legal day stays in the working. Raises DateRefused, and NoWorkingDay for a calendar that never opens.
    """
    limit = end(start, period, profile, anchor)
    moved = calendar.next_working(limit.date)
    if moved == limit.date:
        step = Step(Rule.ACT_STANDS, {"legal": limit.date})
    else:
        reason = calendar.closed(limit.date)
        step = Step(Rule.ACT_MOVED, {"legal": limit.date, "reason": reason, "moved": moved})
    return Result(moved, start, period, profile, (*limit.working, step))


def latest_notice(
    term_end: date, period: Period, profile: Profile = Profile.CETS076, anchor: Anchor = Anchor.EVENT_DAY
) -> Result:
    """The latest day on which a notice of `period` may be received so that it is over by `term_end`.

    Found by counting forwards, since CETS 076 does not apply to limits counted backwards (Art. 1) and adding
    months cannot be undone by subtracting them. Raises DateRefused beyond the years 1 to 9999.
    """
    count = Reckoning(period, profile, anchor)
    latest, back = count.latest_start(term_end), count.counted_back(term_end)
    later = shift(latest, 1)
    steps = [
        *count.method(),
        _fits(count, latest, term_end),
        Step(Rule.ONE_DAY_LATER, {"notice": later, "ends": count.last_day(later)}),
    ]
    if back != latest:
        steps.append(Step(Rule.NOT_BACKWARDS, {"back": back, "latest": latest}))
    return Result(latest, term_end, period, profile, tuple(steps))


def safe_notice(
    term_end: date,
    period: Period,
    calendar: Calendar,
    margin_working_days: int = 0,
    profile: Profile = Profile.CETS076,
    anchor: Anchor = Anchor.EVENT_DAY,
) -> Result:
    """A day for the notice that is in time under every reading, is a working day, and leaves a margin.

    Raises CountRefused for a negative margin, DateRefused, and NoWorkingDay for a calendar that never opens.
    """
    count = Reckoning(period, profile, anchor)
    latest, back = count.latest_start(term_end), count.counted_back(term_end)
    shorter_term = shift(term_end, -1)
    shorter = count.latest_start(shorter_term)
    safe = min(latest, shorter, back)
    readings = (
        *count.method(),
        _fits(count, latest, term_end),
        Step(Rule.TERM_A_DAY_SHORTER, {"term_end": shorter_term, "notice": shorter}),
        Step(Rule.COUNTED_BACK, {"notice": back} | period.facts()),
        Step(Rule.EARLIEST_READING, {"notice": safe}),
    )
    day, steps = _with_margin(safe, calendar, margin_working_days)
    return Result(day, term_end, period, profile, (*readings, *steps))


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The day on which `days` working days have passed since `start`, itself not counted; 0 is `start`.

    Raises CountRefused for a negative number, and NoWorkingDay for a calendar that never opens.
    """
    _check_count(days)
    for _ in range(days):
        start = calendar.next_working(shift(start, 1))
    return start


def working_days_before(day: date, days: int, calendar: Calendar) -> date:
    """The working day `days` working days before `day`, itself not counted; 0 is `day`.

    Raises CountRefused for a negative number, and NoWorkingDay for a calendar that never opens.
    """
    _check_count(days)
    for _ in range(days):
        day = calendar.previous_working(shift(day, -1))
    return day


def _fits(count: Reckoning, notice: date, term_end: date) -> Step:
    facts = {"notice": notice, "ends": count.last_day(notice), "term_end": term_end}
    return Step(Rule.LATEST_FITS, facts | count.period.facts())


def _with_margin(safe: date, calendar: Calendar, margin: int) -> tuple[date, list[Step]]:
    """`safe` on a working day and `margin` working days earlier, with what was done."""
    steps = []
    working = calendar.previous_working(safe)
    if working != safe:
        reason = calendar.closed(safe)
        steps.append(Step(Rule.SAFE_MOVED_BACK, {"safe": safe, "reason": reason, "moved": working}))
    day = working_days_before(working, margin, calendar)
    if margin:
        steps.append(Step(Rule.MARGIN, {"margin": margin, "day": day}))
    return day, steps


def _check_count(days: int) -> None:
    if days < 0:
        raise CountRefused("days", days, 0)
