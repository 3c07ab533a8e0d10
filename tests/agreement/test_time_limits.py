"""Vectors of dates: published where the comment says so, else computed twice by other means."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.agreement.calendars import GenevaCalendar
from bot.agreement.time_limits import (
    Anchor,
    DateReason,
    DateRefused,
    Period,
    PeriodReason,
    PeriodRefused,
    Profile,
    Rule,
    ZoneRefused,
    act_by,
    civil_day,
    day_bounds,
    end,
    latest_notice,
    parse_start,
    safe_notice,
    wall_time,
)

ZURICH = "Europe/Zurich"
GENEVA = GenevaCalendar()


def day_of(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        # Explanatory report to CETS 076, para 27.
        ("2027-01-05", "P1M", "2027-02-05"),
        ("2027-04-30", "P1M", "2027-05-30"),
        ("2027-05-31", "P1M", "2027-06-30"),
        ("2027-01-31", "P1M", "2027-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        # European Court of Human Rights, panel of the Grand Chamber, 9 May 2012 (Othman).
        ("2012-01-17", "P3M", "2012-04-17"),
        # Court of Appeal, E J Riley Investments v Eurostile Holdings.
        ("1983-03-23", "P2M", "1983-05-23"),
        # java.time documentation.
        ("2007-03-31", "P1M", "2007-04-30"),
        ("2012-02-29", "P1Y", "2013-02-28"),
        # ILO Administrative Tribunal, Judgment 4896: notified on 18 December, the 19th is the first day.
        ("2019-12-18", "P90D", "2020-03-17"),
        # ILO–ISO: effective 8 March 2018, which fits a notice of the 8th and not of the 18th of December.
        ("2017-12-18", "P2M", "2018-02-18"),
        ("2017-12-18", "P3M", "2018-03-18"),
        ("2017-12-18", "P90D", "2018-03-18"),
        ("2017-12-08", "P3M", "2018-03-08"),
        ("2017-12-08", "P90D", "2018-03-08"),
        # Derived.
        ("2026-11-22", "P2M", "2027-01-22"),
        ("2027-03-15", "P2M", "2027-05-15"),
        ("2026-12-28", "P2M", "2027-02-28"),
        ("2026-12-29", "P2M", "2027-02-28"),
        ("2026-12-30", "P2M", "2027-02-28"),
        ("2026-12-31", "P2M", "2027-02-28"),
        ("2028-02-29", "P2M", "2028-04-29"),
        ("2027-02-28", "P2M", "2027-04-28"),
        ("2027-08-31", "P2M", "2027-10-31"),
        ("2026-11-01", "P2M", "2027-01-01"),
        ("2027-01-28", "P2M", "2027-03-28"),
        ("2026-02-03", "P2M", "2026-04-03"),
        ("2027-06-01", "P2M", "2027-08-01"),
        ("2027-01-31", "P2M", "2027-03-31"),
        # The ILO–IOM Agreement, signed on 23 October 2020.
        ("2020-10-23", "P30D", "2020-11-22"),
        ("2020-10-23", "P3M", "2021-01-23"),
        ("2020-10-23", "P6M", "2021-04-23"),
        ("2020-10-23", "P12M", "2021-10-23"),
        ("2020-10-23", "P10Y", "2030-10-23"),
        # Months first, then days; half a month is fifteen days.
        ("2027-01-31", "P1M1D", "2027-03-01"),
        ("2027-01-31", "P1.5M", "2027-03-15"),
        ("2027-01-01", "P0.5M", "2027-01-16"),
        ("2027-01-01", "P0,5M", "2027-01-16"),
        ("2027-01-01", "P2W", "2027-01-15"),
        ("2027-01-01", "P1Y6M", "2028-07-01"),
        ("2027-01-31", "P0D", "2027-01-31"),
    ],
)
def test_a_limit_ends_on_the_day_of_the_same_number_or_the_months_last(
    start: str, period: str, expected: str
) -> None:
    result = end(day_of(start), Period.parse(period))

    assert result.date == day_of(expected)


@pytest.mark.parametrize(
    ("start", "legal", "act"),
    [
        ("2027-03-15", "2027-05-15", "2027-05-18"),
        ("2026-12-28", "2027-02-28", "2027-03-01"),
        ("2026-12-29", "2027-02-28", "2027-03-01"),
        ("2026-12-30", "2027-02-28", "2027-03-01"),
        ("2026-12-31", "2027-02-28", "2027-03-01"),
        ("2026-11-01", "2027-01-01", "2027-01-04"),
        ("2027-01-28", "2027-03-28", "2027-03-30"),
        ("2026-02-03", "2026-04-03", "2026-04-07"),
        ("2027-06-01", "2027-08-01", "2027-08-02"),
        ("2026-11-22", "2027-01-22", "2027-01-22"),
    ],
)
def test_an_act_due_on_a_closed_day_moves_to_the_next_working_day_and_keeps_its_legal_date(
    start: str, legal: str, act: str
) -> None:
    result = act_by(day_of(start), Period.parse("P2M"), GENEVA)

    assert result.date == day_of(act)
    assert result.working[-1].facts["legal"] == day_of(legal)


@pytest.mark.parametrize(
    ("term_end", "period", "expected"),
    [
        ("2030-10-23", "P2M", "2030-08-23"),
        ("2030-10-22", "P2M", "2030-08-22"),
        ("2028-02-29", "P2M", "2027-12-31"),
        ("2027-02-28", "P2M", "2026-12-31"),
        ("2027-04-30", "P2M", "2027-02-28"),
        ("2027-05-30", "P1M", "2027-04-30"),
        ("2028-02-29", "P12M", "2027-02-28"),
        ("2030-10-23", "P60D", "2030-08-24"),
        ("2027-03-15", "P1.5M", "2027-01-31"),
        ("2030-10-23", "P0D", "2030-10-23"),
    ],
)
def test_the_latest_day_for_a_notice_is_the_last_from_which_it_is_over_in_time(
    term_end: str, period: str, expected: str
) -> None:
    result = latest_notice(day_of(term_end), Period.parse(period))

    assert result.date == day_of(expected)


def test_counting_back_from_a_leap_day_would_lose_two_days_and_is_said() -> None:
    result = latest_notice(date(2028, 2, 29), Period.parse("P2M"))

    assert result.working[-1].rule is Rule.NOT_BACKWARDS
    assert result.working[-1].facts == {"back": date(2027, 12, 29), "latest": date(2027, 12, 31)}


@pytest.mark.parametrize(
    ("term_end", "margin", "expected"),
    [
        ("2030-10-23", 0, "2030-08-22"),
        ("2030-10-23", 10, "2030-08-08"),
        # 28 February would do; the day before, a Saturday, is safe but closed.
        ("2027-04-28", 0, "2027-02-26"),
        # 31 December would do, and counting back gives the 29th; a term a day shorter needs the 28th.
        ("2028-02-29", 0, "2027-12-28"),
        # Good Friday is moved back to Thursday, and the margin makes it Wednesday.
        ("2027-05-27", 1, "2027-03-24"),
    ],
)
def test_a_safe_notice_is_early_under_every_reading_and_on_a_working_day(
    term_end: str, margin: int, expected: str
) -> None:
    result = safe_notice(day_of(term_end), Period.parse("P2M"), GENEVA, margin)

    assert result.date == day_of(expected)


@pytest.mark.parametrize(
    ("start", "period", "anchor", "expected"),
    [
        ("2027-01-31", "P1M", Anchor.EVENT_DAY, "2027-02-28"),
        ("2027-01-31", "P1M", Anchor.DAY_AFTER, "2027-03-01"),
        ("2020-10-23", "P10Y", Anchor.EVENT_DAY, "2030-10-23"),
        ("2020-10-23", "P10Y", Anchor.DAY_AFTER, "2030-10-24"),
        ("2027-01-01", "P30D", Anchor.DAY_AFTER, "2027-01-31"),
    ],
)
def test_regulation_1182_counts_months_from_the_event_or_from_the_day_after(
    start: str, period: str, anchor: Anchor, expected: str
) -> None:
    result = end(day_of(start), Period.parse(period), Profile.EU1182, anchor)

    assert result.date == day_of(expected)


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        ("2020-10-23", "P10Y", "2030-10-22"),
        ("2027-01-01", "P2M", "2027-02-28"),
        ("2026-12-31", "P2M", "2027-02-28"),
        ("2026-12-28", "P2M", "2027-02-27"),
        ("2027-01-01", "P30D", "2027-01-31"),
        ("2027-01-01", "P1M1D", "2027-02-01"),
    ],
)
def test_the_united_kingdoms_rule_ends_months_the_day_before(start: str, period: str, expected: str) -> None:
    result = end(day_of(start), Period.parse(period), Profile.UK2018)

    assert result.date == day_of(expected)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours"),
    [
        ("2020-10-23", "2020-10-22T22:00Z", "2020-10-23T22:00Z", 24),
        ("2030-10-23", "2030-10-22T22:00Z", "2030-10-23T22:00Z", 24),
        ("2027-10-31", "2027-10-30T22:00Z", "2027-10-31T23:00Z", 25),
        ("2027-03-28", "2027-03-27T23:00Z", "2027-03-28T22:00Z", 23),
    ],
)
def test_a_civil_day_lasts_as_long_as_its_clocks_say(day: str, starts: str, ends: str, hours: int) -> None:
    first, after = day_bounds(day_of(day), ZURICH)

    assert (first, after) == (datetime.fromisoformat(starts), datetime.fromisoformat(ends))
    assert after - first == timedelta(hours=hours)


def test_a_day_the_calendar_skipped_has_no_length() -> None:
    """Samoa went from 29 to 31 December 2011."""
    first, after = day_bounds(date(2011, 12, 30), "Pacific/Apia")

    assert first == after == datetime(2011, 12, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        ("2027-01-15", time(9), ZURICH, "2027-01-15T08:00Z"),
        # The hour that comes twice is the first one, the hour that never comes is the jump.
        ("2026-10-25", time(2, 30), ZURICH, "2026-10-25T00:30Z"),
        ("2027-03-28", time(2, 30), ZURICH, "2027-03-28T01:00Z"),
        ("2027-03-28", time(2), ZURICH, "2027-03-28T01:00Z"),
        ("2027-03-28", time(3), ZURICH, "2027-03-28T01:00Z"),
        # A whole day that never came, and midnights that never came.
        ("2011-12-30", time(9), "Pacific/Apia", "2011-12-30T10:00Z"),
        ("2018-11-04", time(0), "America/Sao_Paulo", "2018-11-04T03:00Z"),
    ],
)
def test_every_wall_time_is_an_instant(day: str, at: time, zone: str, expected: str) -> None:
    found = wall_time(day_of(day), at, zone)

    assert found == datetime.fromisoformat(expected)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("instant", ["2026-10-25T00:30Z", "2026-10-25T01:30Z"])
def test_both_half_past_twos_of_the_night_the_clocks_go_back_are_the_same_day(instant: str) -> None:
    day = civil_day(datetime.fromisoformat(instant), ZURICH)

    assert day == date(2026, 10, 25)


def test_a_notice_received_late_in_the_evening_in_utc_counts_as_the_next_day_in_zurich() -> None:
    start, step = parse_start("2026-11-30T23:30:00Z", ZURICH)

    assert start == date(2026, 12, 1)
    assert step is not None
    assert step.facts["day"] == start
    assert end(start, Period.parse("P2M")).date == date(2027, 2, 1)


def test_a_plain_date_needs_no_explanation() -> None:
    assert parse_start("2026-12-31", ZURICH) == (date(2026, 12, 31), None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", DateReason.NOT_A_DATE),
        ("31.12.2026", DateReason.NOT_A_DATE),
        ("20261231", DateReason.NOT_A_DATE),
        ("2026-W53-4", DateReason.NOT_A_DATE),
        ("2026-12-31Z", DateReason.NOT_A_DATE),
        ("2026-12-31 ", DateReason.NOT_A_DATE),
        ("2026-12-31\n", DateReason.NOT_A_DATE),
        ("2026-12-31 10:00Z", DateReason.NOT_A_DATE),
        ("2026-12-31T10:00:00 Z", DateReason.NOT_A_DATE),
        ("٢٠٢٦-12-31", DateReason.NOT_A_DATE),
        ("2026-02-29", DateReason.NO_SUCH_DAY),
        ("0000-01-01", DateReason.NO_SUCH_DAY),
        ("2026-12-31T25:00:00Z", DateReason.NO_SUCH_DAY),
        ("2026-12-31T10:00:00", DateReason.NO_ZONE),
        ("9999-12-31T23:30:00Z", DateReason.OUT_OF_RANGE),
    ],
)
def test_what_is_not_a_date_or_an_instant_with_its_offset_is_refused(text: str, reason: DateReason) -> None:
    with pytest.raises(DateRefused) as refused:
        parse_start(text, ZURICH)

    assert refused.value.reason is reason


def test_a_naive_instant_has_no_civil_day() -> None:
    with pytest.raises(DateRefused):
        civil_day(datetime(2026, 11, 30, 23, 30), ZURICH)  # noqa: DTZ001


@pytest.mark.parametrize("zone", ["", "Zurich", "Europe", "../etc/passwd", "Europe/Zürich"])
def test_a_zone_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(ZoneRefused):
        day_bounds(date(2027, 1, 1), zone)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", PeriodReason.NOT_ISO),
        ("P", PeriodReason.NOT_ISO),
        ("2M", PeriodReason.NOT_ISO),
        ("p2m", PeriodReason.NOT_ISO),
        ("P2M\n", PeriodReason.NOT_ISO),
        ("PT36H", PeriodReason.NOT_ISO),
        ("P1DT12H", PeriodReason.NOT_ISO),
        ("P-2M", PeriodReason.NOT_ISO),
        ("P1.25M", PeriodReason.NOT_ISO),
        ("P0.5Y", PeriodReason.NOT_ISO),
        ("P1W2D", PeriodReason.NOT_ISO),
        ("P2D1M", PeriodReason.NOT_ISO),
        ("P٢M", PeriodReason.NOT_ISO),
        ("two months", PeriodReason.NOT_ISO),
        ("P1.5M10D", PeriodReason.HALF_WITH_DAYS),
    ],
)
def test_what_is_not_a_countable_period_is_refused(text: str, reason: PeriodReason) -> None:
    with pytest.raises(PeriodRefused) as refused:
        Period.parse(text)

    assert refused.value.text == text
    assert refused.value.reason is reason


def test_a_period_has_no_negative_part() -> None:
    with pytest.raises(PeriodRefused):
        Period(months=-1)


def test_a_year_equals_twelve_months_but_is_written_back_as_a_year() -> None:
    assert Period.parse("P1Y") == Period.parse("P12M")
    assert [str(Period.parse(text)) for text in ("P1Y", "P12M", "P24M")] == ["P1Y", "P12M", "P24M"]


@pytest.mark.parametrize("period", ["P9000Y", "P99999M", "P999999D"])
def test_a_limit_beyond_the_calendar_is_refused(period: str) -> None:
    with pytest.raises(DateRefused) as refused:
        end(date(9000, 1, 1), Period.parse(period))

    assert refused.value.reason is DateReason.OUT_OF_RANGE


def test_half_a_month_stands_alone_or_after_whole_months() -> None:
    with pytest.raises(PeriodRefused) as refused:
        Period(months=1, days=10, half_month=True)

    assert refused.value.reason is PeriodReason.HALF_WITH_DAYS


def test_an_instant_before_the_first_year_is_refused() -> None:
    with pytest.raises(DateRefused) as refused:
        wall_time(date.min, time(0), ZURICH)

    assert refused.value.reason is DateReason.OUT_OF_RANGE
