"""One message on its way: looked for where it may have arrived already, sent where it has not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event

from sqlmodel import Session, select

from bot import lanes
from bot.agreement.files import Attachment, Record, StoredFile
from bot.clock import Clock
from bot.database import Database
from bot.lanes import Job, Outcome
from bot.letters import Mrkdwn, words
from bot.outbox import Kind, Message, OutboxRow, OutboxState
from bot.shapes import small_print
from bot.slack import (
    OutcomeUnknown,
    Posted,
    SlackClient,
    SlackLimited,
    SlackRefused,
    SlackUnreachable,
)

START = timedelta(seconds=5)
"""How long after its lane was claimed a message may still be sent; with Slack's ten seconds it stays well
within the lease, so that nobody else can have taken the lane."""
WAIT_FOR_CURE = timedelta(minutes=5)
CLOCK_SLACK = timedelta(minutes=5)
"""By how much our clock and Slack's may differ when history is searched."""
LATE = timedelta(hours=1)
"""After which a message says when it was written."""
MOST_BLOCKS = 50
NO_INSTALLATION = "no_installation"
ROOT_MISSING = "root_missing"
LIMITED = "ratelimited"
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
        "edit_window_closed",
        "file_not_found",
        ROOT_MISSING,
    }
)
Paper = Record | StoredFile


@dataclass(frozen=True)
class Sender:
    """Carries out jobs; safe in threads. `zone` is the agreement's, for what is said of an hour."""

    database: Database
    clock: Clock
    clients: Mapping[str, SlackClient]
    pace: timedelta
    look_again: timedelta
    zone: str
    stopping: Event

    def handle(self, job: Job) -> Outcome:
        """Settle or send one message, and say what came of it, and when."""
        return replace(self._handle(job), ended_at=self.clock.now())

    def _handle(self, job: Job) -> Outcome:
        client = self.clients.get(job.party)
        if client is None:
            return self._blocked(job, NO_INSTALLATION)
        sending = False
        try:
            found = self._settle(client, job)
            if found:
                return Outcome(job, OutboxState.SENT, self.pace, at=found, found=True)
            if self.stopping.is_set() or not self._in_time(job):
                return Outcome(job, self._before(job), timedelta(0))
            sending = True
            return Outcome(job, OutboxState.SENT, self.pace, at=self._send(client, job))
        except SlackLimited as limited:
            wait = timedelta(seconds=limited.seconds)
            return Outcome(job, self._before(job), wait, LIMITED, pause=wait if sending else None)
        except SlackUnreachable as away:
            return Outcome(job, self._before(job), self.look_again, away.reason)
        except OutcomeUnknown as unknown:
            state = OutboxState.UNKNOWN if sending else self._before(job)
            return Outcome(job, state, self.look_again, unknown.reason)
        except SlackRefused as refused:
            return self._refused(job, refused.error)

    def _in_time(self, job: Job) -> bool:
        """Whether nobody else can have the lane by now; what took long is followed by a new hold of it."""
        now = self.clock.now()
        if now <= job.claimed_at + START:
            return True
        if job.doubt_since is None and job.kind is not Kind.FILE:
            return False
        with self.database.recording() as connection:
            held = lanes.hold_on(connection, job, now)
        return held and self.clock.now() <= now + START

    def _before(self, job: Job) -> OutboxState:
        """What the row was before this attempt, which did nothing."""
        return OutboxState.UNKNOWN if job.state is OutboxState.UNKNOWN else OutboxState.READY

    def _blocked(self, job: Job, error: str) -> Outcome:
        return Outcome(job, self._before(job), WAIT_FOR_CURE, error, blocked=True)

    def _refused(self, job: Job, error: str) -> Outcome:
        if error in HOPELESS:
            return Outcome(job, OutboxState.DEAD, self.pace, error)
        return self._blocked(job, error)

    def _settle(self, client: SlackClient, job: Job) -> Posted | None:
        """Where the message may have arrived already, look whether Slack has it."""
        if job.doubt_since is None or job.kind is Kind.UPDATE:
            # An update that arrives twice says the same twice over, in one place.
            return None
        since = job.doubt_since - CLOCK_SLACK
        if job.kind is Kind.POST:
            return client.find(job.channel, job.mark, since.timestamp(), job.root.ts if job.root else "")
        if job.root is None:
            return None
        title, others = self._title(job), self._handed_over(job)
        shown = client.has_file(job.root, job.file_id, title, since.timestamp(), others)
        return job.root if shown else None

    def _send(self, client: SlackClient, job: Job) -> Posted:
        if job.of and job.root is None and job.kind is not Kind.POST:
            raise SlackRefused(ROOT_MISSING)
        if job.kind is Kind.POST:
            return client.post(job.channel, self._message(job), job.mark, job.root.ts if job.root else "")
        assert job.root is not None, "an update or a file belongs to a message"
        if job.kind is Kind.UPDATE:
            return client.update(job.root, job.message)
        return self._hand_over(client, job, job.root)

    def _hand_over(self, client: SlackClient, job: Job, root: Posted) -> Posted:
        with self.database.reading() as session:
            paper = _paper(session, job)
            if paper is None:
                raise SlackRefused("file_not_found")
            attachment, title = Attachment(paper.name, paper.content), _title(paper)
        file_id = job.file_id or client.reserve_file(attachment)
        if not job.file_id:
            with self.database.recording() as connection:
                lanes.keep_file(connection, job, file_id)
        if not self._in_time(job):
            raise SlackUnreachable("too_late")
        try:
            client.show_file(file_id, title, root, job.message.text)
        except SlackRefused as refused:
            if refused.error != "file_not_found" or not job.file_id:
                raise
            # Slack drops what was uploaded and not shown in time: it is handed over anew.
            with self.database.recording() as connection:
                lanes.keep_file(connection, job, "")
            raise SlackUnreachable(refused.error) from refused
        return root

    def _handed_over(self, job: Job) -> frozenset[str]:
        """The numbers of the files that other rows gave to the same thread: two may have one name."""
        with self.database.reading() as session:
            beside = select(OutboxRow.file_id).where(OutboxRow.of == job.of, OutboxRow.id != job.number)
            return frozenset(session.exec(beside).all())

    def _title(self, job: Job) -> str:
        with self.database.reading() as session:
            paper = _paper(session, job)
            return _title(paper) if paper else ""

    def _message(self, job: Job) -> Message:
        late = self.clock.now() - job.created_at > LATE
        return _labelled(job.message, job.created_at, self.zone) if late else job.message


def _labelled(message: Message, at: datetime, zone: str) -> Message:
    """The message with word of when it was written: "in seven days" is not true any more."""
    parts = words("outbox/late", {"text": Mrkdwn(message.text), "at": at, "zone": zone})
    if len(message.blocks) >= MOST_BLOCKS or not message.blocks:
        return replace(message, text=parts["notice"])
    return Message(parts["notice"], [*message.blocks, small_print(parts["note"])])


def _paper(session: Session, job: Job) -> Paper | None:
    """What a row hands over: a written record, or a file that a person handed in."""
    if job.record_id:
        return session.get(Record, job.record_id)
    return session.get(StoredFile, job.enclosed_id) if job.enclosed_id else None


def _title(paper: Paper) -> str:
    return paper.number if isinstance(paper, Record) else paper.name
