"""III.1 and IV.5: how an item goes, in one tap; that money is missing is a lawful reason, and shown as such."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col

from bot.agreement.desk import Desk
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.time_limits import civil_day
from bot.agreement.workplan_checks import TEXT, ReasonMissing, TextTooLong
from bot.agreement.workplan_items import (
    ChangeKind,
    Funding,
    ItemStatus,
    Progress,
    WorkplanItem,
    get_item,
    remember,
)
from bot.agreement.workplan_reminders import plan_reminders
from bot.agreement.workplans import PlanEvent, current, plan_facts, require_place

RESOURCES_CLAUSE = "III.1"
OUTCOMES = {
    Progress.ON_TRACK: ItemStatus.UNDER_WAY,
    Progress.DONE: ItemStatus.DONE,
    Progress.DELAYED: ItemStatus.UNDER_WAY,
    Progress.NOT_FUNDED: ItemStatus.NOT_DONE_RESOURCES,
}
"""Where an item stands once it is said how it goes."""


@dataclass(frozen=True, kw_only=True)
class ProgressReported(PlanEvent):
    """Somebody of the leading side said how an item goes."""

    item_id: int
    number: str
    title: str
    progress: Progress
    note: str
    status: ItemStatus


@dataclass
class AlreadyReported(Refusal):
    """The same was said of the item today, by somebody who was faster."""

    routine = "workplans"
    number: str
    progress: Progress
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NotInWorkplan(Refusal):
    """The item was dropped, so nothing is reported of it."""

    routine = "workplans"
    number: str


def report_progress(desk: Desk, *, item_id: int, progress: Progress, note: str = "") -> ProgressReported:
    """Say how an item goes; that it is not funded needs its reason in `note` (III.1)."""
    row = get_item(desk.session, item_id)
    require(desk.session, desk.person, Act.REPORT_PROGRESS, row)
    require_place(desk, Act.REPORT_PROGRESS, row.scope or row.country)
    note = note.strip()
    if progress is Progress.NOT_FUNDED and not note:
        raise ReasonMissing("note")
    if len(note) > TEXT:
        raise TextTooLong("note", TEXT)
    _store(desk, row, progress, note)
    remember(desk, row, ChangeKind.REPORTED, progress=progress, note=note)
    plan_reminders(desk, row)
    facts = plan_facts(desk, current(desk.session, row.scope))
    clause = RESOURCES_CLAUSE if progress is Progress.NOT_FUNDED else str(facts["clause"])
    return ProgressReported(
        **{**facts, "clause": clause, "subject": row.subject},
        item_id=row.key,
        number=row.number,
        title=row.title,
        progress=progress,
        note=note,
        status=row.status,
    )


def _store(desk: Desk, row: WorkplanItem, progress: Progress, note: str) -> None:
    if row.status is ItemStatus.DROPPED:
        raise NotInWorkplan(row.number)
    if not note and row.progress is progress and _today(desk, row):
        raise _already(desk, row)
    news: dict[str, Any] = {
        "status": OUTCOMES[progress],
        "progress": progress,
        "reported_by": desk.person.key,
        "reported_at": desk.now,
    }
    if progress is Progress.NOT_FUNDED:
        news |= {"funding": Funding.NOT_FUNDED, "funding_reason": note}
    unsaid = or_(col(WorkplanItem.reported_at).is_(None), col(WorkplanItem.reported_at) == row.reported_at)
    mine = (col(WorkplanItem.id) == row.key) & unsaid
    done = desk.session.exec(
        update(WorkplanItem).where(mine).values(revision=WorkplanItem.revision + 1, **news)
    )
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise _already(desk, row)


def _today(desk: Desk, row: WorkplanItem) -> bool:
    return bool(row.reported_at) and civil_day(row.reported_at or desk.now, desk.definition.tz) == desk.today


def _already(desk: Desk, row: WorkplanItem) -> AlreadyReported:
    by = desk.session.get_one(Person, row.reported_by)
    party = desk.definition.party(by.party).abbreviation
    said = row.progress or Progress.ON_TRACK
    return AlreadyReported(row.number, said, by.name, party, row.reported_at or desk.now, desk.definition.tz)
