"""IV.6-1: a register of joint projects and of opportunities, of which the parties tell each other regularly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.acknowledgements import points
from bot.agreement.activities import NewActivity, take_in
from bot.agreement.channels import get_channel
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.exchanges import NoSuchArea
from bot.agreement.follow_ups import foresee
from bot.agreement.ledger import Occurrence
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require, require_clause
from bot.agreement.planning import day_before
from bot.agreement.project_gates import set_up
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move

CLAUSE = "IV.6-1"
LINE = "project_line"
"""What is planned: the responsible persons are asked for one line."""
GATES_WANTED = "project_gates"
"""What is planned for a project that had begun when it was entered: what was not settled is asked for."""

BEGUN = "project_begun"
"""What is planned: the other party is asked again whether a project had begun before it was put on record."""


class ProjectKind(StrEnum):
    """What stands in the register."""

    PROJECT = "project"
    """A joint project."""
    OPPORTUNITY = "opportunity"
    """Something that may lead to working together."""


class ProjectStatus(StrEnum):
    """Where a project or an opportunity stands."""

    PREPARING = "preparing"
    """A project that may not start before everything is settled (IX.1, IX.2-4)."""
    RUNNING = "running"
    """It goes on."""
    CLOSED = "closed"
    """It is over, or came to nothing."""
    STATED = "stated"
    """One party says that it had begun before it was put on record; the other has still to say whether it had."""


GOING_ON = frozenset({ProjectStatus.STATED, ProjectStatus.PREPARING, ProjectStatus.RUNNING})
"""As long as it is not closed, lines are asked for."""
MACHINE = Machine(
    name="projects",
    begins=GOING_ON,
    moves={
        "start_project": Move(
            frozenset({ProjectStatus.PREPARING}),
            ProjectStatus.RUNNING,
            Act.START_PROJECT,
            written=True,
        ),
        "become_project": Move(
            frozenset({ProjectStatus.RUNNING}), ProjectStatus.PREPARING, Act.KEEP_PROJECTS
        ),
        "confirm_begun": Move(
            frozenset({ProjectStatus.STATED}),
            ProjectStatus.RUNNING,
            Act.CONFIRM_GATE,
            written=True,
        ),
        "deny_begun": Move(frozenset({ProjectStatus.STATED}), ProjectStatus.PREPARING, Act.CONFIRM_GATE),
        "close_project": Move(GOING_ON, ProjectStatus.CLOSED, Act.CLOSE_PROJECT),
    },
)
"""An opportunity goes on from the day it is entered, and a project that had begun by then as soon as the other
party says so too; any other is in preparation until its gates are open. Only an opportunity becomes a project."""


class JointProject(NumberedRow, table=True):
    """One joint project or opportunity; `party` put it into the register.

    `had_begun` says that a project was entered as having begun before, so that nothing held its start;
    `begun_by` is who said for the other party whether it had. It is no foreign key, since SQLite adds none.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id", index=True)
    kind: ProjectKind = Field(sa_type=status_type(ProjectKind))
    title: str
    area: str
    lead_party: str
    starts_on: date
    ends_on: date | None = None
    entered_at: datetime
    status: ProjectStatus = Field(sa_type=status_type(ProjectStatus))
    had_begun: bool = False
    begun_by: int | None = None
    begun_at: datetime | None = None
    started_by: int | None = Field(default=None, foreign_key="person.id")
    started_at: datetime | None = None
    outcome: str = ""
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"project:{self.key}"

    def side_of(self, party: str) -> Side:
        """Whoever entered it began; the other party says whether it had begun by then."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


class Responsible(SQLModel, table=True):
    """The person whom one party made responsible for one project; each party names its own."""

    project_id: int = Field(foreign_key="jointproject.id", primary_key=True)
    party: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")


@dataclass(frozen=True, kw_only=True)
class ProjectAdded(Event):
    """A joint project or an opportunity was put into the register."""

    project_id: int
    number: str
    title: str
    kind: ProjectKind
    had_begun: bool
    by: str
    party: str
    channel_id: str


@dataclass(frozen=True, kw_only=True)
class ResponsibleNamed(Event):
    """A party named the person responsible on its side."""

    project_id: int
    number: str
    title: str
    person: str
    by: str
    party: str


@dataclass
class NotFilledIn(FieldError):
    """A field that the register needs was left empty."""

    routine = "projects"


@dataclass
class EndsBeforeItStarts(FieldError):
    """The last day comes before the first."""

    routine = "projects"
    starts_on: date


@dataclass
class ResponsibleElsewhere(FieldError):
    """Each party names a person of its own."""

    routine = "projects"
    party: str


@dataclass
class NoSuchProject(AgreementError):
    """The register has no such number."""

    routine = "projects"
    number: str


@dataclass
class NotAProject(AgreementError):
    """An opportunity has nothing to settle before a start; it can become a project."""

    routine = "projects"
    number: str


@dataclass
class ProjectIsClosed(Refusal):
    """Somebody has closed it."""

    routine = "projects"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass(frozen=True)
class NewProject:
    """What the form says of a project or an opportunity; the latter may begin when it is entered."""

    kind: ProjectKind
    title: str
    area: str
    channel_id: str
    lead_party: str
    starts_on: date | None
    ends_on: date | None


def add_project(desk: Desk, *, new: NewProject, responsible_id: int) -> ProjectAdded:
    """Put a joint project or an opportunity into the register, beside what there is already (I.2)."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    require_clause(desk.session, CLAUSE)
    starts_on = _check(desk, new)
    scope = get_channel(desk.session, new.channel_id).scope
    row = _entered(desk, new, starts_on)
    _name(desk, row, responsible_id)
    about: dict[str, Any] = {
        "title": row.title,
        "area": row.area,
        "starts_on": starts_on,
        "ends_on": row.ends_on,
    }
    take_in(desk, NewActivity(subject=row.subject, clause=CLAUSE, number=row.number, scope=scope, **about))
    plan_next_line(desk, row)
    facts = event_facts(desk, row)
    return ProjectAdded(**facts, kind=row.kind, had_begun=row.had_begun, channel_id=row.channel_id)


