"""The timetable: what is asked how often. A tick asks what is due, so a missed one costs nothing."""

from collections.abc import Callable, Mapping

from bot.secretariat import Secretariat
from schedules import emblems, exchanges, ledger, troubles

TICKS: Mapping[str, Callable[[Secretariat], int]] = {
    "ledger.enter": ledger.enter,
    "ledger.remind": ledger.remind,
    "exchanges.nudge": exchanges.tick,
    "emblems.answer": emblems.tick,
    "troubles.tell": troubles.tick,
}


def run_due(secretariat: Secretariat) -> int:
    """Ask every question of the timetable once; returns how many things were said."""
    return sum(tick(secretariat) for tick in TICKS.values())
