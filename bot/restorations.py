"""When an older copy of the database was put back: what it does not know of, Slack may have already."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.outbox import OutboxRow, OutboxState

DOUBT = timedelta(days=14)
"""How long after a restoration Slack is asked before anything is posted.

The clock says again at its first working morning what the copy does not know was said; two weeks outlast any
closure between.
"""


class Restoration(SQLModel, table=True):
    """An older copy, made at `copied_at`, took the database's place at `restored_at`."""

    id: int | None = Field(default=None, primary_key=True)
    copied_at: datetime
    restored_at: datetime


def note(session: Session, copied_at: datetime, now: datetime) -> Restoration:
    """Put the restoration on record; whatever was waiting in the copy may have arrived in the meantime."""
    waiting = col(OutboxRow.state).in_((OutboxState.READY, OutboxState.SENDING))
    session.exec(update(OutboxRow).where(waiting).values(state=OutboxState.UNKNOWN, tried_at=copied_at))
    row = Restoration(copied_at=copied_at, restored_at=now)
    session.add(row)
    session.flush()
    return row


def doubtful_since(connection: Connection, now: datetime) -> datetime | None:
    """Since when Slack may have heard things this database does not know of; None when there is no doubt."""
    found: datetime | None = connection.execute(_RECENT, {"since": now - DOUBT}).scalar_one()
    return found


_RECENT = select(func.min(Restoration.copied_at)).where(col(Restoration.restored_at) > bindparam("since"))
