"""The doors of IX.1(a), IX.1(b), IX.2-1 and IX.2-4: what is settled before a start, and the start."""

from typing import Any

from bot.agreement import (
    project_answers,
    project_beginnings,
    project_items,
    project_results,
    project_stages,
    projects,
)
from bot.agreement.desk import Desk
from bot.agreement.people import Person, holders, require
from bot.agreement.project_answers import Answer
from bot.agreement.project_gates import Gate, GateBasis, GateStatus, ProjectGate
from bot.agreement.project_items import ProjectItem
from bot.agreement.project_results import ResultKind, SharedOwner
from bot.agreement.projects import JointProject
from bot.agreement.rights import Act, Role
from bot.cards import card
from bot.cards.facts import person_facts
from bot.cards.project_gates import gate_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import say, term
from handlers.calls import Call, Door, Reply, Tell, row_number

INSTRUMENT = FormField("instrument", FieldKind.CHOICE, optional=True)
FILE = FormField("file", FieldKind.FILE, optional=True)
AGREEMENT = Form(
    "projects/agreement_form",
    "project_gates.propose",
    (
        FormField("answer", FieldKind.RADIO),
        INSTRUMENT,
        FILE,
        FormField("reason", FieldKind.TEXT, optional=True, limit=1500),
    ),
)
OWNERSHIP = Form(
    "projects/ownership_form",
    "project_gates.propose",
    (
        FILE,
        INSTRUMENT,
        FormField("kept_at", FieldKind.LINE, optional=True),
        FormField("digest", FieldKind.LINE, optional=True, limit=100),
    ),
)
CONFIRM = Form("projects/confirm_gate_form", "project_gates.confirm", ())
WHY = (FormField("note", FieldKind.TEXT, limit=1000),)
SEND_BACK = Form("projects/send_back_form", "project_gates.send_back", WHY)
REOPEN = Form("projects/reopen_form", "project_gates.reopen", WHY)
OWNER = FormField("owner", FieldKind.CHOICE)
ITEM = Form("projects/item_form", "project_items.add", (FormField("item", FieldKind.LINE), OWNER))
CHANGE = Form("projects/change_item_form", "project_items.change", (OWNER,))
RESULT = Form(
    "projects/result_form",
    "project_results.add",
    (
        FormField("kind", FieldKind.RADIO),
        FormField("result", FieldKind.LINE),
        FormField("owner", FieldKind.RADIO),
        FormField("licence", FieldKind.LINE, optional=True),
    ),
)
BECOME = Form(
    "projects/become_form",
    "projects.become",
    (FormField("starts_on", FieldKind.DAY), FormField("ends_on", FieldKind.DAY, optional=True)),
)
MOST = 100
"""People a list can offer."""
DROP = "drop"
DIRECT = "D"
"""How the numbers of direct messages begin in Slack."""


def show(gate: str) -> Door:
    """The door that shows one gate of a project, with its list and its buttons."""

    def door(call: Call) -> Reply:
        with call.reading() as desk:
            row = projects.get_project(desk.session, row_number(call.value))
            return Tell(card(desk, f"project_{gate}:{row.key}"))

    return door


def start(call: Call) -> Reply:
    """Start a project, or say what still holds it."""
    event = call.act(project_stages.start_project, project_id=row_number(call.value))
    if not call.channel.startswith(DIRECT):
        return call.again(event.subject)
    # The letter that offers the button is no card, so nothing there would show that it was done.
    with call.reading() as desk:
        return Tell(card(desk, event.subject))


def begun(call: Call) -> Reply:
    """Say that a project had begun before the other party put it on record."""
    event = call.act(project_beginnings.confirm_begun, project_id=row_number(call.value))
    return call.again(event.subject)


def not_begun(call: Call) -> Reply:
    """Say that it had not."""
    event = call.act(project_beginnings.deny_begun, project_id=row_number(call.value))
    return call.again(event.subject)


