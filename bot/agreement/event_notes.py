"""IV.8 and IV.10: what was said at joint events and in briefings: noted by one party, confirmed by the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, col, func, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.exchanges import LinkRefused, is_web_address
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type

CLAUSE = "IV.8"
ADVOCACY_CLAUSE = "IV.10"
UNCONFIRMED = "event_note_unconfirmed"
"""The follow-up that asks the other party again to confirm a note."""


class EventNoteKind(StrEnum):
    """What kind of event it was."""

    ADVOCACY = "advocacy"
    """Joint advocacy for the protection of migrant workers (IV.8)."""
    GOVERNMENTS = "governments"
    """A briefing of governments (IV.8)."""
    DONORS = "donors"
    """A briefing of donors (IV.8)."""
    OTHER = "other"
    """Other public or private advocacy (IV.10)."""

    @property
    def clause(self) -> str:
        """The clause under which the parties do this together."""
        return ADVOCACY_CLAUSE if self is EventNoteKind.OTHER else CLAUSE


class EventNoteStatus(StrEnum):
    """Where one note stands."""

    NOTED = "noted"
    """One party noted the event, and the other has not confirmed the note."""
    CONFIRMED = "confirmed"
    """Somebody of the other party confirmed that the note is right."""


class EventNote(NumberedRow, table=True):
    """One event that both parties held or attended together, as one of them noted it."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id")
    kind: EventNoteKind = Field(sa_type=status_type(EventNoteKind))
    title: str
    held_on: date = Field(index=True)
    venue: str
    audience: str
    said: str
    speakers: str
    links: str = ""
    status: EventNoteStatus = Field(sa_type=status_type(EventNoteStatus))
    noted_at: datetime
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None

    @property
    def clause(self) -> str:
        """The clause it belongs to."""
        return self.kind.clause

    @property
    def subject(self) -> str:
        """The case, as events and cards name it."""
        return f"event_note:{self.key}"

    def side_of(self, party: str) -> Side:
        """The noting party began the case; the other confirms."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class NewEventNote:
    """What was filled in about an event."""

    kind: EventNoteKind
    title: str
    held_on: date
    venue: str
    audience: str
    said: str
    speakers: str
    links: str = ""


@dataclass(frozen=True, kw_only=True)
class EventNoted(Event):
    """A party noted a joint event."""

    note_id: int
    number: str
    title: str
    by: str
    party: str
    channel_id: str


@dataclass(frozen=True, kw_only=True)
class EventConfirmed(Event):
    """The other party confirmed the note."""

    note_id: int
    number: str
    title: str
    by: str
    party: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ConfirmationNudged(FollowedUp):
    """The other party was asked again to confirm a note."""

    note_id: int
    party: str
    receiving: tuple[str, ...]


@dataclass
class NoteEmpty(FieldError):
    """A field that the other party needs was left empty."""

    routine = "event_notes"


@dataclass
class NotHeldYet(FieldError):
    """A note tells of what has happened."""

    routine = "event_notes"
    today: date


@dataclass
class AlreadyConfirmed(Refusal):
    """Somebody confirmed it first."""

    routine = "event_notes"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NoSuchEventNote(AgreementError):
    """No note has this number."""

    routine = "event_notes"
    number: str


def note_event(desk: Desk, *, channel_id: str, note: NewEventNote) -> EventNoted:
    """Note a joint event; the other party is asked to confirm it."""
    require(desk.session, desk.person, Act.NOTE_EVENT)
    _check(desk, note)
    get_channel(desk.session, channel_id)
    row = EventNote(
        year=desk.today.year,
        seq=next_seq(desk.session, EventNote, desk.today.year),
        party=desk.person.party,
        author_id=desk.person.key,
        channel_id=channel_id,
        status=EventNoteStatus.NOTED,
        noted_at=desk.now,
        **_typed(note),
    )
    desk.session.add(row)
    desk.session.flush()
    steps = [f"+P{days}D" for days in desk.days("event_note.confirm_days")]
    foresee(desk, row.subject, UNCONFIRMED, desk.today, steps)
    return EventNoted(
        clause=row.clause,
        subject=row.subject,
        note_id=row.key,
        number=row.number,
        title=row.title,
        by=desk.person.name,
        party=desk.definition.party(row.party).abbreviation,
        channel_id=channel_id,
    )


def confirm_event(desk: Desk, *, note_id: int) -> EventConfirmed:
    """Confirm that the other party's note is right; the first confirmation stands."""
    row = get_event_note(desk.session, note_id)
    require(desk.session, desk.person, Act.CONFIRM_EVENT, row)
    open_note = (col(EventNote.id) == row.key) & (col(EventNote.status) == EventNoteStatus.NOTED)
    first = {
        "status": EventNoteStatus.CONFIRMED,
        "confirmed_by": desk.person.key,
        "confirmed_at": desk.now,
    }
    done = desk.session.exec(update(EventNote).where(open_note).values(**first))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise _too_late(desk, row)
    drop(desk.session, row.subject)
    return EventConfirmed(
        clause=row.clause,
        subject=row.subject,
        note_id=row.key,
        number=row.number,
        title=row.title,
        by=desk.person.name,
        party=desk.definition.party(desk.person.party).abbreviation,
        at=desk.now,
    )


