"""A clock to be measured: `python -m tests.bench.clock_process DATABASE DATA`; speaks after its first tick."""

import sys
from pathlib import Path

import psutil

from bot.health import Health
from bot.running import ticking
from schedules.timetable import run_due
from tests.bench.houses import house_at
from tests.bench.processes import answer, logged, say


def main() -> None:
    """Tick once and say so; then tick as often as asked, and tell the memory held (bytes)."""
    logged()
    url, data = sys.argv[1:]
    house = house_at(url, Path(data))
    tick = ticking(house, lambda: run_due(house.secretariat), Health(house.database, house.secretariat.clock))
    tick()
    say("ticked")
    for ticks in sys.stdin:
        for _ in range(int(ticks)):
            tick()
        answer(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    main()
