"""VII.1-2: what is planned for a day after the last one is not prompted for once that day is known.

It is told once that it falls after the end. Nothing is cancelled before the end comes: a notice may be withdrawn,
and what was planned is then asked about again.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from bot.agreement.closings import open_lines
from bot.agreement.desk import Desk
from bot.agreement.endings import CLAUSE, SURVIVING_KINDS
from bot.agreement.follow_ups import FollowedUp, FollowUp, Waiting
from bot.agreement.ledger import NothingToSay
from bot.agreement.meeting_dates import OPEN
from bot.agreement.meeting_slots import slots
from bot.agreement.meetings import get_meeting
from bot.agreement.standing import end_of
from bot.agreement.time_limits import civil_day

AFTER_END = "after_end"
"""The entry by which it is known that it was told of a case; its day is the last one of the Agreement."""


@dataclass(frozen=True, kw_only=True)
class FallsAfterEnd(FollowedUp):
    """The day of something planned, `due_on`, comes after the last day of the Agreement, `ends_on`."""

    ends_on: date


def falls_after_end(desk: Desk, waiting: Waiting) -> bool:
    """Whether what is to be said is about a day after the end on record, and does not outlive it."""
    end = end_of(desk.session)
    return end is not None and waiting.kind not in SURVIVING_KINDS and _day(desk, waiting) > end.ends_on


def _day(desk: Desk, waiting: Waiting) -> date:
    """The day it is about; of a meeting without a day, the earliest of those that are proposed."""
    if waiting.kind != OPEN:
        return waiting.due_on
    offered = slots(desk.session, get_meeting(desk.session, waiting.key))
    return min((civil_day(slot.starts_at, desk.definition.tz) for slot in offered), default=waiting.due_on)


def was_told(session: Session, subject: str, ends_on: date) -> bool:
    """Whether it was told of a case that it falls after this last day."""
    mine = (FollowUp.subject == subject, FollowUp.kind == AFTER_END, FollowUp.due_on == ends_on)
    return session.exec(select(FollowUp.id).where(*mine)).first() is not None


def to_be_told(desk: Desk, waiting: Waiting) -> bool:
    """Whether it is still to be told that something falls after the end."""
    end = end_of(desk.session)
    return end is not None and not was_told(desk.session, waiting.subject, end.ends_on)


def tell_after_end(desk: Desk, *, waiting: Waiting) -> FallsAfterEnd:
    """Tell once that something falls after the end. Raises NothingToSay where it does not, or was told."""
    end = end_of(desk.session)
    if end is None or not falls_after_end(desk, waiting) or not to_be_told(desk, waiting):
        raise NothingToSay
    told = FollowUp(subject=waiting.subject, kind=AFTER_END, due_on=end.ends_on, step="", on=desk.today)
    told.said_at = desk.now
    desk.session.add(told)
    desk.session.flush()
    lines = (line for line in open_lines(desk, end.ends_on) if line.subject == waiting.subject)
    line, day = next(lines, None), _day(desk, waiting)
    return FallsAfterEnd(
        clause=CLAUSE,
        subject=waiting.subject,
        number=line.number if line else "",
        title=line.title if line else "",
        due_on=day,
        planned_for=waiting.planned_for,
        late=False,
        missed=0,
        days_left=(day - desk.today).days,
        ends_on=end.ends_on,
    )
