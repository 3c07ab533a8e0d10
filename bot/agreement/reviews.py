"""V.3-2: the dossier of a general review, one for each window: opened in good time, filled by both parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.follow_ups import drop, foresee
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require, require_clause
from bot.agreement.review_windows import CLAUSE, ReviewWindow, schedule, window_on
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type

PROMPT = "review_contribution"


class ReviewSection(StrEnum):
    """What a general review looks at, in order; the division is a working rule."""

    EXCHANGES = "exchanges"
    """Information and documents exchanged (IV.1, IV.2)."""
    MEETINGS = "meetings"
    """Consultations and meetings, and attendance at each other's (IV.4, IV.6, V.3-1)."""
    WORKPLAN = "workplan"
    """The workplan and the activities under it (IV.5, III.1)."""
    CONTACTS = "contacts"
    """Contact points and field offices (V.1, V.2)."""
    PERMISSIONS = "permissions"
    """Names, emblems and links (VI.1, VI.3)."""
    COMMUNICATIONS = "communications"
    """Joint advocacy, visibility and resources (III.2, IV.8 to IV.11)."""
    INSTRUMENTS = "instruments"
    """Agreements made under the Agreement (IV.3)."""
    PROSPECTS = "prospects"
    """Prospects and priorities for the next period (V.3-2)."""
    DIFFICULTIES = "difficulties"
    """Difficulties, money and staff among them (III.1)."""
    ADJUSTMENTS = "adjustments"
    """Whether the Agreement needs adjusting (VII.1-3)."""


class ReviewStatus(StrEnum):
    """Where a dossier stands."""

    PREPARING = "preparing"
    """Open for contributions."""
    SIGNED = "signed"
    """Both parties signed off the same version; nothing is changed any more."""


class Review(NumberedRow, table=True):
    """The dossier of one window.

    `day` is proposed by `day_party` and agreed once the other party says so. `revision` counts every change of
    the days, so that nobody agrees to another day than the one they saw. `content` is the version that is being
    signed off, as canonical JSON, and `version` its SHA-256; both are empty while nobody has signed. `dossier_by`
    is who had the dossier sent last.
    """

    __table_args__ = (UniqueConstraint("year", "seq"), UniqueConstraint("agreement", "window_opens"))

    agreement: str
    window_opens: date
    window_closes: date
    channel_id: str = Field(foreign_key="channel.channel_id")
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime
    status: ReviewStatus = Field(sa_type=status_type(ReviewStatus))
    day: date | None = None
    day_party: str = ""
    day_agreed: bool = False
    held_on: date | None = None
    revision: int = 0
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime | None = None
    version: str = ""
    content: str = ""
    signed_at: datetime | None = None
    dossier_by: int | None = Field(default=None, foreign_key="person.id")
    dossier_at: datetime | None = None

    @property
    def window(self) -> ReviewWindow:
        """The window that the dossier is for."""
        return ReviewWindow(self.window_opens, self.window_closes)

    def side_of(self, party: str) -> Side:
        """The party that proposed the day began; the other one answers."""
        return Side.INITIATING if party == self.day_party else Side.RESPONDING


