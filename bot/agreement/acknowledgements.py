"""IV.1: the other party confirms that what was shared has arrived, and is asked again while it has not."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Update, bindparam, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.documents import Document
from bot.agreement.events import Event
from bot.agreement.exchanges import CLAUSE, Exchange, ExchangeStatus, get_exchange, nudge_day
from bot.agreement.ledger import OFFICE, NothingToSay
from bot.agreement.offices import works_in
from bot.agreement.people import Person, Refusal, holders, require, roles_of
from bot.agreement.rights import RECEIVING, Act, Role
from bot.agreement.storage import take_stored

Arrival = Exchange | Document
"""What one party gave to the other, which confirms that it has arrived."""

Given = TypeVar("Given", Exchange, Document)


@dataclass(frozen=True, kw_only=True)
class UpdateAcknowledged(Event):
    """The other party confirmed that the information arrived."""

    exchange_id: int
    number: str
    by: str
    party: str
    title: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Nudged(Event):
    """The other party was reminded of what it has not acknowledged; `people` are the persons told.

    It was to be reminded on `planned_for`, and `late` says that this day has passed.
    """

    number: str
    title: str
    party: str
    receiving: tuple[str, ...]
    nudges: int
    escalated: bool
    last: bool
    planned_for: date
    late: bool
    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AcknowledgementNudged(Nudged):
    """The other party was reminded of information it has not acknowledged."""

    exchange_id: int
    shared_at: datetime

    @property
    def once(self) -> str:
        """The share, and how many times it has been asked for."""
        return f"{self.number}:{self.shared_at.isoformat()}:{self.nudges}"


@dataclass
class AlreadyAcknowledged(Refusal):
    """Somebody acknowledged it first."""

    routine = "exchanges"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


def acknowledge(desk: Desk, *, exchange_id: int) -> UpdateAcknowledged:
    """Confirm that the other party's information has arrived; the first confirmation stands."""
    row = get_exchange(desk.session, exchange_id)
    require(desk.session, desk.person, Act.ACKNOWLEDGE_UPDATE, row)
    acknowledge_first(desk, row, AlreadyAcknowledged)
    return UpdateAcknowledged(
        clause=CLAUSE,
        subject=f"exchange:{row.key}",
        exchange_id=row.key,
        number=row.number,
        by=desk.person.name,
        party=desk.definition.party(desk.person.party).abbreviation,
        title=row.title,
        at=desk.now,
    )


def acknowledge_first(desk: Desk, row: Arrival, refusal: type[AlreadyAcknowledged]) -> None:
    """Note who acknowledged `row`; raises `refusal` with who was first when somebody has."""
    first = {"acknowledged_by": desk.person.key, "acknowledged_at": desk.now}
    done = desk.session.connection().execute(_acknowledging(type(row)), {"share": row.key, **first})
    if done.rowcount != 1:
        raise _too_late(desk, row, refusal)
    take_stored(row, status=ExchangeStatus.ACKNOWLEDGED, nudge_on=None, **first)


@cache
def _acknowledging(table: type[Arrival]) -> Update:
    return (
        update(table)
        .where(col(table.id) == bindparam("share"), col(table.status) == ExchangeStatus.SHARED)
        .values(
            status=ExchangeStatus.ACKNOWLEDGED,
            acknowledged_by=bindparam("acknowledged_by"),
            acknowledged_at=bindparam("acknowledged_at"),
            nudge_on=None,
        )
    )


def _too_late(desk: Desk, row: Arrival, refusal: type[AlreadyAcknowledged]) -> AlreadyAcknowledged:
    desk.session.refresh(row)
    by = desk.session.get_one(Person, row.acknowledged_by)
    party = desk.definition.party(by.party).abbreviation
    return refusal(row.number, by.name, party, row.acknowledged_at or desk.now, desk.definition.tz)


def receivers(desk: Desk, row: Arrival, *, escalated: bool = False) -> list[Person]:
    """Whom the other side wants told: its contact points, and outside the global channel its focal points there.

    Once a nudge has gone unanswered the alternates are told as well.
    """
    scope = get_channel(desk.session, row.channel_id).scope
    extra = frozenset({Role.ALTERNATE}) if escalated else frozenset()
    others = desk.definition.others(row.party)
    return [person for party in others for person in points(desk, party.id, scope, extra)]


def points(desk: Desk, party: str, scope: str, extra: frozenset[Role] = frozenset()) -> list[Person]:
    """Who speaks for a party in `scope`: its contact points and, in the field, its focal points there."""
    roles = extra | {Role.CONTACT_POINT} | ({Role.FIELD_FOCAL_POINT} if scope else frozenset())
    holding = holders(desk.session, party, roles, desk.today)
    serving = [person for person in holding if _concerned(desk.session, person, scope)]
    return serving or holders(desk.session, party, RECEIVING, desk.today)


def _concerned(session: Session, person: Person, scope: str) -> bool:
    """Whether what is shared in `scope` concerns somebody: their office works there, or they speak for all."""
    return not scope or bool(roles_of(session, person) & OFFICE) or works_in(session, person, scope)


def nudge(desk: Desk, *, exchange_id: int) -> AcknowledgementNudged:
    """Remind the other side, with growing pauses, of what it has not acknowledged.

    The second nudge also goes to the alternates; after the last the share is shown as open in the next
    prompt. Raises NothingToSay when it is not due, or another clock was faster.
    """
    row = get_exchange(desk.session, exchange_id)
    return AcknowledgementNudged(
        clause=CLAUSE,
        subject=f"exchange:{row.key}",
        exchange_id=row.key,
        shared_at=row.shared_at,
        **ask_again(desk, row),
    )


def ask_again(desk: Desk, row: Arrival) -> dict[str, Any]:
    """Count one more reminder of `row` and return its facts; raises NothingToSay when none is due."""
    planned_for, count = row.nudge_on, row.nudges + 1
    if planned_for is None:
        raise NothingToSay
    again = nudge_day(desk, count)
    _count(desk, row, count, again)
    return {
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "nudges": count,
        "escalated": count > 1,
        "last": again is None,
        "planned_for": planned_for,
        "late": planned_for < desk.today,
        "people": tuple(person.key for person in receivers(desk, row, escalated=count > 1)),
    }


def _count(desk: Desk, row: Arrival, count: int, again: date | None) -> None:
    table = type(row)
    due = (col(table.id) == row.key) & (col(table.nudge_on) <= desk.today)
    unsaid = due & (col(table.nudges) == count - 1)
    counting = update(table).where(unsaid).values(nudges=count, nudge_on=again)
    if desk.session.exec(counting).rowcount != 1:
        raise NothingToSay


def to_be_nudged(session: Session, today: date, table: type[Given]) -> list[Given]:
    """The rows of which an acknowledgement is to be asked for again, the one that has waited longest first."""
    rows = session.exec(_to_be_nudged(table), params={"today": today}).all()
    return sorted(rows, key=lambda row: (row.nudge_on or today, row.key))


@cache
def _to_be_nudged(table: type[Given]) -> SelectOfScalar[Given]:
    return select(table).where(col(table.nudge_on) <= bindparam("today"))
