"""IX.1(d): data are put on the register of a project, and whoever held them confirms what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Person, require
from bot.agreement.project_answers import nothing_holds
from bot.agreement.project_data import PLAN, RECHECK, DataCheck, ease, get_checked, settle_data
from bot.agreement.project_registers import (
    CLAUSE,
    HOLDINGS,
    RETENTION,
    AlreadyDisposed,
    DataDisposed,
    DataHolding,
    DisposedAhead,
    Processing,
    ProcessingEntry,
    RegisterEntered,
    RegisterFieldEmpty,
    RetentionPast,
    held,
    register_of,
)
from bot.agreement.projects import JointProject, NoSuchProject, event_facts, get_project
from bot.agreement.rights import Act
from bot.agreement.time_limits import civil_day
from bot.agreement.transitions import move

WAYS: Mapping[DataHolding, str] = {
    DataHolding.PURGED: "confirm_purged",
    DataHolding.RETURNED: "confirm_returned",
}
FEWEST = 28
"""Days of the shortest month: what is counted in these is never in the past."""


@dataclass(frozen=True, kw_only=True)
class DataDue(FollowedUp):
    """The clock asks a party about data of a project; `party_id` is the party asked, `clause` always IX.1(d)."""

    project_id: int
    party_id: str
    party: str


@dataclass(frozen=True, kw_only=True)
class DataRecheckDue(DataDue):
    """A party is asked to look at its answer again."""

    checked_on: date

    @property
    def once(self) -> str:
        """Once for each party, answer and day."""
        return f"{super().once}:{self.party_id}:{self.checked_on}"


@dataclass(frozen=True, kw_only=True)
class DataPlanDue(DataDue):
    """The day comes by which a party was to meet what it did not meet yet."""

    plan: str

    @property
    def once(self) -> str:
        """Once for each party and day."""
        return f"{super().once}:{self.party_id}"


@dataclass(frozen=True, kw_only=True)
class RetentionDue(DataDue):
    """The last day of a retention comes: what becomes of the data is to be confirmed."""

    entry_id: int
    data: str
    seq: int

    @property
    def once(self) -> str:
        """Once for each entry and day."""
        return f"{super().once}:{self.party_id}:{self.seq}"


def enter_processing(desk: Desk, *, project_id: int, processing: Processing) -> RegisterEntered:
    """Put on the register what one's own party holds for a project: kinds of data, never the data."""
    require(desk.session, desk.person, Act.KEEP_PROJECT_DATA)
    row = get_checked(desk, project_id)
    typed: dict[str, Any] = {
        name: _filled(name, getattr(processing, name)) for name in ("data", "whose", "purpose", "kept_at")
    }
    if processing.retention_until is None:
        raise RegisterFieldEmpty("retention_until")
    if processing.retention_until <= desk.today:
        raise RetentionPast("retention_until", desk.today)
    entry = ProcessingEntry(
        project_id=row.key,
        seq=len(register_of(desk.session, row.key)) + 1,
        party=desk.person.party,
        transfers=processing.transfers.strip(),
        retention_until=processing.retention_until,
        entered_by=desk.person.key,
        entered_at=desk.now,
        status=DataHolding.HELD,
        **typed,
    )
    desk.session.add(entry)
    desk.session.flush()
    steps = desk.definition.policy("project.retention_steps")
    foresee(desk, entry.subject, RETENTION, entry.retention_until, steps)
    all_open = settle_data(desk, row) and nothing_holds(desk, row)
    said: dict[str, Any] = {"data": entry.data, "retention_until": entry.retention_until}
    return RegisterEntered(**_facts(desk, row), **said, all_open=all_open)


def _filled(name: str, text: str) -> str:
    if not text.strip():
        raise RegisterFieldEmpty(name)
    return text.strip()


