"""Whether what is to come again and again came: each window or date with what is on record of it.

What fell due before the secretariat came is unknown and wants evidence; it is never called late.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import col, select

from bot.agreement.channels import Level
from bot.agreement.desk import Desk
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.planning import plan
from bot.agreement.renewed_terms import expected
from bot.agreement.time_limits import Period, end

DUTIES = ("general-review", "meeting-global", "review-meeting", "exchange-prompt")
"""General review (V.3-2), yearly meeting (IV.6-4), review meetings (V.3-1), quarterly exchange (IV.1)."""


class Kept(StrEnum):
    """What the record says of one window or date."""

    MET = "met"
    """It was done, and there is evidence."""
    WAIVED = "waived"
    """Both parties did without it."""
    RUNNING = "running"
    """It may still be done."""
    NO_RECORD = "no_record"
    """Its last day has passed while the secretariat was there, and nothing is on record."""
    UNKNOWN = "unknown"
    """It fell due before the secretariat came, or nobody can tell; evidence is wanted."""
    ENDED = "ended"
    """The Agreement ended before its day came."""


@dataclass(frozen=True)
class Turn:
    """One window or date; `days_between` counts from the day on which the one before was met.

    `within` says whether no more than one interval lies between the two (the rolling reading); both are None
    where either day is not known.
    """

    window_start: date
    due_on: date
    kept: Kept
    met_on: date | None
    evidence: str
    days_between: int | None
    within: bool | None


@dataclass(frozen=True)
class Cadence:
    """All turns of one duty that have begun; `basis` says whether the text or a working rule sets `every`."""

    duty: str
    clause: str
    title: str
    basis: str
    every: str
    turns: tuple[Turn, ...]


def cadences(desk: Desk, last: date) -> tuple[Cadence, ...]:
    """The cadence of every duty of `DUTIES` up to `last`."""
    known = {duty.id for duty in desk.definition.duties}
    return tuple(_cadence(desk, duty, last) for duty in DUTIES if duty in known)


def _cadence(desk: Desk, duty_id: str, last: date) -> Cadence:
    duty = desk.definition.duty(duty_id)
    every = duty.every or duty.levels.get(Level.GLOBAL, "P1Y")
    turns: list[Turn] = []
    met: date | None = None
    for row in _rows(desk, duty_id, last):
        turns.append(_turn(desk, row, met, Period.parse(every)))
        met = row.met_on or met
    title = desk.definition.clause(duty.clause).title
    return Cadence(duty.id, duty.clause, title, duty.basis.value, every, tuple(turns))


def _turn(desk: Desk, row: Occurrence, before: date | None, every: Period) -> Turn:
    kept = _kept(row, desk.today)
    if not (row.met_on and before):
        return Turn(row.window_start, row.due_on, kept, row.met_on, row.evidence, None, None)
    days, within = (row.met_on - before).days, row.met_on <= end(before, every).date
    return Turn(row.window_start, row.due_on, kept, row.met_on, row.evidence, days, within)


def _rows(desk: Desk, duty_id: str, last: date) -> list[Occurrence]:
    query = select(Occurrence).where(
        Occurrence.agreement == desk.definition.id,
        Occurrence.duty == duty_id,
        Occurrence.scope == "",
        Occurrence.window_start <= last,
        Occurrence.status != OccurrenceStatus.SUPERSEDED,
    )
    rows = desk.session.exec(query.order_by(col(Occurrence.due_on))).all()
    return list(rows) or _planned(desk, duty_id, last)


def _planned(desk: Desk, duty_id: str, last: date) -> list[Occurrence]:
    """The same from the definition, where the ledger has not been entered yet."""
    horizon = max(desk.definition.term_end() or last, last)
    renewals = expected(desk.definition, last)
    return [
        Occurrence(
            agreement=desk.definition.id,
            duty=duty_id,
            clause=item.duty.clause,
            window_start=item.window_start,
            due_on=item.due_on,
            status=OccurrenceStatus.UNKNOWN if item.due_on < desk.today else OccurrenceStatus.OPEN,
        )
        for item in plan(desk.definition, (), desk.calendar, horizon, renewals)
        if item.duty.id == duty_id and item.window_start <= last
    ]


def _kept(row: Occurrence, today: date) -> Kept:
    match row.status:
        case OccurrenceStatus.MET:
            return Kept.MET
        case OccurrenceStatus.WAIVED:
            return Kept.WAIVED
        case OccurrenceStatus.ENDED:
            return Kept.ENDED
        case OccurrenceStatus.OPEN:
            return Kept.RUNNING if row.due_on >= today else Kept.NO_RECORD
        case _:
            return Kept.UNKNOWN
