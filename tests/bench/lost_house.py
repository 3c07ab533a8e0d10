"""Clock and delivery in one process, to be killed: `python -m tests.bench.lost_house DATABASE DATA API`."""

import sys
from datetime import timedelta
from pathlib import Path

from bot.health import Health
from bot.running import delivering, ticking, ticking_every
from schedules.timetable import run_due
from tests.bench.houses import house_at
from tests.bench.processes import logged, say


def main() -> None:
    """Be ready, begin when told to, and go on until killed."""
    logged()
    url, data, api = sys.argv[1:]
    house = house_at(url, Path(data), api)
    house.delivery.pace = timedelta(0)
    house.delivery.allowances = {}
    health = Health(house.database, house.secretariat.clock)
    tick = ticking(house, lambda: run_due(house.secretariat), health)
    say("ready")
    sys.stdin.readline()
    with delivering(house), ticking_every(tick, house.secretariat.definition.tz):
        sys.stdin.read()


if __name__ == "__main__":
    main()
