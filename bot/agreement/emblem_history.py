"""What became of a request under VI.1, step by step, and each version of the material that it was about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.agreement.people import Person
from bot.agreement.storage import status_type


class EmblemDeed(StrEnum):
    """What was done to a request; but for the first, a deed has the name of its move."""

    ASK = "ask"
    """The owner was asked."""
    KEEP = "keep"
    """A draft was kept."""
    SUBMIT = "submit"
    """The draft was submitted."""
    DROP = "drop"
    """The draft was dropped."""
    WITHDRAW = "withdraw"
    """The asking side withdrew the request."""
    ASK_FOR_MORE = "ask_for_more"
    """The owner asked for more information."""
    GIVE_INFORMATION = "give_information"
    """The asking side answered."""
    APPROVE = "approve"
    """The owner approved."""
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    """The owner approved with conditions."""
    REFUSE = "refuse"
    """The owner refused."""
    LETTER_APPROVES = "letter_approves"
    """The owner approved in a letter or an e-mail, which its side put on record."""
    LETTER_APPROVES_WITH_CONDITIONS = "letter_approves_with_conditions"
    """The owner approved with conditions in a letter or an e-mail, which its side put on record."""
    LETTER_REFUSES = "letter_refuses"
    """The owner refused in a letter or an e-mail, which its side put on record."""
    LAPSE = "lapse"
    """Nobody answered in time."""
    CHANGE_MATERIAL = "change_material"
    """The material changed, which voids the approval."""
    BEGIN_USE = "begin_use"
    """The use began."""
    FILE_PROOF = "file_proof"
    """Proof of the use was filed."""
    EXPIRE = "expire"
    """The period of use ended."""
    REVOKE = "revoke"
    """The owner revoked its approval."""
    TAKE_DOWN = "take_down"
    """The asking side confirmed that the use is over."""


class EmblemStep(SQLModel, table=True):
    """One line of a request's history: which version of the material it was about; the clock has no name."""

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="emblemrequest.id", index=True)
    deed: EmblemDeed = Field(sa_type=status_type(EmblemDeed))
    version: int
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    note: str = ""


class EmblemVersion(SQLModel, table=True):
    """The material as the owner was shown it, with the SHA-256 of its text and of its file."""

    __table_args__ = (UniqueConstraint("request_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="emblemrequest.id", index=True)
    version: int
    text: str = ""
    text_sha256: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    file_sha256: str = ""
    by: int = Field(foreign_key="person.id")
    at: datetime


class EmblemProof(SQLModel, table=True):
    """A proof of the use as it was published: where, seen when, at which address or in which file."""

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="emblemrequest.id", index=True)
    link: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    file_sha256: str = ""
    place: str
    seen_on: date
    by: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True)
class Done:
    """The last thing that was done to a request."""

    deed: EmblemDeed
    by: str
    party: str
    at: datetime


def remember(desk: Desk, request_id: int, version: int, deed: EmblemDeed, note: str = "") -> None:
    """Add a line to the history of a request."""
    by = desk.by.key if desk.by else None
    step = EmblemStep(request_id=request_id, deed=deed, version=version, by=by, at=desk.now, note=note)
    desk.session.add(step)
    desk.session.flush()


def steps(session: Session, request_id: int) -> Sequence[EmblemStep]:
    """What was done, the first thing first."""
    mine = select(EmblemStep).where(EmblemStep.request_id == request_id)
    return session.exec(mine.order_by(col(EmblemStep.id))).all()


def last_done(desk: Desk, request_id: int) -> Done | None:
    """What was done last; nothing is known of what was done before histories were kept."""
    known = steps(desk.session, request_id)
    if not known:
        return None
    by = desk.session.get(Person, known[-1].by) if known[-1].by else None
    party = desk.definition.party(by.party).abbreviation if by else ""
    return Done(known[-1].deed, by.name if by else "", party, known[-1].at)


def keep_version(desk: Desk, request_id: int, version: int, text: str, file_id: int | None) -> EmblemVersion:
    """Keep the material of one version with its fingerprints, and return it."""
    row = EmblemVersion(
        request_id=request_id,
        version=version,
        text=text,
        text_sha256=fingerprint(text),
        file_id=file_id,
        file_sha256=file_fingerprint(desk.session, file_id),
        by=desk.person.key,
        at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def fingerprint(text: str) -> str:
    """The SHA-256 of a text; none of no text."""
    return sha256(text.encode()).hexdigest() if text.strip() else ""


def file_fingerprint(session: Session, file_id: int | None) -> str:
    """The SHA-256 of a file that is kept; none of no file."""
    return session.get_one(StoredFile, file_id).sha256 if file_id else ""


def versions(session: Session, request_id: int) -> Sequence[EmblemVersion]:
    """Every version of the material, the first one first."""
    mine = select(EmblemVersion).where(EmblemVersion.request_id == request_id)
    return session.exec(mine.order_by(col(EmblemVersion.version))).all()


def proofs(session: Session, request_id: int) -> Sequence[EmblemProof]:
    """The proofs of use on record, the first one first."""
    mine = select(EmblemProof).where(EmblemProof.request_id == request_id)
    return session.exec(mine.order_by(col(EmblemProof.id))).all()
