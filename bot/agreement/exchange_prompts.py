"""IV.1: the shared channels are asked, period by period, what there is to share."""

from dataclasses import dataclass

from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.exchanges import Exchange, overdue_in
from bot.agreement.ledger import ReminderDue, get, reminder_facts, say_reminders
from bot.agreement.time_limits import civil_day


@dataclass(frozen=True, kw_only=True)
class ExchangePrompted(ReminderDue):
    """A channel was asked what there is to share for a period.

    `unacknowledged` are the shares, as facts, that are still not acknowledged after the last nudge.
    """

    first_call: bool
    waiting_for: tuple[str, ...]
    unacknowledged: tuple[dict[str, object], ...]


def prompt(desk: Desk, *, occurrence_id: int) -> ExchangePrompted:
    """Ask a channel, once a step, what there is to share for the period.

    Raises NothingToSay when nothing is due or every party has answered, and NoChannel.
    """
    occurrence = get(desk.session, occurrence_id)
    channel = channel_for(desk.session, occurrence.scope)
    said = say_reminders(desk, occurrence)
    overdue = overdue_in(desk.session, channel.channel_id)
    return ExchangePrompted(
        first_call=desk.definition.duty(occurrence.duty).steps[0] in said.steps,
        waiting_for=waiting_for(desk, occurrence_id),
        unacknowledged=tuple(_overdue(desk, row) for row in overdue),
        **reminder_facts(desk, occurrence, said, channel.channel_id),
    )


def _overdue(desk: Desk, row: Exchange) -> dict[str, object]:
    return {
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": [party.abbreviation for party in desk.definition.others(row.party)],
        "shared_on": civil_day(row.shared_at, desk.definition.tz),
    }
