"""IV.4: what one party's meeting, and the invitation to it, look like now."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import invitations
from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.agreement.invitations import PRIVATE, Invitation, InvitationStatus
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

CHANGE = (("postpone", None), ("cancel", "danger"))
INVITATION_BUTTONS: Mapping[InvitationStatus, tuple[tuple[str, str | None], ...]] = {
    InvitationStatus.ANNOUNCED: (("interest", "primary"), ("no_interest", None), *CHANGE),
    InvitationStatus.NOT_OF_INTEREST: (("reconsider", None),),
    InvitationStatus.OF_INTEREST: (("issue", "primary"), *CHANGE),
    InvitationStatus.ISSUED: (("accept", "primary"), ("tentative", None), ("decline", None), *CHANGE),
}
LONGEST_HISTORY = 8


def invitation_facts(desk: Desk, invitation_id: int) -> dict[str, Any]:
    """Everything the words about one entry may need."""
    row = invitations.get_invitation(desk.session, invitation_id)
    file = desk.session.get(StoredFile, row.letter_file_id) if row.letter_file_id else None
    return {
        **row.model_dump(),
        **invitations.event_facts(desk, row),
        "private": row.issued_at is None,
        "undecided": row.status in PRIVATE,
        "enterer": person_facts(desk, row.entered_by),
        "head": desk.definition.party(row.party).head,
        "letter": {"name": file.name, "sha256": file.sha256} if file else None,
        "history": _history(desk, row),
        "begun": row.starts_on <= desk.today,
        "decide_days": desk.days("meeting.decide_days")[0],
        "invite_days": desk.days("meeting.invite_days")[0],
        "zone": desk.definition.tz,
    }


def _history(desk: Desk, row: Invitation) -> list[dict[str, Any]]:
    steps = invitations.history(desk.session, row)[-LONGEST_HISTORY:]
    return [{**step.model_dump(), "by": person_facts(desk, step.by)} for step in steps]


def invitation_card(desk: Desk, invitation_id: int) -> Message:
    """The card of one entry."""
    facts = invitation_facts(desk, invitation_id)
    named = INVITATION_BUTTONS.get(facts["status"], ())
    if facts["begun"] and facts["status"] is InvitationStatus.ISSUED:
        named = (("attendance", "primary"),)
    buttons = [Button(f"invitations.{name}", str(invitation_id), name, style) for name, style in named]
    return message(words("invitations/card", facts), buttons)
