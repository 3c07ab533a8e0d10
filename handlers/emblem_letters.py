"""The doors of VI.1 for a decision given outside Slack, which the owner's side puts on record with the letter."""

from bot.agreement import emblem_letters, emblem_machine
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_letters import ANSWERS, Letter, WrittenForm, accepted
from bot.agreement.emblem_terms import Terms, series_allowed
from bot.agreement.emblems import EmblemStatus
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from handlers.calls import Call, Reply
from handlers.emblems import seen

LETTER = Form(
    "emblem_letters/form",
    "emblem_letters.record",
    (
        FormField("answer", FieldKind.RADIO),
        FormField("reason", FieldKind.TEXT, optional=True),
        FormField("use_until", FieldKind.DAY, optional=True),
        FormField("whole_series", FieldKind.CHECKS, optional=True),
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
        key, version = seen(call.value)
        facts = emblem_machine.before(desk, key, EmblemDeed.LETTER_APPROVES, version)
        series = bool(facts["series"].strip()) and series_allowed(desk)
        options = {
            "answer": [(answer.value, term(answer).rstrip(".")) for answer in ANSWERS],
            "form": [(form.value, term(form)) for form in accepted(desk)],
            "whole_series": [("yes", words(LETTER.template, facts)["whole_series"])] if series else [],
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
    key, version = seen(call.private)
    terms = Terms(use_until=answers.get("use_until"), whole_series=bool(answers.get("whole_series")))
    call.act(
        emblem_letters.record_letter,
        request_id=key,
        version=version,
        terms=terms,
        status=EmblemStatus(answers["answer"]),
        reason=answers["reason"],
        letter=letter,
        file=call.attachment("letter_file"),
    )
    return None
