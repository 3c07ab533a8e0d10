"""IV.2-1: who is told of documents offered, acknowledged, asked for again, and asked about."""

from bot.agreement.acknowledgements import receivers
from bot.agreement.channels import channel_for
from bot.agreement.document_acknowledgements import DocumentAcknowledged, DocumentNudged
from bot.agreement.documents import DocumentOffered, get_document
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person
from bot.agreement.report_series import SeriesPrompted, get_series
from bot.announcements.audiences import Reactions, refresh_card, serving
from bot.cards.documents import month_name
from bot.post import Post
from bot.shapes import Button


def document_cards(post: Post, event: DocumentOffered) -> None:
    """The document goes to the channel it was offered in, and to the other side's contact points in person.

    A file is shown in the thread of the channel's card, where both sides can open it.
    """
    row = get_document(post.desk.session, event.document_id)
    people = [post.person(person, row.channel_id) for person in receivers(post.desk, row)]
    post.cards(event.subject, [post.channel(row.channel_id), *people])
    if row.file_id:
        post.enclose(row.file_id, event.subject, "documents/file_enclosed", event.facts())


def document_thanks(post: Post, event: DocumentAcknowledged) -> None:
    """Whoever offered it hears in person that it has arrived, as long as they serve."""
    row = get_document(post.desk.session, event.document_id)
    author = post.desk.session.get_one(Person, row.author_id)
    if author.serves_on(post.desk.today):
        facts = {**event.facts(), "zone": post.desk.definition.tz}
        post.letter("documents/document_acknowledged", post.person(author, row.channel_id), facts)


def year_exchanged(post: Post, event: DocumentAcknowledged) -> None:
    """Both sides read in the global channel that the year's exchange of reports is on record as done."""
    if event.year_to:
        to = post.channel(channel_for(post.desk.session, "").channel_id)
        post.letter("documents/year_exchanged", to, event.facts())


def document_nudge(post: Post, event: DocumentNudged) -> None:
    """The other side is asked again; what it is sent becomes a card, and shows who acknowledges in the end."""
    row = get_document(post.desk.session, event.document_id)
    facts = {**event.facts(), "zone": post.desk.definition.tz}
    acknowledge = Button("documents.acknowledge", str(event.document_id), "acknowledge", "primary")
    for key in event.people:
        to = post.person(post.desk.session.get_one(Person, key), row.channel_id)
        post.letter("documents/document_nudged", to, facts, buttons=(acknowledge,), subject=event.subject)


def series_prompt(post: Post, event: SeriesPrompted) -> None:
    """The publishing side's own contact points are asked in person, and nobody of the other side."""
    row = get_series(post.desk.session, event.series_id)
    facts = {
        **event.facts(),
        "party": post.desk.definition.party(row.party).abbreviation,
        "month_name": month_name(row.month),
    }
    offer = Button("documents.offer", str(event.series_id), "offer", "primary")
    channel_id = channel_for(post.desk.session, "").channel_id
    for person in serving(post, row.party, OFFICE):
        post.letter("documents/series_prompted", post.person(person, channel_id), facts, buttons=(offer,))


REACTIONS: Reactions = {
    DocumentOffered: (document_cards,),
    DocumentAcknowledged: (refresh_card, document_thanks, year_exchanged),
    DocumentNudged: (document_nudge,),
    SeriesPrompted: (series_prompt,),
}
