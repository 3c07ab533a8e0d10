"""V.3-2: what each party writes into the dossier: a draft for its own side, and for both once it is submitted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.follow_ups import drop
from bot.agreement.people import Person, holders, may, require
from bot.agreement.review_signatures import void
from bot.agreement.reviews import (
    PROMPT,
    Review,
    ReviewContribution,
    ReviewEvent,
    ReviewSection,
    changing,
    contributions,
    get_review,
    name_of,
    review_facts,
)
from bot.agreement.rights import SUBSTANCE, Act


@dataclass(frozen=True, kw_only=True)
class ContributorNamed(ReviewEvent):
    """A party named one of its own people to write a section."""

    section: ReviewSection
    contributor: str
    contributor_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionDrafted(ReviewEvent):
    """Somebody wrote a draft for their own side; the journal does not hold its words."""

    section: ReviewSection


@dataclass(frozen=True, kw_only=True)
class ContributionSubmitted(ReviewEvent):
    """A party submitted a section to both; `replaced` an earlier text, and so `voided` these sign-offs."""

    section: ReviewSection
    replaced: bool
    voided: tuple[str, ...]


@dataclass
class ContributionEmpty(FieldError):
    """A section was left without a word."""

    routine = "reviews"


@dataclass
class ContributionChanged(FieldError):
    """A colleague has changed the section since the form was opened."""

    routine = "reviews"
    by: str
    at: datetime
    zone: str


@dataclass
class AlreadySubmitted(FieldError):
    """Both parties read the section already, so it can be replaced only by submitting it again."""

    routine = "reviews"


@dataclass
class NotTheirColleague(FieldError):
    """Whoever writes a section must be designated for matters of substance by the same party."""

    routine = "reviews"


def name_contributor(
    desk: Desk, *, review_id: int, section: ReviewSection, person_id: int
) -> ContributorNamed:
    """Name one of the party's own people to write a section; the contact point stays responsible."""
    row = changing(desk, review_id)
    require(desk.session, desk.person, Act.PREPARE_REVIEW)
    colleague = next((one for one in colleagues(desk) if one.key == person_id), None)
    if colleague is None:
        raise NotTheirColleague("contributor")
    own = contribution(desk, row, section)
    own.contributor_id = colleague.key
    desk.session.add(own)
    desk.session.flush()
    return ContributorNamed(
        section=section,
        contributor=colleague.name,
        contributor_id=colleague.key,
        **review_facts(desk, row),
    )


def contribute(
    desk: Desk, *, review_id: int, section: ReviewSection, text: str, submit: bool, seen: int
) -> ContributionDrafted | ContributionSubmitted:
    """Write a section for the own party: keep it as a draft, or submit it to both.

    `seen` is the revision that the writer had before them. Submitting is for whoever speaks for the party, and
    for whoever was named to write the section.
    """
    row = changing(desk, review_id)
    require(desk.session, desk.person, Act.CONTRIBUTE_REVIEW)
    own = contribution(desk, row, section)
    if submit and own.contributor_id != desk.person.key:
        require(desk.session, desk.person, Act.PREPARE_REVIEW)
    if not text.strip():
        raise ContributionEmpty("text")
    if own.submitted_at and not submit:
        raise AlreadySubmitted("text")
    replaced = own.submitted_at is not None
    _write(desk, own, text.strip(), submit, seen)
    if not submit:
        return ContributionDrafted(section=section, **review_facts(desk, row))
    _stop_asking(desk, row)
    return ContributionSubmitted(
        section=section, replaced=replaced, voided=void(desk, row), **review_facts(desk, row)
    )


def _write(desk: Desk, own: ReviewContribution, text: str, submit: bool, seen: int) -> None:
    written: dict[str, object] = {"text": text, "written_by": desk.person.key, "written_at": desk.now}
    handed = {"submitted_by": desk.person.key, "submitted_at": desk.now} if submit else {}
    unchanged = (col(ReviewContribution.id) == own.id) & (col(ReviewContribution.revision) == seen)
    done = desk.session.exec(
        update(ReviewContribution).where(unchanged).values(revision=seen + 1, **written, **handed)
    )
    desk.session.refresh(own)
    if done.rowcount != 1:
        by = name_of(desk, own.written_by)
        raise ContributionChanged("text", by, own.written_at or desk.now, desk.definition.tz)


def _stop_asking(desk: Desk, row: Review) -> None:
    if all(each.submitted_at for each in contributions(desk.session, row.key)):
        drop(desk.session, f"review:{row.key}", PROMPT)


def contribution(desk: Desk, row: Review, section: ReviewSection) -> ReviewContribution:
    """The own party's part of a section."""
    query = select(ReviewContribution).where(
        ReviewContribution.review_id == row.key,
        ReviewContribution.section == section,
        ReviewContribution.party == desk.person.party,
    )
    return desk.session.exec(query).one()


def colleagues(desk: Desk) -> list[Person]:
    """Whom the party may name: its own people who deal with substance."""
    return holders(desk.session, desk.person.party, SUBSTANCE, desk.today)


def may_submit(desk: Desk, review_id: int, section: ReviewSection) -> bool:
    """Whether the person may submit their party's part of a section."""
    own = contribution(desk, get_review(desk.session, review_id), section)
    return own.contributor_id == desk.person.key or may(desk.session, desk.person, Act.PREPARE_REVIEW)
