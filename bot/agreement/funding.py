"""IV.11: the restricted log of funding leads, which few may see.

A lead is for both sides' contact points and alternates, and for those named on it. No event of this routine
carries a lead's title or donor, since the journal is not as restricted as the lead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, holders, may, require, require_clause
from bot.agreement.rights import RIGHTS, Act
from bot.agreement.storage import status_type

CLAUSE = "IV.11"
DEADLINE = "funding_deadline"
"""The follow-up that says, to those who may see a lead, that its deadline comes near."""


class LeadStatus(StrEnum):
    """How far a lead has come."""

    IDEA = "idea"
    """Somebody thought of it."""
    CONTACTED = "contacted"
    """The donor was contacted."""
    PROPOSAL = "proposal"
    """A proposal was handed in."""
    AGREED = "agreed"
    """The donor agreed."""
    DECLINED = "declined"
    """The donor declined."""


OPEN = frozenset({LeadStatus.IDEA, LeadStatus.CONTACTED, LeadStatus.PROPOSAL})


class FundingLead(NumberedRow, table=True):
    """One chance of support from a donor; `changes` counts how often it was changed, so that none is lost."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    title: str
    donor: str
    amount: str = ""
    scope: str = ""
    area: str
    deadline: date | None = None
    lead_party: str
    status: LeadStatus = Field(sa_type=status_type(LeadStatus))
    notes: str = ""
    logged_by: int = Field(foreign_key="person.id")
    logged_at: datetime
    changed_by: int = Field(foreign_key="person.id")
    changed_at: datetime
    changes: int = 0

    @property
    def subject(self) -> str:
        """The case, as events and cards name it."""
        return f"lead:{self.key}"


