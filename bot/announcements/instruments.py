"""IV.3 and IX.1(a): who is told of an instrument between the parties: both sides, in its place."""

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
from bot.agreement.rights import Role
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


def confirmation_asked(post: Post, event: InstrumentSigned | InstrumentCorrected) -> None:
    """Once all have signed, whoever did not state the particulars is asked in person to confirm them."""
    row = get_instrument(post.desk.session, event.instrument_id)
    if row.status is InstrumentStatus.SIGNED:
        _ask(post, event, row.stated_by, "confirm")


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
        _ask(post, event, row.stated_by, "confirm", ASKED | {Role.ALTERNATE})


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
    InstrumentFiled: (refresh_card, step_told, enclosed),
    InstrumentConfirmed: (refresh_card, step_told),
    EndingProposed: (refresh_card, step_told, ending_asked),
    EndingDropped: (refresh_card, step_told),
    EndingConfirmed: (refresh_card, step_told),
    InstrumentWithdrawn: (refresh_card, step_told),
    ConfirmationChased: (confirmation_chased,),
    InstrumentDayNear: (refresh_card, day_said),
    InstrumentBegan: (refresh_card, day_said),
    InstrumentClosed: (refresh_card, day_said),
}
