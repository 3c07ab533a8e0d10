"""Who acts for which party, in which capacity, and whether they may do what they try."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, Date, UniqueConstraint, bindparam, exists
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.at_hand import at_hand
from bot.agreement.delegated_roles import DelegationStatus, RoleDelegation, given_to, given_within
from bot.agreement.errors import AgreementError
from bot.agreement.repeals import OPENING, gone
from bot.agreement.rights import RIGHTS, Act, Role, Side
from bot.agreement.standing import end_of
from bot.agreement.storage import status_type
from bot.agreement.surviving_acts import SURVIVING

MOVED = "#"
"""Stands in the number of whoever changed sides: what they did stays theirs, and the number is the new row's."""


class Person(SQLModel, table=True):
    """Somebody on the roster, known by the pair (team_id, user_id) and by nothing else.

    Whoever goes over to the other party is somebody new there; `moved_from` is the row they left, under which
    all that they did before keeps their name and their party. It is no foreign key, since SQLite adds none.
    """

    __table_args__ = (UniqueConstraint("team_id", "user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(index=True)
    name: str
    team_id: str
    user_id: str
    office: str = ""
    language: str = "en"
    email: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    moved_from: int | None = None

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the person is not stored yet")
        return self.id

    @property
    def has_moved(self) -> bool:
        """Whether this is how somebody was on record for the party that they have left for another."""
        return MOVED in self.user_id

    def serves_on(self, day: date) -> bool:
        """Whether the designation covers `day`, both ends included."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


class Mandate(SQLModel, table=True):
    """One capacity of one person; without dates of its own it holds as long as the person serves."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: Role = Field(sa_type=status_type(Role), primary_key=True)
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the capacity is held on `day`, both ends included."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


THROUGH = "through"
"""Under which a session keeps the party whose app carries what is read from it, while somebody reads."""
TODAY = "today"
"""Under which a session keeps the day it is used on; capacities count only on days they hold for."""


def passes_elsewhere(session: Session, person: Person) -> bool:
    """Whether what is read here is carried by another party's app than the person's own, as far as is known."""
    return bool(session.info.get(THROUGH, person.party) != person.party)


def _holds(session: Session, mandate: Mandate) -> bool:
    return mandate.holds_on(session.info[TODAY]) if TODAY in session.info else True


@dataclass(frozen=True)
class Identity:
    """Who Slack says is acting: their own workspace and their number in it."""

    team_id: str
    user_id: str


class Case(Protocol):
    """Something two parties deal with, in which each has a side."""

    def side_of(self, party: str) -> Side:
        """Where `party` stands."""
        ...


@dataclass
class Refusal(AgreementError):
    """A person may not do this; every refusal is journalled."""

    routine = "people"


@dataclass
class FromThirdOrganisation(Refusal):
    """The person's workspace belongs to no party."""

    parties: str


@dataclass
class NotOnRoster(Refusal):
    """The workspace is a party's, but the party has not put the person on its roster; `contacts` can help."""

    party: str
    contacts: tuple[str, ...] = ()


@dataclass
class NotServing(Refusal):
    """The person's designation has not begun, or has ended."""

    name: str
    valid_from: date | None
    valid_until: date | None


@dataclass
class DealtWithForOther(Refusal):
    """The person dealt with this case for another party, and takes no part in it for the one they are of now."""

    party: str
    before: str


@dataclass
class NotMandated(Refusal):
    """The person's party may do this, but not in any capacity this person holds."""

    act: Act
    party: str
    roles: tuple[str, ...]


@dataclass
class AgreementOver(Refusal):
    """The Agreement has ended by this clause, and this act does not outlive it (VII.1-2 or X.2; VII.2)."""

    act: Act
    ended_on: date
    clause: str


@dataclass
class UnderRepealedClause(Refusal):
    """An amendment has repealed the clauses under which this would be begun (VII.3)."""

    clauses: tuple[str, ...]
    number: str
    since: date


@dataclass
class WrongSide(Refusal):
    """In this case the act belongs to the other party."""

    act: Act
    party: str


def find(session: Session, who: Identity) -> Person | None:
    """The person on the roster with exactly this workspace and number, and with them their capacities."""
    rows = session.exec(_WITH_ROLES, params={"team": who.team_id, "user": who.user_id}).all()
    if not rows:
        return None
    person: Person = rows[0][0]
    mandates = [mandate for _, mandate, _ in rows if mandate and _holds(session, mandate)]
    own = frozenset(mandate.role for mandate in mandates)
    # Few are ever delegates, and what was delegated to them is looked up only then.
    lent = _delegated(session, person) if rows[0][2] else frozenset()
    take_roles(session, person, own | lent)
    return person


_WITH_ROLES = (
    select(Person, Mandate, exists().where(col(RoleDelegation.delegate_id) == col(Person.id)))
    .join(Mandate, col(Mandate.person_id) == col(Person.id), isouter=True)
    .where(Person.team_id == bindparam("team"), Person.user_id == bindparam("user"))
)


def identify(session: Session, who: Identity, today: date) -> Person:
    """The person who acts; refuses strangers, third organisations and designations that do not cover today."""
    person = find(session, who)
    if person is None:
        raise _stranger(session, who, today)
    if not person.serves_on(today):
        raise NotServing(person.name, person.valid_from, person.valid_until)
    return person


def _stranger(session: Session, who: Identity, today: date) -> Refusal:
    colleague = session.exec(select(Person).where(Person.team_id == who.team_id)).first()
    if colleague:
        contacts = holders(session, colleague.party, frozenset({Role.CONTACT_POINT}), today)
        return NotOnRoster(colleague.party.upper(), tuple(person.name for person in contacts))
    parties = sorted({party.upper() for party in session.exec(select(Person.party)).all()})
    return FromThirdOrganisation(" and ".join(parties))


def roles_of(session: Session, person: Person) -> frozenset[Role]:
    """Every capacity the person holds today; looked up once a transaction, unless `take_roles` changes it."""

    def held() -> frozenset[Role]:
        return own_roles(session, person) | _delegated(session, person)

    return at_hand(session, ("roles", person.key), held)


def own_roles(session: Session, person: Person) -> frozenset[Role]:
    """The capacities the person holds today of their own right, without what was delegated to them."""
    mine = select(Mandate).where(Mandate.person_id == person.key)
    return frozenset(row.role for row in session.exec(mine).all() if _holds(session, row))


def _delegated(session: Session, person: Person) -> frozenset[Role]:
    """What the person holds today for a colleague; without a day nothing is, since a delegation is for days."""
    if TODAY not in session.info:
        return frozenset()
    today = session.info[TODAY]
    given = [row for row in given_to(session, person.key) if row.party == person.party]
    return frozenset(row.role for row in given if stands(session, row, today))


def stands(session: Session, row: RoleDelegation, day: date) -> bool:
    """Whether a delegation holds on `day`: nobody acts for one who would not then hold the capacity themselves."""
    if row.status is not DelegationStatus.GIVEN or not row.covers(day):
        return False
    approver = session.get(Person, row.approver_id)
    mandate = session.get(Mandate, (row.approver_id, row.role))
    if approver is None or mandate is None or approver.party != row.party:
        return False
    return approver.serves_on(day) and mandate.holds_on(day)


def take_roles(session: Session, person: Person, roles: frozenset[Role]) -> None:
    """Take it for this transaction that the person holds these capacities."""
    session.info["roles", person.key] = roles


def may(session: Session, person: Person, act: Act, case: Case | None = None) -> bool:
    """Whether the person may do `act` in `case`: the right capacity, on the right side."""
    return _objection(session, person, act, case) is None


def require(session: Session, person: Person, act: Act, case: Case | None = None) -> None:
    """Raise the refusal that applies, if any; called by every verb inside its transaction."""
    objection = _objection(session, person, act, case)
    if objection:
        raise objection


def _objection(session: Session, person: Person, act: Act, case: Case | None) -> Refusal | None:
    right = RIGHTS[act]
    if right.side and (case is None or case.side_of(person.party) is not right.side):
        return WrongSide(act, person.party.upper())
    if not right.roles & roles_of(session, person):
        return NotMandated(act, person.party.upper(), tuple(role for role in Role if role in right.roles))
    over = None if act in SURVIVING else _over(session, act)
    return over or _repealed(session, OPENING.get(act, ()))


def require_clause(session: Session, *clauses: str) -> None:
    """Refuse to begin something for which each of these clauses would do, where all are repealed (VII.3)."""
    objection = _repealed(session, clauses)
    if objection:
        raise objection


def _repealed(session: Session, clauses: tuple[str, ...]) -> Refusal | None:
    found = gone(session, clauses) if clauses else ()
    if not found:
        return None
    last = max(found, key=lambda one: one.since)
    return UnderRepealedClause(clauses, last.number, last.since)


def _over(session: Session, act: Act) -> Refusal | None:
    end = end_of(session)
    over = end is not None and session.info.get(TODAY, date.min) > end.ends_on
    return AgreementOver(act, end.ends_on, end.clause) if end and over else None


def holders(session: Session, party: str, roles: frozenset[Role], today: date) -> list[Person]:
    """The people who serve `party` today in any of these capacities, delegates included, by name."""
    rows = session.exec(
        select(Person, Mandate)
        .join(Mandate, col(Mandate.person_id) == col(Person.id))
        .where(Person.party == party, col(Mandate.role).in_(roles))
        .order_by(Person.name, col(Person.id))
    ).all()
    serving = [person for person, mandate in rows if person.serves_on(today) and mandate.holds_on(today)]
    delegates = _delegates(session, party, roles, today)
    if not delegates:
        return list({person.key: person for person in serving}.values())
    people = {person.key: person for person in (*serving, *delegates)}
    return sorted(people.values(), key=lambda person: (person.name, person.key))


def _delegates(session: Session, party: str, roles: frozenset[Role], today: date) -> list[Person]:
    rows = [row for row in given_within(session, (party,), roles) if stands(session, row, today)]
    people = [session.get_one(Person, row.delegate_id) for row in rows]
    return [person for person in people if person.party == party and person.serves_on(today)]


def capacities(session: Session, today: date) -> dict[str, frozenset[Role]]:
    """The capacities in which somebody serves each party today; a party for which nobody serves is not in it.

    Delegates need not be looked for: nobody acts for one who would not hold the capacity themselves.
    """
    held: dict[str, set[Role]] = {}
    for party, role in session.connection().execute(_CAPACITIES, {"today": today}):
        held.setdefault(party, set()).add(role)
    return {party: frozenset(roles) for party, roles in held.items()}


def capacities_at_hand(session: Session, today: date) -> dict[str, frozenset[Role]]:
    """The same, read once in a transaction in which nobody is designated."""
    return at_hand(session, ("capacities", today), lambda: capacities(session, today))


def _covers(row: type[Person] | type[Mandate]) -> ColumnElement[bool]:
    today = bindparam("today", type_=Date())
    begun = col(row.valid_from).is_(None) | (col(row.valid_from) <= today)
    return begun & (col(row.valid_until).is_(None) | (col(row.valid_until) >= today))


_CAPACITIES = (
    select(col(Person.party), col(Mandate.role))
    .join(Mandate, col(Mandate.person_id) == col(Person.id))
    .where(_covers(Person), _covers(Mandate))
    .distinct()
)
