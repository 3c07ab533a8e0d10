"""What was to be said and what Slack has, as plain facts that can be compared, or doctored by a test."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot import journal
from bot.agreement.files import Record, StoredFile
from bot.agreement.ledger import Occurrence, Reminder
from bot.journal import Entry
from bot.outbox import Kind, OutboxRow, mark_of
from bot.sandbox.slack import LocalSlack
from tests.chaos.plan import Order, Sort
from tests.chaos.world import scope

REMINDED = ("reminder_due", "exchange_prompted")


@dataclass(frozen=True)
class Written:
    """One row of the outbox."""

    number: int
    key: str
    letter: str
    kind: Kind
    lane: str
    of: int | None
    text: str
    state: str
    channel: str
    ts: str
    file: str = ""


@dataclass(frozen=True)
class Said:
    """One message of ours in Slack; `number` is the outbox row whose mark it carries."""

    channel: str
    ts: str
    text: str
    number: int | None = None
    thread: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """One due date: whether its reminder counts as said, and how often the journal says so."""

    duty: str
    scope: str
    said: bool
    lines: int


@dataclass(frozen=True)
class Picture:
    """Everything there is to compare at the end of a run."""

    keys: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    written: tuple[Written, ...]
    said: tuple[Said, ...]
    due: tuple[Due, ...]
    broken: tuple[int, ...]


def picture(session: Session, slack: LocalSlack, made: list[Order]) -> Picture:
    """Take everything down."""
    written = _written(session)
    return Picture(
        keys=tuple(order.key for order in made if order.sort is not Sort.DUE),
        pairs=tuple((order.duty, scope(order.place)) for order in made if order.sort is Sort.DUE),
        written=tuple(written),
        said=tuple(_said(slack, {mark_of(row.key): row.number for row in written})),
        due=tuple(_due(session)),
        broken=tuple(journal.faults(session)),
    )


def _written(session: Session) -> list[Written]:
    papers = dict(session.exec(select(Record.id, Record.name)).all())
    files = dict(session.exec(select(StoredFile.id, StoredFile.name)).all())
    return [
        Written(
            number=row.number,
            key=row.key,
            letter=row.letter,
            kind=row.kind,
            lane=row.lane,
            of=row.of,
            text=row.message.text,
            state=row.state.value,
            channel=row.sent_channel,
            ts=row.ts,
            file=papers.get(row.record_id) or files.get(row.enclosed_id) or "",
        )
        for row in session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    ]


def _said(slack: LocalSlack, marks: Mapping[str, int]) -> list[Said]:
    with slack.state.lock:
        found = [
            Said(
                channel=channel,
                ts=message["ts"],
                text=message["text"],
                number=marks.get(message.get("metadata", {}).get("event_payload", {}).get("mark", "")),
                thread="" if message.get("thread_ts") == message["ts"] else message.get("thread_ts", ""),
                files=tuple(file["name"] for file in message.get("files", ())),
            )
            for channel, messages in slack.state.messages.items()
            for message in messages.values()
        ]
    return sorted(found, key=lambda one: one.ts)


def _due(session: Session) -> list[Due]:
    lines = Counter(session.exec(select(Entry.subject).where(col(Entry.event).in_(REMINDED))).all())
    rows = session.exec(
        select(Occurrence, Reminder)
        .join(Reminder, col(Reminder.occurrence_id) == col(Occurrence.id))
        .where(Occurrence.scope != "", Reminder.on <= Occurrence.window_start)
    ).all()
    return [
        Due(row.duty, row.scope, reminder.said_at is not None, lines[f"occurrence:{row.key}"])
        for row, reminder in rows
    ]
