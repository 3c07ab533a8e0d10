"""Event → audience → letter: who is told what when something happens. The table at the end is the product."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.agreement.acknowledgements import AcknowledgementNudged, UpdateAcknowledged, receivers
from bot.agreement.catching_up import SOON, CaughtUp
from bot.agreement.channels import get_channel
from bot.agreement.definition_values import Audience
from bot.agreement.emblems import (
    EmblemDecided,
    EmblemEscalated,
    EmblemEvent,
    EmblemInformationGiven,
    EmblemQuestioned,
    EmblemRequested,
    EmblemStatus,
    get_request,
)
from bot.agreement.events import Event
from bot.agreement.exchange_periods import NothingReported
from bot.agreement.exchange_prompts import ExchangePrompted
from bot.agreement.exchanges import UpdateShared, get_exchange
from bot.agreement.ledger import OFFICE, ReminderDue
from bot.agreement.people import Person, Role, holders
from bot.agreement.registrations import ChannelRegistered
from bot.agreement.settlements import OccurrenceMet, OccurrenceNotKnown, WaiverGiven
from bot.agreement.time_limits import civil_day
from bot.cards import emblem_facts
from bot.emblem_records import write_record
from bot.outbox import Address, Posting, cards
from bot.post import Post
from bot.shapes import Button
from bot.trouble_letters import lane_blocked
from bot.troubles import LaneBlocked

E = TypeVar("E", bound=Event)
APPROVERS = frozenset({Role.EMBLEM_APPROVER})
MOST = 15
"""How many lines one letter lists; it says how many more there are, and where."""
Reaction = Callable[[Post, Any], None]


def announce(post: Post, event: Event) -> None:
    """Queue everything that is to be said about `event`, in the transaction that journals it."""
    for react in ANNOUNCEMENTS.get(type(event), ()):
        react(post, event)


def emblem_cards(post: Post, event: EmblemRequested) -> None:
    """The card goes to the shared channel and to each of the owner's approvers."""
    row = get_request(post.desk.session, event.request_id)
    approvers = _serving(post, row.owner_party, APPROVERS)
    people = [post.person(person, row.channel_id) for person in approvers]
    post.cards(event.subject, [post.channel(row.channel_id), *people])
    emblem_mockup(post, event)


def emblem_mockup(post: Post, event: EmblemRequested | EmblemInformationGiven) -> None:
    """The mock-up itself goes to the card's thread: approvers decide on what they can see."""
    row = get_request(post.desk.session, event.request_id)
    replaced = isinstance(event, EmblemInformationGiven) and event.mockup_replaced
    if row.mockup_file_id and event.mockup_given:
        facts = {**event.facts(), "replaced": replaced}
        post.enclose(row.mockup_file_id, event.subject, "emblems/mockup_enclosed", facts)


def emblem_cards_again(post: Post, event: EmblemInformationGiven) -> None:
    """An update calls nobody, so the owner's approvers are sent the card anew: it is their turn again."""
    row = get_request(post.desk.session, event.request_id)
    people = _serving(post, row.owner_party, APPROVERS)
    post.cards(event.subject, [post.person(person, row.channel_id) for person in people])


def refresh_card(post: Post, event: Event) -> None:
    """Every card of the case shows how it stands now."""
    post.refresh(event.subject)


def emblem_thread(template: str) -> Reaction:
    """A line in the thread of the request's card."""

    def react(post: Post, event: EmblemEvent) -> None:
        facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
        for row in post.channel_cards(event.subject):
            post.letter(template, Address(row.party, row.channel), facts, thread=row)

    return react


def emblem_answer_to_asker(post: Post, event: EmblemEvent) -> None:
    """Whoever asked hears of the answer in person; once they have left, their contact point and alternate.

    A question becomes a card of the request, so that its button goes once it is answered.
    """
    row = get_request(post.desk.session, event.request_id)
    asker = post.desk.session.get_one(Person, row.asked_by)
    serving = asker.serves_on(post.desk.today)
    people = [asker] if serving else _serving(post, row.asking_party, OFFICE)
    facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
    buttons: tuple[Button, ...] = ()
    subject = event.subject if isinstance(event, EmblemQuestioned) else ""
    if subject:
        buttons = (Button("emblems.give_information", str(event.request_id), "give_information", "primary"),)
    for person in people:
        to = post.person(person, row.channel_id)
        post.letter(f"emblems/{event.name}_asker", to, facts, buttons=buttons, subject=subject)


def emblem_lapse_to_approvers(post: Post, event: EmblemDecided) -> None:
    """The owner's approvers, who were asked in person, hear in person that the request has lapsed."""
    if event.status is not EmblemStatus.LAPSED:
        return
    row = get_request(post.desk.session, event.request_id)
    facts = {**emblem_facts(post.desk, event.request_id), **event.facts()}
    for person in _serving(post, row.owner_party, APPROVERS):
        post.letter("emblems/emblem_lapsed_owner", post.person(person, row.channel_id), facts)


def emblem_escalation(post: Post, event: EmblemEscalated) -> None:
    """Whoever has to answer is reminded in person, and so are their contact point and alternate."""
    row = get_request(post.desk.session, event.request_id)
    waiting_for_owner = event.status is EmblemStatus.SUBMITTED
    party = row.owner_party if waiting_for_owner else row.asking_party
    people = _serving(post, party, (APPROVERS if waiting_for_owner else frozenset()) | OFFICE)
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
    for to in _nudged(post, event):
        post.letter(
            "exchanges/acknowledgement_nudged", to, facts, buttons=(acknowledge,), subject=event.subject
        )


