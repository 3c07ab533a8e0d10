"""Days on which something of a case is to be said: planned, said once, dropped when beside the point.

The ledger keeps what the agreement itself makes due; this keeps what follows from what people did: a meeting that
comes near, an action that is due, a date to be confirmed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, delete, text, update
from sqlmodel import Field, Session, SQLModel, col, func, select

import bot.agreement.storage  # noqa: F401 - names the constraints of the table below
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import NothingToSay
from bot.agreement.planning import day_before
from bot.agreement.time_limits import Period, end

AFTER = "+"
"""Begins a step that is said after the day it belongs to, such as "+P7D" for a week later."""


class FollowUp(SQLModel, table=True):
    """One day on which something is to be said of a case, and when it was said.

    `kind` names what is said (`schedules.follow_ups` maps it to a verb); `due_on` is the day it is about, and
    `step` how long before or after that day it is said.
    """

    __table_args__ = (
        UniqueConstraint("subject", "kind", "due_on", "step"),
        Index(
            "ix_followup_unsaid",
            "on",
            sqlite_where=text("said_at IS NULL"),
            postgresql_where=text("said_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(index=True)
    kind: str
    due_on: date
    step: str
    on: date
    said_at: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """What is to be said of one case now; of several steps that were missed only the last is said."""

    subject: str
    kind: str
    due_on: date
    step: str
    planned_for: date
    rows: tuple[int, ...]

    @property
    def key(self) -> int:
        """The number of the case's row: 12 of `meeting:12`."""
        return int(self.subject.rpartition(":")[2])


@dataclass(frozen=True, kw_only=True)
class FollowedUp(Event):
    """Something was said of a case on its day, or late; `number` and `title` are what people call the case.

    `days_left` is negative once `due_on` has passed; `missed` counts the earlier steps that were not said.
    """

    number: str
    title: str
    due_on: date
    planned_for: date
    late: bool
    missed: int
    days_left: int

    @property
    def once(self) -> str:
        """The case, the day it is about and the step."""
        return f"{self.name}:{self.subject}:{self.number}:{self.title}:{self.due_on}:{self.planned_for}"


def foresee(desk: Desk, subject: str, kind: str, due_on: date, steps: Iterable[str]) -> None:
    """Plan what is to be said of `subject` before (or, with "+", after) `due_on`, an ISO 8601 period a step.

    A day on which a party is closed gives way to the working day before it, or after it for what is said
    afterwards. Steps whose day has come already are left out, and so are those that are planned.
    """
    known = select(FollowUp.step).where(
        FollowUp.subject == subject, FollowUp.kind == kind, FollowUp.due_on == due_on
    )
    planned = set(desk.session.exec(known).all())
    for step in dict.fromkeys(steps):
        on = _day(desk, due_on, step)
        if step not in planned and on > desk.today:
            desk.session.add(FollowUp(subject=subject, kind=kind, due_on=due_on, step=step, on=on))
    desk.session.flush()


def _day(desk: Desk, due_on: date, step: str) -> date:
    if step.startswith(AFTER):
        return desk.calendar.next_working(end(due_on, Period.parse(step.removeprefix(AFTER))).date)
    return desk.calendar.previous_working(day_before(due_on, step))


def drop(session: Session, subject: str, *kinds: str) -> None:
    """Say no more of `subject`, or no more of these kinds: what was planned is beside the point."""
    unsaid = (col(FollowUp.subject) == subject) & col(FollowUp.said_at).is_(None)
    chosen = unsaid & col(FollowUp.kind).in_(kinds) if kinds else unsaid
    session.exec(delete(FollowUp).where(chosen))


def to_be_said(session: Session, today: date) -> list[Waiting]:
    """Everything whose day has come, one entry for each case and kind."""
    rows = session.exec(_TO_BE_SAID, params={"today": today}).all()
    return [_waiting(list(group)) for _, group in groupby(rows, key=lambda row: (row.subject, row.kind))]


_TO_BE_SAID = (
    select(FollowUp)
    .where(col(FollowUp.said_at).is_(None), col(FollowUp.on) <= bindparam("today"))
    .order_by(FollowUp.subject, FollowUp.kind, col(FollowUp.on), col(FollowUp.id))
)


def _waiting(rows: list[FollowUp]) -> Waiting:
    last = rows[-1]
    numbers = tuple(row.id for row in rows if row.id is not None)
    return Waiting(last.subject, last.kind, last.due_on, last.step, last.on, numbers)


def next_follow_up_on(session: Session, after: date = date.min) -> date | None:
    """The next day on which anything is to be said, later than `after`."""
    unsaid = col(FollowUp.said_at).is_(None) & (col(FollowUp.on) > after)
    return session.exec(select(func.min(FollowUp.on)).where(unsaid)).one()


def mark_followed_up(desk: Desk, waiting: Waiting) -> dict[str, Any]:
    """Put on record that it is said, in the transaction that queues the words, and return its facts.

    Raises NothingToSay when another clock has said it, or the case has moved on.
    """
    mine = col(FollowUp.id).in_(waiting.rows) & col(FollowUp.said_at).is_(None)
    # SQLite gives the number of a row that was dropped to the next one, which is planned for a day to come.
    mine &= (col(FollowUp.subject) == waiting.subject) & (col(FollowUp.kind) == waiting.kind)
    mine &= col(FollowUp.on) <= desk.today
    if desk.session.exec(update(FollowUp).where(mine).values(said_at=desk.now)).rowcount != len(waiting.rows):
        raise NothingToSay
    return {
        "subject": waiting.subject,
        "due_on": waiting.due_on,
        "planned_for": waiting.planned_for,
        "late": waiting.planned_for < desk.today,
        "missed": len(waiting.rows) - 1,
        "days_left": (waiting.due_on - desk.today).days,
    }
