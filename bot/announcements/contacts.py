"""V.2: who is told of designations, vacancies and confirmations, and of what is handed over."""

from bot.agreement.changed_sides import capacities_left
from bot.agreement.channels import channel_for
from bot.agreement.confirmations import ContactsConfirmed
from bot.agreement.contact_topics import TopicsKept
from bot.agreement.designation_ends import DesignationEnded, DesignationEnding, DesignationOver
from bot.agreement.designations import Designation, PersonDesignated, get_person
from bot.agreement.handovers import HandedOver
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person
from bot.agreement.rights import DESIGNATING, Role
from bot.agreement.rosters import RosterImported
from bot.agreement.vacancies import ContactPointVacant, VacancyFilled
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.handovers import pack
from bot.outbox import Address, cards
from bot.post import Post
from bot.shapes import Button

WATCHING = DESIGNATING | {Role.ADMINISTRATOR}
"""Who is told that their party has no contact point; an administrator can see that somebody acts."""
DESIGNATE = Button("contacts.designate", "new", "designate", "primary")


def headquarters(post: Post) -> str:
    """The channel of headquarters, by whose app people without an own one are written to."""
    return channel_for(post.desk.session, "").channel_id


def addresses(post: Post, people: list[Person]) -> list[Address]:
    """The direct messages of some people."""
    return [post.person(person, headquarters(post)) for person in people]


def liaison(post: Post) -> list[Person]:
    """The contact points and alternates of every party."""
    return [one for party in post.desk.definition.parties for one in serving(post, party.id, OFFICE)]


def designation_cards(post: Post, event: PersonDesignated) -> None:
    """The designation is put on record before both sides, and whoever is designated is told."""
    row = post.desk.session.get_one(Designation, event.designation_id)
    people = {one.key: one for one in [*liaison(post), get_person(post.desk.session, row.person_id)]}
    post.cards(event.subject, [post.channel(event.channel_id), *addresses(post, list(people.values()))])


def designation_ended(post: Post, event: DesignationEnded) -> None:
    """Both sides are told of the end: in the thread of the card if there is one, and their contact points."""
    channel = post.channel(event.channel_id)
    known = cards(post.desk.session, event.subject)
    thread = next((row for row in known if Address(row.party, row.channel) == channel), None)
    post.letter("contacts/designation_ended", channel, event.facts(), thread=thread)
    for to in addresses(post, liaison(post)):
        post.letter("contacts/designation_ended", to, event.facts())


def designation_ending(post: Post, event: DesignationEnding) -> None:
    """The party whose contact point's designation comes to its end is told, so that it can designate again."""
    for to in addresses(post, serving(post, event.party_id, DESIGNATING)):
        post.letter("contacts/designation_ending", to, event.facts(), buttons=(DESIGNATE,))


def handed_over_at_the_end(post: Post, event: DesignationEnded | DesignationOver) -> None:
    """Whoever goes on in the same capacity, and the party's office, are told what was open; nobody else is."""
    leaving = get_person(post.desk.session, event.person_id)
    people = {one.key: one for one in serving(post, event.party_id, OFFICE | {event.role})}
    people.pop(leaving.key, None)
    facts = {**pack(post.desk, leaving, event.role), "clause": event.clause, "note": ""}
    for to in addresses(post, list(people.values())):
        post.letter("contacts/handover", to, {**facts, "party": event.party, "successor": ""})


def left_for_another(post: Post, event: RosterImported) -> None:
    """The party that somebody left is told so, with what they leave open; nobody else is."""
    for key in event.left:
        leaving = get_person(post.desk.session, key)
        roles = capacities_left(post.desk.session, leaving)
        facts = {**pack(post.desk, leaving, *roles), "clause": event.clause, "note": "", "successor": ""}
        party = post.desk.definition.party(leaving.party).abbreviation
        for to in addresses(post, serving(post, leaving.party, OFFICE | DESIGNATING)):
            post.letter("contacts/handover", to, {**facts, "party": party, "moved": True})


def handed_over(post: Post, event: HandedOver) -> None:
    """The successor and the party's own office get the pack; the other party does not."""
    leaving = get_person(post.desk.session, event.leaving_id)
    successor = get_person(post.desk.session, event.successor_id)
    people = {one.key: one for one in [successor, leaving, *serving(post, event.party_id, OFFICE)]}
    facts = {**pack(post.desk, leaving), "clause": event.clause, "note": event.note}
    for to in addresses(post, [one for one in people.values() if one.serves_on(post.desk.today)]):
        post.letter("contacts/handover", to, {**facts, "party": event.party, "successor": event.successor})


def vacant(post: Post, event: ContactPointVacant) -> None:
    """The vacant party's own people are told at once; the other side only when the working days have passed."""
    if not event.others:
        for to in addresses(post, serving(post, event.party_id, WATCHING)):
            post.letter("contacts/contact_point_vacant", to, event.facts(), buttons=(DESIGNATE,))
        return
    others = post.desk.definition.others(event.party_id)
    people = [one for party in others for one in serving(post, party.id, OFFICE)]
    for to in addresses(post, people):
        post.letter("contacts/contact_point_vacant", to, event.facts())


def vacancy_filled(post: Post, event: VacancyFilled) -> None:
    """Those who were told that there was no contact point read that there is one again."""
    for to in addresses(post, serving(post, event.party_id, WATCHING)):
        post.letter("contacts/vacancy_filled", to, event.facts())


def contacts_confirmed(post: Post, event: ContactsConfirmed) -> None:
    """The quarter's card stands in the shared channel from the first party's word on, and shows the second."""
    if post.channel_cards(event.subject):
        post.refresh(event.subject)
    else:
        post.cards(event.subject, [post.channel(event.channel_id)])


def topics_kept(post: Post, event: TopicsKept) -> None:
    """Whoever is listed as covering something reads it, as long as they serve."""
    person = get_person(post.desk.session, event.person_id)
    if person.serves_on(post.desk.today):
        post.letter("contacts/topics_kept", post.person(person, headquarters(post)), event.facts())


REACTIONS: Reactions = {
    TopicsKept: (topics_kept,),
    PersonDesignated: (designation_cards,),
    DesignationEnded: (refresh_card, designation_ended, handed_over_at_the_end),
    DesignationEnding: (designation_ending,),
    DesignationOver: (refresh_card, handed_over_at_the_end),
    RosterImported: (left_for_another,),
    HandedOver: (handed_over,),
    ContactPointVacant: (vacant,),
    VacancyFilled: (vacancy_filled,),
    ContactsConfirmed: (contacts_confirmed,),
}
