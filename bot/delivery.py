"""The only sender: lane by lane, in order, not too fast, and never the same thing twice on purpose."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event
from time import sleep

from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from bot import lanes, outbox
from bot.allowances import PER_MINUTE
from bot.clock import Clock
from bot.database import Database
from bot.lanes import Claimed, Job, Outcome
from bot.metrics import sends
from bot.outbox import Kind, OutboxState
from bot.sending import LIMITED, Sender
from bot.slack import SlackClient

PACE = timedelta(seconds=1)
"""Slack takes one message a second in a channel."""
LOOK_AGAIN = timedelta(seconds=5)
"""Before history is read back: a message Slack took, or is only now taking, may need a moment to show."""
GATHER = timedelta(milliseconds=20)
IDLE = 0.25
"""Seconds between two looks into an empty outbox."""
ATTEMPTS = 10
RETRY = 0.5
"""Seconds before the books are tried again when the database is away."""
log = get_logger()


@dataclass
class Delivery:
    """Sends what the outbox holds. Any number of these may share one PostgreSQL.

    `senders` is how many messages may be under way at once. `marks` is how many outcomes that have come
    together may share one commit; with one, a crash leaves in doubt only what was under way.
    """

    database: Database
    clock: Clock
    clients: Mapping[str, SlackClient]
    pace: timedelta = PACE
    look_again: timedelta = LOOK_AGAIN
    senders: int = 16
    marks: int = 4
    allowances: Mapping[Kind, int] = field(default_factory=lambda: PER_MINUTE)
    zone: str = "UTC"
    _stopping: Event = field(default_factory=Event, repr=False)

    @property
    def sender(self) -> Sender:
        """What talks to Slack, with the settings as they are now."""
        return Sender(
            self.database, self.clock, self.clients, self.pace, self.look_again, self.zone, self._stopping
        )

    def recover(self) -> None:
        """Free every lane at the start of the one process a SQLite database has: its holder is gone.

        On PostgreSQL another sender may be at work, so a dead one's lanes come free when their lease ends.
        """
        if self.database.is_sqlite:
            with self.database.recording() as connection:
                lanes.free_all(connection)

    def round(self) -> int:
        """Claim the lanes that may speak now, send the first message of each and wait for all of them.

        Returns how many lanes were looked at.
        """
        claimed = self.turn((), self.senders)
        if claimed.jobs:
            with ThreadPoolExecutor(len(claimed.jobs)) as pool:
                self.turn(list(pool.map(self.sender.handle, claimed.jobs)), 0)
        return len(claimed.jobs) + claimed.deferred

    def work(self, stop: Event) -> None:
        """Send without pause until `stop` is set; then finish or hand back what is under way.

        One thread, this one, keeps the books; the others talk to Slack.
        """
        self.recover()
        with ThreadPoolExecutor(self.senders, thread_name_prefix="sender") as pool:
            books = _Books(self, pool)
            while not stop.is_set():
                books.turn(stop)
            self._stopping.set()
            books.close()
        self._stopping.clear()

    def turn(self, ended: Sequence[Outcome], free: int) -> Claimed:
        """Write down what has ended and claim up to `free` messages, in one transaction."""
        if not ended and not (free and self._anything()):
            return Claimed()
        with self.database.recording() as connection:
            now = self.clock.now()
            lanes.store(connection, ended, now)
            claimed = Claimed()
            if free:
                claimed = lanes.claim(connection, now, free, self.look_again, self.allowances)
        for outcome in ended:
            _tell(outcome)
        return claimed

    def _anything(self) -> bool:
        with self.database.reading() as session:
            return outbox.any_unsent(session)


class _Books:
    """What is under way in one process: how many messages, and which of them have come to an end."""

    def __init__(self, delivery: Delivery, pool: ThreadPoolExecutor) -> None:
        self._delivery, self._pool = delivery, pool
        self._ended: SimpleQueue[Outcome] = SimpleQueue()
        self._unwritten: list[Outcome] = []
        self._under_way = 0
        self._claim_at = delivery.clock.now()

    def turn(self, stop: Event) -> None:
        """Write down what has ended; when nothing more has, claim what may be sent."""
        self._collect(self._patience())
        free = self._delivery.senders - self._under_way
        if not self._ended.empty() or self._delivery.clock.now() < self._claim_at:
            free = 0
        try:
            claimed = self._delivery.turn(self._unwritten, free) if free or self._unwritten else Claimed()
        except SQLAlchemyError:
            # The database is away: what came of the messages is kept in mind until it is back.
            log.warning("books_wait_for_database", exc_info=True)
            stop.wait(RETRY)
            return
        self._unwritten = []
        for job in claimed.jobs:
            self._under_way += 1
            self._pool.submit(self._carry, job)
        if free:
            self._claim_at = self._next_claim(claimed, free)

    def close(self) -> None:
        """Wait for what is under way and write it down; give up only when the database stays away."""
        for _ in range(ATTEMPTS):
            try:
                while self._under_way or self._unwritten:
                    self._collect(IDLE)
                    self._delivery.turn(self._unwritten, 0)
                    self._unwritten = []
                return
            except SQLAlchemyError:
                log.warning("books_wait_for_database", exc_info=True)
                sleep(RETRY)

    def _collect(self, patience: float) -> None:
        """Take what has ended, as much as one commit may hold; wait up to `patience` seconds for the first."""
        try:
            while len(self._unwritten) < self._delivery.marks:
                waits = 0.0 if self._unwritten else patience
                self._unwritten.append(self._ended.get(block=waits > 0, timeout=waits or None))
                self._under_way -= 1
        except Empty:
            return

    def _patience(self) -> float:
        """Seconds to wait for something to end; no time where something waits to be written down."""
        if self._unwritten:
            return 0.0
        if self._under_way >= self._delivery.senders:
            return IDLE
        soon = (self._claim_at - self._delivery.clock.now()).total_seconds()
        return min(max(soon, 0.0), IDLE)

    def _next_claim(self, claimed: Claimed, free: int) -> datetime:
        """When to look again: at once where there was more than could be taken, else when a lane may speak.

        Lanes that come due one after the other are let gather for a moment and claimed together.
        """
        now = self._delivery.clock.now()
        if claimed.deferred or len(claimed.jobs) == free:
            return now
        soonest = claimed.next_at or now + timedelta(seconds=IDLE)
        return min(max(soonest, now + GATHER), now + timedelta(seconds=IDLE))

    def _carry(self, job: Job) -> None:
        try:
            self._ended.put(self._delivery.sender.handle(job))
        except Exception as error:  # the edge of a thread: the message must not vanish with it
            log.exception("message_failed", outbox=job.number, letter=job.letter)
            wait = self._delivery.look_again
            self._ended.put(Outcome(job, OutboxState.UNKNOWN, wait, type(error).__name__))


def _tell(outcome: Outcome) -> None:
    job = outcome.job
    sends.labels(job.party, job.kind.value, _word(outcome)).inc()
    if outcome.blocked or outcome.state is OutboxState.DEAD:
        log.error("message_refused", outbox=job.number, letter=job.letter, error=outcome.error)
    elif outcome.error:
        log.info("message_waits", outbox=job.number, letter=job.letter, error=outcome.error)


def _word(outcome: Outcome) -> str:
    if outcome.state is OutboxState.SENT:
        return "found" if outcome.found else "sent"
    if outcome.state is OutboxState.DEAD:
        return "dead"
    if outcome.blocked:
        return "refused"
    return "limited" if outcome.error == LIMITED else "unknown"
