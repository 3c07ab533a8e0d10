"""IV.1: the shared channels are asked, period by period, what there is to share."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.agreement.at_hand import at_hand
from bot.agreement.desk import Desk
from bot.agreement.exchange_periods import PeriodAnswer
from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.ledger import Due, ReminderDue, mark_said, reminder_facts
from bot.agreement.time_limits import civil_day


@dataclass(frozen=True, kw_only=True)
class ExchangePrompted(ReminderDue):
    """A channel was asked what there is to share for a period.

    `unacknowledged` are the shares, as facts, that are still not acknowledged after the last nudge.
    """

    first_call: bool
    waiting_for: tuple[str, ...]
    unacknowledged: tuple[dict[str, object], ...]


def prompt(desk: Desk, *, due: Due, channel_id: str, alongside: tuple[int, ...] = ()) -> ExchangePrompted:
    """Ask a channel, once a step, what there is to share for the period.

    `alongside` are the due dates that are spoken of in the same transaction, so that what is needed of all of
    them is read once. Raises NothingToSay when it has been asked, or every party has answered.
    """
    mark_said(desk, due)
    duty = desk.definition.duty(due.occurrence.duty)
    periods = alongside or (due.occurrence.key,)
    answered = at_hand(desk.session, ("answers", periods), lambda: _answers(desk, periods))
    overdue = at_hand(desk.session, "overdue shares", lambda: _overdue_shares(desk))
    missing = [party for party in desk.definition.parties if (due.occurrence.key, party.id) not in answered]
    return ExchangePrompted(
        first_call=duty.steps[0] in due.steps,
        waiting_for=tuple(party.abbreviation for party in missing),
        unacknowledged=tuple(_overdue(desk, row) for row in overdue if row.channel_id == channel_id),
        **reminder_facts(desk, due, channel_id),
    )


def _answers(desk: Desk, periods: tuple[int, ...]) -> set[tuple[int, str]]:
    rows = desk.session.exec(_GIVEN, params={"periods": periods}).all()
    return {(occurrence_id, party) for occurrence_id, party in rows}


_GIVEN = select(PeriodAnswer.occurrence_id, PeriodAnswer.party).where(
    col(PeriodAnswer.occurrence_id).in_(bindparam("periods", expanding=True))
)


def _overdue_shares(desk: Desk) -> list[Exchange]:
    """What is not acknowledged even after the last nudge, the oldest first."""
    return list(desk.session.exec(_UNANSWERED).all())


_UNANSWERED = (
    select(Exchange)
    .where(Exchange.status == ExchangeStatus.SHARED, col(Exchange.nudge_on).is_(None))
    .order_by(col(Exchange.id))
)


def _overdue(desk: Desk, row: Exchange) -> dict[str, object]:
    return {
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": [party.abbreviation for party in desk.definition.others(row.party)],
        "shared_on": civil_day(row.shared_at, desk.definition.tz),
    }
