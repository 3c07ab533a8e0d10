"""VII.3: what an amendment does to the ledger: from its day there is a new plan, and the past stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.agreement.channels import channels_at_hand
from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.ledger import (
    UNSETTLED,
    Occurrence,
    OccurrenceStatus,
    Reminder,
    add_missing,
    reminders_of,
)
from bot.agreement.planning import Place, Planned, Terms, plan
from bot.agreement.renewals import renewed
from bot.agreement.renewed_terms import RenewedTerm
from bot.agreement.time_limits import Period, end

AHEAD = Period.parse("P24M")
"""How far ahead due dates are entered, at least; otherwise to the end of the term."""


def places_of(session: Session) -> list[Place]:
    """The channels for which duties are kept channel by channel."""
    return [Place(row.level.value, row.scope, row.since) for row in channels_at_hand(session)]


def horizon(definition: Definition, today: date, renewals: Sequence[RenewedTerm] = ()) -> date:
    """Until when due dates are entered: to the end of the term that runs, and for 24 months at least.

    Rounded up to the end of a year, so that an agreement without an end is planned once a year, not every day.
    """
    soon = end(today, AHEAD).date.replace(month=12, day=31)
    return max(Terms(definition, tuple(renewals)).last_day or soon, soon)


@dataclass(frozen=True)
class Replanned:
    """How many due dates an amendment took off the plan, and how many it added."""

    superseded: int
    entered: int


def replan(desk: Desk, before: Definition, since: date) -> Replanned:
    """Bring the ledger in step with the agreement as it stands from the civil day `since` on.

    What is settled, and what fell due before that day, stays. Nothing that was said is said again.
    """
    terms = renewed(desk.session)
    until = horizon(desk.definition, desk.today, terms)
    planned = plan(desk.definition, places_of(desk.session), desk.calendar, until, terms)
    wanted = {(one.duty.id, one.scope, one.due_on): one for one in planned if one.due_on >= since}
    superseded = 0
    for row in _rows(desk, since):
        item = wanted.get((row.duty, row.scope, row.due_on))
        if item is None:
            superseded += _supersede(desk, row)
        else:
            _keep(desk, row, item, before)
    return Replanned(superseded, len(add_missing(desk, wanted.values())))


def _rows(desk: Desk, since: date) -> Sequence[Occurrence]:
    touched = UNSETTLED | {OccurrenceStatus.SUPERSEDED}
    query = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        Occurrence.due_on >= since,
        col(Occurrence.status).in_(touched),
    )
    return desk.session.exec(query.order_by(col(Occurrence.id))).all()


def _supersede(desk: Desk, row: Occurrence) -> int:
    if row.status is OccurrenceStatus.SUPERSEDED:
        return 0
    row.status = OccurrenceStatus.SUPERSEDED
    _forget_reminders(desk, row)
    return 1


def _keep(desk: Desk, row: Occurrence, item: Planned, before: Definition) -> None:
    """A due date that stays on the plan, or comes back to it; only another ladder gives it other reminders."""
    row.window_start = item.window_start
    again = row.status is OccurrenceStatus.SUPERSEDED
    if again:
        row.status = OccurrenceStatus.OPEN if row.due_on >= desk.today else OccurrenceStatus.UNKNOWN
    # One that was confirmed later may count from an earlier day, when there was no such duty yet.
    steps = next((duty.steps for duty in before.duties if duty.id == row.duty), None)
    if again or steps != item.duty.steps:
        _forget_reminders(desk, row)
        said = set(desk.session.exec(select(Reminder.step).where(Reminder.occurrence_id == row.key)).all())
        ahead = reminders_of(row, item, desk.today)
        desk.session.add_all([one for one in ahead if one.step not in said])


def _forget_reminders(desk: Desk, row: Occurrence) -> None:
    unsaid = (col(Reminder.occurrence_id) == row.key) & col(Reminder.said_at).is_(None)
    desk.session.exec(delete(Reminder).where(unsaid))