class LeadPerson(SQLModel, table=True):
    """Somebody named on a lead, who may see it beside both sides' contact points and alternates."""

    lead_id: int = Field(foreign_key="fundinglead.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)


@dataclass(frozen=True, kw_only=True)
class Lead:
    """What was filled in about a lead; `named` are the numbers of persons who may see it, too."""

    title: str
    donor: str
    amount: str
    scope: str
    area: str
    deadline: date | None
    lead_party: str
    status: LeadStatus
    notes: str
    named: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class LeadEvent(Event):
    """Something happened to one lead."""

    lead_id: int
    number: str
    by: str
    party: str


@dataclass(frozen=True, kw_only=True)
class LeadLogged(LeadEvent):
    """A lead was put on the log."""


@dataclass(frozen=True, kw_only=True)
class LeadChanged(LeadEvent):
    """A lead was brought up to date."""

    status: LeadStatus


@dataclass(frozen=True, kw_only=True)
class LeadRead(LeadEvent):
    """Somebody read a lead in detail: the access log of what is restricted."""


@dataclass(frozen=True, kw_only=True)
class LeadDeadlineNear(FollowedUp):
    """A lead's deadline comes near; `title` stays empty, since the journal is not as restricted as the lead."""

    lead_id: int


@dataclass
class LeadEmpty(FieldError):
    """A field that says what the lead is was left empty."""

    routine = "funding"


@dataclass
class DeadlinePassed(FieldError):
    """A new deadline cannot lie in the past."""

    routine = "funding"
    today: date


@dataclass
class NoSuchParty(FieldError):
    """The side that leads must be one of the parties."""

    routine = "funding"


@dataclass
class LeadNotOpen(Refusal):
    """No lead with this number is open to this person; whether there is one is not said."""

    routine = "funding"
    number: str


@dataclass
class LeadMovedOn(Refusal):
    """Somebody changed the lead since it was opened, and what they wrote stands."""

    routine = "funding"
    number: str
    by: str
    at: datetime
    zone: str


def log_lead(desk: Desk, *, lead: Lead) -> LeadLogged:
    """Put a lead on the restricted log."""
    require(desk.session, desk.person, Act.LOG_LEAD)
    require_clause(desk.session, CLAUSE)
    _check(desk, lead)
    row = FundingLead(
        year=desk.today.year,
        seq=next_seq(desk.session, FundingLead, desk.today.year),
        logged_by=desk.person.key,
        logged_at=desk.now,
        changed_by=desk.person.key,
        changed_at=desk.now,
        **_typed(lead),
    )
    desk.session.add(row)
    desk.session.flush()
    _name(desk, row, lead)
    _plan(desk, row)
    return LeadLogged(**_facts(desk, row))


def change_lead(desk: Desk, *, lead_id: int, seen: int, lead: Lead) -> LeadChanged:
    """Bring a lead up to date; `seen` is its count of changes as the person saw it, so that none is lost."""
    row = open_lead(desk, lead_id)
    _check(desk, lead, row)
    mine = (col(FundingLead.id) == row.key) & (col(FundingLead.changes) == seen)
    said = {"changed_by": desk.person.key, "changed_at": desk.now, "changes": seen + 1}
    done = desk.session.exec(update(FundingLead).where(mine).values(**_typed(lead), **said))
    desk.session.refresh(row)
    if done.rowcount != 1:
        by = desk.session.get_one(Person, row.changed_by)
        raise LeadMovedOn(row.number, by.name, row.changed_at, desk.definition.tz)
    _name(desk, row, lead)
    drop(desk.session, row.subject)
    _plan(desk, row)
    return LeadChanged(status=row.status, **_facts(desk, row))


def read_lead(desk: Desk, *, lead_id: int) -> LeadRead:
    """Read a lead in detail; that it was read is journalled."""
    return LeadRead(**_facts(desk, open_lead(desk, lead_id)))


def remind_of_deadline(desk: Desk, *, waiting: Waiting) -> LeadDeadlineNear:
    """Say that a deadline comes near; dropped once the lead is agreed or declined."""
    row = desk.session.get_one(FundingLead, waiting.key)
    return LeadDeadlineNear(
        clause=CLAUSE, number=row.number, title="", lead_id=row.key, **mark_followed_up(desk, waiting)
    )


def open_lead(desk: Desk, lead_id: int) -> FundingLead:
    """One lead for a person who may see it; otherwise it is not said whether there is one."""
    row = desk.session.get(FundingLead, lead_id)
    if row is None or not _sees(desk, row):
        raise LeadNotOpen("")
    return row


def lead_by_number(desk: Desk, number: str) -> FundingLead:
    """One lead by the number people quote, for a person who may see it."""
    row = find_number(desk.session, FundingLead, number)
    if row is None or not _sees(desk, row):
        raise LeadNotOpen(number.strip())
    return row


def leads(desk: Desk, limit: int = 20) -> Sequence[FundingLead]:
    """The leads this person may see, what is open first and then by deadline."""
    query = select(FundingLead)
    if not may(desk.session, desk.person, Act.LOG_LEAD):
        mine = select(LeadPerson.lead_id).where(LeadPerson.person_id == desk.person.key)
        query = query.where(col(FundingLead.id).in_(mine))
    order = (
        col(FundingLead.status).not_in(OPEN),
        col(FundingLead.deadline).is_(None),
        col(FundingLead.deadline),
        col(FundingLead.id).desc(),
    )
    return desk.session.exec(query.order_by(*order).limit(limit)).all()


def readers(desk: Desk, row: FundingLead) -> list[Person]:
    """Everybody who may see a lead and serves today: the only people who are told of it."""
    people = [
        person
        for party in desk.definition.parties
        for person in holders(desk.session, party.id, RIGHTS[Act.LOG_LEAD].roles, desk.today)
    ]
    named = [person for person in named_on(desk.session, row) if person.serves_on(desk.today)]
    return people + [person for person in named if person not in people]


def named_on(session: Session, row: FundingLead) -> Sequence[Person]:
    """The persons named on a lead, by name."""
    mine = select(LeadPerson.person_id).where(LeadPerson.lead_id == row.key)
    return session.exec(select(Person).where(col(Person.id).in_(mine)).order_by(Person.name)).all()


def can_be_named(desk: Desk) -> Sequence[Person]:
    """The persons who may be named: whoever serves and would not see the lead anyhow."""
    every = desk.session.exec(select(Person).order_by(Person.name)).all()
    return [
        person
        for person in every
        if person.serves_on(desk.today) and not may(desk.session, person, Act.LOG_LEAD)
    ]


def _sees(desk: Desk, row: FundingLead) -> bool:
    named = desk.person.key in {person.key for person in named_on(desk.session, row)}
    return named or may(desk.session, desk.person, Act.LOG_LEAD)


def _check(desk: Desk, lead: Lead, row: FundingLead | None = None) -> None:
    if not lead.title.strip():
        raise LeadEmpty("subject")
    if not lead.donor.strip():
        raise LeadEmpty("donor")
    if lead.lead_party not in {party.id for party in desk.definition.parties}:
        raise NoSuchParty("lead_party")
    moved = lead.deadline and (row is None or lead.deadline != row.deadline)
    if moved and lead.deadline and lead.deadline < desk.today:
        raise DeadlinePassed("deadline", desk.today)


def _typed(lead: Lead) -> dict[str, Any]:
    texts = {name: getattr(lead, name).strip() for name in ("title", "donor", "amount", "scope", "notes")}
    rest = {name: getattr(lead, name) for name in ("area", "deadline", "lead_party", "status")}
    return {**texts, **rest}


def _name(desk: Desk, row: FundingLead, lead: Lead) -> None:
    able = {person.key for person in can_be_named(desk)}
    desk.session.exec(delete(LeadPerson).where(col(LeadPerson.lead_id) == row.key))
    named = sorted(able & set(lead.named))
    desk.session.add_all(LeadPerson(lead_id=row.key, person_id=person) for person in named)
    desk.session.flush()


def _plan(desk: Desk, row: FundingLead) -> None:
    if row.deadline and row.status in OPEN:
        steps = [f"P{days}D" for days in desk.days("funding.deadline_days")]
        foresee(desk, row.subject, DEADLINE, row.deadline, steps)


def _facts(desk: Desk, row: FundingLead) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "lead_id": row.key,
        "number": row.number,
        "by": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
    }
