"""VI.1, VI.3 and IX.2-2: no use of what is the other party's without its prior written approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.emblem_history import EmblemDeed, keep_version, remember
from bot.agreement.emblem_plans import CostBearer, Mark, PlannedUse, check
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import NumberedRow, find_number
from bot.agreement.people import Person, Refusal, require, require_clause
from bot.agreement.rights import Act, Side
from bot.agreement.storage import status_type
from bot.agreement.time_limits import add_working_days

CLAUSE = "VI.1"
HYPERLINK_CLAUSE = "VI.3"
PROPERTY_CLAUSE = "IX.2-2"
CLAUSES = {Mark.HYPERLINK: HYPERLINK_CLAUSE, Mark.IP: PROPERTY_CLAUSE}
"""The clauses of what has one of its own."""


class EmblemStatus(StrEnum):
    """Where one request stands."""

    DRAFT = "draft"
    """The asking side is still writing it, for itself alone."""
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
    WITHDRAWN = "withdrawn"
    """The asking side took it back before the owner decided."""
    IN_USE = "in_use"
    """It is approved, and the use has begun."""
    PROOF_FILED = "proof_filed"
    """It is approved and in use, and proof of the use is on record."""
    EXPIRED = "expired"
    """The last day of the period has passed; the use is to be over."""
    REVOKED = "revoked"
    """The owner revoked its approval; the use is to be over from the day on record."""
    TAKEN_DOWN = "taken_down"
    """The asking side confirmed that the use is over."""


PENDING = frozenset({EmblemStatus.SUBMITTED, EmblemStatus.MORE_INFORMATION})
CLOSED = frozenset(
    {
        EmblemStatus.APPROVED,
        EmblemStatus.APPROVED_WITH_CONDITIONS,
        EmblemStatus.REFUSED,
        EmblemStatus.LAPSED,
    }
)
"""As a decision leaves it, or the lack of one."""
VALID = frozenset(
    {
        EmblemStatus.APPROVED,
        EmblemStatus.APPROVED_WITH_CONDITIONS,
        EmblemStatus.IN_USE,
        EmblemStatus.PROOF_FILED,
    }
)
"""Approved, and neither voided, expired nor revoked."""
OVER = frozenset({EmblemStatus.EXPIRED, EmblemStatus.REVOKED})
NEVER_APPROVED = frozenset({EmblemStatus.REFUSED, EmblemStatus.LAPSED, EmblemStatus.WITHDRAWN})


class EmblemRequest(NumberedRow, table=True):
    """One planned use of the other party's name, emblem or website: one product, one period.

    A draft counts in the years below one, so that nobody can tell from the numbers that it is there; it gets the
    number people quote when it is submitted. `use_until` is the day that was approved, and `asked_until` the one
    that was asked for, where the owner shortened the period. `use_began_on` stays when an approval is voided, for
    what is in use has then to be taken down. `revoked_from` is the day from which a revocation has its effect.
    """

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
    cost: CostBearer = Field(default=CostBearer.ASKING, sa_type=status_type(CostBearer))
    payer: str = ""
    link_from: str = ""
    link_to: str = ""
    series: str = ""
    whole_series: bool = False
    version: int = 1
    asked_until: date | None = None
    use_began_on: date | None = None
    revoked_from: date | None = None
    revocation: str = ""
    taken_down_on: date | None = None
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
        return CLAUSES.get(self.mark, CLAUSE)

    @property
    def is_put(self) -> bool:
        """Whether it was ever put to the owner; a draft, and one that was dropped, is the asking party's own."""
        return self.seq > 0

    @property
    def subject(self) -> str:
        """What cards and the journal know it by."""
        return f"emblem:{self.key}"

    @property
    def must_come_down(self) -> bool:
        """Whether a use that may go on is not covered, and nobody has confirmed that it is over."""
        used = self.status in NEVER_APPROVED and self.use_began_on is not None
        return self.status in OVER or used

    @property
    def down_by(self) -> date | None:
        """The first day on which the use is no longer covered, once a last day or a revocation is on record."""
        after = self.use_until + timedelta(days=1)
        if self.status is EmblemStatus.REVOKED:
            return min(self.revoked_from or after, after)
        return after if self.status is EmblemStatus.EXPIRED else None

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
    version: int = 1


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


