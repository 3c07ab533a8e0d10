"""IV.5: items are written, changed, dropped and put back; what is adopted changes only in a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from bot.agreement.activities import Activity, NewActivity, take_in
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.numbering import next_seq
from bot.agreement.people import Person, Refusal
from bot.agreement.rights import Act
from bot.agreement.workplan_checks import checked
from bot.agreement.workplan_items import (
    CONTENT,
    FIELDS,
    ChangeKind,
    ItemStatus,
    WorkplanItem,
    get_item,
    history,
    remember,
)
from bot.agreement.workplan_reminders import plan_reminders
from bot.agreement.workplans import (
    Draft,
    DraftEvent,
    clause_of,
    current,
    draft_facts,
    known_scope,
    open_draft,
    require_for,
)

UNREPORTED: Mapping[str, Any] = {"progress": None, "reported_by": None, "reported_at": None}
"""Where an item stands otherwise than as it was last reported, nobody is named as having said so."""


@dataclass(frozen=True, kw_only=True)
class ItemEvent(DraftEvent):
    """Something was done to one item of a draft."""

    item_id: int
    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class ItemAdded(ItemEvent):
    """An item was written."""


@dataclass(frozen=True, kw_only=True)
class ItemChanged(ItemEvent):
    """An item was changed; `fields` are those that say something else now, and `drafted` whether it made a draft.

    What is reported of money changes no version: then nothing was drafted.
    """

    fields: tuple[str, ...]
    changes: Mapping[str, Any]
    drafted: bool


@dataclass(frozen=True, kw_only=True)
class ItemDropped(ItemEvent):
    """An item was taken out of the workplan."""


@dataclass(frozen=True, kw_only=True)
class ItemTakenUp(ItemEvent):
    """A dropped item was put back."""


@dataclass
class NothingChanged(AgreementError):
    """What was sent in says what is on record already."""

    routine = "workplans"
    number: str


@dataclass
class ItemMovedOn(FieldError):
    """Somebody else changed the item while the form was open."""

    routine = "workplans"
    number: str
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class ItemNotThere(Refusal):
    """Somebody has dropped the item, or put it back, already."""

    routine = "workplans"
    number: str
    dropped: bool
    by: str
    party: str
    at: datetime
    zone: str


def add_item(desk: Desk, *, scope: str, values: Mapping[str, Any]) -> ItemAdded:
    """Write an item into the workplan of `scope`; the first one begins the workplan (IV.5-1, I.2)."""
    require_for(desk, Act.DRAFT_WORKPLAN, known_scope(desk, scope))
    row = write_item(desk, scope, checked(desk, scope, values))
    draft = open_draft(desk, scope)
    return ItemAdded(**_facts(row), **draft_facts(desk, draft))


def write_item(desk: Desk, scope: str, values: Mapping[str, Any]) -> WorkplanItem:
    """Store a new item whose values are in order, its activity, its history and its reminders."""
    year = desk.today.year
    row = WorkplanItem(year=year, seq=next_seq(desk.session, WorkplanItem, year), scope=scope, **values)
    desk.session.add(row)
    desk.session.flush()
    take_in(
        desk,
        NewActivity(
            subject=row.subject,
            clause=clause_of(scope),
            number=row.number,
            starts_on=desk.today,
            **_same(row),
        ),
    )
    remember(desk, row, ChangeKind.ADDED)
    plan_reminders(desk, row)
    return row


def update_item(desk: Desk, *, item_id: int, revision: int, values: Mapping[str, Any]) -> ItemChanged:
    """Change an item that still stands as it did when the form was opened (`revision`).

    What the parties adopt is changed in a draft; money is reported without one. Raises NothingChanged.
    """
    row = get_item(desk.session, item_id)
    require_for(desk, Act.DRAFT_WORKPLAN, row.scope)
    given = checked(desk, row.scope, values, row)
    changes = change_item(desk, row, given, revision)
    if not changes:
        raise NothingChanged(row.number)
    drafted = is_drafted(changes)
    told = _draft_facts(desk, row, drafted=drafted)
    return ItemChanged(**_facts(row), **told, fields=tuple(changes), changes=changes, drafted=drafted)


def change_item(desk: Desk, row: WorkplanItem, given: Mapping[str, Any], revision: int) -> dict[str, Any]:
    """Store what differs, with its history; returns each changed field with what it said before and after."""
    changes = {
        name: (getattr(row, name), given[name])
        for name in FIELDS
        if name in given and getattr(row, name) != given[name]
    }
    if not changes:
        return {}
    standing = (col(WorkplanItem.id) == row.key) & (col(WorkplanItem.revision) == revision)
    values = {name: after for name, (_, after) in changes.items()}
    values |= UNREPORTED if "status" in changes else {}
    done = desk.session.exec(update(WorkplanItem).where(standing).values(revision=revision + 1, **values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise ItemMovedOn("subject" if "title" in given else "funding", row.number, *_last(desk, row))
    said = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
    remember(desk, row, ChangeKind.CHANGED, changes=said)
    desk.session.exec(update(Activity).where(col(Activity.subject) == row.subject).values(**_same(row)))
    plan_reminders(desk, row)
    return said


def drop_item(desk: Desk, *, item_id: int) -> ItemDropped:
    """Take an item out of the workplan: it is not part of what is proposed next (IV.5-5)."""
    row = get_item(desk.session, item_id)
    require_for(desk, Act.DRAFT_WORKPLAN, row.scope)
    _cross(desk, row, ChangeKind.DROPPED, ItemStatus.DROPPED)
    return ItemDropped(**_facts(row), **_draft_facts(desk, row))


def take_up_item(desk: Desk, *, item_id: int) -> ItemTakenUp:
    """Put a dropped item back."""
    row = get_item(desk.session, item_id)
    require_for(desk, Act.DRAFT_WORKPLAN, row.scope)
    _cross(desk, row, ChangeKind.TAKEN_UP, ItemStatus.PLANNED)
    return ItemTakenUp(**_facts(row), **_draft_facts(desk, row))


def _cross(desk: Desk, row: WorkplanItem, kind: ChangeKind, status: ItemStatus) -> None:
    gone = col(WorkplanItem.status) == ItemStatus.DROPPED
    standing = (col(WorkplanItem.id) == row.key) & (~gone if status is ItemStatus.DROPPED else gone)
    values = {"status": status, "revision": row.revision + 1, **UNREPORTED}
    done = desk.session.exec(update(WorkplanItem).where(standing).values(**values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise ItemNotThere(row.number, row.status is ItemStatus.DROPPED, *_last(desk, row))
    remember(desk, row, kind)
    plan_reminders(desk, row)


def is_drafted(changes: Mapping[str, Sequence[str]]) -> bool:
    """Whether what the parties adopt is changed, which takes a draft; money and progress take none."""
    return bool(set(changes) & set(CONTENT)) or ItemStatus.DROPPED.value in changes.get("status", ())


def _draft_facts(desk: Desk, row: WorkplanItem, *, drafted: bool = True) -> dict[str, Any]:
    return draft_facts(
        desk, open_draft(desk, row.scope) if drafted else Draft(current(desk.session, row.scope))
    )


def _facts(row: WorkplanItem) -> dict[str, Any]:
    return {"item_id": row.key, "number": row.number, "title": row.title}


def _same(row: WorkplanItem) -> dict[str, Any]:
    """What an item and its activity have in common."""
    scope = row.country or row.scope
    return {"title": row.title, "scope": scope, "area": row.area, "ends_on": row.due_on}


def _plain(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    return "" if value is None else str(value)


def _last(desk: Desk, row: WorkplanItem) -> tuple[str, str, datetime, str]:
    line = history(desk.session, row)[-1]
    person = desk.session.get_one(Person, line.person_id)
    return person.name, desk.definition.party(person.party).abbreviation, line.at, desk.definition.tz
