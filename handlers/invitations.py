"""The doors of IV.4: a party's own coming meetings, the invitation of the other to them, and its reply."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import invitation_answers, invitation_entries, invitations
from bot.agreement.channels import Level, all_channels
from bot.agreement.desk import Desk
from bot.agreement.invitation_counts import reciprocity
from bot.agreement.invitation_entries import OwnMeeting
from bot.agreement.invitations import Invitation, InvitationReply, InvitationStatus
from bot.agreement.rights import Act
from bot.cards import card
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.shapes import Button, message, note
from handlers.calls import Call, Replace, Reply, Tell, row_number

DAYS = (
    FormField("starts_on", FieldKind.DAY),
    FormField("ends_on", FieldKind.DAY),
    FormField("register_by", FieldKind.DAY, optional=True),
)
ANNOUNCE = Form(
    "invitations/announce_form",
    "invitations.announce",
    (
        FormField("meeting", FieldKind.LINE),
        FormField("convenor", FieldKind.LINE),
        FormField("topic", FieldKind.TEXT, limit=1500),
        *DAYS,
        FormField("place", FieldKind.LINE),
        FormField("rule", FieldKind.LINE),
    ),
)
REASON = (FormField("reason", FieldKind.TEXT, limit=1500),)
INTEREST = Form("invitations/interest_form", "invitations.interest", REASON)
NO_INTEREST = Form("invitations/no_interest_form", "invitations.no_interest", REASON)
RECONSIDER = Form("invitations/interest_form", "invitations.reconsider", REASON)
ISSUE = Form(
    "invitations/issue_form",
    "invitations.issue",
    (
        FormField("signed_by", FieldKind.LINE),
        FormField("reference", FieldKind.LINE, optional=True),
        FormField("letter", FieldKind.FILE, optional=True),
    ),
)
ACCEPT = Form(
    "invitations/accept_form", "invitations.accept", (FormField("note", FieldKind.TEXT, limit=1500),)
)
TENTATIVE = Form(
    "invitations/tentative_form",
    "invitations.tentative",
    (FormField("note", FieldKind.TEXT, optional=True, limit=1500),),
)
DECLINE = Form(
    "invitations/decline_form", "invitations.decline", (FormField("note", FieldKind.TEXT, limit=1500),)
)
POSTPONE = Form("invitations/postpone_form", "invitations.postpone", (*DAYS, *REASON))
CANCEL = Form("invitations/cancel_form", "invitations.cancel", REASON)
ATTENDANCE = Form(
    "invitations/attendance_form",
    "invitations.attendance",
    (
        FormField("attended", FieldKind.TEXT, optional=True, limit=1500),
        FormField("attendance_note", FieldKind.TEXT, optional=True, limit=1500),
    ),
)
ANNOUNCE_BUTTON = Button("invitations.announce", "new", "announce_meeting", "primary")
LIST_BUTTON = Button("invitations.list", "all", "invitations")


def open_announcement(call: Call) -> Reply:
    """Open the form in which a coming meeting of the own party is put on record."""
    with call.reading(Act.ANNOUNCE_MEETING) as desk:
        invitations.refuse_elsewhere(desk, call.party)
        own = desk.definition.party(desk.person.party)
        facts = {
            "party": own.abbreviation,
            "invited": tuple(party.abbreviation for party in desk.definition.others(own.id)),
            "clause": invitations.clause_of(desk.definition, own.id),
        }
        place = _place(desk, call.channel)
    call.open(ANNOUNCE.view(facts, private=place))
    return None


def _place(desk: Desk, channel: str) -> str:
    """The shared channel the command was typed in, or the global one."""
    known = all_channels(desk.session)
    here = next((row for row in known if row.channel_id == channel), None)
    chosen = here or next((row for row in known if row.level is Level.GLOBAL), None)
    return chosen.channel_id if chosen else ""


def submit_announcement(call: Call) -> Reply:
    """Put the meeting on record; whoever typed it reads its number, and that nobody else is told yet."""
    answers = call.answers
    meeting = OwnMeeting(title=answers.pop("meeting"), **answers)
    facts = {"channel_id": call.private, "meeting": meeting, "through": call.party}
    event = call.act(invitation_entries.announce_meeting, **facts)
    return Replace(note(words("invitations/announced", event.facts())))


def open_interest(call: Call) -> Reply:
    """Open the form in which a meeting is found to be of mutual interest."""
    return _open(call, INTEREST, Act.DECIDE_INTEREST)


def open_no_interest(call: Call) -> Reply:
    """Open the form in which a meeting is found not to be of mutual interest."""
    return _open(call, NO_INTEREST, Act.DECIDE_INTEREST)


def open_reconsidering(call: Call) -> Reply:
    """Open the form in which a meeting is found to be of mutual interest after all."""
    return _open(call, RECONSIDER, Act.DECIDE_INTEREST)


def open_issue(call: Call) -> Reply:
    """Open the form of the invitation."""
    return _open(call, ISSUE, Act.ISSUE_INVITATION)


def open_acceptance(call: Call) -> Reply:
    """Open the form in which an invitation is accepted."""
    return _open(call, ACCEPT, Act.REPLY_INVITATION)


def open_tentative(call: Call) -> Reply:
    """Open the form in which an invitation is answered with a perhaps."""
    return _open(call, TENTATIVE, Act.REPLY_INVITATION)


def open_refusal(call: Call) -> Reply:
    """Open the form in which an invitation is declined."""
    return _open(call, DECLINE, Act.REPLY_INVITATION)


def open_postponement(call: Call) -> Reply:
    """Open the form in which a meeting is moved."""
    return _open(call, POSTPONE, Act.ISSUE_INVITATION)


def open_cancellation(call: Call) -> Reply:
    """Open the form in which a meeting is cancelled."""
    return _open(call, CANCEL, Act.ISSUE_INVITATION)


def open_attendance(call: Call) -> Reply:
    """Open the form in which it is said who attended."""
    return _open(call, ATTENDANCE, Act.ISSUE_INVITATION)


def _open(call: Call, form: Form, act: Act) -> Reply:
    """Open a form about one entry; it keeps the entry's number and what had been changed when it was opened."""
    with call.reading() as desk:
        row = invitation_answers.before(desk, row_number(call.value), act)
        facts = invitation_answers.form_facts(desk, row)
        initial = {**_initial(row), "note": row.delegates if form is ACCEPT else row.reply_reason}
        seen = row.replies if act is Act.REPLY_INVITATION else row.moves
    call.open(form.view(facts, initial=initial, private=f"{row.key}@{seen}"))
    return None


