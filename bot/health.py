"""Whether the house is well: its database, the clock's last tick, and what has not left yet."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from prometheus_client import Gauge
from sqlalchemy import ColumnElement, bindparam, insert, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Field, Session, SQLModel, col, func, select

from bot import metrics
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.time_limits import civil_day
from bot.clock import Clock, SystemClock
from bot.database import Database
from bot.outbox import UNSENT, Lane, OutboxRow, OutboxState, unsent

LONGEST_SILENCE = timedelta(minutes=5)
"""After which the clock counts as stopped."""
LONGEST_WAIT = timedelta(minutes=15)
"""After which a message that has not left counts as stuck."""
PATIENCE = 2.0
"""Seconds the database is given: whoever asks after the house's health gets an answer in any case."""
DRIFT = timedelta(seconds=2)
"""By which the machine's clock may differ from the database's: leases and paces are reckoned with both."""
T = TypeVar("T")


class Heartbeat(SQLModel, table=True):
    """When a part of the house last did its work."""

    part: str = Field(primary_key=True)
    at: datetime


@dataclass(frozen=True)
class Signs:
    """What the database says of the house; `tick` is None before the clock's first, `drift` is never negative.

    `age` is that of the oldest message that has not left; `wait` leaves out what waits for somebody's cure.
    """

    tick: timedelta | None
    drift: timedelta
    age: timedelta
    wait: timedelta
    states: dict[OutboxState, int]
    due: int
    troubles: int


class Looking(Generic[T]):
    """Looks in a thread of its own, once at a time, so that whoever waits may give up."""

    def __init__(self, look: Callable[[], T]) -> None:
        """Nothing is looked at before somebody asks."""
        self._look, self._lock = look, Lock()
        self._found: Future[T] | None = None

    def found(self, patience: float) -> T:
        """What is found within so many seconds; raises TimeoutError, or what the look raised.

        While an earlier look still hangs no other is begun: its answer is waited for.
        """
        with self._lock:
            if self._found is None or self._found.done():
                self._found = Future()
                # A daemon, since a database that hangs must not keep the program from stopping.
                Thread(target=self._run, args=(self._found,), name="health", daemon=True).start()
            found = self._found
        return found.result(patience)

    def _run(self, found: Future[T]) -> None:
        try:
            found.set_result(self._look())
        except SQLAlchemyError as error:
            found.set_exception(error)
        finally:
            if not found.done():
                found.set_exception(RuntimeError("the look failed"))


class Health:
    """Looks after one house, from any of its processes."""

    def __init__(
        self, database: Database, clock: Clock, zone: str = "UTC", watch: Clock | None = None
    ) -> None:
        """Look at this database, by this clock; `zone` is the agreement's, and `watch` the machine's clock."""
        self._database, self._clock, self._zone = database, clock, zone
        self._watch = watch or SystemClock()
        self._looking = Looking(self._look)

    def beat(self, part: str) -> None:
        """Note that `part` has just done its work."""
        now = self._clock.now()
        with self._database.recording() as connection:
            if connection.execute(_BEAT, {"heart": part, "now": now}).rowcount == 0:
                connection.execute(insert(Heartbeat).values(part=part, at=now))

    def report(self) -> dict[str, Any]:
        """What is well and what is not; `well` sums it up. Takes two seconds at most."""
        signs = self._signs()
        if signs is None:
            return {"well": False, "database": False}
        parts = {
            "database": True,
            "clock": signs.tick is not None and abs(signs.tick) <= LONGEST_SILENCE,
            "delivery": signs.wait <= LONGEST_WAIT,
            "time": signs.drift <= DRIFT,
        }
        return {"well": all(parts.values()), **parts}

    def measure(self) -> None:
        """Bring the gauges up to date; without a database they say that nothing is known."""
        signs = self._signs()
        metrics.database_gauge.set(signs is not None)
        for gauge, value in _gauged(signs).items():
            gauge.set(value)

    def _signs(self) -> Signs | None:
        try:
            return self._looking.found(PATIENCE)
        except (SQLAlchemyError, TimeoutError, RuntimeError):
            return None

    def _look(self) -> Signs:
        with self._database.reading() as session:
            if not self._database.is_sqlite:
                session.connection().execute(text(f"SET LOCAL statement_timeout = {PATIENCE * 1000:.0f}"))
            now = self._clock.now()
            beat = session.get(Heartbeat, "clock")
            return Signs(
                tick=now - beat.at if beat else None,
                drift=self._drift(session),
                age=now - (_oldest(session) or now),
                wait=now - (_oldest(session, Lane.error == "") or now),
                states=_states(session),
                due=_due(session, civil_day(now, self._zone)),
                troubles=session.exec(select(func.count(col(Lane.key))).where(Lane.error != "")).one(),
            )

    def _drift(self, session: Session) -> timedelta:
        if self._database.is_sqlite:
            return timedelta(0)
        theirs: datetime = session.exec(select(func.clock_timestamp())).one()
        return abs(self._watch.now() - theirs)


_BEAT = update(Heartbeat).where(col(Heartbeat.part) == bindparam("heart")).values(at=bindparam("now"))


def _oldest(session: Session, *further: ColumnElement[bool] | bool) -> datetime | None:
    """When the oldest message that has not left was queued."""
    query = select(func.min(OutboxRow.created_at)).join(Lane, col(Lane.key) == col(OutboxRow.lane))
    return session.exec(query.where(unsent(), *further)).one()


def _states(session: Session) -> dict[OutboxState, int]:
    """How many messages there are in each state but sent."""
    dead = col(OutboxRow.state) == OutboxState.DEAD
    counted = select(col(OutboxRow.state), func.count(col(OutboxRow.id))).group_by(col(OutboxRow.state))
    return {state: count for kept in (unsent(), dead) for state, count in session.exec(counted.where(kept))}


def _due(session: Session, today: date) -> int:
    reminders = select(func.count(func.distinct(Reminder.occurrence_id))).join(
        Occurrence, col(Occurrence.id) == col(Reminder.occurrence_id)
    )
    unsaid = (col(Reminder.said_at).is_(None), col(Reminder.on) <= today)
    return session.exec(reminders.where(*unsaid, Occurrence.status == OccurrenceStatus.OPEN)).one()


def _gauged(signs: Signs | None) -> dict[Gauge, float]:
    if signs is None:
        return dict.fromkeys(metrics.FROM_DATABASE, float("nan"))
    return {
        metrics.backlog_gauge: sum(signs.states.get(state, 0) for state in UNSENT),
        metrics.age_gauge: signs.age.total_seconds(),
        metrics.dead_gauge: signs.states.get(OutboxState.DEAD, 0),
        metrics.unknown_gauge: signs.states.get(OutboxState.UNKNOWN, 0),
        metrics.tick_gauge: signs.tick.total_seconds() if signs.tick else float("nan"),
        metrics.due_gauge: signs.due,
        metrics.troubles_gauge: signs.troubles,
    }
