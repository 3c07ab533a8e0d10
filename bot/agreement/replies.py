"""IV.1: what people answer to something that was shared, put on record only when somebody asks for it.

People discuss in Slack. Nobody's words are kept unless a person of their own side adds them to the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint, bindparam, func
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.exchanges import CLAUSE, Exchange, get_exchange
from bot.agreement.people import Person, require
from bot.agreement.rights import Act


class Reply(SQLModel, table=True):
    """One reply to one exchange: whose words (`speaker_id`), and who of the same party put them on record."""

    __table_args__ = (UniqueConstraint("exchange_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    exchange_id: int = Field(foreign_key="exchange.id", index=True)
    seq: int
    party: str
    speaker_id: int = Field(foreign_key="person.id")
    added_by: int = Field(foreign_key="person.id")
    added_at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class ReplyAdded(Event):
    """A person put words of their own side on the record of an exchange; `speaker` said them."""

    exchange_id: int
    number: str
    title: str
    seq: int
    text: str
    speaker: str
    by: str
    party: str
    at: datetime


@dataclass
class NoWords(FieldError):
    """A reply without a word."""

    routine = "replies"


@dataclass
class NotOwnSide(FieldError):
    """Somebody may record the words of their own side only; the other side's need its own confirmation."""

    routine = "replies"
    party: str


def add_reply(desk: Desk, *, exchange_id: int, text: str, speaker_id: int | None = None) -> ReplyAdded:
    """Put a reply of one's own side on the record of an exchange; without a speaker the words are one's own."""
    row = get_exchange(desk.session, exchange_id)
    require(desk.session, desk.person, Act.ADD_REPLY)
    speaker = _speaker(desk, speaker_id)
    if not text.strip():
        raise NoWords("text")
    reply = Reply(
        exchange_id=row.key,
        seq=_next_seq(desk.session, row),
        party=desk.person.party,
        speaker_id=speaker.key,
        added_by=desk.person.key,
        added_at=desk.now,
        text=text.strip(),
    )
    desk.session.add(reply)
    desk.session.flush()
    return _added(desk, row, reply, speaker)


def _speaker(desk: Desk, speaker_id: int | None) -> Person:
    speaker = desk.session.get(Person, speaker_id) if speaker_id is not None else desk.person
    if speaker is None or speaker.party != desk.person.party:
        raise NotOwnSide("speaker", desk.definition.party(desk.person.party).abbreviation)
    return speaker


def _next_seq(session: Session, row: Exchange) -> int:
    last = select(func.max(Reply.seq)).where(Reply.exchange_id == row.key)
    return (session.exec(last).one() or 0) + 1


def _added(desk: Desk, row: Exchange, reply: Reply, speaker: Person) -> ReplyAdded:
    return ReplyAdded(
        clause=CLAUSE,
        subject=f"exchange:{row.key}",
        exchange_id=row.key,
        number=row.number,
        title=row.title,
        seq=reply.seq,
        text=reply.text,
        speaker=speaker.name,
        by=desk.person.name,
        party=desk.definition.party(reply.party).abbreviation,
        at=reply.added_at,
    )


def replies_to(session: Session, exchange_id: int) -> Sequence[Reply]:
    """Everything on record in answer to one exchange, in the order in which it was added."""
    return session.exec(_REPLIES, params={"exchange": exchange_id}).all()


_REPLIES = select(Reply).where(Reply.exchange_id == bindparam("exchange")).order_by(col(Reply.seq))
