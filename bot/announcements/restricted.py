"""IV.2-3: the people named hear that something waits for them; nobody hears what it says."""

from bot.agreement.channels import channel_for
from bot.agreement.people import Person
from bot.agreement.restricted import (
    RestrictedAcknowledged,
    RestrictedPurged,
    RestrictedRead,
    RestrictedShared,
    get_restricted,
    recipients,
)
from bot.announcements.audiences import Reactions
from bot.outbox import Address
from bot.post import Post


def restricted_cards(post: Post, event: RestrictedShared) -> None:
    """Each person named gets a notice in person, and the sender one that shows who has read."""
    row = get_restricted(post.desk.session, event.restricted_id)
    named = [person for person, _ in recipients(post.desk.session, row.key)]
    post.cards(event.subject, [_direct(post, person) for person in named])
    author = post.desk.session.get_one(Person, row.author_id)
    post.cards(_sent(event.restricted_id), [_direct(post, author)])


def _direct(post: Post, person: Person) -> Address:
    return post.person(person, channel_for(post.desk.session, "").channel_id)


def _sent(restricted_id: int) -> str:
    return f"restricted_sent:{restricted_id}"


def restricted_refresh(post: Post, event: RestrictedRead | RestrictedAcknowledged | RestrictedPurged) -> None:
    """The notices show how things stand; a second reading changes nothing that they show."""
    if isinstance(event, RestrictedRead) and not event.first:
        return
    post.refresh(event.subject)
    post.refresh(_sent(event.restricted_id))


def restricted_purged(post: Post, event: RestrictedPurged) -> None:
    """The sender hears that the text was deleted, as long as they serve."""
    row = get_restricted(post.desk.session, event.restricted_id)
    author = post.desk.session.get_one(Person, row.author_id)
    if author.serves_on(post.desk.today):
        post.letter("restricted/restricted_purged", _direct(post, author), event.facts())


REACTIONS: Reactions = {
    RestrictedShared: (restricted_cards,),
    RestrictedRead: (restricted_refresh,),
    RestrictedAcknowledged: (restricted_refresh,),
    RestrictedPurged: (restricted_refresh, restricted_purged),
}
