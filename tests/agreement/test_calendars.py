"""When each side works: its own file for a year, Geneva's public holidays without one."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.agreement.calendar_files import WEEKDAYS, CalendarFileRefused, CalendarYear, FileReason
from bot.agreement.calendars import (
    Calendar,
    GenevaCalendar,
    JointCalendar,
    NoWorkingDay,
    PartyCalendar,
    load_calendar,
)
from bot.agreement.time_limits import CountRefused, add_working_days, working_days_before

GENEVA = GenevaCalendar()
ILO_2026 = """
closed = [
    { day = 2026-05-01, reason = "Labour Day" },
    { day = 2026-12-24, until = 2026-12-31, reason = "Closure at the end of the year" },
]
"""


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_geneva_keeps_its_public_holidays_of_2026() -> None:
    found = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    holidays = [day for day in found if GENEVA.closed(day) not in (None, "Saturday", "Sunday")]

    expected = [(1, 1), (4, 3), (4, 6), (5, 14), (5, 25), (8, 1), (9, 10), (12, 25), (12, 31)]
    assert holidays == [date(2026, month, day) for month, day in expected]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 4), "Saturday"),
        (date(2026, 4, 5), "Sunday"),
        (date(2027, 8, 1), "National Day"),
        (date(2026, 4, 7), None),
    ],
)
def test_a_closed_day_says_why(day: date, reason: str | None) -> None:
    assert GENEVA.closed(day) == reason
    assert GENEVA.is_working(day) is (reason is None)


def test_a_working_day_is_its_own_next_and_previous_working_day() -> None:
    tuesday = date(2026, 4, 7)

    assert GENEVA.next_working(tuesday) == GENEVA.previous_working(tuesday) == tuesday


def test_easter_is_passed_over_in_both_directions() -> None:
    saturday = date(2026, 4, 4)

    assert GENEVA.next_working(saturday) == date(2026, 4, 7)
    assert GENEVA.previous_working(saturday) == date(2026, 4, 2)


def test_a_file_replaces_genevas_holidays_for_its_year(tmp_path: Path) -> None:
    write(tmp_path, "ilo-2026.toml", ILO_2026)

    ilo = load_calendar(tmp_path, "ilo")

    assert ilo.closed(date(2026, 5, 1)) == "Labour Day"
    assert ilo.closed(date(2026, 12, 30)) == "Closure at the end of the year"
    assert ilo.is_working(date(2026, 9, 10))
    assert ilo.closed(date(2026, 9, 12)) == "Saturday"


def test_a_year_without_a_file_follows_geneva_and_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "ilo-2026.toml", ILO_2026)

    ilo = load_calendar(tmp_path, "ilo")

    assert ilo.closed(date(2027, 9, 9)) == "Genevan Fast"
    assert ilo.missing_years(2025, 2028) == (2025, 2027, 2028)


def test_only_the_files_of_that_party_are_read(tmp_path: Path) -> None:
    for name in (
        "iom-2026.toml",
        "ilo-field-2026.toml",
        "ilo-26.toml",
        "ilo-2026.toml.bak",
    ):
        write(tmp_path, name, "not a calendar")

    assert load_calendar(tmp_path, "ilo").missing_years(2026, 2026) == (2026,)


def test_a_folder_that_is_missing_leaves_geneva(tmp_path: Path) -> None:
    iom = load_calendar(tmp_path / "calendars", "iom")

    assert iom.name == "iom"
    assert iom.closed(date(2026, 8, 1)) == "National Day"


def test_an_office_may_keep_another_weekend(tmp_path: Path) -> None:
    write(tmp_path, "amman-2026.toml", 'closed = []\nweekend = ["Friday", "Saturday"]')

    amman = load_calendar(tmp_path, "amman")

    assert amman.closed(date(2026, 4, 3)) == "Friday"
    assert amman.is_working(date(2026, 4, 5))


def test_both_are_spoken_to_only_when_neither_is_closed() -> None:
    ilo = PartyCalendar("ilo", {2026: CalendarYear({date(2026, 5, 1): "Labour Day"})})
    iom = PartyCalendar("iom", {2026: CalendarYear({date(2026, 12, 18): "International Migrants Day"})})

    both = JointCalendar([ilo, iom])

    assert both.name == "ilo, iom"
    assert both.closed(date(2026, 5, 1)) == "Labour Day"
    assert both.closed(date(2026, 12, 18)) == "International Migrants Day"
    assert both.is_working(date(2026, 12, 17))


def test_a_year_is_missing_when_one_side_has_no_file() -> None:
    ilo = PartyCalendar("ilo", {2026: CalendarYear({})})
    iom = PartyCalendar("iom", {2027: CalendarYear({}), 2026: CalendarYear({})})

    assert JointCalendar([ilo, iom, GENEVA]).missing_years(2026, 2027) == (2027,)


def test_sides_whose_weekends_leave_no_day_never_work() -> None:
    never = JointCalendar(
        [
            PartyCalendar("a", {year: CalendarYear({}, frozenset({0, 1, 2})) for year in (2026, 2027)}),
            PartyCalendar("b", {year: CalendarYear({}, frozenset({3, 4, 5, 6})) for year in (2026, 2027)}),
        ]
    )

    with pytest.raises(NoWorkingDay):
        never.next_working(date(2026, 1, 1))


def test_ten_working_days_from_an_afternoon_before_easter_pass_over_it() -> None:
    assert add_working_days(date(2026, 4, 1), 10, GENEVA) == date(2026, 4, 17)
    assert working_days_before(date(2026, 4, 17), 10, GENEVA) == date(2026, 4, 1)


def test_no_working_days_later_is_the_same_day_even_when_closed() -> None:
    sunday = date(2026, 4, 5)

    assert add_working_days(sunday, 0, GENEVA) == working_days_before(sunday, 0, GENEVA) == sunday


@pytest.mark.parametrize("count", [add_working_days, working_days_before])
def test_working_days_are_not_counted_below_zero(count: Callable[[date, int, Calendar], date]) -> None:
    with pytest.raises(CountRefused):
        count(date(2026, 4, 1), -1, GENEVA)


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("closed = [", "", FileReason.NOT_TOML),
        ("", "closed", FileReason.MISSING),
        ("closed = []\nholidays = []", "holidays", FileReason.UNKNOWN_FIELD),
        ('closed = "none"', "closed", FileReason.NOT_A_LIST),
        ("closed = [2026-12-24]", "closed[1]", FileReason.NOT_A_TABLE),
        ('closed = [{ reason = "x" }]', "closed[1].day", FileReason.MISSING),
        ("closed = [{ day = 2026-12-24 }]", "closed[1].reason", FileReason.MISSING),
        ('closed = [{ day = 2026-12-24, reason = "x", to = 1 }]', "closed[1].to", FileReason.UNKNOWN_FIELD),
        ('closed = [{ day = "2026-12-24", reason = "x" }]', "closed[1].day", FileReason.NOT_A_DATE),
        ('closed = [{ day = 2026-12-24T09:00:00, reason = "x" }]', "closed[1].day", FileReason.NOT_A_DATE),
        ('closed = [{ day = 2026-12-24, reason = " " }]', "closed[1].reason", FileReason.NOT_WORDS),
        ("closed = [{ day = 2026-12-24, reason = 1 }]", "closed[1].reason", FileReason.NOT_WORDS),
        ('closed = [{ day = 2027-01-01, reason = "x" }]', "closed[1].day", FileReason.OTHER_YEAR),
        (
            'closed = [{ day = 2026-12-24, until = 2027-01-02, reason = "x" }]',
            "closed[1].until",
            FileReason.OTHER_YEAR,
        ),
        (
            'closed = [{ day = 2026-12-24, until = 2026-12-23, reason = "x" }]',
            "closed[1].until",
            FileReason.BACKWARDS,
        ),
        (
            'closed = [{ day = 2026-05-01, reason = "x" }, { day = 2026-05-01, reason = "y" }]',
            "closed[2].day",
            FileReason.TWICE,
        ),
        ('closed = []\nweekend = "Sunday"', "weekend", FileReason.NOT_A_LIST),
        ('closed = []\nweekend = ["sunday"]', "weekend", FileReason.NOT_A_WEEKDAY),
        ("closed = []\nweekend = [[]]", "weekend", FileReason.NOT_A_WEEKDAY),
        (
            f"closed = []\nweekend = {list(WEEKDAYS)}",
            "weekend",
            FileReason.NO_WORKING_DAY,
        ),
    ],
)
def test_a_file_that_might_be_misread_is_refused_with_its_field(
    tmp_path: Path, text: str, field: str, reason: FileReason
) -> None:
    file = write(tmp_path, "ilo-2026.toml", text)

    with pytest.raises(CalendarFileRefused) as refused:
        load_calendar(tmp_path, "ilo")

    assert (refused.value.file, refused.value.field, refused.value.reason) == (file, field, reason)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ilo-2026.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(CalendarFileRefused) as refused:
        load_calendar(tmp_path, "ilo")

    assert refused.value.reason is FileReason.UNREADABLE
