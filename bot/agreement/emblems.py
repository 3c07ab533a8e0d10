"""VI.1 and VI.3: no use of the other party's name, emblem or a hyperlink without its prior written approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import NumberedRow, find_number, next_seq
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.time_limits import add_working_days

CLAUSE = "VI.1"
HYPERLINK_CLAUSE = "VI.3"


class Mark(StrEnum):
    """What of the other party's is to be used (VI.1, VI.3)."""

    NAME = "name"
    """Its name in full."""
    EMBLEM = "emblem"
    """Its emblem or logo."""
    ABBREVIATION = "abbreviation"
    """An abbreviation of its name."""
    TRADEMARK = "trademark"
    """Another mark it owns."""
    HYPERLINK = "hyperlink"
    """A link to one of its websites (VI.3)."""


class EmblemStatus(StrEnum):
    """Where one request stands."""

    SUBMITTED = "submitted"
    """The owner has been asked and has not decided."""
    MORE_INFORMATION = "more_information"
    """The owner asked for something more, and the asking party has still to answer."""
    APPROVED = "approved"
    """The owner approved this use, in writing."""
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    """The owner approved this use on the conditions on record."""
    REFUSED = "refused"
    """The owner refused this use."""
    LAPSED = "lapsed"
    """Whoever was to answer did not, which is not an approval: silence is never consent."""


PENDING = frozenset({EmblemStatus.SUBMITTED, EmblemStatus.MORE_INFORMATION})
DECIDED = frozenset(EmblemStatus) - PENDING


