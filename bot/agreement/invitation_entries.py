"""IV.4 and IV.0: a party puts a coming meeting of its own on record, with the rule under which it may invite."""

from dataclasses import dataclass
from datetime import date

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.invitation_reminders import expect_decision
from bot.agreement.invitations import (
    Invitation,
    InvitationDeed,
    InvitationEvent,
    InvitationFieldEmpty,
    InvitationStatus,
    check_days,
    event_facts,
    refuse_elsewhere,
    remember,
)
from bot.agreement.numbering import next_seq
from bot.agreement.people import require
from bot.agreement.rights import Act


@dataclass(frozen=True, kw_only=True)
class MeetingAnnounced(InvitationEvent):
    """A party put a coming meeting of its own on record."""

    decide_by: date


@dataclass(frozen=True, kw_only=True)
class OwnMeeting:
    """A coming meeting as it was typed in the form."""

    title: str
    convenor: str
    starts_on: date
    ends_on: date
    place: str
    topic: str
    rule: str
    register_by: date | None = None


def announce_meeting(desk: Desk, *, channel_id: str, meeting: OwnMeeting, through: str) -> MeetingAnnounced:
    """Put a coming meeting of the person's own party on record; the other party is not told.

    `through` is the party whose app carries the words.
    """
    require(desk.session, desk.person, Act.ANNOUNCE_MEETING)
    refuse_elsewhere(desk, through)
    _check(meeting, desk.today)
    get_channel(desk.session, channel_id)
    row = Invitation(
        year=desk.today.year,
        seq=next_seq(desk.session, Invitation, desk.today.year),
        party=desk.person.party,
        entered_by=desk.person.key,
        entered_at=desk.now,
        channel_id=channel_id,
        status=InvitationStatus.ANNOUNCED,
        **vars(meeting),
    )
    desk.session.add(row)
    desk.session.flush()
    remember(desk, row, InvitationDeed.ANNOUNCED)
    return MeetingAnnounced(decide_by=expect_decision(desk, row), **event_facts(desk, row))


def _check(meeting: OwnMeeting, today: date) -> None:
    for name in ("title", "convenor", "place", "topic", "rule"):
        if not getattr(meeting, name).strip():
            raise InvitationFieldEmpty("meeting" if name == "title" else name)
    check_days(meeting.starts_on, meeting.ends_on, meeting.register_by, today)
