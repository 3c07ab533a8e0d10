"""IV.1: who is told of what was shared, acknowledged, asked for again and asked about."""

from collections.abc import Sequence

from bot.agreement.acknowledgements import AcknowledgementNudged, UpdateAcknowledged, receivers
from bot.agreement.exchange_periods import NothingReported
from bot.agreement.exchange_prompts import ExchangePrompted
from bot.agreement.exchanges import UpdateShared, get_exchange
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions, first_prompt, refresh_card
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button


def exchange_cards(post: Post, event: UpdateShared) -> None:
    """The share goes to the channel it was made for, and to the other side's contact points in person.

    A file that came with it is shown in the thread of the channel's card, where both sides can open it.
    """
    row = get_exchange(post.desk.session, event.exchange_id)
    people = [post.person(person, row.channel_id) for person in receivers(post.desk, row)]
    post.cards(event.subject, [post.channel(row.channel_id), *people])
    if row.file_id:
        post.enclose(row.file_id, event.subject, "exchanges/file_enclosed", event.facts())


def exchange_thanks(post: Post, event: UpdateAcknowledged) -> None:
    """Whoever shared something hears in person that it has arrived, as long as they serve."""
    row = get_exchange(post.desk.session, event.exchange_id)
    author = post.desk.session.get_one(Person, row.author_id)
    if author.serves_on(post.desk.today):
        facts = {**event.facts(), "zone": post.desk.definition.tz}
        post.letter("exchanges/update_acknowledged", post.person(author, row.channel_id), facts)


def exchange_nudge(post: Post, event: AcknowledgementNudged) -> None:
    """The other side's contact points are asked again; later their alternates too.

    What they are sent becomes a card of the share, so that it, too, shows who acknowledges in the end.
    """
    facts = {**event.facts(), "zone": post.desk.definition.tz}
    acknowledge = Button("exchanges.acknowledge", str(event.exchange_id), "acknowledge", "primary")
    for to in nudged(post, event):
        post.letter(
            "exchanges/acknowledgement_nudged", to, facts, buttons=(acknowledge,), subject=event.subject
        )


def exchange_prompt(post: Post, event: ExchangePrompted) -> None:
    """The channel is asked what there is to share; a second call goes to the thread of the first."""
    to = post.channel(event.channel_id)
    thread = None if event.first_call else first_prompt(post, event.subject, to)
    buttons = (
        Button("exchanges.share", str(event.occurrence_id), "share", "primary"),
        Button("exchanges.nothing", str(event.occurrence_id), "nothing"),
        Button("menu.open", "menu", "menu"),
    )
    template = "exchanges/exchange_reminded" if thread else "exchanges/exchange_prompted"
    subject = "" if thread else f"prompt:{event.occurrence_id}"
    post.letter(template, to, event.facts(), buttons=buttons, thread=thread, subject=subject)


def nothing_reported(post: Post, event: NothingReported) -> None:
    """Both sides read in the prompt's thread that one has nothing to report."""
    to = post.channel(event.channel_id)
    post.letter("exchanges/nothing_reported", to, event.facts(), thread=first_prompt(post, event.subject, to))


def nudged(post: Post, event: AcknowledgementNudged) -> Sequence[Address]:
    row = get_exchange(post.desk.session, event.exchange_id)
    people = [post.desk.session.get_one(Person, key) for key in event.people]
    return [post.person(person, row.channel_id) for person in people]


REACTIONS: Reactions = {
    UpdateShared: (exchange_cards,),
    UpdateAcknowledged: (refresh_card, exchange_thanks),
    AcknowledgementNudged: (exchange_nudge,),
    ExchangePrompted: (exchange_prompt,),
    NothingReported: (nothing_reported,),
}
