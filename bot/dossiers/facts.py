"""All facts of one dossier, for every form of it and for the version that is signed off."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.people import Person, holders
from bot.agreement.review_prompts import ASKED
from bot.agreement.review_windows import CLAUSE, NoReviewWindow, Schedule, schedule, window_on
from bot.agreement.reviews import Review, ReviewContribution, ReviewSection, contributions
from bot.agreement.time_limits import civil_day
from bot.dossiers.cadence import Cadence, cadences
from bot.dossiers.collectors import COLLECTORS
from bot.dossiers.shapes import Part, Span
from bot.dossiers.tags import Tagged, tagged

CLAUSES: dict[ReviewSection, tuple[str, ...]] = {
    ReviewSection.EXCHANGES: ("IV.1", "IV.2-1", "IV.2-2"),
    ReviewSection.MEETINGS: ("IV.4-1", "IV.4-2", "IV.6-1", "IV.6-4", "IV.6-5", "V.3-1"),
    ReviewSection.WORKPLAN: ("I.2", "I.4", "II", "III.1", "IV.5-2", "IV.5-3"),
    ReviewSection.CONTACTS: ("V.1", "V.2-1", "V.2-2"),
    ReviewSection.PERMISSIONS: ("VI.1", "VI.3"),
    ReviewSection.COMMUNICATIONS: ("III.2", "IV.8", "IV.9", "IV.10", "IV.11"),
    ReviewSection.INSTRUMENTS: ("IV.3",),
    ReviewSection.PROSPECTS: ("V.3-2",),
    ReviewSection.DIFFICULTIES: ("III.1",),
    ReviewSection.ADJUSTMENTS: ("VII.1-3",),
}
"""The clauses that each section of a review looks at."""


@dataclass(frozen=True)
class Said:
    """One party's part of a section, or, without a text, whom it asked for it."""

    party: str
    asked: tuple[str, ...]
    text: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class SectionFacts:
    """One section: the clauses it looks at, what both parties say, and the names of its parts."""

    section: ReviewSection
    clauses: tuple[str, ...]
    contributions: tuple[Said, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class OpenItem:
    """Something that waits: an exchange not acknowledged, a request not decided, evidence that is missing."""

    kind: str
    clause: str
    number: str
    title: str
    on: date


@dataclass(frozen=True)
class Dossier:
    """Everything a dossier says, before any words."""

    agreement: str
    title: str
    parties: tuple[str, ...]
    clause: str
    span: Span
    number: str
    held_on: date | None
    reading: str
    scheduling: str
    schedule: Schedule | None
    sections: tuple[SectionFacts, ...]
    parts: tuple[Part, ...]
    tags: tuple[Tagged, ...]
    cadence: tuple[Cadence, ...]
    open_items: tuple[OpenItem, ...]


def dossier(desk: Desk, first: date, last: date, review: Review | None) -> Dossier:
    """The facts of the period; `review` is the dossier that both parties write in, if there is one."""
    definition = desk.definition
    span = Span(first, last, definition.tz)
    return Dossier(
        agreement=definition.id,
        title=definition.title,
        parties=tuple(party.abbreviation for party in definition.parties),
        clause=CLAUSE,
        span=span,
        number=review.number if review else "",
        held_on=review.held_on if review else None,
        reading=str(definition.policy("review.reading")),
        scheduling=str(definition.policy("review.scheduling")),
        schedule=_schedule(desk, last, review),
        sections=_sections(desk, review),
        parts=tuple(collector.collect(desk, span) for collector in COLLECTORS),
        tags=tagged(desk, span),
        cadence=cadences(desk, last),
        open_items=open_items(desk),
    )


def _schedule(desk: Desk, last: date, review: Review | None) -> Schedule | None:
    """The days of the review's window, or of the one that is open at the end of the period; none in a stub."""
    try:
        return schedule(desk, review.window if review else window_on(desk.definition, last))
    except NoReviewWindow:
        return None


def of_review(desk: Desk, review: Review) -> Dossier:
    """The dossier of a review: from the opening of its window to the day it was held, or to today."""
    last = review.held_on or min(desk.today, review.window_closes)
    return dossier(desk, min(review.window_opens, last), last, review)


def review_of_period(desk: Desk, first: date, last: date) -> Review | None:
    """The latest dossier whose window has a day in common with a period."""
    query = select(Review).where(
        Review.agreement == desk.definition.id, Review.window_opens <= last, Review.window_closes >= first
    )
    return desk.session.exec(query.order_by(col(Review.window_opens).desc())).first()


def _sections(desk: Desk, review: Review | None) -> tuple[SectionFacts, ...]:
    rows = contributions(desk.session, review.key) if review else ()
    return tuple(
        SectionFacts(
            section,
            CLAUSES[section],
            tuple(_said(desk, row) for row in rows if row.section is section),
            tuple(each.name for each in COLLECTORS if each.section is section),
        )
        for section in ReviewSection
    )


def _said(desk: Desk, row: ReviewContribution) -> Said:
    party = desk.definition.party(row.party).abbreviation
    if row.submitted_at is None:
        return Said(party, asked_for(desk, row), "", "", None)
    by = desk.session.get_one(Person, row.submitted_by).name
    return Said(party, (), row.text, by, row.submitted_at)


def asked_for(desk: Desk, row: ReviewContribution) -> tuple[str, ...]:
    """Who is asked to write a section: whoever was named, else the contact points."""
    named = desk.session.get(Person, row.contributor_id) if row.contributor_id else None
    if named and named.serves_on(desk.today):
        return (named.name,)
    return tuple(person.name for person in holders(desk.session, row.party, ASKED, desk.today))


def open_items(desk: Desk) -> tuple[OpenItem, ...]:
    """What waits for an answer of either party, and of what evidence is missing."""
    cases = overview.open_cases(desk)
    shares: Sequence[dict[str, object]] = cases["shares"]
    found = [
        OpenItem("share", str(row["clause"]), str(row["number"]), str(row["title"]), _day(desk, row))
        for row in shares
    ]
    found += [
        OpenItem("request", "VI.1", row["number"], row["product"], row["answer_by"])
        for row in cases["requests"]
    ]
    for kind, rows in (("due", overview.overdue(desk)), ("evidence", overview.evidence_wanted(desk))):
        found += [
            OpenItem(kind, row.clause, "", desk.definition.duty(row.duty).title, row.due_on)
            for row in rows
            if not row.scope
        ]
    return tuple(found)


def _day(desk: Desk, row: dict[str, object]) -> date:
    at = row["shared_at"]
    assert isinstance(at, datetime)
    return civil_day(at, desk.definition.tz)


def canonical(value: object) -> str:
    """JSON with one spelling only: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