def _entered(desk: Desk, new: NewProject, starts_on: date) -> JointProject:
    """The new row; what is a project has gates, and is held by them unless it had begun before today."""
    project = new.kind is ProjectKind.PROJECT
    had_begun = project and starts_on < desk.today
    held = ProjectStatus.STATED if had_begun else ProjectStatus.PREPARING
    row = JointProject(
        **{**vars(new), "title": new.title.strip(), "starts_on": starts_on},
        year=desk.today.year,
        seq=next_seq(desk.session, JointProject, desk.today.year),
        party=desk.person.party,
        author_id=desk.person.key,
        entered_at=desk.now,
        had_begun=had_begun,
        status=held if project else ProjectStatus.RUNNING,
    )
    desk.session.add(row)
    desk.session.flush()
    if project:
        set_up(desk, row.key)
    if had_begun:
        foresee(desk, row.subject, GATES_WANTED, desk.today, desk.definition.policy("project.gate_steps"))
        foresee(desk, row.subject, BEGUN, desk.today, desk.definition.policy("project.confirm_steps"))
    return row


def _check(desk: Desk, new: NewProject) -> date:
    starts_on = new.starts_on or (desk.today if new.kind is ProjectKind.OPPORTUNITY else None)
    if not new.title.strip():
        raise NotFilledIn("subject")
    if new.area not in {known.id for known in desk.definition.areas}:
        raise NoSuchArea("area", new.area)
    if new.lead_party not in {party.id for party in desk.definition.parties}:
        raise NotFilledIn("lead")
    if starts_on is None:
        raise NotFilledIn("starts_on")
    if new.ends_on and new.ends_on < starts_on:
        raise EndsBeforeItStarts("ends_on", starts_on)
    return starts_on


