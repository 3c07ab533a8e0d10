"""Said once while everything is killed: the short form of `python -m tests.chaos`, on both databases."""

from pathlib import Path
from typing import Any

import pytest

from tests.chaos.report import as_json
from tests.chaos.run import Result, Wishes, run
from tests.chaos.setup import Size

SMALL = Size(messages=300, channels=20)
QUICK: dict[str, Any] = {"pace": 0.1, "look_again": 1.0, "late_ms": 500, "limit": 120.0}


def said_once(result: Result) -> None:
    """Nothing is lost, doubled, out of order or out of date, and there was something to survive."""
    assert not result.violations, as_json(result)
    assert result.counts["rows sent"] == result.counts["rows in the outbox"] > 200
    assert result.kills.total() > 0
    assert result.faults.keys() >= {"rate_limited", "lost_answer"}


@pytest.mark.postgres
def test_two_senders_and_two_clocks_are_killed_and_postgresql_restarts_and_all_is_said_once(
    tmp_path: Path,
) -> None:
    wishes = Wishes(SMALL, postgres=True, deliverers=2, kill_until=12.0, **QUICK)

    result = run(wishes, tmp_path)

    said_once(result)
    assert result.restarts == 1
    assert result.kills.keys() == {"deliver", "clock"}


def test_the_one_process_on_sqlite_is_killed_and_all_is_said_once(tmp_path: Path) -> None:
    wishes = Wishes(SMALL, postgres=False, kill_every=(1.0, 2.0), **QUICK)

    said_once(run(wishes, tmp_path))
