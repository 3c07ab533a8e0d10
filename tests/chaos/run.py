"""One run from the beginning to the end: build, kill, restart, wait until all is said, compare."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from sqlmodel import Session, col, func, select

from bot.agreement.ledger import Reminder
from bot.agreement.time_limits import civil_day
from bot.database import Database
from bot.outbox import Lane, OutboxRow, OutboxState, backlog
from bot.sandbox.slack import LocalSlack
from bot.tables import create_all
from schedules import ledger
from tests.chaos import watching
from tests.chaos.checks import Violation, check, smallest_gap
from tests.chaos.fleet import Fleet
from tests.chaos.plan import Order, Sort
from tests.chaos.record import picture
from tests.chaos.roles import house, writer
from tests.chaos.servers import Postgres, faults, local_slack, postgres
from tests.chaos.setup import Setup, Size, until_monday
from tests.chaos.world import registered
from tests.chaos.writing import Writer

ROOM = 0.15
"""This share of all messages may wait at a time; writing then pauses, so that it goes on through the whole run."""
LOOK = 0.5


@dataclass(frozen=True)
class Wishes:
    """How hard it is to be, in seconds: `kill_every` (from, to), `kill_until` (0: to the end), and the rest.

    `frozen` is the share of the attacks in which a process is not killed but stopped, for longer than a lease.
    """

    size: Size
    postgres: bool
    deliverers: int = 3
    clocks: int = 2
    kill_every: tuple[float, float] = (1.0, 1.0)
    kill_until: float = 0.0
    pace: float = 1.0
    look_again: float = 5.0
    slow_ms: int = 0
    late_ms: int = 0
    frozen: float = 0.0
    limit: float = 3600.0


@dataclass
class Result:
    """How it went."""

    wishes: Wishes
    violations: list[Violation] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    restarts: int = 0
    seconds: float = 0.0
    gap: float | None = None
    retries: int = 0


def run(wishes: Wishes, folder: Path) -> Result:
    """Do it in `folder`, which must be empty."""
    result, ahead = Result(wishes), until_monday()
    with ExitStack() as stack:
        wrong = faults(wishes.size.seed, wishes.slow_ms, wishes.late_ms)
        slack = stack.enter_context(local_slack(wishes.size, ahead, wrong))
        server = stack.enter_context(postgres(folder)) if wishes.postgres else None
        url = server.url if server else f"sqlite:///{folder / 'comity.db'}"
        setup = Setup(
            url, f"{slack.base_url}/api/", folder, wishes.size, ahead, wishes.pace, wishes.look_again
        )
        with opened(setup) as database:
            chaos(result, setup, database, server)
            judge(result, database, slack, writer(setup, database).orders)
    result.notes = watching.read(setup.notes)
    return result


@contextmanager
def opened(setup: Setup) -> Iterator[Database]:
    """The database with its tables, its channels and the ledger as it is on an ordinary morning."""
    made = house(setup)
    create_all(made.database)
    with made.database.writing() as session:
        since = civil_day(setup.clock.now(), made.secretariat.definition.tz)
        session.add_all(registered(setup.size, since))
    ledger.enter(made.secretariat)
    made.database.close()
    yield made.database
    made.database.close()


def chaos(result: Result, setup: Setup, database: Database, server: Postgres | None) -> None:
    """Let everybody work until all is said, and kill them meanwhile."""
    wishes, begun = result.wishes, monotonic()
    people = writer(setup, database)
    with Fleet(setup, _roles(wishes), wishes.kill_every, wishes.frozen) as fleet:
        if wishes.postgres:
            Thread(target=people.write_all, args=(lambda: _room(database, setup.size),), daemon=True).start()
        while not people.persistently(_all_said, database, people):
            if wishes.kill_until and monotonic() - begun > wishes.kill_until:
                fleet.spare()
            if monotonic() - begun > wishes.limit:
                result.violations.append(people.persistently(_too_late, database, people))
                break
            if server and not result.restarts and people.persistently(_halfway, database, setup.size):
                server.restart()
                result.restarts += 1
            sleep(LOOK)
        fleet.spare()
    result.kills, result.retries = fleet.kills, people.retries
    result.seconds = monotonic() - begun


def _roles(wishes: Wishes) -> list[str]:
    if not wishes.postgres:
        return ["everything"]
    return ["deliver"] * wishes.deliverers + ["clock"] * wishes.clocks


def _room(database: Database, size: Size) -> bool:
    with database.reading() as session:
        return backlog(session) < ROOM * size.messages


def _halfway(database: Database, size: Size) -> bool:
    with database.reading() as session:
        return _count(session, OutboxState.SENT) > size.messages // 2


def _too_late(database: Database, people: Writer) -> Violation:
    written = f"{people.written()} of {len(people.portions)} portions written"
    with database.reading() as session:
        states = session.exec(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
        held = session.exec(select(func.count()).where(col(Lane.owner) != "")).one()
    rows = ", ".join(f"{state}: {times}" for state, times in states)
    return Violation("limit", f"not all was said in time: {written}; rows {rows}; {held} lanes held")


def _all_said(database: Database, people: Writer) -> bool:
    if people.written() < len(people.portions):
        return False
    with database.reading() as session:
        due = select(func.count(col(Reminder.id))).where(col(Reminder.said_at).is_(None))
        waiting = session.exec(due.where(Reminder.on <= civil_day(people.clock.now(), people.definition.tz)))
        return not waiting.one() and not backlog(session)


def _count(session: Session, state: OutboxState) -> int:
    return session.exec(select(func.count(col(OutboxRow.id))).where(OutboxRow.state == state)).one()


def judge(result: Result, database: Database, slack: LocalSlack, made: list[Order]) -> None:
    """Compare, and count."""
    with database.reading() as session:
        taken = picture(session, slack, made)
    result.violations += check(taken)
    result.gap = smallest_gap(taken)
    if result.gap is not None and result.gap < result.wishes.pace:
        result.violations.append(
            Violation("pace", f"two messages of one channel came {result.gap:.3f} s apart")
        )
    sorts = Counter(order.sort.value for order in made)
    result.counts = {
        "ordered": len(made),
        **{f"ordered: {sort.value}": sorts[sort.value] for sort in Sort},
        "rows in the outbox": len(taken.written),
        "rows sent": sum(row.state == OutboxState.SENT for row in taken.written),
        "messages in Slack": len(taken.said),
    }
    result.faults = {fault.value: times for fault, times in sorted(slack.faults.happened.items())}
