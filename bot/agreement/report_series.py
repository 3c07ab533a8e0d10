"""IV.2-1: the reports each party publishes again and again, so that it can be asked whether one has appeared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.follow_ups import FollowedUp, FollowUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.people import Refusal, require
from bot.agreement.periods import Period
from bot.agreement.rights import Act, Side
from bot.agreement.time_limits import end

CLAUSE = "IV.2-1"
EVERY = ("P1Y", "P2Y", "P6M", "P3M")
"""How often a series may appear, as ISO 8601 periods."""
PROMPT = "series_prompted"
FIRST = "+P0D"
"""The step on which the own side is first asked about an issue."""


class ReportSeries(SQLModel, table=True):
    """One party's annual report, or another of its series.

    `awaited_on` is the first day of the month in which the next issue that has not been offered usually
    appears; `month` is that month, and `every` an ISO 8601 period.
    """

    __table_args__ = (UniqueConstraint("party", "title"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(index=True)
    title: str
    every: str
    month: int
    languages: str
    awaited_on: date
    ended_on: date | None = None
    kept_by: int = Field(foreign_key="person.id")
    kept_at: datetime

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the series is not stored yet")
        return self.id

    def side_of(self, party: str) -> Side:
        """The publishing party keeps its series; any other reads it."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class SeriesKept(Event):
    """A party put a series of its reports on record, or changed what is on record of it."""

    series_id: int
    by: str
    party: str
    title: str
    every: str
    month: int
    languages: str
    awaited_on: date
    ended: bool


@dataclass(frozen=True, kw_only=True)
class SeriesPrompted(FollowedUp):
    """A party's own people were asked whether an issue has appeared that could be offered.

    `due_on` is the first day of the month in which it usually appears; `again` says that they were asked about
    this issue before, and `last` that they will not be asked about it any more.
    """

    clause: str = CLAUSE
    series_id: int
    party: str
    every: str
    offer_days: int
    again: bool
    last: bool


@dataclass
class Missing(FieldError):
    """A field that the register needs was left empty."""

    routine = "documents"


@dataclass
class NotOffered(FieldError):
    """What was chosen is none of what the form offers."""

    routine = "documents"


@dataclass
class SeriesKnown(FieldError):
    """The party has a series of this title already."""

    routine = "documents"
    title: str


@dataclass
class NoSuchSeries(Refusal):
    """There is no such series, or it has ended."""

    routine = "documents"


def keep_series(
    desk: Desk,
    *,
    title: str,
    every: str,
    month: int,
    languages: str,
    series_id: int | None = None,
    ended: bool = False,
) -> SeriesKept:
    """Put a series of one's own party on record or, with `series_id`, change it; an ended one rests."""
    row = get_series(desk.session, series_id) if series_id is not None else new_series(desk)
    require(desk.session, desk.person, Act.KEEP_SERIES, row)
    title, languages = title.strip(), languages.strip()
    _check(desk, row, title, every, month, languages)
    if (row.every, row.month) != (every, month):
        row.awaited_on = _next_expected(desk.today, month)
    row.title, row.every, row.month, row.languages = title, every, month, languages
    row.ended_on = (row.ended_on or desk.today) if ended else None
    row.kept_by, row.kept_at = desk.person.key, desk.now
    desk.session.add(row)
    desk.session.flush()
    plan_prompts(desk, row)
    return SeriesKept(
        clause=CLAUSE,
        subject=f"series:{row.key}",
        series_id=row.key,
        by=desk.person.name,
        party=desk.definition.party(row.party).abbreviation,
        title=title,
        every=every,
        month=month,
        languages=languages,
        awaited_on=row.awaited_on,
        ended=ended,
    )


def new_series(desk: Desk) -> ReportSeries:
    """A series of the party of whoever is at the desk, not stored and without a title yet."""
    return ReportSeries(
        party=desk.person.party,
        title="",
        every="",
        month=0,
        languages="",
        awaited_on=desk.today,
        kept_by=desk.person.key,
        kept_at=desk.now,
    )


