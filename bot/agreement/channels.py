"""Where the secretariat speaks: the channels both parties share, one for each level and scope."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select

from bot.agreement.at_hand import at_hand
from bot.agreement.errors import AgreementError
from bot.agreement.storage import status_type


class Level(StrEnum):
    """How far a channel reaches (IV.5-1 names the same three)."""

    GLOBAL = "global"
    """Headquarters to headquarters."""
    REGIONAL = "regional"
    """The offices of one region."""
    COUNTRY = "country"
    """The offices in one country."""


class Channel(SQLModel, table=True):
    """A Slack channel the secretariat was given, the party whose app speaks in it, and the day it was given.

    What fell due in it up to that day is not asked for.
    """

    __table_args__ = (UniqueConstraint("level", "scope"),)

    channel_id: str = Field(primary_key=True)
    level: Level = Field(sa_type=status_type(Level))
    scope: str = ""
    posting_party: str
    since: date


@dataclass
class NoChannel(AgreementError):
    """The secretariat has been given no channel for this."""

    routine = "channels"
    wanted: str


def all_channels(session: Session) -> list[Channel]:
    """Every channel, the global one first."""
    rows = session.exec(_ALL).all()
    order = list(Level)
    return sorted(rows, key=lambda channel: (order.index(channel.level), channel.scope))


_ALL = select(Channel)


def channels_at_hand(session: Session) -> list[Channel]:
    """The same, read once in a transaction in which no channel is given or taken away."""
    return at_hand(session, "channels", lambda: all_channels(session))


def channel_for(session: Session, scope: str) -> Channel:
    """The channel that serves `scope`, or the global one where that scope has none of its own."""
    own = session.exec(select(Channel).where(Channel.scope == scope)).first()
    found = own or session.exec(select(Channel).where(Channel.level == Level.GLOBAL)).first()
    if found is None:
        raise NoChannel(scope)
    return found


def get_channel(session: Session, channel_id: str) -> Channel:
    """One of the agreement's channels; refuses any other."""
    row = session.get(Channel, channel_id)
    if row is None:
        raise NoChannel(channel_id)
    return row
