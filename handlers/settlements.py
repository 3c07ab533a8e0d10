"""The doors through which due dates are settled: done, waived by both parties, or no longer known."""

from enum import StrEnum
from typing import Any

from bot import overview
from bot.agreement import settlement_answers, settlements
from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.ledger import get
from bot.agreement.rights import Act
from bot.agreement.settlement_statements import refuse_stated, takes_both, waiting_statements
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


class Answer(StrEnum):
    """What the other party says to a statement."""

    CONFIRM = "confirm"
    """It is so."""
    DISAGREE = "disagree"
    """It is not, for a reason."""


ANSWER = Form(
    "settlements/answer_form",
    "settlements.answer",
    (FormField("answer", FieldKind.RADIO), FormField("reason", FieldKind.TEXT, optional=True, limit=1500)),
)


def open_settlement(call: Call) -> Reply:
    """Open the form in which one due date is settled or, where the other party stated it, answered."""
    with call.reading(Act.SETTLE) as desk:
        number = row_number(call.value)
        row = waiting_statements(desk.session).get(number)
        if row and row.party != desk.person.party:
            return _open_answer(call, row.key, Answer.CONFIRM)
        facts = _before(desk, number)
    parts = words(SETTLE.template, facts)
    choices = {"outcome": [(outcome.value, parts[outcome.value]) for outcome in Outcome]}
    call.open(SETTLE.view(facts, options=choices, private=call.value))
    return None


def _before(desk: Desk, occurrence_id: int) -> dict[str, Any]:
    occurrence = settlements.unsettled(desk, occurrence_id)
    refuse_stated(desk, occurrence)
    row = overview.row_facts(desk, occurrence)
    concluded = desk.definition.event("concluded")
    return {
        "row": row,
        "takes_both": takes_both(desk, occurrence),
        "earliest": row["window_start"] if row["kind"] == DutyKind.WINDOW else concluded,
        "waived_by": overview.waived_by(desk, occurrence_id),
        "others": [party.abbreviation for party in desk.definition.others(desk.person.party)],
    }


def agree_to_waiver(call: Call) -> Reply:
    """Give the word of one's own party for a waiver that the other proposed."""
    call.act(settlements.waive, occurrence_id=row_number(call.value), note="")
    return None


def confirm(call: Call) -> Reply:
    """Confirm for one's own party what the other stated."""
    call.act(settlement_answers.confirm_statement, statement_id=row_number(call.value))
    return None


def open_disagreement(call: Call) -> Reply:
    """Open the form in which a person says why their party does not agree."""
    return _open_answer(call, row_number(call.value), Answer.DISAGREE)


def _open_answer(call: Call, statement_id: int, initial: Answer) -> Reply:
    with call.reading() as desk:
        stated = settlement_answers.statement(desk, statement_id)
        row = overview.row_facts(desk, get(desk.session, stated.occurrence_id))
    parts = words(ANSWER.template, {"row": row})
    choices = {"answer": [(each.value, parts[each.value]) for each in Answer]}
    call.open(
        ANSWER.view(
            {"row": row}, options=choices, initial={"answer": initial.value}, private=str(statement_id)
        )
    )
    return None


def submit_answer(call: Call) -> Reply:
    """Put on record whether one's own party agrees."""
    statement_id, answers = row_number(call.private), call.answers
    if Answer(answers["answer"]) is Answer.CONFIRM:
        call.act(settlement_answers.confirm_statement, statement_id=statement_id)
    else:
        call.act(
            settlement_answers.dispute_statement, statement_id=statement_id, reason=answers["reason"] or ""
        )
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
