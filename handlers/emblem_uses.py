"""The doors of VI.1 to a permission after its request: withdrawn, changed, in use, revoked, taken down."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.agreement import emblem_endings, emblem_machine, emblem_uses, emblems
from bot.agreement.desk import Desk
from bot.agreement.emblem_history import EmblemDeed
from bot.forms import TEXT_LIMIT, FieldKind, Form, FormField
from handlers.calls import Call, Reply, row_number

BEGINNING = Form("emblems/beginning_form", "emblems.beginning", (FormField("began_on", FieldKind.DAY),))
PROOF = Form(
    "emblems/proof_form",
    "emblems.proof",
    (
        FormField("place", FieldKind.LINE),
        FormField("seen_on", FieldKind.DAY),
        FormField("link", FieldKind.LINE, optional=True, limit=500),
        FormField("proof_file", FieldKind.FILE, optional=True),
    ),
)
MATERIAL = Form(
    "emblems/material_form",
    "emblems.material",
    (
        FormField("mockup_text", FieldKind.TEXT, optional=True),
        FormField("mockup_file", FieldKind.FILE, optional=True),
    ),
)
REVOCATION = Form(
    "emblems/revocation_form",
    "emblems.revocation",
    (FormField("reason", FieldKind.TEXT, limit=1500), FormField("effect_on", FieldKind.DAY)),
)
TAKE_DOWN = Form(
    "emblems/take_down_form",
    "emblems.take_down",
    (FormField("down_on", FieldKind.DAY), FormField("note", FieldKind.TEXT, optional=True, limit=1500)),
)

Begin = Callable[[date, Mapping[str, Any]], dict[str, str]]
"""What a form begins with, from the day and what it says at its head."""


def withdraw(call: Call) -> Reply:
    """Take a request back before it is decided."""
    event = call.act(emblem_endings.withdraw, request_id=row_number(call.value))
    return call.again(event.subject)


def open_beginning(call: Call) -> Reply:
    """Open the form for the day on which the use began."""
    return _open(call, BEGINNING, EmblemDeed.BEGIN_USE, lambda today, _: {"began_on": str(today)})


def open_proof(call: Call) -> Reply:
    """Open the form for proof of the use."""
    return _open(call, PROOF, EmblemDeed.FILE_PROOF, lambda today, _: {"seen_on": str(today)})


def open_material(call: Call) -> Reply:
    """Open the form for new material, which voids the approval."""

    def begin(_: date, facts: Mapping[str, Any]) -> dict[str, str]:
        text = facts["mockup_text"]
        return {"mockup_text": text} if len(text) <= TEXT_LIMIT else {}

    return _open(call, MATERIAL, EmblemDeed.CHANGE_MATERIAL, begin)


def open_revocation(call: Call) -> Reply:
    """Open the form for a revocation, by the button or by the number people quote."""
    return _open(call, REVOCATION, EmblemDeed.REVOKE, lambda today, _: {"effect_on": str(today)})


def open_take_down(call: Call) -> Reply:
    """Open the form in which a use is confirmed to be over."""
    return _open(call, TAKE_DOWN, EmblemDeed.TAKE_DOWN, lambda today, _: {"down_on": str(today)})


def _open(call: Call, form: Form, deed: EmblemDeed, begin: Begin) -> Reply:
    with call.reading() as desk:
        key = _key(call, desk)
        facts = emblem_machine.before(desk, key, deed)
        initial = begin(desk.today, facts)
    call.open(form.view(facts, initial=initial, private=str(key)))
    return None


def _key(call: Call, desk: Desk) -> int:
    return row_number(call.value) if call.value else emblems.by_number(desk.session, call.text).key


def submit_beginning(call: Call) -> Reply:
    """Put the first day of the use on record."""
    began_on = call.answers["began_on"]
    call.act(emblem_uses.begin_use, request_id=row_number(call.private), began_on=began_on)
    return None


def submit_proof(call: Call) -> Reply:
    """Put the proof on record."""
    answers = call.answers
    call.act(
        emblem_uses.file_proof,
        request_id=row_number(call.private),
        place=answers["place"],
        seen_on=answers["seen_on"],
        link=answers.get("link", ""),
        file=call.attachment("proof_file"),
    )
    return None


def submit_material(call: Call) -> Reply:
    """Put the new material to the owner."""
    call.act(
        emblem_endings.change_material,
        request_id=row_number(call.private),
        text=call.answers.get("mockup_text", ""),
        mockup=call.attachment("mockup_file"),
    )
    return None


def submit_revocation(call: Call) -> Reply:
    """Revoke the approval from the day chosen."""
    reason, effect_on = call.answers["reason"], call.answers["effect_on"]
    call.act(emblem_endings.revoke, request_id=row_number(call.private), reason=reason, effect_on=effect_on)
    return None


def submit_take_down(call: Call) -> Reply:
    """Put on record that the use is over."""
    down_on, note = call.answers["down_on"], call.answers.get("note", "")
    call.act(emblem_endings.take_down, request_id=row_number(call.private), down_on=down_on, note=note)
    return None
