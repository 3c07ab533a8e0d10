"""The doors of IX.2-3: both parties' instructions for the use of their names and emblems, and a new version."""

from typing import Any

from bot.agreement import emblem_instructions
from bot.agreement.desk import Desk
from bot.agreement.emblem_instructions import current, latest
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import may, require
from bot.agreement.rights import Act
from bot.cards.emblem_instructions import version_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.shapes import Button, message
from handlers.calls import Call, Reply, Tell, row_number

ENTER = Form(
    "emblem_instructions/form",
    "emblem_instructions.enter",
    (
        FormField("text", FieldKind.TEXT, optional=True),
        FormField("instructions_file", FieldKind.FILE, optional=True),
        FormField("valid_from", FieldKind.DAY),
    ),
)
ENTER_BUTTON = Button("emblem_instructions.enter", "new", "enter")


def listing(call: Call) -> Reply:
    """The version of each party that is in force, and the one that is to follow it."""
    with call.reading() as desk:
        rows = [_party(desk, party.id, party.abbreviation) for party in desk.definition.parties]
        own = may(desk.session, desk.person, Act.KEEP_INSTRUCTIONS, OwnMatter(desk.person.party))
    facts = {"rows": rows, "clause": emblem_instructions.CLAUSE}
    return Tell(message(words("emblem_instructions/listing", facts), (ENTER_BUTTON,) if own else ()))


def _party(desk: Desk, party: str, abbreviation: str) -> dict[str, Any]:
    here, last = current(desk.session, party, desk.today), latest(desk.session, party)
    coming = last if last and last is not here else None
    return {
        "party": abbreviation,
        "current": version_facts(desk, here) if here else None,
        "coming": version_facts(desk, coming) if coming else None,
    }


def open_enter(call: Call) -> Reply:
    """Open the form for the next version of the own party's instructions."""
    with call.reading() as desk:
        require(desk.session, desk.person, Act.KEEP_INSTRUCTIONS, OwnMatter(desk.person.party))
        last = latest(desk.session, desk.person.party)
        party = desk.definition.party(desk.person.party).abbreviation
        seen = last.version if last else 0
        facts = {"party": party, "version": seen + 1, "last": version_facts(desk, last) if last else None}
        initial = {"text": last.text if last else "", "valid_from": str(desk.today)}
    call.open(ENTER.view(facts, initial=initial, private=str(seen)))
    return None


def submit_enter(call: Call) -> Reply:
    """Enter the version."""
    call.act(
        emblem_instructions.enter_instructions,
        seen=row_number(call.private),
        text=call.answers["text"],
        valid_from=call.answers["valid_from"],
        file=call.attachment("instructions_file"),
    )
    return None
