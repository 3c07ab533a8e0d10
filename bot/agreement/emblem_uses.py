"""VI.1: an approved use from its beginning to its last day, with the proof of it, and what is still in use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, func, select

from bot.agreement.desk import Desk
from bot.agreement.emblem_history import EmblemDeed, EmblemProof, file_fingerprint
from bot.agreement.emblem_machine import entitled, go
from bot.agreement.emblem_plans import FieldEmpty, NotYet, require_address
from bot.agreement.emblems import (
    NEVER_APPROVED,
    OVER,
    VALID,
    EmblemEvent,
    EmblemRequest,
    EmblemStatus,
    event_facts,
    get_request,
)
from bot.agreement.errors import FieldError
from bot.agreement.files import Attachment, keep
from bot.agreement.follow_ups import FollowedUp, FollowUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.time_limits import civil_day

END_NEAR, TAKE_DOWN = "emblem_end_near", "emblem_take_down"
UNANSWERED = "emblem_take_down_unanswered"
"""What is planned: the owner is told that nobody confirms that a use is over."""


@dataclass(frozen=True, kw_only=True)
class EmblemUseBegun(EmblemEvent):
    """The asking side said that the approved use has begun."""

    began_on: date


@dataclass(frozen=True, kw_only=True)
class EmblemProofFiled(EmblemEvent):
    """The asking side put proof of the use on record."""

    link: str
    place: str
    seen_on: date
    file_id: int | None
    file_sha256: str


@dataclass(frozen=True, kw_only=True)
class EmblemExpired(EmblemEvent):
    """The last day of an approved use has passed."""

    use_until: date

    @property
    def once(self) -> str:
        """An approval expires once for each last day."""
        return f"{self.number}:{self.product}:expired:{self.use_until}"


@dataclass(frozen=True, kw_only=True)
class EmblemEndNear(FollowedUp):
    """The last day of an approved use comes near."""

    request_id: int


@dataclass(frozen=True, kw_only=True)
class EmblemTakeDownChased(FollowedUp):
    """The asking side was asked again to confirm that a use is over; it was to be over by `due_on`."""

    request_id: int


@dataclass(frozen=True, kw_only=True)
class EmblemTakeDownUnanswered(FollowedUp):
    """However often the asking side was asked, nobody confirmed that a use is over: the owner is told, once."""

    request_id: int
    reminders: int


@dataclass
class UseTooEarly(FieldError):
    """A use before its first approved day, or before the approval, is not covered by it."""

    routine = "emblems"
    earliest: date


@dataclass
class UseTooLate(FieldError):
    """A use after its last approved day is not covered, also before the clock has said that the day has passed."""

    routine = "emblems"
    use_until: date


@dataclass
class ProofMissing(FieldError):
    """Proof is an address or a file."""

    routine = "emblems"


def begin_use(desk: Desk, *, request_id: int, began_on: date) -> EmblemUseBegun:
    """Say on which day the approved use began."""
    row = entitled(desk, request_id, EmblemDeed.BEGIN_USE)
    _check_day(desk, row, "began_on", began_on)
    go(desk, row, EmblemDeed.BEGIN_USE, note=str(began_on), use_began_on=began_on)
    return EmblemUseBegun(began_on=began_on, **event_facts(desk, row))


def file_proof(
    desk: Desk, *, request_id: int, place: str, seen_on: date, link: str = "", file: Attachment | None = None
) -> EmblemProofFiled:
    """Put proof of the use on record: where and when it was seen, at which address or in which file."""
    row = entitled(desk, request_id, EmblemDeed.FILE_PROOF)
    _check_proof(desk, row, place, seen_on, link, file)
    go(desk, row, EmblemDeed.FILE_PROOF, note=place.strip())
    proof = _kept(desk, row, place.strip(), seen_on, link.strip(), file)
    said = {name: getattr(proof, name) for name in ("link", "place", "seen_on", "file_id", "file_sha256")}
    return EmblemProofFiled(**said, **event_facts(desk, row))


def _check_proof(
    desk: Desk, row: EmblemRequest, place: str, seen_on: date, link: str, file: Attachment | None
) -> None:
    if not place.strip():
        raise FieldEmpty("place")
    _check_day(desk, row, "seen_on", seen_on)
    if link.strip():
        require_address("link", link)
    elif file is None:
        raise ProofMissing("link")


def _check_day(desk: Desk, row: EmblemRequest, name: str, day: date) -> None:
    approved = civil_day(row.decided_at, desk.definition.tz) if row.decided_at else row.use_from
    if day < max(row.use_from, approved):
        raise UseTooEarly(name, max(row.use_from, approved))
    if day > desk.today:
        raise NotYet(name, desk.today)
    if day > row.use_until:
        raise UseTooLate(name, row.use_until)


def _kept(
    desk: Desk, row: EmblemRequest, place: str, seen_on: date, link: str, file: Attachment | None
) -> EmblemProof:
    file_id = keep(desk.session, file)
    proof = EmblemProof(
        request_id=row.key,
        link=link,
        file_id=file_id,
        file_sha256=file_fingerprint(desk.session, file_id),
        place=place,
        seen_on=seen_on,
        by=desk.person.key,
        at=desk.now,
    )
    desk.session.add(proof)
    desk.session.flush()
    return proof


def expect_end(desk: Desk, row: EmblemRequest) -> None:
    """Plan the reminders before the last day of an approved use."""
    drop(desk.session, row.subject)
    steps = desk.definition.policy("permission.end_steps")
    foresee(desk, row.subject, END_NEAR, row.use_until, steps)


def come_near(desk: Desk, *, waiting: Waiting) -> EmblemEndNear:
    """Remind whoever asked that the last day of the use comes near."""
    row = get_request(desk.session, waiting.key)
    return EmblemEndNear(**_followed(desk, row, waiting))


def expire(desk: Desk, *, request_id: int) -> EmblemExpired:
    """Say that the last day has passed, and ask that the use be taken down."""
    row = get_request(desk.session, request_id)
    if row.status not in VALID:
        raise NothingToSay
    go(desk, row, EmblemDeed.EXPIRE)
    expect_take_down(desk, row, row.down_by or desk.today)
    return EmblemExpired(use_until=row.use_until, **event_facts(desk, row))


def expired(session: Session, today: date) -> Sequence[EmblemRequest]:
    """The approvals whose last day has passed, the oldest first."""
    return session.exec(_EXPIRED, params={"today": today}).all()


_EXPIRED = (
    select(EmblemRequest)
    .where(col(EmblemRequest.status).in_(VALID), EmblemRequest.use_until < bindparam("today"))
    .order_by(col(EmblemRequest.id))
)


def expect_take_down(desk: Desk, row: EmblemRequest, down_by: date) -> None:
    """Ask the asking side on the day from which the use is not covered, and again until it confirms.

    After some reminders the owner is told once, and the asking side is asked less often, for as long as it takes.
    """
    drop(desk.session, row.subject)
    _ask_again(desk, row, down_by)


def _ask_again(desk: Desk, row: EmblemRequest, down_by: date) -> None:
    (every,), (later,) = desk.days("permission.take_down_days"), desk.days("permission.take_down_later_days")
    late = (desk.today - down_by).days
    # Whoever was asked late, since the clock stood still, is not asked again a day or two later.
    days = ((late + every // 2) // every + 1) * every if late >= 0 else 0
    often = _reminders(desk, row, down_by) >= _enough(desk)
    foresee(desk, row.subject, TAKE_DOWN, down_by, (f"+P{late + later if often else days}D",))


def _reminders(desk: Desk, row: EmblemRequest, down_by: date) -> int:
    """How often the asking side was asked again by now."""
    mine = (col(FollowUp.subject) == row.subject) & (col(FollowUp.kind) == TAKE_DOWN)
    said = mine & (col(FollowUp.due_on) == down_by) & col(FollowUp.said_at).is_not(None)
    return desk.session.exec(select(func.count()).select_from(FollowUp).where(said)).one()


def _enough(desk: Desk) -> int:
    return desk.days("permission.take_down_reminders")[0]


def chase(desk: Desk, *, waiting: Waiting) -> EmblemTakeDownChased:
    """Ask the asking side again to confirm that the use is over, and plan to ask once more."""
    row = get_request(desk.session, waiting.key)
    facts = _followed(desk, row, waiting)
    if _reminders(desk, row, waiting.due_on) == _enough(desk):
        tomorrow = (desk.today - waiting.due_on).days + 1
        foresee(desk, row.subject, UNANSWERED, waiting.due_on, (f"+P{tomorrow}D",))
    _ask_again(desk, row, waiting.due_on)
    return EmblemTakeDownChased(**facts)


def tell_owner(desk: Desk, *, waiting: Waiting) -> EmblemTakeDownUnanswered:
    """Tell the owner, once, that nobody has confirmed that the use is over."""
    row = get_request(desk.session, waiting.key)
    reminders = _reminders(desk, row, waiting.due_on)
    return EmblemTakeDownUnanswered(**_followed(desk, row, waiting), reminders=reminders)


def _followed(desk: Desk, row: EmblemRequest, waiting: Waiting) -> dict[str, Any]:
    about = {"clause": row.clause, "request_id": row.key, "number": row.number, "title": row.product}
    return {**about, **mark_followed_up(desk, waiting)}


def to_take_down(session: Session, today: date) -> list[EmblemRequest]:
    """What may still be in use on `today` and has to be taken down at the latest when the Agreement has ended.

    The approvals that hold and whose first day has come, and those that hold no longer and of which nobody has
    confirmed that the use is over; the oldest first.
    """
    begun = (col(EmblemRequest.use_from) <= today) | col(EmblemRequest.use_began_on).is_not(None)
    holding = col(EmblemRequest.status).in_(VALID) & begun
    used = col(EmblemRequest.use_began_on).is_not(None)
    unapproved = col(EmblemRequest.status).in_(NEVER_APPROVED | {EmblemStatus.SUBMITTED}) & used
    questioned = (col(EmblemRequest.status) == EmblemStatus.MORE_INFORMATION) & used
    over = col(EmblemRequest.status).in_(OVER)
    wanted = select(EmblemRequest).where(or_(holding, unapproved, questioned, over))
    return list(session.exec(wanted.order_by(col(EmblemRequest.id))).all())


VERBS: Mapping[str, Callable[..., FollowedUp]] = {
    END_NEAR: come_near,
    TAKE_DOWN: chase,
    UNANSWERED: tell_owner,
}
"""What is planned for an approval, by kind, and the verb that says it."""
