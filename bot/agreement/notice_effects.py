"""VII.1-2: the last day that a notice leaves to the Agreement, under every reading, each with its working."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from bot.agreement.definition_values import RunsFrom
from bot.agreement.desk import Desk
from bot.agreement.follow_ups import drop
from bot.agreement.ledger import NothingToSay
from bot.agreement.notice_countings import Counting, counting_by, counting_of, received_on
from bot.agreement.renewals import term_end
from bot.agreement.standing import expect_end, take_back
from bot.agreement.supersessions import last_day as last_day_before
from bot.agreement.supersessions import superseding
from bot.agreement.terminations import GIVEN, MACHINE, ROOM, Termination, TerminationStatus, running
from bot.agreement.time_limits import Anchor, Profile, Result, civil_day, end, latest_notice
from bot.agreement.transitions import move

ORDER = (RunsFrom.DATING, RunsFrom.SENDING, RunsFrom.RECEIPT, RunsFrom.ACKNOWLEDGEMENT)
METHODS = (
    (Profile.CETS076, Anchor.EVENT_DAY),
    (Profile.UK2018, Anchor.EVENT_DAY),
    (Profile.EU1182, Anchor.DAY_AFTER),
)
"""The first day not counted, counted, and left out of the months: the three ways that differ."""


@dataclass(frozen=True)
class Reading:
    """The last day if the notice runs from one moment, by the agreed method and by the others.

    `known` tells a day on record from one that is only planned.
    """

    runs_from: RunsFrom
    starts_on: date
    known: bool
    agreed: bool
    last: Result
    others: tuple[Result, ...]


@dataclass(frozen=True)
class Effect:
    """Every reading of one notice, and between which days the Agreement would end.

    `counted_on` is the day of its receipt, by whose Agreement it is counted; `counted_anew` says that a notice
    of today would be counted otherwise.
    """

    readings: tuple[Reading, ...]
    agreed: Reading | None
    earliest: date
    latest: date
    term_end: date | None
    latest_before_renewal: date | None
    counted_on: date | None
    counted_anew: bool

    @property
    def after_renewal(self) -> bool:
        """Whether, by the agreed reading, the two months would end after the term, which renews itself tacitly."""
        return bool(self.agreed and self.term_end and self.agreed.last.date > self.term_end)


def last_day(desk: Desk, start: date) -> Result:
    """The last day of a notice that would run from `start`, by the agreed reading of today."""
    return counting_by(desk.definition).last_day(start, desk.calendar)


def effect(desk: Desk, row: Termination) -> Effect:
    """What the notice does, from the days on record and, for those that have not come, a day assumed for them.

    In its own room that is the day planned; the other side, which never learns of plans, reads what follows if
    it was received on the day it was sent, or on the day stated.
    """
    known = moments(desk, row)
    planned = None if row.received_at else _assumed(desk, row)
    days = {each: known.get(each) or planned for each in ORDER}
    counting = counting_of(desk, row)
    readings = tuple(_reading(desk, counting, each, day, each in known) for each, day in days.items() if day)
    ends = [result.date for reading in readings for result in (reading.last, *reading.others)]
    last = term_end(desk)
    latest = latest_notice(last, counting.period).date if last else None
    agreed = next((reading for reading in readings if reading.agreed), None)
    changed = counting != counting_by(desk.definition)
    return Effect(
        readings, agreed, min(ends), max(ends), last, latest, received_on(desk, row), counted_anew=changed
    )


def _assumed(desk: Desk, row: Termination) -> date | None:
    at = row.stated_received_at or row.sent_at
    return civil_day(at, desk.definition.tz) if at else row.planned_on


def moments(desk: Desk, row: Termination) -> Mapping[RunsFrom, date]:
    """The civil days, in the agreement's zone, of the moments on record."""
    instants = {
        RunsFrom.SENDING: row.sent_at,
        RunsFrom.RECEIPT: row.received_at,
        RunsFrom.ACKNOWLEDGEMENT: row.acknowledged_at,
    }
    days = {each: civil_day(at, desk.definition.tz) for each, at in instants.items() if at}
    return {RunsFrom.DATING: row.dated_on, **days}


def _reading(desk: Desk, counting: Counting, runs_from: RunsFrom, start: date, known: bool) -> Reading:
    last = counting.last_day(start, desk.calendar)
    others = [end(start, counting.period, profile, anchor) for profile, anchor in METHODS]
    agreed = runs_from is counting.runs_from
    different = tuple(result for result in others if result.profile is not last.profile)
    return Reading(runs_from, start, known, agreed, last, different)


def run(desk: Desk, row: Termination) -> None:
    """Let the period run once its receipt is on record, from the moment that the agreed reading names.

    How it is counted is kept from then on, so that nothing that is changed afterwards moves its last day.
    """
    if row.received_at is None:
        return
    counting = counting_of(desk, row)
    row.counted = counting.text()
    start = moments(desk, row).get(counting.runs_from)
    if start:
        row.runs_from, row.starts_on = counting.runs_from.value, start
        row.ends_on = counting.last_day(start, desk.calendar).date
    desk.session.add(row)
    desk.session.flush()
    if start:
        settle_end(desk)


def settle_end(desk: Desk) -> None:
    """Bring the end on record in step with what brings one: the first to do so counts.

    That is a notice whose period runs (VII.1-2), or a new agreement that replaces this one (X.2).
    """
    session, agreement = desk.session, desk.definition.id
    notice, new = next(iter(running(session)), None), superseding(session)
    if new and (notice is None or notice.ends_on is None or last_day_before(new) < notice.ends_on):
        expect_end(session, agreement, ends_on=last_day_before(new), instrument_id=new.key, now=desk.now)
    elif notice and notice.ends_on:
        expect_end(session, agreement, ends_on=notice.ends_on, notice_id=notice.key, now=desk.now)
    else:
        take_back(session, agreement)


def take_effect(desk: Desk, termination_id: int) -> None:
    """Note that the last day is over by which a notice ends the Agreement; nothing more is said of the notice.

    Called by the clock's act that closes the routines. Raises NothingToSay before that day is over.
    """
    row = desk.session.get(Termination, termination_id)
    if row is None:
        return
    over = col(Termination.ends_on) < desk.today
    move(desk, row, MACHINE, "take_effect", NothingToSay, over, closed_at=desk.now, live=None)
    drop(desk.session, row.subject)


def lapse_others(desk: Desk) -> None:
    """Once the Agreement has ended, a notice that is drafted or runs beside the one that ended it lapses."""
    under_way = col(Termination.status).in_(ROOM | GIVEN | {TerminationStatus.STATED})
    rows = desk.session.exec(select(Termination).where(under_way).order_by(col(Termination.id))).all()
    for row in rows:
        move(desk, row, MACHINE, "lapse", NothingToSay, closed_at=desk.now, live=None)
        drop(desk.session, row.subject)


def lapsed(session: Session) -> Sequence[int]:
    """The notices that lapsed when the Agreement ended; drafts among them, so each only for its own cards."""
    rows = select(Termination).where(Termination.status == TerminationStatus.LAPSED)
    return [row.key for row in session.exec(rows.order_by(col(Termination.id))).all()]
