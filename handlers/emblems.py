"""The doors of VI.1, VI.3 and IX.2-2: asking to use what is the other party's, and deciding on it."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.agreement import emblem_cases, emblem_decisions, emblem_drafts, emblem_machine, emblems
from bot.agreement.channels import Level, all_channels
from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import preferred
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_plans import CostBearer, Mark, PlannedUse
from bot.agreement.emblem_terms import Terms, series_allowed
from bot.agreement.emblems import EmblemStatus
from bot.agreement.events import Event
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.emblem_lists import draft_blocks, emblem_listing
from bot.forms import FieldKind, Form, FormField, Initial
from bot.letters import term, words
from bot.outbox import Message
from bot.shapes import Button, message, note
from handlers.calls import Call, Replace, Reply, Tell, row_number
from handlers.emblem_owners import request_facts, request_options, uncovered

PLAN = (
    FormField("send", FieldKind.RADIO),
    FormField("mark", FieldKind.CHOICE),
    FormField("purpose", FieldKind.TEXT),
    FormField("product", FieldKind.LINE),
    FormField("series", FieldKind.LINE, optional=True),
    FormField("audience", FieldKind.LINE),
    FormField("use_from", FieldKind.DAY),
    FormField("use_until", FieldKind.DAY),
    FormField("link_from", FieldKind.LINE, optional=True, limit=500),
    FormField("link_to", FieldKind.LINE, optional=True, limit=500),
    FormField("mockup_text", FieldKind.TEXT, optional=True),
    FormField("mockup_file", FieldKind.FILE, optional=True),
    FormField("other_logos", FieldKind.LINE, optional=True),
    FormField("cost", FieldKind.RADIO, optional=True),
    FormField("payer", FieldKind.LINE, optional=True),
    FormField("needed_by", FieldKind.DAY),
    # Asked of a request; a draft may be kept before the instructions are read.
    FormField("instructions_read", FieldKind.CHECKS, optional=True),
    FormField("language", FieldKind.CHOICE),
)
REQUEST = Form("emblems/request_form", "emblems.request", PLAN)
CONDITIONS = Form(
    "emblems/conditions_form",
    "emblems.conditions",
    (
        FormField("reason", FieldKind.TEXT, optional=True),
        FormField("use_until", FieldKind.DAY, optional=True),
        FormField("whole_series", FieldKind.CHECKS, optional=True),
    ),
)
REFUSAL = Form("emblems/refusal_form", "emblems.refusal", (FormField("reason", FieldKind.TEXT),))
QUESTION = Form("emblems/question_form", "emblems.question", (FormField("question", FieldKind.TEXT),))
INFORMATION = Form(
    "emblems/information_form",
    "emblems.information",
    (
        FormField("information", FieldKind.TEXT),
        FormField("mockup_text", FieldKind.TEXT, optional=True),
        FormField("mockup_file", FieldKind.FILE, optional=True),
    ),
)


DRAFT = "draft"
"""What the form says of a use that is not to be submitted yet."""


def open_request(call: Call) -> Reply:
    """Open the form in which a planned use is described."""
    call.open(request_view(call, {}))
    return None


def request_view(call: Call, initial: Mapping[str, Initial]) -> View:
    """The form of a new request, with what is known of it already."""
    with call.reading(Act.REQUEST_EMBLEM) as desk:
        return plan_view(REQUEST, desk, initial, place_of(desk, call.channel))


def plan_view(form: Form, desk: Desk, initial: Mapping[str, Initial], private: str) -> View:
    """A form that describes a planned use of what is the other party's."""
    owner = desk.definition.other(desk.person.party)
    asking = desk.definition.party(desk.person.party).abbreviation
    facts = {
        "owner": owner.abbreviation,
        "owner_name": owner.name,
        "asking": asking,
        "clause": emblems.CLAUSE,
        **request_facts(desk, owner.id),
    }
    parts = words(form.template, facts)
    options: dict[str, list[tuple[str, str]]] = {
        "send": [("submit", parts["send_submit"]), (DRAFT, parts["send_draft"])],
        "mark": [(mark.value, term(mark)) for mark in Mark],
        "cost": [(cost.value, term(cost)) for cost in CostBearer],
        **request_options(desk, owner.id),
    }
    if not series_allowed(desk):
        options["series"] = []
    own = preferred(desk.person.language).value
    begins = {"send": "submit", "cost": CostBearer.ASKING.value, "language": own, **initial}
    return form.view(facts, options=options, initial=begins, private=private)


def place_of(desk: Desk, channel: str) -> str:
    """The shared channel the command was typed in, or the global one."""
    known = all_channels(desk.session)
    here = next((row for row in known if row.channel_id == channel), None)
    chosen = here or next((row for row in known if row.level is Level.GLOBAL), None)
    return chosen.channel_id if chosen else ""


def submit_request(call: Call) -> Reply:
    """Put the request to the owner, or keep it as a draft of one's own party."""
    with call.reading() as desk:
        owner = desk.definition.other(desk.person.party)
    use, mockup = plan(call.answers), call.attachment("mockup_file")
    language = preferred(call.answers.get("language", ""))
    facts = {
        "owner": owner.id,
        "channel_id": call.private,
        "use": use,
        "mockup": mockup,
        "language": language,
    }
    if not is_draft(call.answers):
        read = call.answers.get("instructions_read", [])
        return put(call.act(emblem_cases.ask, read=read, **facts))
    call.act(emblem_drafts.keep_draft, through=call.party, **facts)
    return kept(call, use)


def is_draft(answers: Mapping[str, Any]) -> bool:
    """Whether the form says that the use is not to be submitted yet."""
    return answers.get("send") == DRAFT


