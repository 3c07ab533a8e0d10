"""V.3-2: the day of the review meeting: proposed by one party, agreed by the other, on record once held."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import col

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.people import Refusal, require
from bot.agreement.review_signatures import void
from bot.agreement.reviews import (
    Review,
    ReviewEvent,
    changing,
    get_review,
    name_of,
    plan_prompts,
    review_facts,
)
from bot.agreement.rights import Act

AGAIN = timedelta(minutes=5)
"""How long after the dossier was sent it is sent again: it stands in the thread already."""


@dataclass(frozen=True, kw_only=True)
class ReviewDayProposed(ReviewEvent):
    """A party proposed a day for the review meeting; the others are asked to agree."""

    day: date
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewDayAgreed(ReviewEvent):
    """The other party agreed to the day."""

    day: date


@dataclass(frozen=True, kw_only=True)
class ReviewHeld(ReviewEvent):
    """It is on record on which day the review meeting was held; what was signed before is void."""

    held_on: date
    voided: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DossierWanted(ReviewEvent):
    """Somebody asked for the dossier as a file in the thread of its card."""


@dataclass
class DayMoved(Refusal):
    """Somebody changed the day in the meantime."""

    routine = "reviews"
    number: str
    by: str
    at: datetime
    zone: str


@dataclass
class DossierJustSent(Refusal):
    """Somebody had the dossier sent a moment ago."""

    routine = "reviews"
    number: str
    by: str
    at: datetime
    zone: str


@dataclass
class DayOutsideWindow(FieldError):
    """A review counts only in its window."""

    routine = "reviews"
    opens: date
    closes: date


@dataclass
class DayPassed(FieldError):
    """A day that has passed cannot be proposed."""

    routine = "reviews"
    today: date


@dataclass
class HeldInFuture(FieldError):
    """A review cannot have been held on a day that has not come."""

    routine = "reviews"
    today: date


@dataclass
class NoDayProposed(AgreementError):
    """There is no day to agree to."""

    routine = "reviews"
    number: str


def propose_day(desk: Desk, *, review_id: int, day: date, seen: int) -> ReviewDayProposed:
    """Propose the day of the review meeting; it takes the place of any earlier proposal."""
    row = changing(desk, review_id)
    require(desk.session, desk.person, Act.PREPARE_REVIEW)
    _check_window(row, "day", day)
    if day < desk.today:
        raise DayPassed("day", desk.today)
    _change(desk, row, seen, day=day, day_party=desk.person.party, day_agreed=False)
    others = tuple(party.abbreviation for party in desk.definition.others(desk.person.party))
    return ReviewDayProposed(day=day, waiting_for=others, **review_facts(desk, row))


def agree_day(desk: Desk, *, review_id: int, seen: int) -> ReviewDayAgreed:
    """Agree, for the other party, to the day that was proposed."""
    row = changing(desk, review_id)
    if row.day is None:
        raise NoDayProposed(row.number)
    require(desk.session, desk.person, Act.AGREE_REVIEW_DAY, row)
    day = row.day
    _change(desk, row, seen, day_agreed=True)
    plan_prompts(desk, row, day)
    return ReviewDayAgreed(day=day, **review_facts(desk, row))


def record_held(desk: Desk, *, review_id: int, held_on: date, seen: int) -> ReviewHeld:
    """Put on record on which day the review meeting was held."""
    row = changing(desk, review_id)
    require(desk.session, desk.person, Act.PREPARE_REVIEW)
    _check_window(row, "held_on", held_on)
    if held_on > desk.today:
        raise HeldInFuture("held_on", desk.today)
    _change(desk, row, seen, held_on=held_on)
    return ReviewHeld(held_on=held_on, voided=void(desk, row), **review_facts(desk, row))


def want_dossier(desk: Desk, *, review_id: int) -> DossierWanted:
    """Ask for the dossier as it stands, as a file in the thread of its card; two clicks at once bring one file."""
    require(desk.session, desk.person, Act.CONTRIBUTE_REVIEW)
    row = get_review(desk.session, review_id)
    not_just_now = or_(col(Review.dossier_at).is_(None), col(Review.dossier_at) <= desk.now - AGAIN)
    sent = {"dossier_by": desk.person.key, "dossier_at": desk.now}
    wanted = (col(Review.id) == review_id) & not_just_now
    done = desk.session.exec(update(Review).where(wanted).values(**sent))
    desk.session.refresh(row)
    if done.rowcount != 1:
        by, at = name_of(desk, row.dossier_by), row.dossier_at or desk.now
        raise DossierJustSent(row.number, by, at, desk.definition.tz)
    return DossierWanted(**review_facts(desk, row))


def _check_window(row: Review, field: str, day: date) -> None:
    if not row.window_opens <= day <= row.window_closes:
        raise DayOutsideWindow(field, row.window_opens, row.window_closes)


def _change(desk: Desk, row: Review, seen: int, **values: object) -> None:
    same = (col(Review.id) == row.key) & (col(Review.revision) == seen)
    changed = {"revision": seen + 1, "changed_by": desk.person.key, "changed_at": desk.now}
    done = desk.session.exec(update(Review).where(same).values(**changed, **values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        by = name_of(desk, row.changed_by)
        raise DayMoved(row.number, by, row.changed_at or desk.now, desk.definition.tz)
