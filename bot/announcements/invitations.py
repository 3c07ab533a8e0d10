"""IV.4: who is told of a party's meeting: its own side alone, until the other party is invited."""

from collections.abc import Sequence

from bot.agreement.invitation_answers import (
    AttendanceRecorded,
    InterestDecided,
    InvitationIssued,
    InvitationReplied,
    MeetingCancelled,
    MeetingPostponed,
)
from bot.agreement.invitation_entries import MeetingAnnounced
from bot.agreement.invitation_reminders import Chase, InvitationChased, asked
from bot.agreement.invitations import PRIVATE, Invitation, InvitationEvent, get_invitation
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions, refresh_card
from bot.cards.invitations import invitation_facts
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button


def interest_asked(post: Post, event: MeetingAnnounced) -> None:
    """The convening side's contact point and signatory get the card, with the question, in person."""
    row = get_invitation(post.desk.session, event.invitation_id)
    post.cards(event.subject, _addresses(post, row, asked(post.desk, row, Chase.INTEREST)))


def announcer_told(post: Post, event: InterestDecided) -> None:
    """Whoever entered the meeting hears what was decided, unless they did it."""
    row = get_invitation(post.desk.session, event.invitation_id)
    enterer = post.desk.session.get_one(Person, row.entered_by)
    if enterer != post.desk.person and enterer.serves_on(post.desk.today):
        for to in _addresses(post, row, [enterer]):
            post.letter("invitations/interest_decided", to, event.facts())


def invitation_cards(post: Post, event: InvitationIssued) -> None:
    """The invitation goes to the shared channel, with its letter, and to the other side in person."""
    row = get_invitation(post.desk.session, event.invitation_id)
    people = _addresses(post, row, asked(post.desk, row, Chase.REPLY))
    post.cards(event.subject, [post.channel(row.channel_id), *people])
    if row.letter_file_id:
        post.enclose(row.letter_file_id, event.subject, "invitations/letter_enclosed", event.facts())


def reply_told(post: Post, event: InvitationReplied) -> None:
    """The convening side's contact point and signatory hear the reply in person."""
    row = get_invitation(post.desk.session, event.invitation_id)
    for to in _addresses(post, row, asked(post.desk, row, Chase.ATTENDANCE)):
        post.letter("invitations/invitation_replied", to, event.facts())


def change_told(post: Post, event: MeetingPostponed | MeetingCancelled) -> None:
    """Once it is invited, the other side hears of a change in the card's thread and in person."""
    if not event.issued:
        return
    row = get_invitation(post.desk.session, event.invitation_id)
    facts = {**invitation_facts(post.desk, event.invitation_id), **event.facts()}
    template = f"invitations/{event.name}"
    _in_threads(post, event, template, facts)
    for to in _addresses(post, row, asked(post.desk, row, Chase.REPLY)):
        post.letter(template, to, facts)


def attendance_told(post: Post, event: AttendanceRecorded) -> None:
    """Both sides read in the card's thread who attended."""
    facts = {**invitation_facts(post.desk, event.invitation_id), **event.facts()}
    _in_threads(post, event, "invitations/attendance_recorded", facts)


def asked_again(post: Post, event: InvitationChased) -> None:
    """Whoever has to act is asked again in person; what they get becomes a card of the entry."""
    row = get_invitation(post.desk.session, event.invitation_id)
    people = [post.desk.session.get_one(Person, key) for key in event.people]
    facts = {**invitation_facts(post.desk, event.invitation_id), **event.facts()}
    buttons = [
        Button(f"invitations.{name}", str(event.invitation_id), name, "primary" if n == 0 else None)
        for n, name in enumerate(CHASED[event.about])
    ]
    for to in _addresses(post, row, people):
        post.letter("invitations/invitation_chased", to, facts, buttons=buttons, subject=event.subject)


CHASED = {
    Chase.INTEREST: ("interest", "no_interest"),
    Chase.INVITATION: ("issue", "postpone", "cancel"),
    Chase.REPLY: ("accept", "tentative", "decline"),
    Chase.ATTENDANCE: ("attendance",),
}


def _in_threads(post: Post, event: InvitationEvent, template: str, facts: dict[str, object]) -> None:
    for row in post.channel_cards(event.subject):
        post.letter(template, Address(row.party, row.channel), facts, thread=row)


def _addresses(post: Post, row: Invitation, people: Sequence[Person]) -> list[Address]:
    """In person; before the invitation by their own party's app, or not at all."""
    if row.status in PRIVATE:
        return [to for person in people if (to := post.private(person))]
    return [post.person(person, row.channel_id) for person in people]


REACTIONS: Reactions = {
    MeetingAnnounced: (interest_asked,),
    InterestDecided: (refresh_card, announcer_told),
    InvitationIssued: (refresh_card, invitation_cards),
    InvitationReplied: (refresh_card, reply_told),
    MeetingPostponed: (refresh_card, change_told),
    MeetingCancelled: (refresh_card, change_told),
    AttendanceRecorded: (refresh_card, attendance_told),
    InvitationChased: (asked_again,),
}