def _check(desk: Desk, row: ReportSeries, title: str, every: str, month: int, languages: str) -> None:
    if not title:
        raise Missing("subject")
    if not languages:
        raise Missing("languages")
    if every not in EVERY:
        raise NotOffered("every")
    if month not in range(1, 13):
        raise NotOffered("month")
    taken = select(ReportSeries).where(ReportSeries.party == row.party, ReportSeries.title == title)
    if any(other.id != row.id for other in desk.session.exec(taken).all()):
        raise SeriesKnown("subject", title)


def _next_expected(today: date, month: int) -> date:
    """The first day of the month of that number which is not over yet."""
    return date(today.year + (month < today.month), month, 1)


def plan_prompts(desk: Desk, row: ReportSeries) -> None:
    """Ask the own side for the issue awaited, or for the next after it once its month has come and gone."""
    drop(desk.session, f"series:{row.key}", PROMPT)
    if row.ended_on is None:
        _foresee(desk, row, row.awaited_on)


def _foresee(desk: Desk, row: ReportSeries, expected: date) -> None:
    again = end(expected, Period(days=offer_days(desk))).date
    while again <= desk.today:
        expected = _after(row, expected)
        again = end(expected, Period(days=offer_days(desk))).date
    foresee(desk, f"series:{row.key}", PROMPT, expected, (FIRST, f"+P{offer_days(desk)}D"))


def _after(row: ReportSeries, expected: date) -> date:
    return end(expected, Period.parse(row.every)).date


def offer_days(desk: Desk) -> int:
    """Within how many days of its publication a document is offered; policy, the text sets none."""
    return desk.days("documents.offer_days")[0]


def note_offered(desk: Desk, row: ReportSeries, published_on: date) -> None:
    """Await the issue after the one published on that day; one that is older than the issue awaited moves nothing.

    A publication belongs to the month in which one is expected that it is nearest to.
    """
    awaited = row.awaited_on
    while awaited - (_after(row, awaited) - awaited) / 2 <= published_on:
        awaited = _after(row, awaited)
    if awaited != row.awaited_on:
        row.awaited_on = awaited
        desk.session.add(row)
        desk.session.flush()
        plan_prompts(desk, row)


def prompt_series(desk: Desk, *, waiting: Waiting) -> SeriesPrompted:
    """Ask a party's own people, once for each step, whether an issue of a series has appeared.

    Raises NothingToSay when another clock was faster.
    """
    row = get_series(desk.session, waiting.key)
    again, last = _asked_before(desk.session, waiting), waiting.step != FIRST
    facts = mark_followed_up(desk, waiting)
    if last:
        _foresee(desk, row, _after(row, waiting.due_on))
    return SeriesPrompted(
        series_id=row.key,
        number="",
        title=row.title,
        party=row.party,
        every=row.every,
        offer_days=offer_days(desk),
        again=again,
        last=last,
        **facts,
    )


def _asked_before(session: Session, waiting: Waiting) -> bool:
    said = select(FollowUp).where(
        FollowUp.subject == waiting.subject,
        FollowUp.kind == waiting.kind,
        FollowUp.due_on == waiting.due_on,
        col(FollowUp.said_at).is_not(None),
    )
    return session.exec(said).first() is not None


def get_series(session: Session, series_id: int) -> ReportSeries:
    """One series; refuses an unknown key."""
    row = session.get(ReportSeries, series_id)
    if row is None:
        raise NoSuchSeries
    return row


def series_of(session: Session, party: str, *, ended: bool = False) -> Sequence[ReportSeries]:
    """The series of one party that still appear, or with `ended` all of them, by title."""
    mine = select(ReportSeries).where(ReportSeries.party == party)
    wanted = mine if ended else mine.where(col(ReportSeries.ended_on).is_(None))
    return session.exec(wanted.order_by(ReportSeries.title)).all()
