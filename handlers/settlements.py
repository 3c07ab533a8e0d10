"""The doors through which due dates are settled: done, waived by both parties, or no longer known."""

from enum import StrEnum
from typing import Any

from bot import overview
from bot.agreement import settlements
from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.rights import Act
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, blocks, entry
from handlers.calls import Call, Reply, Tell, row_number

MOST = 15
"""How many due dates one listing shows."""


class Outcome(StrEnum):
    """What somebody puts on record about a due date."""

    DONE = "done"
    """It was done, and there is evidence."""
    WAIVED = "waived"
    """Their party would do without it; it takes the other's word as well."""
    NOT_KNOWN = "not_known"
    """It is no longer known."""


SETTLE = Form(
    "settlements/settle_form",
    "settlements.settle",
    (
        FormField("outcome", FieldKind.RADIO),
        FormField("met_on", FieldKind.DAY, optional=True),
        FormField("evidence", FieldKind.TEXT, optional=True),
        FormField("note", FieldKind.TEXT, optional=True),
    ),
)


def listing(call: Call) -> Reply:
    """What is overdue and what fell due before anybody kept count, each with a button for those who may."""
    with call.reading() as desk:
        rows = overview.rows(desk, [*overview.overdue(desk), *overview.evidence_wanted(desk)])
        may_settle = Act.SETTLE in overview.allowed(desk)
    shown = rows[:MOST]
    parts = words("settlements/listing", {"rows": shown, "more": len(rows) - len(shown), "may": may_settle})
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in shown:
        text = words("settlements/row", {"row": row})
        button = Button("settlements.open", str(row["occurrence_id"]), "settle") if may_settle else None
        made.append(entry(text["line"], text, button, text["spoken"]))
    made += blocks({"footer": parts["footer"]})
    return Tell(Message(parts["notice"], made))


def open_settlement(call: Call) -> Reply:
    """Open the form in which one due date is settled."""
    with call.reading(Act.SETTLE) as desk:
        facts = _before(desk, row_number(call.value))
    parts = words(SETTLE.template, facts)
    choices = {"outcome": [(outcome.value, parts[outcome.value]) for outcome in Outcome]}
    call.open(SETTLE.view(facts, options=choices, private=call.value))
    return None


def _before(desk: Desk, occurrence_id: int) -> dict[str, Any]:
    occurrence = settlements.unsettled(desk, occurrence_id)
    row = overview.row_facts(desk, occurrence)
    concluded = desk.definition.event("concluded")
    return {
        "row": row,
        "earliest": row["window_start"] if row["kind"] == DutyKind.WINDOW else concluded,
        "waived_by": overview.waived_by(desk, occurrence_id),
        "others": [party.abbreviation for party in desk.definition.others(desk.person.party)],
    }


def agree_to_waiver(call: Call) -> Reply:
    """Give the word of one's own party for a waiver that the other proposed."""
    call.act(settlements.waive, occurrence_id=row_number(call.value), note="")
    return None


def submit_settlement(call: Call) -> Reply:
    """Put on record what was answered."""
    answers, occurrence_id = call.answers, row_number(call.private)
    match Outcome(answers["outcome"]):
        case Outcome.DONE:
            facts = {"met_on": answers["met_on"], "evidence": answers["evidence"], "note": answers["note"]}
            call.act(settlements.record_met, occurrence_id=occurrence_id, **facts)
        case Outcome.WAIVED:
            call.act(settlements.waive, occurrence_id=occurrence_id, note=answers["note"])
        case Outcome.NOT_KNOWN:
            call.act(settlements.record_not_known, occurrence_id=occurrence_id, note=answers["note"])
    return None
