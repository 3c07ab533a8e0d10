"""The doors of VI.1 and VI.3: asking to use the other party's name or emblem, and deciding on it."""

from bot.agreement import emblem_cases, emblem_decisions, emblems
from bot.agreement.channels import Level, all_channels
from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import preferred
from bot.agreement.emblems import EmblemStatus, Mark, PlannedUse
from bot.agreement.rights import Act
from bot.cards import card
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import Button, message
from handlers.calls import Call, Reply, Tell, row_number
from handlers.emblem_owners import request_facts, request_options, uncovered

REQUEST = Form(
    "emblems/request_form",
    "emblems.request",
    (
        FormField("mark", FieldKind.CHOICE),
        FormField("purpose", FieldKind.TEXT),
        FormField("product", FieldKind.LINE),
        FormField("audience", FieldKind.LINE),
        FormField("use_from", FieldKind.DAY),
        FormField("use_until", FieldKind.DAY),
        FormField("mockup_text", FieldKind.TEXT, optional=True),
        FormField("mockup_file", FieldKind.FILE, optional=True),
        FormField("other_logos", FieldKind.LINE, optional=True),
        FormField("payer", FieldKind.LINE, optional=True),
        FormField("needed_by", FieldKind.DAY),
        FormField("instructions_read", FieldKind.CHECKS),
        FormField("language", FieldKind.CHOICE),
    ),
)
CONDITIONS = Form("emblems/conditions_form", "emblems.conditions", (FormField("reason", FieldKind.TEXT),))
REFUSAL = Form("emblems/refusal_form", "emblems.refusal", (FormField("reason", FieldKind.TEXT),))
QUESTION = Form("emblems/question_form", "emblems.question", (FormField("question", FieldKind.TEXT),))
INFORMATION = Form(
    "emblems/information_form",
    "emblems.information",
    (FormField("information", FieldKind.TEXT), FormField("mockup_file", FieldKind.FILE, optional=True)),
)


def open_request(call: Call) -> Reply:
    """Open the form in which a planned use is described."""
    with call.reading(Act.REQUEST_EMBLEM) as desk:
        owner = desk.definition.other(desk.person.party)
        facts = {"owner": owner.abbreviation, "owner_name": owner.name, "clause": emblems.CLAUSE}
        facts |= request_facts(desk, owner.id)
        options = {"mark": [(mark.value, term(mark)) for mark in Mark], **request_options(desk, owner.id)}
        initial = {"language": preferred(desk.person.language).value}
        place = _place(desk, call.channel)
    call.open(REQUEST.view(facts, options=options, initial=initial, private=place))
    return None


def _place(desk: Desk, channel: str) -> str:
    """The shared channel the command was typed in, or the global one."""
    known = all_channels(desk.session)
    here = next((row for row in known if row.channel_id == channel), None)
    chosen = here or next((row for row in known if row.level is Level.GLOBAL), None)
    return chosen.channel_id if chosen else ""


def submit_request(call: Call) -> Reply:
    """Put the request to the owner."""
    with call.reading() as desk:
        owner = desk.definition.other(desk.person.party)
    answers = call.answers
    mockup = call.attachment("mockup_file")
    answers.pop("mockup_file", None)
    read, language = answers.pop("instructions_read", []), preferred(answers.pop("language", ""))
    use = PlannedUse(**{**answers, "mark": Mark(answers["mark"])})
    asked = {"owner": owner.id, "channel_id": call.private, "use": use, "mockup": mockup}
    call.act(emblem_cases.ask, language=language, read=read, **asked)
    return None


def approve(call: Call) -> Reply:
    """Approve as asked."""
    event = call.act(emblem_decisions.decide, request_id=row_number(call.value), status=EmblemStatus.APPROVED)
    return call.again(event.subject)


def open_conditions(call: Call) -> Reply:
    """Open the form for the conditions of an approval."""
    return _open_answer(call, CONDITIONS, Act.DECIDE_EMBLEM)


def open_refusal(call: Call) -> Reply:
    """Open the form for the reason of a refusal."""
    return _open_answer(call, REFUSAL, Act.DECIDE_EMBLEM)


def open_question(call: Call) -> Reply:
    """Open the form for what the owner still needs to know."""
    return _open_answer(call, QUESTION, Act.DECIDE_EMBLEM)


def open_information(call: Call) -> Reply:
    """Open the form for the asking side's answer."""
    return _open_answer(call, INFORMATION, Act.ANSWER_EMBLEM)


def _open_answer(call: Call, form: Form, act: Act) -> Reply:
    with call.reading() as desk:
        facts = emblems.before(desk, row_number(call.value), act)
    call.open(form.view(facts, private=call.value))
    return None


def submit_conditions(call: Call) -> Reply:
    """Approve on the conditions typed."""
    return _decide(call, EmblemStatus.APPROVED_WITH_CONDITIONS)


def submit_refusal(call: Call) -> Reply:
    """Refuse for the reason typed."""
    return _decide(call, EmblemStatus.REFUSED)


def _decide(call: Call, status: EmblemStatus) -> Reply:
    call.act(
        emblem_decisions.decide,
        request_id=row_number(call.private),
        status=status,
        reason=call.answers["reason"],
    )
    return None


def submit_question(call: Call) -> Reply:
    """Ask for what the decision still needs."""
    call.act(
        emblem_decisions.ask_for_more,
        request_id=row_number(call.private),
        question=call.answers["question"],
    )
    return None


def submit_information(call: Call) -> Reply:
    """Give the owner what it asked for."""
    call.act(
        emblem_decisions.give_information,
        request_id=row_number(call.private),
        information=call.answers["information"],
        mockup=call.attachment("mockup_file"),
    )
    return None


def listing(call: Call) -> Reply:
    """The latest requests of both parties."""
    with call.reading() as desk:
        rows = [
            {**emblems.event_facts(desk, row), "status": row.status, "use_until": row.use_until}
            for row in emblems.listing(desk.session)
        ]
        covers = uncovered(desk)
    facts = {"rows": rows, "covers": covers, "clause": emblems.CLAUSE}
    return Tell(message(words("emblems/listing", facts)))


def show(call: Call) -> Reply:
    """One request as it stands, by the number people quote."""
    with call.reading() as desk:
        row = emblems.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"emblem:{row.key}"))


def help(call: Call) -> Reply:  # noqa: ARG001  one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (Button("emblems.request", "new", "request", "primary"), Button("emblems.list", "all", "list"))
    return Tell(message(words("emblems/help", {"command": "/emblem"}), buttons))
