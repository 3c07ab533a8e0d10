"""The doors of restricted information (IV.2-3): sent to people named, and read by nobody else."""

from collections.abc import Iterator, Sequence
from datetime import date

from slack_sdk.models.views import View

from bot.agreement import restricted
from bot.agreement.arrangements import CLAUSE, Arrangement
from bot.agreement.desk import Desk
from bot.agreement.people import Person
from bot.agreement.restricted import OnwardRule, candidates, protecting, visible
from bot.agreement.rights import Act
from bot.cards.restricted import restricted_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import escape, term, words
from bot.outbox import Message
from bot.shapes import SECTION_LIMIT, Block, Button, actions, blocks, framed, note, plain
from handlers.calls import Call, Replace, Reply, row_number

MOST = 100
"""Slack offers no more to choose from."""
SHARE = Form(
    "restricted/share_form",
    "restricted.share",
    (
        FormField("subject", FieldKind.LINE),
        FormField("text", FieldKind.TEXT, limit=3000),
        FormField("arrangement", FieldKind.CHOICE),
        FormField("others", FieldKind.SEVERAL),
        FormField("colleagues", FieldKind.SEVERAL, optional=True),
        FormField("onward", FieldKind.RADIO),
        FormField("retention_until", FieldKind.DAY),
    ),
)


def open_share(call: Call) -> Reply:
    """Open the form; where no arrangement is in force, nothing can travel, and the person reads what to do."""
    with call.reading(Act.SHARE_RESTRICTED) as desk:
        rows = protecting(desk)
        facts = {
            "clause": CLAUSE,
            "party": desk.definition.party(desk.person.party).abbreviation,
            "receiving": [party.abbreviation for party in desk.definition.others(desk.person.party)],
        }
        options = _options(desk, rows)
    call.open(SHARE.view(facts, options=options, initial={"onward": OnwardRule.NOBODY.value}))
    return None


def _options(desk: Desk, rows: Sequence[Arrangement]) -> dict[str, list[tuple[str, str]]]:
    people = candidates(desk)
    return {
        "arrangement": [(str(row.key), f"{row.number} {row.title}") for row in rows[:MOST]],
        "others": _choice(desk, [one for one in people if one.party != desk.person.party]),
        "colleagues": _choice(desk, [one for one in people if one.party == desk.person.party]),
        "onward": [(each.value, term(each)) for each in OnwardRule],
    }


def _choice(desk: Desk, people: Sequence[Person]) -> list[tuple[str, str]]:
    def label(person: Person) -> str:
        party = desk.definition.party(person.party).abbreviation
        return f"{person.name} ({party}, {person.office})" if person.office else f"{person.name} ({party})"

    return [(str(person.key), label(person)) for person in people[:MOST]]


def submit_share(call: Call) -> Reply:
    """Send what was filled in to the people named."""
    answers = call.answers
    until = answers["retention_until"]
    event = call.act(
        restricted.share,
        title=answers["subject"],
        text=answers["text"],
        arrangement_id=row_number(answers["arrangement"]),
        others=[row_number(each) for each in answers.get("others", ())],
        colleagues=[row_number(each) for each in answers.get("colleagues", ())],
        onward=OnwardRule(answers["onward"]),
        retention_until=until if isinstance(until, date) else None,
    )
    return Replace(note(words("restricted/sent", event.facts())))


def read(call: Call) -> Reply:
    """Put on record that the person reads it, and then show it to them and nobody else.

    Each press is a reading of its own; one press that arrives again is none, and shows nothing either.
    """
    number = row_number(call.value)
    if not call.put_on_record(restricted.read, restricted_id=number):
        return None
    with call.reading(Act.READ_RESTRICTED) as desk:
        view = _page(desk, number)
    call.open(view)
    return None


def _page(desk: Desk, number: int) -> View:
    row = visible(desk, number)
    parts = words("restricted/page", restricted_facts(desk, number))
    named = row.author_id != desk.person.key
    made = [
        *blocks({"body": parts["body"]}),
        *(_words_of_sender(text) for text in _pieces(row.title)),
        *(_words_of_sender(text) for text in _pieces(row.text)),
    ]
    if named:
        made.append(actions(parts, [Button("restricted.acknowledge", str(number), "acknowledge", "primary")]))
    made += blocks({"footer": parts["footer"]})
    # Called an answer, so that the answer to Acknowledge takes its place: Slack lays no more than three modals.
    return framed(Message("", made), parts)


def _words_of_sender(text: str) -> Block:
    # Plain text: whatever was typed calls nobody, links nowhere and turns into no picture.
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _pieces(text: str) -> Iterator[str]:
    shown = plain(escape(text))
    return (shown[start : start + SECTION_LIMIT] for start in range(0, len(shown), SECTION_LIMIT))


def acknowledge(call: Call) -> Reply:
    """Confirm that one has it and keeps to its rules."""
    event = call.act(restricted.acknowledge, restricted_id=row_number(call.value))
    return call.again(event.subject)
