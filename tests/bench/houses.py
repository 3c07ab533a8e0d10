"""The house as it is measured: both organisations moved in, on Monday 23 November 2026 at ten in Zurich."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.agreement.definition import load
from bot.bootstrap import House, build
from bot.clock import MovableClock
from bot.commands.imports import move_in
from bot.database import Database
from bot.migrations import upgrade
from bot.slack import Installation
from schedules.timetable import run_due

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
DEFINITION = load("ilo-iom-2020")
SECRET = "bench-secret"
NOWHERE = "http://127.0.0.1:1/api/"
INSTALLED = {
    party: Installation(party, f"T0{party.upper()}", f"xoxb-{party}", SECRET) for party in ("ilo", "iom")
}


def house_at(url: str, data: Path, api_url: str = NOWHERE) -> House:
    """The house on a database that others have prepared."""
    return build(
        definition=DEFINITION,
        database=Database(url),
        clock=MovableClock(MORNING),
        installations=INSTALLED,
        api_url=api_url,
        data=data,
    )


def furnished(url: str, data: Path) -> House:
    """The same with its tables, its people and channels, and what is due entered and said."""
    house = house_at(url, data)
    upgrade(house.database)
    move_in(house.secretariat)
    run_due(house.secretariat)
    return house
