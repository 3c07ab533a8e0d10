"""IX.1: a joint project starts once its gates are open; an opportunity becomes one; either may be closed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col

from bot.agreement import follow_ups
from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.people import Person, Refusal, require
from bot.agreement.project_data import ease
from bot.agreement.project_gates import Gate, all_agreed, closed_gates, gates_of, set_up
from bot.agreement.project_registers import held
from bot.agreement.projects import (
    MACHINE,
    EndsBeforeItStarts,
    JointProject,
    NotFilledIn,
    ProjectKind,
    ProjectStatus,
    event_facts,
    get_gated,
    get_open,
    get_project,
    is_closed,
)
from bot.agreement.rights import Act
from bot.agreement.transitions import move
from bot.agreement.workplans import serves_place


@dataclass(frozen=True, kw_only=True)
class ProjectStarted(Event):
    """A joint project started: every gate was open."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProjectBecame(Event):
    """An opportunity became a joint project, which has to be prepared before it starts."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class ProjectClosed(Event):
    """A project is over, or an opportunity came to nothing; `held` entries of its data are still held."""

    project_id: int
    number: str
    title: str
    outcome: str
    by: str
    party: str
    held: int


@dataclass
class GatesClosed(Refusal):
    """A project cannot start before every gate is open; `gates` names those that are closed."""

    routine = "projects"
    number: str
    gates: tuple[Gate, ...]


@dataclass
class OtherPlace(Refusal):
    """A focal point starts projects of the place they work in, and this is of another."""

    routine = "projects"
    number: str
    name: str
    office: str


@dataclass
class AlreadyStarted(Refusal):
    """Somebody started it first, or it had begun before it was entered."""

    routine = "projects"
    number: str
    by: str
    party: str
    at: datetime
    zone: str
    had_begun: bool


@dataclass
class BeginningUnconfirmed(Refusal):
    """One party, `party`, says that it had begun; the other has still to say whether it had."""

    routine = "projects"
    number: str
    party: str


@dataclass
class AlreadyAProject(Refusal):
    """It is a joint project by now."""

    routine = "projects"
    number: str


def start_project(desk: Desk, *, project_id: int) -> ProjectStarted:
    """Start a project of which every gate is open; refused with each that is closed."""
    require(desk.session, desk.person, Act.START_PROJECT)
    row = get_gated(desk, project_id)
    _serving_there(desk, row)
    if row.status is ProjectStatus.PREPARING:
        check_open(desk, row)
    started = {"started_by": desk.person.key, "started_at": desk.now}
    move(desk, row, MACHINE, "start_project", lambda: _not_held(desk, row), all_agreed(row.key), **started)
    return ProjectStarted(**{**event_facts(desk, row), "clause": "IX.1(a)"}, at=desk.now)


def _serving_there(desk: Desk, row: JointProject) -> None:
    scope = get_channel(desk.session, row.channel_id).scope
    if not serves_place(desk, desk.person, Act.START_PROJECT, scope):
        raise OtherPlace(row.number, desk.person.name, desk.person.office)


def check_open(desk: Desk, row: JointProject) -> None:
    """Refuse to start while a gate is closed."""
    closed = closed_gates(desk.session, row.key)
    if closed:
        raise GatesClosed(row.number, tuple(gate.gate for gate in closed))


def _not_held(desk: Desk, row: JointProject) -> AgreementError:
    """Why nothing was to be started any more."""
    if row.status is ProjectStatus.CLOSED:
        return is_closed(desk, row)
    if row.status is ProjectStatus.STATED:
        return BeginningUnconfirmed(row.number, desk.definition.party(row.party).abbreviation)
    by = desk.session.get_one(Person, row.started_by or row.author_id)
    party, at = desk.definition.party(by.party).abbreviation, row.started_at or row.entered_at
    return AlreadyStarted(row.number, by.name, party, at, desk.definition.tz, row.had_begun)


def become_project(
    desk: Desk, *, project_id: int, starts_on: date | None, ends_on: date | None
) -> ProjectBecame:
    """Make an opportunity a joint project, which its gates then hold until they are open."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    row = get_open(desk, project_id)
    if starts_on is None:
        raise NotFilledIn("starts_on")
    if ends_on and ends_on < starts_on:
        raise EndsBeforeItStarts("ends_on", starts_on)
    opportunity = col(JointProject.kind) == ProjectKind.OPPORTUNITY
    became = {"kind": ProjectKind.PROJECT, "starts_on": starts_on, "ends_on": ends_on}
    move(desk, row, MACHINE, "become_project", lambda: AlreadyAProject(row.number), opportunity, **became)
    set_up(desk, row.key)
    return ProjectBecame(**{**event_facts(desk, row), "clause": "IX.1(a)"}, starts_on=starts_on)


def close_project(desk: Desk, *, project_id: int, outcome: str) -> ProjectClosed:
    """Say how it ended; nothing but its data is asked about any more. The first to say so stands."""
    require(desk.session, desk.person, Act.CLOSE_PROJECT)
    row = get_project(desk.session, project_id)
    if not outcome.strip():
        raise NotFilledIn("outcome")
    ended = {"outcome": outcome.strip(), "closed_by": desk.person.key, "closed_at": desk.now}
    move(desk, row, MACHINE, "close_project", lambda: is_closed(desk, row), **ended)
    for subject in (row.subject, *(gate.subject for gate in gates_of(desk.session, row.key).values())):
        follow_ups.drop(desk.session, subject)
    ease(desk, row)
    left = len(held(desk.session, row.key))
    return ProjectClosed(**event_facts(desk, row), outcome=row.outcome, held=left)
