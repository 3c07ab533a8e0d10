"""Joins the wires once: settings in, a secretariat with its clients and its delivery out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.definition import Definition
from bot.clock import Clock
from bot.database import Database
from bot.delivery import LOOK_AGAIN, PACE, Delivery
from bot.secretariat import Secretariat
from bot.slack import Installation, SlackClient


@dataclass(frozen=True)
class House:
    """Everything that runs: the doors, the clock and the delivery all work with these."""

    secretariat: Secretariat
    installations: Mapping[str, Installation]
    clients: Mapping[str, SlackClient]
    delivery: Delivery

    @property
    def database(self) -> Database:
        """The one database of this house."""
        return self.secretariat.database


def build(
    *,
    definition: Definition,
    database: Database,
    clock: Clock,
    installations: Mapping[str, Installation],
    api_url: str,
    data: Path,
    pace: timedelta = PACE,
    look_again: timedelta = LOOK_AGAIN,
) -> House:
    """Put the house together; nothing connects yet."""
    clients = {party: SlackClient(installed, api_url) for party, installed in installations.items()}
    calendar = JointCalendar(
        [load_calendar(data / "calendars", party.calendar) for party in definition.parties]
    )
    secretariat = Secretariat(
        database=database,
        clock=clock,
        definition=definition,
        calendar=calendar,
        installed=frozenset(installations),
    )
    delivery = Delivery(database, clock, clients, pace=pace, look_again=look_again, zone=definition.tz)
    return House(secretariat, installations, clients, delivery)