def open_becoming(call: Call) -> Reply:
    """Open the form in which an opportunity becomes a project."""
    with call.reading(Act.KEEP_PROJECTS) as desk:
        row = projects.get_open(desk, row_number(call.value))
        facts = {"number": row.number, "title": row.title}
    call.open(BECOME.view(facts, private=call.value))
    return None


def submit_becoming(call: Call) -> Reply:
    """Make it a project."""
    call.act(project_stages.become_project, project_id=row_number(call.private), **call.answers)
    return None


def open_answer(call: Call) -> Reply:
    """Open the form in which a party says what there is in writing."""
    with call.reading(Act.SETTLE_GATE) as desk:
        gate, row = project_answers.in_writing(desk, row_number(call.value))
        _expect(desk, row, gate, GateStatus.MISSING)
        facts = _facts(desk, row, gate)
        fitting = [
            (str(each.key), f"{each.number} {each.title}") for each in project_answers.fitting(desk.session)
        ]
    bases = [basis for basis in GateBasis if basis is not GateBasis.KEPT]
    offered = [each for each in bases if fitting or each is not GateBasis.INSTRUMENT]
    options = {"instrument": fitting[:MOST], "answer": [(each.value, term(each)) for each in offered]}
    form = AGREEMENT if gate.gate is Gate.AGREEMENT else OWNERSHIP
    call.open(form.view(facts, options=options, private=f"{gate.key}@{gate.version}"))
    return None


def _expect(desk: Desk, row: JointProject, gate: ProjectGate, status: GateStatus) -> None:
    """Say who was first, before a form is opened for nothing."""
    if gate.status is not status:
        raise project_answers.moved_on(desk, row, gate)


def _facts(desk: Desk, row: JointProject, gate: ProjectGate) -> dict[str, Any]:
    others = desk.definition.others(desk.person.party)
    return {**gate_facts(desk, row, gate), "confirming": tuple(party.abbreviation for party in others)}


def submit_answer(call: Call) -> Reply:
    """Put the answer to the other party."""
    given = call.answers
    answer = Answer(
        basis=GateBasis(given["answer"]) if given.get("answer") else None,
        instrument_id=row_number(given.get("instrument") or ""),
        file=call.attachment("file"),
        kept_at=given.get("kept_at", ""),
        digest=given.get("digest", ""),
        reason=given.get("reason", ""),
    )
    key, _, seen = call.private.partition("@")
    facts = {"gate_id": row_number(key), "seen": row_number(seen)}
    call.act(project_answers.propose_gate, answer=answer, **facts)
    return None


def open_confirmation(call: Call) -> Reply:
    """Show once more what would be confirmed."""
    with call.reading() as desk:
        gate, row = project_answers.get_gate(desk, row_number(call.value))
        act = Act.CONFIRM_ITEMS if gate.gate is Gate.ITEMS else Act.CONFIRM_GATE
        require(desk.session, desk.person, act, gate)
        _expect(desk, row, gate, GateStatus.PROPOSED)
        facts = _facts(desk, row, gate)
    call.open(CONFIRM.view(facts, private=f"{gate.key}@{gate.version}@{gate.gate.value}"))
    return None


def submit_confirmation(call: Call) -> Reply:
    """Confirm it, as it was seen."""
    key, seen, kind = call.private.split("@")
    verb = project_items.confirm_items if kind == Gate.ITEMS else project_answers.confirm_gate
    call.act(verb, gate_id=row_number(key), seen=row_number(seen))
    return None


def open_sending_back(call: Call) -> Reply:
    """Open the form in which an answer is sent back."""
    return _open_why(call, SEND_BACK, GateStatus.PROPOSED)


def submit_sending_back(call: Call) -> Reply:
    """Send it back."""
    call.act(project_answers.send_back_gate, gate_id=row_number(call.private), note=call.answers["note"])
    return None


def open_reopening(call: Call) -> Reply:
    """Open the form in which a settled question is opened again."""
    return _open_why(call, REOPEN, GateStatus.AGREED)


