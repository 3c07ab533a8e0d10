"""What is lost and what is doubled: APScheduler with one job a reminder, and ours, on the same bad days."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import delete, func, select

from bot.agreement.channels import Channel, Level
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.database import Database
from tests.bench.bench import Bench
from tests.bench.houses import furnished
from tests.bench.ledgers import AGREEMENT, PROMPT, REMINDERS, TODAY
from tests.bench.measuring import Pairs
from tests.bench.processes import Child
from tests.bench.queues import OUTBOX, all_sent
from tests.bench.report import Figure, at_most

ANSWER = "0.1"
"""Seconds the stub takes to answer; it accepts half way."""
QUIET = 3.0
"""Seconds without a post after which nothing more of APScheduler's is waited for."""
PATIENCE = 240


@dataclass(frozen=True)
class Day:
    """A bad day: how many reminders fall due, one in each channel, and what happens to the process."""

    name: str
    title: str
    due: int
    down: bool = False
    killed_after: int = 0


@dataclass(frozen=True)
class Losses:
    """What came of a day."""

    lost: int
    doubled: int


class Tally:
    """What has arrived at the stub; every channel is to hear one thing."""

    def __init__(self, stub: Child) -> None:
        """Begin with nothing."""
        self.stub = stub
        self.arrived: Counter[str] = Counter()

    def look(self) -> int:
        """How many have arrived so far."""
        self.arrived.update(channel for _, channel, _ in self.stub.ask() if channel.startswith("CR"))
        return self.arrived.total()

    def wait_for(self, amount: int, quiet: float) -> None:
        """Until so many have arrived, or nothing has for `quiet` seconds."""
        found, since = self.look(), monotonic()
        while found < amount and monotonic() - since < quiet:
            sleep(0.02)
            before, found = found, self.look()
            since = monotonic() if found > before else since

    def losses(self, due: int) -> Losses:
        """What came of it, once nothing more is to come."""
        total = self.look()
        return Losses(due - len(self.arrived), total - len(self.arrived))


def figures(bench: Bench) -> Iterator[Figure]:
    """Three bad days, each for both; then what ours doubled."""
    days = (
        Day("burst", "all due in one second", bench.of(100, 1_000)),
        Day("down", "due while it was down", bench.of(40, 200), down=True),
        Day("killed", "kill -9 amid the posts", bench.of(60, 300), killed_after=bench.of(20, 100)),
    )
    doubled: list[float] = []
    for day in days:
        runs = bench.of(1, 3) if day.killed_after else 1
        ours = [_run(bench, day, _ours) for _ in range(runs)]
        theirs = [_run(bench, day, _theirs) for _ in range(runs)]
        pairs = Pairs([float(each.lost) for each in ours], [float(each.lost) for each in theirs])
        doubled += [float(each.doubled) for each in ours]
        title = f"reminders lost of {day.due}, {day.title}"
        yield Figure(f"lost/{day.name}", title, "lost", pairs, at_most(0), AGAINST, alone=True)
    title = "reminders doubled, on all these days"
    yield Figure("lost/doubled", title, "doubled", Pairs([max(doubled)], []), at_most(0), alone=True)


AGAINST = "APScheduler, a job each"


def _run(bench: Bench, day: Day, whose: Callable[[Path, Day, Tally], None]) -> Losses:
    with Child("stub_slack", ANSWER) as stub:
        tally = Tally(stub)
        whose(bench.place(), day, tally)
        return tally.losses(day.due)


def _theirs(folder: Path, day: Day, tally: Tally) -> None:
    # Against being killed nothing can be set, so it is measured with the mildest setting there is.
    grace = "none" if day.killed_after else "default"
    words = ("lost_jobs", f"sqlite:///{folder / 'jobs.db'}", tally.stub.ready, grace)
    ahead = 1 if day.down else 2 + day.due / 50
    with Child(*words) as storing:
        storing.ask([day.due, ahead])
        if not day.down:
            storing.ask()
            tally.wait_for(day.killed_after or day.due, ahead + QUIET)
    if day.down:
        sleep(5)
    if day.down or day.killed_after:
        with Child(*words) as running:
            running.ask()
            tally.wait_for(day.due, QUIET)


def _ours(folder: Path, day: Day, tally: Tally) -> None:
    url = f"sqlite:///{folder / 'comity.db'}"
    with closing(furnished(url, folder).database) as database:
        _arrange(database, day)
        words = ("lost_house", url, str(folder), tally.stub.ready)
        if day.killed_after:
            with Child(*words) as running:
                running.tell()
                tally.wait_for(day.killed_after, PATIENCE)
        with Child(*words) as running:
            running.tell()
            _wait_until_said(database)


def _arrange(database: Database, day: Day) -> None:
    """One reminder is due in each of many channels: today, or three days ago while nobody was there."""
    on = TODAY - timedelta(days=3) if day.down else TODAY
    with database.writing() as session:
        session.connection().execute(delete(OUTBOX))
        for n in range(day.due):
            scope = f"Region {n}"
            # Nothing else is due in it: what falls due up to the day it was given is not asked for.
            session.add(_channel(n, scope))
            occurrence = _occurrence(scope)
            session.add(occurrence)
            session.flush()
            session.add(Reminder(occurrence_id=occurrence.key, step="P14D", on=on))


def _channel(number: int, scope: str) -> Channel:
    far = TODAY.replace(year=2100)
    return Channel(
        channel_id=f"CR{number}", level=Level.REGIONAL, scope=scope, posting_party="ilo", since=far
    )


def _occurrence(scope: str) -> Occurrence:
    return Occurrence(
        agreement=AGREEMENT,
        duty=PROMPT,
        clause="IV.1",
        level=Level.REGIONAL,
        scope=scope,
        window_start=TODAY - timedelta(days=30),
        due_on=TODAY + timedelta(days=2),
        status=OccurrenceStatus.OPEN,
    )


def _wait_until_said(database: Database) -> None:
    """Until nothing is due and nothing waits to leave. Raises TimeoutError."""
    limit = monotonic() + PATIENCE
    due = select(func.count(REMINDERS.c.id)).where(REMINDERS.c.said_at.is_(None), REMINDERS.c.on <= TODAY)
    while True:
        with database.reading() as session:
            left = session.connection().execute(due).scalar_one()
        if not left and all_sent(database):
            return
        if monotonic() > limit:
            raise TimeoutError("it is not all said")
        sleep(0.1)
