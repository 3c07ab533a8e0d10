"""IV.1: who is told that a reply was put on record."""

from bot.agreement.replies import ReplyAdded
from bot.announcements.audiences import Reactions, refresh_card
from bot.outbox import Address
from bot.post import Post


def reply_in_thread(post: Post, event: ReplyAdded) -> None:
    """Both sides read in the thread of the exchange's card what was put on record, word for word."""
    facts = {**event.facts(), "zone": post.desk.definition.tz}
    for card in post.channel_cards(event.subject):
        post.letter("replies/reply_added", Address(card.party, card.channel), facts, thread=card)


REACTIONS: Reactions = {
    ReplyAdded: (refresh_card, reply_in_thread),
}
