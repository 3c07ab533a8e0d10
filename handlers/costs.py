"""The doors of VI.2 and IX.1(c): each party bears its own costs, and the register of written exceptions."""

from typing import Any

from bot.agreement import costs
from bot.agreement.costs import CostException, CostKind, CostStatus
from bot.agreement.desk import Desk
from bot.agreement.people import may, require
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.costs import cost_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import Button, message
from handlers.calls import Call, Reply, Tell, row_number

ENTER = Form(
    "costs/enter_form",
    "costs.enter",
    (
        FormField("kind", FieldKind.RADIO),
        FormField("purpose", FieldKind.LINE),
        FormField("payer", FieldKind.LINE),
        FormField("share", FieldKind.LINE),
        FormField("reference", FieldKind.LINE, optional=True),
        FormField("file", FieldKind.FILE, optional=True),
        FormField("until", FieldKind.DAY, optional=True),
    ),
)
CONFIRM = Form("costs/confirm_form", "costs.confirm", ())
DECLINE = Form("costs/decline_form", "costs.decline", (FormField("reason", FieldKind.TEXT, limit=600),))
END = Form(
    "costs/end_form",
    "costs.end",
    (FormField("ending_on", FieldKind.DAY), FormField("basis", FieldKind.LINE, optional=True)),
)
CONFIRM_END = Form("costs/confirm_end_form", "costs.confirm_end", ())


def show(call: Call) -> Reply:
    """The register; with a number, that exception."""
    if not (call.text or call.value):
        return listing(call)
    with call.reading() as desk:
        row = costs.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, row.subject))


def listing(call: Call) -> Reply:
    """Each party bears its own costs, and what was agreed otherwise in writing."""
    with call.reading() as desk:
        rows = [cost_facts(desk, row) for row in costs.listing(desk.session)]
        enters = may(desk.session, desk.person, Act.ENTER_COST)
        parties = [party.abbreviation for party in desk.definition.parties]
    buttons = [Button("costs.enter", "new", "enter")] if enters else []
    return Tell(message(words("costs/listing", {"rows": rows, "parties": parties}), buttons))


def open_entry(call: Call) -> Reply:
    """Open the form in which an exception is entered."""
    with call.reading(Act.ENTER_COST) as desk:
        others = [party.abbreviation for party in desk.definition.others(desk.person.party)]
    kinds = [(each.value, term(each)) for each in CostKind]
    call.open(ENTER.view({"others": others}, options={"kind": kinds}))
    return None


def submit_entry(call: Call) -> Reply:
    """Put the exception on record, for the other party to confirm."""
    said = call.answers
    typed = {name: said[name] for name in ("purpose", "payer", "share", "reference", "until")}
    call.act(costs.enter, kind=CostKind(said["kind"]), file=call.attachment("file"), **typed)
    return None


def open_confirmation(call: Call) -> Reply:
    """Show once more what would be confirmed."""
    return _open(call, CONFIRM, Act.CONFIRM_COST, CostStatus.ENTERED)


def submit_confirmation(call: Call) -> Reply:
    """Confirm the exception: it counts."""
    call.act(costs.confirm, cost_id=_about(call)[0])
    return None


def open_refusal(call: Call) -> Reply:
    """Open the form in which an exception is left unconfirmed."""
    return _open(call, DECLINE, Act.CONFIRM_COST, CostStatus.ENTERED)


def submit_refusal(call: Call) -> Reply:
    """Leave the exception unconfirmed, with the reason."""
    call.act(costs.decline, cost_id=_about(call)[0], reason=call.answers["reason"])
    return None


def withdraw(call: Call) -> Reply:
    """Take back an entry of the own party."""
    event = call.act(costs.withdraw, cost_id=row_number(call.value))
    return call.again(event.subject)


def open_ending(call: Call) -> Reply:
    """Open the form in which the end of an exception is entered."""
    return _open(call, END, Act.ENTER_COST, CostStatus.CONFIRMED)


def submit_ending(call: Call) -> Reply:
    """Put the end on record, for the other party to confirm."""
    said = call.answers
    call.act(costs.enter_end, cost_id=_about(call)[0], ending_on=said["ending_on"], basis=said["basis"])
    return None


def open_end_confirmation(call: Call) -> Reply:
    """Show once more which end would be confirmed."""
    return _open(call, CONFIRM_END, Act.CONFIRM_COST, CostStatus.END_ENTERED)


def submit_end_confirmation(call: Call) -> Reply:
    """Confirm the end: each party bears its own costs again."""
    key, seen = _about(call)
    call.act(costs.confirm_end, cost_id=key, seen=seen)
    return None


def drop_end(call: Call) -> Reply:
    """Take an end that is not confirmed off the record."""
    event = call.act(costs.drop_end, cost_id=row_number(call.value))
    return call.again(event.subject)


def _about(call: Call) -> tuple[int, int]:
    key, _, seen = call.private.partition("@")
    return row_number(key), row_number(seen)


def _open(call: Call, form: Form, act: Act, status: CostStatus) -> Reply:
    with call.reading() as desk:
        row = costs.get_cost(desk.session, row_number(call.value))
        require(desk.session, desk.person, act, row)
        facts = _standing(desk, row, status)
        # An end may be taken back and entered anew: only what is read here is confirmed.
        seen = len(costs.history(desk.session, row))
    call.open(form.view(facts, private=f"{row.key}@{seen}"))
    return None


def _standing(desk: Desk, row: CostException, status: CostStatus) -> dict[str, Any]:
    if row.status is not status:
        raise costs.moved_on(desk, row)
    return cost_facts(desk, row)
