"""VI.2 and IX.1(c): who hears of an exception on costs: both sides, in the global channel; the other in person."""

from bot.agreement.channels import channel_for
from bot.agreement.costs import CostChanged, CostEntered, CostMoved, CostStatus, get_cost
from bot.agreement.rights import Role
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.cards.costs import cost_facts
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

ASKED = frozenset({Role.CONTACT_POINT, Role.LEGAL})
"""Who is asked in person; others of their side who may confirm see it in their App Home."""


def cost_cards(post: Post, event: CostEntered) -> None:
    """The card goes to the global channel, and to the people of the other side who confirm."""
    row = get_cost(post.desk.session, event.cost_id)
    post.cards(
        event.subject, [post.channel(event.channel_id), *_asked(post, row.stated_by, event.channel_id)]
    )


def step_told(post: Post, event: CostMoved) -> None:
    """What was done is said in the thread of the card; an end is put to the other side in person."""
    row = get_cost(post.desk.session, event.cost_id)
    facts = {**cost_facts(post.desk, row), **event.facts()}
    for card in post.channel_cards(event.subject):
        post.letter("costs/step", Address(card.party, card.channel), facts, thread=card)
    if row.status is CostStatus.END_ENTERED:
        _ask_end(post, event, row.stated_by, facts)


def _ask_end(post: Post, event: CostChanged, stated_by: str, facts: dict[str, object]) -> None:
    place = channel_for(post.desk.session, "").channel_id
    show = (Button("costs.show", event.number, "show", "primary"),)
    for to in _asked(post, stated_by, place):
        post.letter("costs/end_asked", to, facts, buttons=show)


def _asked(post: Post, stated_by: str, place: str) -> list[Address]:
    others = [party.id for party in post.desk.definition.others(stated_by)]
    return [post.person(one, place) for party in others for one in serving(post, party, ASKED)]


REACTIONS: Reactions = {
    CostEntered: (cost_cards,),
    CostMoved: (refresh_card, step_told),
}
