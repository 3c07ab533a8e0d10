"""The doors of VIII: the disputes that are open to somebody, and each of them read in a modal, on record."""

from typing import Any

from bot.agreement import dispute_entries, dispute_steps, disputes
from bot.agreement.desk import Desk
from bot.agreement.disputes import Dispute, DisputeStatus
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.cards.disputes import dispute_facts
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, actions, blocks, entry, framed, message
from handlers.calls import Call, Reply, Tell, row_number
from handlers.dispute_pages import page

MOST = 20


def open_disputes(call: Call) -> Reply:
    """`/instrument dispute` lists what is open to the person; with a number, it opens that one."""
    if not call.text:
        return listing(call)
    with call.reading(Act.READ_DISPUTE) as desk:
        number = disputes.by_number(desk, call.text).key
    return _read(call, number, 0)


def listing(call: Call) -> Reply:
    """The disputes that the person may know of, without a word of what they say."""
    with call.reading(Act.READ_DISPUTE) as desk:
        rows = [_line(desk, row) for row in disputes.visible_to(desk, desk.person, call.party)]
        raises = may(desk.session, desk.person, Act.RAISE_DISPUTE)
    facts = {"count": len(rows), "most": MOST, "raises": raises}
    parts = words("disputes/listing", facts)
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in rows[:MOST]:
        said = words("disputes/row", row)
        made.append(
            entry(said["line"], said, Button("disputes.read", str(row["dispute_id"]), "read"), said["spoken"])
        )
    if raises:
        made.append(actions(parts, [Button("disputes.raise", "new", "raise")]))
    made += blocks({"footer": parts["footer"]})
    return Tell(Message(parts["notice"], made))


def _line(desk: Desk, row: Dispute) -> dict[str, Any]:
    return {
        **dispute_facts(desk, row),
        "author": person_facts(desk, row.author_id),
        "draft": row.status is DisputeStatus.DRAFT,
    }


def read(call: Call) -> Reply:
    """Open one dispute, or an earlier part of its log."""
    key, _, skipped = call.value.partition("@")
    return _read(call, row_number(key), row_number(skipped))


def _read(call: Call, dispute_id: int, skipped: int) -> Reply:
    """Put on record that the person reads it, and then show it to them and nobody else.

    Each press is a reading of its own; one press that arrives again is none, and shows nothing either.
    """
    with call.reading(Act.READ_DISPUTE) as desk:
        disputes.visible(desk, dispute_id, call.party)
    if not call.put_on_record(dispute_steps.read, dispute_id=dispute_id):
        return None
    with call.reading(Act.READ_DISPUTE) as desk:
        shown = page(desk, disputes.visible(desk, dispute_id, call.party), skipped)
    # In a modal it takes the place of an answer, since Slack lays no more than three over each other. A message
    # would leave the words in a channel, so elsewhere it opens a modal of its own.
    if call.in_modal:
        return Tell(shown)
    call.open(framed(shown, words("disputes/frame", {})))
    return None


def send(call: Call) -> Reply:
    """Send the own draft to the other party, as it was seen."""
    key, _, seen = call.value.partition("@")
    event = call.act(
        dispute_entries.send, dispute_id=row_number(key), seen=row_number(seen), through=call.party
    )
    return _done(event.facts())


def discard(call: Call) -> Reply:
    """Give the own draft up."""
    event = call.act(dispute_entries.discard, dispute_id=row_number(call.value), through=call.party)
    return _done(event.facts())


def _done(facts: dict[str, object]) -> Reply:
    return Tell(message(words("disputes/done", facts)))
