"""`comity due`: what is due, why, what was said about it and how it was met."""

from contextlib import closing
from datetime import UTC, date, datetime

from freezegun import freeze_time

from bot.agreement.amending import ChangedPart
from bot.agreement.amendments import Amendment, AmendmentChange, AmendmentStatus
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.new_duties import DutyRule, NewDuty
from bot.database import Database
from tests.cli.conftest import CommandLine

KEYS = {"clause", "scope", "due_on", "window_start", "status", "why", "reading"}


def test_without_a_database_the_dates_follow_from_the_definition(comity: CommandLine) -> None:
    found = comity.json("due", "--on", "2021-04-01", "--until", "2021-04-30")

    assert set(found[0]) >= KEYS
    assert {("IV.5-2", "2021-04-23"), ("V.3-1", "2021-04-23")} <= {(d["clause"], d["due_on"]) for d in found}
    assert not (comity.folder / "data").exists()


def test_a_date_says_its_clause_rule_event_and_basis(comity: CommandLine) -> None:
    (workplan,) = [found for found in comity.json("due", "--on", "2021-04-01") if found["clause"] == "IV.5-2"]

    assert workplan["why"].startswith(
        "Clause IV.5-2. Friday 23 April 2021 is 6 months after conclusion (Friday 23 October 2020)."
    )
    assert "The text sets this date." in workplan["why"]
    assert workplan["reading"] == "workplan.done_when"


def test_a_window_that_closes_later_is_shown_while_it_is_open(comity: CommandLine) -> None:
    found = comity.json("due", "--on", "2026-11-23", "--until", "2026-11-24")

    assert [(one["clause"], one["due_on"]) for one in found] == [
        ("IV.6-4", "2027-10-22"),
        ("V.3-2", "2027-10-22"),
    ]


def test_people_read_full_dates_and_that_nothing_is_kept_yet(comity: CommandLine) -> None:
    shown = comity.done("due", "--on", "2030-08-01")

    assert "Thursday 22 August 2030 · Last safe day for a notice before tacit renewal" in shown
    assert "nothing is on record yet" in shown


@freeze_time("2026-11-23 09:00")
def test_the_ledger_tells_what_was_met_and_how_many_dates_want_evidence(moved_in: CommandLine) -> None:
    rows = "clause,scope,due_on,met_on,evidence,note\nIV.5-2,,2021-04-23,2021-04-20,Minutes 7,\n"
    moved_in.done("history", "import", moved_in.file("history.csv", rows))

    past = moved_in.json("due", "--on", "2021-04-01", "--until", "2021-05-01")
    shown = moved_in.done("due")

    (workplan,) = [found for found in past if found["clause"] == "IV.5-2"]
    assert (workplan["status"], workplan["met_on"], workplan["evidence"]) == (
        "met",
        "2021-04-20",
        "Minutes 7",
    )
    assert "earlier dates it is not known whether they were met" in shown
    assert "Information exchange, Kenya" in shown


@freeze_time("2026-11-23 09:00")
def test_a_ledger_in_which_nothing_is_entered_yet_is_as_good_as_none(comity: CommandLine) -> None:
    before = comity.json("due")

    comity.done("migrate")

    assert comity.json("due") == before != []


def test_days_in_the_wrong_order_are_refused(comity: CommandLine) -> None:
    refused = comity.refused("due", "--on", "2027-01-01", "--until", "2026-01-01")

    assert refused.startswith("The last day, Thursday 1 January 2026, comes before the first")


def test_a_day_that_is_an_instant_is_refused(comity: CommandLine) -> None:
    assert "cannot be read" in comity.refused("due", "--on", "2027-01-01T10:00:00Z")


BEGAN = date(2026, 11, 25)


def new_clause_in_force(comity: CommandLine) -> None:
    """An amendment in force that brought clause V.4, with one due date under it."""
    address = comity.settings["DATABASE_URL"] or f"sqlite:///{comity.folder / 'data' / 'comity.db'}"
    duty = NewDuty(rule=DutyRule.BY_DAY, day="2026-12-15", evidence="The report", steps=("P7D",))
    with closing(Database(address)) as database, database.writing() as session:
        channel = session.connection().exec_driver_sql("SELECT channel_id FROM channel LIMIT 1").scalar_one()
        row = Amendment(
            year=2026,
            seq=1,
            party="ilo",
            title="Statistics",
            purpose="Statistics",
            channel_id=channel,
            drafted_by=1,
            drafted_at=datetime(2026, 11, 23, tzinfo=UTC),
            status=AmendmentStatus.IN_FORCE,
            version=1,
            in_force_on=BEGAN,
        )
        session.add(row)
        session.flush()
        words = {"title": "Joint statistics", "summary": "Statistics.", "present_words": ""}
        change = {"clause": "V.4", "part": ChangedPart.NEW, "value": duty.text}
        session.add(AmendmentChange(amendment_id=row.key, **change, **words))
        dated = {"duty": "duty-V.4", "clause": "V.4", "due_on": date(2026, 12, 15), "window_start": BEGAN}
        session.add(Occurrence(agreement="ilo-iom-2020", status=OccurrenceStatus.OPEN, **dated))


@freeze_time("2026-12-01 09:00")
def test_vii_3_a_list_that_begins_before_an_amendment_knows_the_duty_that_it_brought(
    moved_in: CommandLine,
) -> None:
    new_clause_in_force(moved_in)

    found = moved_in.json("due", "--on", "2026-11-01", "--until", "2026-12-31")

    assert ("V.4", "2026-12-15") in {(one["clause"], one["due_on"]) for one in found}
    said = moved_in.done("survivors", "2026-12-10")
    assert "Joint statistics" in said
