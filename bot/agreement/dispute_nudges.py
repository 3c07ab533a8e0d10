"""VIII: how long a dispute may be quiet before both sides are asked, privately; the number is a working rule."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from bot.agreement.desk import Desk
from bot.agreement.dispute_notes import pending
from bot.agreement.disputes import (
    CLAUSE,
    OPEN,
    Dispute,
    DisputeDeed,
    DisputeStatus,
    DisputeStep,
    log,
    reminded_until,
    survives,
)
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.ledger import NothingToSay
from bot.agreement.time_limits import add_working_days, civil_day

QUIET = "dispute_quiet"
"""What is planned: nothing was done in a dispute for some working days."""
SPOKEN = frozenset({DisputeDeed.STATEMENT, DisputeDeed.PROPOSAL, DisputeDeed.NOTE_RETURNED})
"""After what one party did, it is for the other to do something."""
COUNTED = SPOKEN | {DisputeDeed.RAISED, DisputeDeed.TAKEN_UP, DisputeDeed.REFERRED, DisputeDeed.NOTE_WRITTEN}


@dataclass(frozen=True, kw_only=True)
class DisputeQuiet(FollowedUp):
    """Nothing was done in a dispute for `days` working days.

    `title` stays empty, since the journal is not restricted. `final` when nothing more is said of the dispute,
    since clause VIII is read to be reminded of until `until` only.
    """

    clause: str = CLAUSE
    dispute_id: int
    days: int
    since: date
    final: bool
    until: date | None


def plan(desk: Desk, row: Dispute) -> None:
    """Something was done: from now on the working days are counted anew; what is over is not asked about."""
    drop(desk.session, row.subject)
    if row.status in OPEN and survives(desk):
        (days,) = desk.days("dispute.nudge_days")
        foresee(desk, row.subject, QUIET, add_working_days(desk.today, days, desk.calendar), ("P0D",))


def nudge(desk: Desk, *, waiting: Waiting) -> DisputeQuiet:
    """Ask both sides privately, and again after as many working days, until something is done.

    Raises NothingToSay when the dispute is over.
    """
    facts = mark_followed_up(desk, waiting)
    row = desk.session.get_one(Dispute, waiting.key)
    if row.status not in OPEN:
        raise NothingToSay
    plan(desk, row)
    (days,) = desk.days("dispute.nudge_days")
    return DisputeQuiet(
        number=row.number,
        title="",
        dispute_id=row.key,
        days=days,
        since=quiet_since(desk, row),
        final=not survives(desk),
        until=reminded_until(desk),
        **facts,
    )


def quiet_since(desk: Desk, row: Dispute) -> date:
    """The day of the last step."""
    last = next(step for step in reversed(log(desk.session, row)) if step.deed in COUNTED)
    return civil_day(last.at, desk.definition.tz)


def waits_for(desk: Desk, row: Dispute) -> list[str]:
    """The parties that are to do something next; both, where neither has spoken at this level."""
    parties = [party.id for party in desk.definition.parties]
    if row.status not in OPEN:
        return []
    if row.status is DisputeStatus.RAISED:
        return [party for party in parties if party != row.party]
    note = pending(desk.session, row)
    if note:
        return [party for party in parties if party != note.party]
    last = _last(desk, row)
    return [party for party in parties if last is None or last.deed not in SPOKEN or party != last.party]


def _last(desk: Desk, row: Dispute) -> DisputeStep | None:
    steps = select(DisputeStep).where(DisputeStep.dispute_id == row.key, col(DisputeStep.deed).in_(COUNTED))
    return desk.session.exec(steps.order_by(col(DisputeStep.id).desc())).first()
