"""III.2, IV.9 and IV.10: who is told of a joint communication; its text is in no channel before its release."""

from collections.abc import Sequence
from typing import Any

from bot.agreement.communication_clearances import (
    CommunicationCleared,
    CommunicationReturned,
    CommunicationUncleared,
)
from bot.agreement.communication_drafts import CommunicationDrafted, CommunicationRevised
from bot.agreement.communication_marks import ApprovalsNamed
from bot.agreement.communication_releases import (
    CommunicationPostponed,
    CommunicationPublished,
    CommunicationReleased,
    CommunicationWithdrawn,
    ProofAsked,
    ReleaseStopped,
)
from bot.agreement.communications import (
    CommunicationEvent,
    clearances,
    current_version,
    get_communication,
    get_version,
    versions,
)
from bot.agreement.definition_parts import Party
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person
from bot.agreement.rights import Role
from bot.announcements.activities import ask_about_activity
from bot.announcements.audiences import Reaction, Reactions, refresh_card, serving
from bot.cards.communications import communication_facts, text_facts
from bot.communication_papers import write_communication
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

OFFICERS = frozenset({Role.COMMUNICATIONS})


def officers(post: Post, party: str) -> list[Person]:
    """A party's communications officers; while it has none, its contact points and alternates."""
    return serving(post, party, OFFICERS) or serving(post, party, OFFICE)


def both_officers(post: Post, communication_id: int) -> list[Address]:
    """The communications officers of both sides, in person."""
    row = get_communication(post.desk.session, communication_id)
    people = [person for party in post.desk.definition.parties for person in officers(post, party.id)]
    return [post.person(person, row.channel_id) for person in people]


def drafted(post: Post, event: CommunicationDrafted) -> None:
    """The channel sees that there is a draft; the officers of both sides are sent what they are to clear."""
    post.cards(event.subject, [post.channel(event.channel_id)])
    post.cards(f"clearance:{event.version_id}", both_officers(post, event.communication_id))


def revised(post: Post, event: CommunicationRevised) -> None:
    """What was sent of the version before says that it is replaced, and the new one is sent."""
    row = get_communication(post.desk.session, event.communication_id)
    for version in versions(post.desk.session, row):
        if version.version == event.replaced:
            post.refresh(f"clearance:{version.key}")
    post.cards(f"clearance:{event.version_id}", both_officers(post, event.communication_id))


def clearance_again(post: Post, event: CommunicationEvent) -> None:
    """What the officers were sent shows how it stands now."""
    row = get_communication(post.desk.session, event.communication_id)
    post.refresh(f"clearance:{current_version(post.desk.session, row).key}")


def cleared(post: Post, event: CommunicationCleared) -> None:
    """Once both have cleared, the thread of the card says so."""
    if event.complete:
        in_thread("communications/communication_cleared")(post, event)


def returned(post: Post, event: CommunicationReturned) -> None:
    """The author, and the drafting side's officers, read the comments in person."""
    row = get_communication(post.desk.session, event.communication_id)
    version = get_version(post.desk.session, event.version_id)
    author = post.desk.session.get_one(Person, row.author_id)
    present = [author] if author.serves_on(post.desk.today) else []
    said = [one for one in clearances(post.desk.session, version) if one.comments]
    facts = {**_facts(post, event), "comments": said[-1].comments}
    revise = Button("communications.revise", str(version.key), "revise", "primary")
    for to in dict.fromkeys(
        post.person(person, row.channel_id) for person in [*present, *officers(post, row.party)]
    ):
        post.letter("communications/communication_returned", to, facts, buttons=(revise,))


def in_thread(template: str) -> Reaction:
    """A line in the thread of the communication's card."""

    def react(post: Post, event: CommunicationEvent) -> None:
        for row in post.channel_cards(event.subject):
            post.letter(template, Address(row.party, row.channel), _facts(post, event), thread=row)

    return react


def to_officers(template: str) -> Reaction:
    """A letter to the communications officers of both sides."""

    def react(post: Post, event: CommunicationEvent) -> None:
        for to in both_officers(post, event.communication_id):
            post.letter(template, to, _facts(post, event))

    return react


def released(post: Post, event: CommunicationReleased) -> None:
    """The channel reads the final text, one message a language, and the record is handed over in the thread."""
    row = get_communication(post.desk.session, event.communication_id)
    version = current_version(post.desk.session, row)
    to, facts = post.channel(row.channel_id), {**text_facts(post.desk, version), **event.facts()}
    publish = Button("communications.publish", str(row.key), "publish")
    post.letter("communications/communication_released", to, facts, buttons=(publish,))
    for language, text in version.texts.items():
        said = {**facts, "language": language, "text": text}
        post.letter(f"communications/text_{language}", to, said)
    record = write_communication(post.desk, post.entry, row.key)
    about = {**event.facts(), "record_number": record.number}
    post.hand_over(record.id or 0, event.subject, "communications/record_handed_over", about)


def stopped(post: Post, event: ReleaseStopped) -> None:
    """Both sides' officers are told why nothing went out, and what can be done."""
    key = str(event.communication_id)
    buttons = (
        Button("emblems.request", "new", "request", "primary"),
        Button("communications.approvals", key, "approvals"),
        Button("communications.postpone", key, "postpone"),
    )
    for to in both_officers(post, event.communication_id):
        post.letter("communications/release_stopped", to, _facts(post, event), buttons=buttons)


def uncleared(post: Post, event: CommunicationUncleared) -> None:
    """The officers of the parties that have not cleared are reminded in person."""
    row = get_communication(post.desk.session, event.communication_id)
    read = Button("communications.read", str(row.key), "read", "primary")
    facts = {**communication_facts(post.desk, row.key), **event.facts()}
    for party in _named(post, event.waiting_for):
        for person in officers(post, party.id):
            to = post.person(person, row.channel_id)
            post.letter("communications/communication_uncleared", to, facts, buttons=(read,))


def proof_asked(post: Post, event: ProofAsked) -> None:
    """Both sides' officers are asked where it was published."""
    publish = Button("communications.publish", str(event.communication_id), "publish", "primary")
    facts = {**communication_facts(post.desk, event.communication_id), **event.facts()}
    for to in both_officers(post, event.communication_id):
        post.letter("communications/proof_asked", to, facts, buttons=(publish,))


def _named(post: Post, abbreviations: Sequence[str]) -> list[Party]:
    return [party for party in post.desk.definition.parties if party.abbreviation in abbreviations]


def _facts(post: Post, event: CommunicationEvent) -> dict[str, Any]:
    return {**communication_facts(post.desk, event.communication_id), **event.facts()}


REACTIONS: Reactions = {
    CommunicationDrafted: (drafted, ask_about_activity),
    CommunicationRevised: (refresh_card, revised),
    CommunicationCleared: (refresh_card, clearance_again, cleared),
    CommunicationReturned: (refresh_card, clearance_again, returned),
    CommunicationUncleared: (uncleared,),
    ApprovalsNamed: (refresh_card,),
    CommunicationReleased: (released, refresh_card, clearance_again),
    ReleaseStopped: (refresh_card, stopped),
    CommunicationPostponed: (
        refresh_card,
        clearance_again,
        in_thread("communications/communication_postponed"),
        to_officers("communications/communication_postponed"),
    ),
    CommunicationWithdrawn: (
        refresh_card,
        clearance_again,
        in_thread("communications/communication_withdrawn"),
        to_officers("communications/communication_withdrawn"),
    ),
    CommunicationPublished: (refresh_card, in_thread("communications/communication_published")),
    ProofAsked: (proof_asked,),
}
