"""IV.5: what a version says, in one canonical form with a fingerprint, and how well its items are filled in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.files import StoredFile
from bot.agreement.people import Person
from bot.agreement.workplan_checks import split
from bot.agreement.workplan_items import Constituent, ItemStatus, WorkplanItem, get_item, standing_items
from bot.agreement.workplans import Workplan, in_force

SEVERAL = ("themes", "means", "constituents", "tags")
STRATEGIES = "A-STRAT"
"""The area of joint strategies, whose themes should each have one (III.1(b))."""


@dataclass(frozen=True)
class Completeness:
    """Whom the items involve (IV.5-4): shown, and never a condition."""

    items: int
    with_constituents: int
    counts: Mapping[Constituent, int]
    without: tuple[str, ...]


def content(desk: Desk, plan: Workplan) -> dict[str, Any]:
    """What a version says: as it was proposed, or as its draft stands now."""
    if plan.file_id:
        stored = desk.session.get_one(StoredFile, plan.file_id)
        found: dict[str, Any] = json.loads(stored.content)
        return found
    return {
        "agreement": desk.definition.id,
        "scope": plan.scope,
        "version": plan.version,
        "items": [item_content(desk, row) for row in standing_items(desk.session, plan.scope)],
    }


def item_content(desk: Desk, row: WorkplanItem) -> dict[str, Any]:
    """What the parties adopt of one item."""
    person = desk.session.get(Person, row.lead_person_id) if row.lead_person_id else None
    above = get_item(desk.session, row.maps_to) if row.maps_to else None
    texts = ("title", "area", "priority", "lead_party", "partner", "country", "indicator", "target")
    return {
        "number": row.number,
        **{name: getattr(row, name) for name in texts},
        **{name: split(getattr(row, name)) for name in SEVERAL},
        "lead_person": person.name if person else "",
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "maps_to": above.number if above else "",
    }


def canonical(said: Mapping[str, Any]) -> bytes:
    """The one form in which a content is fingerprinted: JSON with sorted names and no space, in UTF-8."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def agreed_item(desk: Desk, row: WorkplanItem) -> dict[str, Any] | None:
    """What the version in force says of an item; None where it does not name it, or none is in force."""
    plan = in_force(desk.session, row.scope)
    if plan is None:
        return None
    return next((item for item in content(desk, plan)["items"] if item["number"] == row.number), None)


def unmapped(desk: Desk, scope: str) -> list[WorkplanItem]:
    """The items of a country or region that follow no standing item of the global workplan (IV.5-3)."""
    if not scope:
        return []
    return [row for row in standing_items(desk.session, scope) if not _follows(desk, row)]


def _follows(desk: Desk, row: WorkplanItem) -> bool:
    return bool(row.maps_to) and get_item(desk.session, row.maps_to or 0).status is not ItemStatus.DROPPED


def completeness(rows: Sequence[WorkplanItem]) -> Completeness:
    """How many items name whom they involve, and which do not."""
    without = tuple(row.number for row in rows if not row.constituents)
    counts = {each: sum(each.value in split(row.constituents) for row in rows) for each in Constituent}
    return Completeness(len(rows), len(rows) - len(without), counts, without)


def themes_without_strategy(definition: Definition, rows: Sequence[WorkplanItem]) -> list[str]:
    """The themes of joint strategies of which no item speaks (III.1(b)), by title."""
    area = next((each for each in definition.areas if each.id == STRATEGIES), None)
    there = {code for row in rows if row.area == STRATEGIES for code in split(row.themes)}
    return [title for code, title in (area.tags.items() if area else ()) if code not in there]
