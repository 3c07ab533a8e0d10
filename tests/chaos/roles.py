"""The processes that are killed: a sender, a clock, and on SQLite one that is everything at once."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing import parent_process
from threading import Thread
from time import sleep

import structlog

from bot.agreement.definition import load
from bot.bootstrap import House, build
from bot.database import Database
from bot.delivery import Delivery
from bot.health import Health
from bot.running import delivering, ticking
from bot.sandbox.demo import installations
from bot.sandbox.slack import LocalSlack
from bot.slack import SlackClient
from schedules.timetable import run_due
from tests.chaos.plan import orders
from tests.chaos.setup import Setup
from tests.chaos.watching import WatchedClient
from tests.chaos.world import addresses, world
from tests.chaos.writing import Writer

AGREEMENT = "ilo-iom-2020"
STAMP = structlog.processors.TimeStamper(fmt="iso", utc=True)
PLAIN = structlog.processors.format_exc_info
TICK = 1.0
"""Seconds between two ticks of a clock."""


def deliver(setup: Setup) -> None:
    """Send, until killed."""
    _begin(setup, "deliver")
    with delivering(house(setup)):
        _forever()


def tick(setup: Setup) -> None:
    """Be a clock, until killed."""
    _begin(setup, "clock")
    _ticks(house(setup))()


def everything(setup: Setup) -> None:
    """Be the one process that a SQLite database has, and the people who give it something to say."""
    _begin(setup, "everything")
    made = house(setup)
    with ExitStack() as stack:
        stack.enter_context(delivering(made))
        Thread(target=_ticks(made), name="clock", daemon=True).start()
        writer(setup, made.database).write_all(lambda: True)
        _forever()


ROLES: dict[str, Callable[[Setup], None]] = {"deliver": deliver, "clock": tick, "everything": everything}


def house(setup: Setup) -> House:
    """The house as the product builds it, with clients that note what they meet."""
    local = LocalSlack(world(setup.size), setup.clock)
    database = Database(setup.url)
    installed = installations(local)
    built = build(
        definition=load(AGREEMENT),
        database=database,
        clock=setup.clock,
        installations=installed,
        api_url=setup.api,
        data=setup.folder,
    )
    clients: dict[str, SlackClient] = {
        party: WatchedClient(app, setup.api, setup.notes) for party, app in installed.items()
    }
    # The budgets would only make the run long: Slack's own "too many requests" stays.
    delivery = Delivery(
        database,
        setup.clock,
        clients,
        pace=timedelta(seconds=setup.pace),
        look_again=timedelta(seconds=setup.look_again),
        allowances={},
    )
    return House(built.secretariat, installed, clients, delivery)


def writer(setup: Setup, database: Database) -> Writer:
    """Whoever gives the secretariat something to say."""
    definition = load(AGREEMENT)
    return Writer(database, setup.clock, definition, orders(setup.size), addresses(setup.size))


def _ticks(made: House) -> Callable[[], None]:
    health = Health(made.database, made.secretariat.clock)
    once = ticking(made, lambda: run_due(made.secretariat), health)

    def run() -> None:
        while True:
            once()
            sleep(TICK)

    return run


def _begin(setup: Setup, name: str) -> None:
    """Write to a file of one's own, and end when the supervisor is gone."""
    log = os.open(setup.folder / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(log, stream.fileno())
    structlog.configure(
        [structlog.processors.add_log_level, STAMP, PLAIN, structlog.processors.JSONRenderer()]
    )
    Thread(target=_end_with_parent, name="orphan", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _forever() -> None:
    while True:
        sleep(1)
