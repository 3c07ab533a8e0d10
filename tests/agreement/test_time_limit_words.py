"""The working and the refusals, as people read them."""

from datetime import date
from pathlib import Path

import pytest

from bot.agreement.calendar_files import CalendarFileRefused, FileReason
from bot.agreement.calendars import GenevaCalendar, NoWorkingDay
from bot.agreement.errors import AgreementError
from bot.agreement.time_limits import (
    Anchor,
    CountRefused,
    DateReason,
    DateRefused,
    MonthDayRefused,
    Period,
    PeriodReason,
    PeriodRefused,
    Profile,
    Result,
    Rule,
    Step,
    ZoneRefused,
    act_by,
    end,
    fixed_end,
    latest_notice,
    parse_start,
    safe_notice,
)
from bot.letters import say

GENEVA = GenevaCalendar()
NEW_YEARS_EVE = date(2026, 12, 31)
TWO_MONTHS = Period.parse("P2M")


def aloud(steps: tuple[Step, ...]) -> list[str]:
    return [say("time_limits/working", step.rule, {"zone": "Europe/Zurich", **step.facts}) for step in steps]


def every_step() -> list[Step]:
    civil = parse_start("2026-11-30T23:30:00Z", "Europe/Zurich")[1]
    assert civil is not None
    results: list[Result] = [
        act_by(NEW_YEARS_EVE, TWO_MONTHS, GENEVA),
        act_by(date(2026, 11, 22), TWO_MONTHS, GENEVA),
        end(NEW_YEARS_EVE, Period.parse("P1Y2M10D")),
        end(NEW_YEARS_EVE, Period.parse("P1.5M")),
        end(NEW_YEARS_EVE, Period.parse("P0D")),
        end(date(2027, 1, 5), TWO_MONTHS, Profile.UK2018),
        end(date(2027, 1, 5), TWO_MONTHS, Profile.EU1182, Anchor.DAY_AFTER),
        latest_notice(date(2028, 2, 29), TWO_MONTHS),
        safe_notice(date(2027, 4, 28), TWO_MONTHS, GENEVA, 1),
        fixed_end(date(2027, 6, 30), "06-30", "12-31"),
        fixed_end(date(2027, 7, 1), "06-30", "12-31"),
    ]
    return [civil, *(step for result in results for step in result.working)]


def test_every_rule_has_its_sentence() -> None:
    steps = every_step()

    assert {step.rule for step in steps} == set(Rule)
    for sentence in aloud(tuple(steps)):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
        assert "  " not in sentence
        assert "\n" not in sentence


def test_two_months_from_new_years_eve_are_explained_line_by_line() -> None:
    result = act_by(NEW_YEARS_EVE, TWO_MONTHS, GENEVA)

    assert aloud(result.working) == [
        "Two months from Thursday 31 December 2026: the day itself is not counted.",
        "February 2027 has no 31st, so its last day, Sunday 28 February 2027, is taken instead.",
        "The limit ends on Sunday 28 February 2027 at 24:00 (Geneva time).",
        "Sunday 28 February 2027 is not a working day (Sunday): an act due then is moved to "
        "Monday 1 March 2027, the next working day; the legal date stays.",
    ]


def test_the_last_day_for_a_notice_is_proved_by_counting_forwards() -> None:
    result = latest_notice(date(2030, 10, 23), TWO_MONTHS)

    assert aloud(result.working) == [
        "The term ends on Wednesday 23 October 2030. The latest notice of two months that is over by then "
        "is one received on Friday 23 August 2030: it ends on Wednesday 23 October 2030.",
        "Received one day later, on Saturday 24 August 2030, it would end on Thursday 24 October 2030: "
        "too late.",
    ]


@pytest.mark.parametrize("profile", [Profile.EU1182, Profile.UK2018])
def test_a_method_other_than_the_default_is_named_first(profile: Profile) -> None:
    for result in (
        end(NEW_YEARS_EVE, TWO_MONTHS, profile),
        latest_notice(NEW_YEARS_EVE, TWO_MONTHS, profile),
        safe_notice(NEW_YEARS_EVE, TWO_MONTHS, GENEVA, 0, profile),
    ):
        assert profile in aloud(result.working)[0]


def test_days_alone_are_counted_alike_by_every_method() -> None:
    days = Period.parse("P30D")

    found = [end(NEW_YEARS_EVE, days, profile, Anchor.DAY_AFTER).working[-2:] for profile in Profile]

    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P2M", "two months"),
        ("P1M", "one month"),
        ("P10Y", "ten years"),
        ("P1Y", "one year"),
        ("P12M", "twelve months"),
        ("P24M", "24 months"),
        ("P30D", "30 days"),
        ("P1D", "one day"),
        ("P2W", "14 days"),
        ("P1.5M", "one and a half months"),
        ("P0.5M", "half a month"),
        ("P1Y0.5M", "one year and half a month"),
        ("P1Y6M", "one year and six months"),
        ("P1Y2M3D", "one year, two months and three days"),
        ("P0D", "no days"),
    ],
)
def test_a_period_is_said_in_words(text: str, expected: str) -> None:
    assert say("time_limits/period", "period", Period.parse(text).facts()) == expected


def refusals() -> list[AgreementError]:
    file = Path("calendars/ilo-2027.toml")
    return [
        *(PeriodRefused("PT36H", reason) for reason in PeriodReason),
        *(DateRefused("2026-02-29", reason) for reason in DateReason),
        *(CalendarFileRefused(file, "closed[2].day", reason, "2026-12-24") for reason in FileReason),
        ZoneRefused("Zurich"),
        MonthDayRefused("31 May"),
        CountRefused("margin_working_days", -1, 0),
        NoWorkingDay("ilo", NEW_YEARS_EVE),
    ]


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    sentences = [say("time_limits/errors", error.key(), error.facts()) for error in refusals()]

    assert len(set(sentences)) == len(sentences)
    assert all(sentence.count(". ") >= 1 and sentence.endswith(".") for sentence in sentences)


def test_people_s_own_text_in_a_refusal_is_inert() -> None:
    error = PeriodRefused("<!channel>")

    assert "&lt;!channel&gt;" in say("time_limits/errors", error.key(), error.facts())
