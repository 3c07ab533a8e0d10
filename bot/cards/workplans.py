"""IV.5: what a version of a workplan looks like now, and the list of its items."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from bot.agreement.channels import all_channels
from bot.agreement.desk import Desk
from bot.agreement.files import record_of
from bot.agreement.ledger import Occurrence
from bot.agreement.rights import Role
from bot.agreement.workplan_adoptions import adoptions
from bot.agreement.workplan_checks import split
from bot.agreement.workplan_contents import completeness, content, themes_without_strategy, unmapped
from bot.agreement.workplan_items import WorkplanItem, standing_items
from bot.agreement.workplans import (
    GLOBAL_CLAUSE,
    PENDING,
    Workplan,
    WorkplanStatus,
    get_workplan,
    in_force,
    latest,
    versions,
)
from bot.cards.facts import person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, actions, blocks, entry, message

SHOWN = 30
"""How many items a list shows, of the fifty blocks that Slack takes; the file has all of them."""
LIVE = frozenset(
    {WorkplanStatus.DRAFT, WorkplanStatus.PROPOSED, WorkplanStatus.ADOPTED_BY_ONE, WorkplanStatus.IN_FORCE}
)


def workplan_facts(desk: Desk, workplan_id: int) -> dict[str, Any]:
    """Everything the words about one version may need."""
    plan = get_workplan(desk.session, workplan_id)
    newest = latest(desk.session, plan.scope) or plan
    force = in_force(desk.session, plan.scope)
    rows = standing_items(desk.session, plan.scope)
    record = record_of(desk.session, plan.subject)
    return {
        **plan.model_dump(),
        "clause": plan.clause,
        "workplan_id": plan.key,
        "live": plan.status in LIVE and plan.key == newest.key,
        "newest": newest.version,
        "force": force.version if force else 0,
        "items": len(content(desk, plan)["items"]),
        "beginner": person_facts(desk, plan.begun_by),
        "proposer": person_facts(desk, plan.proposed_by),
        **_adopted(desk, plan),
        **_state_of_items(desk, plan.scope, rows),
        "duty": _duty(desk) if not plan.scope else None,
        "record_number": record.number if record else "",
        "zone": desk.definition.tz,
        "today": desk.today,
    }


def _adopted(desk: Desk, plan: Workplan) -> dict[str, Any]:
    rows = adoptions(desk.session, plan.key)
    done = {row.party for row in rows}
    given = [
        {
            **person_facts(desk, row.person_id),
            "roles": [Role(role) for role in split(row.capacity)],
            "at": row.at,
        }
        for row in rows
    ]
    waiting = [party.abbreviation for party in desk.definition.parties if party.id not in done]
    return {"adoptions": given, "waiting_for": waiting}


def _state_of_items(desk: Desk, scope: str, rows: Sequence[WorkplanItem]) -> dict[str, Any]:
    """How the items stand: progress, money, people involved, the line upwards, places and themes."""
    return {
        "standing": Counter(row.status for row in rows),
        "funding": Counter(row.funding for row in rows),
        "complete": completeness(rows),
        "unmapped": [(row.number, row.title) for row in unmapped(desk, scope)],
        "themes": themes_without_strategy(desk.definition, rows),
        "countries": sorted(Counter(row.country for row in rows if row.country).items()),
    }


def _duty(desk: Desk) -> dict[str, Any] | None:
    """The date by which the global workplan was due, and how late it was, or is."""
    row = desk.session.exec(
        select(Occurrence)
        .where(Occurrence.agreement == desk.definition.id, Occurrence.clause == GLOBAL_CLAUSE)
        .order_by(col(Occurrence.due_on))
    ).first()
    if row is None:
        return None
    late = row.days_late if row.met_on else max(0, (desk.today - row.due_on).days)
    return {"due_on": row.due_on, "status": row.status, "met_on": row.met_on, "days_late": late}


def workplan_card(desk: Desk, workplan_id: int) -> Message:
    """The card of one version."""
    facts = workplan_facts(desk, workplan_id)
    return message(words("workplans/card", facts), _buttons(facts))


def _buttons(facts: dict[str, Any]) -> list[Button]:
    key, status = str(facts["workplan_id"]), facts["status"]
    made: list[Button] = []
    if status is WorkplanStatus.DRAFT:
        made.append(Button("workplans.propose", key, "propose", "primary", confirm=True))
    if status in PENDING:
        made.append(Button("workplans.adopt", key, "adopt", "primary", confirm=True))
    if facts["live"]:
        made.append(Button("workplans.add", f"plan-{key}", "add"))
    made.append(Button("workplans.items", key, "items"))
    if facts["version"] > 1:
        made.append(Button("workplans.compare", key, "compare"))
    if facts["live"]:
        made += [Button("workplans.import", key, "import"), Button("workplans.export", key, "export")]
    return made


def items_message(desk: Desk, plan: Workplan) -> Message:
    """The items of a workplan as they stand, each with a button that opens it."""
    rows = standing_items(desk.session, plan.scope)
    facts = {**workplan_facts(desk, plan.key), "more": max(0, len(rows) - SHOWN)}
    parts = words("workplans/items", facts)
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in rows[:SHOWN]:
        line = words("workplans/item_line", _line(desk, row))
        button = Button("workplans.item", str(row.key), "open")
        made.append(entry(line["line"], line, button, spoken=line["spoken"]))
    made += blocks({"body": parts["rest"], "footer": parts["footer"]})
    return Message(parts["notice"], made)


def _line(desk: Desk, row: WorkplanItem) -> dict[str, Any]:
    lead = desk.definition.party(row.lead_party).abbreviation if row.lead_party else ""
    return {**row.model_dump(), "number": row.number, "lead": lead, "today": desk.today}


def places_message(desk: Desk) -> Message:
    """Every place that has, or may have, a workplan, with its items (I.3, IV.5-1)."""
    rows = [_place(desk, channel.scope) for channel in all_channels(desk.session)]
    parts = words("workplans/listing", {"rows": rows})
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for row in rows[:SHOWN]:
        line = words("workplans/place_line", row)
        button = Button("workplans.plan", str(row["workplan_id"]), "open") if row["workplan_id"] else None
        made.append(entry(line["line"], line, button, spoken=line["spoken"]))
    made.append(actions(parts, [Button("workplans.add", "new", "add", "primary")]))
    return Message(parts["notice"], [*made, *blocks({"footer": parts["footer"]})])


def _place(desk: Desk, scope: str) -> dict[str, Any]:
    plan = latest(desk.session, scope)
    if plan is None:
        return {"scope": scope, "workplan_id": 0}
    earlier = [row.version for row in versions(desk.session, scope) if row.version != plan.version]
    return {**workplan_facts(desk, plan.key), "earlier": earlier}
