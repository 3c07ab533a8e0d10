"""Every way in which a case may move, for the page drawn from the code and for tests that walk them all."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import (
    amendments,
    costs,
    dispute_notes,
    disputes,
    emblem_machine,
    formulas,
    project_gates,
    project_registers,
    projects,
    renewal_rooms,
    settlement_statements,
    terminations,
)
from bot.agreement.transitions import Machine

MACHINES: Mapping[str, Machine[Any]] = {
    "emblems": emblem_machine.MACHINE,
    "formulas": formulas.MACHINE,
    "costs": costs.MACHINE,
    "terminations": terminations.MACHINE,
    "renewals": renewal_rooms.MACHINE,
    "amendments": amendments.MACHINE,
    "disputes": disputes.MACHINE,
    "notes": dispute_notes.NOTES,
    "projects": projects.MACHINE,
    "gates": project_gates.GATES,
    "holdings": project_registers.HOLDINGS,
    "statements": settlement_statements.MACHINE,
}
"""Article by article. A test compares this with every machine that is declared under `bot/agreement`."""