def exchange_prompt(post: Post, event: ExchangePrompted) -> None:
    """The channel is asked what there is to share; a second call goes to the thread of the first."""
    to = post.channel(event.channel_id)
    thread = None if event.first_call else _first(post, event.subject, to)
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
    post.letter("exchanges/nothing_reported", to, event.facts(), thread=_first(post, event.subject, to))


def reminder(post: Post, event: ReminderDue) -> None:
    """A due date comes near: told in the channel of its scope, or to each side's contact points privately."""
    duty = post.desk.definition.duty(event.duty)
    buttons = [Button("settlements.open", str(event.occurrence_id), "settle")] if duty.settle else []
    for to in _audience(post, duty.audience, event.channel_id):
        post.instead(event.about, to)
        post.letter("ledger/reminder_due", to, event.facts(), buttons=buttons)


def caught_up(post: Post, event: CaughtUp) -> None:
    """What is minor and late comes in one letter to each channel and person, one line each."""
    lines: dict[Address, list[dict[str, Any]]] = {}
    for covered in event.covers:
        for to in dict.fromkeys(_addressees(post, covered)):
            lines.setdefault(to, []).append(_line(post, covered))
    for to, told in lines.items():
        facts = {"lines": told[:MOST], "count": len(told), "more": len(told[MOST:]), "soon": SOON}
        dues = [Button("agreement.due", "due", "due")] if any(not line["share"] for line in told) else []
        shares = [Button("exchanges.list", "list", "list")] if any(line["share"] for line in told) else []
        clauses = sorted({line["clause"] for line in told})
        post.letter("ledger/caught_up", to, {**facts, "clauses": clauses}, buttons=dues + shares)


def _line(post: Post, event: Event) -> dict[str, Any]:
    facts: dict[str, Any] = event.facts()
    late = {"days_late": (post.desk.today - facts["planned_for"]).days}
    if isinstance(event, AcknowledgementNudged):
        return {
            **facts,
            **late,
            "share": True,
            "shared_on": civil_day(event.shared_at, post.desk.definition.tz),
        }
    return {**facts, **late, "share": False}


def _addressees(post: Post, event: Event) -> Sequence[Address]:
    if isinstance(event, ReminderDue):
        return _audience(post, post.desk.definition.duty(event.duty).audience, event.channel_id)
    return _nudged(post, event) if isinstance(event, AcknowledgementNudged) else ()


def _nudged(post: Post, event: AcknowledgementNudged) -> Sequence[Address]:
    row = get_exchange(post.desk.session, event.exchange_id)
    people = [post.desk.session.get_one(Person, key) for key in event.people]
    return [post.person(person, row.channel_id) for person in people]


def settled(post: Post, event: OccurrenceMet | OccurrenceNotKnown | WaiverGiven) -> None:
    """Both sides read what was put on record about a due date; a waiver proposed can be agreed to there."""
    buttons: tuple[Button, ...] = ()
    if isinstance(event, WaiverGiven) and not event.complete:
        buttons = (Button("settlements.agree", str(event.occurrence_id), "agree", confirm=True),)
    post.letter(f"ledger/{event.name}", post.channel(event.channel_id), event.facts(), buttons=buttons)


def welcome(post: Post, event: ChannelRegistered) -> None:
    """A new channel reads once what it is for, and where people begin."""
    definition = post.desk.definition
    for number in event.added:
        to = post.channel(number)
        facts = {
            "title": definition.short_title,
            "parties": tuple(party.abbreviation for party in definition.parties),
            "scope": get_channel(post.desk.session, number).scope,
            "speaker": definition.party(to.party).abbreviation,
        }
        post.letter("channels/welcome", to, facts, buttons=(Button("menu.open", "menu", "menu"),))


def _serving(post: Post, party: str, roles: frozenset[Role]) -> list[Person]:
    return holders(post.desk.session, party, roles, post.desk.today)


def _audience(post: Post, audience: Audience, channel_id: str) -> Sequence[Address]:
    if audience is Audience.AGREEMENT:
        return [post.channel(channel_id)]
    people = [person for party in post.desk.definition.parties for person in _serving(post, party.id, OFFICE)]
    return [post.person(person, channel_id) for person in people]


def _first(post: Post, subject: str, to: Address) -> Posting | None:
    """The prompt that was posted for an occurrence, whose thread holds what follows."""
    earlier = cards(post.desk.session, subject.replace("occurrence:", "prompt:"))
    return next((row for row in earlier if Address(row.party, row.channel) == to), None)


ANNOUNCEMENTS: Mapping[type[Event], tuple[Reaction, ...]] = {
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
    UpdateShared: (exchange_cards,),
    UpdateAcknowledged: (refresh_card, exchange_thanks),
    AcknowledgementNudged: (exchange_nudge,),
    ExchangePrompted: (exchange_prompt,),
    NothingReported: (nothing_reported,),
    ReminderDue: (reminder,),
    CaughtUp: (caught_up,),
    OccurrenceMet: (settled,),
    OccurrenceNotKnown: (settled,),
    WaiverGiven: (settled,),
    ChannelRegistered: (welcome,),
    LaneBlocked: (lane_blocked,),
}
