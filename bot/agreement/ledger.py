"""What is due, what was said about it, and how it was met: one row for each duty, scope and due date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, text, update
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.agreement.channels import channels_at_hand
from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.duty_rules import kept_facts
from bot.agreement.entered_plans import is_entered, note_entered
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.planning import Planned
from bot.agreement.rights import Role
from bot.agreement.storage import status_type


class OccurrenceStatus(StrEnum):
    """Where one due date stands."""

    OPEN = "open"
    """Still to be done, or its day has passed without word that it was."""
    MET = "met"
    """Done, on the day and with the evidence on record."""
    WAIVED = "waived"
    """Both parties agreed that it need not be done."""
    UNKNOWN = "unknown"
    """Fell due before the secretariat came; evidence is wanted."""
    NOT_KNOWN = "not_known"
    """Somebody answered that nobody can tell any more."""
    ENDED = "ended"
    """The Agreement ended before its day came, so it is not due any more."""
    SUPERSEDED = "superseded"
    """An amendment took it off the plan before it was settled (VII.3)."""


OFFICE = frozenset({Role.CONTACT_POINT, Role.ALTERNATE})
"""Who is told of what the parties do each for themselves."""
UNSETTLED = frozenset({OccurrenceStatus.OPEN, OccurrenceStatus.UNKNOWN})


class Occurrence(SQLModel, table=True):
    """One due date of one duty in one scope."""

    __table_args__ = (UniqueConstraint("agreement", "duty", "scope", "due_on"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement: str
    duty: str
    clause: str
    level: str = ""
    scope: str = ""
    window_start: date
    due_on: date = Field(index=True)
    status: OccurrenceStatus = Field(sa_type=status_type(OccurrenceStatus))
    met_on: date | None = None
    evidence: str = ""
    note: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id")

    @property
    def key(self) -> int:
        """The row's number, once it is stored."""
        if self.id is None:
            raise RuntimeError("the occurrence is not stored yet")
        return self.id

    @property
    def days_late(self) -> int:
        """How many days after its due date it was met; 0 when in time or not met."""
        return max(0, (self.met_on - self.due_on).days) if self.met_on else 0


