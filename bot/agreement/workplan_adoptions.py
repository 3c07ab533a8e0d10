"""IV.5-2 and IV.5-5: both parties adopt the same content, by its fingerprint; silence is never consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.files import Attachment, StoredFile, keep
from bot.agreement.fulfilments import fulfil
from bot.agreement.people import Person, Refusal, roles_of
from bot.agreement.rights import RIGHTS, Act
from bot.agreement.workplan_contents import canonical, content
from bot.agreement.workplan_items import SEPARATOR
from bot.agreement.workplan_reminders import replan
from bot.agreement.workplans import (
    GLOBAL_CLAUSE,
    PENDING,
    PlanEvent,
    Workplan,
    WorkplanStatus,
    get_workplan,
    in_force,
    latest,
    plan_facts,
    require_for,
)


class Adoption(SQLModel, table=True):
    """One party's adoption of one version: by whom, in which capacities, when, and of exactly which content."""

    workplan_id: int = Field(foreign_key="workplan.id", primary_key=True)
    party: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    capacity: str
    sha256: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WorkplanProposed(PlanEvent):
    """A draft was fixed and put to both parties; `items` is how many it has."""

    sha256: str
    file_id: int
    items: int


@dataclass(frozen=True, kw_only=True)
class WorkplanAdopted(PlanEvent):
    """A party adopted a version. `complete` says that both have, and that it is in force now.

    `waiting_for` has not adopted it yet; `replaced` is the version it takes the place of and `replaced_id` its
    row; `due_on` is when the global workplan was due, and `days_late` by how much it missed that day.
    """

    sha256: str
    at: datetime
    complete: bool
    waiting_for: tuple[str, ...]
    replaced: int
    replaced_id: int
    due_on: date | None
    days_late: int


@dataclass
class EmptyWorkplan(AgreementError):
    """A workplan without an item says nothing that could be adopted."""

    routine = "workplans"
    scope: str


@dataclass
class NotADraft(Refusal):
    """The version has been proposed already, or is in force: there is nothing new to propose."""

    routine = "workplans"
    scope: str
    version: int
    status: WorkplanStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class AlreadyAdopted(Refusal):
    """Somebody of the same party was first."""

    routine = "workplans"
    scope: str
    version: int
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NotAdoptable(Refusal):
    """The version does not wait for anybody: it is a draft, was changed since, or has been replaced."""

    routine = "workplans"
    scope: str
    version: int
    status: WorkplanStatus
    newest: int


def proposing(scope: str) -> Act:
    """The act of proposing a workplan of this scope."""
    return Act.PROPOSE_LOCAL_WORKPLAN if scope else Act.PROPOSE_WORKPLAN


def adopting(scope: str) -> Act:
    """The act of adopting a workplan of this scope."""
    return Act.ADOPT_LOCAL_WORKPLAN if scope else Act.ADOPT_WORKPLAN


def propose(desk: Desk, *, workplan_id: int) -> WorkplanProposed:
    """Fix the content of a draft and put it to both parties (IV.5-2, IV.5-5)."""
    plan = get_workplan(desk.session, workplan_id)
    require_for(desk, proposing(plan.scope), plan.scope)
    said = content(desk, plan)
    if plan.status is WorkplanStatus.DRAFT and not said["items"]:
        raise EmptyWorkplan(plan.scope)
    place = plan.scope.replace(" ", "-") or "global"
    file_id = keep(desk.session, Attachment(f"workplan-{place}-v{plan.version}.json", canonical(said)))
    digest = desk.session.get_one(StoredFile, file_id).sha256
    draft = (col(Workplan.id) == plan.key) & (col(Workplan.status) == WorkplanStatus.DRAFT)
    values = {"proposed_by": desk.person.key, "proposed_at": desk.now, "file_id": file_id, "sha256": digest}
    done = desk.session.exec(update(Workplan).where(draft).values(status=WorkplanStatus.PROPOSED, **values))
    desk.session.refresh(plan)
    if done.rowcount != 1:
        raise _not_a_draft(desk, plan)
    return WorkplanProposed(
        **plan_facts(desk, plan), sha256=digest, file_id=file_id or 0, items=len(said["items"])
    )


