"""IX.2-1 and IX.2-4: what each party brings into a project stays its own; who will own what it produces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.people import Person, Refusal, require
from bot.agreement.project_gates import Gate, GateStatus, ProjectGate, gates_of
from bot.agreement.projects import JointProject, NotFilledIn, event_facts, get_gated
from bot.agreement.rights import Act
from bot.agreement.storage import status_type


class ResultKind(StrEnum):
    """Where something comes from."""

    BROUGHT = "brought"
    """It was there before, and stays its owner's (IX.2-1)."""
    PRODUCED = "produced"
    """The project will produce it (IX.2-4)."""


class SharedOwner(StrEnum):
    """Who may own something besides one of the parties."""

    JOINT = "joint"
    """The parties together."""
    OTHER = "other"
    """Somebody else."""


class ProjectResult(SQLModel, table=True):
    """One thing of which the parties say who owns it: `owner` is a party, or a `SharedOwner`."""

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="jointproject.id", index=True)
    kind: ResultKind = Field(sa_type=status_type(ResultKind))
    result: str
    owner: str
    licence: str = ""
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    dropped_by: int | None = Field(default=None, foreign_key="person.id")
    dropped_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        return self.id or 0


@dataclass(frozen=True, kw_only=True)
class ResultsChanged(Event):
    """A line was added to what the parties say of ownership, or dropped from it."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    result: str
    dropped: bool


@dataclass
class BroughtIsOwn(FieldError):
    """What was there before stays its owner's, so it cannot become joint by being brought in (IX.2-1)."""

    routine = "projects"


@dataclass
class ListIsClosed(Refusal):
    """The list was answered on, so it stays as the other party reads it."""

    routine = "projects"
    number: str
    status: GateStatus


@dataclass
class ResultDropped(Refusal):
    """Somebody dropped it first."""

    routine = "projects"
    number: str
    by: str
    at: datetime
    zone: str


def add_result(
    desk: Desk, *, project_id: int, kind: ResultKind, result: str, owner: str, licence: str
) -> ResultsChanged:
    """Say of one thing who owns it, or will; it counts once both parties have agreed in writing."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    row = get_gated(desk, project_id)
    if not result.strip():
        raise NotFilledIn("result")
    if owner not in {*SharedOwner, *(party.id for party in desk.definition.parties)}:
        raise NotFilledIn("owner")
    if owner == SharedOwner.OTHER and not licence.strip():
        raise NotFilledIn("licence")
    if kind is ResultKind.BROUGHT and owner == SharedOwner.JOINT:
        raise BroughtIsOwn("owner")
    _touch(desk, row)
    entered: dict[str, Any] = {
        "entered_by": desk.person.key,
        "entered_at": desk.now,
        "licence": licence.strip(),
    }
    desk.session.add(
        ProjectResult(project_id=row.key, kind=kind, result=result.strip(), owner=owner, **entered)
    )
    desk.session.flush()
    return ResultsChanged(**_facts(desk, row), result=result.strip(), dropped=False)


def drop_result(desk: Desk, *, result_id: int) -> ResultsChanged:
    """Take a line off the list before it is answered on."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    found = desk.session.get(ProjectResult, result_id)
    row = get_gated(desk, found.project_id if found else 0)
    mine = (col(ProjectResult.id) == result_id) & col(ProjectResult.dropped_at).is_(None)
    dropping = update(ProjectResult).where(mine)
    dropped = desk.session.exec(dropping.values(dropped_by=desk.person.key, dropped_at=desk.now))
    result = desk.session.get_one(ProjectResult, result_id)
    desk.session.refresh(result)
    if dropped.rowcount != 1:
        by = desk.session.get_one(Person, result.dropped_by).name
        raise ResultDropped(row.number, by, result.dropped_at or desk.now, desk.definition.tz)
    _touch(desk, row)
    return ResultsChanged(**_facts(desk, row), result=result.result, dropped=True)


def _touch(desk: Desk, row: JointProject) -> None:
    """Change the list only while nobody has answered on it, and let whoever has it open look again."""
    gate = gates_of(desk.session, row.key)[Gate.OWNERSHIP]
    mine = (col(ProjectGate.id) == gate.key) & (col(ProjectGate.status) == GateStatus.MISSING)
    done = desk.session.exec(update(ProjectGate).where(mine).values(version=ProjectGate.version + 1))
    desk.session.refresh(gate)
    if done.rowcount != 1:
        raise ListIsClosed(row.number, gate.status)


def _facts(desk: Desk, row: JointProject) -> dict[str, Any]:
    return {**event_facts(desk, row), "clause": "IX.2-4"}


def results_of(session: Session, project_id: int) -> Sequence[ProjectResult]:
    """The lines that stand, in the order in which they were entered."""
    query = select(ProjectResult).where(
        ProjectResult.project_id == project_id, col(ProjectResult.dropped_at).is_(None)
    )
    return session.exec(query.order_by(col(ProjectResult.id))).all()


def something_produced(rows: Sequence[ProjectResult]) -> bool:
    """Whether anything is said of what the project will produce: that is what IX.2-4 asks for."""
    return any(row.kind is ResultKind.PRODUCED for row in rows)