def request(
    desk: Desk, *, owner: str, channel_id: str, use: PlannedUse, mockup: Attachment | None = None
) -> EmblemRequested:
    """Ask `owner` for its approval of one planned use."""
    require(desk.session, desk.person, Act.REQUEST_EMBLEM)
    check(use, mockup is not None, desk.today)
    number = {"year": desk.today.year, "seq": next_number(desk)}
    row = enter(
        desk, EmblemStatus.SUBMITTED, owner=owner, channel_id=channel_id, use=use, mockup=mockup, **number
    )
    remember(desk, row.key, row.version, EmblemDeed.ASK)
    return put(desk, row)


def enter(
    desk: Desk,
    status: EmblemStatus,
    *,
    owner: str,
    channel_id: str,
    use: PlannedUse,
    mockup: Attachment | None,
    year: int,
    seq: int,
) -> EmblemRequest:
    """Put a new case on record in one of the statuses in which it may begin."""
    get_channel(desk.session, channel_id)
    row = EmblemRequest(
        year=year,
        seq=seq,
        asking_party=desk.person.party,
        owner_party=owner,
        asked_by=desk.person.key,
        asked_at=desk.now,
        channel_id=channel_id,
        mockup_file_id=keep(desk.session, mockup),
        status=status,
        answer_by=answer_day(desk),
        **vars(use),
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def put(desk: Desk, row: EmblemRequest) -> EmblemRequested:
    """Keep the material as the owner is shown it, and say that it is asked."""
    require_clause(desk.session, row.clause)
    keep_version(desk, row.key, row.version, row.mockup_text, row.mockup_file_id)
    given = row.mockup_file_id is not None
    return EmblemRequested(answer_by=row.answer_by, mockup_given=given, **event_facts(desk, row))


def next_number(desk: Desk) -> int:
    """The number that the next request of the year gets; drafts, which count below one, take none."""
    mine = (EmblemRequest.year == desk.today.year, EmblemRequest.seq > 0)
    return (desk.session.exec(select(func.max(EmblemRequest.seq)).where(*mine)).one() or 0) + 1


def answer_day(desk: Desk) -> date:
    """The day by which an answer is expected: a policy, in working days of both sides (VI.1 sets none)."""
    (days,) = desk.days("permission.sla_working_days")
    return add_working_days(desk.today, days, desk.calendar)


def event_facts(desk: Desk, row: EmblemRequest) -> dict[str, Any]:
    """What every event about a request says."""
    return {
        "clause": row.clause,
        "subject": row.subject,
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


def the_case(desk: Desk, request_id: int) -> EmblemRequest:
    """One request as the person at the desk may know it: the other party's drafts are not there."""
    row = get_request(desk.session, request_id)
    if not row.is_put and desk.person.party != row.asking_party:
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
    known = select(EmblemRequest).where(EmblemRequest.seq > 0)
    return session.exec(known.order_by(col(EmblemRequest.id).desc()).limit(limit)).all()


def pending(session: Session) -> Sequence[EmblemRequest]:
    """The requests still without a decision, the oldest first."""
    waiting = select(EmblemRequest).where(col(EmblemRequest.status).in_(PENDING))
    return session.exec(waiting.order_by(col(EmblemRequest.id))).all()


def decider(session: Session, row: EmblemRequest) -> Person | None:
    """Who decided, if a person did."""
    return session.get(Person, row.decided_by) if row.decided_by else None


def already_decided(desk: Desk, row: EmblemRequest) -> AlreadyDecided:
    """Who decided first, and when."""
    person = decider(desk.session, row)
    return AlreadyDecided(
        row.number, row.status, person.name if person else "", row.decided_at or desk.now, desk.definition.tz
    )
