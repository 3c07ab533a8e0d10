"""`comity simulate`: everything the bot would say over the years, in the words it would say it in."""

import json
from collections import Counter
from datetime import date
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.outbox import OutboxRow
from bot.simulation import occasions, speak
from tests.cli.conftest import CommandLine
from tests.office import DEFINITION, Office

ZURICH = ZoneInfo("Europe/Zurich")
TEN_YEARS = ("simulate", "--from", "2020-10-23", "--until", "2030-10-23")
REMINDERS = ("ledger/reminder_due", "exchanges/exchange_prompted", "exchanges/exchange_reminded")


def test_ten_years_are_listed_in_seconds_a_json_object_a_line(comity: CommandLine) -> None:
    begun = monotonic()
    said = [json.loads(line) for line in comity.done(*TEN_YEARS, "--json").splitlines()]

    assert monotonic() - begun < 20
    assert all({"on", "clause", "event", "to", "text"} <= set(one) for one in said)
    assert [one["on"] for one in said] == sorted(one["on"] for one in said)
    assert (said[0]["on"][:7], said[-1]["on"]) == ("2020-11", "2030-10-23")
    assert all(one["text"] for one in said)


def test_the_workplan_is_reminded_of_six_times_and_never_on_a_closed_day(comity: CommandLine) -> None:
    said = [json.loads(line) for line in comity.done(*TEN_YEARS, "--json").splitlines()]

    workplan = [one for one in said if one["clause"] == "IV.5-2"]
    assert [one["on"] for one in workplan] == [
        "2021-01-22",
        "2021-02-22",
        "2021-03-24",
        "2021-04-09",
        "2021-04-16",
        "2021-04-22",
    ]
    assert all(date.fromisoformat(one["on"]).weekday() < 5 for one in said)


def test_nothing_is_said_twice(comity: CommandLine) -> None:
    said = [json.loads(line) for line in comity.done(*TEN_YEARS, "--json").splitlines()]

    again = Counter((one["on"], one["to"], one["text"]) for one in said)
    assert [text for text, count in again.items() if count > 1] == []


def test_people_read_one_line_a_message_and_the_sum(comity: CommandLine) -> None:
    lines = comity.done("simulate", "--from", "2030-08-01", "--until", "2030-08-31").splitlines()

    assert any(
        line.startswith("2030-08-22  VII.1-4  reminder_due  to the contact point and alternate of ILO: ")
        for line in lines
    )
    assert lines[-1].startswith(f"{len(lines) - 1} messages from Thursday 1 August 2030")


def test_the_progress_bar_stays_out_of_the_list(comity: CommandLine) -> None:
    result = comity("simulate", "--from", "2026-11-23", "--until", "2026-12-31", "--json")

    assert all(line.startswith("{") for line in result.stdout.splitlines())


@pytest.mark.parametrize("words", [("simulate",), ("simulate", "--from", "2026-01-01")])
def test_a_period_without_both_ends_is_refused(comity: CommandLine, words: tuple[str, ...]) -> None:
    assert comity.refused(*words).endswith("See “comity simulate --help”.")


def test_the_simulation_says_what_the_bot_says(office: Office) -> None:
    first, last = date(2026, 11, 24), date(2027, 1, 29)
    calendar = office.house.secretariat.calendar
    foretold = {
        (saying.on, occasion.template, saying.text)
        for occasion in occasions(DEFINITION, calendar, first, last)
        for saying in speak(DEFINITION, occasion)
    }

    office.pass_to(last)
    with office.reading() as desk:
        rows = desk.session.exec(select(OutboxRow).where(col(OutboxRow.letter).in_(REMINDERS))).all()

    said = {(row.created_at.astimezone(ZURICH).date(), row.letter, row.message.text) for row in rows}
    assert {item for item in said if item[0] >= first} == foretold
    assert len(foretold) > 10
