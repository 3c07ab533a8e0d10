"""IV.1, IV.6-1: what was shared in a channel since its last digest; said once, and never when there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, func, select

from bot.agreement.at_hand import at_hand
from bot.agreement.channels import Channel, Level, all_channels, channels_at_hand, get_channel
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


def interval(desk: Desk, channel: Channel) -> Period | None:
    """How often a channel of this level gets a digest (policy); None where the parties have set nothing."""
    key = f"digest.{channel.level.value}"
    known = (policy.value for policy in desk.definition.policies if policy.key == key)
    return next((Period.parse(str(value)) for value in known), None)


def due_day(desk: Desk, channel: Channel) -> date | None:
    """The latest day up to today on which a digest of a channel was due; counted as the prompts of IV.1 are."""
    latest = at_hand(desk.session, ("due day", channel.level), lambda: _latest(desk, interval(desk, channel)))
    return latest if latest and latest > channel.since else None


def _latest(desk: Desk, every: Period | None) -> date | None:
    if every is None:
        return None
    anchor = desk.definition.event(desk.definition.term.starts)
    days = (desk.today - anchor).days // (every.months * 28 + every.days) + 1
    past = (day for n in range(days, 0, -1) if (day := nth(anchor, every, every, n)) <= desk.today)
    return next(past, None)


def waiting_digests(desk: Desk) -> list[tuple[Channel, date]]:
    """The channels whose digest is due, has not been said and has something in it."""
    due = [(channel, day) for channel in channels_at_hand(desk.session) if (day := due_day(desk, channel))]
    told = _told(desk.session) if due else {}
    unsaid = [(channel, day) for channel, day in due if told.get(channel.channel_id, date.min) < day]
    if not unsaid:
        return []
    # Most ticks find nothing new anywhere, so one look comes before one at each channel.
    active = _active(desk, min(told.get(channel.channel_id, channel.since) for channel, _ in unsaid))
    looked_at = [(row, day) for row, day in unsaid if active & {row.channel_id} or row.level is Level.GLOBAL]
    return [(channel, day) for channel, day in looked_at if active and _is_wanted(desk, channel, day)]


def _told(session: Session) -> dict[str, date]:
    """The day of the last digest of each channel that has had one."""
    rows = session.exec(select(Digest.channel_id, func.max(Digest.due_on)).group_by(col(Digest.channel_id)))
    return dict(rows.all())


def _active(desk: Desk, since: date) -> set[str]:
    """The channels in which anything was said since the beginning of a day."""
    begins = day_bounds(since, desk.definition.tz)[0]
    shared = select(Exchange.channel_id).where(Exchange.shared_at >= begins)
    answered = select(Exchange.channel_id).join(Reply).where(Reply.added_at >= begins)
    entered = select(JointProject.channel_id).where(JointProject.entered_at >= begins)
    said = select(JointProject.channel_id).join(ProjectLine).where(ProjectLine.at >= begins)
    return {channel for query in (shared, answered, entered, said) for channel in desk.session.exec(query)}


def _is_wanted(desk: Desk, channel: Channel, day: date) -> bool:
    first = _told(desk.session).get(channel.channel_id, channel.since)
    if first >= day:
        return False
    return bool(contents(desk, channel, first, day).count or _elsewhere(desk, channel, first, day))


def say_digest(desk: Desk, *, channel_id: str, due_on: date) -> DigestSaid:
    """Tell a channel what was shared in it. Raises NothingToSay when it was said, or there is nothing."""
    channel = get_channel(desk.session, channel_id)
    if not _is_wanted(desk, channel, due_on):
        raise NothingToSay
    first = _told(desk.session).get(channel_id, channel.since)
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
