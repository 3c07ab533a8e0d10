"""What is to be said, to whom, once: a lane per channel keeps the order, a unique key keeps it to once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Executable, Index, bindparam, delete, func, insert, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.errors import AgreementError
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


SEND_AGAIN = "send_again"
"""Kept as a row's error when an operator says that it has not arrived: then nobody looks for it any more."""
UNSENT = frozenset({OutboxState.READY, OutboxState.SENDING, OutboxState.UNKNOWN})
_IS_UNSENT = text("state IN ('ready', 'sending', 'unknown')")


class Lane(SQLModel, table=True):
    """One channel as one party's app speaks in it: messages leave in order and not too fast.

    `owner` is the claim of the sender that holds the lane until `leased_until`. `error` is Slack's word for
    what keeps the lane's first message from arriving, since `error_since`; the party's administrators were
    told of it at `told_at`.
    """

    key: str = Field(primary_key=True)
    next_at: datetime = Field(index=True)
    owner: str = ""
    leased_until: datetime | None = None
    error: str = ""
    error_since: datetime | None = None
    told_at: datetime | None = None

    @property
    def party(self) -> str:
        """The party whose app speaks here."""
        return self.key.partition(":")[0]

    @property
    def channel(self) -> str:
        """The channel, or the person, that is spoken to."""
        return self.key.partition(":")[2]


class OutboxRow(SQLModel, table=True):
    """One thing to say."""

    __tablename__ = "outbox"
    # What is sent stays for ever; only what is not is looked for, many times a minute.
    __table_args__ = (
        Index("ix_outbox_unsent", "lane", "id", sqlite_where=_IS_UNSENT, postgresql_where=_IS_UNSENT),
    )

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
    def mark(self) -> str:
        """What the message carries in Slack so that it can be found there again; it tells nobody anything."""
        return mark_of(self.key)

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


@dataclass
class NoSuchMessage(AgreementError):
    """There is no message with this number."""

    routine = "outbox"
    number: int


@dataclass
class NotInDoubt(AgreementError):
    """The message needs nobody's word: it has left, or it is on its way."""

    routine = "outbox"
    number: int
    state: OutboxState


@dataclass(frozen=True)
class Address:
    """A channel, or a person's direct messages, and the party whose app speaks there."""

    party: str
    channel: str

    @property
    def lane(self) -> str:
        """The lane of this address."""
        return f"{self.party}:{self.channel}"


def mark_of(key: str) -> str:
    """The mark of the message with this key: 32 hexadecimal digits."""
    return sha256(key.encode()).hexdigest()[:32]


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
) -> int:
    """Queue one message in the transaction of the act it tells of, and return its number.

    The same key twice is refused by the table.
    """
    # What belongs to an earlier message goes by that one's lane.
    if of is None:
        _open_lane(session, to, now)
    row = {
        **_where(to),
        "key": key,
        "kind": kind,
        "letter": letter,
        "subject": subject,
        "payload": message.stored(),
        "of": of,
        "record_id": record_id,
        "enclosed_id": enclosed_id,
        "created_at": now,
    }
    (number,) = session.connection().execute(_PUT, row).inserted_primary_key or (0,)
    return int(number)


def put_updates(session: Session, *, keys: Mapping[str, "Posting"], message: Message, now: datetime) -> None:
    """Queue that these cards are to show `message` from now on, each under its own key and in its own lane."""
    same = {
        "kind": Kind.UPDATE,
        "letter": "card",
        "subject": "",
        "payload": message.stored(),
        "record_id": None,
        "enclosed_id": None,
        "created_at": now,
    }
    rows = [
        {**same, **_where(Address(card.party, card.channel)), "key": key, "of": card.number}
        for key, card in keys.items()
    ]
    session.connection().execute(_PUT_MANY, rows)


def _where(to: Address) -> dict[str, str]:
    return {"lane": to.lane, "party": to.party, "channel": to.channel}


def know_lanes(session: Session) -> None:
    """Look once which lanes there are, where much is to be said: opening each in vain would take longer."""
    session.info["lanes"] = set(session.connection().execute(_LANES).scalars())


_LANES = select(Lane.key)


def _open_lane(session: Session, to: Address, now: datetime) -> None:
    opened = session.info.setdefault("lanes", set())
    if to.lane not in opened:
        opening = _opening(session.get_bind().dialect.name)
        session.connection().execute(opening, {"key": to.lane, "next_at": now})
        opened.add(to.lane)


@cache
def _opening(dialect: str) -> Executable:
    """Both databases know how to leave a row that is there alone, each in a package of its own, loaded late."""
    package = import_module(f"sqlalchemy.dialects.{dialect}")
    lane = package.insert(Lane).values(owner="", error="")
    return cast(Executable, lane.on_conflict_do_nothing())


