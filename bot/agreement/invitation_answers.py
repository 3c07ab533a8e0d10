"""IV.4: whether a meeting is of mutual interest, the invitation, the reply to it, and who attended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import col

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.files import Attachment, keep
from bot.agreement.invitation_reminders import (
    expect_attendance,
    expect_decision,
    expect_invitation,
    expect_reply,
    forget,
)
from bot.agreement.invitations import (
    UNDER_WAY,
    Invitation,
    InvitationDeed,
    InvitationEvent,
    InvitationFieldEmpty,
    InvitationReply,
    InvitationStatus,
    check_days,
    event_facts,
    known_invitation,
    remember,
    somebody_was_first,
)
from bot.agreement.people import require
from bot.agreement.rights import Act


@dataclass(frozen=True, kw_only=True)
class InterestDecided(InvitationEvent):
    """The convening party decided whether its meeting is of mutual interest."""

    of_interest: bool
    reason: str
    invite_by: date


@dataclass(frozen=True, kw_only=True)
class InvitationIssued(InvitationEvent):
    """The other party was invited."""

    signed_by: str
    reply_by: date
    letter_given: bool


@dataclass(frozen=True, kw_only=True)
class InvitationReplied(InvitationEvent):
    """The invited party replied; `changed` says that it had replied otherwise before."""

    reply: InvitationReply
    note: str
    changed: bool


@dataclass(frozen=True, kw_only=True)
class MeetingPostponed(InvitationEvent):
    """The convening party moved its meeting to other days; `issued` says that the other party was invited."""

    was_on: date
    reason: str
    issued: bool


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(InvitationEvent):
    """The convening party cancelled its meeting; `issued` says that the other party had been invited."""

    reason: str
    issued: bool


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(InvitationEvent):
    """The convening party put on record who of the other attended."""

    attended: str
    note: str


@dataclass
class MeetingNotBegun(AgreementError):
    """Nobody can have attended a meeting that is still ahead."""

    routine = "invitations"
    number: str
    starts_on: date


@dataclass
class NotInvitable(AgreementError):
    """The meeting has begun, so that an invitation would come too late."""

    routine = "invitations"
    number: str
    starts_on: date


def decide_interest(
    desk: Desk,
    *,
    invitation_id: int,
    of_interest: bool,
    reason: str,
    seen: InvitationStatus = InvitationStatus.ANNOUNCED,
) -> InterestDecided:
    """Say whether the questions are of mutual interest; `seen` is where the entry stood for whoever decides."""
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, Act.DECIDE_INTEREST, row)
    reason = _typed("reason", reason)
    status = InvitationStatus.OF_INTEREST if of_interest else InvitationStatus.NOT_OF_INTEREST
    _move(desk, row, _at(seen), status=status, of_interest=of_interest, interest_reason=reason)
    found = InvitationDeed.FOUND_OF_INTEREST if of_interest else InvitationDeed.FOUND_OF_NONE
    remember(desk, row, found, reason)
    forget(desk, row)
    invite_by = expect_invitation(desk, row) if of_interest else desk.today
    return InterestDecided(
        of_interest=of_interest, reason=reason, invite_by=invite_by, **event_facts(desk, row)
    )


def issue(
    desk: Desk, *, invitation_id: int, signed_by: str, reference: str = "", letter: Attachment | None = None
) -> InvitationIssued:
    """Invite the other party; `signed_by` is who signs for the head of the convening party."""
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, Act.ISSUE_INVITATION, row)
    signed_by = _typed("signed_by", signed_by)
    if row.starts_on <= desk.today:
        raise NotInvitable(row.number, row.starts_on)
    _move(
        desk,
        row,
        _at(InvitationStatus.OF_INTEREST),
        status=InvitationStatus.ISSUED,
        signed_by=signed_by,
        reference=reference.strip(),
        letter_file_id=keep(desk.session, letter),
        issued_at=desk.now,
    )
    remember(desk, row, InvitationDeed.ISSUED, reference.strip())
    forget(desk, row)
    expect_attendance(desk, row)
    return InvitationIssued(
        signed_by=signed_by,
        reply_by=expect_reply(desk, row),
        letter_given=letter is not None,
        **event_facts(desk, row),
    )


def reply(
    desk: Desk, *, invitation_id: int, reply: InvitationReply, note: str = "", seen: int = 0
) -> InvitationReplied:
    """Accept (with the names of who attends), decline (with a reason) or answer that it is open.

    A reply may be changed until attendance is on record; `seen` is how many there were for whoever replies.
    """
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, Act.REPLY_INVITATION, row)
    note = note.strip() if reply is InvitationReply.TENTATIVE else _typed("note", note)
    changed = row.reply is not None
    unseen = _at(InvitationStatus.ISSUED) & (col(Invitation.replies) == seen)
    named = {"delegates": note, "reply_reason": ""}
    reasoned = {"delegates": "", "reply_reason": note}
    said = named if reply is InvitationReply.ACCEPTED else reasoned
    _move(desk, row, unseen, reply=reply, replies=seen + 1, **said)
    remember(desk, row, InvitationDeed(reply.value), note)
    if reply is not InvitationReply.TENTATIVE:
        forget(desk, row, "invitation_reply")
    return InvitationReplied(reply=reply, note=note, changed=changed, **event_facts(desk, row))


def postpone(
    desk: Desk,
    *,
    invitation_id: int,
    starts_on: date,
    ends_on: date,
    register_by: date | None,
    reason: str,
    seen: int = 0,
) -> MeetingPostponed:
    """Move the meeting to other days; whoever had replied is asked anew, and what was said stays on record."""
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, Act.ISSUE_INVITATION, row)
    check_days(starts_on, ends_on, register_by, desk.today)
    reason, was_on = _typed("reason", reason), row.starts_on
    unmoved = col(Invitation.status).in_(UNDER_WAY) & (col(Invitation.moves) == seen)
    anew = {"reply": None, "delegates": "", "reply_reason": "", "reply_by": None}
    days = {"starts_on": starts_on, "ends_on": ends_on, "register_by": register_by}
    _move(desk, row, unmoved, moves=seen + 1, **days, **anew)
    remember(desk, row, InvitationDeed.POSTPONED, reason)
    forget(desk, row)
    _expect_anew(desk, row)
    return MeetingPostponed(
        was_on=was_on, reason=reason, issued=row.issued_at is not None, **event_facts(desk, row)
    )


def _expect_anew(desk: Desk, row: Invitation) -> None:
    if row.status is InvitationStatus.ANNOUNCED:
        expect_decision(desk, row)
    if row.status is InvitationStatus.OF_INTEREST:
        expect_invitation(desk, row)
    if row.status is InvitationStatus.ISSUED:
        expect_reply(desk, row)
        expect_attendance(desk, row)


def cancel(desk: Desk, *, invitation_id: int, reason: str) -> MeetingCancelled:
    """Cancel the meeting; what was said of it stays on record."""
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, Act.ISSUE_INVITATION, row)
    reason = _typed("reason", reason)
    _move(desk, row, col(Invitation.status).in_(UNDER_WAY), status=InvitationStatus.CANCELLED)
    remember(desk, row, InvitationDeed.CANCELLED, reason)
    forget(desk, row)
    return MeetingCancelled(reason=reason, issued=row.issued_at is not None, **event_facts(desk, row))


def record_attendance(desk: Desk, *, invitation_id: int, attended: str, note: str = "") -> AttendanceRecorded:
    """Put on record who of the other party attended; nobody named means that nobody did."""
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, Act.ISSUE_INVITATION, row)
    if row.starts_on > desk.today:
        raise MeetingNotBegun(row.number, row.starts_on)
    said = {"attended": attended.strip(), "attendance_note": note.strip()}
    _move(desk, row, _at(InvitationStatus.ISSUED), status=InvitationStatus.HELD, **said)
    remember(desk, row, InvitationDeed.ATTENDANCE_RECORDED, row.attended)
    forget(desk, row)
    return AttendanceRecorded(attended=row.attended, note=row.attendance_note, **event_facts(desk, row))


def before(desk: Desk, invitation_id: int, act: Act) -> Invitation:
    """The entry a form is about; refused at once to whoever could not send the form in."""
    row = known_invitation(desk, invitation_id)
    require(desk.session, desk.person, act, row)
    return row


def form_facts(desk: Desk, row: Invitation) -> dict[str, Any]:
    """What a form about an entry says at its head."""
    return {**event_facts(desk, row), "head": desk.definition.party(row.party).head}


def _typed(field: str, text: str) -> str:
    if not text.strip():
        raise InvitationFieldEmpty(field)
    return text.strip()


def _at(status: InvitationStatus) -> ColumnElement[bool]:
    return col(Invitation.status) == status


def _move(desk: Desk, row: Invitation, expected: ColumnElement[bool], **values: object) -> None:
    """Change the entry if it stands where it is expected to; else say who was first."""
    mine = (col(Invitation.id) == row.key) & expected
    done = desk.session.exec(update(Invitation).where(mine).values(**values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise somebody_was_first(desk, row)