def _not_a_draft(desk: Desk, plan: Workplan) -> NotADraft:
    by = desk.session.get_one(Person, plan.proposed_by)
    party = desk.definition.party(by.party).abbreviation
    at = plan.proposed_at or desk.now
    return NotADraft(plan.scope, plan.version, plan.status, by.name, party, at, desk.definition.tz)


def adopt(desk: Desk, *, workplan_id: int) -> WorkplanAdopted:
    """Adopt exactly this version for the person's party; with the last party's adoption it is in force."""
    plan = get_workplan(desk.session, workplan_id)
    require_for(desk, adopting(plan.scope), plan.scope)
    _refuse_second(desk, plan)
    _enter(desk, plan)
    adopted = {row.party for row in adoptions(desk.session, plan.key)}
    waiting_for = tuple(party.abbreviation for party in desk.definition.parties if party.id not in adopted)
    before = in_force(desk.session, plan.scope)
    _move(desk, plan, complete=not waiting_for)
    replaced = _replace(desk, before) if before and not waiting_for else None
    due_on, days_late = _settle(desk, plan) if not waiting_for else (None, 0)
    return WorkplanAdopted(
        **plan_facts(desk, plan),
        sha256=plan.sha256,
        at=desk.now,
        complete=not waiting_for,
        waiting_for=waiting_for,
        replaced=replaced.version if replaced else 0,
        replaced_id=replaced.key if replaced else 0,
        due_on=due_on,
        days_late=days_late,
    )


def _refuse_second(desk: Desk, plan: Workplan) -> None:
    mine = desk.session.get(Adoption, (plan.key, desk.person.party))
    if plan.status is WorkplanStatus.VOID or mine is None:
        return
    by = desk.session.get_one(Person, mine.person_id)
    party = desk.definition.party(by.party).abbreviation
    raise AlreadyAdopted(plan.scope, plan.version, by.name, party, mine.at, desk.definition.tz)


def _enter(desk: Desk, plan: Workplan) -> None:
    if plan.status not in PENDING:
        newest = latest(desk.session, plan.scope) or plan
        raise NotAdoptable(plan.scope, plan.version, plan.status, newest.version)
    capacity = roles_of(desk.session, desk.person) & RIGHTS[adopting(plan.scope)].roles
    desk.session.add(
        Adoption(
            workplan_id=plan.key,
            party=desk.person.party,
            person_id=desk.person.key,
            capacity=SEPARATOR.join(sorted(capacity)),
            sha256=plan.sha256,
            at=desk.now,
        )
    )
    desk.session.flush()


def _move(desk: Desk, plan: Workplan, *, complete: bool) -> None:
    status = WorkplanStatus.IN_FORCE if complete else WorkplanStatus.ADOPTED_BY_ONE
    waiting = (col(Workplan.id) == plan.key) & col(Workplan.status).in_(PENDING)
    values = {"status": status, "in_force_at": desk.now if complete else None}
    done = desk.session.exec(update(Workplan).where(waiting).values(**values))
    desk.session.refresh(plan)
    if done.rowcount != 1:
        raise NotAdoptable(plan.scope, plan.version, plan.status, plan.version)


def _replace(desk: Desk, before: Workplan) -> Workplan:
    standing = (col(Workplan.id) == before.key) & (col(Workplan.status) == WorkplanStatus.IN_FORCE)
    desk.session.exec(update(Workplan).where(standing).values(status=WorkplanStatus.REPLACED))
    desk.session.refresh(before)
    return before


def _settle(desk: Desk, plan: Workplan) -> tuple[date | None, int]:
    """What follows once a version is in force: its reminders and, for the global one, the duty (IV.5-2)."""
    replan(desk, plan.scope)
    if plan.scope:
        return None, 0
    evidence = f"SHA-256 {plan.sha256}"
    met = fulfil(desk, clause=GLOBAL_CLAUSE, on=desk.today, evidence=evidence)
    return (met.due_on, met.days_late) if met else (None, 0)


def adoptions(session: Session, workplan_id: int) -> Sequence[Adoption]:
    """Who has adopted a version, in the order in which they did."""
    return session.exec(
        select(Adoption).where(Adoption.workplan_id == workplan_id).order_by(col(Adoption.at))
    ).all()
