"""Who acts for which party, in which capacity, and what that allows: by default, nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from sqlalchemy import UniqueConstraint, bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.at_hand import at_hand
from bot.agreement.errors import AgreementError
from bot.agreement.storage import status_type


class Role(StrEnum):
    """A capacity in which a person acts for a party (Articles IV to VII)."""

    CONTACT_POINT = "contact_point"
    """Designated at headquarters for general institutional cooperation (V.2-2)."""
    ALTERNATE = "alternate"
    """Stands in for the contact point."""
    FIELD_FOCAL_POINT = "field_focal_point"
    """Keeps working-level contacts in a country or region (V.2-1)."""
    EMBLEM_APPROVER = "emblem_approver"
    """May decide on uses of the party's own name and emblem (VI.1)."""
    COMMUNICATIONS = "communications"
    """Prepares joint communications (IV.8 to IV.10)."""
    LEGAL = "legal"
    """Advises on readings, notices and amendments."""
    SIGNATORY = "signatory"
    """May sign for the party."""
    DATA_STEWARD = "data_steward"
    """Answers for personal data (IX.1(d))."""
    ADMINISTRATOR = "administrator"
    """Looks after the installation in the party's workspace; decides nothing under the Agreement."""


class Side(StrEnum):
    """Where a party stands in one case."""

    INITIATING = "initiating"
    """The party that began the case: it asked, or it shared."""
    RESPONDING = "responding"
    """The other party: it decides, or it acknowledges."""


class Act(StrEnum):
    """What a person may try to do; each needs a right."""

    READ = "read"
    """See the state of the agreement and its register."""
    SHARE_UPDATE = "share_update"
    """Inform the other party (IV.1)."""
    ACKNOWLEDGE_UPDATE = "acknowledge_update"
    """Confirm that the other party's information has arrived (IV.1)."""
    REQUEST_EMBLEM = "request_emblem"
    """Ask to use the other party's name, emblem or a hyperlink (VI.1, VI.3)."""
    ANSWER_EMBLEM = "answer_emblem"
    """Add the information that the owner asked for (VI.1)."""
    DECIDE_EMBLEM = "decide_emblem"
    """Approve or refuse a use of the own party's name or emblem (VI.1)."""
    SETTLE = "settle"
    """Record how a dated duty was met, waived, or is not known."""


@dataclass(frozen=True)
class Right:
    """Which capacities an act needs, and on which side of the case; no side means either."""

    roles: frozenset[Role]
    side: Side | None = None


SUBSTANCE = frozenset(
    {Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT, Role.COMMUNICATIONS, Role.LEGAL}
)
RECEIVING = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.FIELD_FOCAL_POINT})

RIGHTS: dict[Act, Right] = {
    Act.READ: Right(frozenset(Role)),
    Act.SHARE_UPDATE: Right(SUBSTANCE),
    Act.ACKNOWLEDGE_UPDATE: Right(RECEIVING, Side.RESPONDING),
    Act.REQUEST_EMBLEM: Right(SUBSTANCE),
    Act.ANSWER_EMBLEM: Right(SUBSTANCE, Side.INITIATING),
    Act.DECIDE_EMBLEM: Right(frozenset({Role.EMBLEM_APPROVER}), Side.RESPONDING),
    Act.SETTLE: Right(frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.LEGAL})),
}


class Person(SQLModel, table=True):
    """Somebody on the roster, known by the pair (team_id, user_id) and by nothing else."""

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

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the person is not stored yet")
        return self.id

    def serves_on(self, day: date) -> bool:
        """Whether the designation covers `day`, both ends included."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


class Mandate(SQLModel, table=True):
    """One capacity of one person."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: Role = Field(sa_type=status_type(Role), primary_key=True)


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
class NotMandated(Refusal):
    """The person's party may do this, but not in any capacity this person holds."""

    act: Act
    party: str
    roles: tuple[str, ...]


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
    take_roles(session, person, frozenset(Role(role) for _, role in rows if role))
    return person


_WITH_ROLES = (
    select(Person, Mandate.role)
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
    """Every capacity the person holds; looked up once a transaction, in which the roster does not change them."""
    mine = select(col(Mandate.role)).where(Mandate.person_id == person.key)
    return at_hand(session, ("roles", person.key), lambda: frozenset(session.exec(mine).all()))


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
        return NotMandated(act, person.party.upper(), tuple(sorted(right.roles)))
    return None


def holders(session: Session, party: str, roles: frozenset[Role], today: date) -> list[Person]:
    """The people who serve `party` today in any of these capacities, by name."""
    rows = session.exec(
        select(Person)
        .join(Mandate, col(Mandate.person_id) == col(Person.id))
        .where(Person.party == party, col(Mandate.role).in_(roles))
        .distinct()
        .order_by(Person.name)
    ).all()
    return [person for person in rows if person.serves_on(today)]
