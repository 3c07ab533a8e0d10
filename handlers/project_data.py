"""The doors of IX.1(d): what a party answers on personal data in a joint project, and what it holds."""

from typing import Any

from bot.agreement import project_data, project_holdings
from bot.agreement.desk import Desk
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import require
from bot.agreement.project_data import DataAnswer, DataCheck, DataPrinciple, PrincipleMet
from bot.agreement.project_registers import DataHolding, Processing
from bot.agreement.projects import JointProject
from bot.agreement.rights import Act
from bot.forms import FieldKind, Form, FormField, Initial
from bot.letters import say, term
from handlers.calls import Call, Replace, Reply, row_number

YES, NO = "yes", "no"
QUESTION = Form(
    "projects/data_form",
    "project_data.answer",
    (
        FormField("processes", FieldKind.RADIO),
        FormField("reason", FieldKind.TEXT, optional=True, limit=1000),
    ),
)
CHECKLIST = Form(
    "projects/checklist_form",
    "project_data.checklist",
    (
        *(FormField(principle.value, FieldKind.RADIO) for principle in DataPrinciple),
        FormField("plan", FieldKind.TEXT, optional=True, limit=1500),
        FormField("plan_on", FieldKind.DAY, optional=True),
        FormField("note", FieldKind.TEXT, optional=True, limit=1000),
    ),
)
ENTRY = Form(
    "projects/entry_form",
    "project_data.enter",
    (
        FormField("data", FieldKind.LINE),
        FormField("whose", FieldKind.LINE),
        FormField("purpose", FieldKind.LINE),
        FormField("kept_at", FieldKind.LINE),
        FormField("transfers", FieldKind.LINE, optional=True),
        FormField("retention_until", FieldKind.DAY),
    ),
)
DISPOSE = Form(
    "projects/dispose_form",
    "project_data.dispose",
    (
        FormField("how", FieldKind.RADIO),
        FormField("disposed_on", FieldKind.DAY),
        FormField("note", FieldKind.TEXT, limit=600),
    ),
)


def open_answer(call: Call) -> Reply:
    """Open the question whether a project processes personal data, with what the party answered before."""
    with call.reading(Act.KEEP_PROJECT_DATA) as desk:
        row = project_data.get_checked(desk, row_number(call.value))
        before = _before(desk, row)
        facts = _facts(desk, row)
    said = [(word, say("projects/choices", word, {})) for word in (YES, NO)]
    initial = {"processes": YES if before.processes else NO, "reason": before.reason} if before else {}
    private = f"{row.key}@{before.seq if before else 0}"
    call.open(QUESTION.view(facts, options={"processes": said}, initial=initial, private=private))
    return None


def _before(desk: Desk, row: JointProject) -> DataCheck | None:
    """What the person's party answered last."""
    return project_data.checks_of(desk.session, row.key).get(desk.person.party)


def _facts(desk: Desk, row: JointProject) -> dict[str, Any]:
    party = desk.definition.party(desk.person.party).abbreviation
    return {"number": row.number, "title": row.title, "party": party}


def submit_answer(call: Call) -> Reply:
    """With "no", put it on record; with "yes", show the ten questions."""
    key, seen = map(row_number, call.private.split("@"))
    if call.answers["processes"] == NO:
        answer = DataAnswer(processes=False, reason=call.answers["reason"], met={})
        call.act(project_data.answer_data, project_id=key, answer=answer, seen=seen)
        return None
    with call.reading(Act.KEEP_PROJECT_DATA) as desk:
        row = project_data.get_checked(desk, key)
        facts, initial = _facts(desk, row), _given(desk, row)
    said = [(met.value, term(met).capitalize()) for met in PrincipleMet]
    options = {principle.value: said for principle in DataPrinciple}
    return Replace(CHECKLIST.view(facts, options=options, initial=initial, private=call.private))


def _given(desk: Desk, row: JointProject) -> dict[str, Initial]:
    """What the party answered before, to be looked at again and left as it is where nothing has changed."""
    before = _before(desk, row)
    if before is None:
        return {}
    answers = project_data.answers_of(desk.session, before)
    given: dict[str, Initial] = {each.value: met.value for each, met in answers.items()}
    plan_on = before.plan_on.isoformat() if before.plan_on else ""
    return given | {"plan": before.plan, "plan_on": plan_on, "note": before.note}


def submit_checklist(call: Call) -> Reply:
    """Put the ten answers on record."""
    key, seen = map(row_number, call.private.split("@"))
    given = call.answers
    met = {each: PrincipleMet(given[each]) if given.get(each) else None for each in DataPrinciple}
    answer = DataAnswer(
        processes=True, met=met, note=given["note"], plan=given["plan"], plan_on=given["plan_on"]
    )
    call.act(project_data.answer_data, project_id=key, answer=answer, seen=seen)
    return None


def open_entry(call: Call) -> Reply:
    """Open the form in which a party enters what it holds."""
    with call.reading(Act.KEEP_PROJECT_DATA) as desk:
        row = project_data.get_checked(desk, row_number(call.value))
        facts = _facts(desk, row)
    call.open(ENTRY.view(facts, private=call.value))
    return None


def submit_entry(call: Call) -> Reply:
    """Enter it."""
    processing = Processing(**call.answers)
    call.act(project_holdings.enter_processing, project_id=row_number(call.private), processing=processing)
    return None


def open_disposal(call: Call) -> Reply:
    """Open the form in which a party confirms what became of data it held."""
    with call.reading() as desk:
        entry, row = project_holdings.get_entry(desk, row_number(call.value))
        require(desk.session, desk.person, Act.DISPOSE_PROJECT_DATA, OwnMatter(entry.party))
        project_holdings.check_held(desk, entry, row)
        facts = {**_facts(desk, row), "data": entry.data, "retention_until": entry.retention_until}
    ways = [(each.value, term(each).capitalize()) for each in project_holdings.WAYS]
    call.open(DISPOSE.view(facts, options={"how": ways}, private=call.value))
    return None


def submit_disposal(call: Call) -> Reply:
    """Confirm it."""
    given = {**call.answers, "how": DataHolding(call.answers["how"])}
    call.act(project_holdings.dispose, entry_id=row_number(call.private), **given)
    return None
