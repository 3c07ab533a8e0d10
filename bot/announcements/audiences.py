"""Who is told, and where: what the reactions of every routine have in common."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bot.agreement.definition_values import Audience
from bot.agreement.events import Event
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person, holders
from bot.agreement.rights import Role
from bot.outbox import Address, Posting, cards
from bot.post import Post

Reaction = Callable[[Post, Any], None]
"""Queues what is said about one kind of event."""
Reactions = Mapping[type[Event], tuple[Reaction, ...]]
"""What one routine says about each of its events."""


def serving(post: Post, party: str, roles: frozenset[Role]) -> list[Person]:
    return holders(post.desk.session, party, roles, post.desk.today)


def audience(
    post: Post, audience: Audience, channel_id: str, without: Collection[str] = ()
) -> Sequence[Address]:
    """Whom a duty concerns: the channel, or each party's office but for the parties `without`."""
    if audience is Audience.AGREEMENT:
        return [post.channel(channel_id)]
    parties = [party.id for party in post.desk.definition.parties if party.id not in without]
    people = [person for party in parties for person in serving(post, party, OFFICE)]
    return [post.person(person, channel_id) for person in people]


def first_prompt(post: Post, subject: str, to: Address) -> Posting | None:
    """The prompt that was posted for an occurrence, whose thread holds what follows."""
    earlier = cards(post.desk.session, subject.replace("occurrence:", "prompt:"))
    return next((row for row in earlier if Address(row.party, row.channel) == to), None)


def refresh_card(post: Post, event: Event) -> None:
    """Every card of the case shows how it stands now."""
    post.refresh(event.subject)