class Reminder(SQLModel, table=True):
    """One step of the ladder that leads to a due date; said once."""

    __table_args__ = (
        UniqueConstraint("occurrence_id", "step"),
        Index(
            "ix_reminder_unsaid",
            "on",
            sqlite_where=text("said_at IS NULL"),
            postgresql_where=text("said_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    step: str
    on: date
    said_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DutyFacts(Event):
    """What every letter about a due date says: the duty, the date, and why it is this date.

    `anchor` is the event from which `first` and `every` (ISO 8601 periods) are counted; `level` and `scope`
    are empty for what is kept for the agreement as a whole; `reading` is the policy the dates depend on.
    `owed_by` names who owes it where not all parties do.
    """

    duty: str
    title: str
    summary: str
    level: str
    scope: str
    window_start: date
    due_on: date
    kind: str
    anchor: str
    anchor_on: date
    first: str
    every: str
    basis: str
    reading: str
    reading_value: str
    reading_question: str
    owed_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReminderDue(DutyFacts):
    """A due date comes near; `late` when the day planned for saying so has passed.

    `missed` counts the earlier steps that were not said; `also_due` are earlier due dates of the same duty
    of which nothing could be said in time. `days_left` is negative once the due date has passed.
    """

    occurrence_id: int
    channel_id: str
    planned_for: date
    late: bool
    days_left: int
    missed: int
    also_due: tuple[date, ...]

    @property
    def about(self) -> str:
        """The due date, for all that is ever said of it: the duty, the scope and the day."""
        return f"{self.duty}:{self.scope}:{self.due_on}:"

    @property
    def once(self) -> str:
        """The due date and the last step that is said of it."""
        return f"{self.about}{self.planned_for}"


@dataclass(frozen=True, kw_only=True)
class LedgerEntered(Event):
    """New due dates were entered in the ledger."""

    entered: int
    unknown: int


@dataclass
class NoSuchOccurrence(AgreementError):
    """There is no such due date in the ledger."""

    routine = "ledger"


def duty_facts(definition: Definition, occurrence: Occurrence) -> dict[str, Any]:
    """The facts that explain a due date, for any letter, list or export: by the text of its own day."""
    definition = definition.as_of(occurrence.due_on)
    return {
        "subject": f"occurrence:{occurrence.key}",
        "level": occurrence.level,
        "scope": occurrence.scope,
        "window_start": occurrence.window_start,
        "due_on": occurrence.due_on,
        **kept_facts(definition, definition.duty(occurrence.duty), occurrence.level, occurrence.due_on),
    }


def enter(desk: Desk, *, planned: Sequence[Planned], plan: str) -> LedgerEntered:
    """Enter every planned due date that is not in the ledger yet; `plan` is the fingerprint of the whole.

    What fell due before today starts as unknown, evidence wanted: the secretariat was not there to see.
    Raises NothingToSay when another clock has entered this plan.
    """
    if is_entered(desk, plan):
        raise NothingToSay
    note_entered(desk, plan)
    rows = add_missing(desk, planned)
    unknown = sum(row.status is OccurrenceStatus.UNKNOWN for row in rows)
    return LedgerEntered(clause="", subject="ledger", entered=len(rows), unknown=unknown)


def add_missing(desk: Desk, planned: Iterable[Planned]) -> list[Occurrence]:
    """Enter what of the plan is not in the ledger yet, with its reminders."""
    fresh = not_entered(desk, planned)
    rows = [_occurrence(desk, item) for item in fresh]
    desk.session.add_all(rows)
    desk.session.flush()
    for row, item in zip(rows, fresh, strict=True):
        desk.session.add_all(reminders_of(row, item, desk.today))
    return rows


def not_entered(desk: Desk, planned: Iterable[Planned]) -> list[Planned]:
    """What of the plan is not in the ledger yet; looked up series by series, so that the rest stays unread."""
    series: dict[tuple[str, str], list[Planned]] = {}
    for item in planned:
        series.setdefault((item.duty.id, item.scope), []).append(item)
    missing: list[Planned] = []
    for (duty, scope), items in series.items():
        known = set(desk.session.exec(_due_days(desk, duty, scope)).all())
        missing += [item for item in items if item.due_on not in known]
    return missing


def _due_days(desk: Desk, duty: str, scope: str) -> SelectOfScalar[date]:
    return select(col(Occurrence.due_on)).where(
        Occurrence.agreement == desk.definition.id, Occurrence.duty == duty, Occurrence.scope == scope
    )


def _occurrence(desk: Desk, item: Planned) -> Occurrence:
    past = item.due_on < desk.today
    return Occurrence(
        agreement=desk.definition.id,
        duty=item.duty.id,
        clause=item.duty.clause,
        level=item.level,
        scope=item.scope,
        window_start=item.window_start,
        due_on=item.due_on,
        status=OccurrenceStatus.UNKNOWN if past else OccurrenceStatus.OPEN,
    )


def reminders_of(row: Occurrence, item: Planned, today: date) -> list[Reminder]:
    """The steps of a due date that are still to come."""
    return [Reminder(occurrence_id=row.key, step=step, on=on) for step, on in item.reminders if on >= today]


@dataclass(frozen=True)
class Due:
    """What is to be said of one due date at once: the steps that wait, of it and of what it stands for.

    `reminders` are the numbers of them all; `planned_for` is the day on which the last was to be said, and
    `also_due` are earlier due dates of the same duty and scope of which a step was not said in time.
    """

    occurrence: Occurrence
    reminders: tuple[int, ...]
    steps: frozenset[str]
    planned_for: date
    also_due: tuple[date, ...]

    @property
    def missed(self) -> int:
        """How many earlier steps were not said."""
        return len(self.reminders) - 1

    @property
    def once(self) -> str:
        """What makes it the only one in life, the same however many steps were missed before it."""
        row = self.occurrence
        return f"{row.duty}:{row.scope}:{row.due_on}:{self.planned_for}"


def to_be_said(desk: Desk) -> list[Due]:
    """What is due to be said today, or was due earlier and has not been said; the earliest due date first.

    Where the clock stood still so long that several due dates of one duty wait, the latest stands for all.
    """
    rows = desk.session.exec(_TO_BE_SAID, params={"today": desk.today}).all()
    series: dict[tuple[str, str], list[tuple[Occurrence, Reminder]]] = {}
    for row, reminder in sorted(rows, key=lambda pair: (pair[0].due_on, pair[1].on, pair[0].key)):
        if row.agreement == desk.definition.id and row.status is OccurrenceStatus.OPEN:
            series.setdefault((row.duty, row.scope), []).append((row, reminder))
    return sorted(map(_due, series.values()), key=lambda due: (due.occurrence.due_on, due.occurrence.key))


# Nothing is asked of the occurrence here, or SQLite would begin with all those of the agreement.
_TO_BE_SAID = (
    select(Occurrence, Reminder)
    .join(Reminder, col(Reminder.occurrence_id) == col(Occurrence.id))
    .where(col(Reminder.said_at).is_(None), col(Reminder.on) <= bindparam("today"))
)


def _due(waiting: Sequence[tuple[Occurrence, Reminder]]) -> Due:
    named = waiting[-1][0]
    mine = [reminder for row, reminder in waiting if row is named]
    return Due(
        occurrence=named,
        reminders=tuple(reminder.id for _, reminder in waiting if reminder.id is not None),
        steps=frozenset(reminder.step for reminder in mine),
        planned_for=mine[-1].on,
        also_due=tuple(dict.fromkeys(row.due_on for row, _ in waiting if row is not named)),
    )


def next_reminder_on(session: Session) -> Reminder | None:
    """The unsaid reminder that comes next."""
    unsaid = select(Reminder).where(col(Reminder.said_at).is_(None))
    return session.exec(unsaid.order_by(col(Reminder.on)).limit(1)).first()


_MARK = (
    update(Reminder)
    .where(
        col(Reminder.id).in_(bindparam("reminders", expanding=True)),
        col(Reminder.said_at).is_(None),
        select(Occurrence.id)
        .where(Occurrence.id == bindparam("occurrence"), Occurrence.status == OccurrenceStatus.OPEN)
        .exists(),
    )
    .values(said_at=bindparam("now"))
)


def mark_said(desk: Desk, due: Due) -> None:
    """Put on record that it is said, in the transaction that queues the words.

    Raises NothingToSay when another clock has said it, or somebody has settled it, in the meantime.
    """
    # Whatever is said goes to a channel or through its party's app, and is not to look it up each time.
    channels_at_hand(desk.session)
    facts = {"reminders": due.reminders, "occurrence": due.occurrence.id, "now": desk.now}
    # Through the connection, because the session would first store what waits, thing by thing.
    marked = desk.session.connection().execute(_MARK, facts)
    if marked.rowcount != len(due.reminders):
        raise NothingToSay


@dataclass
class NothingToSay(AgreementError):
    """Another clock has said it already."""

    routine = "ledger"


def remind(desk: Desk, *, due: Due, channel_id: str) -> ReminderDue:
    """Say, once, that a due date comes near. Raises NothingToSay."""
    mark_said(desk, due)
    return ReminderDue(**reminder_facts(desk, due, channel_id))


def reminder_facts(desk: Desk, due: Due, channel_id: str) -> dict[str, Any]:
    """The facts of a reminder that has just been marked as said."""
    return {
        "channel_id": channel_id,
        "occurrence_id": due.occurrence.key,
        "planned_for": due.planned_for,
        "late": due.planned_for < desk.today,
        "missed": due.missed,
        "also_due": due.also_due,
        "days_left": (due.occurrence.due_on - desk.today).days,
        **duty_facts(desk.definition, due.occurrence),
    }


def get(session: Session, occurrence_id: int) -> Occurrence:
    """One due date; refuses an unknown number."""
    occurrence = session.get(Occurrence, occurrence_id)
    if occurrence is None:
        raise NoSuchOccurrence
    return occurrence
