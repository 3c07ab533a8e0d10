"""`GET /healthz` tells the truth, and `GET /metrics` counts it."""

import json
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

from bot import outbox
from bot.outbox import Address, Message
from tests.office import Office


def health(office: Office) -> tuple[int, dict[str, bool]]:
    try:
        with urlopen(f"{office.servers.bot.url}/healthz") as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as error:
        return error.code, json.loads(error.read())


def queue(office: Office) -> None:
    with office.database.writing() as session:
        outbox.put(
            session,
            key="waiting",
            to=Address("ilo", "C0LIAISON"),
            message=Message("waiting"),
            letter="test",
            now=office.clock.now(),
        )


def test_a_house_whose_clock_ticks_and_whose_post_leaves_is_well(office: Office) -> None:
    office.health.beat("clock")

    assert health(office) == (200, {"well": True, "database": True, "clock": True, "delivery": True})


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


def test_a_database_without_its_tables_is_told(office: Office) -> None:
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE heartbeat")

    assert health(office) == (503, {"well": False, "database": False})


def test_the_metrics_count_what_has_not_left(office: Office) -> None:
    queue(office)

    with urlopen(f"{office.servers.bot.url}/metrics") as answer:
        text = answer.read().decode()

    assert "comity_outbox_unsent 1.0" in text
    assert "comity_outbox_dead 0.0" in text
