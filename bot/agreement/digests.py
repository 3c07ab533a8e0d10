"""IV.1, IV.6-1: what was shared in a channel since its last digest; said once, and never when there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import Channel, Level, all_channels, get_channel
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.exchanges import POSTABLE, Exchange
from bot.agreement.ledger import NothingToSay
from bot.agreement.project_lines import ProjectLine
from bot.agreement.projects import JointProject
from bot.agreement.recurrences import nth
from bot.agreement.replies import Reply
from bot.agreement.time_limits import Period, day_bounds

CLAUSES = "IV.1, IV.6-1"


class Digest(SQLModel, table=True):
    """A digest that was said: of which channel, and on which day it was due. The key says each once."""

    channel_id: str = Field(foreign_key="channel.channel_id", primary_key=True)
    due_on: date = Field(primary_key=True)
    said_at: datetime


@dataclass(frozen=True)
class Contents:
    """What a digest of one channel would tell of the days from `first` up to the day before it is due."""

    exchanges: Sequence[Exchange]
    replies: Sequence[Reply]
    entered: Sequence[JointProject]
    lines: Sequence[ProjectLine]

    @property
    def count(self) -> int:
        """How many things it would tell."""
        return len(self.exchanges) + len(self.replies) + len(self.entered) + len(self.lines)


@dataclass(frozen=True, kw_only=True)
class DigestSaid(Event):
    """A channel was told what was shared in it from `first` to `last`; `due_on` is the day planned for it.

    The global channel is also told how much there was elsewhere: `elsewhere` counts it, channel by channel.
    """

    channel_id: str
    level: Level
    scope: str
    every: str
    first: date
    last: date
    due_on: date
    late: bool
    exchanges: tuple[int, ...]
    replies: tuple[int, ...]
    entered: tuple[int, ...]
    lines: tuple[int, ...]
    elsewhere: tuple[tuple[str, int, int, int], ...]

    @property
    def once(self) -> str:
        """The channel and the day."""
        return f"digest:{self.channel_id}:{self.due_on}"


def interval(desk: Desk, channel: Channel) -> Period:
    """How often a channel of this level gets a digest (policy)."""
    return Period.parse(str(desk.definition.policy(f"digest.{channel.level.value}")))


def due_day(desk: Desk, channel: Channel) -> date | None:
    """The latest day up to today on which a digest of a channel was due; counted as the prompts of IV.1 are."""
    anchor, every = desk.definition.event(desk.definition.term.starts), interval(desk, channel)
    days = (desk.today - anchor).days // (every.months * 28 + every.days) + 1
    past = (day for n in range(days, 0, -1) if (day := nth(anchor, every, every, n)) <= desk.today)
    found = next(past, None)
    return found if found and found > channel.since else None


def waiting_digests(desk: Desk) -> list[tuple[Channel, date]]:
    """The channels whose digest is due, has not been said and has something in it."""
    due = [(channel, day) for channel in all_channels(desk.session) if (day := due_day(desk, channel))]
    return [(channel, day) for channel, day in due if _is_wanted(desk, channel, day)]


def _is_wanted(desk: Desk, channel: Channel, day: date) -> bool:
    if desk.session.get(Digest, (channel.channel_id, day)):
        return False
    first = _first(desk.session, channel)
    return bool(contents(desk, channel, first, day).count or _elsewhere(desk, channel, first, day))


def _first(session: Session, channel: Channel) -> date:
    """The first day that no digest has told of."""
    told = select(Digest).where(Digest.channel_id == channel.channel_id).order_by(col(Digest.due_on).desc())
    last = session.exec(told).first()
    return last.due_on if last else channel.since


def say_digest(desk: Desk, *, channel_id: str, due_on: date) -> DigestSaid:
    """Tell a channel what was shared in it. Raises NothingToSay when it was said, or there is nothing."""
    channel = get_channel(desk.session, channel_id)
    if not _is_wanted(desk, channel, due_on):
        raise NothingToSay
    first = _first(desk.session, channel)
    found = contents(desk, channel, first, due_on)
    desk.session.add(Digest(channel_id=channel_id, due_on=due_on, said_at=desk.now))
    desk.session.flush()
    return DigestSaid(
        clause=CLAUSES,
        subject=f"channel:{channel_id}",
        channel_id=channel_id,
        level=channel.level,
        scope=channel.scope,
        every=str(interval(desk, channel)),
        first=first,
        last=due_on - timedelta(days=1),
        due_on=due_on,
        late=desk.calendar.next_working(due_on) < desk.today,
        exchanges=tuple(row.key for row in found.exchanges),
        replies=tuple(row.id or 0 for row in found.replies),
        entered=tuple(row.key for row in found.entered),
        lines=tuple(row.id or 0 for row in found.lines),
        elsewhere=_elsewhere(desk, channel, first, due_on),
    )


def _elsewhere(
    desk: Desk, channel: Channel, first: date, due_on: date
) -> tuple[tuple[str, int, int, int], ...]:
    """How much the other channels hold: for each the exchanges, what was entered, and the lines."""
    if channel.level is not Level.GLOBAL:
        return ()
    others = [row for row in all_channels(desk.session) if row.channel_id != channel.channel_id]
    found = [(row.channel_id, contents(desk, row, first, due_on)) for row in others]
    return tuple(
        (channel_id, len(had.exchanges), len(had.entered), len(had.lines))
        for channel_id, had in found
        if had.count
    )


def contents(desk: Desk, channel: Channel, first: date, due_on: date) -> Contents:
    """What happened in a channel from `first` up to the day before `due_on`; only what may be shared."""
    begins = day_bounds(first, desk.definition.tz)[0]
    ends = day_bounds(due_on, desk.definition.tz)[0]
    here, postable = channel.channel_id, col(Exchange.classification).in_(POSTABLE)

    def within(moment: Any) -> ColumnElement[bool]:
        return (col(moment) >= begins) & (col(moment) < ends)

    session = desk.session
    shared = select(Exchange).where(Exchange.channel_id == here, postable, within(Exchange.shared_at))
    answered = select(Reply).join(Exchange).where(Exchange.channel_id == here, postable)
    entered = select(JointProject).where(JointProject.channel_id == here, within(JointProject.entered_at))
    lines = select(ProjectLine).join(JointProject).where(JointProject.channel_id == here)
    said = lines.where(ProjectLine.text != "", within(ProjectLine.at))
    return Contents(
        session.exec(shared.order_by(col(Exchange.id))).all(),
        session.exec(answered.where(within(Reply.added_at)).order_by(col(Reply.id))).all(),
        session.exec(entered.order_by(col(JointProject.id))).all(),
        session.exec(said.order_by(col(ProjectLine.id))).all(),
    )
