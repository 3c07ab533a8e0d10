"""IV.1: a matter that is not shared yet is spoken of to its own party only, by that party's own app."""

from collections.abc import Iterable
from typing import Any

from bot.agreement.matters import MatterNear, MatterNoted, NotedMatter, concerned
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions
from bot.cards.matters import matter_facts
from bot.outbox import Address
from bot.post import Post
from bot.shapes import Button


def matter_noted(post: Post, event: MatterNoted) -> None:
    """Whoever noted it and the contact points of the same party read what it is and until when to share it."""
    row = post.desk.session.get_one(NotedMatter, event.matter_id)
    _tell(post, row, "matters/matter_noted", concerned(post.desk, row), {})


def matter_near(post: Post, event: MatterNear) -> None:
    """The same people are reminded before and on the last day."""
    row = post.desk.session.get_one(NotedMatter, event.matter_id)
    people = [post.desk.session.get_one(Person, key) for key in event.people]
    facts = {"planned_for": event.planned_for, "late": event.late, "days_left": event.days_left}
    _tell(post, row, "matters/matter_near", people, facts)


def _tell(post: Post, row: NotedMatter, letter: str, people: Iterable[Person], facts: dict[str, Any]) -> None:
    # Where a party has no app of its own, the other's would carry the words: then nothing is said at all.
    if row.party not in post.installed:
        return
    buttons = (
        Button("matters.share", str(row.key), "share", "primary"),
        Button("matters.withhold", str(row.key), "withhold"),
    )
    about = {**matter_facts(post.desk, row), **facts}
    for person in people:
        post.letter(letter, Address(row.party, person.user_id), about, buttons=buttons)


REACTIONS: Reactions = {
    MatterNoted: (matter_noted,),
    MatterNear: (matter_near,),
}
