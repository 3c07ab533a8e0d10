"""VII.1-2: a letter of notice that came from outside, of which the party said to have sent it recorded nothing.

The party that received it may put that on record; it counts once two people of the other party, one of them a
signatory, confirm that the letter is theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.files import Attachment, StoredFile, keep
from bot.agreement.notice_drafts import NoticeAgreed, NoticeDayWrong, agree, agreed, next_own, refuse_second
from bot.agreement.notice_letters import NoticeChannel, NoticeLanguage
from bot.agreement.notice_receipts import (
    LetterFileMissing,
    NoticeReceived,
    begin,
    check_not_before,
    moment,
    next_public,
    receipt_facts,
)
from bot.agreement.people import WrongSide, require
from bot.agreement.rights import Act, Side
from bot.agreement.terminations import (
    MACHINE,
    NoticeEvent,
    NoticeFieldEmpty,
    Termination,
    TerminationStatus,
    check_typed,
    done,
    get_notice,
    moved_on,
)
from bot.agreement.transitions import move

OURS = "OURS"
"""The word that is typed, after the number, by whoever confirms that the letter is their party's."""


@dataclass(frozen=True)
class StatedLetter:
    """A letter as the party that received it describes it."""

    dated_on: date | None
    signatory: str
    capacity: str
    received_on: date | None
    received_time: time | None
    how: str
    travelled: NoticeChannel


@dataclass(frozen=True, kw_only=True)
class LetterStated(NoticeEvent):
    """A party put on record that it received a notice; it does not count before the other confirms it."""

    received_at: datetime
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LetterConfirmed(NoticeReceived):
    """Two people of the party that sent it confirmed the letter: it counts from its receipt."""


@dataclass(frozen=True, kw_only=True)
class LetterDenied(NoticeEvent):
    """The party that is said to have sent the letter denies it."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class LetterRetracted(NoticeEvent):
    """The party that said it had received a letter took that back."""

    reason: str


@dataclass
class SentAfterReceipt(FieldError):
    """A letter cannot have been sent after the other party received it."""

    routine = "notices"
    when: datetime
    received_at: datetime
    zone: str


@dataclass
class NoticeKnown(AgreementError):
    """A notice of the other party waits for its acknowledgement already."""

    routine = "notices"
    number: str


def state_letter(desk: Desk, *, letter: StatedLetter, file: Attachment | None) -> LetterStated:
    """Put on record that one's own party received a notice that is not on record here."""
    require(desk.session, desk.person, Act.STATE_NOTICE)
    own = desk.person.party
    other = desk.definition.other(own).id
    _refuse_known(desk, other)
    refuse_second(desk, _waiting(other))
    row = _described(desk, letter, other)
    check_not_before(desk, row, "received_on", row.stated_received_at or desk.now)
    if file is None:
        raise LetterFileMissing("file")
    row.file_id = keep(desk.session, file)
    desk.session.add(row)
    desk.session.flush()
    seal = desk.session.get_one(StoredFile, row.file_id).sha256
    return LetterStated(received_at=row.stated_received_at or desk.now, sha256=seal, **done(desk, row))


def _waiting(party: str) -> str:
    """Beside a party's own notice, which it may be drafting, one letter may wait to be confirmed by it."""
    return f"{party}:stated"


def _refuse_known(desk: Desk, other: str) -> None:
    sent = select(Termination).where(Termination.party == other, Termination.status == TerminationStatus.SENT)
    known = desk.session.exec(sent).first()
    if known is not None:
        raise NoticeKnown(known.number)


def _described(desk: Desk, letter: StatedLetter, other: str) -> Termination:
    own, year = desk.person.party, desk.today.year
    for name in ("signatory", "capacity", "how"):
        if not getattr(letter, name).strip():
            raise NoticeFieldEmpty(name)
    return Termination(
        year=year,
        seq=next_own(desk.session, own, year),
        **next_public(desk),
        party=other,
        opener=own,
        live=_waiting(other),
        status=TerminationStatus.STATED,
        language=NoticeLanguage.EN,
        signatory=letter.signatory.strip(),
        capacity=letter.capacity.strip(),
        opened_by=desk.person.key,
        opened_at=desk.now,
        dated_on=_dated_on(desk, letter),
        dated_by=desk.person.key,
        dated_at=desk.now,
        travelled=letter.travelled,
        stated_received_at=moment(desk, "received", letter.received_on, letter.received_time),
        received_how=letter.how.strip(),
    )


