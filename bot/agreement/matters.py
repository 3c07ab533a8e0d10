"""IV.1: a matter that may lead to working together arises, and the other party is told within working days.

Until it is shared it concerns one party only: the other sees nothing of it, not even that there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, func, update
from sqlmodel import Field, Session, col, select

from bot.agreement import exchanges, follow_ups
from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.exchanges import Empty, Exchange, NoSuchArea, UpdateShared
from bot.agreement.follow_ups import FollowedUp, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.numbering import NumberedRow
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import Person, Refusal, holders, require, require_clause
from bot.agreement.rights import Act, Role
from bot.agreement.storage import status_type
from bot.agreement.time_limits import add_working_days

CLAUSE = "IV.1"
NEAR = "matter_near"
"""What is planned: the last day for telling the other party comes near."""


class MatterStatus(StrEnum):
    """Where a matter stands that one party noted for itself."""

    OPEN = "open"
    """The other party has not been told."""
    SHARED = "shared"
    """The other party was told in an exchange."""
    WITHHELD = "withheld"
    """The party decided not to tell the other."""


class Withheld(StrEnum):
    """Why a matter is not shared."""

    OWN_RULES = "own_rules"
    """The party's own rules stand against it (IV.0)."""
    CONFIDENTIAL = "confidential"
    """Arrangements that protect confidential or restricted information come first (IV.2-3)."""
    NOTHING_IN_IT = "nothing_in_it"
    """It turned out to lead to nothing."""


class NotedMatter(NumberedRow, table=True):
    """A matter that arose; numbered within its party, so that the numbers tell the other party nothing."""

    __table_args__ = (UniqueConstraint("party", "year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id")
    title: str
    area: str
    arose_on: date
    share_by: date
    noted_at: datetime
    status: MatterStatus = Field(sa_type=status_type(MatterStatus))
    withheld: Withheld | None = Field(default=None, sa_type=status_type(Withheld))
    note: str = ""
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None
    exchange_id: int | None = Field(default=None, foreign_key="exchange.id")

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"matter:{self.key}"


@dataclass(frozen=True, kw_only=True)
class MatterNoted(Event):
    """A party noted for itself that a matter arose. What it is about is told to its own people only."""

    matter_id: int
    number: str
    party: str
    arose_on: date
    share_by: date


@dataclass(frozen=True, kw_only=True)
class MatterWithheld(Event):
    """A party decided not to share a matter; that, too, is its own affair."""

    matter_id: int
    number: str
    party: str
    withheld: Withheld


@dataclass(frozen=True, kw_only=True)
class MatterNear(FollowedUp):
    """The people of one party were reminded to share a matter; `people` are the persons told."""

    matter_id: int
    people: tuple[int, ...]

    def facts(self) -> dict[str, Any]:
        """For the journal: all but what the matter is about."""
        return {name: value for name, value in super().facts().items() if name != "title"}


@dataclass
class NoSuchMatter(Refusal):
    """The person's party has noted no such matter; what the other noted is answered alike."""

    routine = "matters"


@dataclass
class DayNotPossible(FieldError):
    """The matter cannot have arisen on that day: it has not come, or was before the Agreement."""

    routine = "matters"
    day: date
    since: date
    today: date


@dataclass
class ReasonMissing(FieldError):
    """Why a matter is not shared has to be said, for the party's own record."""

    routine = "matters"


@dataclass
class MatterClosed(Refusal):
    """Somebody of the same party dealt with it first."""

    routine = "matters"
    number: str
    status: MatterStatus
    by: str
    at: datetime
    zone: str


@dataclass
class ThroughOtherApp(AgreementError):
    """What is private to a party must not pass through the other party's app."""

    routine = "matters"
    party: str


@dataclass(frozen=True)
class Reckoned:
    """The last day to share, and how it is counted: the days between that are no working days, with reasons."""

    share_by: date
    days: int
    closed: tuple[tuple[date, str], ...]


def reckon(desk: Desk, arose_on: date) -> Reckoned:
    """Count the working days of both sides from the day on which a matter arose (policy)."""
    (days,) = desk.days("exchange.matter_working_days")
    last = add_working_days(arose_on, days, desk.calendar)
    between = [arose_on + timedelta(days=n) for n in range(1, (last - arose_on).days)]
    weekdays = [day for day in between if day.weekday() < 5]
    closed = [(day, reason) for day in weekdays if (reason := desk.calendar.closed(day))]
    return Reckoned(last, days, tuple(closed))


def late_by(desk: Desk, share_by: date, on: date) -> int:
    """How many working days `on` comes after the last day; 0 in time."""
    days = (share_by + timedelta(days=n) for n in range(1, (on - share_by).days + 1))
    return sum(desk.calendar.is_working(day) for day in days)


def note_matter(
    desk: Desk, *, title: str, area: str, channel_id: str, arose_on: date | None, through: str
) -> MatterNoted:
    """Note for one's own party that a matter arose; `through` is the party whose app carries the words."""
    require(desk.session, desk.person, Act.NOTE_MATTER)
    require_clause(desk.session, CLAUSE)
    refuse_elsewhere(desk, through, ThroughOtherApp)
    day = _check(desk, title, area, arose_on)
    get_channel(desk.session, channel_id)
    row = NotedMatter(
        year=desk.today.year,
        seq=_next_seq(desk.session, desk.person.party, desk.today.year),
        party=desk.person.party,
        author_id=desk.person.key,
        channel_id=channel_id,
        title=title.strip(),
        area=area,
        arose_on=day,
        share_by=reckon(desk, day).share_by,
        noted_at=desk.now,
        status=MatterStatus.OPEN,
    )
    desk.session.add(row)
    desk.session.flush()
    steps = [f"P{days}D" for days in desk.days("exchange.matter_reminders")]
    foresee(desk, row.subject, NEAR, row.share_by, steps)
    return MatterNoted(**_facts(row), arose_on=row.arose_on, share_by=row.share_by)


def _check(desk: Desk, title: str, area: str, arose_on: date | None) -> date:
    since = desk.definition.event(desk.definition.term.starts)
    if not title.strip():
        raise Empty("subject")
    if area not in {known.id for known in desk.definition.areas}:
        raise NoSuchArea("area", area)
    if arose_on is None:
        raise Empty("arose_on")
    if not since <= arose_on <= desk.today:
        raise DayNotPossible("arose_on", arose_on, since, desk.today)
    return arose_on


def _next_seq(session: Session, party: str, year: int) -> int:
    mine = select(func.max(NotedMatter.seq)).where(NotedMatter.party == party, NotedMatter.year == year)
    return (session.exec(mine).one() or 0) + 1


def _facts(row: NotedMatter) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "matter_id": row.key,
        "number": row.number,
        "party": row.party,
    }


