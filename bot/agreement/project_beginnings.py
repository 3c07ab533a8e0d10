"""IX.1: a project that one party entered as having begun before: the other says whether it had.

Nobody starts a joint project by a date alone. Until the other party has spoken it is shown as not confirmed;
its gates are open either way, and hold its start if it had not begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, mark_followed_up
from bot.agreement.people import Person, Refusal, require
from bot.agreement.projects import (
    BEGUN,
    GATES_WANTED,
    MACHINE,
    JointProject,
    ProjectStatus,
    event_facts,
    get_project,
    is_closed,
)
from bot.agreement.rights import Act
from bot.agreement.transitions import move

CLAUSE = "IX.1(a)"


@dataclass(frozen=True, kw_only=True)
class BeginningAnswered(Event):
    """The other party said whether a project had begun before it was put on record."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class BeginningConfirmed(BeginningAnswered):
    """It had begun: it runs, and what was not settled beforehand is shown as missing."""


@dataclass(frozen=True, kw_only=True)
class BeginningDenied(BeginningAnswered):
    """It had not: it is in preparation, and its gates hold its start."""


@dataclass(frozen=True, kw_only=True)
class BeginningChased(FollowedUp):
    """The other party is asked again whether a project had begun."""

    project_id: int


@dataclass
class BeginningSaid(Refusal):
    """Somebody of the same party said it first, or nobody had asked."""

    routine = "projects"
    number: str
    had_begun: bool
    by: str
    at: datetime | None
    zone: str


def confirm_begun(desk: Desk, *, project_id: int) -> BeginningConfirmed:
    """Say for the party that did not enter it that a project had begun before it was put on record."""
    row = _answer(desk, project_id, "confirm_begun")
    return BeginningConfirmed(**_facts(desk, row))


def deny_begun(desk: Desk, *, project_id: int) -> BeginningDenied:
    """Say that it had not: it may start once its gates are open, as every other."""
    row = _answer(desk, project_id, "deny_begun", had_begun=False)
    drop(desk.session, row.subject, GATES_WANTED)
    return BeginningDenied(**_facts(desk, row))


def _answer(desk: Desk, project_id: int, name: str, **values: object) -> JointProject:
    row = get_project(desk.session, project_id)
    require(desk.session, desk.person, Act.CONFIRM_GATE, row)
    said = {"begun_by": desk.person.key, "begun_at": desk.now}
    move(desk, row, MACHINE, name, lambda: _moved_on(desk, row), **said, **values)
    drop(desk.session, row.subject, BEGUN)
    return row


def _moved_on(desk: Desk, row: JointProject) -> AgreementError:
    if row.status is ProjectStatus.CLOSED:
        return is_closed(desk, row)
    by = desk.session.get(Person, row.begun_by) if row.begun_by else None
    return BeginningSaid(row.number, row.had_begun, by.name if by else "", row.begun_at, desk.definition.tz)


def _facts(desk: Desk, row: JointProject) -> dict[str, Any]:
    return {**event_facts(desk, row), "clause": CLAUSE, "starts_on": row.starts_on}


def ask_again(desk: Desk, *, waiting: Waiting) -> BeginningChased:
    """Ask the other party again; silence confirms nothing."""
    facts = mark_followed_up(desk, waiting)
    row = get_project(desk.session, waiting.key)
    return BeginningChased(clause=CLAUSE, number=row.number, title=row.title, project_id=row.key, **facts)


def unconfirmed(session: Session) -> Sequence[JointProject]:
    """The projects of which one party alone says that they had begun."""
    query = select(JointProject).where(JointProject.status == ProjectStatus.STATED)
    return session.exec(query.order_by(col(JointProject.id))).all()
