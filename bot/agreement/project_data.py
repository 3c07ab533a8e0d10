"""IX.1(d): how each party protects personal data in a joint project, principle by principle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import drop, foresee
from bot.agreement.people import Person, Refusal, require
from bot.agreement.project_answers import moved_on, nothing_holds
from bot.agreement.project_gates import GATES, Gate, GateStatus, gates_of
from bot.agreement.project_registers import CLAUSE, DataHolding, ProcessingEntry, held, register_of
from bot.agreement.projects import (
    JointProject,
    NotAProject,
    ProjectKind,
    ProjectStatus,
    event_facts,
    get_project,
    is_closed,
)
from bot.agreement.rights import Act
from bot.agreement.storage import status_type
from bot.agreement.time_limits import Period, Result, end
from bot.agreement.transitions import move

RECHECK, PLAN = "project_data_recheck", "project_data_plan"
"""What is planned for one party's answer: the yearly re-check, and the day of its plan."""


class DataPrinciple(StrEnum):
    """The ten principles on personal data and privacy of the United Nations organizations, of 2018."""

    FAIR = "fair"
    """Fair and legitimate processing."""
    PURPOSE = "purpose"
    """Purpose specification."""
    PROPORTION = "proportion"
    """Proportionality and necessity."""
    RETENTION = "retention"
    """Retention."""
    ACCURACY = "accuracy"
    """Accuracy."""
    CONFIDENTIALITY = "confidentiality"
    """Confidentiality."""
    SECURITY = "security"
    """Security."""
    TRANSPARENCY = "transparency"
    """Transparency."""
    TRANSFERS = "transfers"
    """Transfers."""
    ACCOUNTABILITY = "accountability"
    """Accountability."""


class PrincipleMet(StrEnum):
    """What a party answers on one principle."""

    YES = "yes"
    """It is met."""
    NOT_YET = "not_yet"
    """It is not met yet: there is a plan with a day."""


