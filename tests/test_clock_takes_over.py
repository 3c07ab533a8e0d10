"""Of several clocks one speaks at a time, and when it dies or freezes another takes its place."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.database import STUCK, Database
from bot.running import CLOCK_LOCK, TICK

ROOT = Path(__file__).parents[1]
HOLDER = f"""
import sys, time
from bot.database import Database
with Database(sys.argv[1]).alone({CLOCK_LOCK}) as mine:
    print(mine, flush=True)
    time.sleep(600)
"""


@contextmanager
def holder(url: str) -> Iterator[subprocess.Popen[str]]:
    """A clock in the middle of its tick, in a process of its own."""
    command = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        try:
            yield process
        finally:
            process.kill()


def alone(url: str) -> bool:
    with closing(Database(url)) as database, database.alone(CLOCK_LOCK) as mine:
        return mine


def until(happened: Callable[[], bool], seconds: float) -> None:
    limit = monotonic() + seconds
    while not happened():
        assert monotonic() < limit, "nobody took over"
        sleep(0.1)


@pytest.mark.postgres
def test_while_one_clock_speaks_another_does_not(postgres_url: str) -> None:
    with holder(postgres_url):
        assert not alone(postgres_url)


@pytest.mark.postgres
def test_a_killed_clock_is_replaced_at_once(postgres_url: str) -> None:
    with holder(postgres_url) as process:
        process.kill()
        until(lambda: alone(postgres_url), 5)


@pytest.mark.postgres
def test_a_frozen_clock_is_replaced_when_its_transaction_has_done_nothing_for_a_while(
    postgres_url: str,
) -> None:
    impatient = f"{postgres_url}&options=-c%20idle_in_transaction_session_timeout%3D1s"
    with holder(impatient) as process:
        os.kill(process.pid, signal.SIGSTOP)
        until(lambda: alone(postgres_url), 10)


def test_another_clock_speaks_within_half_a_minute() -> None:
    assert TICK + STUCK <= 30


@pytest.mark.postgres
def test_a_clock_that_lost_its_lock_loses_nothing_else(postgres_url: str) -> None:
    impatient = f"{postgres_url}&options=-c%20idle_in_transaction_session_timeout%3D500ms"
    with closing(Database(impatient)) as database, database.alone(CLOCK_LOCK) as mine:
        sleep(1.5)

    assert mine
    assert alone(postgres_url)
