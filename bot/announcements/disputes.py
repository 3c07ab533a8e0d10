"""VIII: those concerned hear in person that a dispute waits for them; no channel and nobody else hears of it."""

from collections.abc import Iterable

from bot import outbox
from bot.agreement.channels import channel_for
from bot.agreement.dispute_entries import DisputeRaised
from bot.agreement.dispute_notes import DisputeNote
from bot.agreement.dispute_nudges import DisputeQuiet
from bot.agreement.dispute_people import DisputePeopleNamed
from bot.agreement.dispute_settlements import DisputeSettled, SettlementReturned, SettlementWritten
from bot.agreement.dispute_steps import DisputeReferred, DisputeStepAdded, DisputeTakenUp, DisputeWithdrawn
from bot.agreement.disputes import PRIVATE, Dispute, DisputeEvent, concerned, responsible
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions
from bot.cards.disputes import dispute_facts
from bot.dispute_papers import write_settlement
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button


def dispute_cards(post: Post, event: DisputeRaised | DisputePeopleNamed | DisputeTakenUp) -> None:
    """Everybody concerned gets a card in person, once; of a draft nothing is said at all."""
    row = _row(post, event)
    if row.status in PRIVATE:
        return
    have = {Address(card.party, card.channel) for card in outbox.cards(post.desk.session, event.subject)}
    post.cards(event.subject, [to for to in _directs(post, _everybody(post, row)) if to not in have])


def cards_redrawn(post: Post, event: DisputeEvent) -> None:
    """The cards of those concerned show how it stands; whoever is named no more hears nothing more."""
    post.refresh(event.subject, _directs(post, _everybody(post, _row(post, event))))


def step_told(post: Post, event: DisputeEvent) -> None:
    """Whoever is to do something next, on either side, hears that something was done; not whoever did it."""
    row = _row(post, event)
    parties = [party.id for party in post.desk.definition.parties]
    people = [person for party in parties for person in responsible(post.desk, row, party)]
    _tell(post, event, row, people)


def end_told(post: Post, event: DisputeEvent) -> None:
    """That a dispute is over is for everybody concerned to know."""
    row = _row(post, event)
    _tell(post, event, row, _everybody(post, row))


def _tell(post: Post, event: DisputeEvent, row: Dispute, people: Iterable[Person]) -> None:
    own = post.desk.person.key
    facts = {**dispute_facts(post.desk, row), **event.facts()}
    read = (Button("disputes.read", str(row.key), "read", "primary"),)
    for to in _directs(post, [one for one in people if one.key != own]):
        post.letter("disputes/dispute_step", to, facts, buttons=read)


def settled(post: Post, event: DisputeSettled) -> None:
    """The numbered record goes in each language to those concerned, each in person, and into no channel."""
    row = _row(post, event)
    note = post.desk.session.get_one(DisputeNote, event.note_id)
    records = write_settlement(post.desk, post.entry, row, note)
    # A record has its own key; the card and the letter that follow name it.
    facts = {**event.facts(), "record": records[0].number}
    to = _directs(post, _everybody(post, row))
    post.hand_over_all(records, event.subject, "disputes/record_handed_over", facts, to)


def quiet(post: Post, event: DisputeQuiet) -> None:
    """Both sides' responsible people are asked, each privately."""
    row = post.desk.session.get_one(Dispute, event.dispute_id)
    facts = {**dispute_facts(post.desk, row), **event.facts()}
    read = (Button("disputes.read", str(row.key), "read", "primary"),)
    people = [
        person for party in post.desk.definition.parties for person in responsible(post.desk, row, party.id)
    ]
    for to in _directs(post, people):
        post.letter("disputes/dispute_quiet", to, facts, buttons=read)


def _row(post: Post, event: DisputeEvent) -> Dispute:
    return post.desk.session.get_one(Dispute, event.dispute_id)


def _everybody(post: Post, row: Dispute) -> list[Person]:
    return [
        person for party in post.desk.definition.parties for person in concerned(post.desk, row, party.id)
    ]


def _directs(post: Post, people: Iterable[Person]) -> list[Address]:
    place = channel_for(post.desk.session, "").channel_id
    return list(dict.fromkeys(post.person(one, place) for one in people))


REACTIONS: Reactions = {
    DisputeRaised: (dispute_cards,),
    DisputePeopleNamed: (dispute_cards,),
    DisputeTakenUp: (cards_redrawn, dispute_cards, step_told),
    DisputeStepAdded: (cards_redrawn, step_told),
    DisputeReferred: (cards_redrawn, step_told),
    SettlementWritten: (cards_redrawn, step_told),
    SettlementReturned: (cards_redrawn, step_told),
    DisputeSettled: (settled, cards_redrawn, end_told),
    DisputeWithdrawn: (cards_redrawn, end_told),
    DisputeQuiet: (quiet,),
}
