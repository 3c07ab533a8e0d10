"""VII.1-2 and VII.1-4: the case of one notice to end the Agreement, from its draft to the last day.

People give notice, by a letter that they sign and send; what is kept here is what they did. Until a notice is on
record as sent it concerns the notifying side alone: the other sees nothing of it, not even that there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.notice_letters import NoticeChannel, NoticeLanguage
from bot.agreement.numbering import NumberedRow
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import Person, Refusal, may, require
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move

CLAUSE = "VII.1-2"


class TerminationStatus(StrEnum):
    """Where one notice stands."""

    DRAFT = "draft"
    """The notifying side drafts it for itself."""
    APPROVED = "approved_to_send"
    """Two people of the notifying side, one of them a signatory, have agreed that it be sent."""
    SENT = "sent"
    """The notifying side put on record that its people sent the signed letter."""
    RECEIVED = "received"
    """The notifying side put evidence of its receipt on record, which the other has not acknowledged."""
    ACKNOWLEDGED = "acknowledged"
    """The receiving side acknowledged when it received it."""
    EFFECTIVE = "effective"
    """Its last day is over, and the Agreement has ended."""
    DROPPED = "dropped"
    """It was given up before it was sent."""
    WITHDRAWN = "withdrawn"
    """It was withdrawn by both sides before its last day was over."""
    STATED = "stated"
    """A party says that it received a letter of which the other has put nothing on record."""
    DENIED = "denied"
    """The party that is said to have sent that letter denies it."""
    LAPSED = "lapsed"
    """The Agreement ended by another notice before this one could end it."""


ROOM = frozenset({TerminationStatus.DRAFT, TerminationStatus.APPROVED})
"""While it concerns the notifying side alone."""
GIVEN = frozenset({TerminationStatus.SENT, TerminationStatus.RECEIVED, TerminationStatus.ACKNOWLEDGED})
"""Sent, and its last day is not over."""
RUNNING = frozenset({TerminationStatus.RECEIVED, TerminationStatus.ACKNOWLEDGED})
"""Its receipt is on record, so its period runs."""

MACHINE = Machine(
    "terminations",
    begins=frozenset({TerminationStatus.DRAFT, TerminationStatus.STATED}),
    moves={
        "approve": Move(
            frozenset({TerminationStatus.DRAFT}), TerminationStatus.APPROVED, Act.APPROVE_NOTICE, written=True
        ),
        "revise": Move(ROOM, TerminationStatus.DRAFT, Act.OPEN_NOTICE),
        "drop": Move(ROOM, TerminationStatus.DROPPED, Act.OPEN_NOTICE),
        "record_sent": Move(
            frozenset({TerminationStatus.APPROVED}), TerminationStatus.SENT, Act.RECORD_NOTICE, written=True
        ),
        "prove_receipt": Move(
            frozenset({TerminationStatus.SENT}), TerminationStatus.RECEIVED, Act.RECORD_NOTICE, written=True
        ),
        "acknowledge": Move(
            frozenset({TerminationStatus.SENT, TerminationStatus.RECEIVED}),
            TerminationStatus.ACKNOWLEDGED,
            Act.ACKNOWLEDGE_NOTICE,
            written=True,
        ),
        "confirm_letter": Move(
            frozenset({TerminationStatus.STATED}),
            TerminationStatus.ACKNOWLEDGED,
            Act.APPROVE_NOTICE,
            written=True,
        ),
        "deny_letter": Move(
            frozenset({TerminationStatus.STATED}), TerminationStatus.DENIED, Act.APPROVE_NOTICE
        ),
        "retract_letter": Move(
            frozenset({TerminationStatus.STATED}), TerminationStatus.DROPPED, Act.STATE_NOTICE
        ),
        "withdraw": Move(
            GIVEN,
            TerminationStatus.WITHDRAWN,
            Act.WITHDRAW_NOTICE,
            written=True,
        ),
        "take_effect": Move(RUNNING, TerminationStatus.EFFECTIVE),
        # In the act that closes the Agreement, whose end is by another notice.
        "lapse": Move(ROOM | GIVEN | {TerminationStatus.STATED}, TerminationStatus.LAPSED),
    },
)
"""Every way a notice may go. Nothing is sent, received or ends the Agreement without a signed letter on record."""


class Termination(NumberedRow, table=True):
    """One notice. `party` gives it; `opener` opened its case, and alone sees `year` and `seq`.

    It gets a number of both parties once both know of it (`public_year`, `public_seq`), so that numbers tell
    nothing of drafts. `live` is the party while it has a notice under way: one at a time. `version` counts what
    was changed in the draft, and `withdrawal_version` every proposal to withdraw.
    Four days or instants are kept, each with who put it on record: dated, sent, received, acknowledged.
    `ends_on` is the last day on which the Agreement is in force, as the agreed reading says; `counted` keeps how
    it was counted when it was received, so that nothing changed afterwards moves it.
    """

    __table_args__ = (
        UniqueConstraint("opener", "year", "seq"),
        UniqueConstraint("public_year", "public_seq"),
    )

    party: str = Field(index=True)
    opener: str
    live: str | None = Field(default=None, unique=True)
    public_year: int | None = None
    public_seq: int | None = None
    status: TerminationStatus = Field(sa_type=status_type(TerminationStatus), index=True)
    version: int = 1
    language: NoticeLanguage = Field(sa_type=status_type(NoticeLanguage))
    addressee: str = ""
    place: str = ""
    signatory: str = ""
    capacity: str = ""
    reason: str = ""
    planned_on: date | None = None
    opened_by: int = Field(foreign_key="person.id")
    opened_at: datetime
    dated_on: date
    dated_by: int = Field(foreign_key="person.id")
    dated_at: datetime
    sent_at: datetime | None = None
    sent_by: int | None = Field(default=None, foreign_key="person.id")
    sent_recorded_at: datetime | None = None
    travelled: NoticeChannel | None = Field(default=None, sa_type=status_type(NoticeChannel))
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    received_at: datetime | None = None
    received_by: int | None = Field(default=None, foreign_key="person.id")
    received_recorded_at: datetime | None = None
    received_how: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="storedfile.id")
    stated_received_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    counted: str = ""
    runs_from: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    withdrawal_version: int = 0
    withdrawal_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawal_party: str = ""
    withdrawal_at: datetime | None = None
    withdrawal_reason: str = ""
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None
    closing_note: str = ""

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"termination:{self.key}"

    @property
    def number(self) -> str:
        """What people call it: one number while it is a draft, and another once both parties know of it."""
        return self.draft_number if self.is_private else f"{self.public_year}/{self.public_seq}"

    @property
    def draft_number(self) -> str:
        """What the side that opened the case called it before; the other never learns it."""
        return f"{self.opener.upper()}-{self.year}/{self.seq}"

    @property
    def is_private(self) -> bool:
        """Whether it concerns the notifying side alone."""
        return self.public_seq is None

    @property
    def is_public(self) -> bool:
        """Whether everybody of both parties may know: from its receipt on, since its period then runs."""
        return self.received_at is not None and self.starts_on is not None

    def side_of(self, party: str) -> Side:
        """The notifying party began; the other one received, or acknowledges."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