def _initial(row: Invitation) -> dict[str, str]:
    days = {"starts_on": row.starts_on, "ends_on": row.ends_on, "register_by": row.register_by}
    known = {name: day.isoformat() for name, day in days.items() if day}
    return {**known, "attended": row.delegates}


def submit_interest(call: Call) -> Reply:
    """The meeting is of mutual interest."""
    return _decide(call, InvitationStatus.ANNOUNCED, of_interest=True)


def submit_no_interest(call: Call) -> Reply:
    """The meeting is not of mutual interest."""
    return _decide(call, InvitationStatus.ANNOUNCED, of_interest=False)


def submit_reconsidering(call: Call) -> Reply:
    """The meeting is of mutual interest after all."""
    return _decide(call, InvitationStatus.NOT_OF_INTEREST, of_interest=True)


def _decide(call: Call, seen: InvitationStatus, *, of_interest: bool) -> Reply:
    call.act(
        invitation_answers.decide_interest,
        invitation_id=_about(call)[0],
        of_interest=of_interest,
        reason=call.answers["reason"],
        seen=seen,
    )
    return None


def submit_issue(call: Call) -> Reply:
    """Invite the other party."""
    answers = call.answers
    call.act(
        invitation_answers.issue,
        invitation_id=_about(call)[0],
        signed_by=answers["signed_by"],
        reference=answers["reference"],
        letter=call.attachment("letter"),
    )
    return None


def submit_acceptance(call: Call) -> Reply:
    """Accept, with the names of who attends."""
    return _reply(call, InvitationReply.ACCEPTED)


def submit_tentative(call: Call) -> Reply:
    """Answer that it is still open."""
    return _reply(call, InvitationReply.TENTATIVE)


def submit_refusal(call: Call) -> Reply:
    """Decline, with a reason."""
    return _reply(call, InvitationReply.DECLINED)


def _reply(call: Call, answer: InvitationReply) -> Reply:
    key, seen = _about(call)
    call.act(invitation_answers.reply, invitation_id=key, reply=answer, note=call.answers["note"], seen=seen)
    return None


def submit_postponement(call: Call) -> Reply:
    """Move the meeting to other days."""
    key, seen = _about(call)
    call.act(invitation_answers.postpone, invitation_id=key, seen=seen, **call.answers)
    return None


def submit_cancellation(call: Call) -> Reply:
    """Cancel the meeting."""
    call.act(invitation_answers.cancel, invitation_id=_about(call)[0], reason=call.answers["reason"])
    return None


def submit_attendance(call: Call) -> Reply:
    """Say who attended."""
    call.act(
        invitation_answers.record_attendance,
        invitation_id=_about(call)[0],
        attended=call.answers["attended"],
        note=call.answers["attendance_note"],
    )
    return None


def _about(call: Call) -> tuple[int, int]:
    """The entry a form was opened for, and how much had been changed then."""
    key, _, seen = call.private.partition("@")
    return row_number(key), row_number(seen)


def listing(call: Call) -> Reply:
    """Both sides in this year of the Agreement and the last, and the latest entries."""
    with call.reading() as desk:
        facts = {
            "rows": [_line(desk, row) for row in invitations.listing(desk)],
            "years": reciprocity(desk),
            "own": desk.definition.party(desk.person.party).abbreviation,
            "today": desk.today,
        }
    return Tell(message(words("invitations/listing", facts), (ANNOUNCE_BUTTON,)))


def _line(desk: Desk, row: Invitation) -> Mapping[str, Any]:
    return {**row.model_dump(), **invitations.event_facts(desk, row)}


def show(call: Call) -> Reply:
    """One entry as it stands, by the number people quote."""
    with call.reading() as desk:
        row = invitations.by_number(desk, call.text or call.value)
        return Tell(card(desk, f"invitation:{row.key}"))
