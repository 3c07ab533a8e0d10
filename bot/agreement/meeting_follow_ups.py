"""IV.6-3 and V.3-1: what the clock says of a meeting: that it comes near, and then whether it was held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.meeting_dates import NEAR, agreements
from bot.agreement.meeting_minutes import MinutesStatus, latest
from bot.agreement.meetings import CLAUSE, DATED, POLLING, Meeting, get_meeting


@dataclass(frozen=True, kw_only=True)
class MeetingOpen(FollowedUp):
    """The parties have not agreed to one of the times that were proposed; `waiting_for` are asked."""

    meeting_id: int
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingNear(FollowedUp):
    """A meeting whose time is fixed comes near."""

    meeting_id: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingHeldAsked(FollowedUp):
    """The day of a meeting has passed, and nobody has written its minutes."""

    meeting_id: int
    starts_at: datetime


def ask_agree(desk: Desk, *, waiting: Waiting) -> MeetingOpen:
    """Ask again, with growing pauses, whoever has not agreed to one of the times that were proposed."""
    row = get_meeting(desk.session, waiting.key)
    if row.status not in POLLING:
        raise NothingToSay
    agreed = {given.party for given in agreements(desk.session, row)}
    parties = desk.definition.parties
    # Where all have spoken and no time is fixed, they agreed to different times, and all are asked.
    silent = [party for party in parties if party.id not in agreed] or parties
    facts = _facts(desk, row, waiting)
    return MeetingOpen(waiting_for=tuple(party.abbreviation for party in silent), **facts)


def come_near(desk: Desk, *, waiting: Waiting) -> MeetingNear:
    """Remind both parties of a meeting. Raises NothingToSay once its day has passed."""
    row = _dated(desk, waiting)
    if waiting.due_on < desk.today:
        raise NothingToSay
    return MeetingNear(starts_at=row.starts_at or desk.now, **_facts(desk, row, waiting))


def ask_held(desk: Desk, *, waiting: Waiting) -> MeetingHeldAsked:
    """Ask both parties whether a meeting was held, with growing pauses."""
    row = _dated(desk, waiting)
    newest = latest(desk.session, row)
    if newest and newest.status is MinutesStatus.PROPOSED:
        raise NothingToSay
    # That it comes near is beside the point now, even where it could not be said in time.
    drop(desk.session, waiting.subject, NEAR)
    return MeetingHeldAsked(starts_at=row.starts_at or desk.now, **_facts(desk, row, waiting))


def _dated(desk: Desk, waiting: Waiting) -> Meeting:
    row = get_meeting(desk.session, waiting.key)
    if row.status not in DATED:
        raise NothingToSay
    return row


def _facts(desk: Desk, row: Meeting, waiting: Waiting) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "number": row.number,
        "title": row.title,
        "meeting_id": row.key,
        **mark_followed_up(desk, waiting),
    }
