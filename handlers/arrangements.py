"""The doors of the register of IV.2-3: the arrangements that protect confidential or restricted material."""

from typing import Any

from bot.agreement import arrangements
from bot.agreement.arrangements import CLAUSE
from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.restricted import visible_to
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.arrangements import arrangement_facts
from bot.cards.restricted import restricted_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import say, words
from bot.outbox import Message
from bot.shapes import Block, Button, actions, blocks, entry, note, section
from handlers.calls import Call, Replace, Reply, Tell, row_number

MOST = 10
"""How many lines of one kind the list shows; it says how many more there are."""
RECORD = Form(
    "arrangements/record_form",
    "arrangements.record",
    (
        FormField("subject", FieldKind.LINE),
        FormField("bound", FieldKind.CHECKS),
        FormField("protects", FieldKind.TEXT, limit=1000),
        FormField("from_on", FieldKind.DAY),
        FormField("until_on", FieldKind.DAY, optional=True),
        FormField("reference", FieldKind.LINE, optional=True),
        FormField("file", FieldKind.FILE, optional=True),
    ),
)


def listing(call: Call) -> Reply:
    """The register, and what the person themselves sent or is named for; with a number, that arrangement."""
    if call.text:
        return show(call)
    with call.reading() as desk:
        return Tell(_listing(desk))


def show(call: Call) -> Reply:
    """One arrangement as it stands, by the number people quote."""
    with call.reading() as desk:
        row = arrangements.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"arrangement:{row.key}"))


def _listing(desk: Desk) -> Message:
    rows = arrangements.all_arrangements(desk.session)
    mine = visible_to(desk, desk.person)
    facts = {"clause": CLAUSE, "count": len(rows), "more": len(rows[MOST:])}
    parts = {**words("menu/labels", {}), **words("arrangements/listing", facts)}
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in rows[:MOST]:
        line = arrangement_facts(desk, row.key)
        text = say("arrangements/rows", "arrangement", {"row": line, "today": desk.today})
        made.append(entry(text, parts, Button("arrangements.show", row.number, "show"), spoken=row.number))
    if mine:
        made.append(section(say("arrangements/rows", "mine", {"more": len(mine[MOST:])})))
    for own in mine[:MOST]:
        facts_of = restricted_facts(desk, own.key)
        read = None if own.purged_at else Button("restricted.read", str(own.key), "read")
        made.append(entry(say("arrangements/rows", "restricted", {"row": facts_of}), parts, read, own.number))
    made += _doors(desk, parts)
    return Message(parts["notice"], [*made, *blocks({"footer": parts["footer"]})])


def _doors(desk: Desk, parts: dict[str, str]) -> list[Block]:
    doors = (
        (Act.RECORD_ARRANGEMENT, Button("arrangements.record", "new", "add")),
        (Act.SHARE_RESTRICTED, Button("restricted.share", "new", "restricted")),
    )
    buttons = [button for act, button in doors if may(desk.session, desk.person, act)]
    return [actions(parts, buttons)] if buttons else []


def open_record(call: Call) -> Reply:
    """Open the form in which an arrangement is put on record."""
    with call.reading(Act.RECORD_ARRANGEMENT) as desk:
        parties = [(party.id, party.abbreviation) for party in desk.definition.parties]
        others = [party.abbreviation for party in desk.definition.others(desk.person.party)]
    facts = {"clause": CLAUSE, "receiving": others}
    initial = {"bound": [party for party, _ in parties]}
    call.open(RECORD.view(facts, options={"bound": parties}, initial=initial))
    return None


def submit_record(call: Call) -> Reply:
    """Put on record what was filled in."""
    answers: dict[str, Any] = call.answers
    event = call.act(
        arrangements.record,
        title=answers["subject"],
        bound=answers["bound"],
        protects=answers["protects"],
        from_on=answers["from_on"],
        until_on=answers["until_on"],
        reference=answers["reference"],
        attachment=call.attachment("file"),
    )
    return Replace(note(words("arrangements/recorded", event.facts())))


def confirm(call: Call) -> Reply:
    """Confirm that an arrangement is as the other side put it on record."""
    event = call.act(arrangements.confirm, arrangement_id=row_number(call.value))
    return call.again(event.subject)
