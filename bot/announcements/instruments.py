"""IV.3 and IX.1(a): who is told of an instrument between the parties: both sides, in its place."""

from bot.agreement.channels import all_channels
from bot.agreement.desk import Desk
from bot.agreement.instrument_confirmations import (
    EndingConfirmed,
    EndingDropped,
    EndingProposed,
    InstrumentConfirmed,
)
from bot.agreement.instrument_dates import (
    ConfirmationChased,
    InstrumentBegan,
    InstrumentClosed,
    InstrumentDayNear,
    InstrumentFollowedUp,
)
from bot.agreement.instrument_entries import (
    InstrumentCorrected,
    InstrumentEntered,
    InstrumentFiled,
    InstrumentSigned,
    InstrumentWithdrawn,
)
from bot.agreement.instruments import Instrument, InstrumentChanged, InstrumentStatus, get_instrument
from bot.agreement.people import Person, holders
from bot.agreement.rights import TREATY, Role
from bot.agreement.supersessions import replaces
from bot.announcements.audiences import Reactions, refresh_card
from bot.cards.instruments import instrument_facts
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

ASKED = frozenset({Role.CONTACT_POINT, Role.LEGAL})
"""Who is asked to sign or to confirm; others of their side who may do it see it in their App Home."""


def instrument_cards(post: Post, event: InstrumentEntered) -> None:
    """The card goes to the instrument's place, with its file, and to the other side in person."""
    row = get_instrument(post.desk.session, event.instrument_id)
    people = [post.person(person, row.channel_id) for person in _others(post.desk, row.stated_by)]
    post.cards(event.subject, [post.channel(row.channel_id), *people])
    if event.file_given:
        enclosed(post, event)


def enclosed(post: Post, event: InstrumentChanged) -> None:
    """A file is shown in the thread of the card in the instrument's place."""
    row = get_instrument(post.desk.session, event.instrument_id)
    if row.file_id:
        post.enclose(row.file_id, event.subject, "instruments/file_enclosed", event.facts())


def step_told(post: Post, event: InstrumentChanged) -> None:
    """What was done is said in the thread of the card."""
    facts = {**instrument_facts(post.desk, event.instrument_id), **event.facts()}
    for row in post.channel_cards(event.subject):
        post.letter("instruments/step", Address(row.party, row.channel), facts, thread=row)


def confirmation_asked(post: Post, event: InstrumentChanged) -> None:
    """Once all have signed, whoever did not state the particulars is asked in person to confirm them."""
    row = get_instrument(post.desk.session, event.instrument_id)
    if row.status is InstrumentStatus.SIGNED:
        _ask(post, event, row.stated_by, "confirm", _asked(row))


def file_confirmed(post: Post, event: InstrumentFiled) -> None:
    """The signed file of what replaces the Agreement is confirmed by the party that did not hand it in."""
    row = get_instrument(post.desk.session, event.instrument_id)
    if replaces(row) and not row.is_confirmed:
        confirmation_asked(post, event)


def supersession_told(post: Post, event: InstrumentConfirmed) -> None:
    """That a new agreement takes the place of this one is said in every shared channel, and in person (X.2)."""
    row = get_instrument(post.desk.session, event.instrument_id)
    if not replaces(row):
        return
    facts = {**instrument_facts(post.desk, row.key), **event.facts()}
    channels = all_channels(post.desk.session)
    parties = [party.id for party in post.desk.definition.parties]
    people = [one for party in parties for one in holders(post.desk.session, party, TREATY, post.desk.today)]
    places = [post.channel(each.channel_id) for each in channels]
    for to in [*places, *(post.person(one, row.channel_id) for one in people)]:
        show = (Button("instruments.show", row.number, "show"),)
        post.letter("instruments/supersession_agreed", to, facts, buttons=show)


def _asked(row: Instrument) -> frozenset[Role]:
    return frozenset({Role.SIGNATORY}) if replaces(row) else ASKED


def ending_asked(post: Post, event: EndingProposed) -> None:
    """The other side is asked in person to confirm an early end."""
    row = get_instrument(post.desk.session, event.instrument_id)
    _ask(post, event, row.ending_by, "confirm_ending")


def confirmation_chased(post: Post, event: ConfirmationChased) -> None:
    """The other side is asked again in person, its alternate too."""
    row = get_instrument(post.desk.session, event.instrument_id)
    if event.ending:
        _ask(post, event, row.ending_by, "confirm_ending", ASKED | {Role.ALTERNATE})
    else:
        asked = _asked(row) if replaces(row) else ASKED | {Role.ALTERNATE}
        _ask(post, event, row.stated_by, "confirm", asked)


def _ask(
    post: Post,
    event: InstrumentChanged | ConfirmationChased,
    stated_by: str,
    button: str,
    roles: frozenset[Role] = ASKED,
) -> None:
    row = get_instrument(post.desk.session, event.instrument_id)
    facts = {**instrument_facts(post.desk, event.instrument_id), "asked": button}
    facts["again"] = isinstance(event, ConfirmationChased)
    buttons = (Button(f"instruments.{button}", str(row.key), button, "primary"),)
    for person in _others(post.desk, stated_by, roles):
        to = post.person(person, row.channel_id)
        post.letter("instruments/confirmation_asked", to, facts, buttons=buttons, subject=event.subject)


def day_said(post: Post, event: InstrumentFollowedUp) -> None:
    """What the clock says of an instrument is said in its place."""
    row: Instrument = get_instrument(post.desk.session, event.instrument_id)
    facts = {**instrument_facts(post.desk, event.instrument_id), **event.facts(), "status": row.status}
    show = (Button("instruments.show", row.number, "show"),)
    post.letter(f"instruments/{event.name}", post.channel(row.channel_id), facts, buttons=show)


def _others(desk: Desk, party: str, roles: frozenset[Role] = ASKED) -> list[Person]:
    return [
        person
        for other in desk.definition.others(party)
        for person in holders(desk.session, other.id, roles, desk.today)
    ]


REACTIONS: Reactions = {
    InstrumentEntered: (instrument_cards,),
    InstrumentCorrected: (refresh_card, step_told, confirmation_asked),
    InstrumentSigned: (refresh_card, step_told, confirmation_asked),
    InstrumentFiled: (refresh_card, step_told, enclosed, file_confirmed),
    InstrumentConfirmed: (refresh_card, step_told, supersession_told),
    EndingProposed: (refresh_card, step_told, ending_asked),
    EndingDropped: (refresh_card, step_told),
    EndingConfirmed: (refresh_card, step_told),
    InstrumentWithdrawn: (refresh_card, step_told),
    ConfirmationChased: (confirmation_chased,),
    InstrumentDayNear: (refresh_card, day_said),
    InstrumentBegan: (refresh_card, day_said),
    InstrumentClosed: (refresh_card, day_said),
}
