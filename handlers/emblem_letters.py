"""The doors of VI.1 for a decision given outside Slack, which the owner's side puts on record with the letter."""

from bot.agreement import emblem_letters
from bot.agreement.emblem_letters import ANSWERS, Letter, WrittenForm, accepted
from bot.agreement.emblems import EmblemStatus
from bot.forms import FieldKind, Form, FormField
from bot.letters import term
from handlers.calls import Call, Reply, row_number

LETTER = Form(
    "emblem_letters/form",
    "emblem_letters.record",
    (
        FormField("answer", FieldKind.RADIO),
        FormField("reason", FieldKind.TEXT, optional=True),
        FormField("form", FieldKind.RADIO),
        FormField("signer", FieldKind.LINE),
        FormField("capacity", FieldKind.LINE),
        FormField("dated", FieldKind.DAY),
        FormField("address", FieldKind.LINE, optional=True),
        FormField("letter_file", FieldKind.FILE),
    ),
)


def open_letter(call: Call) -> Reply:
    """Open the form in which the owner's side says how it decided in writing outside Slack."""
    with call.reading() as desk:
        facts = emblem_letters.before_letter(desk, row_number(call.value))
        options = {
            "answer": [(answer.value, term(answer).rstrip(".")) for answer in ANSWERS],
            "form": [(form.value, term(form)) for form in accepted(desk)],
        }
    call.open(LETTER.view(facts, options=options, private=call.value))
    return None


def submit_letter(call: Call) -> Reply:
    """Put the decision on record, with the letter."""
    answers = call.answers
    letter = Letter(
        form=WrittenForm(answers["form"]),
        signer=answers["signer"],
        capacity=answers["capacity"],
        dated=answers["dated"],
        address=answers["address"],
    )
    call.act(
        emblem_letters.record_letter,
        request_id=row_number(call.private),
        status=EmblemStatus(answers["answer"]),
        reason=answers["reason"],
        letter=letter,
        file=call.attachment("letter_file"),
    )
    return None
