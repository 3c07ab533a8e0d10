"""IV.9 and IV.10: what both parties cleared is released at its instant, once, unless an approval is missing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from bot.agreement.communication_drafts import CLEARANCE_NEAR, Empty, plan_clearance, release_instant
from bot.agreement.communication_marks import Missing, missing_approvals
from bot.agreement.communications import (
    UNRELEASED,
    Communication,
    CommunicationEvent,
    CommunicationStatus,
    communication_facts,
    current_version,
    get_communication,
    moved_on,
    require_unreleased,
)
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.exchanges import is_web_address
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Refusal, require
from bot.agreement.rights import Act
from bot.agreement.time_limits import civil_day

PROOF = "communication_proof"
"""The follow-up that asks where a released text was published."""
LATE = timedelta(hours=1)
"""After so much time a release by the clock says that it comes late."""


@dataclass(frozen=True, kw_only=True)
class CommunicationReleased(CommunicationEvent):
    """The final text was released: by the clock at its instant, or by a person where no embargo ran."""

    sha256: str
    embargo: bool
    planned_for: datetime
    at: datetime
    late: bool
    by_clock: bool

    @property
    def once(self) -> str:
        """A version is released once by the clock; what people do is told apart by the journal."""
        return f"{self.number}:{self.sha256}:released" if self.by_clock else ""


@dataclass(frozen=True, kw_only=True)
class ReleaseStopped(CommunicationEvent):
    """The instant came, and the release was not made, since approvals are missing (VI.1, VI.3)."""

    planned_for: datetime
    missing: tuple[Missing, ...]

    @property
    def once(self) -> str:
        """The communication and the instant at which it was to be released."""
        return f"{self.number}:{self.planned_for.isoformat()}:stopped"


@dataclass(frozen=True, kw_only=True)
class CommunicationPostponed(CommunicationEvent):
    """A party moved the release to a later instant."""

    reason: str
    earlier: datetime
    release_at: datetime


@dataclass(frozen=True, kw_only=True)
class CommunicationWithdrawn(CommunicationEvent):
    """A party withdrew it before its release."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CommunicationPublished(CommunicationEvent):
    """People put on record where and when it was published."""

    live_link: str
    published_on: date


@dataclass(frozen=True, kw_only=True)
class ProofAsked(FollowedUp):
    """A text was released, and where it was published is not on record."""

    communication_id: int


@dataclass
class ApprovalMissing(Refusal):
    """The owner of a mark that is used has not approved the use for this day."""

    routine = "communications"
    number: str
    missing: tuple[Missing, ...]


@dataclass
class UnderEmbargo(Refusal):
    """Nobody lifts an embargo before its instant."""

    routine = "communications"
    number: str
    until: datetime
    zone: str


@dataclass
class NotLater(FieldError):
    """To postpone is to move to a later time."""

    routine = "communications"
    release_at: datetime
    zone: str


@dataclass
class LiveLinkRefused(FieldError):
    """The place where it was published must be a web address."""

    routine = "communications"
    link: str


@dataclass
class NotPublishedYet(FieldError):
    """The day of publication must lie between the release and today."""

    routine = "communications"
    released_on: date
    today: date


def release(desk: Desk, *, communication_id: int) -> CommunicationReleased:
    """Release what both cleared, early if no embargo runs; refused while an approval is missing."""
    row = get_communication(desk.session, communication_id)
    require(desk.session, desk.person, Act.RELEASE_COMMUNICATION, row)
    if row.status is not CommunicationStatus.CLEARED:
        raise moved_on(desk, row)
    if row.embargo and desk.now < row.release_at:
        raise UnderEmbargo(row.number, row.release_at, row.zone)
    missing = missing_approvals(desk, row, desk.today)
    if missing:
        raise ApprovalMissing(row.number, tuple(missing))
    return _release(desk, row)


def lift(desk: Desk, *, communication_id: int) -> CommunicationReleased | ReleaseStopped:
    """Release what is cleared because its instant has come; says instead, once, what approval is missing.

    Raises NothingToSay when it has been released, stopped, moved or withdrawn meanwhile.
    """
    row = get_communication(desk.session, communication_id)
    if row.status is not CommunicationStatus.CLEARED or row.stopped_at or row.release_at > desk.now:
        raise NothingToSay
    missing = missing_approvals(desk, row, desk.today)
    return _stop(desk, row, tuple(missing)) if missing else _release(desk, row)


def to_be_lifted(session: Session, now: datetime) -> list[int]:
    """What is cleared and whose instant has come, the one that has waited longest first."""
    return [row.key for row in session.exec(_TO_BE_LIFTED, params={"now": now})]


_TO_BE_LIFTED = (
    select(Communication)
    .where(
        Communication.status == CommunicationStatus.CLEARED,
        Communication.release_at <= bindparam("now"),
        col(Communication.stopped_at).is_(None),
    )
    .order_by(col(Communication.release_at))
)


