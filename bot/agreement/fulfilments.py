"""What a routine has shown to be done settles the due date it belongs to, as if somebody had recorded it."""

from datetime import date

from sqlmodel import col, select

from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.ledger import UNSETTLED, Occurrence, OccurrenceStatus
from bot.agreement.settlements import close


def fulfil(desk: Desk, *, clause: str, on: date, evidence: str, scope: str = "") -> Occurrence | None:
    """Record that the duty of `clause` in `scope` was met on the civil day `on`; `evidence` says by what.

    It settles the due date whose window holds that day or, of what is due once, the one that is overdue.
    None where nothing waits to be settled: a second meeting in one year meets nothing more.
    """
    waiting = (
        select(Occurrence)
        .where(
            Occurrence.agreement == desk.definition.id,
            Occurrence.clause == clause,
            Occurrence.scope == scope,
            col(Occurrence.status).in_(UNSETTLED),
            Occurrence.window_start <= on,
        )
        .order_by(col(Occurrence.due_on))
    )
    rows = [row for row in desk.session.exec(waiting).all() if desk.definition.duty(row.duty).settle]
    found = next((row for row in rows if row.due_on >= on), None) or _overdue_once(desk, rows)
    if found:
        person = desk.by.key if desk.by else None
        close(desk, found, OccurrenceStatus.MET, met_on=on, evidence=evidence, person_id=person)
    return found


def _overdue_once(desk: Desk, rows: list[Occurrence]) -> Occurrence | None:
    """What is due once is met late; a window that has closed without it stays unmet for ever."""
    return next((row for row in rows if desk.definition.duty(row.duty).kind is DutyKind.ONCE), None)
