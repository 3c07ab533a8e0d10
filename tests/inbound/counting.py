"""What a request left behind: lines in the journal, messages in the outbox, and what was counted."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from bot.agreement.files import Record
from bot.journal import Entry, Outcome, faults
from bot.metrics import requests
from bot.outbox import OutboxRow
from tests.office import Office

Counts = Counter[tuple[str, str, str]]


@dataclass(frozen=True)
class Trace:
    """The journal's acts by name, and what is to be said: letter, kind, channel and subject."""

    acts: Counter[str]
    said: Counter[tuple[Any, ...]]

    def since(self, before: "Trace") -> "Trace":
        return Trace(self.acts - before.acts, self.said - before.said)


def trace(office: Office) -> Trace:
    """Everything so far; the journal's chain must be whole."""
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
        done = desk.session.exec(select(Entry.event).where(Entry.outcome == Outcome.DONE)).all()
        rows = desk.session.exec(select(OutboxRow)).all()
        spoken = dict(desk.session.exec(select(Record.id, Record.language)).all())
        said = Counter(
            (row.letter, row.kind, row.channel, row.subject, row.of, spoken.get(row.record_id))
            for row in rows
        )
        return Trace(Counter(done), said)


def journalled(office: Office) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(Entry.id)).all())


def counted(office: Office) -> Counts:
    """Requests so far, by party, kind and outcome; what the local Slack has still to tell is waited for."""
    assert office.slack.courier.settle()
    return Counter(
        {
            (one.labels["party"], one.labels["kind"], one.labels["outcome"]): int(one.value)
            for family in requests.collect()
            for one in family.samples
            if one.name.endswith("_total")
        }
    )
