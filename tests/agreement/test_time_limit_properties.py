"""What holds for every date and every period, whatever the vectors say."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreement.calendars import GenevaCalendar
from bot.agreement.civil_days import add_months
from bot.agreement.time_limits import (
    Anchor,
    Period,
    Profile,
    act_by,
    add_working_days,
    civil_day,
    day_bounds,
    end,
    latest_notice,
    nth,
    safe_notice,
    wall_time,
    windows,
    working_days_before,
    yearly,
)

GENEVA = GenevaCalendar()
ONE_DAY = timedelta(days=1)
# A busy machine is no fault of the dates, so no example is timed.
relaxed = settings(deadline=None)

dates = st.dates(date(1950, 1, 1), date(2090, 12, 31))
months_and_days = st.builds(
    Period, months=st.integers(0, 240), days=st.integers(0, 400), written_years=st.just(0)
)
half_months = st.builds(Period, months=st.integers(0, 240), half_month=st.just(True))
years_and_months = st.builds(
    lambda years, months: Period(12 * years + months, written_years=years),
    st.integers(0, 20),
    st.integers(0, 20),
)
periods = st.one_of(months_and_days, half_months, years_and_months)
lasting = periods.filter(lambda period: not period.is_zero)
profiles = st.sampled_from(Profile)
anchors = st.sampled_from(Anchor)
zones = st.sampled_from(
    ["Europe/Zurich", "UTC", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Cairo"]
)


@relaxed
@given(dates, periods, profiles, anchors)
def test_a_later_start_never_ends_earlier(
    start: date, period: Period, profile: Profile, anchor: Anchor
) -> None:
    assert end(start, period, profile, anchor).date <= end(start + ONE_DAY, period, profile, anchor).date


@relaxed
@given(dates, periods, profiles, anchors)
def test_the_latest_notice_is_over_in_time_and_one_day_later_is_not(
    term_end: date, period: Period, profile: Profile, anchor: Anchor
) -> None:
    latest = latest_notice(term_end, period, profile, anchor).date

    assert end(latest, period, profile, anchor).date <= term_end
    assert end(latest + ONE_DAY, period, profile, anchor).date > term_end


@relaxed
@given(dates, st.integers(-600, 600))
def test_adding_months_never_leaves_the_month_and_agrees_with_dateutil(start: date, months: int) -> None:
    reached = add_months(start, months)

    assert (reached.year * 12 + reached.month) - (start.year * 12 + start.month) == months
    assert reached == start + relativedelta(months=months)


@relaxed
@given(dates, periods, st.integers(0, 30), profiles)
def test_a_safe_notice_is_a_working_day_never_after_the_latest(
    term_end: date, period: Period, margin: int, profile: Profile
) -> None:
    safe = safe_notice(term_end, period, GENEVA, margin, profile).date

    assert safe <= latest_notice(term_end, period, profile).date
    assert end(safe, period, profile).date < term_end
    assert GENEVA.is_working(safe)


@relaxed
@given(dates, periods)
def test_an_act_is_due_on_a_working_day_never_before_the_limit(start: date, period: Period) -> None:
    due = act_by(start, period, GENEVA).date

    assert due >= end(start, period).date
    assert GENEVA.is_working(due)


@relaxed
@given(periods)
def test_a_period_written_and_read_again_is_the_same(period: Period) -> None:
    again = Period.parse(str(period))

    assert again == period
    assert str(again) == str(period)


@relaxed
@given(dates, st.integers(0, 60), st.integers(0, 60), st.integers(1, 40))
def test_the_nth_occurrence_is_counted_from_the_anchor(anchor: date, months: int, days: int, n: int) -> None:
    every = Period(months, days)

    assert nth(anchor, every, every, n) == end(anchor, Period(n * months, n * days)).date


@relaxed
@given(dates, st.integers(0, 12), st.integers(1, 20))
def test_two_half_months_are_a_month(anchor: date, months: int, n: int) -> None:
    every = Period(months, half_month=True)

    assert nth(anchor, every, every, 2 * n) == add_months(anchor, n * (2 * months + 1))


@relaxed
@given(dates, lasting, st.integers(0, 2000))
def test_windows_follow_each_other_without_gap_or_overlap_to_the_end(
    anchor: date, every: Period, length: int
) -> None:
    until = anchor + timedelta(days=length)

    found = list(windows(anchor, every, until))

    assert (found[0].opens, found[-1].closes) == (anchor, until)
    assert all(window.opens <= window.closes for window in found)
    assert all(before.closes + ONE_DAY == after.opens for before, after in pairwise(found))
    assert not any(window.stub for window in found[:-1])


@relaxed
@given(dates, st.integers(0, 4000))
def test_a_yearly_day_comes_once_a_year_within_its_bounds(after: date, length: int) -> None:
    until = after + timedelta(days=length)

    found = list(yearly("02-29", after, until))

    assert all(after < day <= until for day in found)
    assert all(later.year - earlier.year == 1 for earlier, later in pairwise(found))
    assert all((day + ONE_DAY).day == 1 for day in found)


@relaxed
@given(dates, st.times(), zones)
def test_every_wall_time_exists_and_none_is_earlier_than_asked(day: date, at: time, zone: str) -> None:
    found = wall_time(day, at, zone)

    shown = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert found.tzinfo is UTC
    assert shown >= datetime.combine(day, at)
    assert shown - datetime.combine(day, at) <= ONE_DAY


@relaxed
@given(dates, zones)
def test_a_day_begins_and_ends_with_its_civil_day(day: date, zone: str) -> None:
    first, after = day_bounds(day, zone)

    instant = timedelta(microseconds=1)
    if first < after:
        assert civil_day(first, zone) == day == civil_day(after - instant, zone)
    assert civil_day(first - instant, zone) < day < civil_day(after, zone)


@relaxed
@given(dates, st.integers(0, 60))
def test_working_days_counted_forth_and_back_meet(start: date, days: int) -> None:
    start = GENEVA.next_working(start)

    later = add_working_days(start, days, GENEVA)

    assert working_days_before(later, days, GENEVA) == start
