"""How a date was reached, step by step: every date is shown with its rule, its inputs and its method."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from bot.agreement.periods import Period


class Profile(StrEnum):
    """The method of counting the legal offices have chosen; none binds two organizations by itself."""

    CETS076 = "cets076"
    """European Convention on the Calculation of Time-Limits, Arts 2–5: the same day of the last month."""
    EU1182 = "eu1182"
    """Regulation (EEC, Euratom) 1182/71, Art. 3: as above, but see `Anchor`."""
    UK2018 = "uk2018"
    """UK SI 2018/1082, r. 1.4: months end the day before the matching date, the first day being counted."""


class Anchor(StrEnum):
    """Where months start under Regulation 1182/71, Art. 3(2)(c); its reading is contested."""

    EVENT_DAY = "event_day"
    """The day of the event, which itself is not counted: the usual reading."""
    DAY_AFTER = "day_after"
    """The day after the event, so that months end one day later."""


class Rule(StrEnum):
    """One rule applied; the value is the block of `templates/time_limits/working.j2` that says it."""

    CIVIL_DAY = "civil_day"
    """An instant counts as its civil day in the agreement's time zone."""
    PROFILE = "profile"
    """A method of counting other than the default was chosen."""
    NO_LENGTH = "no_length"
    """A period of no length ends on the day it starts."""
    DAY_NOT_COUNTED = "day_not_counted"
    """The day from which the period runs is not counted (CETS 076, Art. 3)."""
    DAY_AFTER = "day_after"
    """Months run from the day after the event (Regulation 1182/71, second reading)."""
    DAY_COUNTED = "day_counted"
    """The day from which months run is counted (SI 2018/1082)."""
    NO_SUCH_DAY = "no_such_day"
    """The last month has no day of that number, so its last day is taken (CETS 076, Art. 4(2))."""
    DAY_BEFORE = "day_before"
    """Months end the day before the matching date (SI 2018/1082, r. 1.4)."""
    HALF_MONTH = "half_month"
    """A half month is fifteen days, counted after the whole months (CETS 076, Art. 4(3))."""
    DAYS_AFTER_MONTHS = "days_after_months"
    """Days are counted after months (CETS 076, Art. 4(3))."""
    LIMIT_ENDS = "limit_ends"
    """The limit ends at midnight of its last day (CETS 076, Art. 3)."""
    ACT_STANDS = "act_stands"
    """The last day is a working day, so an act is due on it."""
    ACT_MOVED = "act_moved"
    """An act due on a day that is closed may be done on the next working day (CETS 076, Art. 5)."""
    LATEST_FITS = "latest_fits"
    """The latest day from which the whole period is over by the end of the term."""
    ONE_DAY_LATER = "one_day_later"
    """The proof: a notice one day later would end after the term."""
    NOT_BACKWARDS = "not_backwards"
    """Counting back gives another day; limits are counted forwards (CETS 076, Art. 1)."""
    TERM_A_DAY_SHORTER = "term_a_day_shorter"
    """The latest day if the day of signature counts as the first day of the term."""
    COUNTED_BACK = "counted_back"
    """The day somebody counting backwards from the end would reach."""
    EARLIEST_READING = "earliest_reading"
    """The earliest of all readings is safe under each of them."""
    SAFE_MOVED_BACK = "safe_moved_back"
    """A safe day that is closed is moved back to a working day, never forward."""
    MARGIN = "margin"
    """Working days kept in hand: policy, not text."""
    FIXED_END = "fixed_end"
    """A notice in time for its yearly date ends the agreement on the fixed date that follows."""
    FIXED_END_MISSED = "fixed_end_missed"
    """A notice after that year's date counts for the next one."""


@dataclass(frozen=True)
class Step:
    """One line of working: a rule and what it was applied to."""

    rule: Rule
    facts: dict[str, object] = field(hash=False)


@dataclass(frozen=True)
class Result:
    """A date with its working.

    `date` is the answer and `start` the day it was worked out from, both legal days in the agreement's time
    zone; for a latest notice, `start` is the end of the term. `period` is None where a fixed date decides.
    """

    date: dt.date
    start: dt.date
    period: Period | None
    profile: Profile
    working: tuple[Step, ...]
