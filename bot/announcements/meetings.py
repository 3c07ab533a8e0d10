"""IV.6-3 and V.3-1: who is told of meetings that are proposed, fixed, moved, cancelled, and come near."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.agreement.files import Attachment, keep
from bot.agreement.follow_ups import FollowedUp
from bot.agreement.meeting_cadence import FieldMeetingsExpected
from bot.agreement.meeting_dates import (
    DateAgreed,
    DatesProposed,
    MeetingCancelled,
    MeetingFixed,
    MeetingProposed,
)
from bot.agreement.meeting_follow_ups import MeetingHeldAsked, MeetingNear, MeetingOpen
from bot.agreement.meeting_slots import SlotsAnswered
from bot.agreement.meetings import Meeting, MeetingEvent, concerned, get_meeting
from bot.agreement.offices import zone_of
from bot.agreement.people import Person, may
from bot.agreement.rights import Act
from bot.announcements.audiences import Reactions, refresh_card
from bot.cards.meetings import meeting_facts
from bot.letters import words
from bot.meeting_agendas import agenda
from bot.meeting_calendars import Guest, Invitation, Method, icalendar_file
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button, plain

ANSWER = (("meetings.answer", "answer", None), ("meetings.agree", "agree", "primary"))
"""What is asked while a time is being agreed."""
HELD = (
    ("meetings.minutes", "minutes", "primary"),
    ("meetings.move", "move", None),
    ("meetings.cancel", "cancel", "danger"),
)
"""What may be answered when it is asked whether a meeting was held."""


def meeting_cards(post: Post, event: MeetingProposed) -> None:
    """The card goes to the meeting's channel, and in person to whom it concerns on both sides."""
    row = get_meeting(post.desk.session, event.meeting_id)
    people = [post.person(person, row.channel_id) for person in concerned(post.desk, row)]
    post.cards(event.subject, [post.channel(row.channel_id), *people])


def date_agreed(post: Post, event: DateAgreed) -> None:
    """Both sides read in the thread what one agreed to; the other is asked in person."""
    row = get_meeting(post.desk.session, event.meeting_id)
    post.refresh(event.subject)
    in_thread(post, event, "meetings/date_agreed")
    asked = [person for person in concerned(post.desk, row) if person.party != _party(post)]
    in_person(post, event, "meetings/date_agreed", asked, buttons(ANSWER, row))


def dates_proposed(post: Post, event: DatesProposed) -> None:
    """Everybody concerned is asked anew; an update of a card calls nobody."""
    row = get_meeting(post.desk.session, event.meeting_id)
    post.refresh(event.subject)
    in_thread(post, event, "meetings/dates_proposed")
    in_person(post, event, "meetings/dates_proposed", concerned(post.desk, row), buttons(ANSWER, row))


def meeting_fixed(post: Post, event: MeetingFixed) -> None:
    """Everybody concerned reads the date, and the thread holds the invitation for their calendars."""
    _told_everywhere(post, event, "meetings/meeting_fixed")
    _enclose(post, event, Method.REQUEST, "meetings/invitation_enclosed")


def meeting_cancelled(post: Post, event: MeetingCancelled) -> None:
    """Everybody concerned reads why; where a date was fixed, calendars are told too."""
    _told_everywhere(post, event, "meetings/meeting_cancelled")
    if event.was:
        _enclose(post, event, Method.CANCEL, "meetings/cancellation_enclosed")


def meeting_open(post: Post, event: MeetingOpen) -> None:
    """The people concerned of each party that has not agreed are asked in person."""
    row = get_meeting(post.desk.session, event.meeting_id)
    parties = {party.abbreviation: party.id for party in post.desk.definition.parties}
    asked = {parties[name] for name in event.waiting_for}
    people = [person for person in concerned(post.desk, row) if person.party in asked]
    in_person(post, event, "meetings/meeting_open", people, buttons(ANSWER, row))


def meeting_near(post: Post, event: MeetingNear) -> None:
    """The channel and everybody concerned are reminded, with what is open between the parties."""
    row = get_meeting(post.desk.session, event.meeting_id)
    extra = {"agenda": agenda(post.desk, row)}
    in_thread(post, event, "meetings/meeting_near", extra)
    in_person(post, event, "meetings/meeting_near", concerned(post.desk, row), extra=extra)


