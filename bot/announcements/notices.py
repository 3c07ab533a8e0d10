"""VII.1-2: who is told of a notice: its own side alone until it is sent, then those of both who deal with it."""

from collections.abc import Iterable

from bot.agreement.channels import channel_for
from bot.agreement.definition_values import Audience
from bot.agreement.desk import Desk
from bot.agreement.files import keep
from bot.agreement.notice_copies import NoticeLetterMade
from bot.agreement.notice_drafts import (
    NoticeAgreed,
    NoticeDrafted,
    NoticeDropped,
    NoticeRevised,
)
from bot.agreement.notice_effects import lapsed
from bot.agreement.notice_receipts import (
    NoticeAcknowledged,
    NoticeProven,
    NoticeReceived,
    NoticeSent,
    TerminationNear,
)
from bot.agreement.notice_withdrawals import NoticeWithdrawn, WithdrawalDropped, WithdrawalProposed
from bot.agreement.people import Person, holders
from bot.agreement.rights import NOTICE_ROOM, Role
from bot.agreement.stated_notices import LetterConfirmed, LetterDenied, LetterRetracted, LetterStated
from bot.agreement.terminations import NoticeEvent, Termination
from bot.announcements.audiences import Reactions, audience
from bot.cards.notices import notice_facts, room_subject
from bot.notice_letters import draft_letters
from bot.notice_papers import write_notice
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button

ANSWERING = frozenset({Role.CONTACT_POINT, Role.SIGNATORY})
"""Who is told of a notice of the other party."""


def room_opened(post: Post, event: NoticeDrafted) -> None:
    """Everybody of the notifying side who sees the room gets its card, and the drafter the letter."""
    row = _row(post, event)
    to = [address for person in _room(post.desk, row) if (address := post.private(person))]
    post.cards(room_subject(row.key), to)
    letter_made(post, event)


def letter_made(post: Post, event: NoticeEvent) -> None:
    """Whoever drafted it, or asked for it, gets the letter to print and to edit, in person."""
    row = _row(post, event)
    to = post.private(post.desk.person)
    if to is None:
        return
    facts = notice_facts(post.desk, row)
    number = post.letter("notices/letter_made", to, facts)
    for purpose, attachment in zip(("print", "edit"), draft_letters(post.desk, row), strict=True):
        file_id = keep(post.desk.session, attachment) or 0
        post.attach(number, to, file_id, f"notices/letter_to_{purpose}", facts)


def room_refreshed(post: Post, event: NoticeEvent) -> None:
    """The room's cards show how it stands."""
    post.refresh(room_subject(event.termination_id))


def voided(post: Post, event: NoticeRevised) -> None:
    """Whoever had agreed to the earlier wording hears that their agreement fell away."""
    people = [post.desk.session.get_one(Person, key) for key in event.voided]
    _tell_room(post, event, people, "approve")


def agreed(post: Post, event: NoticeAgreed) -> None:
    """The others of the room hear who agreed, and what is needed now."""
    row = _row(post, event)
    if row.is_private:
        _tell_room(post, event, _room(post.desk, row), "record_sent" if event.complete else "approve")
        return
    post.refresh(event.subject)
    _tell_both(post, event, [row.party], "confirm_letter")


def dropped(post: Post, event: NoticeDropped) -> None:
    """The others of the room hear that the draft was given up."""
    _tell_room(post, event, _room(post.desk, _row(post, event)))


def sent(post: Post, event: NoticeSent) -> None:
    """The other side's contact point and signatory learn of it in person; the room hears that it is on record."""
    row = _row(post, event)
    _tell_room(post, event, _room(post.desk, row))
    _cards(post, row, [party.id for party in post.desk.definition.others(row.party)])


def stated(post: Post, event: LetterStated) -> None:
    """The contact points and signatories of both sides get the card: one to confirm it, one as its own."""
    _cards(post, _row(post, event), [party.id for party in post.desk.definition.parties])


def received(post: Post, event: NoticeReceived) -> None:
    """Both sides hear from when it runs; once it runs, everybody may know, in the global channel."""
    row = _row(post, event)
    post.refresh(event.subject)
    post.refresh(room_subject(row.key))
    _tell_both(post, event, [party.id for party in post.desk.definition.parties])
    if event.first and row.is_public:
        post.cards(event.subject, [_channel(post)])


def filed(post: Post, event: NoticeReceived) -> None:
    """Once it is acknowledged, a joint record is filed, and shown in each language in the thread of its card."""
    row = _row(post, event)
    records = write_notice(post.desk, post.entry, row)
    facts = {"number": row.number, "record": records[0].number}
    post.hand_over_all(records, row.subject, "notices/filed", facts)


