"""IV.5: the global workplan and those of countries and regions, each a chain of versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import all_channels, channel_for
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.offices import works_in
from bot.agreement.people import Person, Refusal, may, require, roles_of
from bot.agreement.rights import RIGHTS, Act, Role
from bot.agreement.storage import status_type

GLOBAL_CLAUSE = "IV.5-2"
LOCAL_CLAUSE = "IV.5-3"


class WorkplanStatus(StrEnum):
    """Where one version of a workplan stands."""

    DRAFT = "draft"
    """Items are being written; nothing is adopted."""
    PROPOSED = "proposed"
    """Its content is fixed and waits for both parties."""
    ADOPTED_BY_ONE = "adopted_by_one"
    """One party has adopted exactly this content; the other has not yet."""
    IN_FORCE = "in_force"
    """Both parties have adopted exactly this content."""
    REPLACED = "replaced"
    """It was in force until both parties adopted a later version."""
    VOID = "void"
    """It was proposed and then changed, so that whatever was adopted of it does not count."""


PENDING = frozenset({WorkplanStatus.PROPOSED, WorkplanStatus.ADOPTED_BY_ONE})


class Workplan(SQLModel, table=True):
    """One version of one workplan. `scope` is that of a shared channel; the global one has none.

    From the proposal on, `file_id` holds the content in one canonical form and `sha256` its fingerprint.
    """

    __table_args__ = (UniqueConstraint("scope", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    scope: str = Field(index=True)
    version: int
    status: WorkplanStatus = Field(sa_type=status_type(WorkplanStatus))
    channel_id: str = Field(foreign_key="channel.channel_id")
    begun_by: int = Field(foreign_key="person.id")
    begun_at: datetime
    proposed_by: int | None = Field(default=None, foreign_key="person.id")
    proposed_at: datetime | None = None
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    sha256: str = ""
    in_force_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the workplan is not stored yet")
        return self.id

    @property
    def subject(self) -> str:
        """What its card is called."""
        return f"workplan:{self.key}"

    @property
    def clause(self) -> str:
        """The clause it is made under."""
        return clause_of(self.scope)


@dataclass(frozen=True, kw_only=True)
class PlanEvent(Event):
    """Something was done to a version of a workplan, by somebody for a party."""

    workplan_id: int
    scope: str
    version: int
    by: str
    party: str


@dataclass(frozen=True, kw_only=True)
class DraftEvent(PlanEvent):
    """Somebody worked on a draft. `begun` says that this began it.

    `voided` is the proposed version that no longer counts because of it, and `voided_id` its row; both 0 if none.
    """

    begun: bool
    voided: int
    voided_id: int


@dataclass(frozen=True)
class Draft:
    """The version that takes changes, whether it was begun just now, and the proposal that it makes void."""

    plan: Workplan
    begun: bool = False
    voided: Workplan | None = None


@dataclass
class NoSuchPlace(AgreementError):
    """No shared channel serves this place, so there is no workplan for it; `known` are those there could be."""

    routine = "workplans"
    place: str
    known: tuple[str, ...]


@dataclass
class NoSuchWorkplan(AgreementError):
    """There is no workplan for this place yet."""

    routine = "workplans"
    scope: str


@dataclass
class NothingToCompare(AgreementError):
    """A workplan has not both of the versions that are to be compared."""

    routine = "workplans"
    scope: str
    known: tuple[int, ...]


@dataclass
class HeadquartersOnly(Refusal):
    """The global workplan is for headquarters."""

    routine = "workplans"
    name: str


@dataclass
class NotYourPlace(Refusal):
    """Somebody in the field works on the workplan of their own place, and this is another."""

    routine = "workplans"
    name: str
    office: str
    scope: str


def clause_of(scope: str) -> str:
    """The clause a workplan of this scope is made under."""
    return LOCAL_CLAUSE if scope else GLOBAL_CLAUSE


def require_for(desk: Desk, act: Act, scope: str) -> None:
    """Require a right for the workplan of `scope`; people of the field have it for the place they work in."""
    require(desk.session, desk.person, act)
    require_place(desk, act, scope)


def require_place(desk: Desk, act: Act, scope: str) -> None:
    """Refuse somebody who has the right only as a focal point, and for another place."""
    if serves_place(desk, desk.person, act, scope):
        return
    if not scope:
        raise HeadquartersOnly(desk.person.name)
    raise NotYourPlace(desk.person.name, desk.person.office, scope)


def serves_place(desk: Desk, person: Person, act: Act, scope: str) -> bool:
    """Whether somebody has a right for `scope`: focal points have theirs for the place they work in."""
    held = roles_of(desk.session, person) & RIGHTS[act].roles
    return held != {Role.FIELD_FOCAL_POINT} or bool(scope and works_in(desk.session, person, scope))


def may_for(desk: Desk, act: Act, scope: str) -> bool:
    """Whether the person at the desk has a right for the workplan of `scope`."""
    return may(desk.session, desk.person, act) and serves_place(desk, desk.person, act, scope)


def known_scope(desk: Desk, scope: str) -> str:
    """The scope itself, if a shared channel serves it; refuses any other."""
    scopes = tuple(channel.scope for channel in all_channels(desk.session))
    if scope not in scopes:
        raise NoSuchPlace(scope, scopes)
    return scope


def open_draft(desk: Desk, scope: str) -> Draft:
    """The draft that takes a change: the one there is, or a new version.

    A proposal that is changed does not stand any more, and neither does what was adopted of it (IV.5-5).
    """
    last = latest(desk.session, scope)
    if last and last.status is WorkplanStatus.DRAFT:
        return Draft(last)
    voided = last if last and _void(desk, last) else None
    plan = Workplan(
        scope=scope,
        version=last.version + 1 if last else 1,
        status=WorkplanStatus.DRAFT,
        channel_id=channel_for(desk.session, scope).channel_id,
        begun_by=desk.person.key,
        begun_at=desk.now,
    )
    desk.session.add(plan)
    desk.session.flush()
    return Draft(plan, begun=True, voided=voided)


def _void(desk: Desk, plan: Workplan) -> bool:
    waiting = (col(Workplan.id) == plan.key) & col(Workplan.status).in_(PENDING)
    done = desk.session.exec(update(Workplan).where(waiting).values(status=WorkplanStatus.VOID))
    desk.session.refresh(plan)
    return done.rowcount == 1


def plan_facts(desk: Desk, plan: Workplan) -> dict[str, Any]:
    """The facts that every event about a version has."""
    return {
        "clause": plan.clause,
        "subject": plan.subject,
        "workplan_id": plan.key,
        "scope": plan.scope,
        "version": plan.version,
        "by": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
    }


def draft_facts(desk: Desk, draft: Draft) -> dict[str, Any]:
    """The facts that every event about a change of a draft has."""
    return {
        **plan_facts(desk, draft.plan),
        "begun": draft.begun,
        "voided": draft.voided.version if draft.voided else 0,
        "voided_id": draft.voided.key if draft.voided else 0,
    }


def versions(session: Session, scope: str) -> Sequence[Workplan]:
    """Every version of one workplan, the oldest first."""
    query = select(Workplan).where(Workplan.scope == scope)
    return session.exec(query.order_by(col(Workplan.version))).all()


def latest(session: Session, scope: str) -> Workplan | None:
    """The newest version of one workplan, if there is any."""
    return next(reversed(versions(session, scope)), None)


def in_force(session: Session, scope: str) -> Workplan | None:
    """The version of one workplan that both parties have adopted, if there is one."""
    query = select(Workplan).where(Workplan.scope == scope, Workplan.status == WorkplanStatus.IN_FORCE)
    return session.exec(query).first()


def get_workplan(session: Session, workplan_id: int) -> Workplan:
    """One version; refuses an unknown key."""
    row = session.get(Workplan, workplan_id)
    if row is None:
        raise NoSuchWorkplan("")
    return row


def current(session: Session, scope: str) -> Workplan:
    """The newest version of one workplan; refuses a place that has none."""
    row = latest(session, scope)
    if row is None:
        raise NoSuchWorkplan(scope)
    return row
