"""By which headings of other reports the cooperation is counted (II, III): areas, priorities, means, sections."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from bot.agreement.activities import Activity
from bot.agreement.desk import Desk
from bot.agreement.exchanges import POSTABLE, Exchange
from bot.dossiers.shapes import Span

AREA = "AG"
"""The agreement's own areas; every exchange and every activity has one."""
REPORTED = ("P10", "M4", "GA")
"""The taxonomies of other reports that a review is read against."""
Source = Callable[[Desk, Span], Iterable[tuple[str, str]]]
"""Finds, for one routine and period, the taxonomy and the term of each tag that was set."""


@dataclass(frozen=True)
class Tagged:
    """How often a term was used; None while nothing is tagged in its taxonomy, which is not the same as none."""

    taxonomy: str
    term: str
    title: str
    count: int | None


def exchange_areas(desk: Desk, span: Span) -> Iterable[tuple[str, str]]:
    """The areas of what was shared."""
    shared = select(Exchange.area).where(
        Exchange.shared_at >= span.begins,
        Exchange.shared_at < span.ends,
        col(Exchange.classification).in_(POSTABLE),
    )
    return [(AREA, area) for area in desk.session.exec(shared).all()]


def activity_areas(desk: Desk, span: Span) -> Iterable[tuple[str, str]]:
    """The areas of the activities that were under way."""
    rows = desk.session.exec(select(Activity).where(Activity.starts_on <= span.last)).all()
    return [(AREA, row.area) for row in rows if row.ends_on is None or row.ends_on >= span.first]


SOURCES: tuple[Source, ...] = (exchange_areas, activity_areas)
"""Every routine that tags what it does."""


def tagged(desk: Desk, span: Span) -> tuple[Tagged, ...]:
    """Every term of the reported taxonomies with its count."""
    counts = Counter(tag for source in SOURCES for tag in source(desk, span))
    used = {taxonomy for taxonomy, _ in counts} | {AREA}
    terms = [(AREA, area.id, area.title) for area in desk.definition.areas]
    for taxonomy in desk.definition.taxonomies:
        if taxonomy.id in REPORTED:
            terms += [(taxonomy.id, str(key), title) for key, title in taxonomy.terms.items()]
    return tuple(
        Tagged(taxonomy, key, title, counts[taxonomy, key] if taxonomy in used else None)
        for taxonomy, key, title in terms
    )