def ended_cards(post: Post, notice_id: int | None) -> list[str]:
    """The cards of the notice that ended the Agreement, if one did, and of those that lapsed by its end."""
    keys = (*([notice_id] if notice_id else []), *lapsed(post.desk.session))
    return [subject for key in keys for subject in (f"termination:{key}", room_subject(key))]


def case_refreshed(post: Post, event: NoticeEvent) -> None:
    """Every card of the case shows how it stands."""
    post.refresh(event.subject)
    post.refresh(room_subject(event.termination_id))


def withdrawal_asked(post: Post, event: WithdrawalProposed) -> None:
    """The other side is asked in person whether it agrees."""
    others = [party.id for party in post.desk.definition.others(event.by_party)]
    _tell_both(post, event, others, "agree_withdrawal")


def told_both(post: Post, event: NoticeEvent) -> None:
    """The people of both sides who deal with notices hear what happened."""
    _tell_both(post, event, [party.id for party in post.desk.definition.parties])


def withdrawn(post: Post, event: NoticeWithdrawn) -> None:
    """All who were told hear that the notice is withdrawn; in the channel, in the thread of its card."""
    told_both(post, event)
    facts = {**notice_facts(post.desk, _row(post, event)), **_said(post, event)}
    for row in post.channel_cards(event.subject):
        post.letter("notices/step", Address(row.party, row.channel), facts, thread=row)


def near(post: Post, event: TerminationNear) -> None:
    """The offices of both sides are told how many days are left."""
    row = post.desk.session.get_one(Termination, event.termination_id)
    facts = {**notice_facts(post.desk, row), **event.facts(), "party": _short(post, row.party)}
    show = (Button("notices.effect", str(row.key), "effect"),)
    for to in audience(post, Audience.PARTIES, channel_for(post.desk.session, "").channel_id):
        post.letter("notices/termination_near", to, facts, buttons=show)


def _row(post: Post, event: NoticeEvent) -> Termination:
    return post.desk.session.get_one(Termination, event.termination_id)


def _room(desk: Desk, row: Termination) -> list[Person]:
    return holders(desk.session, row.party, NOTICE_ROOM, desk.today)


def _channel(post: Post) -> Address:
    return post.channel(channel_for(post.desk.session, "").channel_id)


def _short(post: Post, party: str) -> str:
    return post.desk.definition.party(party).abbreviation


def _said(post: Post, event: NoticeEvent) -> dict[str, object]:
    short = {"party": _short(post, event.party), "by_party": _short(post, event.by_party)}
    return {**event.facts(), **short, "happened": event.name}


def _tell_room(post: Post, event: NoticeEvent, people: Iterable[Person], button: str = "") -> None:
    facts = {**notice_facts(post.desk, _row(post, event)), **_said(post, event)}
    buttons = (Button(f"notices.{button}", str(event.termination_id), button, "primary"),) if button else ()
    for person in people:
        to = post.private(person)
        if to and person.key != post.desk.person.key:
            post.letter("notices/step", to, facts, buttons=buttons)


def _tell_both(post: Post, event: NoticeEvent, parties: Iterable[str], button: str = "") -> None:
    facts = {**notice_facts(post.desk, _row(post, event)), **_said(post, event)}
    buttons = (Button(f"notices.{button}", str(event.termination_id), button, "primary"),) if button else ()
    channel = channel_for(post.desk.session, "").channel_id
    for party in parties:
        for person in holders(post.desk.session, party, ANSWERING, post.desk.today):
            if person.key != post.desk.person.key:
                post.letter("notices/step", post.person(person, channel), facts, buttons=buttons)


def _cards(post: Post, row: Termination, parties: Iterable[str]) -> None:
    channel = channel_for(post.desk.session, "").channel_id
    people = [
        person
        for party in parties
        for person in holders(post.desk.session, party, ANSWERING, post.desk.today)
    ]
    post.cards(row.subject, [post.person(person, channel) for person in people])


REACTIONS: Reactions = {
    NoticeDrafted: (room_opened,),
    NoticeLetterMade: (letter_made,),
    NoticeRevised: (room_refreshed, letter_made, voided),
    NoticeAgreed: (room_refreshed, agreed),
    NoticeDropped: (room_refreshed, dropped),
    NoticeSent: (room_refreshed, sent),
    NoticeProven: (received,),
    NoticeAcknowledged: (received, filed),
    LetterStated: (stated,),
    LetterConfirmed: (received, filed),
    LetterDenied: (case_refreshed, told_both),
    LetterRetracted: (case_refreshed, told_both),
    WithdrawalProposed: (case_refreshed, withdrawal_asked),
    WithdrawalDropped: (case_refreshed, told_both),
    NoticeWithdrawn: (case_refreshed, withdrawn),
    TerminationNear: (near,),
}
