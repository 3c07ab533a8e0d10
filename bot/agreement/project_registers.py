"""IX.1(d): the register of processing of a joint project: what is held, whose, why, where, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.people import Refusal
from bot.agreement.rights import Act
from bot.agreement.storage import status_type
from bot.agreement.transitions import Machine, Move

CLAUSE = "IX.1(d)"
RETENTION = "project_retention"
"""What is planned for one entry: whoever holds the data confirms what became of them."""


class DataHolding(StrEnum):
    """Whether the data of one entry are held still."""

    HELD = "held"
    """They are held."""
    PURGED = "purged"
    """They are purged, and that is confirmed."""
    RETURNED = "returned"
    """They are returned, and that is confirmed."""


HOLDINGS = Machine(
    name="holdings",
    begins=frozenset({DataHolding.HELD}),
    moves={
        "confirm_purged": Move(frozenset({DataHolding.HELD}), DataHolding.PURGED, Act.DISPOSE_PROJECT_DATA),
        "confirm_returned": Move(
            frozenset({DataHolding.HELD}), DataHolding.RETURNED, Act.DISPOSE_PROJECT_DATA
        ),
    },
)
"""Data are held until whoever holds them confirms what became of them; the clock never does."""


class ProcessingEntry(SQLModel, table=True):
    """One line of the register: data that `party` holds for a project."""

    __table_args__ = (UniqueConstraint("project_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="jointproject.id", index=True)
    seq: int
    party: str
    data: str
    whose: str
    purpose: str
    kept_at: str
    transfers: str = ""
    retention_until: date
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    status: DataHolding = Field(sa_type=status_type(DataHolding))
    disposed_on: date | None = None
    disposed_by: int | None = Field(default=None, foreign_key="person.id")
    disposed_at: datetime | None = None
    disposal: str = ""

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        return self.id or 0

    @property
    def subject(self) -> str:
        """How what is planned for it names it; it outlives the project and the Agreement."""
        return f"project_processing:{self.key}"

    @property
    def is_held(self) -> bool:
        """Whether nobody has confirmed yet that the data are gone."""
        return self.status is DataHolding.HELD


@dataclass(frozen=True, kw_only=True)
class RegisterEntered(Event):
    """A party put on the register what it holds; `all_open` says that nothing holds the start any more."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    data: str
    retention_until: date
    all_open: bool


@dataclass(frozen=True, kw_only=True)
class DataDisposed(Event):
    """A party confirmed that data are purged or returned; `left` entries of the project are held still."""

    project_id: int
    number: str
    title: str
    by: str
    party: str
    data: str
    status: DataHolding
    disposed_on: date
    left: int


@dataclass
class RegisterFieldEmpty(FieldError):
    """A field without which the register says nothing was left empty."""

    routine = "projects"


@dataclass
class RetentionPast(FieldError):
    """The last day of the retention must lie ahead."""

    routine = "projects"
    today: date


@dataclass
class DisposedAhead(FieldError):
    """Nothing was purged or returned on a day that is still to come, or before it was entered."""

    routine = "projects"
    today: date


@dataclass
class AlreadyDisposed(Refusal):
    """Somebody confirmed it first."""

    routine = "projects"
    number: str
    status: DataHolding
    by: str
    party: str
    at: datetime
    zone: str


@dataclass(frozen=True, kw_only=True)
class Processing:
    """What the form says of data that a party holds."""

    data: str
    whose: str
    purpose: str
    kept_at: str
    transfers: str
    retention_until: date | None


def register_of(session: Session, project_id: int) -> Sequence[ProcessingEntry]:
    """The whole register of one project, in the order in which it was entered."""
    query = select(ProcessingEntry).where(ProcessingEntry.project_id == project_id)
    return session.exec(query.order_by(col(ProcessingEntry.seq))).all()


def held(session: Session, project_id: int) -> list[ProcessingEntry]:
    """What nobody has confirmed yet to be purged or returned."""
    return [row for row in register_of(session, project_id) if row.is_held]
