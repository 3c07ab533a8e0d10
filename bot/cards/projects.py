"""IV.6-1: what a joint project or an opportunity looks like now."""

from typing import Any

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.project_gates import CLAUSES, ProjectGate, gates_of, instrument_of, stands
from bot.agreement.project_lines import ProjectLine, lines_of
from bot.agreement.project_registers import held, register_of
from bot.agreement.projects import (
    CLAUSE,
    GOING_ON,
    JointProject,
    ProjectKind,
    ProjectStatus,
    get_project,
    responsible_for,
)
from bot.agreement.time_limits import civil_day
from bot.cards.facts import area_title, person_facts, place_name
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

LATEST = 6
"""How many lines the card shows."""


def project_facts(desk: Desk, row: JointProject) -> dict[str, Any]:
    """Everything the words about one project may need."""
    parties = desk.definition.parties
    named = [(party.abbreviation, responsible_for(desk, row, party.id)) for party in parties]
    return {
        **row.model_dump(),
        "project_id": row.key,
        "clause": CLAUSE,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "author": person_facts(desk, row.author_id),
        "closer": person_facts(desk, row.closed_by),
        "starter": person_facts(desk, row.started_by),
        "begun_word": person_facts(desk, row.begun_by),
        "others": tuple(other.abbreviation for other in desk.definition.others(row.party)),
        "area_title": area_title(desk, row.area),
        "lead": desk.definition.party(row.lead_party).abbreviation,
        "responsible": tuple((party, person.name if person else "") for party, person in named),
        "place": place_name(get_channel(desk.session, row.channel_id)),
        "zone": desk.definition.tz,
    }


def line_facts(desk: Desk, line: ProjectLine) -> dict[str, Any]:
    """One line: who said what, and on which day."""
    said_on = civil_day(line.at, desk.definition.tz)
    return {"by": person_facts(desk, line.person_id), "on": said_on, "text": line.text}


def gate_line(desk: Desk, gate: ProjectGate) -> dict[str, Any]:
    """How one gate stands, for the words about its project and about itself."""
    instrument = instrument_of(desk.session, gate)
    party = desk.definition.party(gate.stated_by).abbreviation if gate.stated_by else ""
    others = desk.definition.others(gate.stated_by) if gate.stated_by else ()
    return {
        **gate.model_dump(),
        "gate_id": gate.key,
        "gate_clause": CLAUSES[gate.gate],
        "open": stands(desk.session, gate),
        "stated_by": party,
        "others": tuple(other.abbreviation for other in others),
        "proposer": person_facts(desk, gate.proposed_by),
        "settler": person_facts(desk, gate.settled_by),
        "instrument": instrument.model_dump() | {"number": instrument.number} if instrument else None,
    }


def project_card(desk: Desk, project_id: int) -> Message:
    """The card of one project or opportunity, with what holds its start."""
    row = get_project(desk.session, project_id)
    lines = lines_of(desk.session, project_id)
    facts = {
        **project_facts(desk, row),
        "lines": [line_facts(desk, line) for line in lines[-LATEST:]],
        "earlier": len(lines[:-LATEST]),
        "gates": [gate_line(desk, gate) for gate in gates_of(desk.session, project_id).values()],
        "held": len(held(desk.session, project_id)),
    }
    kept = bool(register_of(desk.session, project_id))
    return message(words("projects/card", facts), _buttons(row, kept=kept))


def _buttons(row: JointProject, *, kept: bool) -> list[Button]:
    """Start, then a button for each gate, then what the register asks for; of the data also once it is closed."""
    project = row.kind is ProjectKind.PROJECT
    named: list[tuple[str, str | None]] = []
    if row.status is ProjectStatus.PREPARING:
        named.append(("start", "primary"))
    if project and row.status in GOING_ON:
        named += [(gate.value, None) for gate in CLAUSES]
    elif kept:
        named.append(("data", None))
    if row.status in GOING_ON:
        opportunity = [("become", None)] if not project else []
        named += [("line", None), ("no_change", None), ("responsible", None), *opportunity, ("close", None)]
    said = [Button(f"projects.{name}", str(row.key), name, confirm=True) for name in ("begun", "not_begun")]
    said = said if row.status is ProjectStatus.STATED else []
    return said + [Button(f"projects.{name}", str(row.key), name, style) for name, style in named]
