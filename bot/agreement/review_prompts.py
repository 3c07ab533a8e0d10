"""V.3-2: whoever has not contributed to the dossier is asked again, in good time, by name of section."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Person, holders
from bot.agreement.review_windows import CLAUSE
from bot.agreement.reviews import ReviewSection, ReviewStatus, get_review, missing
from bot.agreement.rights import Role

ASKED = frozenset({Role.CONTACT_POINT})


@dataclass(frozen=True)
class Asked:
    """Which sections one person is asked for."""

    person_id: int
    sections: tuple[ReviewSection, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewPrompted(FollowedUp):
    """The people who are to contribute were asked for what is missing before the review.

    `agreed` says whether both parties agreed to the day, which is only suggested until then.
    """

    review_id: int
    window_closes: date
    agreed: bool
    asked: tuple[Asked, ...]


def prompt(desk: Desk, *, waiting: Waiting) -> ReviewPrompted:
    """Ask for the missing sections. Raises NothingToSay when there are none, or it was said already."""
    row = get_review(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    asked = tuple(
        Asked(person_id, tuple(sections)) for person_id, sections in whom_to_ask(desk, row.key).items()
    )
    if row.status is ReviewStatus.SIGNED or not asked:
        raise NothingToSay
    return ReviewPrompted(
        clause=CLAUSE,
        number=row.number,
        title=desk.definition.clause(CLAUSE).title,
        review_id=row.key,
        window_closes=row.window_closes,
        agreed=bool(row.day_agreed),
        asked=asked,
        **facts,
    )


def whom_to_ask(desk: Desk, review_id: int) -> dict[int, list[ReviewSection]]:
    """By person, the sections still missing: of whoever was named for them, else of the contact points."""
    found: dict[int, list[ReviewSection]] = {}
    for party in desk.definition.parties:
        points = [person.key for person in holders(desk.session, party.id, ASKED, desk.today)]
        for row in missing(desk.session, review_id, party.id):
            named = _serving(desk.session, row.contributor_id, desk.today)
            for person_id in [named] if named else points:
                found.setdefault(person_id, []).append(row.section)
    return found


def _serving(session: Session, person_id: int | None, today: date) -> int | None:
    person = session.get(Person, person_id) if person_id else None
    return person.key if person and person.serves_on(today) else None
