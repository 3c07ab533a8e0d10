"""IV.6-1: one line a period on each joint project and opportunity, or "no change"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Person, Refusal, require
from bot.agreement.projects import (
    CLAUSE,
    GOING_ON,
    JointProject,
    NotFilledIn,
    asked_of,
    event_facts,
    get_open,
    get_project,
    period_of,
    plan_next_line,
)
from bot.agreement.rights import Act

LENGTH = 200
"""Characters of one line."""


class ProjectLine(SQLModel, table=True):
    """One line that one party said; an empty text means "no change", said once for each period."""

    __table_args__ = (UniqueConstraint("project_id", "party", "no_change_for"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="jointproject.id", index=True)
    party: str
    person_id: int = Field(foreign_key="person.id")
    at: datetime
    period_on: date | None = None
    no_change_for: date | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LineAdded(Event):
    """A party said in one line how a project stands; an empty text means that nothing changed."""

    project_id: int
    number: str
    title: str
    text: str
    by: str
    party: str


@dataclass(frozen=True, kw_only=True)
class LineAsked(FollowedUp):
    """The responsible persons were asked for one line; `people` are the persons told."""

    project_id: int
    people: tuple[int, ...]


@dataclass
class AlreadySaid(Refusal):
    """The party has said something of this project in this period."""

    routine = "projects"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


def add_line(desk: Desk, *, project_id: int, text: str) -> LineAdded:
    """Say in one line how a project stands, for one's own party."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    row = get_open(desk, project_id)
    line = " ".join(text.split())
    if not line:
        raise NotFilledIn("line")
    return _put(desk, row, text=line[:LENGTH])


def no_change(desk: Desk, *, project_id: int) -> LineAdded:
    """Say that nothing has changed in this period; refused when the party has said anything in it."""
    require(desk.session, desk.person, Act.KEEP_PROJECTS)
    row = get_open(desk, project_id)
    period = period_of(desk, row)
    said = _said_in(desk.session, row, desk.person.party, period)
    if said:
        by = desk.session.get_one(Person, said.person_id).name
        party = desk.definition.party(said.party).abbreviation
        raise AlreadySaid(row.number, by, party, said.at, desk.definition.tz)
    return _put(desk, row, no_change_for=period)


def _put(desk: Desk, row: JointProject, *, text: str = "", no_change_for: date | None = None) -> LineAdded:
    line = ProjectLine(
        project_id=row.key,
        party=desk.person.party,
        person_id=desk.person.key,
        at=desk.now,
        period_on=period_of(desk, row),
        no_change_for=no_change_for,
        text=text,
    )
    desk.session.add(line)
    desk.session.flush()
    return LineAdded(**event_facts(desk, row), text=text)


def _said_in(session: Session, row: JointProject, party: str, period: date | None) -> ProjectLine | None:
    query = select(ProjectLine).where(
        ProjectLine.project_id == row.key, ProjectLine.party == party, ProjectLine.period_on == period
    )
    return session.exec(query.order_by(col(ProjectLine.id))).first()


def lines_of(session: Session, project_id: int) -> Sequence[ProjectLine]:
    """Every line on one project, the oldest first."""
    query = select(ProjectLine).where(ProjectLine.project_id == project_id)
    return session.exec(query.order_by(col(ProjectLine.id))).all()


def lacking(desk: Desk, row: JointProject) -> list[str]:
    """The parties that have said nothing of a project in the period under way."""
    period = period_of(desk, row)
    parties = [party.id for party in desk.definition.parties]
    return [party for party in parties if _said_in(desk.session, row, party, period) is None]


def ask_for_line(desk: Desk, *, waiting: Waiting) -> LineAsked:
    """Ask, once a period, those who have said nothing yet, and plan when to ask next.

    Raises NothingToSay when the project has been closed meanwhile.
    """
    facts = mark_followed_up(desk, waiting)
    row = get_project(desk.session, waiting.key)
    if row.status not in GOING_ON:
        raise NothingToSay
    people = [person for party in lacking(desk, row) for person in asked_of(desk, row, party)]
    plan_next_line(desk, row)
    return LineAsked(
        clause=CLAUSE,
        number=row.number,
        title=row.title,
        project_id=row.key,
        people=tuple(person.key for person in people),
        **facts,
    )
