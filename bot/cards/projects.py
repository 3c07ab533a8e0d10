"""IV.6-1: what a joint project or an opportunity looks like now."""

from typing import Any

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.project_lines import ProjectLine, lines_of
from bot.agreement.projects import CLAUSE, JointProject, ProjectStatus, get_project, responsible_for
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


def project_card(desk: Desk, project_id: int) -> Message:
    """The card of one project or opportunity."""
    row = get_project(desk.session, project_id)
    lines = lines_of(desk.session, project_id)
    facts = {
        **project_facts(desk, row),
        "lines": [line_facts(desk, line) for line in lines[-LATEST:]],
        "earlier": len(lines[:-LATEST]),
    }
    buttons = (
        Button("projects.line", str(project_id), "line", "primary"),
        Button("projects.no_change", str(project_id), "no_change"),
        Button("projects.responsible", str(project_id), "responsible"),
        Button("projects.close", str(project_id), "close"),
    )
    return message(words("projects/card", facts), buttons if row.status is ProjectStatus.RUNNING else ())
