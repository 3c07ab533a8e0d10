"""V.1: who is told that an office is to be told, has been told, is silent, or has confirmed."""

from collections.abc import Mapping

from bot.agreement.desk import Desk
from bot.agreement.distributions import (
    DistributionAcknowledged,
    OfficeSilent,
    OfficesTold,
    get_distribution,
    staff_of,
)
from bot.agreement.ledger import OFFICE
from bot.agreement.office_register import OfficeOpened, OfficePutOnRecord, get_office
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.announcements.contacts import addresses, headquarters
from bot.post import Post
from bot.shapes import Button


def offices_told(post: Post, event: OfficesTold) -> None:
    """Each office's staff get the note as a card on which to confirm; so does whoever sent it, to follow it."""
    sender = post.desk.session.get_one(Person, event.by_id)
    for distribution_id in event.distributions:
        people = {one.key: one for one in [*_staff(post.desk, distribution_id), sender]}
        post.cards(f"distribution:{distribution_id}", addresses(post, list(people.values())))


def _staff(desk: Desk, distribution_id: int) -> list[Person]:
    row = get_distribution(desk, distribution_id)
    return staff_of(desk, get_office(desk.session, row.office_id))


def office_silent(post: Post, event: OfficeSilent) -> None:
    """The office is asked again, and its party's office reads that it is silent; the other party does not.

    What they are sent becomes a card of the telling, so that it, too, shows who confirms in the end.
    """
    value = event.subject.rpartition(":")[2]
    acknowledge = Button("distributions.acknowledge", value, "acknowledge", "primary")
    record = Button("distributions.record", value, "record")
    staff = [post.desk.session.get_one(Person, key) for key in event.people]
    facts = event.facts()
    for to in addresses(post, staff):
        post.letter(
            "distributions/office_silent",
            to,
            {**facts, "own": True},
            buttons=(acknowledge,),
            subject=event.subject,
        )
    for to in addresses(post, [one for one in serving(post, event.party_id, OFFICE) if one not in staff]):
        post.letter(
            "distributions/office_silent",
            to,
            {**facts, "own": False},
            buttons=(record,),
            subject=event.subject,
        )


def office_confirmed(post: Post, event: DistributionAcknowledged) -> None:
    """Both sides read when the last office of both parties has confirmed, and the duty is met by that."""
    if event.settled:
        post.letter("distributions/all_told", post.channel(headquarters(post)), event.facts())


def office_put_on_record(post: Post, event: OfficePutOnRecord) -> None:
    """The other side reads of the office in the shared channel; its own party, that it is to be told."""
    if event.new or {"closed_on", "head", "head_since", "name"} & set(event.changed):
        post.letter("offices/office_put_on_record", post.channel(headquarters(post)), event.facts())
    if event.to_tell:
        _ask_to_tell(post, event.party_id, str(event.office_id), event.facts())


def office_opened(post: Post, event: OfficeOpened) -> None:
    """The party whose office opens today is asked to tell it."""
    office_id = event.subject.rpartition(":")[2]
    facts = {**event.facts(), "office": event.title, "new": True, "opened_on": event.due_on}
    _ask_to_tell(post, event.party_id, office_id, facts)


def _ask_to_tell(post: Post, party: str, office_id: str, facts: Mapping[str, object]) -> None:
    tell = Button("distributions.tell", office_id, "tell", "primary")
    for to in addresses(post, serving(post, party, OFFICE)):
        post.letter("offices/office_to_tell", to, facts, buttons=(tell,))


REACTIONS: Reactions = {
    OfficesTold: (offices_told,),
    OfficeSilent: (office_silent,),
    DistributionAcknowledged: (refresh_card, office_confirmed),
    OfficePutOnRecord: (office_put_on_record,),
    OfficeOpened: (office_opened,),
}