def submit_reopening(call: Call) -> Reply:
    """Open it again."""
    call.act(project_answers.reopen_gate, gate_id=row_number(call.private), note=call.answers["note"])
    return None


def _open_why(call: Call, form: Form, status: GateStatus) -> Reply:
    with call.reading(Act.SETTLE_GATE) as desk:
        gate, row = project_answers.in_writing(desk, row_number(call.value))
        _expect(desk, row, gate, status)
        facts = _facts(desk, row, gate)
    call.open(form.view(facts, private=call.value))
    return None


def open_item(call: Call) -> Reply:
    """Open the form in which an item is listed."""
    with call.reading(Act.KEEP_PROJECTS) as desk:
        row = projects.get_gated(desk, row_number(call.value))
        facts, options = {"number": row.number, "title": row.title}, {"owner": _people(desk)}
    call.open(ITEM.view(facts, options=options, private=call.value))
    return None


def _people(desk: Desk) -> list[tuple[str, str]]:
    """Everybody of both parties who serves today, the own party first."""
    own = desk.definition.party(desk.person.party)
    parties = [own, *desk.definition.others(own.id)]
    found = [(each, holders(desk.session, each.id, frozenset(Role), desk.today)) for each in parties]
    named = [_named(person, party.abbreviation) for party, people in found for person in people]
    return named[:MOST]


def _named(person: Person, party: str) -> tuple[str, str]:
    return str(person.key), f"{person.name} ({party})"


def submit_item(call: Call) -> Reply:
    """Put it on the list."""
    owner = row_number(call.answers["owner"])
    call.act(
        project_items.add_item,
        project_id=row_number(call.private),
        item=call.answers["item"],
        owner_id=owner,
    )
    return None


def open_change(call: Call) -> Reply:
    """Open the form in which an item is handed over or dropped."""
    with call.reading(Act.KEEP_PROJECTS) as desk:
        item = desk.session.get(ProjectItem, row_number(call.value))
        row = projects.get_gated(desk, item.project_id if item else 0)
        known = project_items.owners(desk.session, row_number(call.value))
        facts = {
            "number": row.number,
            "item": item.item if item else "",
            "owner_now": person_facts(desk, known[-1].person_id),
        }
        options = {"owner": [(DROP, say("projects/choices", DROP, {})), *_people(desk)[: MOST - 1]]}
    call.open(CHANGE.view(facts, options=options, private=f"{call.value}@{len(known)}"))
    return None


def submit_change(call: Call) -> Reply:
    """Hand it over, or drop it."""
    key, seen = map(row_number, call.private.split("@"))
    owner = call.answers["owner"]
    if owner == DROP:
        call.act(project_items.drop_item, item_id=key)
    else:
        call.act(project_items.assign_item, item_id=key, owner_id=row_number(owner), seen=seen)
    return None


def open_result(call: Call) -> Reply:
    """Open the form in which a line on ownership is entered."""
    with call.reading(Act.KEEP_PROJECTS) as desk:
        row = projects.get_gated(desk, row_number(call.value))
        facts = {"number": row.number, "title": row.title}
        own = [(party.id, party.abbreviation) for party in desk.definition.parties]
    options = {
        "kind": [(each.value, term(each)) for each in ResultKind],
        "owner": [*own, *((each.value, term(each)) for each in SharedOwner)],
    }
    call.open(RESULT.view(facts, options=options, private=call.value))
    return None


def submit_result(call: Call) -> Reply:
    """Put it on the list."""
    given = {**call.answers, "kind": ResultKind(call.answers["kind"])}
    call.act(project_results.add_result, project_id=row_number(call.private), **given)
    return None


def drop_result(call: Call) -> Reply:
    """Take a line off the list."""
    event = call.act(project_results.drop_result, result_id=row_number(call.value))
    return call.again(event.subject.replace("project:", "project_ownership:"))
