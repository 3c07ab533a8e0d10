"""IV.8 and IV.10: who is told of a note on a joint event, and asked to confirm it."""

from bot.agreement.event_notes import ConfirmationNudged, EventConfirmed, EventNoted, get_event_note
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person
from bot.agreement.rights import Role
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

CONFIRMING = OFFICE | {Role.COMMUNICATIONS}


def noted(post: Post, event: EventNoted) -> None:
    """The note is shown in the channel it was made for, where the other side confirms it."""
    post.cards(event.subject, [post.channel(event.channel_id)])


def thanked(post: Post, event: EventConfirmed) -> None:
    """Whoever noted the event hears that the note is confirmed, as long as they serve."""
    row = get_event_note(post.desk.session, event.note_id)
    author = post.desk.session.get_one(Person, row.author_id)
    if author.serves_on(post.desk.today):
        facts = {**event.facts(), "zone": post.desk.definition.tz}
        post.letter("event_notes/event_confirmed", post.person(author, row.channel_id), facts)


def nudged(post: Post, event: ConfirmationNudged) -> None:
    """The other side's contact points, alternates and communications officers are asked in person."""
    confirm = Button("event_notes.confirm", str(event.note_id), "confirm", "primary")
    show = Button("event_notes.show", event.number, "show")
    for to in _receivers(post, event.note_id):
        post.letter("event_notes/confirmation_nudged", to, event.facts(), buttons=(confirm, show))


def _receivers(post: Post, note_id: int) -> list[Address]:
    row = get_event_note(post.desk.session, note_id)
    people = [
        person
        for party in post.desk.definition.others(row.party)
        for person in serving(post, party.id, CONFIRMING)
    ]
    return [post.person(person, row.channel_id) for person in people]


REACTIONS: Reactions = {
    EventNoted: (noted,),
    EventConfirmed: (refresh_card, thanked),
    ConfirmationNudged: (nudged,),
}