def meeting_held_asked(post: Post, event: MeetingHeldAsked) -> None:
    """Both sides are asked in the thread and in person, with the buttons that each person may use.

    The card now has the button for the minutes.
    """
    row = get_meeting(post.desk.session, event.meeting_id)
    post.refresh(event.subject)
    in_thread(post, event, "meetings/meeting_held_asked")
    for person in concerned(post.desk, row):
        asked = HELD if may(post.desk.session, person, Act.CHANGE_MEETING, row) else HELD[:1]
        in_person(post, event, "meetings/meeting_held_asked", [person], buttons(asked, row))


def field_meetings_expected(post: Post, event: FieldMeetingsExpected) -> None:
    """The place's channel reads how many meetings it held, and can propose the next."""
    propose = Button("meetings.propose", "new", "propose", "primary")
    post.letter(
        "meetings/field_meetings_expected", post.channel(event.channel_id), event.facts(), buttons=(propose,)
    )


def in_thread(
    post: Post, event: MeetingEvent | FollowedUp, template: str, extra: dict[str, Any] | None = None
) -> None:
    """A line in the thread of the meeting's card, in the meeting's zone and that of the agreement."""
    facts = {**letter_facts(post, event), **(extra or {}), "own_zone": post.desk.definition.tz}
    for row in post.channel_cards(f"meeting:{facts['meeting_id']}"):
        post.letter(template, Address(row.party, row.channel), facts, thread=row)


def in_person(
    post: Post,
    event: MeetingEvent | FollowedUp,
    template: str,
    people: Iterable[Person],
    asks: Sequence[Button] = (),
    extra: dict[str, Any] | None = None,
) -> None:
    """A letter to each of these people, with times as their own office reads them.

    One that asks for something becomes a card of the meeting, so that its buttons go once it is answered.
    """
    facts = {**letter_facts(post, event), **(extra or {})}
    row = get_meeting(post.desk.session, facts["meeting_id"])
    for person in people:
        to, own = post.person(person, row.channel_id), zone_of(post.desk, person)
        subject = f"meeting:{row.key}" if asks else ""
        post.letter(template, to, {**facts, "own_zone": own}, buttons=asks, subject=subject)


def letter_facts(post: Post, event: Any) -> dict[str, Any]:
    """What the words about an event may need: how the meeting stands, and what happened."""
    return {**meeting_facts(post.desk, event.meeting_id), **event.facts()}


def buttons(asked: Sequence[tuple[str, str, str | None]], row: Meeting) -> list[Button]:
    """Buttons about one meeting."""
    return [Button(action, str(row.key), label, style) for action, label, style in asked]


def _party(post: Post) -> str:
    return post.desk.person.party


def _told_everywhere(post: Post, event: MeetingFixed | MeetingCancelled, template: str) -> None:
    row = get_meeting(post.desk.session, event.meeting_id)
    post.refresh(event.subject)
    in_thread(post, event, template)
    in_person(post, event, template, concerned(post.desk, row))


def _enclose(post: Post, event: MeetingFixed | MeetingCancelled, method: Method, template: str) -> None:
    row = get_meeting(post.desk.session, event.meeting_id)
    content = icalendar_file(calendar_invitation(post, row, method))
    name = f"meeting-{row.number.replace('/', '-')}.ics"
    file_id = keep(post.desk.session, Attachment(name, content))
    if file_id:
        post.enclose(file_id, event.subject, template, letter_facts(post, event))


def calendar_invitation(post: Post, row: Meeting, method: Method) -> Invitation:
    """What calendars are told of a meeting: that it takes place, or that it is cancelled."""
    desk = post.desk
    facts = {**meeting_facts(desk, row.key), "agenda": agenda(desk, row)}
    said = {name: plain(text) for name, text in words("meetings/invitation", facts).items()}
    proposer = desk.session.get_one(Person, row.proposed_by)
    return Invitation(
        method=method,
        uid=f"meeting-{row.number.replace('/', '-')}@{desk.definition.id}.comity",
        sequence=row.sequence,
        made_at=desk.now,
        starts_at=row.starts_at or desk.now,
        length=row.length,
        zone=row.zone,
        title=said["title"],
        place=row.venue,
        description=said["description"],
        organizer=Guest(proposer.name, proposer.email),
        guests=[Guest(person.name, person.email) for person in concerned(desk, row)],
    )


REACTIONS: Reactions = {
    MeetingProposed: (meeting_cards,),
    SlotsAnswered: (refresh_card,),
    DateAgreed: (date_agreed,),
    DatesProposed: (dates_proposed,),
    MeetingFixed: (meeting_fixed,),
    MeetingCancelled: (meeting_cancelled,),
    MeetingOpen: (meeting_open,),
    MeetingNear: (meeting_near,),
    MeetingHeldAsked: (meeting_held_asked,),
    FieldMeetingsExpected: (field_meetings_expected,),
}
