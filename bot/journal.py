"""The record that outlives Slack: append-only, each row sealed with the hash of the one before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.at_hand import at_hand
from bot.agreement.storage import status_type

BEGINNING = "0" * 64
# One advisory lock for the chain: two appends at once would otherwise both seal the same last row.
CHAIN_LOCK = 0x636F6D697479
_HEAD = "journal head"
_QUEUED = "journal queued"
_QUEUE = text("SELECT pg_advisory_xact_lock(:key)")


class Outcome(StrEnum):
    """How an act ended."""

    DONE = "done"
    """It was done."""
    REFUSED = "refused"
    """It was not allowed, or came too late."""


class Entry(SQLModel, table=True):
    """One line of the journal."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    agreement: str
    actor: str
    party: str
    event: str
    clause: str
    subject: str = Field(index=True)
    outcome: Outcome = Field(sa_type=status_type(Outcome))
    facts: str
    previous: str = Field(unique=True)
    hash: str = Field(unique=True)

    def sealed(self) -> str:
        """The hash this row must have."""
        return seal({name: getattr(self, name) for name in SEALED})


SEALED = (
    "previous",
    "at",
    "agreement",
    "actor",
    "party",
    "event",
    "clause",
    "subject",
    "outcome",
    "facts",
)
"""What the hash covers: every field but the row's number."""


def seal(row: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and every field but the row's number."""
    parts = [row[name].isoformat() if name == "at" else str(row[name]) for name in SEALED]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Line:
    """A line that has just been written: its number, the agreement it is about, and its seal."""

    id: int
    agreement: str
    hash: str


def queue(session: Session) -> None:
    """Wait for whoever is writing in the journal, once; SQLite lets one write at a time in any case."""
    if session.get_bind().dialect.name == "postgresql":
        at_hand(session, _QUEUED, lambda: session.connection().execute(_QUEUE, {"key": CHAIN_LOCK}))


def append(
    session: Session,
    *,
    at: datetime,
    agreement: str,
    actor: str,
    party: str,
    event: str,
    clause: str,
    subject: str,
    outcome: Outcome,
    facts: Mapping[str, object],
) -> Line:
    """Write one line at the end of the chain, in the transaction of the act it tells of."""
    row = {
        "at": at.astimezone(UTC),
        "agreement": agreement,
        "actor": actor,
        "party": party,
        "event": event,
        "clause": clause,
        "subject": subject,
        "outcome": outcome,
        "facts": json.dumps(facts, default=_plain, ensure_ascii=False, sort_keys=True),
        "previous": _head(session),
    }
    row["hash"] = session.info[_HEAD] = sealed = seal(row)
    (number,) = session.connection().execute(_APPEND, row).inserted_primary_key or (0,)
    return Line(number, agreement, sealed)


def _head(session: Session) -> str:
    """The hash at the end of the chain, looked up once a transaction."""

    def read() -> str:
        queue(session)
        return str(session.connection().execute(_LAST).scalar() or BEGINNING)

    return at_hand(session, _HEAD, read)


def take_head(session: Session, seal: str) -> None:
    """Take it that the chain ends with `seal`: for whoever has queued, and then read it."""
    session.info[_HEAD] = seal


_APPEND = insert(Entry)
_LAST = select(Entry.hash).order_by(col(Entry.id).desc()).limit(1)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def faults(session: Session) -> Iterator[int]:
    """The numbers of rows that were changed, or whose predecessor is missing or out of place."""
    previous = BEGINNING
    for entry in session.exec(select(Entry).order_by(col(Entry.id))).all():
        if entry.previous != previous or entry.hash != entry.sealed():
            yield entry.id or 0
        previous = entry.hash
