"""IV.5: what one item of a workplan looks like now, with its history."""

import json
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.people import Person
from bot.agreement.workplan_checks import split, tag_codes, taxonomy_codes, theme_codes
from bot.agreement.workplan_contents import agreed_item
from bot.agreement.workplan_items import (
    CLOSED,
    Approach,
    Constituent,
    ItemChange,
    ItemStatus,
    WorkplanItem,
    get_item,
    history,
)
from bot.agreement.workplan_reminders import agreed_day
from bot.agreement.workplans import clause_of, current, in_force
from bot.cards.facts import area_title, person_facts
from bot.letters import say, term, words
from bot.outbox import Message
from bot.shapes import Button, message

LINES = 8
"""How many lines of its history a card shows, the latest last."""


def item_facts(desk: Desk, item_id: int) -> dict[str, Any]:
    """Everything the words about one item may need."""
    row = get_item(desk.session, item_id)
    above = get_item(desk.session, row.maps_to) if row.maps_to else None
    lines = history(desk.session, row)
    plan, force = current(desk.session, row.scope), in_force(desk.session, row.scope)
    agreed = agreed_item(desk, row)
    return {
        **row.model_dump(),
        "clause": clause_of(row.scope),
        "item_id": row.key,
        "number": row.number,
        "lead": desk.definition.party(row.lead_party).abbreviation if row.lead_party else "",
        "lead_person": person_facts(desk, row.lead_person_id),
        "above": {"number": above.number, "title": above.title} if above else None,
        "reporter": person_facts(desk, row.reported_by),
        "version": plan.version,
        "plan_status": plan.status,
        "force": force.version if force else 0,
        "agreed": agreed is not None,
        "agreed_day": agreed_day(desk, row),
        "history": [_line(desk, line) for line in lines[-LINES:]],
        "older": max(0, len(lines) - LINES),
        "zone": desk.definition.tz,
        "today": desk.today,
        **labels(desk, row),
    }


def labels(desk: Desk, row: WorkplanItem) -> dict[str, Any]:
    """The words for everything that an item keeps as a code."""
    known = desk.definition
    tags = tag_codes(known)
    approaches = {each.value for each in Approach}
    return {
        "area_title": area_title(desk, row.area),
        "priority_title": taxonomy_codes(known, "P10").get(row.priority, ""),
        "mean_titles": [taxonomy_codes(known, "M4").get(code, code) for code in split(row.means)],
        "theme_titles": [theme_codes(known).get(code, code) for code in split(row.themes)],
        "constituent_titles": [term(Constituent(code)) for code in split(row.constituents)],
        "tag_titles": [
            term(Approach(code)) if code in approaches else f"{code} ({tags.get(code, code)})"
            for code in split(row.tags)
        ],
    }


def _line(desk: Desk, line: ItemChange) -> dict[str, Any]:
    person = desk.session.get_one(Person, line.person_id)
    changed = json.loads(line.changes) if line.changes else {}
    return {
        "at": line.at,
        "name": person.name,
        "party": desk.definition.party(person.party).abbreviation,
        "kind": line.kind,
        "progress": line.progress,
        "note": line.note,
        "fields": [say("workplans/fields", name, {}) for name in changed],
    }


def item_card(desk: Desk, item_id: int) -> Message:
    """The card of one item."""
    facts = item_facts(desk, item_id)
    return message(words("workplans/item_card", facts), _buttons(facts))


def _buttons(facts: dict[str, Any]) -> list[Button]:
    key, status = str(facts["item_id"]), facts["status"]
    if status is ItemStatus.DROPPED:
        return [Button("workplans.take_up", key, "take_up")]
    made = progress_buttons(key) if status not in CLOSED else [Button("workplans.note", key, "note")]
    return [
        *made,
        Button("workplans.update", key, "update"),
        Button("workplans.more", key, "more"),
        Button("workplans.drop", key, "drop", "danger", confirm=True),
    ]


def progress_buttons(key: str) -> list[Button]:
    """How an item goes, in one tap each; that it is not funded needs its reason first."""
    return [
        Button("workplans.on_track", key, "on_track", "primary"),
        Button("workplans.done", key, "done"),
        Button("workplans.delayed", key, "delayed"),
        Button("workplans.not_funded", key, "not_funded"),
        Button("workplans.note", key, "note"),
    ]