class TerminationApproval(SQLModel, table=True):
    """One person's agreement that one version of a notice be sent, or that a stated letter is their party's."""

    __table_args__ = (UniqueConstraint("termination_id", "version", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    termination_id: int = Field(foreign_key="termination.id", index=True)
    version: int
    person_id: int = Field(foreign_key="person.id")
    signs: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    """Something was done with a notice; what the letter says is no part of it."""

    termination_id: int
    number: str
    party: str
    by: str
    by_party: str


@dataclass
class NoSuchNotice(Refusal):
    """The person's party has no such notice; what is the other's alone is answered alike."""

    routine = "notices"


@dataclass
class ThroughOtherApp(AgreementError):
    """What is private to a party must not pass through the other party's app."""

    routine = "notices"
    party: str


@dataclass
class NoticeMovedOn(Refusal):
    """Somebody was first: the notice stands elsewhere by now."""

    routine = "notices"
    number: str
    status: TerminationStatus
    by: str
    at: datetime | None
    zone: str


@dataclass
class NoticeFieldEmpty(FieldError):
    """A field that is needed was left empty."""

    routine = "notices"


@dataclass
class TypedWrong(FieldError):
    """The words that had to be typed are not those that were asked for."""

    routine = "notices"
    wanted: str
    typed: str


def about(row: Termination) -> dict[str, Any]:
    """What names a notice in any event about it."""
    return {
        "clause": CLAUSE,
        "subject": row.subject,
        "termination_id": row.key,
        "number": row.number,
        "party": row.party,
    }


def done(desk: Desk, row: Termination) -> dict[str, Any]:
    """What every event about a notice says: which one, and who acted."""
    by = desk.by
    return {**about(row), "by": by.name if by else "", "by_party": by.party if by else ""}


def get_notice(desk: Desk, termination_id: int) -> Termination:
    """A notice of which the person may know, since both parties do; refuses every other in the same words.

    Before its receipt is on record that is only who deals with notices.
    """
    row = desk.session.get(Termination, termination_id)
    if row is None or row.is_private:
        raise NoSuchNotice
    if not row.is_public and not may(desk.session, desk.person, Act.OPEN_NOTICE):
        raise NoSuchNotice
    return row


def get_room(desk: Desk, termination_id: int, through: str) -> Termination:
    """A notice of the person's own party, for who may see its room, through that party's own app."""
    require(desk.session, desk.person, Act.OPEN_NOTICE)
    refuse_elsewhere(desk, through, ThroughOtherApp)
    row = desk.session.get(Termination, termination_id)
    if row is None or row.opener != desk.person.party or row.party != row.opener:
        raise NoSuchNotice
    return row


def get_readable(desk: Desk, termination_id: int, through: str) -> Termination:
    """A notice that the person may read by this party's app: one of both, or of their own room."""
    row = desk.session.get(Termination, termination_id)
    own = row is not None and row.is_private and row.opener == desk.person.party == through
    inside = own and may(desk.session, desk.person, Act.OPEN_NOTICE)
    return get_room(desk, termination_id, through) if inside else get_notice(desk, termination_id)


def moved_on(desk: Desk, row: Termination) -> NoticeMovedOn:
    """Where it stands now, and who brought it there, where it was a person."""
    key, at = _last(row)
    by = desk.session.get(Person, key) if key else None
    return NoticeMovedOn(row.number, row.status, by.name if by else "", at, desk.definition.tz)


def _last(row: Termination) -> tuple[int | None, datetime | None]:
    steps = [
        (row.closed_by, row.closed_at),
        (row.acknowledged_by, row.acknowledged_at),
        (row.received_by, row.received_recorded_at),
        (row.sent_by, row.sent_recorded_at),
    ]
    return next((step for step in steps if step[1]), (row.dated_by, row.dated_at))


def check_typed(row: Termination, word: str, typed: str) -> None:
    """Refuse unless the number of the case and the word were typed; spaces and capitals do not matter."""
    wanted = phrase(row, word)
    if " ".join(typed.split()).casefold() != wanted.casefold():
        raise TypedWrong("typed", wanted, typed.strip())


def phrase(row: Termination, word: str) -> str:
    """What is to be typed: the number of the case and a word."""
    return f"{row.number} {word}"


def approvals(session: Session, row: Termination) -> Sequence[TerminationApproval]:
    """Who has agreed to the notice as it is worded now, the first first."""
    mine = TerminationApproval.termination_id == row.key, TerminationApproval.version == row.version
    return session.exec(select(TerminationApproval).where(*mine).order_by(col(TerminationApproval.id))).all()


def room_of(session: Session, party: str) -> Termination | None:
    """The notice that a party has under way, if any."""
    return session.exec(select(Termination).where(Termination.live == party)).first()


def known_to_both(session: Session) -> Sequence[Termination]:
    """The notices that both parties know of, the latest first."""
    query = select(Termination).where(col(Termination.public_seq).is_not(None))
    return session.exec(query.order_by(col(Termination.id).desc())).all()


def running(session: Session) -> Sequence[Termination]:
    """The notices whose period runs, the first to end first."""
    query = select(Termination).where(
        col(Termination.status).in_(RUNNING), col(Termination.ends_on).is_not(None)
    )
    return session.exec(query.order_by(col(Termination.ends_on), col(Termination.id))).all()
