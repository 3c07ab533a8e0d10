"""The doors to a draft under VI.1: for its own party alone, through its own app, until it is submitted."""

from bot.agreement import emblem_drafts
from bot.agreement.emblem_cases import language_of, preferred
from bot.agreement.emblem_plans import PlannedUse
from bot.forms import TEXT_LIMIT, Form
from handlers import emblems
from handlers.calls import Call, Reply, row_number

CHANGE = Form("emblems/request_form", "emblems.draft", emblems.PLAN)


def open_draft(call: Call) -> Reply:
    """Open a draft, to be changed or submitted."""
    with call.reading() as desk:
        row = emblem_drafts.get_draft(desk, row_number(call.value), call.party)
        known = {name: str(getattr(row, name))[:TEXT_LIMIT] for name in PlannedUse.__dataclass_fields__}
        initial = {name: value for name, value in known.items() if value}
        initial |= {"language": language_of(desk.session, row.key).value}
        view = emblems.plan_view(CHANGE, desk, {**initial, "send": emblems.DRAFT}, call.value)
    call.open(view)
    return None


def submit_draft(call: Call) -> Reply:
    """Keep what was changed, or put the draft to the owner."""
    use = emblems.plan(call.answers)
    facts = {
        "request_id": row_number(call.private),
        "use": use,
        "through": call.party,
        "mockup": call.attachment("mockup_file"),
        "language": preferred(call.answers.get("language", "")),
    }
    if not emblems.is_draft(call.answers):
        read = call.answers.get("instructions_read", [])
        return emblems.put(call.act(emblem_drafts.submit, read=read, **facts))
    call.act(emblem_drafts.change_draft, **facts)
    return emblems.kept(call, use)


def drop(call: Call) -> Reply:
    """Give the draft up."""
    event = call.act(emblem_drafts.drop_draft, request_id=row_number(call.value), through=call.party)
    return call.again(event.subject)
