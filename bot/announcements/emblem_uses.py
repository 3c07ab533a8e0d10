"""VI.1: who is told of drafts, of changed material, of a use, its last day, a revocation, and that it is over."""

from bot.agreement.emblem_drafts import EmblemDraftDropped, EmblemDrafted
from bot.agreement.emblem_endings import (
    EmblemMaterialChanged,
    EmblemRevoked,
    EmblemTakenDown,
    EmblemWithdrawn,
)
from bot.agreement.emblem_mentions import EmblemMention, PlainMentionNoted
from bot.agreement.emblem_uses import (
    EmblemEndNear,
    EmblemExpired,
    EmblemProofFiled,
    EmblemTakeDownChased,
    EmblemTakeDownUnanswered,
    EmblemUseBegun,
)
from bot.agreement.emblems import EmblemEvent, get_request
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person, may
from bot.agreement.rights import Act
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.announcements.emblems import (
    APPROVERS,
    asking_people,
    emblem_cards_again,
    emblem_mockup,
    emblem_thread,
)
from bot.cards.emblems import emblem_facts
from bot.post import Post
from bot.shapes import Button

Told = EmblemEvent | EmblemEndNear | EmblemTakeDownChased


def draft_card(post: Post, event: EmblemDrafted) -> None:
    """A new draft is shown to whoever wrote it, by their own party's app alone."""
    person = post.desk.person
    to = post.private(person)
    if event.new and to:
        post.cards(event.subject, [to])
    else:
        post.refresh(event.subject)


def thread(post: Post, event: EmblemEvent) -> None:
    """What was done is said in the thread of the card."""
    emblem_thread(f"emblems/{event.name}")(post, event)


def to_approvers(post: Post, event: EmblemEvent) -> None:
    """The owner's approvers hear of it in person."""
    row = get_request(post.desk.session, event.request_id)
    facts = {**emblem_facts(post.desk, row.key), **event.facts()}
    for person in serving(post, row.owner_party, APPROVERS):
        post.letter(f"emblems/{event.name}_owner", post.person(person, row.channel_id), facts)


def to_asker(post: Post, event: Told) -> None:
    """Whoever asked hears of it in person; once they have left, their contact point and alternate."""
    _tell(post, event, asking_people(post, get_request(post.desk.session, event.request_id)))


def to_asking_side(post: Post, event: Told) -> None:
    """Whoever asked hears of it in person, and so do their contact point and alternate."""
    row = get_request(post.desk.session, event.request_id)
    office = serving(post, row.asking_party, OFFICE)
    _tell(post, event, list({each.key: each for each in (*asking_people(post, row), *office)}.values()))


def _tell(post: Post, event: Told, people: list[Person]) -> None:
    row = get_request(post.desk.session, event.request_id)
    facts = {**emblem_facts(post.desk, row.key), **event.facts(), "late": getattr(event, "late", False)}
    buttons = (
        (Button("emblems.taken_down", str(row.key), "taken_down", "primary"),) if row.must_come_down else ()
    )
    subject = row.subject if buttons else ""
    for person in people:
        to = post.person(person, row.channel_id)
        post.letter(f"emblems/{event.name}_asker", to, facts, buttons=buttons, subject=subject)


def owner_told(post: Post, event: EmblemTakeDownUnanswered) -> None:
    """The owner's approvers, contact point and alternate are told once, with what they can do."""
    row = get_request(post.desk.session, event.request_id)
    facts = {**emblem_facts(post.desk, row.key), **event.facts()}
    people = serving(post, row.owner_party, APPROVERS | OFFICE)
    for person in people:
        # A dispute is drafted through the own party's app alone.
        may_raise = post.private(person) and may(post.desk.session, person, Act.RAISE_DISPUTE)
        raising = (Button("disputes.raise", "new", "raise"),) if may_raise else ()
        show = Button("emblems.show", row.number, "show")
        to = post.person(person, row.channel_id)
        said = {**facts, "may_raise": bool(raising)}
        post.letter("emblems/emblem_take_down_unanswered_owner", to, said, buttons=(show, *raising))


def proof_enclosed(post: Post, event: EmblemProofFiled) -> None:
    """A file that proves the use is shown in the thread of the card."""
    if event.file_id:
        post.enclose(event.file_id, event.subject, "emblems/proof_enclosed", event.facts())


def mention_told(post: Post, event: PlainMentionNoted) -> None:
    """The shared channel and the owner's approvers read that the owner is named in plain text."""
    row = post.desk.session.get_one(EmblemMention, event.mention_id)
    people = [post.person(one, row.channel_id) for one in serving(post, row.owner_party, APPROVERS)]
    for to in (post.channel(row.channel_id), *people):
        post.letter("emblems/plain_mention_noted", to, event.facts())


REACTIONS: Reactions = {
    EmblemDrafted: (draft_card,),
    EmblemDraftDropped: (refresh_card,),
    EmblemWithdrawn: (refresh_card, thread, to_approvers),
    EmblemMaterialChanged: (refresh_card, thread, emblem_mockup, emblem_cards_again),
    EmblemUseBegun: (refresh_card, thread),
    EmblemProofFiled: (refresh_card, thread, proof_enclosed),
    EmblemEndNear: (to_asker,),
    EmblemExpired: (refresh_card, thread, to_asking_side),
    EmblemRevoked: (refresh_card, thread, to_asking_side),
    EmblemTakeDownChased: (to_asking_side,),
    EmblemTakeDownUnanswered: (owner_told,),
    EmblemTakenDown: (refresh_card, thread, to_approvers),
    PlainMentionNoted: (mention_told,),
}
