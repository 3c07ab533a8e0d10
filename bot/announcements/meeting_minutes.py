"""V.3-1: who is told of minutes that are written, returned and confirmed, and of what is to be done."""

from bot.agreement.meeting_actions import ActionClosed, ActionDue, get_action
from bot.agreement.meeting_minutes import (
    CorrectionAsked,
    MinutesAwaited,
    MinutesConfirmed,
    MinutesProposed,
    get_minutes,
)
from bot.agreement.meetings import Meeting, concerned, concerned_of, get_meeting
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions
from bot.announcements.meetings import in_person, in_thread, letter_facts
from bot.cards.meetings import minutes_buttons
from bot.meeting_papers import minutes_paper
from bot.papers import file_paper
from bot.post import Post
from bot.shapes import Button


def minutes_proposed(post: Post, event: MinutesProposed) -> None:
    """Both sides read the minutes in the thread; the other party is asked in person to confirm them."""
    post.refresh(event.subject)
    in_thread(post, event, "meetings/minutes_proposed")
    asked, asks = _asked(post, event.minutes_id), minutes_buttons(event.minutes_id)
    in_person(post, event, "meetings/minutes_proposed", asked, asks)


def minutes_awaited(post: Post, event: MinutesAwaited) -> None:
    """The other party is reminded in person."""
    asked, asks = _asked(post, event.minutes_id), minutes_buttons(event.minutes_id)
    in_person(post, event, "meetings/minutes_awaited", asked, asks)


def correction_asked(post: Post, event: CorrectionAsked) -> None:
    """Both sides read in the thread what is to be corrected; the party that wrote it is told in person."""
    row = get_meeting(post.desk.session, event.meeting_id)
    minutes = get_minutes(post.desk.session, event.minutes_id)
    post.refresh(event.subject)
    in_thread(post, event, "meetings/correction_asked")
    write = Button("meetings.minutes", str(row.key), "minutes", "primary")
    people = concerned_of(post.desk, row, minutes.party)
    in_person(post, event, "meetings/correction_asked", people, [write])


def minutes_confirmed(post: Post, event: MinutesConfirmed) -> None:
    """The joint minutes are written down, numbered and stored, and handed over in the thread."""
    record = file_paper(post.desk, post.entry, event.subject, minutes_paper(post.desk, event))
    post.refresh(event.subject)
    in_thread(post, event, "meetings/minutes_confirmed")
    facts = {**letter_facts(post, event), "record_number": record.number}
    post.hand_over(record.id or 0, event.subject, "meetings/record_handed_over", facts)
    row = get_meeting(post.desk.session, event.meeting_id)
    others = [person for person in concerned(post.desk, row) if person.party != post.desk.person.party]
    in_person(post, event, "meetings/minutes_confirmed", others)


def action_closed(post: Post, event: ActionClosed) -> None:
    """Both sides read in the thread what became of an action item."""
    post.refresh(event.subject)
    facts_of_action(post, event, "meetings/action_closed")


def action_due(post: Post, event: ActionDue) -> None:
    """The owner is reminded; once its day has passed, or where they cannot be reached, whom it concerns too."""
    action = get_action(post.desk.session, event.action_id)
    row = get_meeting(post.desk.session, action.meeting_id)
    owner = post.desk.session.get(Person, action.owner_id) if action.owner_id else None
    reached = [owner] if owner and owner.serves_on(post.desk.today) else []
    others = concerned_of(post.desk, row, action.party) if event.days_left < 0 or not reached else []
    people = list({person.key: person for person in [*reached, *others]}.values())
    _tell_owners(post, event, row, people)


def _tell_owners(post: Post, event: ActionDue, row: Meeting, people: list[Person]) -> None:
    facts = event.facts()
    ask = Button("meetings.action", str(event.action_id), "action", "primary")
    for person in people:
        post.letter("meetings/action_due", post.person(person, row.channel_id), facts, buttons=(ask,))
    if event.days_left < 0:
        facts_of_action(post, event, "meetings/action_due")


def facts_of_action(post: Post, event: ActionClosed | ActionDue, template: str) -> None:
    """A line about an action item in the thread of its meeting."""
    for row in post.channel_cards(f"meeting:{event.meeting_id}"):
        to = post.channel(row.channel)
        post.letter(template, to, event.facts(), thread=row)


def _asked(post: Post, minutes_id: int) -> list[Person]:
    """Whom the minutes wait for: the people concerned of the party that did not write them."""
    minutes = get_minutes(post.desk.session, minutes_id)
    row = get_meeting(post.desk.session, minutes.meeting_id)
    return [person for person in concerned(post.desk, row) if person.party != minutes.party]


REACTIONS: Reactions = {
    MinutesProposed: (minutes_proposed,),
    MinutesAwaited: (minutes_awaited,),
    CorrectionAsked: (correction_asked,),
    MinutesConfirmed: (minutes_confirmed,),
    ActionClosed: (action_closed,),
    ActionDue: (action_due,),
}
