"""IX.2-3: the owner's written instructions for the use of what is its own, by version, and who has read which.

VI.1 and IX.2-2 make every use depend on the owner's approval; IX.2-3 makes an approved use follow them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.emblems import VALID, EmblemRequest
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.files import Attachment, StoredFile, keep
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act

CLAUSE = "IX.2-3"


class OwnerInstructions(SQLModel, table=True):
    """One version of one party's instructions: a text, a file, or both. Versions are never changed."""

    __table_args__ = (UniqueConstraint("party", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str
    version: int
    text: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    valid_from: date
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    channel_id: str = Field(foreign_key="channel.channel_id")

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the version is not stored yet")
        return self.id


class InstructionsRead(SQLModel, table=True):
    """Somebody of the asking side said that they have read a version before asking for one use."""

    request_id: int = Field(foreign_key="emblemrequest.id", primary_key=True)
    instructions_id: int = Field(foreign_key="ownerinstructions.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InstructionsEntered(Event):
    """A party entered a version of its instructions; `affected` are the other side's running approvals."""

    instructions_id: int
    party: str
    party_id: str
    version: int
    valid_from: date
    file: str
    sha256: str
    by: str
    channel_id: str
    affected: tuple[int, ...]


@dataclass
class InstructionsEmpty(FieldError):
    """A version says something: in words, in a file, or both."""

    routine = "emblem_instructions"


@dataclass
class ValidTooEarly(FieldError):
    """A version binds nobody for days already past, nor before the version it follows."""

    routine = "emblem_instructions"
    earliest: date


@dataclass
class ValidDayMissing(FieldError):
    """From when the version holds has to be said."""

    routine = "emblem_instructions"


@dataclass
class VersionTaken(Refusal):
    """Somebody of the same party entered a version meanwhile: it has to be seen first."""

    routine = "emblem_instructions"
    version: int
    by: str
    at: datetime
    zone: str


@dataclass
class NotRead(FieldError):
    """Whoever asks says that they have read the owner's instructions in force (IX.2-3)."""

    routine = "emblem_instructions"
    owner: str
    version: int


def enter_instructions(
    desk: Desk, *, seen: int, text: str, valid_from: date | None, file: Attachment | None = None
) -> InstructionsEntered:
    """Enter the next version of the own party's instructions; `seen` is the last one the person knew of."""
    require(desk.session, desk.person, Act.KEEP_INSTRUCTIONS, OwnMatter(desk.person.party))
    last = latest(desk.session, desk.person.party)
    if (last.version if last else 0) != seen:
        raise _taken(desk, last)
    if not text.strip() and file is None:
        raise InstructionsEmpty("text")
    row = OwnerInstructions(
        party=desk.person.party,
        version=seen + 1,
        text=text.strip(),
        file_id=keep(desk.session, file),
        valid_from=_valid(desk, valid_from, last),
        entered_by=desk.person.key,
        entered_at=desk.now,
        channel_id=channel_for(desk.session, "").channel_id,
    )
    desk.session.add(row)
    desk.session.flush()
    affected = tuple(one.key for one in running(desk.session, row.party, desk.today))
    return InstructionsEntered(**instructions_facts(desk, row), affected=affected)


def _valid(desk: Desk, day: date | None, last: OwnerInstructions | None) -> date:
    earliest = max(desk.today, last.valid_from) if last else desk.today
    if day is None:
        raise ValidDayMissing("valid_from")
    if day < earliest:
        raise ValidTooEarly("valid_from", earliest)
    return day


def _taken(desk: Desk, last: OwnerInstructions | None) -> AgreementError:
    by = desk.session.get(Person, last.entered_by) if last else None
    at = last.entered_at if last else desk.now
    return VersionTaken(last.version if last else 0, by.name if by else "", at, desk.definition.tz)


def latest(session: Session, party: str) -> OwnerInstructions | None:
    """The last version entered, whether it holds already or not."""
    return next(iter(versions(session, party)), None)


def versions(session: Session, party: str) -> Sequence[OwnerInstructions]:
    """Every version of a party's instructions, the newest first."""
    mine = select(OwnerInstructions).where(OwnerInstructions.party == party)
    return session.exec(mine.order_by(col(OwnerInstructions.version).desc())).all()


def current(session: Session, party: str, day: date) -> OwnerInstructions | None:
    """The version in force on `day`, if there is one."""
    return next((row for row in versions(session, party) if row.valid_from <= day), None)


def get_instructions(session: Session, instructions_id: int) -> OwnerInstructions:
    """One version by its row."""
    return session.get_one(OwnerInstructions, instructions_id)


def note_read(desk: Desk, *, request_id: int, owner: str, ticked: Sequence[str]) -> None:
    """Put on record that the person has read the owner's version in force; refuses a request without it.

    `ticked` are the versions ticked in the form. Nothing is asked where the owner has no instructions.
    """
    row = current(desk.session, owner, desk.today)
    if row is None:
        return
    if str(row.version) not in ticked:
        raise NotRead("instructions_read", desk.definition.party(owner).abbreviation, row.version)
    desk.session.add(
        InstructionsRead(
            request_id=request_id, instructions_id=row.key, person_id=desk.person.key, at=desk.now
        )
    )
    desk.session.flush()


def read_for(session: Session, request_id: int) -> list[tuple[InstructionsRead, OwnerInstructions]]:
    """What was read for one request, the last version first."""
    rows = session.exec(
        select(InstructionsRead, OwnerInstructions)
        .join(OwnerInstructions, col(OwnerInstructions.id) == col(InstructionsRead.instructions_id))
        .where(InstructionsRead.request_id == request_id)
        .order_by(col(OwnerInstructions.version).desc())
    ).all()
    return [(read, row) for read, row in rows]


def running(session: Session, owner: str, today: date) -> Sequence[EmblemRequest]:
    """The approvals of what is `owner`'s whose use is not over, the oldest first."""
    approved = col(EmblemRequest.status).in_(VALID) & (col(EmblemRequest.use_until) >= today)
    query = select(EmblemRequest).where(approved, EmblemRequest.owner_party == owner)
    return session.exec(query.order_by(col(EmblemRequest.id))).all()


def instructions_facts(desk: Desk, row: OwnerInstructions) -> dict[str, Any]:
    """What is said of one version, but for its text."""
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    return {
        "clause": CLAUSE,
        "subject": f"instructions:{row.key}",
        "instructions_id": row.key,
        "party": desk.definition.party(row.party).abbreviation,
        "party_id": row.party,
        "version": row.version,
        "valid_from": row.valid_from,
        "file": file.name if file else "",
        "sha256": file.sha256 if file else "",
        "by": desk.session.get_one(Person, row.entered_by).name,
        "channel_id": row.channel_id,
    }
