"""IV.4: a party's own coming meetings, to which the other is invited where the questions are of mutual interest.

An entry belongs to the convening side alone until its invitation is issued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow, find_number
from bot.agreement.people import Person, Refusal, passes_elsewhere
from bot.agreement.rights import Side
from bot.agreement.storage import status_type

PARAGRAPH = "IV.4"


class InvitationStatus(StrEnum):
    """Where one meeting of one party stands."""

    ANNOUNCED = "announced"
    """It is on record, and whether it is of mutual interest is not decided."""
    OF_INTEREST = "of_interest"
    """It is of mutual interest, and the invitation is still to be issued."""
    NOT_OF_INTEREST = "not_of_interest"
    """It is not of mutual interest; the other party is not told of it."""
    ISSUED = "issued"
    """The other party is invited."""
    CANCELLED = "cancelled"
    """The meeting does not take place."""
    HELD = "held"
    """The meeting is over, and who attended is on record."""


class InvitationReply(StrEnum):
    """What the invited party answered last."""

    ACCEPTED = "accepted"
    """It attends, with the people named."""
    TENTATIVE = "tentative"
    """It hopes to attend and cannot say yet."""
    DECLINED = "declined"
    """It does not attend."""


class InvitationDeed(StrEnum):
    """What was done to an entry, for its history."""

    ANNOUNCED = "announced"
    """It was put on record."""
    FOUND_OF_INTEREST = "found_of_interest"
    """It was found to be of mutual interest."""
    FOUND_OF_NONE = "found_of_none"
    """It was found not to be of mutual interest."""
    ISSUED = "issued"
    """The invitation was issued."""
    ACCEPTED = "accepted"
    """The other party accepted."""
    TENTATIVE = "tentative"
    """The other party answered that it cannot say yet."""
    DECLINED = "declined"
    """The other party declined."""
    POSTPONED = "postponed"
    """The meeting was moved to other days."""
    CANCELLED = "cancelled"
    """The meeting was cancelled."""
    ATTENDANCE_RECORDED = "attendance_recorded"
    """Who attended was put on record."""


PRIVATE = frozenset(
    {InvitationStatus.ANNOUNCED, InvitationStatus.OF_INTEREST, InvitationStatus.NOT_OF_INTEREST}
)
"""Before the invitation: nothing that the other party is told of."""
UNDER_WAY = PRIVATE | {InvitationStatus.ISSUED}
"""What can still be moved or cancelled."""


class Invitation(NumberedRow, table=True):
    """One coming meeting of `party`, and the invitation of the other party to it.

    `rule` is the internal rule of the convening party under which others are invited (IV.0). `moves` and
    `replies` count what was changed, so that two who change the same at once are told of each other.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str = Field(index=True)
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    channel_id: str = Field(foreign_key="channel.channel_id")
    title: str
    convenor: str
    starts_on: date
    ends_on: date
    place: str
    topic: str
    rule: str
    register_by: date | None = None
    status: InvitationStatus = Field(sa_type=status_type(InvitationStatus), index=True)
    of_interest: bool | None = None
    interest_reason: str = ""
    signed_by: str = ""
    reference: str = ""
    letter_file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    issued_at: datetime | None = None
    reply_by: date | None = None
    reply: InvitationReply | None = Field(default=None, sa_type=status_type(InvitationReply))
    replies: int = 0
    delegates: str = ""
    reply_reason: str = ""
    moves: int = 0
    attended: str = ""
    attendance_note: str = ""

    def side_of(self, party: str) -> Side:
        """The convening party began the case; the other replies."""
        return Side.INITIATING if party == self.party else Side.RESPONDING

    def is_seen_by(self, party: str) -> bool:
        """Whether `party` may know of it: its own, or one to which it was invited."""
        return party == self.party or self.issued_at is not None


class InvitationStep(SQLModel, table=True):
    """One line of an entry's history; the days are those that stood after it."""

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    deed: InvitationDeed = Field(sa_type=status_type(InvitationDeed))
    by: int = Field(foreign_key="person.id")
    at: datetime
    note: str = ""
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class InvitationEvent(Event):
    """Something happened to one meeting of one party."""

    invitation_id: int
    number: str
    title: str
    party: str
    invited: tuple[str, ...]
    by: str
    by_party: str
    starts_on: date
    ends_on: date


@dataclass
class InvitationFieldEmpty(FieldError):
    """A field without which nobody can decide was left empty."""

    routine = "invitations"


@dataclass
class MeetingNotAhead(FieldError):
    """A meeting to which somebody is to be invited begins after today."""

    routine = "invitations"
    today: date


@dataclass
class MeetingBackwards(FieldError):
    """The meeting would end before it begins."""

    routine = "invitations"
    starts_on: date


@dataclass
class RegistrationOutside(FieldError):
    """The last day for registration lies in the past, or after the meeting has begun."""

    routine = "invitations"
    today: date
    starts_on: date


@dataclass
class AnnouncedElsewhere(Refusal):
    """A meeting that is not of mutual interest yet must not pass through the other party's app."""

    routine = "invitations"
    party: str


@dataclass
class NoSuchInvitation(Refusal):
    """No meeting of this number, or none that the person's party may know of."""

    routine = "invitations"
    number: str