def get_matter(desk: Desk, matter_id: int) -> NotedMatter:
    """A matter of the person's own party; refuses every other in the same words."""
    row = desk.session.get(NotedMatter, matter_id)
    if row is None or row.party != desk.person.party:
        raise NoSuchMatter
    return row


def open_matters(session: Session, party: str) -> Sequence[NotedMatter]:
    """What a party has still to share, the first to fall due first."""
    query = select(NotedMatter).where(NotedMatter.party == party, NotedMatter.status == MatterStatus.OPEN)
    return session.exec(query.order_by(col(NotedMatter.share_by), col(NotedMatter.id))).all()


def share_matter(desk: Desk, *, matter_id: int, **update_facts: Any) -> UpdateShared:
    """Tell the other party of a matter: an exchange like any other, which also says whether it was in time."""
    require(desk.session, desk.person, Act.NOTE_MATTER)
    row = get_matter(desk, matter_id)
    _refuse_closed(desk, row)
    event = exchanges.share(desk, **update_facts)
    _close(desk, row, status=MatterStatus.SHARED, exchange_id=event.exchange_id)
    exchange = desk.session.get_one(Exchange, event.exchange_id)
    exchange.arose_on, exchange.days_late = row.arose_on, late_by(desk, row.share_by, desk.today)
    desk.session.flush()
    return event


def withhold(desk: Desk, *, matter_id: int, withheld: Withheld, note: str) -> MatterWithheld:
    """Decide for one's party that a matter is not shared, with the reason, which stays with the party."""
    require(desk.session, desk.person, Act.NOTE_MATTER)
    row = get_matter(desk, matter_id)
    if not note.strip():
        raise ReasonMissing("note")
    _close(desk, row, status=MatterStatus.WITHHELD, withheld=withheld, note=note.strip())
    return MatterWithheld(**_facts(row), withheld=withheld)


def _close(desk: Desk, row: NotedMatter, **values: object) -> None:
    mine = (col(NotedMatter.id) == row.key) & (col(NotedMatter.status) == MatterStatus.OPEN)
    closing = update(NotedMatter).where(mine)
    done = desk.session.exec(closing.values(closed_by=desk.person.key, closed_at=desk.now, **values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise _closed(desk, row)
    follow_ups.drop(desk.session, row.subject)


def _refuse_closed(desk: Desk, row: NotedMatter) -> None:
    if row.status is not MatterStatus.OPEN:
        raise _closed(desk, row)


def _closed(desk: Desk, row: NotedMatter) -> MatterClosed:
    by = desk.session.get_one(Person, row.closed_by).name
    return MatterClosed(row.number, row.status, by, row.closed_at or desk.now, desk.definition.tz)


def concerned(desk: Desk, row: NotedMatter) -> list[Person]:
    """Whom a matter is told to: whoever noted it, and the contact points of the same party."""
    points = holders(desk.session, row.party, frozenset({Role.CONTACT_POINT}), desk.today)
    author = desk.session.get_one(Person, row.author_id)
    serving = [author] if author.serves_on(desk.today) else []
    return list({person.key: person for person in (*serving, *points)}.values())


def remind_of_matter(desk: Desk, *, waiting: follow_ups.Waiting) -> MatterNear:
    """Remind the party's own people that the last day for sharing a matter comes near.

    Raises NothingToSay when it has been shared or withheld meanwhile.
    """
    facts = mark_followed_up(desk, waiting)
    row = desk.session.get_one(NotedMatter, waiting.key)
    if row.status is not MatterStatus.OPEN:
        raise NothingToSay
    people = tuple(person.key for person in concerned(desk, row))
    return MatterNear(
        clause=CLAUSE, number=row.number, title=row.title, matter_id=row.key, people=people, **facts
    )
