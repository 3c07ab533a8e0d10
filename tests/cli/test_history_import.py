"""`comity history import`: what was done before the bot came."""

from datetime import date

import pytest
from freezegun import freeze_time
from sqlmodel import select

from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.people import Person
from bot.journal import Entry
from tests.cli.conftest import CommandLine

HEADER = "clause,scope,due_on,met_on,evidence,note"
WORKPLAN = "IV.5-2,,2021-04-23,2021-04-20,Minutes of 20 April,signed by both"
pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def monday() -> object:
    """Monday 23 November 2026, ten o'clock in Zurich."""
    with freeze_time("2026-11-23 09:00"):
        yield


def history(comity: CommandLine, *lines: str) -> tuple[str, str, str]:
    """The words that import these lines."""
    return "history", "import", comity.file("history.csv", "\n".join([HEADER, *lines]) + "\n")


def due(comity: CommandLine, clause: str, on: date) -> Occurrence:
    with comity.looking() as session:
        found = session.exec(
            select(Occurrence).where(Occurrence.clause == clause, Occurrence.due_on == on)
        ).one()
        session.expunge(found)
        return found


def events(comity: CommandLine) -> list[str]:
    with comity.looking() as session:
        return list(session.exec(select(Entry.event)).all())


def test_an_earlier_date_is_settled_as_met_with_its_evidence(migrated: CommandLine) -> None:
    said = migrated.done(*history(migrated, WORKPLAN))

    row = due(migrated, "IV.5-2", date(2021, 4, 23))
    assert "1 date settled as met, 0 changed, 0 as before" in said
    assert (row.status, row.met_on, row.days_late) == (OccurrenceStatus.MET, date(2021, 4, 20), 0)
    assert (row.evidence, row.note) == ("Minutes of 20 April", "signed by both")


def test_the_same_file_twice_changes_nothing(migrated: CommandLine) -> None:
    migrated.done(*history(migrated, WORKPLAN))
    before = events(migrated)

    assert "Nothing changed" in migrated.done(*history(migrated, WORKPLAN))
    assert events(migrated) == before


def test_a_changed_row_changes_the_record(migrated: CommandLine) -> None:
    migrated.done(*history(migrated, WORKPLAN))

    said = migrated.done(*history(migrated, WORKPLAN.replace("2021-04-20", "2021-05-03")))

    assert "0 dates settled as met, 1 changed" in said
    assert due(migrated, "IV.5-2", date(2021, 4, 23)).days_late == 10


def test_a_date_that_is_still_to_come_may_have_been_met_and_is_not_reminded_of(
    moved_in: CommandLine,
) -> None:
    moved_in.done(*history(moved_in, "IV.6-4,,2027-10-22,2026-11-10,Minutes,"))

    row = due(moved_in, "IV.6-4", date(2027, 10, 22))
    with moved_in.looking() as session:
        left = session.exec(select(Reminder).where(Reminder.occurrence_id == row.id)).all()
    assert (row.status, list(left)) == (OccurrenceStatus.MET, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "IV.55,,2021-04-23,2021-04-20,x,",
            "column clause: “IV.55” is not known here. Did you mean “IV.5-5”?",
        ),
        ("VI.1,,2021-04-23,2021-04-20,x,", "column clause: nothing falls due here."),
        (
            "IV.5-2,KE,2021-04-23,2021-04-20,x,",
            "column scope: nothing falls due here. Under this clause the scope",
        ),
        (
            "V.3-1,,2022-05-01,2022-04-20,x,",
            "column due_on: nothing falls due under this clause on 2022-05-01.",
        ),
        ("IV.5-2,,23.04.2021,2021-04-20,x,", "column due_on: “23.04.2021” is not a date."),
        ("IV.5-2,,2021-04-23,,x,", "column met_on: the cell is empty."),
        ("IV.5-2,,2021-04-23,2026-11-24,x,", "column met_on: 2026-11-24 has not come yet."),
        ("IV.5-2,,2021-04-23,2021-04-20,,", "column evidence: the cell is empty."),
        ("VII.1-1,,2030-10-23,2021-04-20,x,", "column due_on: 2030-10-23 is a date that comes by itself"),
        ("V.3-1,,2021-04-23,2021-04-20,y,", "column due_on: row 2 is about the same due date."),
    ],
)
def test_a_bad_row_is_named_with_the_cure_and_nothing_is_settled(
    comity: CommandLine, line: str, said: str
) -> None:
    comity.done("migrate")

    found = comity.findings(*history(comity, "V.3-1,,2021-04-23,2021-04-20,x,", line))

    assert found[0].startswith(f"Row 3, {said}")
    assert due(comity, "V.3-1", date(2021, 4, 23)).status is OccurrenceStatus.UNKNOWN


def test_a_day_on_which_nothing_fell_due_is_refused_and_the_nearest_named(comity: CommandLine) -> None:
    comity.done("migrate")

    found = comity.findings(*history(comity, "V.3-1,,2022-05-01,2022-04-20,x,"))

    assert "The nearest due dates are 2021-10-23, 2022-04-23, 2022-10-23." in found[0]


def test_a_file_does_not_overrule_what_a_person_recorded(moved_in: CommandLine) -> None:
    moved_in.done(*history(moved_in, "V.2-2,,2020-11-22,2020-11-20,letters,"))
    row = due(moved_in, "IV.5-2", date(2021, 4, 23))
    with moved_in.looking() as session:
        person = session.exec(select(Person).where(Person.name == "Helena Costa")).one()
        stored = session.get_one(Occurrence, row.id)
        stored.status, stored.met_on, stored.person_id = OccurrenceStatus.MET, date(2021, 4, 22), person.key
        session.commit()

    found = moved_in.findings(*history(moved_in, WORKPLAN))

    assert found[0].startswith("Row 2, column due_on: Helena Costa (IOM) has settled this date in person")
