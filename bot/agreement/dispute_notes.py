"""VIII: notes of settlement, written by one party and confirmed by the other in their exact words."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.agreement.disputes import Dispute
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move


class NoteStatus(StrEnum):
    """Where one note of settlement stands."""

    PROPOSED = "proposed"
    """One party wrote it, and the other has not answered."""
    CONFIRMED = "confirmed"
    """The other party confirmed it: the dispute is settled so."""
    RETURNED = "returned"
    """The other party did not confirm it, and said why."""
    REPLACED = "replaced"
    """The party that wrote it wrote another one."""
    LAPSED = "lapsed"
    """The dispute was withdrawn before anybody answered."""


class DisputeNote(SQLModel, table=True):
    """One note of settlement; its text never changes, so that its hash names it."""

    id: int | None = Field(default=None, primary_key=True)
    dispute_id: int = Field(foreign_key="dispute.id", index=True)
    party: str
    text: str
    sha256: str
    written_by: int = Field(foreign_key="person.id")
    written_at: datetime
    status: NoteStatus = Field(sa_type=status_type(NoteStatus))
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None

    @property
    def key(self) -> int:
        """The row's number in its table, once it is stored."""
        if self.id is None:
            raise RuntimeError("the note is not stored yet")
        return self.id

    def side_of(self, party: str) -> Side:
        """The party that wrote it began; the other confirms it."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


WAITING = frozenset({NoteStatus.PROPOSED})
NOTES = Machine(
    name="notes",
    begins=WAITING,
    moves={
        "confirm": Move(WAITING, NoteStatus.CONFIRMED, Act.CONFIRM_SETTLEMENT),
        "give_back": Move(WAITING, NoteStatus.RETURNED, Act.CONFIRM_SETTLEMENT),
        "replace": Move(WAITING, NoteStatus.REPLACED, Act.WRITE_SETTLEMENT),
        "lapse": Move(WAITING, NoteStatus.LAPSED, Act.WITHDRAW_DISPUTE),
    },
)


def digest(text: str) -> str:
    """The hash by which a note is confirmed."""
    return sha256(text.encode()).hexdigest()


def pending(session: Session, row: Dispute) -> DisputeNote | None:
    """The note that waits for an answer, if there is one."""
    return session.exec(_notes(row).where(DisputeNote.status == NoteStatus.PROPOSED)).first()


def _notes(row: Dispute) -> SelectOfScalar[DisputeNote]:
    return select(DisputeNote).where(DisputeNote.dispute_id == row.key).order_by(col(DisputeNote.id))
