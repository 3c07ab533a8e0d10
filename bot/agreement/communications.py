"""III.2, IV.9 and IV.10: what both parties say in public together, its versions and where each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow, find_number
from bot.agreement.people import Person, Refusal, may
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type

CAMPAIGN_CLAUSE = "III.2"
MEDIA_CLAUSE = "IV.9"
ADVOCACY_CLAUSE = "IV.10"
LANGUAGES = ("en", "fr", "es")


class CommunicationKind(StrEnum):
    """What is to be published."""

    PRESS_RELEASE = "press_release"
    """For journalists (IV.9)."""
    SOCIAL_MEDIA = "social_media"
    """A post on a social network (IV.9)."""
    WEB_STORY = "web_story"
    """A story on a website (IV.9)."""
    VIDEO = "video"
    """A film or a recording (IV.9)."""
    CAMPAIGN = "campaign"
    """Several products that raise awareness of one thing (III.2)."""
    OP_ED = "op_ed"
    """An opinion article (IV.10)."""
    OTHER = "other"
    """Other public or private advocacy (IV.10)."""

    @property
    def clause(self) -> str:
        """The clause under which the parties do this together."""
        if self is CommunicationKind.CAMPAIGN:
            return CAMPAIGN_CLAUSE
        advocacy = self in (CommunicationKind.OP_ED, CommunicationKind.OTHER)
        return ADVOCACY_CLAUSE if advocacy else MEDIA_CLAUSE


class CommunicationStatus(StrEnum):
    """Where one communication stands."""

    IN_CLEARANCE = "in_clearance"
    """The current version waits for the clearance of one party or of both."""
    RETURNED = "returned"
    """A party sent the current version back with comments; a new version is awaited."""
    CLEARED = "cleared"
    """Both parties cleared the current version, and it has not been released."""
    RELEASED = "released"
    """The final text was released; where it was published is not on record yet."""
    PUBLISHED = "published"
    """People put on record where and when it was published."""
    WITHDRAWN = "withdrawn"
    """A party withdrew it before its release."""


UNRELEASED = frozenset(
    {CommunicationStatus.IN_CLEARANCE, CommunicationStatus.RETURNED, CommunicationStatus.CLEARED}
)
OUT = frozenset({CommunicationStatus.RELEASED, CommunicationStatus.PUBLISHED})


class StrategyCheck(StrEnum):
    """Whether the communication strategy of the UN Network on Migration was looked at (IV.10)."""

    CHECKED = "checked"
    """It was, and the text agrees with it."""
    NOT_RELEVANT = "not_relevant"
    """It has no bearing on this, for the reason on record."""
    NOT_YET = "not_yet"
    """Nobody has looked yet, so nobody can clear."""


class ClearanceStatus(StrEnum):
    """What one party's communications officers said of one version."""

    WAITING = "waiting"
    """Nothing yet."""
    CLEARED = "cleared"
    """They cleared exactly this version."""
    RETURNED = "returned"
    """They sent it back with comments."""


class Communication(NumberedRow, table=True):
    """One thing both parties publish together; `version` is the current one, and `release_at` an instant.

    `stopped_at` is when its release was due and could not be made. `reason` is why it was last moved or withdrawn.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    party: str
    author_id: int = Field(foreign_key="person.id")
    channel_id: str = Field(foreign_key="channel.channel_id")
    kind: CommunicationKind = Field(sa_type=status_type(CommunicationKind))
    audience: str
    outlet: str
    payer: str = ""
    release_at: datetime = Field(index=True)
    zone: str
    embargo: bool
    strategy: StrategyCheck = Field(sa_type=status_type(StrategyCheck))
    strategy_note: str = ""
    status: CommunicationStatus = Field(sa_type=status_type(CommunicationStatus), index=True)
    version: int
    drafted_at: datetime
    stopped_at: datetime | None = None
    reason: str = ""
    reason_by: int | None = Field(default=None, foreign_key="person.id")
    reason_at: datetime | None = None
    released_at: datetime | None = None
    released_by: int | None = Field(default=None, foreign_key="person.id")
    live_link: str = ""
    published_on: date | None = None
    published_by: int | None = Field(default=None, foreign_key="person.id")
    published_at: datetime | None = None

    @property
    def clause(self) -> str:
        """The clause it belongs to."""
        return self.kind.clause

    @property
    def subject(self) -> str:
        """The case, as events and cards name it."""
        return f"communication:{self.key}"

    def side_of(self, party: str) -> Side:
        """The drafting party began the case."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


