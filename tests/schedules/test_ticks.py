"""A tick asks little, and no more of a large ledger than of a small one."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, delete, select

from bot.agreement.approvers import enter_absence
from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.entered_plans import EnteredPlan
from bot.agreement.exchanges import Classification, share
from bot.agreement.ledger import NothingToSay, Occurrence, enter
from bot.journal import Entry
from bot.secretariat import Secretariat
from schedules import ledger
from schedules.timetable import run_due
from tests.counting import asked
from tests.office import DEFINITION, ZURICH, Office

SHARED = {
    "channel_id": "C0LIAISON",
    "title": "A fund",
    "summary": "It opens.",
    "area": "A-COOP",
    "classification": Classification.PUBLIC,
}
ROUTINES = ("channel", "enteredplan", "reminder", "occurrence", "exchange", "emblemrequest")


def tables(statements: list[str]) -> list[str]:
    """The routines' tables that were read, in order."""
    read = [said.partition(" FROM ")[2].split()[0] for said in statements if said.startswith("SELECT")]
    return [name for name in read if name in ROUTINES]


def as_started_anew(office: Office) -> Secretariat:
    """The secretariat of another process, which remembers nothing."""
    return replace(office.house.secretariat)


def entries(office: Office) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(Entry).where(Entry.event == "ledger_entered")).all())


def test_an_empty_tick_of_a_fresh_process_looks_at_the_plan_once_and_never_reads_the_ledger(
    office: Office,
) -> None:
    office.house.secretariat.database.close()

    with asked(office) as statements:
        assert run_due(as_started_anew(office)) == 0

    assert tables(statements) == [
        "channel",
        "enteredplan",
        "occurrence",
        "exchange",
        "emblemrequest",
        "emblemrequest",
    ]
    (ledger_read,) = (said for said in statements if "occurrence" in said)
    assert "said_at IS NULL" in ledger_read
    assert "BEGIN IMMEDIATE" not in statements


def test_a_tick_outside_working_hours_looks_at_the_plan_and_at_nothing_else(office: Office) -> None:
    office.clock.move_to(datetime(2026, 11, 23, 20, tzinfo=ZURICH))

    with asked(office) as statements:
        run_due(office.house.secretariat)

    assert tables(statements) == ["channel", "enteredplan"]


def test_the_reminders_that_are_due_are_found_by_the_index_of_those_not_said(office: Office) -> None:
    with asked(office) as statements:
        run_due(as_started_anew(office))
    (ledger_read,) = (said for said in statements if "occurrence" in said)

    with office.reading() as desk:
        explained = text(f"EXPLAIN QUERY PLAN {ledger_read.replace('?', ':today')}")
        steps = desk.session.connection().execute(explained, {"today": "2026-11-23"}).all()

    assert "reminder USING INDEX ix_reminder_unsaid" in steps[0][3]
    assert "occurrence USING INTEGER PRIMARY KEY" in steps[1][3]


@pytest.mark.parametrize(
    ("reading", "more"),
    [({"working_hours": "09:00-17:00"}, 0), ({"term.end": "inclusive_of_signature_day"}, 1)],
    ids=["the same", "another"],
)
def test_another_reading_is_planned_anew_once(office: Office, reading: dict[str, str], more: int) -> None:
    secretariat = replace(office.house.secretariat, definition=DEFINITION.under(reading))
    before = entries(office)

    ledger.enter(secretariat)
    ledger.enter(secretariat)

    assert entries(office) == before + more


def test_what_is_missing_is_found_series_by_series_and_nothing_is_entered_twice(office: Office) -> None:
    gone = (col(Occurrence.scope) == "KE") & (col(Occurrence.due_on) > date(2030, 1, 1))
    with office.database.writing() as session:
        whole = len(session.exec(select(Occurrence)).all())
        session.exec(text("DELETE FROM reminder"))  # type: ignore[call-overload]
        session.exec(delete(Occurrence).where(gone))
        session.exec(delete(EnteredPlan))

    office.tick()

    with office.reading() as desk:
        assert len(desk.session.exec(select(Occurrence)).all()) == whole


def test_a_channel_is_entered_though_two_clocks_see_it_at_once(office: Office) -> None:
    """The second finds the plan entered, and puts nothing on record."""
    with office.database.writing() as session:
        uganda = {"channel_id": "C0ILOCOMMS", "level": "country", "scope": "UG", "posting_party": "ilo"}
        session.add(Channel(**uganda, since=office.today))
    before = entries(office)

    ledger.enter(office.house.secretariat)
    with office.reading() as desk:
        plan = desk.session.exec(select(EnteredPlan.fingerprint)).one()

    with pytest.raises(NothingToSay):
        office.house.secretariat.act(None, enter, planned=[], plan=plan)
    assert entries(office) == before + 1


def test_a_question_that_found_nothing_is_asked_again_once_something_is_done_or_a_day_begins(
    office: Office,
) -> None:
    secretariat, found = office.house.secretariat, list[str]()
    times: list[date] = []

    def question(desk: Desk) -> list[str]:
        times.append(desk.today)
        return found

    def ask() -> int:
        with secretariat.reading() as desk:
            secretariat.asked(desk, question)
        return len(times)

    assert [ask(), ask()] == [1, 1]
    office.act("Mei Chen", share, **SHARED)
    assert [ask(), ask()] == [2, 2]
    office.clock.move_to(datetime(2026, 11, 24, 10, tzinfo=ZURICH))
    assert [ask(), ask()] == [3, 3]
    office.act("Mei Chen", share, **SHARED)
    found.append("something")
    assert [ask(), ask()] == [4, 5]


def test_a_clock_that_remembers_nothing_finds_no_more_to_say_than_one_that_does(office: Office) -> None:
    """Three weeks with a share nobody acknowledges, an approver who is away, and due dates that come near."""
    office.act("Mei Chen", share, **SHARED)
    jonas = office.person("Jonas Weber").key
    away = {"first_day": date(2026, 11, 30), "last_day": date(2026, 12, 4)}
    said = 0
    for day in (date(2026, 11, 23) + timedelta(days=n) for n in range(21)):
        if day == date(2026, 11, 25):
            office.act("Jonas Weber", enter_absence, person_id=jonas, **away)
        for hour in (7, 9, 15):
            office.clock.move_to(datetime.combine(day, time(hour), ZURICH))
            said += office.tick()
            assert run_due(as_started_anew(office)) == 0, (day, hour)
    assert said > 3
