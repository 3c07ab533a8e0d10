"""The clock: a tick among many ledger rows beside one among few, and beside a wake-up of APScheduler."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.bootstrap import House
from bot.health import Health
from bot.running import ticking
from schedules.timetable import run_due
from tests.bench import ledgers
from tests.bench.bench import Bench
from tests.bench.houses import furnished, house_at
from tests.bench.ledgers import TenDue
from tests.bench.measuring import Pairs, interleaved, timed
from tests.bench.processes import Child
from tests.bench.report import Figure, at_most
from tests.bench.wakeups import Wakeups

FEW = 1_000
TEN = len(ledgers.OFFICES)
FLAT = at_most(1.25)


@dataclass
class Clock:
    """One clock over one ledger."""

    house: House
    url: str
    data: Path

    def __post_init__(self) -> None:
        """The whole tick, with the heartbeat, as the clock's process does it."""
        self.said = 0
        self.ten_due = TenDue(self.house)
        self.tick = ticking(
            self.house, self._run_due, Health(self.house.database, self.house.secretariat.clock)
        )

    def _run_due(self) -> None:
        self.said = run_due(self.house.secretariat)

    def ten(self) -> float:
        """Seconds a tick takes in which ten things are said."""
        self.ten_due.arrange()
        took = self._ticked()
        assert self.said == TEN, self.said
        return took

    def empty(self) -> float:
        """Seconds a tick takes that looks everywhere, since something was done, and finds nothing due."""
        with self.house.database.writing() as session:
            ledgers.something_done(session)
        return self._ticked()

    def _ticked(self) -> float:
        self.said = -1
        took = timed(self.tick)
        assert self.said >= 0, "the tick has failed"
        return took

    def start(self) -> float:
        """Seconds from the start of a clock's process to the end of its first tick."""
        began = perf_counter()
        with Child("clock_process", self.url, str(self.data)):
            return perf_counter() - began

    def memory(self) -> float:
        """MiB that a clock's process holds after five ticks."""
        with Child("clock_process", self.url, str(self.data)) as child:
            return float(child.ask(5)) / 2**20


def clock_over(bench: Bench, rows: int) -> Clock:
    """A clock over a ledger of `rows`."""
    data = bench.place()
    url = f"sqlite:///{data / 'comity.db'}"
    house = furnished(url, data)
    ledgers.open_offices(house.database)
    run_due(house.secretariat)
    if rows:
        ledgers.fill(house.database, rows)
    house.database.close()
    return Clock(house_at(url, data), url, data)


def figures(bench: Bench) -> Iterator[Figure]:
    """Ticks among few and many rows, then beside APScheduler, then whole processes."""
    many_rows = bench.of(20_000, 1_000_000)
    few, many = clock_over(bench, FEW), clock_over(bench, many_rows)
    beside = f"among {FEW:,} rows"
    pairs = max(bench.pairs, bench.of(5, 21))
    ten = _ms(interleaved(many.ten, few.ten, pairs))
    yield Figure("ticks/ten-due", f"tick, 10 due, {many_rows:,} rows", "ms", ten, FLAT, beside)
    empty = _ms(interleaved(many.empty, few.empty, pairs))
    yield Figure("ticks/empty", f"empty tick, {many_rows:,} rows", "ms", empty, FLAT, beside)
    wakeups = Wakeups(bench.place(), bench.of(200, 1_000))
    woken = _ms(interleaved(many.ten, wakeups.ten, pairs))
    wakeups.close()
    yield Figure(
        "ticks/apscheduler",
        f"tick, 10 due, {many_rows:,} rows",
        "ms",
        woken,
        at_most(0.75),
        "APScheduler wake-up, 10 due",
    )
    starts = interleaved(many.start, few.start, bench.of(1, bench.pairs), bench.of(0, 1))
    yield Figure("ticks/start", f"start to first tick, {many_rows:,} rows", "s", starts, FLAT, beside)
    yield from _memory(bench)


def _memory(bench: Bench) -> Iterator[Figure]:
    rows = bench.of(20_000, 100_000)
    none, some = clock_over(bench, 0), clock_over(bench, rows)
    held = interleaved(some.memory, none.memory, bench.of(1, bench.pairs), warm_up=0)
    yield Figure(
        "ticks/memory", f"memory of a clock, {rows:,} rows", "MiB", held, at_most(1.1), "empty ledger"
    )


def _ms(pairs: Pairs) -> Pairs:
    return Pairs([1000 * each for each in pairs.ours], [1000 * each for each in pairs.baseline])
