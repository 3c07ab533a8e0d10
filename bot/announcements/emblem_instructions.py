"""IX.2-3: a new version of a party's instructions is shown to both, and told to those whose approvals run."""

from bot.agreement.emblem_instructions import InstructionsEntered, versions
from bot.agreement.emblems import get_request
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person
from bot.announcements.audiences import Reactions, serving
from bot.post import Post


def instructions_card(post: Post, event: InstructionsEntered) -> None:
    """The version goes to the global channel, its file into the thread; earlier versions say that it follows."""
    post.cards(event.subject, [post.channel(event.channel_id)])
    rows = versions(post.desk.session, event.party_id)
    if rows[0].file_id:
        post.enclose(rows[0].file_id, event.subject, "emblem_instructions/file_enclosed", event.facts())
    for earlier in rows[1:]:
        post.refresh(f"instructions:{earlier.key}")


def told_with_running_approvals(post: Post, event: InstructionsEntered) -> None:
    """Whoever asked for a use that still runs is told in person, once for all of theirs."""
    affected: dict[int, list[str]] = {}
    for key in event.affected:
        row = get_request(post.desk.session, key)
        asker = post.desk.session.get_one(Person, row.asked_by)
        present = asker.serves_on(post.desk.today)
        for person in [asker] if present else serving(post, row.asking_party, OFFICE):
            affected.setdefault(person.key, []).append(row.number)
    for key, numbers in affected.items():
        to = post.person(post.desk.session.get_one(Person, key), event.channel_id)
        post.letter("emblem_instructions/instructions_entered", to, {**event.facts(), "numbers": numbers})


REACTIONS: Reactions = {InstructionsEntered: (instructions_card, told_with_running_approvals)}
