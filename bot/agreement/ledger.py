"""What is due, what was said about it, and how it was met: one row for each duty, scope and due date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, UniqueConstraint, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Duty
from bot.agreement.definition_values import TERM_END, DutyKind
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.planning import Planned
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
    """The facts that explain a due date, for any letter, list or export."""
    duty = definition.duty(occurrence.duty)
    return {
        "clause": duty.clause,
        "subject": f"occurrence:{occurrence.key}",
        "duty": duty.id,
        "title": duty.title,
        "summary": definition.clause(duty.clause).summary,
        "level": occurrence.level,
        "scope": occurrence.scope,
        "window_start": occurrence.window_start,
        "due_on": occurrence.due_on,
        **rule_facts(definition, duty, occurrence.level),
    }


def rule_facts(definition: Definition, duty: Duty, level: str = "") -> dict[str, Any]:
    """The rule behind a duty's dates: its event, its periods, and whether the text or a policy sets them.

    `level` gives the interval of a duty kept channel by channel. A last day for a notice is counted from the
    end of the term, and `first` is then the period of notice.
    """
    notice = duty.kind is DutyKind.NOTICE
    anchor = TERM_END if notice else duty.anchor
    return {
        "kind": duty.kind.value,
        "anchor": anchor,
        "anchor_on": definition.event(anchor),
        "first": definition.term.notice if notice else duty.first,
        "every": duty.levels.get(level) or duty.every or "",
        "basis": duty.basis.value,
        "reading": duty.reading or "",
        "reading_value": str(definition.policy(duty.reading)) if duty.reading else "",
        "reading_question": definition.question(duty.reading) if duty.reading else "",
    }


def enter(desk: Desk, *, planned: Sequence[Planned]) -> LedgerEntered:
    """Enter every planned due date that is not in the ledger yet.

    What fell due before today starts as unknown, evidence wanted: the secretariat was not there to see.
    """
    fresh = not_entered(desk, planned)
    rows = [_occurrence(desk, item) for item in fresh]
    desk.session.add_all(rows)
    desk.session.flush()
    for row, item in zip(rows, fresh, strict=True):
        desk.session.add_all(_reminders(row, item, desk.today))
    unknown = sum(row.status is OccurrenceStatus.UNKNOWN for row in rows)
    return LedgerEntered(clause="", subject="ledger", entered=len(rows), unknown=unknown)


def not_entered(desk: Desk, planned: Iterable[Planned]) -> list[Planned]:
    """What of the plan is not in the ledger yet."""
    columns = select(col(Occurrence.duty), col(Occurrence.scope), col(Occurrence.due_on))
    rows = desk.session.exec(columns.where(col(Occurrence.agreement) == desk.definition.id)).all()
    known = {tuple(row) for row in rows}
    return [item for item in planned if (item.duty.id, item.scope, item.due_on) not in known]


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


def _reminders(row: Occurrence, item: Planned, today: date) -> list[Reminder]:
    return [Reminder(occurrence_id=row.key, step=step, on=on) for step, on in item.reminders if on >= today]


def to_be_said(desk: Desk) -> list[Occurrence]:
    """The due dates of which a reminder is due today, or was due earlier and has not been said.

    Where the clock stood still so long that several due dates of one duty wait, only the latest is named.
    """
    rows = desk.session.exec(
        select(Occurrence)
        .join(Reminder, col(Reminder.occurrence_id) == col(Occurrence.id))
        .where(*_unsaid(desk))
        .order_by(col(Occurrence.due_on), col(Occurrence.id))
    ).all()
    return list({(row.duty, row.scope): row for row in rows}.values())


def _unsaid(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Occurrence.agreement) == desk.definition.id,
        col(Occurrence.status) == OccurrenceStatus.OPEN,
        col(Reminder.said_at).is_(None),
        col(Reminder.on) <= desk.today,
    )


def next_reminder_on(session: Session) -> Reminder | None:
    """The unsaid reminder that comes next."""
    return session.exec(
        select(Reminder).where(col(Reminder.said_at).is_(None)).order_by(col(Reminder.on))
    ).first()


@dataclass(frozen=True)
class Said:
    """What was marked as said: the steps of one due date, the day planned for the last, what it covers."""

    steps: frozenset[str]
    planned_for: date
    missed: int
    also_due: tuple[date, ...]


def say_reminders(desk: Desk, occurrence: Occurrence) -> Said:
    """Mark as said every reminder that is due of this due date, and of earlier ones of its duty and scope.

    Several missed steps are said as one message. Raises NothingToSay when another clock has said them.
    """
    rows = desk.session.exec(
        select(Reminder, Occurrence)
        .join(Occurrence, col(Occurrence.id) == col(Reminder.occurrence_id))
        .where(
            *_unsaid(desk),
            Occurrence.duty == occurrence.duty,
            Occurrence.scope == occurrence.scope,
            Occurrence.due_on <= occurrence.due_on,
        )
        .order_by(col(Occurrence.due_on), col(Reminder.on))
    ).all()
    _mark(desk, [reminder for reminder, _ in rows])
    mine = [reminder for reminder, of in rows if of.key == occurrence.key]
    earlier = dict.fromkeys(of.due_on for _, of in rows if of.key != occurrence.key)
    if not mine:
        raise NothingToSay
    return Said(frozenset(step.step for step in mine), mine[-1].on, len(rows) - 1, tuple(earlier))


def _mark(desk: Desk, reminders: Sequence[Reminder]) -> None:
    numbers = [reminder.id for reminder in reminders]
    unsaid = col(Reminder.id).in_(numbers) & col(Reminder.said_at).is_(None)
    marked = desk.session.exec(update(Reminder).where(unsaid).values(said_at=desk.now))
    if marked.rowcount != len(numbers):
        raise NothingToSay


@dataclass
class NothingToSay(AgreementError):
    """Another clock has said it already."""

    routine = "ledger"


def remind(desk: Desk, *, occurrence_id: int) -> ReminderDue:
    """Say, once, that a due date comes near. Raises NothingToSay and NoChannel."""
    occurrence = get(desk.session, occurrence_id)
    channel = channel_for(desk.session, occurrence.scope)
    said = say_reminders(desk, occurrence)
    return ReminderDue(**reminder_facts(desk, occurrence, said, channel.channel_id))


def reminder_facts(desk: Desk, occurrence: Occurrence, said: Said, channel_id: str) -> dict[str, Any]:
    """The facts of a reminder that has just been marked as said."""
    return {
        "channel_id": channel_id,
        "occurrence_id": occurrence.key,
        "planned_for": said.planned_for,
        "late": said.planned_for < desk.today,
        "missed": said.missed,
        "also_due": said.also_due,
        "days_left": (occurrence.due_on - desk.today).days,
        **duty_facts(desk.definition, occurrence),
    }


def get(session: Session, occurrence_id: int) -> Occurrence:
    """One due date; refuses an unknown number."""
    occurrence = session.get(Occurrence, occurrence_id)
    if occurrence is None:
        raise NoSuchOccurrence
    return occurrence
