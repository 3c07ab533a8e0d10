"""VII.3: who is told of an amendment: of a draft the party that writes it, of all else both."""

from collections.abc import Iterable
from typing import Any

from bot.agreement.amendment_drafts import (
    AmendmentDrafted,
    AmendmentProposed,
    AmendmentRedrafted,
    AmendmentRevised,
    AmendmentWithdrawn,
)
from bot.agreement.amendment_effects import (
    AmendmentFollowedUp,
    AmendmentTold,
    AmendmentTookEffect,
    AnswerChased,
    EffectNear,
    SignatureChased,
)
from bot.agreement.amendment_signatures import (
    AmendmentAgreed,
    AmendmentDeclined,
    AmendmentFiled,
    AmendmentPartySigned,
    AmendmentSealed,
)
from bot.agreement.amendments import Amendment, AmendmentEvent, get_amendment, signatures
from bot.agreement.people import Person, holders
from bot.agreement.rights import RIGHTS, Act, Role
from bot.amendment_records import write_amendment_record
from bot.announcements.audiences import Reactions
from bot.cards.amendments import amendment_facts
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

ASKED = frozenset({Role.CONTACT_POINT, Role.LEGAL})
"""Who is asked for a signature or a file; others of their side who may do it see it in their App Home."""
ANSWERING = RIGHTS[Act.ANSWER_AMENDMENT].roles


def draft_cards(post: Post, event: AmendmentDrafted) -> None:
    """The draft goes to its author by the own party's app, and nowhere else."""
    row = _row(post, event)
    author = post.desk.session.get_one(Person, row.drafted_by)
    to = post.private(author)
    if to:
        post.cards(row.draft, [to])


def draft_redrawn(post: Post, event: AmendmentEvent) -> None:
    """The draft shows how it stands, where its author has it."""
    post.refresh(_row(post, event).draft)


def proposed(post: Post, event: AmendmentProposed) -> None:
    """The first version comes as a card to the shared channel; of each the other side's people are asked."""
    row = _row(post, event)
    if event.version == 1:
        post.cards(event.subject, [post.channel(row.channel_id)])
    else:
        redrawn(post, event)
        step_told(post, event)
    _ask(post, event, "agree", [party.id for party in post.desk.definition.others(row.party)], ANSWERING)


def redrawn(post: Post, event: AmendmentEvent) -> None:
    """Every card shows how it stands now."""
    post.refresh(event.subject)


def step_told(post: Post, event: AmendmentEvent) -> None:
    """What was done is said in the thread of the card."""
    facts = {**amendment_facts(post.desk, event.amendment_id), **event.facts()}
    for row in post.channel_cards(event.subject):
        post.letter("amendments/step", Address(row.party, row.channel), facts, thread=row)


def signatures_asked(post: Post, event: AmendmentAgreed) -> None:
    """Both sides are asked to sign what they agreed on."""
    _ask(post, event, "sign", [party.id for party in post.desk.definition.parties])


def missing_asked(post: Post, event: AmendmentEvent | AmendmentFollowedUp) -> None:
    """Whoever can do what is missing is asked: to sign, to hand in the file, or to confirm it."""
    row = _row(post, event)
    parties = [party.id for party in post.desk.definition.parties]
    unsigned = [party for party in parties if party not in signatures(post.desk.session, row)]
    if unsigned:
        _ask(post, event, "sign", unsigned)
    elif row.file_id is None:
        _ask(post, event, "file", parties)
    else:
        _ask(post, event, "confirm", [party for party in parties if party != row.file_by])


def party_signed(post: Post, event: AmendmentPartySigned) -> None:
    """Once both have signed, what is still missing is asked for."""
    if event.complete:
        missing_asked(post, event)


def file_enclosed(post: Post, event: AmendmentFiled) -> None:
    """The signed file is shown in the thread of the card; once both have signed, the other is to confirm it."""
    post.enclose(event.file_id, event.subject, "amendments/file_enclosed", event.facts())
    row = _row(post, event)
    if len(signatures(post.desk.session, row)) == len(post.desk.definition.parties):
        missing_asked(post, event)


def record_handed_over(post: Post, event: AmendmentSealed) -> None:
    """The joint record goes to the thread of the card in each language, for both registries."""
    records = write_amendment_record(post.desk, post.entry, event)
    facts = {**event.facts(), "record_number": records[0].number}
    post.hand_over_all(records, event.subject, "amendments/record_handed_over", facts)


def answer_chased(post: Post, event: AnswerChased) -> None:
    """The other side is asked again in person."""
    row = _row(post, event)
    _ask(post, event, "agree", [party.id for party in post.desk.definition.others(row.party)], ANSWERING)


def effect_said(post: Post, event: AmendmentTold) -> None:
    """Both parties hear that the Agreement is amended: in the channel, and their contact points in person."""
    row = _row(post, event)
    facts = {**amendment_facts(post.desk, event.amendment_id), **event.facts()}
    parties = [party.id for party in post.desk.definition.parties]
    people = [post.person(each, row.channel_id) for each in _people(post, parties, ASKED)]
    show = (Button("amendments.show", row.number, "show"),)
    for to in [post.channel(row.channel_id), *people]:
        post.letter("amendments/amendment_in_force", to, facts, buttons=show)


def effect_near(post: Post, event: EffectNear) -> None:
    """The day of an amendment that comes near is said in its channel."""
    row = _row(post, event)
    facts = {**amendment_facts(post.desk, event.amendment_id), **event.facts()}
    show = (Button("amendments.show", row.number, "show"),)
    post.letter("amendments/effect_near", post.channel(row.channel_id), facts, buttons=show)


def _row(post: Post, event: AmendmentEvent | AmendmentFollowedUp) -> Amendment:
    return get_amendment(post.desk.session, event.amendment_id)


def _people(post: Post, parties: Iterable[str], roles: frozenset[Role]) -> list[Person]:
    desk = post.desk
    return [one for party in parties for one in holders(desk.session, party, roles, desk.today)]


def _ask(
    post: Post,
    event: AmendmentEvent | AmendmentFollowedUp,
    button: str,
    parties: Iterable[str],
    roles: frozenset[Role] = ASKED,
) -> None:
    row = _row(post, event)
    facts: dict[str, Any] = {**amendment_facts(post.desk, event.amendment_id), "asked": button}
    facts["again"] = isinstance(event, AmendmentFollowedUp)
    buttons = (
        Button(f"amendments.{button}", str(row.key), button, "primary"),
        Button("amendments.show", row.number, "show"),
    )
    for person in _people(post, parties, roles):
        to = post.person(person, row.channel_id)
        post.letter("amendments/asked", to, facts, buttons=buttons)


REACTIONS: Reactions = {
    AmendmentDrafted: (draft_cards,),
    AmendmentRedrafted: (draft_redrawn,),
    AmendmentProposed: (draft_redrawn, proposed),
    AmendmentRevised: (draft_redrawn, redrawn, step_told),
    AmendmentWithdrawn: (draft_redrawn, redrawn, step_told),
    AmendmentAgreed: (redrawn, step_told, signatures_asked),
    AmendmentDeclined: (redrawn, step_told),
    AmendmentPartySigned: (redrawn, step_told, party_signed),
    AmendmentFiled: (redrawn, step_told, file_enclosed),
    AmendmentSealed: (redrawn, step_told, record_handed_over),
    AmendmentTookEffect: (redrawn,),
    AmendmentTold: (effect_said,),
    AnswerChased: (answer_chased,),
    SignatureChased: (missing_asked,),
    EffectNear: (effect_near,),
}