def _dated_on(desk: Desk, letter: StatedLetter) -> date:
    if letter.dated_on is None:
        raise NoticeFieldEmpty("dated_on")
    since = desk.definition.event(desk.definition.term.starts)
    if letter.dated_on < since:
        raise NoticeDayWrong("dated_on", letter.dated_on, since)
    return letter.dated_on


def confirm_letter(
    desk: Desk,
    *,
    termination_id: int,
    typed: str,
    sent_on: date | None = None,
    sent_time: time | None = None,
) -> NoticeAgreed | LetterConfirmed:
    """Confirm for the party that is said to have sent it that the letter is its own, by words that are typed."""
    row = _stated(desk, termination_id, Act.APPROVE_NOTICE)
    check_typed(row, OURS, typed)
    if sent_on is not None:
        row.sent_at = _sent(desk, row, sent_on, sent_time)
        row.sent_by, row.sent_recorded_at = desk.person.key, desk.now
    complete, signs = agree(desk, row)
    if not complete:
        return agreed(desk, row, complete, signs)
    move(desk, row, MACHINE, "confirm_letter", lambda: moved_on(desk, row), **_received(row))
    begin(desk, row)
    return LetterConfirmed(first=True, **receipt_facts(row), **done(desk, row))


def _sent(desk: Desk, row: Termination, day: date, at: time | None) -> datetime:
    when = moment(desk, "sent", day, at)
    check_not_before(desk, row, "sent_on", when)
    if row.stated_received_at and when > row.stated_received_at:
        raise SentAfterReceipt("sent_on", when, row.stated_received_at, desk.definition.tz)
    return when


def _received(row: Termination) -> dict[str, Any]:
    """The receiving side itself stated the receipt, which is its acknowledgement too."""
    received = {"received_at": row.stated_received_at, "received_by": row.opened_by}
    acknowledged = {"acknowledged_at": row.opened_at, "acknowledged_by": row.opened_by}
    return {**received, **acknowledged, "received_recorded_at": row.opened_at}


def _stated(desk: Desk, termination_id: int, act: Act) -> Termination:
    row = get_notice(desk, termination_id)
    require(desk.session, desk.person, act, row)
    # Two who confirm at once must each see the other's word, or it would never be complete.
    desk.session.refresh(row, with_for_update=True)
    if row.status is not TerminationStatus.STATED:
        raise moved_on(desk, row)
    return row


def deny_letter(desk: Desk, *, termination_id: int, reason: str) -> LetterDenied:
    """Put on record that one's party did not send that letter."""
    row = _stated(desk, termination_id, Act.APPROVE_NOTICE)
    _close(desk, row, "deny_letter", reason)
    return LetterDenied(reason=reason.strip(), **done(desk, row))


def retract_letter(desk: Desk, *, termination_id: int, reason: str) -> LetterRetracted:
    """Take back that one's party received a letter, before it is confirmed."""
    row = _stated(desk, termination_id, Act.STATE_NOTICE)
    if row.side_of(desk.person.party) is not Side.RESPONDING:
        raise WrongSide(Act.STATE_NOTICE, desk.person.party.upper())
    _close(desk, row, "retract_letter", reason)
    return LetterRetracted(reason=reason.strip(), **done(desk, row))


def _close(desk: Desk, row: Termination, way: str, reason: str) -> None:
    if not reason.strip():
        raise NoticeFieldEmpty("reason")
    closed = {"closed_by": desk.person.key, "closed_at": desk.now, "closing_note": reason.strip()}
    waits = col(Termination.status) == TerminationStatus.STATED
    move(desk, row, MACHINE, way, lambda: moved_on(desk, row), waits, **closed, live=None)
