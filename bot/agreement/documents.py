"""IV.2-1: annual reports and other publications that one party offers to the other, by link or whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.exchanges import (
    POSTABLE,
    Classification,
    ExchangeStatus,
    LinkRefused,
    TooConfidential,
    is_web_address,
    nudge_day,
)
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import require
from bot.agreement.periods import Period
from bot.agreement.report_series import (
    CLAUSE,
    Missing,
    NotOffered,
    ReportSeries,
    note_offered,
    offer_days,
)
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.time_limits import end


class Document(NumberedRow, table=True):
    """One publication that a party offered to the other; `days_after` counts from the day both aim at."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id")
    series_id: int | None = Field(default=None, foreign_key="reportseries.id", index=True)
    title: str
    issue: str
    languages: str
    published_on: date
    offered_on: date
    offered_at: datetime
    days_after: int
    classification: Classification = Field(sa_type=status_type(Classification))
    link: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    status: ExchangeStatus = Field(sa_type=status_type(ExchangeStatus))
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = None
    nudges: int = 0
    nudge_on: date | None = Field(default=None, index=True)

    def side_of(self, party: str) -> Side:
        """The offering party began the case; any other answers."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class DocumentOffered(Event):
    """A party offered one of its publications to the other."""

    document_id: int
    number: str
    by: str
    party: str
    receiving: tuple[str, ...]
    title: str
    series: str
    issue: str
    published_on: date
    days_after: int
    channel_id: str


@dataclass
class NothingEnclosed(FieldError):
    """A document is offered by a link to it or as a file."""

    routine = "documents"


@dataclass
class NotPublished(FieldError):
    """What has not been published yet cannot be offered as a publication."""

    routine = "documents"
    today: date


@dataclass
class NoSuchDocument(AgreementError):
    """No document has this number."""

    routine = "documents"
    number: str


def offer(
    desk: Desk,
    *,
    channel_id: str,
    title: str,
    issue: str,
    languages: str,
    published_on: date | None,
    classification: Classification,
    series_id: int | None = None,
    link: str = "",
    attachment: Attachment | None = None,
) -> DocumentOffered:
    """Offer a publication of one's own party to the other; anything above shareable is refused (IV.2)."""
    require(desk.session, desk.person, Act.OFFER_DOCUMENT)
    typed = {"title": title.strip(), "issue": issue.strip(), "languages": languages.strip()}
    published = _check(desk, typed, published_on, classification, link.strip(), attachment)
    series = _own_series(desk, series_id)
    row = _row(desk, get_channel(desk.session, channel_id).channel_id, published, **typed)
    row.series_id, row.classification, row.link = series_id, classification, link.strip()
    row.file_id = keep(desk.session, attachment)
    desk.session.add(row)
    desk.session.flush()
    if series:
        note_offered(desk, series, published)
    return _offered(desk, row, series.title if series else "")


def _check(
    desk: Desk,
    typed: dict[str, str],
    published_on: date | None,
    classification: Classification,
    link: str,
    attachment: Attachment | None,
) -> date:
    if classification not in POSTABLE:
        raise TooConfidential("classification", classification)
    for name, text in typed.items():
        if not text:
            raise Missing("subject" if name == "title" else name)
    if published_on is None:
        raise Missing("published_on")
    if published_on > desk.today:
        raise NotPublished("published_on", desk.today)
    if link and not is_web_address(link):
        raise LinkRefused("link", link)
    if not link and attachment is None:
        raise NothingEnclosed("link")
    return published_on


def _own_series(desk: Desk, series_id: int | None) -> ReportSeries | None:
    if series_id is None:
        return None
    row = desk.session.get(ReportSeries, series_id)
    if row is None or row.party != desk.person.party or row.ended_on:
        raise NotOffered("series")
    return row


def _row(desk: Desk, channel_id: str, published_on: date, **typed: Any) -> Document:
    aim = end(published_on, Period(days=offer_days(desk))).date
    year = desk.today.year
    return Document(
        year=year,
        seq=next_seq(desk.session, Document, year),
        party=desk.person.party,
        author_id=desk.person.key,
        channel_id=channel_id,
        published_on=published_on,
        offered_on=desk.today,
        offered_at=desk.now,
        days_after=max(0, (desk.today - aim).days),
        classification=Classification.PUBLIC,
        status=ExchangeStatus.SHARED,
        nudge_on=nudge_day(desk, 0),
        **typed,
    )


def _offered(desk: Desk, row: Document, series: str) -> DocumentOffered:
    return DocumentOffered(
        clause=CLAUSE,
        subject=f"document:{row.key}",
        document_id=row.key,
        number=row.number,
        by=desk.person.name,
        party=desk.definition.party(row.party).abbreviation,
        receiving=tuple(party.abbreviation for party in desk.definition.others(row.party)),
        title=row.title,
        series=series,
        issue=row.issue,
        published_on=row.published_on,
        days_after=row.days_after,
        channel_id=row.channel_id,
    )


def latest(session: Session, limit: int = 10) -> Sequence[Document]:
    """The documents offered last, newest first."""
    return session.exec(select(Document).order_by(col(Document.id).desc()).limit(limit)).all()


def last_of(session: Session, series_id: int) -> Document | None:
    """The document of a series that was offered last."""
    mine = select(Document).where(Document.series_id == series_id)
    return session.exec(mine.order_by(col(Document.id).desc()).limit(1)).first()


def not_acknowledged(session: Session) -> Sequence[Document]:
    """What was offered and has not been acknowledged, the oldest first."""
    waiting = select(Document).where(Document.status == ExchangeStatus.SHARED)
    return session.exec(waiting.order_by(col(Document.id))).all()


def get_document(session: Session, document_id: int) -> Document:
    """One document; refuses an unknown key."""
    row = session.get(Document, document_id)
    if row is None:
        raise NoSuchDocument(str(document_id))
    return row


def by_number(session: Session, number: str) -> Document:
    """One document by the number people quote; refuses one that does not exist."""
    found = find_number(session, Document, number)
    if found is None:
        raise NoSuchDocument(number.strip())
    return found
