"""`comity deadline`: a time limit with its working."""

import pytest

from tests.cli.conftest import CommandLine


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("2026-12-31", "P2M"), "2027-02-28"),
        (("2020-10-23", "P6M"), "2021-04-23"),
        (("2020-10-23", "P10Y"), "2030-10-23"),
        (("2020-10-23", "P30D"), "2020-11-22"),
        (("2027-01-31", "P1.5M"), "2027-03-15"),
        (("--latest", "2030-10-23", "P2M"), "2030-08-23"),
        (("2026-12-24", "P1D", "--act"), "2026-12-28"),
        (("2026-12-31", "P2M", "--profile", "UK2018"), "2027-02-28"),
        (("2027-01-15", "P1M", "--profile", "uk2018"), "2027-02-14"),
    ],
)
def test_the_first_line_is_the_date(comity: CommandLine, words: tuple[str, ...], expected: str) -> None:
    lines = comity.done("deadline", *words).splitlines()

    assert lines[0] == expected
    assert len(lines) > 1


def test_an_instant_counts_as_its_day_in_the_agreements_zone(comity: CommandLine) -> None:
    found = comity.json("deadline", "2030-08-23T22:30:00Z", "P2M")

    assert (found["start"], found["date"]) == ("2030-08-24", "2030-10-24")
    assert "so it counts as Saturday 24 August 2030" in found["working"][0]


def test_json_carries_the_working(comity: CommandLine) -> None:
    found = comity.json("deadline", "2026-12-31", "P2M")

    assert (
        found.pop("working")[0] == "Two months from Thursday 31 December 2026: the day itself is not counted."
    )
    assert found == {"date": "2027-02-28", "start": "2026-12-31", "period": "P2M", "profile": "cets076"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2026-12-31", "2M"), "The period “2M” cannot be read"),
        (("31.12.2026", "P2M"), "The date “31.12.2026” cannot be read"),
        (("2026-02-30", "P2M"), "The date “2026-02-30” does not exist"),
        (("2026-12-31T10:00", "P2M"), "does not say its offset"),
        (("9999-12-31", "P2M"), "outside the years 1 to 9999"),
        (("2026-12-31", "P2M", "--profile", "roman"), "The option --profile is “roman”"),
        (
            ("2026-12-31", "P2M", "--act", "--latest"),
            "The options --act and --latest cannot be given together",
        ),
        (("2026-12-31",), "See “comity deadline --help”."),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(
    comity: CommandLine, words: tuple[str, ...], said: str
) -> None:
    assert said in comity.refused("deadline", *words)
