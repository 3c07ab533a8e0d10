"""VI.1: who may approve for a party while its approvers are away: delegations and absences, by named people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.approver_errors import (
    DayMissing,
    DaysCrossed,
    DelegatesNeedNone,
    EntryClosed,
    FirstDayPassed,
    ForSomebodyElse,
    NoSuchEntry,
    NotAColleague,
    NotAnApprover,
)
from bot.agreement.delegated_roles import DelegationStatus, RoleDelegation, given_within
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Mandate, Person, own_roles, require
from bot.agreement.rights import Act, Role
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move, move

CLAUSE = "VI.1"
APPROVER = Role.EMBLEM_APPROVER


class AbsenceStatus(StrEnum):
    """Where an entry of absence stands."""

    ENTERED = "entered"
    """The approver is away on these days."""
    CANCELLED = "cancelled"
    """It was taken back: the approver is there."""


DELEGATION_MACHINE = Machine(
    "delegations",
    frozenset({DelegationStatus.GIVEN}),
    {
        "end_delegation": Move(
            frozenset({DelegationStatus.GIVEN}), DelegationStatus.ENDED, Act.DELEGATE_APPROVAL
        )
    },
)
ABSENCE_MACHINE = Machine(
    "absences",
    frozenset({AbsenceStatus.ENTERED}),
    {"cancel_absence": Move(frozenset({AbsenceStatus.ENTERED}), AbsenceStatus.CANCELLED, Act.ENTER_ABSENCE)},
)


class ApproverAbsence(SQLModel, table=True):
    """Days on which one approver is away, both ends included; why is nobody's business and is not kept."""

    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(index=True)
    person_id: int = Field(foreign_key="person.id")
    first_day: date
    last_day: date
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    status: AbsenceStatus = Field(sa_type=status_type(AbsenceStatus))
    cancelled_by: int | None = Field(default=None, foreign_key="person.id")
    cancelled_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the absence is not stored yet")
        return self.id

    def covers(self, day: date) -> bool:
        """Whether the approver is away on `day`."""
        return self.first_day <= day <= self.last_day


Kept = TypeVar("Kept", RoleDelegation, ApproverAbsence)


@dataclass(frozen=True, kw_only=True)
class ApprovalDelegated(Event):
    """A colleague may approve for an approver of the same party on some days."""

    delegation_id: int
    party: str
    party_id: str
    approver: str
    approver_id: int
    delegate: str
    delegate_id: int
    first_day: date
    last_day: date
    by: str


@dataclass(frozen=True, kw_only=True)
class DelegationEnded(ApprovalDelegated):
    """A delegation was ended before its last day."""


@dataclass(frozen=True, kw_only=True)
class AbsenceEntered(Event):
    """An approver is away on some days."""

    absence_id: int
    party: str
    party_id: str
    person: str
    first_day: date
    last_day: date
    by: str


@dataclass(frozen=True, kw_only=True)
class AbsenceCancelled(AbsenceEntered):
    """An approver is there after all."""


@dataclass(frozen=True)
class Kind(Generic[Kept]):
    """What delegations and absences have in common: days of an approver, entered, and perhaps taken back.

    `whose` is the column that names the approver; `back` are those for who took it back, and when.
    """

    name: str
    table: type[Kept]
    act: Act
    machine: Machine[Any]
    verb: str
    whose: str
    back: tuple[str, str]


DELEGATION = Kind(
    "delegation",
    RoleDelegation,
    Act.DELEGATE_APPROVAL,
    DELEGATION_MACHINE,
    "end_delegation",
    "approver_id",
    ("ended_by", "ended_at"),
)
ABSENCE = Kind(
    "absence",
    ApproverAbsence,
    Act.ENTER_ABSENCE,
    ABSENCE_MACHINE,
    "cancel_absence",
    "person_id",
    ("cancelled_by", "cancelled_at"),
)