@dataclass
class SomebodyWasFirst(Refusal):
    """Somebody did this, or something that rules it out, before; `deed` is what they did."""

    routine = "invitations"
    number: str
    deed: InvitationDeed
    by: str
    party: str
    at: datetime
    zone: str


def check_days(starts_on: date, ends_on: date, register_by: date | None, today: date) -> None:
    """Refuse days on which nobody could be invited any more, or that run backwards."""
    if starts_on <= today:
        raise MeetingNotAhead("starts_on", today)
    if ends_on < starts_on:
        raise MeetingBackwards("ends_on", starts_on)
    if register_by and not today <= register_by <= starts_on:
        raise RegistrationOutside("register_by", today, starts_on)


def working_day_by(desk: Desk, row: Invitation, policy: str) -> date:
    """The day so many days before the meeting by which something is to be done, and not before today."""
    (days,) = desk.days(policy)
    wanted = desk.calendar.previous_working(row.starts_on - timedelta(days=days))
    return max(wanted, desk.today)


def clause_of(definition: Definition, party_id: str) -> str:
    """The clause under which `party_id` invites: the one whose actor the definition names after that party."""
    abbreviation = definition.party(party_id).abbreviation
    clauses = definition.find_clauses(PARAGRAPH)
    return next((one.id for one in clauses if one.who.split(" ")[0] == abbreviation), PARAGRAPH)


def remember(desk: Desk, row: Invitation, deed: InvitationDeed, note: str = "") -> None:
    """Add a line to the history of an entry."""
    desk.session.add(
        InvitationStep(
            invitation_id=row.key,
            deed=deed,
            by=desk.person.key,
            at=desk.now,
            note=note,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
    )
    desk.session.flush()


def history(session: Session, row: Invitation) -> Sequence[InvitationStep]:
    """What was done, the first thing first; once the invitation is issued, from then on."""
    query = select(InvitationStep).where(InvitationStep.invitation_id == row.key)
    steps = session.exec(query.order_by(col(InvitationStep.id))).all()
    public = [n for n, step in enumerate(steps) if step.deed is InvitationDeed.ISSUED]
    return steps[public[0] :] if public else steps


def event_facts(desk: Desk, row: Invitation) -> dict[str, Any]:
    """What every event about an entry says."""
    return {
        "clause": clause_of(desk.definition, row.party),
        "subject": f"invitation:{row.key}",
        "invitation_id": row.key,
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "invited": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "by": desk.by.name if desk.by else "",
        "by_party": desk.definition.party(desk.by.party).abbreviation if desk.by else "",
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }


def somebody_was_first(desk: Desk, row: Invitation) -> SomebodyWasFirst:
    """Who did the last thing, and when."""
    query = select(InvitationStep).where(InvitationStep.invitation_id == row.key)
    last = desk.session.exec(query.order_by(col(InvitationStep.id).desc())).first()
    assert last is not None, "an entry begins with a line of history"
    by = desk.session.get_one(Person, last.by)
    party = desk.definition.party(by.party).abbreviation
    return SomebodyWasFirst(row.number, last.deed, by.name, party, last.at, desk.definition.tz)


def get_invitation(session: Session, invitation_id: int) -> Invitation:
    """One entry; refuses an unknown key."""
    row = session.get(Invitation, invitation_id)
    if row is None:
        raise NoSuchInvitation(str(invitation_id))
    return row


def known_invitation(desk: Desk, invitation_id: int) -> Invitation:
    """One entry that the person's party may know of; any other is answered as one that does not exist."""
    row = desk.session.get(Invitation, invitation_id)
    if row is None or not _is_shown(desk, row):
        raise NoSuchInvitation("")
    return row


def by_number(desk: Desk, number: str) -> Invitation:
    """One entry by the number people quote; one the person's party may not know of does not exist for them."""
    found = find_number(desk.session, Invitation, number)
    if found is None or not _is_shown(desk, found):
        raise NoSuchInvitation(number.strip())
    return found


def listing(desk: Desk, limit: int = 15) -> list[Invitation]:
    """The latest entries that the person's party may know of, the meeting that is farthest ahead first."""
    rows = desk.session.exec(
        select(Invitation).order_by(col(Invitation.starts_on).desc(), col(Invitation.id).desc())
    ).all()
    return [row for row in rows if _is_shown(desk, row)][:limit]


def _is_shown(desk: Desk, row: Invitation) -> bool:
    """Whether the person may know of it, here: before the invitation another party's app must not carry it."""
    elsewhere = row.status in PRIVATE and passes_elsewhere(desk.session, desk.person)
    return row.is_seen_by(desk.person.party) and not elsewhere


def refuse_elsewhere(desk: Desk, through: str) -> None:
    """Refuse to take what is private to a party through the other party's app."""
    if through != desk.person.party:
        raise AnnouncedElsewhere(desk.definition.party(desk.person.party).abbreviation)


def standing_at(session: Session, *statuses: InvitationStatus) -> Sequence[Invitation]:
    """The entries that stand at one of these points, the next meeting first."""
    query = select(Invitation).where(col(Invitation.status).in_(statuses))
    return session.exec(query.order_by(col(Invitation.starts_on), col(Invitation.id))).all()


def waiting_facts(desk: Desk, row: Invitation) -> dict[str, Any]:
    """What is said of an entry that waits for somebody."""
    begun = row.starts_on <= desk.today
    return {**event_facts(desk, row), "reply": row.reply, "reply_by": row.reply_by, "begun": begun}