def dispose(
    desk: Desk, *, entry_id: int, how: DataHolding, disposed_on: date | None, note: str
) -> DataDisposed:
    """Confirm for one's own party that data it held are purged or returned; then nothing more is asked of them."""
    entry, row = get_entry(desk, entry_id)
    require(desk.session, desk.person, Act.DISPOSE_PROJECT_DATA, OwnMatter(entry.party))
    if (
        disposed_on is None
        or not civil_day(entry.entered_at, desk.definition.tz) <= disposed_on <= desk.today
    ):
        raise DisposedAhead("disposed_on", desk.today)
    if not note.strip():
        raise RegisterFieldEmpty("note")
    confirmed = {"disposed_on": disposed_on, "disposal": note.strip(), "disposed_by": desk.person.key}
    refused: Callable[[], AlreadyDisposed] = lambda: _gone(desk, entry, row)  # noqa: E731
    move(desk, entry, HOLDINGS, WAYS[how], refused, disposed_at=desk.now, **confirmed)
    drop(desk.session, entry.subject)
    ease(desk, row)
    return DataDisposed(
        **_facts(desk, row),
        data=entry.data,
        status=entry.status,
        disposed_on=disposed_on,
        left=len(held(desk.session, row.key)),
    )


def get_entry(desk: Desk, entry_id: int) -> tuple[ProcessingEntry, JointProject]:
    """One entry of a register and its project; refuses an unknown key."""
    entry = desk.session.get(ProcessingEntry, entry_id)
    if entry is None:
        raise NoSuchProject("")
    return entry, get_project(desk.session, entry.project_id)


def check_held(desk: Desk, entry: ProcessingEntry, row: JointProject) -> None:
    """Say who was first, where data are gone already."""
    if not entry.is_held:
        raise _gone(desk, entry, row)


def _gone(desk: Desk, entry: ProcessingEntry, row: JointProject) -> AlreadyDisposed:
    by = desk.session.get_one(Person, entry.disposed_by)
    party, at = desk.definition.party(by.party).abbreviation, entry.disposed_at or desk.now
    return AlreadyDisposed(row.number, entry.status, by.name, party, at, desk.definition.tz)


def _facts(desk: Desk, row: JointProject) -> dict[str, Any]:
    return {**event_facts(desk, row), "clause": CLAUSE}


def chase_recheck(desk: Desk, *, waiting: Waiting) -> DataRecheckDue:
    """Ask a party to look at its answer again, and go on asking every month while it has not."""
    check, facts = _checked(desk, waiting)
    return DataRecheckDue(checked_on=civil_day(check.at, desk.definition.tz), **facts)


def chase_plan(desk: Desk, *, waiting: Waiting) -> DataPlanDue:
    """Ask a party whether what it did not meet yet is met by now."""
    check, facts = _checked(desk, waiting)
    return DataPlanDue(plan=check.plan, **facts)


def _checked(desk: Desk, waiting: Waiting) -> tuple[DataCheck, dict[str, Any]]:
    check = desk.session.get_one(DataCheck, waiting.key)
    row = get_project(desk.session, check.project_id)
    return check, _due(desk, waiting, row, check.party)


def chase_retention(desk: Desk, *, waiting: Waiting) -> RetentionDue:
    """Ask whoever holds data to confirm what became of them, and go on asking every month."""
    entry, row = get_entry(desk, waiting.key)
    facts = _due(desk, waiting, row, entry.party)
    return RetentionDue(entry_id=entry.key, data=entry.data, seq=entry.seq, **facts)


def _due(desk: Desk, waiting: Waiting, row: JointProject, party: str) -> dict[str, Any]:
    facts = mark_followed_up(desk, waiting)
    if facts["days_left"] <= 0:
        months = -facts["days_left"] // FEWEST + 1
        foresee(desk, waiting.subject, waiting.kind, waiting.due_on, (f"+P{months}M",))
    return {
        **facts,
        "clause": CLAUSE,
        "project_id": row.key,
        "number": row.number,
        "title": row.title,
        "party_id": party,
        "party": desk.definition.party(party).abbreviation,
    }


VERBS: Mapping[str, Callable[..., DataDue]] = {
    RECHECK: chase_recheck,
    PLAN: chase_plan,
    RETENTION: chase_retention,
}
"""What is planned for the data of a project, by kind, and the verb that says it."""