def delegate_approval(
    desk: Desk, *, approver_id: int, delegate_id: int, first_day: date | None, last_day: date | None
) -> ApprovalDelegated:
    """Let a colleague approve for `approver_id` from the first day to the last, both included."""
    _require(desk, DELEGATION)
    days = _days(desk, first_day, last_day)
    approver = _approver(desk, "approver", approver_id, days)
    _refuse_for_others(desk, approver)
    delegate = _colleague(desk, delegate_id, approver, days)
    row = RoleDelegation(
        party=approver.party,
        approver_id=approver.key,
        delegate_id=delegate.key,
        role=APPROVER,
        first_day=days[0],
        last_day=days[1],
        made_by=desk.person.key,
        made_at=desk.now,
        status=DelegationStatus.GIVEN,
    )
    return ApprovalDelegated(**delegation_facts(desk, _stored(desk, row)))


def end_delegation(desk: Desk, *, delegation_id: int) -> DelegationEnded:
    """End a delegation before its last day: from now on the delegate decides nothing under it."""
    return DelegationEnded(**delegation_facts(desk, _take_back(desk, DELEGATION, delegation_id)))


def enter_absence(
    desk: Desk, *, person_id: int, first_day: date | None, last_day: date | None
) -> AbsenceEntered:
    """Enter days on which an approver is away: their own, or by the contact point."""
    _require(desk, ABSENCE)
    days = _days(desk, first_day, last_day)
    person = _absent(desk, person_id, days)
    _refuse_for_others(desk, person)
    row = ApproverAbsence(
        party=person.party,
        person_id=person.key,
        first_day=days[0],
        last_day=days[1],
        entered_by=desk.person.key,
        entered_at=desk.now,
        status=AbsenceStatus.ENTERED,
    )
    return AbsenceEntered(**absence_facts(desk, _stored(desk, row)))


def cancel_absence(desk: Desk, *, absence_id: int) -> AbsenceCancelled:
    """Take an absence back: the approver is there."""
    return AbsenceCancelled(**absence_facts(desk, _take_back(desk, ABSENCE, absence_id)))


def end_all_of(desk: Desk, person: Person) -> None:
    """End what was delegated by somebody or to them, and their absences: they left the party it was for."""
    mine = (col(RoleDelegation.approver_id) == person.key) | (col(RoleDelegation.delegate_id) == person.key)
    for delegation in desk.session.exec(select(RoleDelegation).where(mine)).all():
        if delegation.status is DelegationStatus.GIVEN:
            _close(desk, DELEGATION, delegation, None)
    away = select(ApproverAbsence).where(ApproverAbsence.person_id == person.key)
    for absence in desk.session.exec(away).all():
        if absence.status is AbsenceStatus.ENTERED:
            _close(desk, ABSENCE, absence, None)


def _require(desk: Desk, kind: Kind[Any]) -> None:
    require(desk.session, desk.person, kind.act, OwnMatter(desk.person.party))


def _stored(desk: Desk, row: Kept) -> Kept:
    desk.session.add(row)
    desk.session.flush()
    return row


def _take_back(desk: Desk, kind: Kind[Kept], key: int) -> Kept:
    _require(desk, kind)
    row = _own(desk, kind.table, key)
    _refuse_for_others(desk, desk.session.get_one(Person, getattr(row, kind.whose)))
    _close(desk, kind, row, desk.person.key)
    return row


def _close(desk: Desk, kind: Kind[Kept], row: Kept, by_id: int | None) -> None:
    by, at = kind.back

    def closed() -> EntryClosed:
        return _closed(desk, getattr(row, by), getattr(row, at))

    move(desk, row, kind.machine, kind.verb, closed, **{by: by_id, at: desk.now})


def _days(desk: Desk, first: date | None, last: date | None) -> tuple[date, date]:
    if first is None:
        raise DayMissing("first_day")
    if last is None:
        raise DayMissing("last_day")
    if first < desk.today:
        raise FirstDayPassed("first_day", desk.today)
    if last < first:
        raise DaysCrossed("last_day", first)
    return first, last


def _approver(desk: Desk, field: str, person_id: int, days: tuple[date, date]) -> Person:
    """Somebody of the own party who approves of their own right on all these days."""
    person = desk.session.get(Person, person_id)
    party = desk.definition.party(desk.person.party).abbreviation
    if person is None or person.party != desk.person.party:
        raise NotAnApprover(field, "", party)
    if not all(approves_by_right(desk.session, person, day) for day in days):
        raise NotAnApprover(field, person.name, party)
    return person


