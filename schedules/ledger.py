"""The ledger's clock: due dates are entered well ahead, and what comes near is said once."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.agreement import ledger
from bot.agreement.channels import NoChannel, all_channels
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.exchange_prompts import prompt
from bot.agreement.ledger import NothingToSay, Occurrence
from bot.agreement.planning import Place, Planned, plan
from bot.agreement.time_limits import Period, end
from bot.secretariat import Secretariat
from schedules.hours import may_speak

AHEAD = Period.parse("P24M")
"""How far ahead due dates are entered, at least; otherwise to the end of the term."""

Verb = Callable[..., Event]


@dataclass(frozen=True)
class Next:
    """One thing to be said: by which verb, about which due date."""

    verb: Verb
    occurrence_id: int


def enter(secretariat: Secretariat) -> int:
    """Enter the due dates the ledger does not have yet; nothing is said, so it returns 0."""
    with secretariat.reading() as desk:
        missing = ledger.not_entered(desk, planned(desk))
    if missing:
        secretariat.act(None, ledger.enter, planned=missing)
    return 0


def planned(desk: Desk) -> list[Planned]:
    """Every due date to the end of the term, and for 24 months at least."""
    places = [Place(row.level.value, row.scope, row.since) for row in all_channels(desk.session)]
    soon = end(desk.today, AHEAD).date
    until = max(desk.definition.term_end() or soon, soon)
    return list(plan(desk.definition, places, desk.calendar, until))


def remind(secretariat: Secretariat) -> int:
    """Say what is due and not yet said, if this is the hour for it; returns how many things were said."""
    if not may_speak(secretariat):
        return 0
    with secretariat.reading() as desk:
        waiting = [Next(_verb(desk, row), row.key) for row in ledger.to_be_said(desk)]
    return sum(_say(secretariat, item) for item in waiting)


def _verb(desk: Desk, row: Occurrence) -> Verb:
    per_channel = desk.definition.duty(row.duty).per is Scope.CHANNEL
    return prompt if per_channel else ledger.remind


def _say(secretariat: Secretariat, item: Next) -> bool:
    try:
        secretariat.act(None, item.verb, occurrence_id=item.occurrence_id)
    except (NothingToSay, NoChannel):
        # Another clock was faster, or there is no channel yet; then it is said late, once there is one.
        return False
    return True