class ReviewContribution(SQLModel, table=True):
    """What one party says in one section; its own side alone reads it until it is submitted.

    `contributor_id` is who was named to write it; without one the party's contact points are asked.
    """

    __table_args__ = (UniqueConstraint("review_id", "section", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    section: ReviewSection = Field(sa_type=status_type(ReviewSection))
    party: str
    contributor_id: int | None = Field(default=None, foreign_key="person.id")
    text: str = ""
    revision: int = 0
    written_by: int | None = Field(default=None, foreign_key="person.id")
    written_at: datetime | None = None
    submitted_by: int | None = Field(default=None, foreign_key="person.id")
    submitted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewEvent(Event):
    """Something happened to one dossier; `by` and `party` are empty when the clock did it."""

    review_id: int
    number: str
    title: str
    window_opens: date
    window_closes: date
    by: str
    party: str


@dataclass(frozen=True, kw_only=True)
class ReviewOpened(ReviewEvent):
    """A dossier was opened for a window; a review day is `proposed`."""

    proposed: date

    @property
    def once(self) -> str:
        """One dossier a window, when the clock opens it."""
        return "" if self.by else f"{self.name}:{self.window_opens}"


@dataclass
class ReviewAlreadyOpened(Refusal):
    """The window has its dossier; `by` is empty when it was opened by itself."""

    routine = "reviews"
    number: str
    by: str
    at: datetime
    zone: str


@dataclass
class ReviewClosed(Refusal):
    """Both parties have signed it off, and a signed dossier is not changed."""

    routine = "reviews"
    number: str
    at: datetime
    zone: str


@dataclass
class NoSuchReview(AgreementError):
    """No dossier has this number."""

    routine = "reviews"
    number: str


def open_review(desk: Desk, *, on: date | None = None) -> ReviewOpened:
    """Open the dossier of the present window, by somebody's wish or, on its day, by the clock.

    `on` is the day whose window is meant, today if not given. Raises NoReviewWindow.
    """
    if desk.by:
        require(desk.session, desk.by, Act.PREPARE_REVIEW)
        require_clause(desk.session, "V.3-2")
    window = window_on(desk.definition, on or desk.today)
    _refuse_second(desk, window)
    row = _row(desk, window)
    desk.session.add(row)
    desk.session.flush()
    parties = [party.id for party in desk.definition.parties]
    desk.session.add_all(
        ReviewContribution(review_id=row.key, section=section, party=party)
        for section in ReviewSection
        for party in parties
    )
    proposed = schedule(desk, window).proposed
    plan_prompts(desk, row, proposed)
    return ReviewOpened(proposed=proposed, **review_facts(desk, row))


def _row(desk: Desk, window: ReviewWindow) -> Review:
    year = desk.today.year
    return Review(
        year=year,
        seq=next_seq(desk.session, Review, year),
        agreement=desk.definition.id,
        window_opens=window.opens,
        window_closes=window.closes,
        channel_id=channel_for(desk.session, "").channel_id,
        opened_by=desk.by.key if desk.by else None,
        opened_at=desk.now,
        status=ReviewStatus.PREPARING,
    )


def _refuse_second(desk: Desk, window: ReviewWindow) -> None:
    row = review_of(desk, window)
    if row:
        by = name_of(desk, row.opened_by)
        raise ReviewAlreadyOpened(row.number, by, row.opened_at, desk.definition.tz)


def plan_prompts(desk: Desk, row: Review, due_on: date) -> None:
    """Ask, before the review is held, for the sections that are missing; how often is a working rule."""
    drop(desk.session, f"review:{row.key}", PROMPT)
    steps = [f"P{days}D" for days in desk.days("review.prompt_days")]
    foresee(desk, f"review:{row.key}", PROMPT, due_on, steps)


def review_facts(desk: Desk, row: Review) -> dict[str, Any]:
    """What every event about a dossier says."""
    return {
        "clause": CLAUSE,
        "subject": f"review:{row.key}",
        "review_id": row.key,
        "number": row.number,
        "title": desk.definition.clause(CLAUSE).title,
        "window_opens": row.window_opens,
        "window_closes": row.window_closes,
        "by": desk.by.name if desk.by else "",
        "party": desk.definition.party(desk.by.party).abbreviation if desk.by else "",
    }


def name_of(desk: Desk, person_id: int | None) -> str:
    """The name of somebody on record, or nothing."""
    return desk.session.get_one(Person, person_id).name if person_id else ""


def review_of(desk: Desk, window: ReviewWindow) -> Review | None:
    """The dossier of a window, if it has been opened."""
    query = select(Review).where(Review.agreement == desk.definition.id, Review.window_opens == window.opens)
    return desk.session.exec(query).first()


def get_review(session: Session, review_id: int) -> Review:
    """One dossier; refuses an unknown key."""
    row = session.get(Review, review_id)
    if row is None:
        raise NoSuchReview("")
    return row


def changing(desk: Desk, review_id: int) -> Review:
    """A dossier that is about to be changed, held for this act; refuses one that both parties have signed."""
    desk.session.refresh(get_review(desk.session, review_id), with_for_update=True)
    return unsigned(desk, review_id)


def unsigned(desk: Desk, review_id: int) -> Review:
    """A dossier that may still be changed; refuses one that both parties have signed."""
    row = get_review(desk.session, review_id)
    if row.status is ReviewStatus.SIGNED:
        raise ReviewClosed(row.number, row.signed_at or desk.now, desk.definition.tz)
    return row


def review_by_number(session: Session, number: str) -> Review:
    """One dossier by the number people quote; refuses one that does not exist."""
    found = find_number(session, Review, number)
    if found is None:
        raise NoSuchReview(number.strip())
    return found


def contributions(session: Session, review_id: int) -> Sequence[ReviewContribution]:
    """What both parties have written, section by section."""
    query = select(ReviewContribution).where(ReviewContribution.review_id == review_id)
    return session.exec(query.order_by(col(ReviewContribution.id))).all()


def missing(session: Session, review_id: int, party: str) -> list[ReviewContribution]:
    """The sections that a party has not submitted."""
    return [row for row in contributions(session, review_id) if row.party == party and not row.submitted_at]


def open_reviews(desk: Desk) -> Sequence[Review]:
    """The dossiers that are being prepared, the oldest first."""
    query = select(Review).where(
        Review.agreement == desk.definition.id, Review.status == ReviewStatus.PREPARING
    )
    return desk.session.exec(query.order_by(col(Review.id))).all()
