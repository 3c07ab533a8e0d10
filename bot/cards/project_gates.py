"""IX.1 and IX.2-4: what each gate of a project looks like now, with its list and its buttons."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.agreement.project_data import DataCheck, answers_of, checks_of
from bot.agreement.project_gates import Gate, GateStatus, ProjectGate, gates_of
from bot.agreement.project_items import items_of, owners
from bot.agreement.project_registers import DataHolding, ProcessingEntry, register_of
from bot.agreement.project_results import ProjectResult, SharedOwner, results_of
from bot.agreement.projects import GOING_ON, JointProject, NotAProject, ProjectStatus, get_project
from bot.cards.facts import person_facts
from bot.cards.projects import gate_line, project_facts
from bot.letters import Mrkdwn, say, term, words
from bot.outbox import Message
from bot.shapes import Block, Button, actions, blocks, entry, small_print

MOST = 20
"""Lines of a list that are shown: a message takes fifty blocks."""
ROOM = 12_000
"""Characters of a list and of what stands above it: Slack refuses a message over 13,200."""
Line = tuple[str, dict[str, Any], tuple[str, int, str] | None]
"""A line of a list: its words, its facts, and its button."""


def gate_facts(desk: Desk, row: JointProject, gate: ProjectGate) -> dict[str, Any]:
    """Everything the words about one gate may need."""
    file = desk.session.get(StoredFile, gate.file_id) if gate.file_id else None
    return {
        **project_facts(desk, row),
        **gate_line(desk, gate),
        "project_status": row.status,
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "items": [
            item_facts(desk, item.key, item.seq, item.item) for item in items_of(desk.session, row.key)
        ],
        "results": [result_facts(desk, result) for result in results_of(desk.session, row.key)],
        "checks": checks_facts(desk, row),
        "entries": [entry_facts(desk, each) for each in register_of(desk.session, row.key)],
    }


def item_facts(desk: Desk, item_id: int, seq: int, item: str) -> dict[str, Any]:
    """One item with everybody who ever answered for it."""
    known = owners(desk.session, item_id)
    named = [{"owner": person_facts(desk, row.person_id), "named_at": row.named_at} for row in known]
    return {"item_id": item_id, "seq": seq, "item": item, "owner": named[-1]["owner"], "history": named}


def result_facts(desk: Desk, row: ProjectResult) -> dict[str, Any]:
    """One line on ownership, its owner in words."""
    shared = row.owner in set(SharedOwner)
    owner = term(SharedOwner(row.owner)) if shared else desk.definition.party(row.owner).abbreviation
    return {
        "result_id": row.key,
        "result_kind": row.kind,
        "result": row.result,
        "owner": owner,
        "licence": row.licence,
    }


def checks_facts(desk: Desk, row: JointProject) -> list[dict[str, Any]]:
    """What each party answers on personal data, or that it has not yet."""
    known = checks_of(desk.session, row.key)
    return [
        {"party": party.abbreviation, "check": _check(desk, known[party.id]) if party.id in known else None}
        for party in desk.definition.parties
    ]


def _check(desk: Desk, check: DataCheck) -> dict[str, Any]:
    answers = list(answers_of(desk.session, check).items())
    return {**check.model_dump(), "by": person_facts(desk, check.person_id), "answers": answers}


def entry_facts(desk: Desk, row: ProcessingEntry) -> dict[str, Any]:
    """One line of the register of processing."""
    disposer = person_facts(desk, row.disposed_by)
    party = desk.definition.party(row.party).abbreviation
    return {**row.model_dump(), "entry_id": row.key, "party": party, "disposer": disposer}


def _of(desk: Desk, project_id: int, gate: Gate) -> tuple[JointProject, ProjectGate, dict[str, Any]]:
    row = get_project(desk.session, project_id)
    found = gates_of(desk.session, project_id).get(gate)
    if found is None:
        raise NotAProject(row.number)
    return row, found, gate_facts(desk, row, found)


def agreement_card(desk: Desk, project_id: int) -> Message:
    """IX.1(a): the written agreement, or why none is needed."""
    row, gate, facts = _of(desk, project_id, Gate.AGREEMENT)
    return _drawn("agreement", facts, _settling(row, gate))


def ownership_card(desk: Desk, project_id: int) -> Message:
    """IX.2-4: who owns what, and where it is agreed in writing."""
    row, gate, facts = _of(desk, project_id, Gate.OWNERSHIP)
    changeable = gate.status is GateStatus.MISSING and row.status in GOING_ON
    add = [Button("project_results.add", str(row.key), "add")] if changeable else []
    lines = [
        ("result", each, ("project_results.drop", each["result_id"], "drop") if changeable else None)
        for each in facts["results"]
    ]
    return _drawn("ownership", facts, [*add, *_settling(row, gate)], lines)


def items_card(desk: Desk, project_id: int) -> Message:
    """IX.1(b): who answers for what."""
    row, gate, facts = _of(desk, project_id, Gate.ITEMS)
    if row.status not in GOING_ON:
        return _drawn("items", facts, (), [("item", each, None) for each in facts["items"]])
    buttons = [Button("project_items.add", str(row.key), "add")]
    if gate.status is GateStatus.PROPOSED:
        buttons.append(Button("project_gates.confirm", str(gate.key), "confirm", "primary"))
    lines = [("item", each, ("project_items.change", each["item_id"], "change")) for each in facts["items"]]
    return _drawn("items", facts, buttons, lines)


def data_card(desk: Desk, project_id: int) -> Message:
    """IX.1(d): what each party answers on personal data, and the register of processing."""
    row, _, facts = _of(desk, project_id, Gate.DATA)
    held = {each["entry_id"] for each in facts["entries"] if each["status"] is DataHolding.HELD}
    buttons = [
        Button("project_data.answer", str(row.key), "answer", "primary"),
        Button("project_data.enter", str(row.key), "enter"),
    ]
    lines: list[Line] = []
    for each in facts["entries"]:
        key = each["entry_id"]
        lines.append(("entry", each, ("project_data.dispose", key, "dispose") if key in held else None))
    return _drawn("data", facts, buttons if held or row.status in GOING_ON else (), lines)


def _settling(row: JointProject, gate: ProjectGate) -> list[Button]:
    named: list[tuple[str, str | None]] = []
    if row.status in GOING_ON:
        if gate.status is GateStatus.MISSING:
            named.append(("propose", "primary"))
        elif gate.status is GateStatus.PROPOSED:
            named += [("confirm", "primary"), ("send_back", None)]
        elif row.status is ProjectStatus.PREPARING:
            named.append(("reopen", None))
    return [Button(f"project_gates.{name}", str(gate.key), name, style) for name, style in named]


def _drawn(
    name: str, facts: dict[str, Any], buttons: Sequence[Button], lines: Sequence[Line] = ()
) -> Message:
    template = f"projects/{name}_gate"
    parts = words(template, {**facts, "shown": len(lines)})
    texts = [say("projects/gate_lines", line[0], {"row": line[1], "zone": facts["zone"]}) for line in lines]
    shown = _room(texts, ROOM - len(parts["body"]))
    if shown < len(lines):
        parts = words(template, {**facts, "shown": shown})
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    first = len(lines) - shown
    made += [_line(parts, text, line) for text, line in zip(texts[first:], lines[first:], strict=True)]
    made += [actions(parts, buttons)] if buttons else []
    return Message(Mrkdwn(parts["notice"]), [*made, small_print(parts["footer"])])


def _room(texts: Sequence[str], room: int) -> int:
    """How many of the latest lines find room in one message."""
    lengths = accumulate(len(text) for text in reversed(texts[-MOST:]))
    return sum(length <= room for length in lengths)


def _line(parts: dict[str, str], text: str, line: Line) -> Block:
    _, facts, pressed = line
    if pressed is None:
        return entry(text, parts)
    action, key, label = pressed
    return entry(text, parts, Button(action, str(key), label), str(facts.get("seq", "")))
