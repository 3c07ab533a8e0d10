"""IV.6-3: the meetings of the parties, from the first candidate times to the minutes both confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.ledger import OFFICE
from bot.agreement.numbering import NumberedRow, find_number
from bot.agreement.offices import works_in
from bot.agreement.people import Case, Person, Refusal, holders, may, require, roles_of
from bot.agreement.rights import RECEIVING, Act, Role, Side
from bot.agreement.storage import status_type
from bot.agreement.time_limits import civil_day

CLAUSE = "IV.6-3"
CONSULTING = "IV.6-2"
"""A purpose that meets no due date: to consult on strategy and operations."""
GLOBAL_ONLY = frozenset({"IV.6-4", "V.3-2"})
"""What only a meeting at the global level can serve."""


class MeetingFormat(StrEnum):
    """How a meeting is held."""

    IN_PERSON = "in_person"
    """Everybody in one room."""
    ONLINE = "online"
    """Everybody by a link."""
    HYBRID = "hybrid"
    """Some in a room and some by a link."""


class MeetingStatus(StrEnum):
    """Where one meeting stands."""

    PROPOSED = "proposed"
    """Candidate times are being answered; the parties have not agreed to one yet."""
    FIXED = "fixed"
    """Both parties agreed to the same time."""
    MOVING = "moving"
    """A new time is proposed; the one that was fixed stands until both agree to another."""
    CLOSED = "closed"
    """It was held, and both parties confirmed the minutes."""
    CANCELLED = "cancelled"
    """A party cancelled it, with its reason."""


POLLING = (MeetingStatus.PROPOSED, MeetingStatus.MOVING)
DATED = (MeetingStatus.FIXED, MeetingStatus.MOVING)
LIVE = (MeetingStatus.PROPOSED, MeetingStatus.FIXED, MeetingStatus.MOVING)


class Meeting(NumberedRow, table=True):
    """One meeting; `zone` is that in which its times were proposed, `length` its minutes.

    `purposes` are the clauses it was proposed to serve, and `confirmed` those that both parties confirmed.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime
    channel_id: str = Field(foreign_key="channel.channel_id")
    scope: str = Field(index=True)
    title: str
    purposes: str
    confirmed: str = ""
    format: MeetingFormat = Field(sa_type=status_type(MeetingFormat))
    venue: str
    length: int
    zone: str
    status: MeetingStatus = Field(sa_type=status_type(MeetingStatus), index=True)
    round: int = 1
    sequence: int = 0
    starts_at: datetime | None = None
    held_on: date | None = None
    reason: str = ""
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None

    def side_of(self, party: str) -> Side:
        """The proposing party began the case."""
        return Side.INITIATING if party == self.party else Side.RESPONDING

    @property
    def day(self) -> date | None:
        """The civil day on which it begins, where its times were proposed."""
        return civil_day(self.starts_at, self.zone) if self.starts_at else None

    @property
    def aims(self) -> tuple[str, ...]:
        """The clauses it was proposed to serve."""
        return listed(self.purposes)


class MeetingRound(SQLModel, table=True):
    """One set of candidate times of a meeting, why it was proposed, and the time that was fixed from it."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    round: int = Field(primary_key=True)
    opened_by: int = Field(foreign_key="person.id")
    opened_at: datetime
    reason: str = ""
    starts_at: datetime | None = None
    fixed_by: int | None = Field(default=None, foreign_key="person.id")
    fixed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    """Something happened to a meeting; `by` is a person of `party`."""

    meeting_id: int
    number: str
    title: str
    by: str
    party: str
    others: tuple[str, ...]


@dataclass
class NoSuchMeeting(AgreementError):
    """No meeting has this number."""

    routine = "meetings"
    number: str


@dataclass
class MeetingFieldEmpty(FieldError):
    """A field that both parties need was left empty."""

    routine = "meetings"


@dataclass
class NotForThisPlace(Refusal):
    """A focal point of another place cannot act for this meeting; headquarters' contact points can."""

    routine = "meetings"
    name: str
    number: str


@dataclass
class NoPlaceToMeet(Refusal):
    """No shared channel is registered for a place in which the person's office works."""

    routine = "meetings"
    name: str


@dataclass
class MeetingOver(Refusal):
    """The meeting was cancelled or closed; nothing of it changes any more."""

    routine = "meetings"
    number: str
    status: MeetingStatus
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class RoundOver(Refusal):
    """Other times have been proposed meanwhile."""

    routine = "meetings"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class DateFixed(Refusal):
    """Both parties have agreed to a time already."""

    routine = "meetings"
    number: str
    starts_at: datetime
    by: str
    party: str
    at: datetime
    zone: str


def listed(text: str) -> tuple[str, ...]:
    """Clauses as they are stored: separated by commas."""
    return tuple(filter(None, text.split(",")))


def require_here(desk: Desk, act: Act, row: Meeting, case: Case | None = None) -> None:
    """Refuse whoever may not do `act` for this meeting: the capacity, and for focal points the place too.

    `case` says which side is asked where that is not a matter of who proposed the meeting.
    """
    require(desk.session, desk.person, act, case or row)
    if not serves(desk.session, desk.person, row.scope):
        raise NotForThisPlace(desk.person.name, row.number)


