"""V.3-2: each party signs off one exact version of the dossier; a change after that voids what was signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import UniqueConstraint, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.follow_ups import drop
from bot.agreement.people import Refusal, require
from bot.agreement.reviews import Review, ReviewEvent, ReviewStatus, changing, name_of, review_facts, unsigned
from bot.agreement.rights import Act

Seal = Callable[[Desk, Review], str]
"""Makes the canonical JSON of a dossier as it stands; the dossier knows of routines that this file does not."""


class ReviewSignature(SQLModel, table=True):
    """One party's sign-off of one version."""

    __table_args__ = (UniqueConstraint("review_id", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    party: str
    person_id: int = Field(foreign_key="person.id")
    version: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewSigned(ReviewEvent):
    """A party signed off a version; `complete` when all have, and `waiting_for` names those who have not."""

    version: str
    at: datetime
    held_on: date
    complete: bool
    waiting_for: tuple[str, ...]


@dataclass
class SignedAlready(Refusal):
    """Somebody of the same party has signed off this version."""

    routine = "reviews"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class ReviewNotHeld(AgreementError):
    """Nothing can be signed off before the day of the review meeting is on record."""

    routine = "reviews"
    number: str


@dataclass
class VersionChanged(FieldError):
    """The dossier is no longer the version that the person was shown."""

    routine = "reviews"


@dataclass
class NotConfirmed(FieldError):
    """The person has not said that they read the version and sign it off."""

    routine = "reviews"


def sign_off(desk: Desk, *, review_id: int, version: str, confirmed: bool, seal: Seal) -> ReviewSigned:
    """Sign off for the own party exactly the version that the person was shown."""
    row = changing(desk, review_id)
    require(desk.session, desk.person, Act.SIGN_REVIEW)
    held_on = _held_on(row)
    _refuse_twice(desk, row)
    if not confirmed:
        raise NotConfirmed("confirmed")
    content = row.content or seal(desk, row)
    if digest(content) != version:
        raise VersionChanged("confirmed")
    _keep(desk, row, version, content)
    waiting_for = _unsigned(desk, row)
    if not waiting_for:
        row.status, row.signed_at = ReviewStatus.SIGNED, desk.now
        desk.session.add(row)
        desk.session.flush()
        drop(desk.session, f"review:{row.key}")
    return ReviewSigned(
        version=version,
        at=desk.now,
        held_on=held_on,
        complete=not waiting_for,
        waiting_for=waiting_for,
        **review_facts(desk, row),
    )


def _held_on(row: Review) -> date:
    if row.held_on is None:
        raise ReviewNotHeld(row.number)
    return row.held_on


def before_signing(desk: Desk, review_id: int, seal: Seal) -> tuple[Review, str]:
    """The dossier and the version that the person at the desk is about to sign off; refuses as signing would."""
    row = unsigned(desk, review_id)
    require(desk.session, desk.person, Act.SIGN_REVIEW)
    _held_on(row)
    _refuse_twice(desk, row)
    return row, digest(row.content or seal(desk, row))


def digest(content: str) -> str:
    """What names a version: its SHA-256."""
    return sha256(content.encode()).hexdigest()


def _refuse_twice(desk: Desk, row: Review) -> None:
    for signed in signatures(desk.session, row.key):
        if signed.party == desk.person.party:
            party = desk.definition.party(signed.party).abbreviation
            by, zone = name_of(desk, signed.person_id), desk.definition.tz
            raise SignedAlready(row.number, by, party, signed.at, zone)


def _keep(desk: Desk, row: Review, version: str, content: str) -> None:
    same = (col(Review.id) == row.key) & col(Review.version).in_(("", version))
    done = desk.session.exec(update(Review).where(same).values(version=version, content=content))
    if done.rowcount != 1:
        raise VersionChanged("confirmed")
    desk.session.refresh(row)
    signature = ReviewSignature(
        review_id=row.key, party=desk.person.party, person_id=desk.person.key, version=version, at=desk.now
    )
    desk.session.add(signature)
    desk.session.flush()


def _unsigned(desk: Desk, row: Review) -> tuple[str, ...]:
    given = {signed.party for signed in signatures(desk.session, row.key)}
    return tuple(party.abbreviation for party in desk.definition.parties if party.id not in given)


def signatures(session: Session, review_id: int) -> Sequence[ReviewSignature]:
    """Who has signed off, the first one first."""
    query = select(ReviewSignature).where(ReviewSignature.review_id == review_id)
    return session.exec(query.order_by(col(ReviewSignature.id))).all()


def void(desk: Desk, row: Review) -> tuple[str, ...]:
    """Undo the sign-offs of a version that has just been changed; returns whose they were."""
    given = [desk.definition.party(signed.party).abbreviation for signed in signatures(desk.session, row.key)]
    desk.session.exec(delete(ReviewSignature).where(col(ReviewSignature.review_id) == row.key))
    row.version = row.content = ""
    desk.session.add(row)
    desk.session.flush()
    return tuple(given)
