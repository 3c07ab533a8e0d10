"""Messages that wait in an outbox, and the watch that says when the last has left for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from threading import Event, Thread
from time import monotonic, perf_counter, sleep
from typing import Any

from sqlalchemy import Table, delete

from bot import outbox
from bot.clock import SystemClock
from bot.database import Database
from bot.delivery import Delivery
from bot.outbox import UNSENT, Address, Lane, Message, OutboxRow
from bot.slack import Installation, SlackClient
from bot.tables import create_all

OUTBOX: Table = OutboxRow.__table__  # type: ignore[attr-defined]
LOOK = 0.02
"""Seconds between two looks whether all has left: seldom enough not to be in the way."""
WAITING = f"SELECT 1 FROM outbox WHERE state IN ({', '.join(repr(str(state)) for state in UNSENT)}) LIMIT 1"
PATIENCE = 120
PLAIN: dict[str, Any] = {"pace": timedelta(0), "allowances": {}}
"""Neither pace nor allowances: what is measured is the work."""
runs = count(1)


def client(api: str) -> SlackClient:
    """One party's app at the stub."""
    return SlackClient(Installation("ilo", "T0ILO", "xoxb-bench", "bench"), api)


def prepared(url: str) -> Database:
    """A database with its tables."""
    database = Database(url)
    create_all(database)
    return database


def text_of(channel: int, turn: int) -> str:
    """What is posted: its place in its channel can be read from it."""
    return f"{channel}/{turn}"


def queue(database: Database, channels: int, each: int) -> int:
    """Queue `each` messages for each channel, turn by turn; returns how many."""
    run, now = next(runs), SystemClock().now()
    with database.writing() as session:
        session.connection().execute(delete(OUTBOX))
        # The pace of an earlier run must not hold up this one.
        session.connection().execute(delete(Lane))
        for turn in range(each):
            for channel in range(channels):
                outbox.put(
                    session,
                    key=f"bench:{run}:{channel}:{turn}",
                    to=Address("ilo", f"C{channel:03}"),
                    message=Message(text_of(channel, turn)),
                    letter="bench",
                    now=now,
                )
    return channels * each


def all_sent(database: Database) -> bool:
    """Whether nothing waits any more."""
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(WAITING).first() is None


def wait_until_sent(database: Database) -> None:
    """Until every message is marked as sent. Raises TimeoutError."""
    limit = monotonic() + PATIENCE
    while not all_sent(database):
        if monotonic() > limit:
            raise TimeoutError("the outbox does not empty")
        sleep(LOOK)


@contextmanager
def at_work(delivery: Delivery) -> Iterator[None]:
    """The continuous loop in a thread of its own."""
    stop = Event()
    thread = Thread(target=delivery.work, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def sending(database: Database, api: str, **settings: Any) -> Delivery:
    """A delivery without pace and without allowances, unless it is told otherwise."""
    return Delivery(database, SystemClock(), {"ilo": client(api)}, **{**PLAIN, **settings})


def drained(database: Database, delivery: Delivery) -> float:
    """Seconds until the outbox is empty, the last mark included."""
    began = perf_counter()
    with at_work(delivery):
        wait_until_sent(database)
        return perf_counter() - began
