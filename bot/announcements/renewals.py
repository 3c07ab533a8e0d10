"""VII.1-4: who hears of a decision on renewal (its own party alone, until it is shown), and of the renewal."""

from collections.abc import Iterable

from bot.agreement.channels import Level, all_channels
from bot.agreement.people import Person
from bot.agreement.renewal_decisions import (
    RenewalDecided,
    RenewalDecisionsShown,
    RenewalEvent,
    RenewalPrepared,
    RenewalReleased,
    RenewalTakenBack,
)
from bot.agreement.renewal_rooms import RenewalRoom
from bot.agreement.renewals import AgreementRenewed
from bot.agreement.rights import RIGHTS, Act, Role
from bot.announcements.audiences import Reactions, serving
from bot.cards.renewals import both, decision_facts, renewed_facts
from bot.post import Post
from bot.shapes import Button

HEADS = frozenset({Role.CONTACT_POINT, Role.ALTERNATE, Role.SIGNATORY})
DECIDING = RIGHTS[Act.DECIDE_RENEWAL].roles
ROOM = Button("renewals.room", "room", "room", "primary")


def prepared(post: Post, event: RenewalPrepared) -> None:
    """The party's signatories read, through their own app only, that a decision waits for them."""
    _tell(post, event, serving(post, event.party, DECIDING))


def decided(post: Post, event: RenewalDecided | RenewalReleased | RenewalTakenBack) -> None:
    """The party's own heads read what their signatory did; the other party hears nothing."""
    _tell(post, event, serving(post, event.party, HEADS))


def _tell(post: Post, event: RenewalEvent, people: Iterable[Person]) -> None:
    row = post.desk.session.get_one(RenewalRoom, event.room_id)
    by = post.desk.by
    others = [party.abbreviation for party in post.desk.definition.others(event.party)]
    facts = {**decision_facts(post.desk, row), "by": by.name if by else "", "others": others}
    for person in people:
        to = post.private(person)
        if to:
            post.letter(f"renewals/{event.name}", to, facts, buttons=(ROOM,))


def shown(post: Post, event: RenewalDecisionsShown) -> None:
    """The heads of both parties read both decisions, each by their own party's app where it has one."""
    decisions = both(post.desk, event.term_end)
    facts = {**event.facts(), "decisions": decisions, "zone": post.desk.definition.tz}
    channel = next((row for row in all_channels(post.desk.session) if row.level is Level.GLOBAL), None)
    for person in _heads(post):
        # What is shown to both may pass through either app.
        to = post.person(person, channel.channel_id) if channel else post.private(person)
        if to:
            post.letter("renewals/renewal_decisions_shown", to, facts, buttons=(ROOM,))


def _heads(post: Post) -> list[Person]:
    return [one for party in post.desk.definition.parties for one in serving(post, party.id, HEADS)]


def renewed(post: Post, event: AgreementRenewed) -> None:
    """Both parties read that the Agreement renewed itself: in their shared channel, and their heads in person."""
    if not event.channel_id:
        return
    facts = renewed_facts(post.desk.definition, event)
    buttons = (Button("terminations.status", "now", "standing"),)
    people = [post.person(one, event.channel_id) for one in _heads(post)]
    addresses = [post.channel(event.channel_id), *people]
    for to in dict.fromkeys(addresses):
        post.letter("renewals/agreement_renewed", to, facts, buttons=buttons)


REACTIONS: Reactions = {
    RenewalPrepared: (prepared,),
    RenewalDecided: (decided,),
    RenewalReleased: (decided,),
    RenewalTakenBack: (decided,),
    RenewalDecisionsShown: (shown,),
    AgreementRenewed: (renewed,),
}
