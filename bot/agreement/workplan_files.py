"""IV.5: items as rows of a table: what a file says of them, read in whole or not at all, and written again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.files import Attachment, keep
from bot.agreement.numbering import find_number
from bot.agreement.people import Person, require
from bot.agreement.rights import Act
from bot.agreement.rows import NothingNew, Row, RowReason, accept, refuse_repeated
from bot.agreement.workplan_checks import (
    BadCountry,
    DueInPast,
    LeadOfOtherParty,
    NotAGlobalItem,
    ReasonMissing,
    TextTooLong,
    checked,
    leads,
    split,
    tag_codes,
    taxonomy_codes,
    theme_codes,
)
from bot.agreement.workplan_edits import change_item, is_drafted, write_item
from bot.agreement.workplan_items import (
    SEPARATOR,
    Constituent,
    Funding,
    ItemStatus,
    WorkplanItem,
    get_item,
    items_of,
)
from bot.agreement.workplans import (
    Draft,
    DraftEvent,
    PlanEvent,
    current,
    draft_facts,
    get_workplan,
    known_scope,
    open_draft,
    plan_facts,
    require_for,
)

COLUMNS = (
    "number",
    "title",
    "area",
    "themes",
    "priority",
    "means",
    "lead_party",
    "lead_person",
    "partner",
    "constituents",
    "country",
    "indicator",
    "target",
    "due_on",
    "maps_to",
    "tags",
    "funding",
    "funding_reason",
    "status",
)
BOTH = "both"
"""How a file says that both parties lead."""
SEVERAL = re.compile(r"\s*[;|\n]\s*")
PLAN_OF_ACTION = "ilo-2017-plan-of-action"
COLUMN = {"subject": "title", "lead_person_id": "lead_person"}
"""The columns that the form calls otherwise."""
REASONS: Mapping[type[FieldError], RowReason] = {
    BadCountry: RowReason.BAD_COUNTRY,
    DueInPast: RowReason.DUE_PAST,
    LeadOfOtherParty: RowReason.LEAD_ELSEWHERE,
    NotAGlobalItem: RowReason.NO_GLOBAL_ITEM,
    ReasonMissing: RowReason.REASON_MISSING,
    TextTooLong: RowReason.TOO_LONG,
}
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class ItemsImported(DraftEvent):
    """Items came from a file: `added` and `changed` are their numbers. `operator` brought it in from the console.

    `drafted` says that what the parties adopt was changed, and not only money or progress.
    """

    source: str
    operator: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    drafted: bool
    items: tuple[int, ...]


@cache
def template_csv(name: str) -> str:
    """A table that comes with the bot, to begin a workplan with."""
    return (files("bot.agreement") / "templates_of_plans" / f"{name}.csv").read_text(encoding="utf-8")


def import_items(
    desk: Desk, *, scope: str, rows: Sequence[Row], source: str, operator: str = ""
) -> ItemsImported:
    """Write new items, and change those whose number is given: all rows or none.

    A row without a number whose title the workplan has already leaves that item as it is, so that a table, or the
    template, brought in twice adds nothing.

    Raises ImportRefused with every cell that is wrong, and NothingNew where nothing would change.
    """
    require_for(desk, Act.DRAFT_WORKPLAN, known_scope(desk, scope))
    found = [(_known(desk, scope, row), row) for row in rows]
    read = [(item, _values(desk, scope, row, item)) for item, row in found]
    refuse_repeated(rows, "number", "number")
    accept(rows)
    changes = {item.key: change_item(desk, item, values, item.revision) for item, values in read if item}
    there = {item.title.casefold() for item in items_of(desk.session, scope)}
    new = [values for item, values in read if item is None and values["title"].casefold() not in there]
    added = [write_item(desk, scope, values) for values in new]
    changed = [key for key, change in changes.items() if change]
    if not added and not changed:
        raise NothingNew(len(rows))
    drafted = bool(added) or any(is_drafted(change) for change in changes.values())
    draft = open_draft(desk, scope) if drafted else Draft(current(desk.session, scope))
    return ItemsImported(
        **draft_facts(desk, draft),
        source=source,
        operator=operator,
        added=tuple(row.number for row in added),
        changed=tuple(get_item(desk.session, key).number for key in changed),
        unchanged=len(rows) - len(added) - len(changed),
        drafted=drafted,
        items=tuple(changed),
    )


def _known(desk: Desk, scope: str, row: Row) -> WorkplanItem | None:
    number = row.text("number")
    found = find_number(desk.session, WorkplanItem, number) if number else None
    if number and (found is None or found.scope != scope):
        row.refuse("number", RowReason.NO_SUCH_ITEM)
        return None
    return found


def _values(desk: Desk, scope: str, row: Row, item: WorkplanItem | None) -> dict[str, Any]:
    """What a row says, as it is stored; what is wrong is noted in the row."""
    known = desk.definition
    texts = ("partner", "indicator", "target", "funding_reason")
    values: dict[str, Any] = {
        "title": row.needed("title"),
        **{name: row.text(name) for name in texts},
        "area": _code(row, "area", {area.id: area.title for area in known.areas}, needed=True),
        "themes": _codes(row, "themes", theme_codes(known)),
        "priority": _code(row, "priority", taxonomy_codes(known, "P10")),
        "means": _codes(row, "means", taxonomy_codes(known, "M4")),
        "constituents": _codes(row, "constituents", {each.value: "" for each in Constituent}),
        "tags": _codes(row, "tags", tag_codes(known)),
        "country": row.text("country").upper(),
        "lead_party": _party(desk, row),
        "lead_person_id": _person(desk, row),
        "due_on": row.day("due_on"),
        "maps_to": _above(desk, row),
        "funding": _word(row, "funding", Funding, Funding.NOT_SAID),
        "status": _word(row, "status", ItemStatus, item.status if item else ItemStatus.PLANNED),
    }
    if row.problems:
        return values
    try:
        return checked(desk, scope, values, item)
    except FieldError as error:
        column = COLUMN.get(error.field, error.field)
        row.refuse(column, REASONS[type(error)], other=str(getattr(error, "most", "")))
        return values


def _code(row: Row, column: str, known: Mapping[str, str], *, needed: bool = False) -> str:
    """One code, given as itself or as the words for it."""
    text = row.needed(column) if needed else row.text(column)
    return _meant(row, column, text, known) if text else ""


def _codes(row: Row, column: str, known: Mapping[str, str]) -> str:
    parts = [part for part in SEVERAL.split(row.text(column)) if part]
    return SEPARATOR.join(sorted({_meant(row, column, part, known) for part in parts}))


def _meant(row: Row, column: str, text: str, known: Mapping[str, str]) -> str:
    spelt = text.casefold().replace(" ", "_"), text.casefold()
    for code, title in known.items():
        if code.casefold() in spelt or (title and title.casefold() == text.casefold()):
            return code
    row.refuse(column, RowReason.UNKNOWN, known=[title or code for code, title in known.items()], value=text)
    return ""


def _word(row: Row, column: str, words: type[E], otherwise: E) -> E:
    text = row.text(column)
    if not text:
        return otherwise
    found = _meant(row, column, text, {each.value: "" for each in words})
    return words(found) if found else otherwise


def _party(desk: Desk, row: Row) -> str:
    text = row.text("lead_party")
    known = {party.id: party.name for party in desk.definition.parties}
    found = _meant(row, "lead_party", text, {**known, BOTH: ""}) if text else BOTH
    return "" if found == BOTH else found


def _person(desk: Desk, row: Row) -> int | None:
    name = row.text("lead_person").casefold()
    found = [person for person in leads(desk) if name and person.name.casefold() == name]
    if name and len(found) != 1:
        row.refuse("lead_person", RowReason.UNKNOWN, known=[person.name for person in leads(desk)])
        return None
    return found[0].key if found else None


def _above(desk: Desk, row: Row) -> int | None:
    number = row.text("maps_to")
    found = find_number(desk.session, WorkplanItem, number) if number else None
    if number and (found is None or found.scope):
        row.refuse("maps_to", RowReason.NO_GLOBAL_ITEM)
        return None
    return found.key if found else None


def table_of(desk: Desk, scope: str) -> list[tuple[str, ...]]:
    """Every item of a workplan as cells under `COLUMNS`, which can be read in again."""
    return [_cells(desk, row) for row in items_of(desk.session, scope)]


def _cells(desk: Desk, row: WorkplanItem) -> tuple[str, ...]:
    areas = {area.id: area.title for area in desk.definition.areas}
    person = desk.session.get(Person, row.lead_person_id) if row.lead_person_id else None
    said = {
        **{
            name: "; ".join(split(getattr(row, name))) for name in ("themes", "means", "constituents", "tags")
        },
        "number": row.number,
        "area": areas.get(row.area, row.area),
        "lead_party": row.lead_party or BOTH,
        "lead_person": person.name if person else "",
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "maps_to": get_item(desk.session, row.maps_to).number if row.maps_to else "",
        "funding": row.funding.value,
        "status": row.status.value,
    }
    return tuple(said[name] if name in said else str(getattr(row, name)) for name in COLUMNS)


@dataclass(frozen=True, kw_only=True)
class WorkplanExported(PlanEvent):
    """Somebody asked for the items as a file, which goes to the thread of the workplan."""

    file_id: int
    file: str


def export_workplan(desk: Desk, *, workplan_id: int, file: Attachment) -> WorkplanExported:
    """Keep a file of the items, so that both parties find it in the thread of the workplan."""
    require(desk.session, desk.person, Act.DRAFT_WORKPLAN)
    plan = get_workplan(desk.session, workplan_id)
    stored = keep(desk.session, file)
    return WorkplanExported(**plan_facts(desk, plan), file_id=stored or 0, file=file.name)
