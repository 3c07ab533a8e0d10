"""VII.1-2: a notice that was sent is withdrawn by both sides or not at all: one proposes, the other agrees."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col

from bot.agreement import follow_ups
from bot.agreement.desk import Desk
from bot.agreement.notice_effects import settle_end
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.terminations import (
    GIVEN,
    MACHINE,
    NoticeEvent,
    NoticeFieldEmpty,
    Termination,
    check_typed,
    done,
    get_notice,
    moved_on,
)
from bot.agreement.transitions import move

WITHDRAW = "WITHDRAW"
"""The word that is typed, after the number, by whoever proposes or agrees that a notice be withdrawn."""


@dataclass(frozen=True, kw_only=True)
class WithdrawalProposed(NoticeEvent):
    """A side proposed that the notice be withdrawn; it stands until the other agrees."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class WithdrawalDropped(NoticeEvent):
    """The proposal was taken back, or not agreed to: the notice stands."""


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(NoticeEvent):
    """Both sides withdrew the notice: the Agreement goes on as if it had not been given."""

    reason: str
    ends_on: date | None
    public: bool


@dataclass
class WithdrawalProposedAlready(Refusal):
    """Somebody has proposed it, and one proposal at a time waits for the other side."""

    routine = "notices"
    number: str
    by: str
    at: datetime | None
    zone: str


@dataclass
class NoWithdrawalProposed(Refusal):
    """Nothing is proposed, or what was proposed has changed."""

    routine = "notices"
    number: str


@dataclass
class WithdrawalOfOwnSide(Refusal):
    """One's own side proposed it, so the other has to agree."""

    routine = "notices"
    number: str
    by: str


def propose_withdrawal(desk: Desk, *, termination_id: int, reason: str, typed: str) -> WithdrawalProposed:
    """Propose for one's side that the notice be withdrawn."""
    row = given(desk, termination_id)
    if not reason.strip():
        raise NoticeFieldEmpty("reason")
    check_typed(row, WITHDRAW, typed)
    free = (
        (col(Termination.id) == row.key)
        & (Termination.withdrawal_party == "")
        & col(Termination.status).in_(GIVEN)
    )
    by = {"withdrawal_by": desk.person.key, "withdrawal_party": desk.person.party, "withdrawal_at": desk.now}
    said = {"withdrawal_reason": reason.strip(), "withdrawal_version": Termination.withdrawal_version + 1}
    stored = desk.session.exec(update(Termination).where(free).values(**by, **said))
    desk.session.refresh(row)
    if stored.rowcount != 1:
        raise _proposed(desk, row)
    return WithdrawalProposed(reason=reason.strip(), **done(desk, row))


def given(desk: Desk, termination_id: int) -> Termination:
    """A notice that may be withdrawn, for somebody who may do it for their side."""
    require(desk.session, desk.person, Act.WITHDRAW_NOTICE)
    row = get_notice(desk, termination_id)
    if row.status not in GIVEN:
        raise moved_on(desk, row)
    return row


def _proposed(desk: Desk, row: Termination) -> WithdrawalProposedAlready:
    by = desk.session.get_one(Person, row.withdrawal_by).name
    return WithdrawalProposedAlready(row.number, by, row.withdrawal_at, desk.definition.tz)


def check_answerable(desk: Desk, row: Termination) -> None:
    """Refuse to agree where nothing is proposed, or one's own side proposed it."""
    if not row.withdrawal_party:
        raise NoWithdrawalProposed(row.number)
    if row.withdrawal_party == desk.person.party:
        raise WithdrawalOfOwnSide(row.number, desk.session.get_one(Person, row.withdrawal_by).name)


def agree_to_withdrawal(desk: Desk, *, termination_id: int, typed: str, seen: int) -> NoticeWithdrawn:
    """Agree for the other side: the notice is withdrawn, and the end that it brought is taken off the record."""
    row = given(desk, termination_id)
    check_answerable(desk, row)
    check_typed(row, WITHDRAW, typed)
    as_seen = (col(Termination.withdrawal_version) == seen) & (
        Termination.withdrawal_party == row.withdrawal_party
    )
    closed = {"closed_by": desk.person.key, "closed_at": desk.now, "live": None}
    public, ends_on, reason = row.is_public, row.ends_on, row.withdrawal_reason
    move(desk, row, MACHINE, "withdraw", lambda: NoWithdrawalProposed(row.number), as_seen, **closed)
    follow_ups.drop(desk.session, row.subject)
    settle_end(desk)
    return NoticeWithdrawn(reason=reason, ends_on=ends_on, public=public, **done(desk, row))


def drop_withdrawal(desk: Desk, *, termination_id: int, seen: int) -> WithdrawalDropped:
    """Take the proposal back, or do not agree to it: the notice stands as it did."""
    row = given(desk, termination_id)
    mine = (col(Termination.id) == row.key) & (Termination.withdrawal_version == seen)
    waits = mine & (Termination.withdrawal_party != "") & col(Termination.status).in_(GIVEN)
    nothing = {"withdrawal_by": None, "withdrawal_party": "", "withdrawal_at": None, "withdrawal_reason": ""}
    stored = desk.session.exec(update(Termination).where(waits).values(**nothing))
    desk.session.refresh(row)
    if stored.rowcount != 1:
        raise NoWithdrawalProposed(row.number)
    return WithdrawalDropped(**done(desk, row))
