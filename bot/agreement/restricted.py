"""IV.2-3: what is only for people named: kept here, read at the door, never written into Slack.

No event of this routine holds the title or the text: events go to the journal and to the words of letters.
Nothing here asks whether the agreement is in force, since what protects the material outlives it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.arrangements import CLAUSE, Arrangement, in_force
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, Waiting, foresee, mark_followed_up
from bot.agreement.numbering import NumberedRow, next_seq
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.storage import status_type

PURGE = "restricted_purged"


class OnwardRule(StrEnum):
    """How far whoever is named may pass restricted information on."""

    NOBODY = "nobody"
    """It stays with the people named."""
    WITH_CONSENT = "with_consent"
    """Only with the sender's consent, given for the case."""
    NEED_TO_KNOW = "need_to_know"
    """Inside the two parties, to those who need it for their work."""


class Restricted(NumberedRow, table=True):
    """One piece of restricted information; after its retention only who, when and the fingerprint are left."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id", index=True)
    sent_at: datetime
    arrangement_id: int = Field(foreign_key="arrangement.id")
    onward: OnwardRule = Field(sa_type=status_type(OnwardRule))
    retention_until: date
    title: str
    text: str
    sha256: str
    purged_at: datetime | None = None


class Recipient(SQLModel, table=True):
    """Somebody named for one piece of restricted information, and what they did with it."""

    __tablename__ = "restrictedrecipient"

    restricted_id: int = Field(foreign_key="restricted.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    first_read_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RestrictedEvent(Event):
    """Something was done with restricted information: by whom and when, and never what it says."""

    restricted_id: int
    number: str
    by: str
    party: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RestrictedShared(RestrictedEvent):
    """Restricted information was sent to the people named."""

    arrangement: str
    named: tuple[str, ...]
    onward: OnwardRule
    retention_until: date
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RestrictedRead(RestrictedEvent):
    """Somebody read it; `first` the first time this person did."""

    first: bool


@dataclass(frozen=True, kw_only=True)
class RestrictedAcknowledged(RestrictedEvent):
    """Somebody named confirmed that they have it and keep to its rules."""


@dataclass(frozen=True, kw_only=True)
class RestrictedPurged(FollowedUp):
    """Its retention is over: the title and the text were deleted; `title` is therefore empty."""

    clause: str = CLAUSE
    restricted_id: int
    sha256: str

    @property
    def once(self) -> str:
        """What was deleted, too: in a restored copy another text may have the number of one lost."""
        return f"{super().once}:{self.sha256}"


@dataclass
class Blank(FieldError):
    """A field that is needed was left empty."""

    routine = "restricted"


@dataclass
class ArrangementNotInForce(FieldError):
    """The arrangement is not in force, not confirmed, or does not bind both sides."""

    routine = "restricted"


@dataclass
class NobodyOfOtherSide(FieldError):
    """Restricted information is sent to at least one person of the other side, who serves today."""

    routine = "restricted"


@dataclass
class NotAColleague(FieldError):
    """Somebody who was chosen is not on the own roster, or does not serve today."""

    routine = "restricted"


@dataclass
class RetentionOver(FieldError):
    """What is sent is kept at least to the end of today."""

    routine = "restricted"
    today: date


@dataclass
class NothingProtects(Refusal):
    """No arrangement is in force under which restricted information could travel."""

    routine = "restricted"


@dataclass
class NotNamed(Refusal):
    """The person is not named for it, or there is no such thing: neither is told from the other."""

    routine = "restricted"


@dataclass
class NotForSender(Refusal):
    """Whoever sent it does not acknowledge it."""

    routine = "restricted"
    number: str


@dataclass
class KeptNoLonger(Refusal):
    """Its retention is over, so nobody can read it any more."""

    routine = "restricted"
    number: str
    retention_until: date


@dataclass
class AcknowledgedBefore(Refusal):
    """The person has acknowledged it already."""

    routine = "restricted"
    number: str
    at: datetime
    zone: str


def share(
    desk: Desk,
    *,
    title: str,
    text: str,
    arrangement_id: int,
    others: Sequence[int],
    colleagues: Sequence[int],
    onward: OnwardRule,
    retention_until: date | None,
) -> RestrictedShared:
    """Send restricted information to people named, one of the other side at least, under an arrangement."""
    require(desk.session, desk.person, Act.SHARE_RESTRICTED)
    title, text = title.strip(), text.strip()
    if not title or not text:
        raise Blank("text" if title else "subject")
    arrangement = _arrangement(desk, arrangement_id)
    named = _named(desk, others, colleagues)
    row = _row(desk, title, text, _retention(desk, retention_until))
    row.arrangement_id, row.onward = arrangement.key, onward
    desk.session.add(row)
    desk.session.flush()
    desk.session.add_all(Recipient(restricted_id=row.key, person_id=person.key) for person in named)
    foresee(desk, f"restricted:{row.key}", PURGE, row.retention_until, ("+P1D",))
    return RestrictedShared(
        arrangement=arrangement.number,
        named=tuple(person.name for person in named),
        onward=onward,
        retention_until=row.retention_until,
        sha256=row.sha256,
        **_facts(desk, row),
    )


def _retention(desk: Desk, until: date | None) -> date:
    if until is None:
        raise Blank("retention_until")
    if until < desk.today:
        raise RetentionOver("retention_until", desk.today)
    return until


def _row(desk: Desk, title: str, text: str, until: date) -> Restricted:
    year = desk.today.year
    return Restricted(
        year=year,
        seq=next_seq(desk.session, Restricted, year),
        party=desk.person.party,
        author_id=desk.person.key,
        sent_at=desk.now,
        arrangement_id=0,
        onward=OnwardRule.NOBODY,
        retention_until=until,
        title=title,
        text=text,
        sha256=sha256(f"{title}\n{text}".encode()).hexdigest(),
    )


def _facts(desk: Desk, row: Restricted) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "subject": f"restricted:{row.key}",
        "restricted_id": row.key,
        "number": row.number,
        "by": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
        "at": desk.now,
    }


def _arrangement(desk: Desk, arrangement_id: int) -> Arrangement:
    found = [row for row in protecting(desk) if row.key == arrangement_id]
    if not found:
        raise ArrangementNotInForce("arrangement")
    return found[0]


def protecting(desk: Desk) -> list[Arrangement]:
    """The arrangements under which the person at the desk may send something; refuses where there is none."""
    rows = in_force(desk, frozenset(party.id for party in desk.definition.parties))
    if not rows:
        raise NothingProtects
    return rows


def _named(desk: Desk, others: Sequence[int], colleagues: Sequence[int]) -> list[Person]:
    elsewhere = [person for person in _serving(desk, others) if person.party != desk.person.party]
    here = [person for person in _serving(desk, colleagues) if person.party == desk.person.party]
    if not elsewhere or len(elsewhere) != len(set(others)):
        raise NobodyOfOtherSide("others")
    if len(here) != len(set(colleagues)) or desk.person.key in colleagues:
        raise NotAColleague("colleagues")
    return [*elsewhere, *here]


def _serving(desk: Desk, numbers: Sequence[int]) -> list[Person]:
    rows = desk.session.exec(select(Person).where(col(Person.id).in_(set(numbers)))).all()
    return [person for person in rows if person.serves_on(desk.today)]


def candidates(desk: Desk) -> list[Person]:
    """Everybody on both rosters who may be named today, but the person at the desk, by name."""
    rows = desk.session.exec(select(Person).order_by(Person.name)).all()
    return [person for person in rows if person.serves_on(desk.today) and person.key != desk.person.key]


def visible_to(desk: Desk, person: Person) -> list[Restricted]:
    """All that `person` may know of, the newest first: what they sent and what they are named for.

    Every listing, export and count of restricted information begins here, and nowhere else.
    """
    named = select(Recipient.restricted_id).where(Recipient.person_id == person.key)
    mine = (col(Restricted.author_id) == person.key) | col(Restricted.id).in_(named)
    return list(desk.session.exec(select(Restricted).where(mine).order_by(col(Restricted.id).desc())).all())


def to_acknowledge(desk: Desk, person: Person) -> list[Restricted]:
    """What `person` is named for, can still read, and has not acknowledged."""
    waiting = (col(Recipient.person_id) == person.key) & col(Recipient.acknowledged_at).is_(None)
    open_ones = set(desk.session.exec(select(Recipient.restricted_id).where(waiting)).all())
    kept = [row for row in visible_to(desk, person) if row.key in open_ones]
    return [row for row in kept if not row.purged_at and desk.today <= row.retention_until]


def visible(desk: Desk, restricted_id: int) -> Restricted:
    """One piece of restricted information, for somebody who sent it or is named; refuses everybody else."""
    found = [row for row in visible_to(desk, desk.person) if row.key == restricted_id]
    if not found:
        raise NotNamed
    return found[0]


def read(desk: Desk, *, restricted_id: int) -> RestrictedRead:
    """Put on record that the person reads it; only then is it shown to them."""
    require(desk.session, desk.person, Act.READ_RESTRICTED)
    row = visible(desk, restricted_id)
    if row.purged_at or desk.today > row.retention_until:
        raise KeptNoLonger(row.number, row.retention_until)
    first = _mark(desk, row, "first_read_at")
    return RestrictedRead(first=first, **_facts(desk, row))


def acknowledge(desk: Desk, *, restricted_id: int) -> RestrictedAcknowledged:
    """Confirm, as somebody named, that one has it and keeps to its rules."""
    require(desk.session, desk.person, Act.READ_RESTRICTED)
    row = visible(desk, restricted_id)
    if row.author_id == desk.person.key:
        raise NotForSender(row.number)
    if not _mark(desk, row, "acknowledged_at"):
        mine = desk.session.get_one(Recipient, (row.key, desk.person.key))
        raise AcknowledgedBefore(row.number, mine.acknowledged_at or desk.now, desk.definition.tz)
    return RestrictedAcknowledged(**_facts(desk, row))


def _mark(desk: Desk, row: Restricted, what: str) -> bool:
    """Note on the person's own row that they did something for the first time; False when they had before."""
    column = col(getattr(Recipient, what))
    mine = (col(Recipient.restricted_id) == row.key) & (col(Recipient.person_id) == desk.person.key)
    marking = update(Recipient).where(mine, column.is_(None)).values({what: desk.now})
    return desk.session.exec(marking).rowcount == 1


def recipients(session: Session, restricted_id: int) -> list[tuple[Person, Recipient]]:
    """Whoever is named for it, by name, and what they did with it."""
    query = select(Person, Recipient).join(Recipient, col(Recipient.person_id) == col(Person.id))
    mine = query.where(Recipient.restricted_id == restricted_id).order_by(Person.name)
    return list(session.exec(mine).all())


def get_restricted(session: Session, restricted_id: int) -> Restricted:
    """One row for the secretariat's own cards, which show nothing of what it says."""
    return session.get_one(Restricted, restricted_id)


def purge(desk: Desk, *, waiting: Waiting) -> RestrictedPurged:
    """Delete the title and the text once the retention is over; who, when and the fingerprint stay."""
    row = get_restricted(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    row.title, row.text, row.purged_at = "", "", desk.now
    desk.session.add(row)
    desk.session.flush()
    return RestrictedPurged(number=row.number, title="", restricted_id=row.key, sha256=row.sha256, **facts)