def may_here(desk: Desk, act: Act, row: Meeting, case: Case | None = None) -> bool:
    """Whether the person at the desk may do `act` for this meeting."""
    return may(desk.session, desk.person, act, case or row) and serves(desk.session, desk.person, row.scope)


def serves(session: Session, person: Person, scope: str) -> bool:
    """Whether a person may act for meetings in `scope`: they speak for all places, or their office works there."""
    if roles_of(session, person) & OFFICE:
        return True
    return bool(scope) and works_in(session, person, scope)


def concerned(desk: Desk, row: Meeting) -> list[Person]:
    """Whom a meeting concerns on both sides: contact points, and in the field the focal points of the place."""
    return [person for party in desk.definition.parties for person in concerned_of(desk, row, party.id)]


def concerned_of(desk: Desk, row: Meeting, party: str) -> list[Person]:
    """Whom a meeting concerns on one side; where it has no contact point, whoever may receive for it."""
    roles = {Role.CONTACT_POINT, Role.FIELD_FOCAL_POINT} if row.scope else {Role.CONTACT_POINT}
    people = holders(desk.session, party, frozenset(roles), desk.today)
    here = [person for person in people if serves(desk.session, person, row.scope)]
    return here or holders(desk.session, party, RECEIVING, desk.today)


def event_facts(desk: Desk, row: Meeting) -> dict[str, Any]:
    """What every event about a meeting says; of the clock's events the party is that which proposed it."""
    party = desk.by.party if desk.by else row.party
    return {
        "clause": CLAUSE,
        "subject": f"meeting:{row.key}",
        "meeting_id": row.key,
        "number": row.number,
        "title": row.title,
        "by": desk.by.name if desk.by else "",
        "party": desk.definition.party(party).abbreviation,
        "others": tuple(other.abbreviation for other in desk.definition.others(party)),
    }


def change(desk: Desk, row: Meeting, among: Sequence[MeetingStatus], **values: object) -> bool:
    """Change the meeting if it stands where it is expected to, in the round it was seen in."""
    expected: ColumnElement[bool] = col(Meeting.id) == row.key
    expected &= col(Meeting.status).in_(among) & (col(Meeting.round) == row.round)
    done = desk.session.exec(update(Meeting).where(expected).values(**values))
    desk.session.refresh(row)
    return done.rowcount == 1


def refuse_over(desk: Desk, row: Meeting) -> None:
    """Say who ended the meeting, if it has ended."""
    if row.status not in LIVE:
        raise MeetingOver(row.number, row.status, **who_was_first(desk, row.ended_by, row.ended_at))


def refuse_unless_polling(desk: Desk, row: Meeting, round_seen: int) -> None:
    """Say who ended it, fixed its time or proposed others, unless the times that were seen still stand."""
    refuse_over(desk, row)
    if row.round != round_seen:
        newest = this_round(desk.session, row)
        raise RoundOver(row.number, **who_was_first(desk, newest.opened_by, newest.opened_at))
    if row.status is MeetingStatus.FIXED:
        fixed = this_round(desk.session, row)
        starts_at = row.starts_at or desk.now
        raise DateFixed(row.number, starts_at, **who_was_first(desk, fixed.fixed_by, fixed.fixed_at))


def who_was_first(desk: Desk, person_id: int | None, at: datetime | None) -> dict[str, Any]:
    """Who did it, and when, for a refusal."""
    person = desk.session.get_one(Person, person_id)
    return {
        "by": person.name,
        "party": desk.definition.party(person.party).abbreviation,
        "at": at or desk.now,
        "zone": desk.definition.tz,
    }


def this_round(session: Session, row: Meeting) -> MeetingRound:
    """The candidate times that were proposed last."""
    return session.get_one(MeetingRound, (row.key, row.round))


def rounds(session: Session, row: Meeting) -> Sequence[MeetingRound]:
    """Every set of candidate times, the first one first: the history of the date."""
    mine = select(MeetingRound).where(MeetingRound.meeting_id == row.key)
    return session.exec(mine.order_by(col(MeetingRound.round))).all()


def listing(session: Session, limit: int = 15) -> Sequence[Meeting]:
    """The latest meetings, newest first."""
    return session.exec(select(Meeting).order_by(col(Meeting.id).desc()).limit(limit)).all()


def live(session: Session) -> Sequence[Meeting]:
    """The meetings that are neither closed nor cancelled, the oldest first."""
    going_on = select(Meeting).where(col(Meeting.status).in_(LIVE))
    return session.exec(going_on.order_by(col(Meeting.id))).all()


def get_meeting(session: Session, meeting_id: int) -> Meeting:
    """One meeting; refuses an unknown key."""
    row = session.get(Meeting, meeting_id)
    if row is None:
        raise NoSuchMeeting("")
    return row


def by_number(session: Session, number: str) -> Meeting:
    """One meeting by the number people quote; refuses one that does not exist."""
    found = find_number(session, Meeting, number)
    if found is None:
        raise NoSuchMeeting(number.strip())
    return found


def place_of(session: Session, row: Meeting) -> Channel:
    """The shared channel in which the meeting is arranged."""
    return session.get_one(Channel, row.channel_id)
