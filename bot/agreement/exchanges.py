"""IV.1: the parties keep each other informed; what one shares is put on record before the other is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.exchange_periods import Answer, answer_period, period_to_answer
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import require, require_clause
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.time_limits import add_working_days

CLAUSE = "IV.1"
SHARED_UNDER = (CLAUSE, "IV.2-2")
"""Under either of these something may be shared; an answer for a period that was due is no new case."""


class Classification(StrEnum):
    """How widely information may travel (IV.2; the words are policy)."""

    PUBLIC = "public"
    """Anyone may have it."""
    SHAREABLE = "shareable"
    """Not confidential: it may be shared between the two parties."""
    RESTRICTED = "restricted"
    """Only for people named; never for a shared channel."""
    CONFIDENTIAL = "confidential"
    """Not to be shared at all."""


class Onward(StrEnum):
    """How far what was shared may be passed on by whoever received it (IV.2-2; the words are policy)."""

    BOTH_ORGANIZATIONS = "both_organizations"
    """To anybody within the two organizations."""
    CONCERNED = "concerned"
    """Only to those whom the matter concerns."""
    PUBLISHED = "published"
    """To anybody; it may be published."""


POSTABLE = frozenset({Classification.PUBLIC, Classification.SHAREABLE})


class ExchangeStatus(StrEnum):
    """Where one share stands."""

    SHARED = "shared"
    """The other party has been told and has not yet acknowledged."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody of the other party confirmed that it arrived."""


class Exchange(NumberedRow, table=True):
    """One piece of information that one party shared with the other."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id")
    title: str
    summary: str
    area: str
    counterparts: str = ""
    asked: str = ""
    classification: Classification = Field(sa_type=status_type(Classification))
    onward: Onward = Field(default=Onward.BOTH_ORGANIZATIONS, sa_type=status_type(Onward))
    link: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    shared_at: datetime
    status: ExchangeStatus = Field(sa_type=status_type(ExchangeStatus))
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = None
    nudges: int = 0
    nudge_on: date | None = Field(default=None, index=True)
    arose_on: date | None = None
    days_late: int | None = None

    def side_of(self, party: str) -> Side:
        """The sharing party began the case; any other answers."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class UpdateShared(Event):
    """A party informed the other."""

    exchange_id: int
    number: str
    by: str
    party: str
    receiving: tuple[str, ...]
    title: str
    channel_id: str
    nudge_on: date


@dataclass
class TooConfidential(FieldError):
    """Information above shareable does not belong in a channel both parties read (IV.2)."""

    routine = "exchanges"
    classification: Classification


@dataclass
class OnwardTooWide(FieldError):
    """What is not public may not be published by whoever receives it (IV.2-2)."""

    routine = "exchanges"
    classification: Classification


@dataclass
class Empty(FieldError):
    """A field that the other side needs was left empty."""

    routine = "exchanges"


@dataclass
class NoSuchArea(FieldError):
    """The agreement has no such area of cooperation (III.1, III.2)."""

    routine = "exchanges"
    area: str


@dataclass
class LinkRefused(FieldError):
    """A link must be a web address."""

    routine = "exchanges"
    link: str


@dataclass
class NoSuchList(AgreementError):
    """Neither a place with a shared channel nor a word for a list."""

    routine = "exchanges"
    word: str
    places: tuple[str, ...]


@dataclass
class NoSuchExchange(AgreementError):
    """No share has this number."""

    routine = "exchanges"
    number: str


