"""IV.6-2: who is told that a party wishes to consult, that the other is ready, and what it came to."""

from bot.agreement.acknowledgements import points
from bot.agreement.channels import get_channel
from bot.agreement.consultations import (
    ConsultationClosed,
    ConsultationFacts,
    ConsultationOpened,
    ConsultationReady,
    get_consultation,
)
from bot.announcements.audiences import Reactions, refresh_card
from bot.cards.consultations import consultation_facts
from bot.outbox import Address
from bot.post import Post


def consultation_cards(post: Post, event: ConsultationOpened) -> None:
    """The card goes to the channel and to whoever speaks for the other party; the agenda opens its thread."""
    row = get_consultation(post.desk.session, event.consultation_id)
    scope = get_channel(post.desk.session, row.channel_id).scope
    others = post.desk.definition.others(row.party)
    people = [person for party in others for person in points(post.desk, party.id, scope)]
    told = [post.person(person, row.channel_id) for person in people]
    post.cards(event.subject, [post.channel(row.channel_id), *told])
    _in_thread(post, event, "consultations/agenda")


def consultation_ready(post: Post, event: ConsultationReady) -> None:
    """Both sides read it in the thread of the card."""
    _in_thread(post, event, "consultations/ready")


def consultation_closed(post: Post, event: ConsultationClosed) -> None:
    """What it came to stands in the thread of the card, in full."""
    _in_thread(post, event, "consultations/closed")


def _in_thread(post: Post, event: ConsultationFacts, letter: str) -> None:
    facts = {**consultation_facts(post.desk, event.consultation_id), "by": event.by, "by_party": event.party}
    for card in post.channel_cards(event.subject):
        post.letter(letter, Address(card.party, card.channel), facts, thread=card)


REACTIONS: Reactions = {
    ConsultationOpened: (consultation_cards,),
    ConsultationReady: (refresh_card, consultation_ready),
    ConsultationClosed: (refresh_card, consultation_closed),
}