class CommunicationVersion(SQLModel, table=True):
    """The text at one moment, in each of its languages; `sha256` seals all of it."""

    __table_args__ = (UniqueConstraint("communication_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    communication_id: int = Field(foreign_key="communication.id", index=True)
    version: int
    title: str
    text_en: str = ""
    text_fr: str = ""
    text_es: str = ""
    quotes: str = ""
    link: str = ""
    sha256: str
    author_id: int = Field(foreign_key="person.id")
    made_at: datetime

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the version is not stored yet")
        return self.id

    @property
    def texts(self) -> dict[str, str]:
        """The text in each language it has."""
        every = {"en": self.text_en, "fr": self.text_fr, "es": self.text_es}
        return {language: text for language, text in every.items() if text}


class Clearance(SQLModel, table=True):
    """What one party said of one version, who said so, in which capacity, and when."""

    __table_args__ = (UniqueConstraint("version_id", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="communicationversion.id")
    party: str
    status: ClearanceStatus = Field(sa_type=status_type(ClearanceStatus))
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime | None = None
    capacity: str = ""
    comments: str = ""


@dataclass(frozen=True, kw_only=True)
class CommunicationEvent(Event):
    """Something happened to one communication; its text is never among the facts, since it may be embargoed."""

    communication_id: int
    number: str
    title: str
    version: int
    by: str
    party: str


@dataclass
class NoSuchCommunication(AgreementError):
    """No communication has this number."""

    routine = "communications"
    number: str


@dataclass
class VersionReplaced(Refusal):
    """The version in hand is no longer the current one."""

    routine = "communications"
    number: str
    version: int
    current: int


@dataclass
class MovedOn(Refusal):
    """The communication is not at the point where this can be done; `by` is who was first, if it was a person."""

    routine = "communications"
    number: str
    status: CommunicationStatus
    by: str
    at: datetime | None
    zone: str


@dataclass
class TextUnderEmbargo(Refusal):
    """The text is not released, and this person is not among those who may read it before."""

    routine = "communications"
    number: str


def get_communication(session: Session, communication_id: int) -> Communication:
    """One communication; refuses an unknown key."""
    row = session.get(Communication, communication_id)
    if row is None:
        raise NoSuchCommunication(str(communication_id))
    return row


def communication_by_number(session: Session, number: str) -> Communication:
    """One communication by the number people quote; refuses one that does not exist."""
    found = find_number(session, Communication, number)
    if found is None:
        raise NoSuchCommunication(number.strip())
    return found


def get_version(session: Session, version_id: int) -> CommunicationVersion:
    """One version; refuses an unknown key."""
    found = session.get(CommunicationVersion, version_id)
    if found is None:
        raise NoSuchCommunication("")
    return found


def current_version(session: Session, row: Communication) -> CommunicationVersion:
    """The version that counts now."""
    return session.exec(
        select(CommunicationVersion).where(
            CommunicationVersion.communication_id == row.key, CommunicationVersion.version == row.version
        )
    ).one()


def versions(session: Session, row: Communication) -> Sequence[CommunicationVersion]:
    """Every version, the first one first."""
    mine = select(CommunicationVersion).where(CommunicationVersion.communication_id == row.key)
    return session.exec(mine.order_by(col(CommunicationVersion.version))).all()


def clearances(session: Session, version: CommunicationVersion) -> Sequence[Clearance]:
    """What each party said of a version, in the order of their names."""
    mine = select(Clearance).where(Clearance.version_id == version.key)
    return session.exec(mine.order_by(Clearance.party)).all()


def calendar(session: Session, limit: int = 20) -> Sequence[Communication]:
    """The editorial calendar: what is to come, the next release first, then what came last."""
    coming = select(Communication).where(col(Communication.status).in_(UNRELEASED))
    past = select(Communication).where(col(Communication.status).not_in(UNRELEASED))
    rows = list(session.exec(coming.order_by(col(Communication.release_at)).limit(limit)).all())
    rest = limit - len(rows)
    return rows + list(session.exec(past.order_by(col(Communication.release_at).desc()).limit(rest)).all())


def without_proof(session: Session) -> Sequence[Communication]:
    """What was released and whose publication is not on record, the oldest first."""
    out = select(Communication).where(Communication.status == CommunicationStatus.RELEASED)
    return session.exec(out.order_by(col(Communication.released_at))).all()


def communication_facts(desk: Desk, row: Communication) -> dict[str, Any]:
    """What every event about a communication says."""
    by = desk.by
    return {
        "clause": row.clause,
        "subject": row.subject,
        "communication_id": row.key,
        "number": row.number,
        "title": current_version(desk.session, row).title,
        "version": row.version,
        "by": by.name if by else "",
        "party": desk.definition.party(by.party).abbreviation if by else "",
    }


def require_unreleased(desk: Desk, row: Communication) -> None:
    """Refuse what makes no sense once a communication is out or withdrawn."""
    if row.status not in UNRELEASED:
        raise moved_on(desk, row)


def moved_on(desk: Desk, row: Communication) -> MovedOn:
    """Why something cannot be done now: how the communication stands, and who brought it there."""
    desk.session.refresh(row)
    who, when = {
        CommunicationStatus.WITHDRAWN: (row.reason_by, row.reason_at),
        CommunicationStatus.RELEASED: (row.released_by, row.released_at),
        CommunicationStatus.PUBLISHED: (row.published_by, row.published_at),
    }.get(row.status, (None, None))
    person = desk.session.get(Person, who) if who else None
    by = f"{person.name} ({desk.definition.party(person.party).abbreviation})" if person else ""
    return MovedOn(row.number, row.status, by, when, desk.definition.tz)


def may_read_text(desk: Desk, row: Communication) -> bool:
    """Whether the person may read the text: what is out anybody may, what is not few and its author."""
    act = Act.READ if row.status in OUT else Act.READ_DRAFT
    return row.author_id == desk.person.key or may(desk.session, desk.person, act, row)


def require_text(desk: Desk, row: Communication) -> None:
    """Refuse the text to whoever may not read it before its release."""
    if not may_read_text(desk, row):
        raise TextUnderEmbargo(row.number)