_NOTHING_YET = ("error", "sent_channel", "ts", "file_id")
_PUT = insert(OutboxRow).values(state=OutboxState.READY, attempts=0, **dict.fromkeys(_NOTHING_YET, ""))
# Several rows become one statement only where something is returned.
_PUT_MANY = _PUT.returning(col(OutboxRow.id))


def withdraw(session: Session, to: Address, beginning: str) -> None:
    """Take back what waits for an address under keys that begin so, and has certainly not left yet.

    For what a newer message says better: after days without Slack nobody wants every step of a ladder.
    """
    same = func.substr(col(OutboxRow.key), 1, len(beginning)) == beginning
    waiting = (col(OutboxRow.lane) == to.lane) & unsent() & (col(OutboxRow.state) == OutboxState.READY)
    session.connection().execute(delete(OutboxRow).where(waiting, same))


class Posting(NamedTuple):
    """A message that was posted, or is to be, and where."""

    number: int
    party: str
    channel: str


def cards(session: Session, subject: str) -> list[Posting]:
    """Every card about `subject` that was posted or is to be, the oldest first."""
    return [
        Posting(row.id or 0, row.party, row.channel)
        for row in session.connection().execute(_CARDS, {"about": subject})
    ]


_CARDS = (
    select(col(OutboxRow.id), col(OutboxRow.party), col(OutboxRow.channel))
    .where(OutboxRow.subject == bindparam("about"), OutboxRow.kind == Kind.POST)
    .order_by(col(OutboxRow.id))
)


def backlog(session: Session) -> int:
    """How many messages have not left yet."""
    return session.exec(select(func.count(col(OutboxRow.id))).where(unsent())).one()


def any_unsent(session: Session) -> bool:
    """Whether anything waits to be sent; cheap, since it is asked many times a minute."""
    waiting = select(OutboxRow.id).where(unsent()).limit(1)
    return session.exec(waiting).first() is not None


def unsent() -> ColumnElement[bool]:
    """What has not left, in literal words: only so does the partial index serve on both databases."""
    states = [OutboxState.READY, OutboxState.SENDING, OutboxState.UNKNOWN]
    return col(OutboxRow.state).in_(bindparam(None, states, expanding=True, literal_execute=True))


def undecided(session: Session) -> list[OutboxRow]:
    """The messages that need an operator's word, the oldest first.

    Of some it is unknown whether they arrived, and Slack's history cannot be read; the others Slack will never
    take.
    """
    cannot_tell = (col(OutboxRow.state) == OutboxState.UNKNOWN) & (Lane.error != "")
    query = select(OutboxRow).join(Lane, col(Lane.key) == col(OutboxRow.lane))
    stuck = query.where(cannot_tell | (col(OutboxRow.state) == OutboxState.DEAD))
    return list(session.exec(stuck.order_by(col(OutboxRow.id))).all())


def held_back(session: Session) -> list[OutboxRow]:
    """The first message of each lane that Slack refuses to let speak, where it has certainly not arrived."""
    first = select(func.min(OutboxRow.id)).where(unsent()).group_by(OutboxRow.lane)
    query = select(OutboxRow).join(Lane, col(Lane.key) == col(OutboxRow.lane))
    blocked = query.where(
        Lane.error != "", col(OutboxRow.id).in_(first), OutboxRow.state == OutboxState.READY
    )
    return list(session.exec(blocked.order_by(col(OutboxRow.id))).all())


def settle(session: Session, number: int, *, arrived: bool, now: datetime, ts: str = "") -> OutboxRow:
    """Take an operator's word that a message has arrived (as `ts`, where known), or is to be sent again.

    What Slack refuses to take may be put aside in the same way.
    Raises NoSuchMessage, and NotInDoubt where nobody's word is needed.
    """
    row = session.get(OutboxRow, number)
    if row is None:
        raise NoSuchMessage(number)
    refused = select(Lane.key).where(Lane.key == row.lane, Lane.error != "").exists()
    waits_in_vain = (col(OutboxRow.state) == OutboxState.READY) & refused
    in_doubt = col(OutboxRow.state).in_((OutboxState.UNKNOWN, OutboxState.DEAD)) | waits_in_vain
    values = (
        {"state": OutboxState.SENT, "ts": ts, "sent_at": now, "sent_channel": row.channel}
        if arrived
        else {"state": OutboxState.READY}
    )
    word = "" if arrived else SEND_AGAIN
    mine = update(OutboxRow).where(col(OutboxRow.id) == number, in_doubt).values(**values, error=word)
    if session.exec(mine).rowcount != 1:
        raise NotInDoubt(number, row.state)
    free = col(Lane.key) == row.lane
    session.exec(update(Lane).where(free).values(next_at=now, error="", error_since=None, told_at=None))
    return row
