"""What is due around a day: from the ledger where there is one, else computed from the definition alone."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from bot.agreement.calendars import JointCalendar
from bot.agreement.channels import Level
from bot.agreement.definition import Definition
from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder, duty_facts
from bot.agreement.planning import Place, Planned, plan
from bot.agreement.renewed_terms import expected
from bot.agreement.time_limits import Period, end

HORIZON = timedelta(days=90)
"""How far ahead one looks who does not say until when."""
LONGEST = Period.parse("P24M")
"""How far beyond that the windows may reach that are open now, as far as they are looked for."""


def written(desk: Desk, on: date, until: date) -> list[Occurrence]:
    """From the ledger: what of the past stands open, what falls due, and which windows stay open longer."""
    query = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id, Occurrence.window_start <= until
    )
    return _around(desk.definition, desk.session.exec(query).all(), on, until)


def computed(definition: Definition, calendar: JointCalendar, on: date, until: date) -> list[Occurrence]:
    """The same without a ledger; what fell due before `on` is nobody's to say, and is left out."""
    places = [Place(Level.GLOBAL, "", on - timedelta(days=1))]
    horizon = max(definition.term_end() or until, end(until, LONGEST).date)
    # Without a record nobody has given notice, so the Agreement goes on past its term (VII.1-4).
    planned = plan(definition, places, calendar, horizon, expected(definition, until))
    rows = [row(definition, item, number) for number, item in enumerate(planned)]
    return [found for found in _around(definition, rows, on, until) if found.due_on >= on]


def row(definition: Definition, item: Planned, number: int) -> Occurrence:
    """A planned date as the ledger would enter it before it is due."""
    return Occurrence(
        id=number,
        agreement=definition.id,
        duty=item.duty.id,
        clause=item.duty.clause,
        level=item.level,
        scope=item.scope,
        window_start=item.window_start,
        due_on=item.due_on,
        status=OccurrenceStatus.OPEN,
    )


def _around(definition: Definition, rows: Iterable[Occurrence], on: date, until: date) -> list[Occurrence]:
    found = [row for row in rows if _belongs(definition, row, on, until)]
    return sorted(found, key=lambda row: (row.due_on, row.clause, row.scope))


def _belongs(definition: Definition, row: Occurrence, on: date, until: date) -> bool:
    duty = definition.duty(row.duty)
    if on <= row.due_on <= until:
        return True
    if row.due_on > until:
        return duty.kind is DutyKind.WINDOW and row.window_start <= on
    return row.status is OccurrenceStatus.OPEN and duty.settle


def is_entered(desk: Desk) -> bool:
    """Whether the clock has entered anything in the ledger yet."""
    query = select(Occurrence.id).where(Occurrence.agreement == desk.definition.id).limit(1)
    return desk.session.exec(query).first() is not None


def evidence_wanted(desk: Desk, before: date) -> int:
    """How many earlier dates nobody has accounted for."""
    unknown = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        Occurrence.status == OccurrenceStatus.UNKNOWN,
        Occurrence.due_on < before,
    )
    return sum(desk.definition.duty(row.duty).settle for row in desk.session.exec(unknown).all())


def said(desk: Desk, rows: Sequence[Occurrence]) -> dict[int, list[Reminder]]:
    """The reminders that were said of each of these dates, the earliest first."""
    numbers = [row.key for row in rows]
    query = select(Reminder).where(
        col(Reminder.occurrence_id).in_(numbers), col(Reminder.said_at).is_not(None)
    )
    found: dict[int, list[Reminder]] = {number: [] for number in numbers}
    for reminder in desk.session.exec(query.order_by(col(Reminder.on))).all():
        found[reminder.occurrence_id].append(reminder)
    return found


def facts(definition: Definition, found: Occurrence, on: date) -> dict[str, Any]:
    """Everything the words about one date may need."""
    return {
        **duty_facts(definition, found),
        "status": found.status,
        "met_on": found.met_on,
        "evidence": found.evidence,
        "note": found.note,
        "days_left": (found.due_on - on).days,
    }