class DataCheck(SQLModel, table=True):
    """What one party answered once; the latest answer counts, and the earlier ones are its history."""

    __table_args__ = (UniqueConstraint("project_id", "party", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="jointproject.id", index=True)
    party: str
    seq: int
    processes: bool
    reason: str = ""
    note: str = ""
    plan: str = ""
    plan_on: date | None = None
    person_id: int = Field(foreign_key="person.id")
    at: datetime
    again_on: date

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        return self.id or 0

    @property
    def subject(self) -> str:
        """How what is planned for it names it; it outlives the project and the Agreement."""
        return f"project_check:{self.key}"


class PrincipleAnswer(SQLModel, table=True):
    """What one answer says on one principle."""

    check_id: int = Field(foreign_key="datacheck.id", primary_key=True)
    principle: DataPrinciple = Field(sa_type=status_type(DataPrinciple), primary_key=True)
    met: PrincipleMet = Field(sa_type=status_type(PrincipleMet))


@dataclass(frozen=True, kw_only=True)
class DataAnswered(Event):
    """A party answered on personal data in a project; `all_open` says that nothing holds its start any more."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    processes: bool
    open_principles: int
    again_on: date
    agree: bool
    all_open: bool


@dataclass
class ReasonMissing(FieldError):
    """Why no personal data are processed is not said."""

    routine = "projects"


@dataclass
class PrincipleUnanswered(FieldError):
    """One of the ten principles has no answer."""

    routine = "projects"


@dataclass
class PlanMissing(FieldError):
    """What is not met yet needs a plan, with a day after today; `count` principles are not met yet."""

    routine = "projects"
    count: int
    today: date


@dataclass
class CheckedMeanwhile(Refusal):
    """Somebody of the same party answered first."""

    routine = "projects"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass(frozen=True, kw_only=True)
class DataAnswer:
    """What the form says: whether personal data are processed, why not, or how the principles are met."""

    processes: bool
    reason: str = ""
    met: Mapping[DataPrinciple, PrincipleMet | None]
    note: str = ""
    plan: str = ""
    plan_on: date | None = None


def answer_data(desk: Desk, *, project_id: int, answer: DataAnswer, seen: int) -> DataAnswered:
    """Answer for one's own party; `seen` is how often it had answered when the form was opened."""
    require(desk.session, desk.person, Act.KEEP_PROJECT_DATA)
    row = get_checked(desk, project_id)
    _check(desk, answer)
    before = checks_of(desk.session, row.key).get(desk.person.party)
    if (before.seq if before else 0) != seen:
        raise _meanwhile(desk, row, before)
    check = _put(desk, row, answer, seen + 1)
    if before:
        drop(desk.session, before.subject)
    _plan(desk, row, check)
    agree = settle_data(desk, row)
    return DataAnswered(
        **{**event_facts(desk, row), "clause": CLAUSE},
        processes=check.processes,
        open_principles=sum(met is PrincipleMet.NOT_YET for met in answer.met.values()),
        again_on=check.again_on,
        agree=agree,
        all_open=agree and nothing_holds(desk, row),
    )


def get_checked(desk: Desk, project_id: int) -> JointProject:
    """A project on whose data a party may answer: also one that is closed, as long as data are held."""
    row = get_project(desk.session, project_id)
    if row.kind is not ProjectKind.PROJECT:
        raise NotAProject(row.number)
    if row.status is ProjectStatus.CLOSED and not held(desk.session, row.key):
        raise is_closed(desk, row)
    return row


def _check(desk: Desk, answer: DataAnswer) -> None:
    if not answer.processes:
        if not answer.reason.strip():
            raise ReasonMissing("reason")
        return
    for principle in DataPrinciple:
        if answer.met.get(principle) is None:
            raise PrincipleUnanswered(principle.value)
    count = sum(met is PrincipleMet.NOT_YET for met in answer.met.values())
    if count and not answer.plan.strip():
        raise PlanMissing("plan", count, desk.today)
    if count and (answer.plan_on is None or answer.plan_on <= desk.today):
        raise PlanMissing("plan_on", count, desk.today)


def _meanwhile(desk: Desk, row: JointProject, before: DataCheck | None) -> CheckedMeanwhile:
    by = desk.session.get_one(Person, before.person_id if before else None)
    party = desk.definition.party(by.party).abbreviation
    return CheckedMeanwhile(row.number, by.name, party, before.at if before else desk.now, desk.definition.tz)


def _put(desk: Desk, row: JointProject, answer: DataAnswer, seq: int) -> DataCheck:
    planned = answer.processes and PrincipleMet.NOT_YET in answer.met.values()
    check = DataCheck(
        project_id=row.key,
        party=desk.person.party,
        seq=seq,
        processes=answer.processes,
        reason="" if answer.processes else answer.reason.strip(),
        note=answer.note.strip() if answer.processes else "",
        plan=answer.plan.strip() if planned else "",
        plan_on=answer.plan_on if planned else None,
        person_id=desk.person.key,
        at=desk.now,
        again_on=again_on(desk, desk.today).date,
    )
    desk.session.add(check)
    desk.session.flush()
    given = answer.met.items() if answer.processes else ()
    answers = [PrincipleAnswer(check_id=check.key, principle=each, met=met) for each, met in given if met]
    desk.session.add_all(answers)
    desk.session.flush()
    return check


def again_on(desk: Desk, checked_on: date) -> Result:
    """When a party is to look at its answer again: a working rule; the text sets no interval."""
    months = desk.definition.policy("project.data_recheck_months")
    return end(checked_on, Period.parse(f"P{months}M"))


def _plan(desk: Desk, row: JointProject, check: DataCheck) -> None:
    if row.status is ProjectStatus.CLOSED and not check.processes:
        return
    steps = desk.definition.policy("project.data_recheck_steps")
    foresee(desk, check.subject, RECHECK, check.again_on, steps)
    if check.plan_on:
        foresee(desk, check.subject, PLAN, check.plan_on, desk.definition.policy("project.data_plan_steps"))


def settle_data(desk: Desk, row: JointProject) -> bool:
    """Settle the gate when both parties have answered alike, and the register says what is processed."""
    gate = gates_of(desk.session, row.key)[Gate.DATA]
    proposing = {"stated_by": desk.person.party, "proposed_by": desk.person.key, "proposed_at": desk.now}
    version = gate.version + 1
    move(desk, gate, GATES, "answer_data", lambda: moved_on(desk, row, gate), version=version, **proposing)
    if not complete(desk, row):
        return False
    settled = {"settled_by": desk.person.key, "settled_at": desk.now}
    move(desk, gate, GATES, "complete_data", lambda: moved_on(desk, row, gate), **settled)
    return gate.status is GateStatus.AGREED


def complete(desk: Desk, row: JointProject) -> bool:
    """Whether both parties say alike that data are processed or not, with the register begun if they are."""
    checks = checks_of(desk.session, row.key)
    said = {check.processes for check in checks.values()}
    if len(checks) < len(desk.definition.parties) or len(said) != 1:
        return False
    return said == {False} or bool(register_of(desk.session, row.key))


def checks_of(session: Session, project_id: int) -> dict[str, DataCheck]:
    """The latest answer of each party that has answered."""
    query = select(DataCheck).where(DataCheck.project_id == project_id).order_by(col(DataCheck.seq))
    return {check.party: check for check in session.exec(query).all()}


def answers_of(session: Session, check: DataCheck) -> dict[DataPrinciple, PrincipleMet]:
    """What an answer says, principle by principle, in their order."""
    query = select(PrincipleAnswer).where(PrincipleAnswer.check_id == check.key)
    given = {row.principle: row.met for row in session.exec(query).all()}
    return {principle: given[principle] for principle in DataPrinciple if principle in given}


def ease(desk: Desk, row: JointProject) -> None:
    """Once a project is closed and no data of it are held, nothing more is asked of its data."""
    if row.status is not ProjectStatus.CLOSED or held(desk.session, row.key):
        return
    for check in checks_of(desk.session, row.key).values():
        drop(desk.session, check.subject)


@dataclass(frozen=True)
class DataKept:
    """Personal data that one party holds for a joint project, and what it has still to do about them."""

    project_id: int
    number: str
    title: str
    status: ProjectStatus
    party: str
    data: str
    retention_until: date
    checked_at: datetime | None
    again_on: date | None


def kept_after(session: Session) -> tuple[DataKept, ...]:
    """What lives on of IX.1(d) after a project and after the Agreement: everything not purged or returned."""
    return tuple(_kept(session, entry, row) for entry, row in kept_entries(session))


def kept_entries(session: Session) -> list[tuple[ProcessingEntry, JointProject]]:
    """Every entry that is held still, with its project, by the end of its retention."""
    query = (
        select(ProcessingEntry, JointProject)
        .join(JointProject, col(JointProject.id) == col(ProcessingEntry.project_id))
        .where(ProcessingEntry.status == DataHolding.HELD)
    )
    by_day = query.order_by(col(ProcessingEntry.retention_until), col(ProcessingEntry.id))
    return list(session.exec(by_day).all())


def _kept(session: Session, entry: ProcessingEntry, row: JointProject) -> DataKept:
    check = checks_of(session, row.key).get(entry.party)
    return DataKept(
        project_id=row.key,
        number=row.number,
        title=row.title,
        status=row.status,
        party=entry.party,
        data=entry.data,
        retention_until=entry.retention_until,
        checked_at=check.at if check else None,
        again_on=check.again_on if check else None,
    )
