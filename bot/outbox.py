"""What is to be said, to whom, once: a lane per channel keeps the order, a unique key keeps it to once."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.storage import status_type


class Kind(StrEnum):
    """What delivery is to do with a row."""

    POST = "post"
    """Say something new."""
    UPDATE = "update"
    """Bring a card that was posted up to date."""
    FILE = "file"
    """Hand over a written record, or a file that a person handed in."""


class OutboxState(StrEnum):
    """How far a row has come."""

    READY = "ready"
    """Stored, and not yet tried; or tried, and certain not to have arrived."""
    SENDING = "sending"
    """Handed to Slack; if it stays so, a crash came between and the outcome is unknown."""
    UNKNOWN = "unknown"
    """Slack may or may not have taken it; its history is read back before anything else is done."""
    SENT = "sent"
    """Slack has it; channel and ts are kept."""
    DEAD = "dead"
    """Slack will never take it as it is; an operator must look."""


UNSENT = frozenset({OutboxState.READY, OutboxState.SENDING, OutboxState.UNKNOWN})


class Lane(SQLModel, table=True):
    """One channel as one party's app speaks in it: messages leave in order and not too fast."""

    key: str = Field(primary_key=True)
    next_at: datetime = Field(index=True)
    owner: str = ""
    leased_until: datetime | None = None


class OutboxRow(SQLModel, table=True):
    """One thing to say."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_lane_state", "lane", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    lane: str = Field(foreign_key="lane.key")
    party: str
    channel: str
    kind: Kind = Field(sa_type=status_type(Kind))
    letter: str
    subject: str = Field(default="", index=True)
    payload: str
    of: int | None = Field(default=None, foreign_key="outbox.id")
    record_id: int | None = Field(default=None, foreign_key="record.id")
    enclosed_id: int | None = Field(default=None, foreign_key="storedfile.id")
    state: OutboxState = Field(sa_type=status_type(OutboxState))
    attempts: int = 0
    error: str = ""
    created_at: datetime
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    sent_channel: str = ""
    ts: str = ""
    file_id: str = ""

    @property
    def number(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the message is not stored yet")
        return self.id

    @property
    def message(self) -> "Message":
        """The words and blocks to send."""
        return Message(**json.loads(self.payload))


@dataclass(frozen=True)
class Message:
    """What Slack is to show: `text` is the notification and what screen readers read."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def stored(self) -> str:
        """The message as the outbox keeps it."""
        return json.dumps({"text": self.text, "blocks": self.blocks}, ensure_ascii=False)


@dataclass(frozen=True)
class Address:
    """A channel, or a person's direct messages, and the party whose app speaks there."""

    party: str
    channel: str

    @property
    def lane(self) -> str:
        """The lane of this address."""
        return f"{self.party}:{self.channel}"


def put(
    session: Session,
    *,
    key: str,
    to: Address,
    message: Message,
    letter: str,
    now: datetime,
    kind: Kind = Kind.POST,
    subject: str = "",
    of: int | None = None,
    record_id: int | None = None,
    enclosed_id: int | None = None,
) -> OutboxRow:
    """Queue one message in the transaction of the act it tells of; the same key twice is refused by the table."""
    if session.get(Lane, to.lane) is None:
        session.add(Lane(key=to.lane, next_at=now))
        session.flush()
    row = OutboxRow(
        key=key,
        lane=to.lane,
        party=to.party,
        channel=to.channel,
        kind=kind,
        letter=letter,
        subject=subject,
        payload=message.stored(),
        of=of,
        record_id=record_id,
        enclosed_id=enclosed_id,
        state=OutboxState.READY,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def cards(session: Session, subject: str) -> list[OutboxRow]:
    """Every card about `subject` that was posted or is to be, the oldest first."""
    posts = select(OutboxRow).where(OutboxRow.subject == subject, OutboxRow.kind == Kind.POST)
    return list(session.exec(posts.order_by(col(OutboxRow.id))).all())


def backlog(session: Session) -> int:
    """How many messages have not left yet."""
    return len(session.exec(select(OutboxRow.id).where(col(OutboxRow.state).in_(UNSENT))).all())