def put(event: Event) -> Reply:
    """Say, in place of the form, that the owner is asked, and by when it is to answer."""
    return Replace(note(words("emblems/request_put", event.facts())))


def kept(call: Call, use: PlannedUse) -> Reply:
    """Say, in place of the form, that a draft is kept and where it is found."""
    with call.reading() as desk:
        party = desk.definition.party(desk.person.party)
        owner = desk.definition.other(party.id).abbreviation
        facts = {"asking": party.abbreviation, "owner": owner, "product": use.product}
        return Replace(note(words("emblems/draft_kept", facts)))


def plan(answers: Mapping[str, Any]) -> PlannedUse:
    """The planned use as it was filled in."""
    given = {name: answers[name] for name in PlannedUse.__dataclass_fields__ if name in answers}
    given |= {name: given[name].strip() for name in ("link_from", "link_to", "payer") if name in given}
    cost = CostBearer(given.get("cost") or CostBearer.ASKING)
    return PlannedUse(**{**given, "mark": Mark(answers["mark"]), "cost": cost})


def seen(value: str) -> tuple[int, int]:
    """The request and the version of its material that a button or a form is about; the first has no number."""
    key, _, version = value.partition(":")
    return row_number(key), row_number(version) if version else 1


def approve(call: Call) -> Reply:
    """Approve as asked."""
    key, version = seen(call.value)
    event = call.act(emblem_decisions.decide, request_id=key, status=EmblemStatus.APPROVED, version=version)
    return call.again(event.subject)


def open_conditions(call: Call) -> Reply:
    """Open the form for the terms of an approval: its conditions, a shorter period, or expressly the series."""
    with call.reading() as desk:
        facts = _before(desk, call.value, EmblemDeed.APPROVE_WITH_CONDITIONS)
        offered = bool(facts["series"].strip()) and series_allowed(desk)
    parts = words(CONDITIONS.template, facts)
    options = {"whole_series": [("yes", parts["whole_series"])] if offered else []}
    initial = {"use_until": str(facts["use_until"])}
    call.open(CONDITIONS.view(facts, options=options, initial=initial, private=call.value))
    return None


def open_refusal(call: Call) -> Reply:
    """Open the form for the reason of a refusal."""
    return _open_answer(call, REFUSAL, EmblemDeed.REFUSE)


def open_question(call: Call) -> Reply:
    """Open the form for what the owner still needs to know."""
    return _open_answer(call, QUESTION, EmblemDeed.ASK_FOR_MORE)


def open_information(call: Call) -> Reply:
    """Open the form for the asking side's answer."""
    with call.reading() as desk:
        facts = emblem_machine.before(desk, row_number(call.value), EmblemDeed.GIVE_INFORMATION)
    call.open(INFORMATION.view(facts, private=call.value))
    return None


def _open_answer(call: Call, form: Form, deed: EmblemDeed) -> Reply:
    with call.reading() as desk:
        facts = _before(desk, call.value, deed)
    call.open(form.view(facts, private=call.value))
    return None


def _before(desk: Desk, value: str, deed: EmblemDeed) -> dict[str, Any]:
    key, version = seen(value)
    return emblem_machine.before(desk, key, deed, version)


def submit_conditions(call: Call) -> Reply:
    """Approve on the terms filled in; without conditions a shorter period or a series is an approval, too."""
    reason, until = call.answers.get("reason", ""), call.answers.get("use_until")
    with call.reading() as desk:
        asked = _before(desk, call.private, EmblemDeed.APPROVE_WITH_CONDITIONS)["use_until"]
    terms = Terms(use_until=until, whole_series=bool(call.answers.get("whole_series")))
    changed = terms.whole_series or until not in (None, asked)
    plain = changed and not reason.strip()
    return _decide(call, EmblemStatus.APPROVED if plain else EmblemStatus.APPROVED_WITH_CONDITIONS, terms)


def submit_refusal(call: Call) -> Reply:
    """Refuse for the reason typed."""
    return _decide(call, EmblemStatus.REFUSED)


def _decide(call: Call, status: EmblemStatus, terms: Terms = emblem_decisions.AS_ASKED) -> Reply:
    key, version = seen(call.private)
    reason = call.answers.get("reason", "")
    call.act(
        emblem_decisions.decide, request_id=key, status=status, reason=reason, version=version, terms=terms
    )
    return None


def submit_question(call: Call) -> Reply:
    """Ask for what the decision still needs."""
    key, version = seen(call.private)
    question = call.answers["question"]
    call.act(emblem_decisions.ask_for_more, request_id=key, question=question, version=version)
    return None


def submit_information(call: Call) -> Reply:
    """Give the owner what it asked for."""
    call.act(
        emblem_decisions.give_information,
        request_id=row_number(call.private),
        information=call.answers["information"],
        mockup=call.attachment("mockup_file"),
        text=call.answers.get("mockup_text", ""),
    )
    return None


def listing(call: Call) -> Reply:
    """The latest requests of both parties by where they stand; one's own drafts by one's own app alone."""
    with call.reading() as desk:
        parts = words("emblems/listing", {**emblem_listing(desk), "covers": uncovered(desk)})
        drafts = draft_blocks(desk, parts) if call.party == desk.person.party else []
    made = message(parts)
    return Tell(Message(made.text, [*made.blocks, *drafts]))


def show(call: Call) -> Reply:
    """One request as it stands, by the number people quote."""
    with call.reading() as desk:
        row = emblems.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"emblem:{row.key}"))


def help(call: Call) -> Reply:  # noqa: ARG001  one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (
        Button("emblems.request", "new", "request", "primary"),
        Button("emblems.mention", "new", "mention"),
        Button("emblems.list", "all", "list"),
    )
    return Tell(message(words("emblems/help", {"command": "/emblem"}), buttons))
