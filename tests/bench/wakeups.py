"""The baseline of the ticks: APScheduler waking up with its jobs in a database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_PAUSED, STATE_RUNNING

from tests.bench.bare import strict_engine
from tests.bench.measuring import timed

LATER = timedelta(days=300)


def nothing() -> None:
    """What the jobs do: APScheduler's own work is what counts."""


class Wakeups:
    """One scheduler over a SQLite file with the same settings as ours, woken up by hand."""

    def __init__(self, folder: Path, others: int) -> None:
        """Store `others` jobs that are not due yet."""
        store = SQLAlchemyJobStore(engine=strict_engine(f"sqlite:///{folder / 'jobs.db'}"))
        self.scheduler = BackgroundScheduler(
            jobstores={"default": store},
            executors={"default": ThreadPoolExecutor(10)},
            job_defaults={"misfire_grace_time": None},
        )
        self.scheduler.start(paused=True)
        self._wake: Callable[[], object] = self.scheduler._process_jobs
        for n in range(others):
            self._add(LATER + timedelta(minutes=n))

    def _add(self, ahead: timedelta) -> None:
        self.scheduler.add_job(nothing, "date", run_date=datetime.now(UTC) + ahead)

    def ten(self) -> float:
        """Seconds one wake-up takes with ten jobs due."""
        for _ in range(10):
            self._add(timedelta(0))
        sleep(0.01)
        self.scheduler.state = STATE_RUNNING
        took = timed(self._wake)
        self.scheduler.state = STATE_PAUSED
        return took

    def close(self) -> None:
        """Stop the scheduler's threads."""
        self.scheduler.shutdown(wait=False)
