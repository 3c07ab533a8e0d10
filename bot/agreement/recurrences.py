"""What comes again: the n-th occurrence, consecutive windows, fixed days of the year, fixed ends."""

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.agreement.civil_days import add_months, shift
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.periods import DAYS_OF_HALF_A_MONTH, Period, PeriodReason, PeriodRefused
from bot.agreement.workings import Profile, Result, Rule, Step

LEAP_YEAR = 2000
"""Any leap year, so that 29 February can be checked as a day that exists."""


@dataclass
class MonthDayRefused(AgreementError):
    """The text is not a day of the year written as `MM-DD`."""

    routine: ClassVar[str] = "time_limits"
    text: str


@dataclass
class CountRefused(FieldError):
    """A number of occurrences or of working days is below the least that makes sense."""

    routine: ClassVar[str] = "time_limits"
    value: int
    least: int


@dataclass(frozen=True)
class Window:
    """From the first to the last day in which something has to happen once, both included.

    `stub` marks a last window cut short by the end of the term.
    """

    opens: date
    closes: date
    stub: bool = False


def nth(anchor: date, first: Period, every: Period, n: int) -> date:
    """The n-th occurrence, from 1: `first` after the anchor, then each `every` later.

    Always counted from the anchor, never from the occurrence before, which would lose the 31st for good.
    Raises CountRefused for n below 1, and DateRefused beyond the year 9999.
    """
    if n < 1:
        raise CountRefused("n", n, 1)
    times = n - 1
    extra, half = divmod(first.half_month + times * every.half_month, 2)
    months = first.months + times * every.months + extra
    days = first.days + times * every.days + half * DAYS_OF_HALF_A_MONTH
    return shift(add_months(anchor, months), days)


def windows(anchor: date, every: Period, until: date) -> Iterator[Window]:
    """Consecutive windows from the anchor to `until` (included), each closing the day before the next opens.

    Raises PeriodRefused when `every` has no length.
    """
    if every.is_zero:
        raise PeriodRefused(str(every), PeriodReason.ZERO)
    return _windows(anchor, every, until)


def _windows(anchor: date, every: Period, until: date) -> Iterator[Window]:
    opens, n = anchor, 1
    while opens <= until:
        opens_next = nth(anchor, every, every, n)
        closes = shift(opens_next, -1)
        yield Window(opens, min(closes, until), stub=closes > until)
        opens, n = opens_next, n + 1


def fixed_day(month_day: str, year: int) -> tuple[date, Step | None]:
    """The day `MM-DD` of a year; 29 February is 28 February in a common year, and a step says so.

    Raises MonthDayRefused.
    """
    month, day = _month_day(month_day)
    if (month, day) == (2, 29) and not isleap(year):
        last = date(year, 2, 28)
        return last, Step(Rule.NO_SUCH_DAY, {"wanted": day, "last": last})
    return date(year, month, day), None


def yearly(month_day: str, after: date, until: date) -> Iterator[date]:
    """The day `MM-DD` of each year, later than `after` and not later than `until`; see `fixed_day`.

    Raises MonthDayRefused.
    """
    _month_day(month_day)
    days = (fixed_day(month_day, year)[0] for year in range(after.year, until.year + 1))
    return (day for day in days if after < day <= until)


def fixed_end(notice: date, notice_by: str, ends: str) -> Result:
    """When a notice ends an agreement that can end only on a fixed date, given by another (both `MM-DD`).

    The shape of IAEA–WHO: notice by 06-30 ends it on 12-31 of that year, later notice a year later.
    Raises MonthDayRefused, and DateRefused beyond the year 9999.
    """
    missed = fixed_day(notice_by, notice.year)[0]
    in_time = notice <= missed
    counted_for, _ = (missed, None) if in_time else _next(notice_by, notice)
    end, clamp = _next(ends, counted_for)
    facts: dict[str, object] = {"notice": notice, "notice_by": counted_for, "ends": end}
    step = Step(Rule.FIXED_END, facts) if in_time else Step(Rule.FIXED_END_MISSED, facts | {"missed": missed})
    working = (clamp, step) if clamp else (step,)
    return Result(end, notice, None, Profile.CETS076, working)


def _next(month_day: str, day: date) -> tuple[date, Step | None]:
    """The first such day later than `day`, with the step for a 29 February that is missing."""
    found = fixed_day(month_day, day.year)
    return found if found[0] > day else fixed_day(month_day, add_months(day, 12).year)


def _month_day(text: str) -> tuple[int, int]:
    try:
        if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
            raise ValueError(text)
        day = date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError as error:
        raise MonthDayRefused(text) from error
    return day.month, day.day
