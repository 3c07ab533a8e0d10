"""IV.6-2: the parties may consult on strategic and operational matters; what it was about and came to is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, col, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow, next_seq
from bot.agreement.people import Person, Refusal, require, require_clause
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type

CLAUSE = "IV.6-2"


class ConsultationKind(StrEnum):
    """What a consultation is about."""

    STRATEGIC = "strategic"
    """Where the two parties are going."""
    OPERATIONAL = "operational"
    """How work is done."""


class ConsultationStatus(StrEnum):
    """Where a consultation stands."""

    OPEN = "open"
    """The other party has not said that it is ready."""
    READY = "ready"
    """The other party is ready to consult."""
    CLOSED = "closed"
    """It is over; what it came to is on record."""


class Consultation(NumberedRow, table=True):
    """One consultation that one party asked for."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id")
    kind: ConsultationKind = Field(sa_type=status_type(ConsultationKind))
    topic: str
    questions: str
    agenda: str = ""
    opened_at: datetime
    status: ConsultationStatus = Field(sa_type=status_type(ConsultationStatus))
    ready_by: int | None = Field(default=None, foreign_key="person.id")
    ready_at: datetime | None = None
    wished_on: date | None = None
    wish: str = ""
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None
    minutes: str = ""

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"consultation:{self.key}"

    def side_of(self, party: str) -> Side:
        """The party that asked began the case; any other answers."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class ConsultationFacts(Event):
    """What every event about a consultation says."""

    consultation_id: int
    number: str
    topic: str
    by: str
    party: str


@dataclass(frozen=True, kw_only=True)
class ConsultationOpened(ConsultationFacts):
    """A party asked the other to consult."""

    questions: str
    agenda: str
    receiving: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConsultationReady(ConsultationFacts):
    """The other party is ready to consult, and may have named a day it would like."""

    wished_on: date | None
    wish: str


@dataclass(frozen=True, kw_only=True)
class ConsultationClosed(ConsultationFacts):
    """A consultation is over; `minutes` say what it came to."""

    minutes: str


@dataclass
class Unsaid(FieldError):
    """A field that a consultation needs was left empty."""

    routine = "consultations"


@dataclass
class DayIsPast(FieldError):
    """A day wished for has passed."""

    routine = "consultations"
    day: date


@dataclass
class NoSuchConsultation(AgreementError):
    """There is no such consultation."""

    routine = "consultations"


@dataclass
class AlreadyReady(Refusal):
    """Somebody said it first, or the consultation is over."""

    routine = "consultations"
    number: str
    status: ConsultationStatus
    by: str
    party: str
    at: datetime
    zone: str


def open_consultation(
    desk: Desk, *, channel_id: str, kind: ConsultationKind, topic: str, questions: str, agenda: str = ""
) -> ConsultationOpened:
    """Ask the other party to consult on a strategic or operational matter."""
    require(desk.session, desk.person, Act.OPEN_CONSULTATION)
    require_clause(desk.session, CLAUSE)
    for field, text in {"topic": topic, "questions": questions}.items():
        if not text.strip():
            raise Unsaid(field)
    get_channel(desk.session, channel_id)
    row = Consultation(
        year=desk.today.year,
        seq=next_seq(desk.session, Consultation, desk.today.year),
        party=desk.person.party,
        author_id=desk.person.key,
        channel_id=channel_id,
        kind=kind,
        topic=topic.strip(),
        questions=questions.strip(),
        agenda=agenda.strip(),
        opened_at=desk.now,
        status=ConsultationStatus.OPEN,
    )
    desk.session.add(row)
    desk.session.flush()
    receiving = tuple(party.abbreviation for party in desk.definition.others(row.party))
    about: dict[str, Any] = {"questions": row.questions, "agenda": row.agenda, "receiving": receiving}
    return ConsultationOpened(**_facts(desk, row), **about)


def say_ready(desk: Desk, *, consultation_id: int, wished_on: date | None, wish: str) -> ConsultationReady:
    """Say for the other party that it is ready to consult, and when; the first to say so stands."""
    row = get_consultation(desk.session, consultation_id)
    require(desk.session, desk.person, Act.ANSWER_CONSULTATION, row)
    if wished_on and wished_on < desk.today:
        raise DayIsPast("wished_on", wished_on)
    _move(
        desk,
        row,
        (ConsultationStatus.OPEN,),
        status=ConsultationStatus.READY,
        ready_by=desk.person.key,
        ready_at=desk.now,
        wished_on=wished_on,
        wish=wish.strip(),
    )
    return ConsultationReady(**_facts(desk, row), wished_on=row.wished_on, wish=row.wish)


def close_consultation(desk: Desk, *, consultation_id: int, minutes: str) -> ConsultationClosed:
    """Put on record what a consultation came to; either party may, and the first to do so stands."""
    row = get_consultation(desk.session, consultation_id)
    require(desk.session, desk.person, Act.OPEN_CONSULTATION)
    if not minutes.strip():
        raise Unsaid("minutes")
    _move(
        desk,
        row,
        (ConsultationStatus.OPEN, ConsultationStatus.READY),
        status=ConsultationStatus.CLOSED,
        closed_by=desk.person.key,
        closed_at=desk.now,
        minutes=minutes.strip(),
    )
    return ConsultationClosed(**_facts(desk, row), minutes=row.minutes)


def _move(desk: Desk, row: Consultation, expected: tuple[ConsultationStatus, ...], **values: object) -> None:
    mine = (col(Consultation.id) == row.key) & col(Consultation.status).in_(expected)
    done = desk.session.exec(update(Consultation).where(mine).values(**values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise _too_late(desk, row)


def _too_late(desk: Desk, row: Consultation) -> AlreadyReady:
    by = desk.session.get_one(Person, row.closed_by or row.ready_by)
    party = desk.definition.party(by.party).abbreviation
    at = row.closed_at or row.ready_at or desk.now
    return AlreadyReady(row.number, row.status, by.name, party, at, desk.definition.tz)


def _facts(desk: Desk, row: Consultation) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "consultation_id": row.key,
        "number": row.number,
        "topic": row.topic,
        "by": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
    }


def get_consultation(session: Session, consultation_id: int) -> Consultation:
    """One consultation; refuses an unknown key."""
    row = session.get(Consultation, consultation_id)
    if row is None:
        raise NoSuchConsultation
    return row


def not_closed(session: Session) -> Sequence[Consultation]:
    """The consultations of which nobody has put on record what they came to, the oldest first."""
    going_on = select(Consultation).where(Consultation.status != ConsultationStatus.CLOSED)
    return session.exec(going_on.order_by(col(Consultation.id))).all()
