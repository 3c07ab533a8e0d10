"""How much each party's app may ask of Slack in a minute, kept in the database for all machines together."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlmodel import Field, SQLModel

from bot.outbox import Kind

MINUTE = timedelta(minutes=1)
LONGEST = timedelta(hours=1)
"""Slack asks for no longer pause; where one is noted, a clock was wrong."""
PER_MINUTE: Mapping[Kind, int] = {Kind.POST: 300, Kind.UPDATE: 50, Kind.FILE: 20}
"""Slack takes several hundred posts a minute from an app in a workspace, updates by its third tier, and the
three calls that a file needs by its second: docs.slack.dev/apis/web-api/rate-limits."""


class Allowance(SQLModel, table=True):
    """What one party's app may still do of one kind: its budget is used up to `spent_until`.

    `paused_until` is set when Slack says that it was too much all the same.
    """

    party: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    spent_until: datetime
    paused_until: datetime


class Purse:
    """The allowances as one transaction sees them, held until it ends."""

    def __init__(self, connection: Connection, now: datetime, per_minute: Mapping[Kind, int]) -> None:
        """Take hold of every allowance, in one order so that two transactions cannot hold each other up."""
        self._connection, self._now, self._per_minute = connection, now, per_minute
        rows = connection.execute(_ALL).all()
        self._found: dict[tuple[str, str], tuple[datetime, datetime]] = {
            (row.party, row.kind): (row.spent_until, row.paused_until) for row in rows
        }
        self._left = dict(self._found)

    def spend(self, party: str, kind: Kind) -> datetime | None:
        """Spend one call and return None, or say when it may be made; a minute's worth may go in a burst."""
        spent, paused = self._left.get((party, kind), (self._now, self._now))
        if self._now < paused <= self._now + LONGEST:
            return paused
        if kind not in self._per_minute:
            return None
        # Further ahead than a burst reaches, it was written by a clock that was wrong.
        spent = max(spent, self._now) if spent <= self._now + 2 * MINUTE else self._now
        if spent > self._now + MINUTE:
            return spent - MINUTE
        self._left[party, kind] = (spent + MINUTE / self._per_minute[kind], paused)
        return None

    def pause(self, party: str, kind: Kind, until: datetime) -> None:
        """Slack said that it was too much: no more of this kind before `until`."""
        spent, paused = self._left.get((party, kind), (self._now, self._now))
        self._left[party, kind] = (spent, max(paused, until))

    def keep(self) -> None:
        """Write down what was spent."""
        for (party, kind), (spent, paused) in self._left.items():
            values = {"spent_until": spent, "paused_until": paused}
            if (party, kind) not in self._found:
                self._connection.execute(insert(_TABLE).values(party=party, kind=kind, **values))
            elif self._found[party, kind] != (spent, paused):
                mine = (_TABLE.c.party == party) & (_TABLE.c.kind == kind)
                self._connection.execute(update(_TABLE).where(mine).values(**values))


_TABLE = Allowance.__table__  # type: ignore[attr-defined]
_ALL = select(_TABLE).order_by(_TABLE.c.party, _TABLE.c.kind).with_for_update()
