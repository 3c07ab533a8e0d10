"""V.3-2: who is told of a dossier that is opened, of what is missing in it, and of what was agreed and signed."""

from bot.agreement.files import Attachment, keep
from bot.agreement.fulfilments import fulfil
from bot.agreement.people import Person
from bot.agreement.review_contributions import ContributionSubmitted, ContributorNamed
from bot.agreement.review_days import DossierWanted, ReviewDayAgreed, ReviewDayProposed, ReviewHeld
from bot.agreement.review_prompts import ReviewPrompted
from bot.agreement.review_signatures import ReviewSigned
from bot.agreement.reviews import ReviewEvent, ReviewOpened, get_review
from bot.announcements.audiences import Reaction, Reactions, refresh_card
from bot.dossiers.facts import of_review
from bot.dossiers.formats import Form, written
from bot.outbox import Address
from bot.post import Post
from bot.review_records import write_review
from bot.shapes import Button


def review_opened(post: Post, event: ReviewOpened) -> None:
    """The card of the dossier goes to the global channel, where both sides find its buttons."""
    row = get_review(post.desk.session, event.review_id)
    post.cards(event.subject, [post.channel(row.channel_id)])


def review_thread(template: str) -> Reaction:
    """A reaction that answers in the thread of the dossier's card."""

    def react(post: Post, event: ReviewEvent) -> None:
        facts = {**event.facts(), "zone": post.desk.definition.tz}
        for card in post.channel_cards(event.subject):
            post.letter(template, Address(card.party, card.channel), facts, thread=card)

    return react


def contributor_told(post: Post, event: ContributorNamed) -> None:
    """Whoever was named to write a section hears of it in person."""
    row = get_review(post.desk.session, event.review_id)
    person = post.desk.session.get_one(Person, event.contributor_id)
    button = Button("reviews.contribute", str(row.key), "contribute", "primary")
    post.letter(
        "reviews/contributor_named", post.person(person, row.channel_id), event.facts(), buttons=(button,)
    )


def review_prompt(post: Post, event: ReviewPrompted) -> None:
    """Each person who is to contribute reads which of their sections are missing."""
    row = get_review(post.desk.session, event.review_id)
    button = Button("reviews.contribute", str(row.key), "contribute", "primary")
    for asked in event.asked:
        person = post.desk.session.get_one(Person, asked.person_id)
        to = post.person(person, row.channel_id)
        facts = {**event.facts(), "sections": asked.sections}
        post.letter("reviews/review_prompted", to, facts, buttons=(button,))


def review_record(post: Post, event: ReviewSigned) -> None:
    """Once both have signed, the record is filed and handed over, and the due date of the window is met."""
    if event.complete:
        row = get_review(post.desk.session, event.review_id)
        record = write_review(post.desk, post.entry, row)
        fulfil(post.desk, clause=event.clause, on=event.held_on, evidence=record.number)
        facts = {**event.facts(), "record_number": record.number}
        post.hand_over(record.id or 0, event.subject, "reviews/record_handed_over", facts)
    post.refresh(event.subject)


def dossier_enclosed(post: Post, event: DossierWanted) -> None:
    """The dossier as it stands, with submitted contributions only, in the thread of its card."""
    row = get_review(post.desk.session, event.review_id)
    content = written(post.desk, of_review(post.desk, row), Form.PDF)
    name = f"general-review-{row.number.replace('/', '-')}.pdf"
    file_id = keep(post.desk.session, Attachment(name, content))
    post.enclose(file_id or 0, event.subject, "reviews/dossier_enclosed", event.facts())


REACTIONS: Reactions = {
    ReviewOpened: (review_opened,),
    ContributorNamed: (contributor_told,),
    ContributionSubmitted: (refresh_card, review_thread("reviews/contribution_submitted")),
    ReviewDayProposed: (refresh_card, review_thread("reviews/review_day_proposed")),
    ReviewDayAgreed: (refresh_card, review_thread("reviews/review_day_agreed")),
    ReviewHeld: (refresh_card, review_thread("reviews/review_held")),
    ReviewPrompted: (review_prompt,),
    ReviewSigned: (review_thread("reviews/review_signed"), review_record),
    DossierWanted: (dossier_enclosed,),
}