class EmblemRequest(NumberedRow, table=True):
    """One planned use of the other party's name, emblem or website: one product, one period."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    asking_party: str
    owner_party: str
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    channel_id: str = Field(foreign_key="channel.channel_id")
    mark: Mark = Field(sa_type=status_type(Mark))
    purpose: str
    product: str
    audience: str
    use_from: date
    use_until: date
    mockup_text: str = ""
    mockup_file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    other_logos: str = ""
    payer: str = ""
    needed_by: date
    status: EmblemStatus = Field(sa_type=status_type(EmblemStatus), index=True)
    question: str = ""
    information: str = ""
    answer_by: date
    escalated_on: date | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    reason: str = ""
    awaited: str = ""

    @property
    def clause(self) -> str:
        """The clause that asks for the approval."""
        return HYPERLINK_CLAUSE if self.mark is Mark.HYPERLINK else CLAUSE

    def side_of(self, party: str) -> Side:
        """The asking party began the case; the owner decides."""
        return Side.INITIATING if party == self.asking_party else Side.RESPONDING


@dataclass(frozen=True, kw_only=True)
class EmblemEvent(Event):
    """Something happened to one request."""

    request_id: int
    number: str
    asking: str
    owner: str
    mark: Mark
    product: str
    by: str


@dataclass(frozen=True, kw_only=True)
class EmblemRequested(EmblemEvent):
    """A party asked the owner for its approval."""

    answer_by: date
    mockup_given: bool


@dataclass(frozen=True, kw_only=True)
class EmblemQuestioned(EmblemEvent):
    """The owner asked for more information."""

    question: str
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class EmblemInformationGiven(EmblemEvent):
    """The asking party gave the information the owner wanted."""

    information: str
    answer_by: date
    mockup_given: bool
    mockup_replaced: bool


@dataclass(frozen=True, kw_only=True)
class EmblemDecided(EmblemEvent):
    """The owner approved or refused, or the time passed, which is no approval; then `awaited` let it pass."""

    status: EmblemStatus
    reason: str
    at: datetime
    awaited: str

    @property
    def once(self) -> str:
        """A request lapses once; what people decide is told apart by the journal."""
        return f"{self.number}:{self.product}:lapsed" if self.status is EmblemStatus.LAPSED else ""


@dataclass(frozen=True, kw_only=True)
class EmblemEscalated(EmblemEvent):
    """The owner has not answered in time and was reminded, its contact point too."""

    status: EmblemStatus
    answer_by: date
    lapses_on: date

    @property
    def once(self) -> str:
        """Once for each day by which an answer was due."""
        return f"{self.number}:{self.product}:{self.answer_by}"


@dataclass
class FieldEmpty(FieldError):
    """A field the owner needs for its decision was left empty."""

    routine = "emblems"


@dataclass
class PeriodBackwards(FieldError):
    """The use would end before it begins."""

    routine = "emblems"
    use_from: date


@dataclass
class NotBeforeUse(FieldError):
    """The approval must come before the use, so nothing can be asked for days already past (VI.1)."""

    routine = "emblems"
    today: date


@dataclass
class DayPassed(FieldError):
    """A decision cannot be needed on a day already past."""

    routine = "emblems"
    today: date


@dataclass
class NeededAfterUse(FieldError):
    """A decision needed only after the use has begun would not be a prior approval (VI.1)."""

    routine = "emblems"
    use_from: date


@dataclass
class MockupMissing(FieldError):
    """The owner decides on something it can see: a file or the very text."""

    routine = "emblems"


@dataclass
class AlreadyDecided(Refusal):
    """Somebody decided first; their decision stands."""

    routine = "emblems"
    number: str
    status: EmblemStatus
    by: str
    at: datetime
    zone: str


@dataclass
class NotAwaited(Refusal):
    """The request is not at the point where this can be done."""

    routine = "emblems"
    number: str
    status: EmblemStatus


@dataclass
class NoSuchRequest(AgreementError):
    """No request has this number."""

    routine = "emblems"
    number: str


@dataclass(frozen=True, kw_only=True)
class PlannedUse:
    """What the asking party wants to do, as it filled in the form."""

    mark: Mark
    purpose: str
    product: str
    audience: str
    use_from: date
    use_until: date
    needed_by: date
    mockup_text: str = ""
    other_logos: str = ""
    payer: str = ""


def request(
    desk: Desk, *, owner: str, channel_id: str, use: PlannedUse, mockup: Attachment | None = None
) -> EmblemRequested:
    """Ask `owner` for its approval of one planned use."""
    require(desk.session, desk.person, Act.REQUEST_EMBLEM)
    _check(use, mockup, desk.today)
    get_channel(desk.session, channel_id)
    row = EmblemRequest(
        year=desk.today.year,
        seq=next_seq(desk.session, EmblemRequest, desk.today.year),
        asking_party=desk.person.party,
        owner_party=owner,
        asked_by=desk.person.key,
        asked_at=desk.now,
        channel_id=channel_id,
        mockup_file_id=keep(desk.session, mockup),
        status=EmblemStatus.SUBMITTED,
        answer_by=answer_day(desk),
        **vars(use),
    )
    desk.session.add(row)
    desk.session.flush()
    return EmblemRequested(answer_by=row.answer_by, mockup_given=mockup is not None, **event_facts(desk, row))


def _check(use: PlannedUse, mockup: Attachment | None, today: date) -> None:
    for name in ("purpose", "product", "audience"):
        if not getattr(use, name).strip():
            raise FieldEmpty(name)
    if use.use_from < today:
        raise NotBeforeUse("use_from", today)
    if use.use_until < use.use_from:
        raise PeriodBackwards("use_until", use.use_from)
    if use.needed_by < today:
        raise DayPassed("needed_by", today)
    if use.needed_by > use.use_from:
        raise NeededAfterUse("needed_by", use.use_from)
    if not use.mockup_text.strip() and mockup is None:
        raise MockupMissing("mockup_text")


def answer_day(desk: Desk) -> date:
    """The day by which an answer is expected: a policy, in working days of both sides (VI.1 sets none)."""
    (days,) = desk.days("permission.sla_working_days")
    return add_working_days(desk.today, days, desk.calendar)


def event_facts(desk: Desk, row: EmblemRequest) -> dict[str, Any]:
    """What every event about a request says."""
    return {
        "clause": row.clause,
        "subject": f"emblem:{row.key}",
        "request_id": row.key,
        "number": row.number,
        "asking": desk.definition.party(row.asking_party).abbreviation,
        "owner": desk.definition.party(row.owner_party).abbreviation,
        "mark": row.mark,
        "product": row.product,
        "by": desk.by.name if desk.by else "",
    }


def get_request(session: Session, request_id: int) -> EmblemRequest:
    """One request; refuses an unknown key."""
    row = session.get(EmblemRequest, request_id)
    if row is None:
        raise NoSuchRequest(str(request_id))
    return row


def by_number(session: Session, number: str) -> EmblemRequest:
    """One request by the number people quote; refuses one that does not exist."""
    found = find_number(session, EmblemRequest, number)
    if found is None:
        raise NoSuchRequest(number.strip())
    return found


def listing(session: Session, limit: int = 20) -> Sequence[EmblemRequest]:
    """The latest requests, newest first."""
    return session.exec(select(EmblemRequest).order_by(col(EmblemRequest.id).desc()).limit(limit)).all()


def pending(session: Session) -> Sequence[EmblemRequest]:
    """The requests still without a decision, the oldest first."""
    waiting = select(EmblemRequest).where(col(EmblemRequest.status).in_(PENDING))
    return session.exec(waiting.order_by(col(EmblemRequest.id))).all()


def decider(session: Session, row: EmblemRequest) -> Person | None:
    """Who decided, if a person did."""
    return session.get(Person, row.decided_by) if row.decided_by else None


def before(desk: Desk, request_id: int, act: Act) -> dict[str, Any]:
    """What a form about a request says at its head; refused at once to whoever could not send it in."""
    row = get_request(desk.session, request_id)
    require(desk.session, desk.person, act, row)
    if row.status in DECIDED:
        raise already_decided(desk, row)
    return {**event_facts(desk, row), "question": row.question}


def already_decided(desk: Desk, row: EmblemRequest) -> AlreadyDecided:
    """Who decided first, and when."""
    person = decider(desk.session, row)
    return AlreadyDecided(
        row.number, row.status, person.name if person else "", row.decided_at or desk.now, desk.definition.tz
    )
