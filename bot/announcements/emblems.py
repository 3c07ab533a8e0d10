"""VI.1 and VI.3: who is told of requests for a name, an emblem or a link, and of what became of them."""

from bot.agreement.emblem_endings import EmblemMaterialChanged
from bot.agreement.emblems import (
    EmblemDecided,
    EmblemEscalated,
    EmblemEvent,
    EmblemInformationGiven,
    EmblemQuestioned,
    EmblemRequest,
    EmblemRequested,
    EmblemStatus,
    get_request,
)
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person
from bot.agreement.rights import Role
from bot.announcements.audiences import Reaction, Reactions, refresh_card, serving
from bot.cards.emblems import emblem_facts
from bot.emblem_records import write_record
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

APPROVERS = frozenset({Role.EMBLEM_APPROVER})


def asking_people(post: Post, row: EmblemRequest) -> list[Person]:
    """Whoever asked; once they have left, their contact point and alternate."""
    asker = post.desk.session.get_one(Person, row.asked_by)
    return [asker] if asker.serves_on(post.desk.today) else serving(post, row.asking_party, OFFICE)


def emblem_cards(post: Post, event: EmblemRequested) -> None:
    """The card goes to the shared channel and to each of the owner's approvers; a draft shows that it was put."""
    post.refresh(f"emblem_draft:{event.request_id}")
    row = get_request(post.desk.session, event.request_id)
    approvers = serving(post, row.owner_party, APPROVERS)
    people = [post.person(person, row.channel_id) for person in approvers]
    post.cards(event.subject, [post.channel(row.channel_id), *people])
    emblem_mockup(post, event)


def emblem_mockup(
    post: Post, event: EmblemRequested | EmblemInformationGiven | EmblemMaterialChanged
) -> None:
    """The mock-up itself goes to the card's thread: approvers decide on what they can see."""
    row = get_request(post.desk.session, event.request_id)
    given = isinstance(event, EmblemInformationGiven) and event.mockup_replaced
    replaced = given or isinstance(event, EmblemMaterialChanged)
    if row.mockup_file_id and event.mockup_given:
        facts = {**event.facts(), "replaced": replaced}
        post.enclose(row.mockup_file_id, event.subject, "emblems/mockup_enclosed", facts)


def emblem_cards_again(post: Post, event: EmblemInformationGiven | EmblemMaterialChanged) -> None:
    """An update calls nobody, so the owner's approvers are sent the card anew: it is their turn again."""
    row = get_request(post.desk.session, event.request_id)
    people = serving(post, row.owner_party, APPROVERS)
    post.cards(event.subject, [post.person(person, row.channel_id) for person in people])


def emblem_thread(template: str) -> Reaction:
    """A line in the thread of the request's card."""

    def react(post: Post, event: EmblemEvent) -> None:
        facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
        for row in post.channel_cards(event.subject):
            post.letter(template, Address(row.party, row.channel), facts, thread=row)

    return react


def emblem_answer_to_asker(post: Post, event: EmblemEvent) -> None:
    """Whoever asked hears of the answer in person.

    A question becomes a card of the request, so that its button goes once it is answered.
    """
    row = get_request(post.desk.session, event.request_id)
    facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
    buttons: tuple[Button, ...] = ()
    subject = event.subject if isinstance(event, EmblemQuestioned) else ""
    if subject:
        buttons = (Button("emblems.give_information", str(event.request_id), "give_information", "primary"),)
    for person in asking_people(post, row):
        to = post.person(person, row.channel_id)
        post.letter(f"emblems/{event.name}_asker", to, facts, buttons=buttons, subject=subject)


def emblem_lapse_to_approvers(post: Post, event: EmblemDecided) -> None:
    """The owner's approvers, who were asked in person, hear in person that the request has lapsed."""
    if event.status is not EmblemStatus.LAPSED:
        return
    row = get_request(post.desk.session, event.request_id)
    facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
    for person in serving(post, row.owner_party, APPROVERS):
        post.letter("emblems/emblem_lapsed_owner", post.person(person, row.channel_id), facts)


def emblem_escalation(post: Post, event: EmblemEscalated) -> None:
    """Whoever has to answer is reminded in person, and so are their contact point and alternate."""
    row = get_request(post.desk.session, event.request_id)
    waiting_for_owner = event.status is EmblemStatus.SUBMITTED
    party = row.owner_party if waiting_for_owner else row.asking_party
    people = serving(post, party, (APPROVERS if waiting_for_owner else frozenset()) | OFFICE)
    asker = post.desk.session.get_one(Person, row.asked_by)
    if not waiting_for_owner and asker not in people and asker.serves_on(post.desk.today):
        people = [asker, *people]
    facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
    for person in people:
        post.letter("emblems/emblem_escalated", post.person(person, row.channel_id), facts)


def emblem_record(post: Post, event: EmblemDecided) -> None:
    """The decision is written down, numbered and stored, and handed over in the thread."""
    record = write_record(post.desk, post.entry, event)
    facts = {**event.facts(), "record_number": record.number}
    post.hand_over(record.id or 0, event.subject, "emblems/record_handed_over", facts)
    post.refresh(event.subject)


REACTIONS: Reactions = {
    EmblemRequested: (emblem_cards,),
    EmblemQuestioned: (refresh_card, emblem_thread("emblems/emblem_questioned"), emblem_answer_to_asker),
    EmblemInformationGiven: (
        refresh_card,
        emblem_thread("emblems/emblem_information_given"),
        emblem_mockup,
        emblem_cards_again,
    ),
    EmblemDecided: (
        emblem_thread("emblems/emblem_decided"),
        emblem_record,
        emblem_answer_to_asker,
        emblem_lapse_to_approvers,
    ),
    EmblemEscalated: (emblem_thread("emblems/emblem_escalated"), emblem_escalation),
}
