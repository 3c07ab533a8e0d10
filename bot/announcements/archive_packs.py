"""VII.2: a party's archive pack goes to those who may hold it, through its own app; the joint one to the card."""

from bot.agreement.archive_packs import ArchivePack, ArchivePackMade
from bot.agreement.rights import RIGHTS, Act
from bot.announcements.audiences import Reactions, serving
from bot.outbox import Address
from bot.post import Post


def pack_handed_over(post: Post, event: ArchivePackMade) -> None:
    """Hand the pack to its readers, and let the card of the end say that it was made."""
    row = post.desk.session.get_one(ArchivePack, int(event.subject.rpartition(":")[2]))
    if event.reader:
        _to_its_party(post, event, row)
    else:
        _to_both(post, event, row)
    post.refresh(event.ending)


def _to_its_party(post: Post, event: ArchivePackMade, row: ArchivePack) -> None:
    facts = _facts(post, event, row)
    for person in serving(post, event.reader, RIGHTS[Act.HOLD_ARCHIVE].roles):
        to = post.private(person)
        if to is None:
            # What is private to a party must not pass through the other's app: it is handed over by hand.
            continue
        number = post.letter("packs/own", to, facts)
        if event.shown and row.file_id:
            post.attach(number, to, row.file_id, "packs/own_file", facts)


def _to_both(post: Post, event: ArchivePackMade, row: ArchivePack) -> None:
    facts, card = _facts(post, event, row), event.ending
    if event.shown and row.file_id:
        post.enclose(row.file_id, card, "packs/both", facts)
        return
    for posting in post.channel_cards(card):
        post.letter("packs/both", Address(posting.party, posting.channel), facts, thread=posting)


def _facts(post: Post, event: ArchivePackMade, row: ArchivePack) -> dict[str, object]:
    definition = post.desk.definition
    return {
        **event.facts(),
        "agreement": definition.short_title,
        "parties": tuple(party.abbreviation for party in definition.parties),
        "party": definition.party(event.reader).abbreviation if event.reader else "",
        "name": row.name,
        "megabytes": row.megabytes,
        "made_at": row.made_at,
        "zone": definition.tz,
    }


REACTIONS: Reactions = {ArchivePackMade: (pack_handed_over,)}
