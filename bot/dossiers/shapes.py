"""What a collector finds, in one shape for every routine: items, and counts of them by one thing or several."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.reviews import ReviewSection


@dataclass(frozen=True)
class Span:
    """The period a dossier tells of, both days included, in the agreement's zone."""

    first: date
    last: date
    tz: str

    @property
    def begins(self) -> datetime:
        """The first instant of the period."""
        return datetime.combine(self.first, time(), ZoneInfo(self.tz))

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.tz))


@dataclass(frozen=True)
class Item:
    """One thing, on one line; `number` is what people call it."""

    number: str
    title: str
    party: str
    on: date
    status: StrEnum


@dataclass(frozen=True)
class Count:
    """How many there are of what has these keys."""

    keys: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Tally:
    """Counts by `by`: any of party, clause, area, level, status and month; templates know each of them."""

    by: tuple[str, ...]
    rows: tuple[Count, ...]


@dataclass(frozen=True)
class Part:
    """What one collector found: its name is a block of `templates/reports/parts.j2`."""

    name: str
    clauses: tuple[str, ...]
    items: tuple[Item, ...] = ()
    tallies: tuple[Tally, ...] = ()
    total: int = 0


Find = Callable[[Desk, Span], "Found"]


@dataclass(frozen=True)
class Found:
    """What a collector returns."""

    items: tuple[Item, ...] = ()
    tallies: tuple[Tally, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Collector:
    """One routine's part of the dossier, and the section of the review to which it belongs, if to any one."""

    name: str
    section: ReviewSection | None
    clauses: tuple[str, ...]
    find: Find = field(compare=False)

    def collect(self, desk: Desk, span: Span) -> Part:
        """The part for one period."""
        found = self.find(desk, span)
        return Part(self.name, self.clauses, found.items, found.tallies, found.total)


def tally(by: Iterable[str], keys: Iterable[tuple[str, ...]]) -> Tally:
    """Count keys, in their own order."""
    counted = Counter(keys)
    return Tally(tuple(by), tuple(Count(key, counted[key]) for key in sorted(counted)))


def abbreviation(definition: Definition, party: str) -> str:
    """A party as people call it; the secretariat's own acts have no party."""
    return definition.party(party).abbreviation if party else ""
