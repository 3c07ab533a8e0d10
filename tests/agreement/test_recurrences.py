"""What comes again, with the dates of the ILO–IOM Agreement and of agreements of other shapes."""

from datetime import date

import pytest

from bot.agreement.time_limits import (
    CountRefused,
    MonthDayRefused,
    Period,
    PeriodReason,
    PeriodRefused,
    Rule,
    Window,
    fixed_day,
    fixed_end,
    nth,
    windows,
    yearly,
)

SIGNED = date(2020, 10, 23)
TERM_ENDS = date(2030, 10, 23)
TWELVE_MONTHS = Period.parse("P12M")
TWO_YEARS = Period.parse("P24M")
ONE_MONTH = Period.parse("P1M")


@pytest.mark.parametrize(("n", "year"), [(1, 2021), (2, 2023), (3, 2025), (4, 2027), (5, 2029)])
def test_general_reviews_read_as_anniversaries_fall_every_other_year_from_the_first(
    n: int, year: int
) -> None:
    assert nth(SIGNED, TWELVE_MONTHS, TWO_YEARS, n) == date(year, 10, 23)


def test_an_occurrence_keeps_the_31st_after_a_short_month() -> None:
    """One month after 28 February, chained, would be 28 March."""
    found = [nth(date(2027, 1, 31), ONE_MONTH, ONE_MONTH, n) for n in (1, 2, 3)]

    assert found == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_there_is_no_occurrence_before_the_first() -> None:
    with pytest.raises(CountRefused):
        nth(SIGNED, TWELVE_MONTHS, TWO_YEARS, 0)


def test_general_reviews_read_as_windows_close_every_other_year_and_the_last_is_a_stub() -> None:
    found = list(windows(date(2021, 10, 23), TWO_YEARS, TERM_ENDS))

    assert [window.closes.year for window in found] == [2023, 2025, 2027, 2029, 2030]
    assert found[2] == Window(date(2025, 10, 23), date(2027, 10, 22))
    assert found[-1] == Window(date(2029, 10, 23), TERM_ENDS, stub=True)


def test_the_seventh_agreement_year_runs_from_october_to_october() -> None:
    found = list(windows(SIGNED, TWELVE_MONTHS, TERM_ENDS))

    assert found[6] == Window(date(2026, 10, 23), date(2027, 10, 22))


def test_a_last_window_that_closes_with_the_term_is_whole() -> None:
    found = list(windows(date(2027, 1, 1), TWELVE_MONTHS, date(2028, 12, 31)))

    assert [window.stub for window in found] == [False, False]


def test_a_term_that_is_over_has_no_windows() -> None:
    assert list(windows(TERM_ENDS, TWELVE_MONTHS, SIGNED)) == []


def test_windows_of_no_length_are_refused_at_once() -> None:
    with pytest.raises(PeriodRefused) as refused:
        windows(SIGNED, Period(), TERM_ENDS)

    assert refused.value.reason is PeriodReason.ZERO


def test_a_yearly_report_is_due_each_year_after_the_start_until_the_end() -> None:
    """IOM–Netherlands 1997: a report before 1 May of each year."""
    found = list(yearly("05-01", date(2025, 5, 1), date(2028, 5, 1)))

    assert found == [date(2026, 5, 1), date(2027, 5, 1), date(2028, 5, 1)]


def test_a_leap_day_is_the_last_of_february_in_a_common_year_and_that_is_said() -> None:
    day, step = fixed_day("02-29", 2027)

    assert day == date(2027, 2, 28)
    assert step is not None
    assert step.rule is Rule.NO_SUCH_DAY
    assert fixed_day("02-29", 2028) == (date(2028, 2, 29), None)


@pytest.mark.parametrize("text", ["", "5-1", "05-32", "02-30", "13-01", "00-10", "05-01\n", "05/01", "٠5-01"])
def test_what_is_not_a_day_of_the_year_is_refused(text: str) -> None:
    with pytest.raises(MonthDayRefused):
        yearly(text, SIGNED, TERM_ENDS)


@pytest.mark.parametrize(
    ("notice", "notice_by", "ends", "expected"),
    [
        # IAEA–WHO 1959, Art. XII.
        ("2027-06-30", "06-30", "12-31", "2027-12-31"),
        ("2027-07-01", "06-30", "12-31", "2028-12-31"),
        # An end early in the year after the notice.
        ("2027-10-31", "10-31", "03-31", "2028-03-31"),
        ("2027-11-01", "10-31", "03-31", "2029-03-31"),
        # Both on a leap day.
        ("2027-06-01", "12-31", "02-29", "2028-02-29"),
        ("2027-03-01", "02-29", "12-31", "2028-12-31"),
        # The same day for both: a full year's notice.
        ("2027-12-31", "12-31", "12-31", "2028-12-31"),
    ],
)
def test_a_notice_in_time_for_its_date_ends_the_agreement_on_the_fixed_date_after_it(
    notice: str, notice_by: str, ends: str, expected: str
) -> None:
    result = fixed_end(date.fromisoformat(notice), notice_by, ends)

    assert result.date == date.fromisoformat(expected)


def test_a_fixed_end_on_a_missing_leap_day_says_so_first() -> None:
    result = fixed_end(date(2026, 6, 30), "06-30", "02-29")

    assert result.date == date(2027, 2, 28)
    assert [step.rule for step in result.working] == [Rule.NO_SUCH_DAY, Rule.FIXED_END]