def _absent(desk: Desk, person_id: int, days: tuple[date, date]) -> Person:
    """Somebody of the own party who approves then, of their own right or for a colleague."""
    standing = given_within(desk.session, (desk.person.party,), (APPROVER,))
    if any(row.delegate_id == person_id and row.last_day >= days[0] for row in standing):
        return desk.session.get_one(Person, person_id)
    return _approver(desk, "person", person_id, (days[0], days[0]))


def approves_by_right(session: Session, person: Person, day: date) -> bool:
    """Whether the person holds the capacity of an approver on `day`, without any delegation."""
    mandate = session.get(Mandate, (person.key, APPROVER))
    return bool(mandate and mandate.holds_on(day) and person.serves_on(day))


def _refuse_for_others(desk: Desk, approver: Person) -> None:
    if approver.key != desk.person.key and Role.CONTACT_POINT not in own_roles(desk.session, desk.person):
        raise ForSomebodyElse(approver.name)


def _colleague(desk: Desk, person_id: int, approver: Person, days: tuple[date, date]) -> Person:
    person = desk.session.get(Person, person_id)
    party = desk.definition.party(approver.party).abbreviation
    if person is None or person.party != approver.party or person.key == approver.key:
        raise NotAColleague("delegate", person.name if person else "", party)
    if not all(person.serves_on(day) for day in days):
        raise NotAColleague("delegate", person.name, party)
    if all(approves_by_right(desk.session, person, day) for day in days):
        raise DelegatesNeedNone("delegate", person.name)
    return person


def _own(desk: Desk, table: type[Kept], key: int) -> Kept:
    row = desk.session.get(table, key)
    if row is None or row.party != desk.person.party:
        raise NoSuchEntry
    return row


def _closed(desk: Desk, by: int | None, at: datetime | None) -> EntryClosed:
    person = desk.session.get(Person, by) if by else None
    return EntryClosed(person.name if person else "", at or desk.now, desk.definition.tz)


def delegation_facts(desk: Desk, row: RoleDelegation) -> dict[str, Any]:
    """What is said of a delegation."""
    return {
        **_facts(desk, DELEGATION, row),
        "approver": desk.session.get_one(Person, row.approver_id).name,
        "approver_id": row.approver_id,
        "delegate": desk.session.get_one(Person, row.delegate_id).name,
        "delegate_id": row.delegate_id,
    }


def absence_facts(desk: Desk, row: ApproverAbsence) -> dict[str, Any]:
    """What is said of an absence."""
    return {**_facts(desk, ABSENCE, row), "person": desk.session.get_one(Person, row.person_id).name}


def _facts(desk: Desk, kind: Kind[Kept], row: Kept) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "subject": f"{kind.name}:{row.key}",
        f"{kind.name}_id": row.key,
        "party": desk.definition.party(row.party).abbreviation,
        "party_id": row.party,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "by": desk.by.name if desk.by else "",
    }


def absences(session: Session, parties: Collection[str], today: date) -> Sequence[ApproverAbsence]:
    """The absences of some parties' approvers that are not over, the first to begin first."""
    return session.exec(_ABSENCES, params={"parties": list(parties), "today": today}).all()


_ABSENCES = (
    select(ApproverAbsence)
    .where(
        col(ApproverAbsence.party).in_(bindparam("parties", expanding=True)),
        col(ApproverAbsence.status) == AbsenceStatus.ENTERED,
        col(ApproverAbsence.last_day) >= bindparam("today"),
    )
    .order_by(col(ApproverAbsence.first_day), col(ApproverAbsence.id))
)


def delegations(session: Session, party: str, today: date) -> list[RoleDelegation]:
    """The delegations of a party that are neither ended nor over, the first to begin first."""
    return [row for row in given_within(session, (party,), (APPROVER,)) if row.last_day >= today]


def acted_under(session: Session, person: Person, at: datetime, day: date) -> RoleDelegation | None:
    """The delegation under which somebody approved at an instant, on its civil day; None of their own right.

    It is read from what stood then, so that a card drawn years later names the same one.
    """
    if approves_by_right(session, person, day):
        return None
    made = select(RoleDelegation).where(
        RoleDelegation.delegate_id == person.key, RoleDelegation.role == APPROVER
    )
    rows = session.exec(made.order_by(col(RoleDelegation.id))).all()
    standing = (row for row in rows if row.covers(day) and row.made_at <= at)
    return next((row for row in standing if row.ended_at is None or row.ended_at > at), None)
