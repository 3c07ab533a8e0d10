"""The only sender: lane by lane, in order, not too fast, and never the same thing twice on purpose."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import update
from sqlmodel import Session, col, select
from structlog import get_logger

from bot.agreement.files import Attachment, Record, StoredFile
from bot.clock import Clock
from bot.database import Database
from bot.outbox import UNSENT, Kind, Lane, OutboxRow, OutboxState
from bot.slack import OutcomeUnknown, Posted, SlackClient, SlackLimited, SlackRefused

LEASE = timedelta(seconds=60)
"""How long a sender may hold a lane; a killed sender's lanes are free again after it."""
PACE = timedelta(seconds=1)
"""Slack takes one message a second in a channel."""
LOOK_AGAIN = timedelta(seconds=2)
"""Before history is read back: a message Slack took may need a moment to show."""
WAIT_FOR_CURE = timedelta(minutes=5)
CLOCK_SLACK = 300
"""Seconds by which our clock and Slack's may differ when history is searched."""
# The message itself is at fault; any other refusal can be cured from outside, so the message waits.
HOPELESS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "metadata_too_large",
        "message_not_found",
        "cant_update_message",
        "file_not_found",
    }
)
log = get_logger()
Paper = Record | StoredFile


@dataclass
class Delivery:
    """Sends what the outbox holds. Any number of these may share one database."""

    database: Database
    clock: Clock
    clients: Mapping[str, SlackClient]
    pace: timedelta = PACE
    lanes: int = 8
    look_again: timedelta = LOOK_AGAIN
    owner: str = field(default_factory=lambda: uuid4().hex)
    busy: bool = False

    def recover(self) -> None:
        """Free every lane at the start of the one process a SQLite database has: its holder is gone.

        On PostgreSQL another sender may be at work, so a dead one's lanes come free when their lease ends.
        """
        if self.database.is_sqlite:
            with self.database.writing() as session:
                session.exec(update(Lane).values(owner="", leased_until=None))

    def round(self) -> int:
        """Claim the lanes that may speak now and send the first message of each; returns how many were tried."""
        claimed = self._claim()
        self.busy = bool(claimed)
        if len(claimed) == 1:
            self._handle(claimed[0])
        elif claimed:
            with ThreadPoolExecutor(len(claimed)) as pool:
                list(pool.map(self._handle, claimed))
        return len(claimed)

    def _claim(self) -> list[int]:
        now = self.clock.now()
        with self.database.writing() as session:
            free = col(Lane.leased_until).is_(None) | (col(Lane.leased_until) < now)
            waiting = select(OutboxRow.id).where(OutboxRow.lane == Lane.key, col(OutboxRow.state).in_(UNSENT))
            query = select(Lane).where(Lane.next_at <= now, free, waiting.exists()).limit(self.lanes)
            lanes = session.exec(query.with_for_update(skip_locked=True)).all()
            heads = [self._head(session, lane) for lane in lanes]
            for lane in lanes:
                lane.owner, lane.leased_until = self.owner, now + LEASE
            return heads

    def _head(self, session: Session, lane: Lane) -> int:
        row = session.exec(
            select(OutboxRow)
            .where(OutboxRow.lane == lane.key, col(OutboxRow.state).in_(UNSENT))
            .order_by(col(OutboxRow.id))
            .limit(1)
        ).one()
        # Found as sending, it was in the hands of a sender that died: nobody knows how far it came.
        certain = row.state is OutboxState.READY
        row.state = OutboxState.SENDING if certain else OutboxState.UNKNOWN
        row.attempts += 1
        row.tried_at = row.tried_at or self.clock.now()
        return row.number

    def _handle(self, number: int) -> None:
        with self.database.reading() as session:
            row = session.get_one(OutboxRow, number)
            root = session.get(OutboxRow, row.of) if row.of else None
            paper = _paper(session, row)
        client = self.clients.get(row.party)
        if client is None:
            self._wait(row, "no_installation", WAIT_FOR_CURE)
            return
        try:
            at = self._settle(client, row, root) or self._send(client, row, root, paper)
        except SlackLimited as limited:
            self._wait(row, "ratelimited", timedelta(seconds=limited.seconds))
        except OutcomeUnknown as unknown:
            self._wait(row, unknown.reason, self.look_again, OutboxState.UNKNOWN)
        except SlackRefused as refused:
            self._refused(row, refused.error)
        else:
            self._sent(row, at)

    def _settle(self, client: SlackClient, row: OutboxRow, root: OutboxRow | None) -> Posted | None:
        """Where the outcome is unknown, look whether Slack has it already."""
        if row.state is not OutboxState.UNKNOWN or row.tried_at is None:
            return None
        if row.kind is Kind.POST:
            since = row.tried_at.timestamp() - CLOCK_SLACK
            return client.find(row.channel, row.number, since, root.ts if root else "")
        if row.kind is Kind.FILE and row.file_id and root and client.is_shown(row.file_id, root.sent_channel):
            return Posted(root.sent_channel, root.ts)
        return None

    def _send(
        self, client: SlackClient, row: OutboxRow, root: OutboxRow | None, paper: Paper | None
    ) -> Posted:
        if row.kind is Kind.POST:
            return client.post(row.channel, row.message, row.number, root.ts if root else "")
        if root is None or not root.ts:
            raise SlackRefused("message_not_found")
        if row.kind is Kind.UPDATE:
            return client.update(Posted(root.sent_channel, root.ts), row.message)
        return self._hand_over(client, row, root, paper)

    def _hand_over(self, client: SlackClient, row: OutboxRow, root: OutboxRow, paper: Paper | None) -> Posted:
        if paper is None:
            raise SlackRefused("file_not_found")
        if not row.file_id:
            # The number is stored before anyone can see the file, so that a crash cannot show it twice.
            row.file_id = client.reserve_file(Attachment(paper.name, paper.content))
            self._store(row, file_id=row.file_id)
        title = paper.number if isinstance(paper, Record) else paper.name
        client.show_file(row.file_id, title, root.sent_channel, root.ts, row.message.text)
        return Posted(root.sent_channel, root.ts)

    def _sent(self, row: OutboxRow, at: Posted) -> None:
        now = self.clock.now()
        values = {"state": OutboxState.SENT, "sent_channel": at.channel, "ts": at.ts, "error": ""}
        self._finish(row, now + self.pace, sent_at=now, **values)

    def _refused(self, row: OutboxRow, error: str) -> None:
        log.error("message_refused", outbox=row.number, letter=row.letter, error=error)
        if error in HOPELESS:
            self._finish(row, self.clock.now() + self.pace, state=OutboxState.DEAD, error=error)
        else:
            self._wait(row, error, WAIT_FOR_CURE)

    def _wait(self, row: OutboxRow, error: str, pause: timedelta, state: OutboxState | None = None) -> None:
        if state is None:
            state = OutboxState.UNKNOWN if row.state is OutboxState.UNKNOWN else OutboxState.READY
        self._finish(row, self.clock.now() + pause, state=state, error=error)

    def _finish(self, row: OutboxRow, next_at: datetime, **values: object) -> None:
        """Store the outcome and free the lane, unless its lease ran out and another sender has it now."""
        with self.database.writing() as session:
            mine = (col(Lane.key) == row.lane) & (col(Lane.owner) == self.owner)
            freed = session.exec(
                update(Lane).where(mine).values(next_at=next_at, owner="", leased_until=None)
            )
            if freed.rowcount == 1:
                session.exec(update(OutboxRow).where(col(OutboxRow.id) == row.number).values(**values))

    def _store(self, row: OutboxRow, **values: object) -> None:
        with self.database.writing() as session:
            session.exec(update(OutboxRow).where(col(OutboxRow.id) == row.number).values(**values))


def _paper(session: Session, row: OutboxRow) -> Paper | None:
    """What a row hands over: a written record, or a file that a person handed in."""
    if row.record_id:
        return session.get(Record, row.record_id)
    return session.get(StoredFile, row.enclosed_id) if row.enclosed_id else None
