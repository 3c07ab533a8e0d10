"""Whether the house is well: its database, the clock's last tick, and what has not left yet."""

from datetime import datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Field, Session, SQLModel, col, func, select

from bot.clock import Clock
from bot.database import Database
from bot.outbox import UNSENT, OutboxRow, OutboxState

LONGEST_SILENCE = timedelta(minutes=5)
"""After which the clock counts as stopped."""
LONGEST_WAIT = timedelta(minutes=15)
"""After which a message that has not left counts as stuck."""

registry = CollectorRegistry()
backlog_gauge = Gauge("comity_outbox_unsent", "Messages that have not left yet.", registry=registry)
dead_gauge = Gauge("comity_outbox_dead", "Messages Slack will never take as they are.", registry=registry)
unknown_gauge = Gauge("comity_outbox_unknown", "Messages whose outcome is unknown.", registry=registry)
age_gauge = Gauge("comity_outbox_oldest_seconds", "Age of the oldest unsent message.", registry=registry)
tick_gauge = Gauge("comity_clock_last_tick_seconds", "Time since the clock last ticked.", registry=registry)


class Heartbeat(SQLModel, table=True):
    """When a part of the house last did its work."""

    part: str = Field(primary_key=True)
    at: datetime


class Health:
    """Looks after one house, from any of its processes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Look at this database, by this clock."""
        self._database, self._clock = database, clock

    def beat(self, part: str) -> None:
        """Note that `part` has just done its work."""
        with self._database.writing() as session:
            session.merge(Heartbeat(part=part, at=self._clock.now()))

    def report(self) -> dict[str, Any]:
        """What is well and what is not; `well` sums it up."""
        try:
            with self._database.reading() as session:
                tick, wait = self._since_tick(session), self._oldest(session)
        except SQLAlchemyError:
            return {"well": False, "database": False}
        parts = {
            "database": True,
            "clock": tick is not None and tick <= LONGEST_SILENCE,
            "delivery": wait <= LONGEST_WAIT,
        }
        return {"well": all(parts.values()), **parts}

    def measure(self) -> None:
        """Bring the gauges up to date."""
        with self._database.reading() as session:
            tick = self._since_tick(session)
            backlog_gauge.set(_count(session, UNSENT))
            dead_gauge.set(_count(session, {OutboxState.DEAD}))
            unknown_gauge.set(_count(session, {OutboxState.UNKNOWN}))
            age_gauge.set(self._oldest(session).total_seconds())
            tick_gauge.set(tick.total_seconds() if tick else float("nan"))

    def _since_tick(self, session: Session) -> timedelta | None:
        row = session.get(Heartbeat, "clock")
        return self._clock.now() - row.at if row else None

    def _oldest(self, session: Session) -> timedelta:
        unsent = select(func.min(OutboxRow.created_at)).where(col(OutboxRow.state).in_(UNSENT))
        oldest = session.exec(unsent).one()
        return self._clock.now() - oldest if oldest else timedelta(0)


def _count(session: Session, states: set[OutboxState] | frozenset[OutboxState]) -> int:
    query = select(func.count(col(OutboxRow.id))).where(col(OutboxRow.state).in_(states))
    return session.exec(query).one()