def postpone(
    desk: Desk, *, communication_id: int, on: date, at: time, zone: str, reason: str
) -> CommunicationPostponed:
    """Move the release to a later instant; text and clearances stay."""
    row = get_communication(desk.session, communication_id)
    require(desk.session, desk.person, Act.RESCHEDULE_COMMUNICATION, row)
    if not reason.strip():
        raise Empty("reason")
    release_at, earlier = release_instant(desk, on, at, zone), row.release_at
    if release_at <= earlier:
        raise NotLater("release_on", earlier, row.zone)
    _settle(desk, row, reason, release_at=release_at, zone=zone, stopped_at=None)
    if row.status is CommunicationStatus.IN_CLEARANCE:
        plan_clearance(desk, row)
    return CommunicationPostponed(
        reason=row.reason, earlier=earlier, release_at=release_at, **communication_facts(desk, row)
    )


def withdraw(desk: Desk, *, communication_id: int, reason: str) -> CommunicationWithdrawn:
    """Withdraw it before its release; it is never released then."""
    row = get_communication(desk.session, communication_id)
    require(desk.session, desk.person, Act.RESCHEDULE_COMMUNICATION, row)
    if not reason.strip():
        raise Empty("reason")
    _settle(desk, row, reason, status=CommunicationStatus.WITHDRAWN)
    drop(desk.session, row.subject)
    return CommunicationWithdrawn(reason=row.reason, **communication_facts(desk, row))


def record_publication(
    desk: Desk, *, communication_id: int, live_link: str, published_on: date
) -> CommunicationPublished:
    """Put on record where and when it was published: the proof that it was."""
    row = get_communication(desk.session, communication_id)
    require(desk.session, desk.person, Act.RECORD_PUBLICATION, row)
    link, released_on = live_link.strip(), civil_day(row.released_at or desk.now, desk.definition.tz)
    if not is_web_address(link):
        raise LiveLinkRefused("live_link", link)
    if not released_on <= published_on <= desk.today:
        raise NotPublishedYet("published_on", released_on, desk.today)
    said = {
        "live_link": link,
        "published_on": published_on,
        "published_by": desk.person.key,
        "published_at": desk.now,
    }
    _move(desk, row, CommunicationStatus.RELEASED, status=CommunicationStatus.PUBLISHED, **said)
    drop(desk.session, row.subject, PROOF)
    return CommunicationPublished(live_link=link, published_on=published_on, **communication_facts(desk, row))


def ask_for_proof(desk: Desk, *, waiting: Waiting) -> ProofAsked:
    """Ask again where a released text was published; dropped once that is on record."""
    row = get_communication(desk.session, waiting.key)
    title = current_version(desk.session, row).title
    return ProofAsked(
        clause=row.clause,
        number=row.number,
        title=title,
        communication_id=row.key,
        **mark_followed_up(desk, waiting),
    )


def _release(desk: Desk, row: Communication) -> CommunicationReleased:
    by = desk.by.key if desk.by else None
    _move(
        desk,
        row,
        CommunicationStatus.CLEARED,
        status=CommunicationStatus.RELEASED,
        released_at=desk.now,
        released_by=by,
    )
    drop(desk.session, row.subject, CLEARANCE_NEAR)
    steps = [f"+P{days}D" for days in desk.days("communication.proof_days")]
    foresee(desk, row.subject, PROOF, desk.today, steps)
    return CommunicationReleased(
        sha256=current_version(desk.session, row).sha256,
        embargo=row.embargo,
        planned_for=row.release_at,
        at=desk.now,
        late=by is None and desk.now - row.release_at > LATE,
        by_clock=by is None,
        **communication_facts(desk, row),
    )


def _stop(desk: Desk, row: Communication, missing: tuple[Missing, ...]) -> ReleaseStopped:
    _move(desk, row, CommunicationStatus.CLEARED, stopped_at=desk.now)
    return ReleaseStopped(planned_for=row.release_at, missing=missing, **communication_facts(desk, row))


def _settle(desk: Desk, row: Communication, reason: str, **values: object) -> None:
    """Move or withdraw what is not out; whoever comes too late is told who was first."""
    require_unreleased(desk, row)
    said = {"reason": reason.strip(), "reason_by": desk.person.key, "reason_at": desk.now}
    pending = (col(Communication.id) == row.key) & col(Communication.status).in_(UNRELEASED)
    done = desk.session.exec(update(Communication).where(pending).values(**said, **values))
    if done.rowcount != 1:
        raise moved_on(desk, row)
    desk.session.refresh(row)


def _move(desk: Desk, row: Communication, expected: CommunicationStatus, **values: object) -> None:
    mine = (col(Communication.id) == row.key) & (col(Communication.status) == expected)
    if desk.session.exec(update(Communication).where(mine).values(**values)).rowcount != 1:
        raise moved_on(desk, row) if desk.by else NothingToSay()
    desk.session.refresh(row)
