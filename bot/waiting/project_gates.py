"""IX.1 and IX.2-4: what is to be settled, started or looked at of joint projects, as it waits for one person."""

from typing import Any

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.people import Person, may
from bot.agreement.project_answers import unsettled
from bot.agreement.project_beginnings import unconfirmed
from bot.agreement.project_data import DataCheck, checks_of, kept_entries
from bot.agreement.project_gates import Gate, ProjectGate, closed_gates
from bot.agreement.projects import JointProject, ProjectKind, ProjectStatus, going_on
from bot.agreement.rights import Act
from bot.agreement.standing import standing
from bot.agreement.workplans import serves_place
from bot.cards.project_gates import gate_facts
from bot.cards.projects import project_facts
from bot.waiting.soon import ANSWER_SOON


def to_confirm(desk: Desk) -> list[dict[str, Any]]:
    """What the other party put on record of a project, which the person may confirm."""
    return [
        gate_facts(desk, row, gate)
        for row, gate in unsettled(desk.session)
        if may(desk.session, desk.person, _confirming(gate), gate)
    ]


def _confirming(gate: ProjectGate) -> Act:
    return Act.CONFIRM_ITEMS if gate.gate is Gate.ITEMS else Act.CONFIRM_GATE


def beginnings(desk: Desk) -> list[dict[str, Any]]:
    """The projects that the other party entered as having begun, on which the person may speak for their own."""
    rows = unconfirmed(desk.session)
    return [project_facts(desk, row) for row in rows if may(desk.session, desk.person, Act.CONFIRM_GATE, row)]


def to_start(desk: Desk) -> list[dict[str, Any]]:
    """The projects of which every gate is open, and which the person may start."""
    if not may(desk.session, desk.person, Act.START_PROJECT):
        return []
    held = [row for row in going_on(desk.session) if row.status is ProjectStatus.PREPARING]
    return [project_facts(desk, row) for row in held if _may_start(desk, desk.person, row)]


def _may_start(desk: Desk, person: Person, row: JointProject) -> bool:
    scope = get_channel(desk.session, row.channel_id).scope
    return not closed_gates(desk.session, row.key) and serves_place(desk, person, Act.START_PROJECT, scope)


def data_to_answer(desk: Desk) -> list[dict[str, Any]]:
    """The projects on whose personal data the person's party has not answered, or is to look again soon."""
    if not may(desk.session, desk.person, Act.KEEP_PROJECT_DATA):
        return []
    rows = [row for row in going_on(desk.session) if row.kind is ProjectKind.PROJECT and _goes_on(desk, row)]
    rows += [row for _, row in kept_entries(desk.session)]
    once = {row.key: row for row in rows}.values()
    found = [(row, checks_of(desk.session, row.key).get(desk.person.party)) for row in once]
    return [
        {**project_facts(desk, row), "again_on": check.again_on if check else None}
        for row, check in found
        if check is None or _soon(desk, check)
    ]


def _goes_on(desk: Desk, row: JointProject) -> bool:
    """Once the Agreement has ended, a project in preparation is not started any more."""
    return row.status is not ProjectStatus.PREPARING or standing(desk.session, desk.today).in_force


def _soon(desk: Desk, check: DataCheck) -> bool:
    return check.again_on <= desk.today + ANSWER_SOON


def data_to_dispose(desk: Desk) -> list[dict[str, Any]]:
    """What the person's party holds whose retention ends soon, or has ended."""
    if not may(desk.session, desk.person, Act.KEEP_PROJECT_DATA):
        return []
    return [
        {
            **project_facts(desk, row),
            "entry_id": entry.key,
            "data": entry.data,
            "until": entry.retention_until,
        }
        for entry, row in kept_entries(desk.session)
        if entry.party == desk.person.party and entry.retention_until <= desk.today + ANSWER_SOON
    ]
