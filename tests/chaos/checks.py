"""Compares what was to be said with what Slack has, and names everything that is not as it should be."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.outbox import Kind, OutboxState
from tests.chaos.record import Picture, Said, Written
from tests.chaos.writing import LETTER


@dataclass(frozen=True)
class Violation:
    """One thing that went wrong: which rule, and the facts."""

    rule: str
    facts: str


def check(picture: Picture) -> list[Violation]:
    """Everything that is wrong, rule by rule; empty when nothing is."""
    return [Violation(rule, facts) for rule, find in RULES.items() for facts in find(picture)]


def unwritten(picture: Picture) -> Iterator[str]:
    """Everything that was ordered is in the outbox, once."""
    rows = Counter(row.key for row in picture.written if row.letter == LETTER)
    wanted = Counter(picture.keys)
    for key, times in ((wanted - rows) | (rows - wanted)).items():
        yield f"{key}: {rows[key]} rows, not {times and wanted[key]}"


def unsent(picture: Picture) -> Iterator[str]:
    """Every row counts as sent, and its place is known."""
    for row in picture.written:
        if row.state != OutboxState.SENT or not (row.channel and row.ts):
            yield f"row {row.number} ({row.kind}) is {row.state} at {row.channel or '?'} {row.ts or '?'}"


def lost(picture: Picture) -> Iterator[str]:
    """Every post is in Slack."""
    marks = {said.number for said in picture.said}
    for row in _posts(picture):
        if row.number not in marks:
            yield f"row {row.number} of {row.lane} ({row.text!r})"


def doubled(picture: Picture) -> Iterator[str]:
    """No post is in Slack twice."""
    for number, times in _numbered(picture).items():
        if len(times) > 1:
            yield f"row {number} at " + ", ".join(f"{said.channel} {said.ts}" for said in times)


def misplaced(picture: Picture) -> Iterator[str]:
    """Every post is where its row says, and in the thread it belongs to."""
    rows, said = {row.number: row for row in picture.written}, _numbered(picture)
    for row in _posts(picture):
        root = rows.get(row.of) if row.of else None
        wanted = (row.channel, row.ts, root.ts if root else "")
        places = [(one.channel, one.ts, one.thread) for one in said.get(row.number, ())]
        if places and wanted not in places:
            yield f"row {row.number} is at {places}, and its row says {wanted}"


def strayed(picture: Picture) -> Iterator[str]:
    """Nothing is in Slack that was not to be said."""
    posts = {row.number for row in _posts(picture)}
    files = {row.file for row in picture.written if row.file}
    for said in picture.said:
        if said.number not in posts and not (said.files and files.issuperset(said.files)):
            yield f"{said.channel} {said.ts} ({said.text!r}, {said.files})"


def disordered(picture: Picture) -> Iterator[str]:
    """In each channel and thread, posts appear in the order in which they were queued."""
    lanes = defaultdict(list)
    said = _numbered(picture)
    for row in sorted(_posts(picture), key=lambda row: row.number):
        if row.number in said:
            lanes[row.lane].append((row.number, said[row.number][0].ts))
    for lane, marks in lanes.items():
        for (earlier, before), (later, after) in pairwise(marks):
            if before >= after:
                yield f"{lane}: row {later} ({after}) is not after row {earlier} ({before})"


def outdated(picture: Picture) -> Iterator[str]:
    """What a message says is what its last update says."""
    rows = sorted(picture.written, key=lambda row: row.number)
    newest = {row.number: row.text for row in rows if row.kind is Kind.POST}
    newest |= {row.of: row.text for row in rows if row.kind is Kind.UPDATE and row.of}
    for said in picture.said:
        if said.number in newest and said.text != newest[said.number]:
            yield f"row {said.number} says {said.text!r}, not {newest[said.number]!r}"


def files(picture: Picture) -> Iterator[str]:
    """Every file was handed over once, in its thread."""
    rows = {row.number: row for row in picture.written}
    shown = defaultdict(list)
    for said in picture.said:
        for name in said.files:
            shown[name].append((said.channel, said.thread))
    for row in picture.written:
        if row.kind is Kind.FILE:
            root = rows[row.of or 0]
            if shown[row.file] != [(root.channel, root.ts)]:
                yield f"row {row.number} ({row.file}) is shown at {shown[row.file]}"


def journal(picture: Picture) -> Iterator[str]:
    """The chain of the journal is whole."""
    for number in picture.broken:
        yield f"line {number}"


def reminders(picture: Picture) -> Iterator[str]:
    """Of every due date there is one line in the journal, one message, and the word that it was said."""
    known = {(due.duty, due.scope): due for due in picture.due}
    for pair in picture.pairs:
        due = known.get(pair)
        if due is None or not due.said or due.lines != 1:
            yield f"{pair}: {due}"
    told = Counter((row.lane, row.text) for row in picture.written if row.letter != LETTER)
    for (lane, text), times in told.items():
        if times > 1:
            yield f"{lane}: {times} times {text!r}"
    if len(told) != len(picture.pairs):
        yield f"{len(told)} reminders were written, not {len(picture.pairs)}"


RULES: dict[str, Callable[[Picture], Iterable[str]]] = {
    "unwritten": unwritten,
    "unsent": unsent,
    "lost": lost,
    "doubled": doubled,
    "misplaced": misplaced,
    "strayed": strayed,
    "disordered": disordered,
    "outdated": outdated,
    "files": files,
    "journal": journal,
    "reminders": reminders,
}


def smallest_gap(picture: Picture) -> float | None:
    """Seconds between the two messages of ours that came closest in one channel; None with less than two."""
    channels = defaultdict(list)
    for said in picture.said:
        channels[said.channel].append(float(said.ts))
    gaps = [after - before for found in channels.values() for before, after in pairwise(sorted(found))]
    return min(gaps, default=None)


def _posts(picture: Picture) -> list[Written]:
    return [row for row in picture.written if row.kind is Kind.POST]


def _numbered(picture: Picture) -> dict[int, list[Said]]:
    found = defaultdict(list)
    for said in picture.said:
        if said.number is not None:
            found[said.number].append(said)
    return found