def name_responsible(desk: Desk, *, project_id: int, person_id: int) -> ResponsibleNamed:
    """Name, for one's own party, the person who is asked for lines."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    row = get_open(desk, project_id)
    person = _name(desk, row, person_id)
    return ResponsibleNamed(**event_facts(desk, row), person=person.name)


def _name(desk: Desk, row: JointProject, person_id: int) -> Person:
    person = desk.session.get(Person, person_id)
    if person is None or person.party != desk.person.party:
        raise ResponsibleElsewhere("responsible", desk.definition.party(desk.person.party).abbreviation)
    desk.session.merge(Responsible(project_id=row.key, party=desk.person.party, person_id=person.key))
    desk.session.flush()
    return person


def event_facts(desk: Desk, row: JointProject) -> dict[str, Any]:
    """What every event about a project says of it and of whoever acted."""
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "project_id": row.key,
        "number": row.number,
        "title": row.title,
        "by": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
    }


def get_project(session: Session, project_id: int) -> JointProject:
    """One project; refuses an unknown key."""
    row = session.get(JointProject, project_id)
    if row is None:
        raise NoSuchProject(str(project_id))
    return row


def get_open(desk: Desk, project_id: int) -> JointProject:
    """One project that is not closed; says who closed it otherwise."""
    row = get_project(desk.session, project_id)
    if row.status not in GOING_ON:
        raise is_closed(desk, row)
    return row


def get_gated(desk: Desk, project_id: int) -> JointProject:
    """One project that is not closed; refuses an opportunity, which has no gates."""
    row = get_open(desk, project_id)
    if row.kind is not ProjectKind.PROJECT:
        raise NotAProject(row.number)
    return row


def is_closed(desk: Desk, row: JointProject) -> ProjectIsClosed:
    """Who closed it, and when."""
    by = desk.session.get_one(Person, row.closed_by)
    party = desk.definition.party(by.party).abbreviation
    return ProjectIsClosed(row.number, by.name, party, row.closed_at or desk.now, desk.definition.tz)


def project_by_number(session: Session, number: str) -> JointProject:
    """One project by the number people quote; refuses one that does not exist."""
    found = find_number(session, JointProject, number)
    if found is None:
        raise NoSuchProject(number.strip())
    return found


def going_on(session: Session) -> Sequence[JointProject]:
    """Every project and opportunity that is not closed, the newest first."""
    query = select(JointProject).where(col(JointProject.status).in_(GOING_ON))
    return session.exec(query.order_by(col(JointProject.id).desc())).all()


def responsible_for(desk: Desk, row: JointProject, party: str) -> Person | None:
    """Whom a party named, as long as that person serves."""
    named = desk.session.get(Responsible, (row.key, party))
    person = desk.session.get(Person, named.person_id) if named else None
    return person if person and person.serves_on(desk.today) else None


def asked_of(desk: Desk, row: JointProject, party: str) -> list[Person]:
    """Who answers for a project on one side: the person named, else whoever speaks for the party there."""
    person = responsible_for(desk, row, party)
    scope = get_channel(desk.session, row.channel_id).scope
    return [person] if person else points(desk, party, scope)


def period_of(desk: Desk, row: JointProject) -> date | None:
    """The last day of the period of exchange that is under way in the place of a project."""
    return next(iter(_periods(desk, row)), None)


def _periods(desk: Desk, row: JointProject) -> Sequence[date]:
    duties = [duty.id for duty in desk.definition.duties if duty.per is Scope.CHANNEL]
    ahead = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        col(Occurrence.duty).in_(duties),
        Occurrence.scope == get_channel(desk.session, row.channel_id).scope,
        Occurrence.due_on >= desk.today,
    )
    rows = desk.session.exec(ahead.order_by(col(Occurrence.due_on)).limit(3)).all()
    return [row.due_on for row in rows]


def plan_next_line(desk: Desk, row: JointProject) -> None:
    """Plan when a line is asked for next: on the day of the next first call of IV.1 in its place."""
    step = next(duty.steps[0] for duty in desk.definition.duties if duty.per is Scope.CHANNEL)
    for due_on in _periods(desk, row):
        if desk.calendar.previous_working(day_before(due_on, step)) > desk.today:
            foresee(desk, row.subject, LINE, due_on, (step,))
            return