def nudge_confirmation(desk: Desk, *, waiting: Waiting) -> ConfirmationNudged:
    """Ask the other party again to confirm a note; dropped once it has."""
    row = get_event_note(desk.session, waiting.key)
    return ConfirmationNudged(
        clause=row.clause,
        number=row.number,
        title=row.title,
        note_id=row.key,
        party=desk.definition.party(row.party).abbreviation,
        receiving=tuple(party.abbreviation for party in desk.definition.others(row.party)),
        **mark_followed_up(desk, waiting),
    )


def event_counts(session: Session, since: date, until: date) -> dict[EventNoteKind, int]:
    """How many confirmed notes there are of events between two days, both included, for reports."""
    counted = (
        select(EventNote.kind, func.count())
        .where(
            EventNote.status == EventNoteStatus.CONFIRMED,
            EventNote.held_on >= since,
            EventNote.held_on <= until,
        )
        .group_by(EventNote.kind)
    )
    found = {EventNoteKind(kind): int(count) for kind, count in session.exec(counted).all()}
    return {kind: found.get(kind, 0) for kind in EventNoteKind}


def event_notes(session: Session, limit: int = 20) -> Sequence[EventNote]:
    """The latest notes, newest first."""
    return session.exec(select(EventNote).order_by(col(EventNote.id).desc()).limit(limit)).all()


def unconfirmed(session: Session) -> Sequence[EventNote]:
    """The notes that are not confirmed, the oldest first."""
    waiting = select(EventNote).where(EventNote.status == EventNoteStatus.NOTED)
    return session.exec(waiting.order_by(col(EventNote.id))).all()


def get_event_note(session: Session, note_id: int) -> EventNote:
    """One note; refuses an unknown key."""
    row = session.get(EventNote, note_id)
    if row is None:
        raise NoSuchEventNote(str(note_id))
    return row


def event_note_by_number(session: Session, number: str) -> EventNote:
    """One note by the number people quote; refuses one that does not exist."""
    found = find_number(session, EventNote, number)
    if found is None:
        raise NoSuchEventNote(number.strip())
    return found


def _check(desk: Desk, note: NewEventNote) -> None:
    for name in ("title", "venue", "audience", "said", "speakers"):
        if not getattr(note, name).strip():
            # A form's own title has that name, so its field is called the subject.
            raise NoteEmpty("subject" if name == "title" else name)
    if note.held_on > desk.today:
        raise NotHeldYet("held_on", desk.today)
    for link in note.links.split():
        if not is_web_address(link):
            raise LinkRefused("links", link)


def _typed(note: NewEventNote) -> dict[str, Any]:
    texts = ("title", "venue", "audience", "said", "speakers", "links")
    return {**vars(note), **{name: getattr(note, name).strip() for name in texts}}


def _too_late(desk: Desk, row: EventNote) -> AlreadyConfirmed:
    by = desk.session.get_one(Person, row.confirmed_by)
    party = desk.definition.party(by.party).abbreviation
    return AlreadyConfirmed(row.number, by.name, party, row.confirmed_at or desk.now, desk.definition.tz)
