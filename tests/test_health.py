"""`GET /healthz` tells the truth, and `GET /metrics` counts it."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlmodel import select

from bot import outbox
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.clock import SystemClock
from bot.database import Database
from bot.health import PATIENCE, Health
from bot.outbox import Address, Lane, Message, OutboxRow, OutboxState
from tests.office import Office

WELL = dict.fromkeys(("well", "database", "clock", "delivery", "time"), True)


def health(office: Office) -> tuple[int, dict[str, bool]]:
    try:
        with urlopen(f"{office.servers.bot.url}/healthz") as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as error:
        return error.code, json.loads(error.read())


def metrics(office: Office) -> str:
    with urlopen(f"{office.servers.bot.url}/metrics") as answer:
        return str(answer.read().decode())


def queue(office: Office, state: OutboxState = OutboxState.READY) -> None:
    with office.database.writing() as session:
        number = outbox.put(
            session,
            key=f"waiting {state}",
            to=Address("ilo", "C0LIAISON"),
            message=Message("waiting"),
            letter="test",
            now=office.clock.now(),
        )
        session.get_one(OutboxRow, number).state = state


def refuse(office: Office, word: str) -> None:
    """Slack lets the app speak no more in the channel that messages are queued for."""
    with office.database.writing() as session:
        session.get_one(Lane, "ilo:C0LIAISON").error = word


def gauge(office: Office, name: str) -> float:
    (line,) = [line for line in metrics(office).splitlines() if line.startswith(f"{name} ")]
    return float(line.split()[1])


def entered(office: Office, status: OccurrenceStatus, days: int) -> int:
    """A due date with a reminder planned so many days from today."""
    day = office.today + timedelta(days=days)
    facts = {
        "agreement": "ilo-iom-2020",
        "duty": "workplan-global",
        "clause": "V.2",
        "scope": f"{status}{days}",
    }
    row = Occurrence(**facts, window_start=day, due_on=day, status=status)
    with office.database.writing() as session:
        session.add(row)
        session.flush()
        session.add(Reminder(occurrence_id=row.key, step="P0D", on=day))
    return row.key


def say_reminder(office: Office, occurrence_id: int) -> None:
    with office.database.writing() as session:
        reminder = session.exec(select(Reminder).where(Reminder.occurrence_id == occurrence_id)).one()
        reminder.said_at = office.clock.now()


def break_off(office: Office) -> None:
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE heartbeat")


class Stuck(Database):
    """A database that answers nobody before it is let go."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.free = Event()

    def reading(self) -> Any:
        self.free.wait(20)
        return super().reading()


def test_a_house_whose_clock_ticks_and_whose_post_leaves_is_well(office: Office) -> None:
    office.health.beat("clock")

    assert health(office) == (200, WELL)


def test_a_clock_that_has_stopped_is_told(office: Office) -> None:
    office.health.beat("clock")
    office.clock.move_to(office.clock.now() + timedelta(minutes=6))

    status, report = health(office)

    assert (status, report["clock"], report["well"]) == (503, False, False)


def test_a_message_that_has_not_left_for_a_quarter_of_an_hour_is_told(office: Office) -> None:
    queue(office)
    office.clock.move_to(office.clock.now() + timedelta(minutes=16))
    office.health.beat("clock")

    status, report = health(office)

    assert (status, report["delivery"]) == (503, False)


def test_what_waits_for_a_cure_in_slack_does_not_make_the_house_unwell(office: Office) -> None:
    queue(office)
    refuse(office, "is_archived")
    office.clock.move_to(office.clock.now() + timedelta(minutes=16))
    office.health.beat("clock")

    assert health(office) == (200, WELL)
    assert gauge(office, "comity_outbox_oldest_seconds") >= 16 * 60


def test_a_database_without_its_tables_is_told(office: Office) -> None:
    break_off(office)

    assert health(office) == (503, {"well": False, "database": False})


def test_a_database_that_does_not_answer_is_told_in_time(tmp_path: Path) -> None:
    stuck = Stuck(f"sqlite:///{tmp_path / 'stuck.db'}")
    asked = Health(stuck, SystemClock())
    began = monotonic()

    reports = [asked.report(), asked.report()]

    took = monotonic() - began
    stuck.free.set()
    stuck.close()
    assert reports == [{"well": False, "database": False}] * 2
    assert took < 2 * PATIENCE + 1


@pytest.mark.postgres
def test_a_locked_table_does_not_keep_the_answer_waiting(office_on_postgres: Office) -> None:
    office = office_on_postgres
    office.health.beat("clock")
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE heartbeat")

        assert health(office) == (503, {"well": False, "database": False})
        assert "comity_database_up 0.0" in metrics(office)

    assert health(office) == (200, WELL)


@pytest.mark.postgres
@pytest.mark.parametrize(("seconds", "same"), [(1, True), (-1, True), (3, False), (-3, False)])
def test_a_clock_apart_from_the_databases_by_more_than_two_seconds_is_told(
    office_on_postgres: Office, seconds: int, same: bool
) -> None:
    watch = Ahead(seconds)
    office_on_postgres.health.beat("clock")

    report = Health(office_on_postgres.database, office_on_postgres.clock, watch=watch).report()

    assert (report["time"], report["well"]) == (same, same)


class Ahead:
    """A machine whose clock goes wrong by some seconds."""

    def __init__(self, seconds: int) -> None:
        self.by = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return SystemClock().now() + self.by


def test_a_demonstrations_clock_may_be_years_ahead(office: Office) -> None:
    office.clock.move_to(office.clock.now() + timedelta(days=900))
    office.health.beat("clock")

    assert health(office)[1]["time"]


def test_the_metrics_count_what_has_not_left(office: Office) -> None:
    for state in (OutboxState.READY, OutboxState.UNKNOWN, OutboxState.DEAD):
        queue(office, state)
    refuse(office, "is_archived")

    text = metrics(office)

    assert "comity_outbox_unsent 2.0" in text
    assert "comity_outbox_unknown 1.0" in text
    assert "comity_outbox_dead 1.0" in text
    assert "comity_troubles 1.0" in text
    assert "comity_database_up 1.0" in text


def test_the_metrics_count_due_dates_of_which_something_should_have_been_said(office: Office) -> None:
    before = gauge(office, "comity_occurrences_due")
    row = entered(office, OccurrenceStatus.OPEN, days=0)
    entered(office, OccurrenceStatus.OPEN, days=1)
    entered(office, OccurrenceStatus.MET, days=0)

    assert gauge(office, "comity_occurrences_due") == before + 1

    say_reminder(office, row)
    assert gauge(office, "comity_occurrences_due") == before


def test_without_a_database_the_metrics_still_count_requests_and_say_what_is_not_known(
    office: Office,
) -> None:
    with pytest.raises(HTTPError):
        urlopen(f"{office.servers.bot.url}/slack/ilo/events", b"x")
    break_off(office)

    text = metrics(office)

    assert 'comity_requests_total{kind="other",outcome="unsigned",party="ilo"}' in text
    assert "comity_database_up 0.0" in text
    assert "comity_outbox_unsent NaN" in text
