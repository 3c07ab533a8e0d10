"""kill -9 at the worst moments, and two senders on one PostgreSQL: nothing lost, nothing twice."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlmodel import col, func, select

from bot import outbox
from bot.clock import SystemClock
from bot.database import Database
from bot.outbox import Address, Message, OutboxRow, OutboxState
from bot.sandbox.app import make_app
from bot.sandbox.seed import ilo_iom
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack
from bot.tables import create_all

ROOT = Path(__file__).parents[2]
PATIENCE = 30


@contextmanager
def sender(url: str, api: str, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.delivery.sender", url, api, str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(happened: Callable[[], bool]) -> None:
    """Wait for something other processes do; a test that waits in vain fails."""
    limit = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < limit, "it did not happen in time"
        sleep(0.02)


def queue(database: Database, texts: list[str], channels: tuple[str, ...] = ("C0LIAISON",)) -> None:
    with database.writing() as session:
        for n, text in enumerate(texts):
            to = Address("ilo", channels[n % len(channels)])
            outbox.put(session, key=text, to=to, message=Message(text), letter="test", now=datetime.now(UTC))


def count(database: Database, state: OutboxState) -> int:
    with database.reading() as session:
        query = select(func.count(col(OutboxRow.id))).where(OutboxRow.state == state)
        return session.exec(query).one()


@pytest.fixture
def slack() -> Iterator[tuple[LocalSlack, str]]:
    local = LocalSlack(ilo_iom(), SystemClock())
    with Serving(make_app(local)) as server:
        local.attach(server.url, None)
        yield local, f"{server.url}/api/"
        local.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'comity.db'}")
    create_all(made)
    yield made
    made.close()


def test_killed_between_commit_and_post_the_message_is_said_once_by_the_next_process(
    slack: tuple[LocalSlack, str], database: Database, tmp_path: Path
) -> None:
    local, api = slack
    url = database.engine.url.render_as_string()
    queue(database, ["stored, and not yet said"])
    deaf = socket.create_server(("127.0.0.1", 0))
    with deaf, sender(url, f"http://127.0.0.1:{deaf.getsockname()[1]}/api/", tmp_path) as process:
        until(lambda: count(database, OutboxState.SENDING) == 1)
        process.kill()

    with sender(url, api, tmp_path):
        until(lambda: count(database, OutboxState.SENT) == 1)

    assert [m["text"] for m in local.messages("C0LIAISON")] == ["stored, and not yet said"]


def test_killed_between_post_and_commit_the_message_is_not_said_again(
    slack: tuple[LocalSlack, str], database: Database, tmp_path: Path
) -> None:
    local, api = slack
    url = database.engine.url.render_as_string()
    local.faults.next("chat.postMessage", "slow", amount=4)
    queue(database, ["said, and not yet noted"])
    with sender(url, api, tmp_path) as process:
        until(lambda: len(local.messages("C0LIAISON")) == 1)
        process.kill()
    assert count(database, OutboxState.SENT) == 0

    with sender(url, api, tmp_path):
        until(lambda: count(database, OutboxState.SENT) == 1)

    assert [m["text"] for m in local.messages("C0LIAISON")] == ["said, and not yet noted"]


@pytest.mark.postgres
def test_two_senders_share_one_postgresql_without_a_lost_or_doubled_message(
    slack: tuple[LocalSlack, str], postgres_url: str, tmp_path: Path
) -> None:
    local, api = slack
    database = Database(postgres_url)
    create_all(database)
    channels = ("C0LIAISON", "C0KENYA", "C0AFRICA")
    texts = [f"message {n}" for n in range(12)]
    queue(database, texts, channels)

    with sender(postgres_url, api, tmp_path), sender(postgres_url, api, tmp_path):
        until(lambda: count(database, OutboxState.SENT) == len(texts))

    for n, channel in enumerate(channels):
        assert [m["text"] for m in local.messages(channel)] == texts[n :: len(channels)]
    database.close()