def share(
    desk: Desk,
    *,
    channel_id: str,
    title: str,
    summary: str,
    area: str,
    classification: Classification,
    onward: Onward = Onward.BOTH_ORGANIZATIONS,
    counterparts: str = "",
    asked: str = "",
    link: str = "",
    attachment: Attachment | None = None,
    occurrence_id: int | None = None,
) -> UpdateShared:
    """Inform the other party in one of the shared channels; anything above shareable is refused (IV.2).

    `occurrence_id` is the period whose prompt was answered, if it was one.
    """
    require(desk.session, desk.person, Act.SHARE_UPDATE)
    if occurrence_id is None:
        require_clause(desk.session, *SHARED_UNDER)
    texts = {"title": title, "summary": summary, "counterparts": counterparts, "asked": asked, "link": link}
    typed = {name: text.strip() for name, text in texts.items()}
    _check(desk, typed, area, classification)
    if onward is Onward.PUBLISHED and classification is not Classification.PUBLIC:
        raise OnwardTooWide("onward", classification)
    channel = get_channel(desk.session, channel_id)
    row = _row(desk, channel_id, area=area, classification=classification, onward=onward, **typed)
    row.file_id = keep(desk.session, attachment)
    desk.session.add(row)
    desk.session.flush()
    period = period_to_answer(desk, channel.scope, occurrence_id)
    if period:
        answer_period(desk, period, Answer.SHARED)
    return _shared(desk, row)


def _check(desk: Desk, typed: Mapping[str, str], area: str, classification: Classification) -> None:
    if classification not in POSTABLE:
        raise TooConfidential("classification", classification)
    if not typed["title"]:
        raise Empty("subject")
    if not typed["summary"]:
        raise Empty("summary")
    if area not in {known.id for known in desk.definition.areas}:
        raise NoSuchArea("area", area)
    if typed["link"] and not is_web_address(typed["link"]):
        raise LinkRefused("link", typed["link"])


def _row(desk: Desk, channel_id: str, **facts: Any) -> Exchange:
    year = desk.today.year
    return Exchange(
        year=year,
        seq=next_seq(desk.session, Exchange, year),
        party=desk.person.party,
        author_id=desk.person.key,
        channel_id=channel_id,
        shared_at=desk.now,
        status=ExchangeStatus.SHARED,
        nudge_on=nudge_day(desk, 0),
        **facts,
    )


def is_web_address(link: str) -> bool:
    """Whether a link can be opened, and shows the address it leads to."""
    try:
        address = urlsplit(link)
    except ValueError:
        return False
    # What is not printable, such as a mark that reverses the reading order, shows another address.
    shown = link.isprintable() and not set(link) & set(" <>|")
    return address.scheme in ("http", "https") and bool(address.hostname) and shown


def _shared(desk: Desk, row: Exchange) -> UpdateShared:
    return UpdateShared(
        clause=CLAUSE,
        subject=f"exchange:{row.key}",
        exchange_id=row.key,
        number=row.number,
        by=desk.person.name,
        party=desk.definition.party(row.party).abbreviation,
        receiving=tuple(party.abbreviation for party in desk.definition.others(row.party)),
        title=row.title,
        channel_id=row.channel_id,
        nudge_on=row.nudge_on or desk.today,
    )


def nudge_day(desk: Desk, nudges: int) -> date | None:
    """When an acknowledgement is asked for again after `nudges` times; None after the last.

    Working days of both parties, counted from today; their number is policy, the text sets none (IV.1).
    """
    pauses = desk.days("exchange.nudge_backoff")
    if nudges >= len(pauses):
        return None
    return add_working_days(desk.today, pauses[nudges], desk.calendar)


def listing(
    session: Session, limit: int = 20, *, party: str = "", channel_id: str = "", unacknowledged: bool = False
) -> Sequence[Exchange]:
    """The latest shares, newest first: all of them, or those of one party, of one channel, or still open."""
    query = select(Exchange)
    if party:
        query = query.where(Exchange.party == party)
    if channel_id:
        query = query.where(Exchange.channel_id == channel_id)
    if unacknowledged:
        query = query.where(Exchange.status == ExchangeStatus.SHARED)
    return session.exec(query.order_by(col(Exchange.id).desc()).limit(limit)).all()


def get_exchange(session: Session, exchange_id: int) -> Exchange:
    """One share; refuses an unknown key."""
    row = session.get(Exchange, exchange_id)
    if row is None:
        raise NoSuchExchange(str(exchange_id))
    return row


def by_number(session: Session, number: str) -> Exchange:
    """One share by the number people quote; refuses one that does not exist."""
    found = find_number(session, Exchange, number)
    if found is None:
        raise NoSuchExchange(number.strip())
    return found
