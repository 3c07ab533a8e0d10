"""Examines the record against its own seals, so that whoever changed it afterwards is found out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from bot.agreement.files import Record, StoredFile
from bot.journal import BEGINNING, Entry
from bot.outbox import OutboxRow

PAGE = 500
"""Rows read at a time, so that a long journal needs no more memory than a short one."""
SEAL = re.compile(r"[0-9a-f]{64}")
JOURNAL = SQLModel.metadata.tables["journal"]
# What reading a value raises that was put there past the program, such as a word for a date.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)


class Flaw(StrEnum):
    """What is wrong with one thing on record; each is a block of `templates/cli/verify.j2`."""

    CHANGED = "changed"
    """A line of the journal does not hold what was sealed."""
    UNREADABLE = "unreadable"
    """A line of the journal holds a value that the program never writes."""
    BEGINNING_MISSING = "beginning_missing"
    """The first line there is was sealed after another one."""
    PREDECESSOR_MISSING = "predecessor_missing"
    """The line it was sealed after is not in the journal."""
    OUT_OF_PLACE = "out_of_place"
    """The line it was sealed after stands elsewhere."""
    SECOND_BEGINNING = "second_beginning"
    """It says that it is the first line, and is not."""
    EXPECTED_MISSING = "expected_missing"
    """No line has the hash that was noted earlier."""
    RECORD_CHANGED = "record_changed"
    """A written record is not the one that was stored."""
    FILE_CHANGED = "file_changed"
    """A file that a person handed in is not the one that was stored."""
    MESSAGE_UNFOUNDED = "message_unfounded"
    """A message tells of an act that the journal does not have."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `number` is the row's, `name` a record's number or a file's name.

    `after` is the number of the line behind which an out-of-place line belongs.
    """

    flaw: Flaw
    number: int = 0
    name: str = ""
    after: int = 0


@dataclass
class Chain:
    """The journal as it was found: how many lines, the number and the hash of the last one, what is wrong."""

    lines: int = 0
    last: int = 0
    head: str = BEGINNING
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    number: int
    previous: str
    hash: str
    sealed: str | None


def examine_journal(session: Session, expected: str = "") -> Chain:
    """Follow the chain from its first line to its last; `expected` is a hash that some line must have."""
    chain, found = Chain(), not expected
    for line in _lines(session):
        chain.findings += _line_findings(session, chain, line)
        chain.lines, chain.last, chain.head = chain.lines + 1, line.number, line.hash
        found = found or line.hash == expected
    if not found:
        chain.findings.append(Finding(Flaw.EXPECTED_MISSING, name=expected))
    return chain


def _line_findings(session: Session, chain: Chain, line: _Line) -> Iterator[Finding]:
    if line.sealed is None:
        yield Finding(Flaw.UNREADABLE, line.number)
    elif line.sealed != line.hash:
        yield Finding(Flaw.CHANGED, line.number)
    if line.previous != chain.head:
        yield _misplaced(session, chain, line)


def _misplaced(session: Session, chain: Chain, line: _Line) -> Finding:
    if line.previous == BEGINNING:
        return Finding(Flaw.SECOND_BEGINNING, line.number)
    after = session.exec(select(Entry.id).where(Entry.hash == line.previous)).first()
    if after is not None:
        return Finding(Flaw.OUT_OF_PLACE, line.number, after=after)
    return Finding(Flaw.PREDECESSOR_MISSING if chain.lines else Flaw.BEGINNING_MISSING, line.number)


def _lines(session: Session) -> Iterator[_Line]:
    query, last = select(col(Entry.id)).order_by(col(Entry.id)).limit(PAGE), None
    while numbers := session.exec(query if last is None else query.where(col(Entry.id) > last)).all():
        yield from _read(session, numbers)
        last = numbers[-1]


def _read(session: Session, numbers: Sequence[int | None]) -> list[_Line]:
    """The lines of one page; where one of them cannot be read, each by itself."""
    within = JOURNAL.c.id.between(numbers[0], numbers[-1])
    try:
        rows = session.connection().execute(columns(JOURNAL).where(within).order_by(JOURNAL.c.id))
        return [_line(row) for row in rows]
    except UNREADABLE:
        if len(numbers) == 1:
            return [_unreadable(session, numbers[0])]
        return [line for number in numbers for line in _read(session, [number])]


def _line(row: Any) -> _Line:
    # A plain row has what the seal is made from; an object of each takes three times as long.
    return _Line(row.id, row.previous, row.hash, Entry.sealed(row))


def _unreadable(session: Session, number: int | None) -> _Line:
    query = select(Entry.previous, Entry.hash).where(Entry.id == number)
    previous, seal = session.exec(query).one()
    return _Line(number or 0, previous, seal, None)


def examine_papers(session: Session) -> list[Finding]:
    """The written records and the files handed in that are no longer what was stored."""
    found = [Finding(Flaw.RECORD_CHANGED, row.id or 0, row.number) for row in _altered(session, Record)]
    return found + [
        Finding(Flaw.FILE_CHANGED, row.id or 0, row.name) for row in _altered(session, StoredFile)
    ]


def _altered(session: Session, kind: type[Any]) -> Iterator[Any]:
    for number in session.exec(select(kind.id).order_by(kind.id)).all():
        row = session.get_one(kind, number)
        # One paper in memory at a time: they are kept whole, and there may be many.
        session.expunge(row)
        if sha256(row.content).hexdigest() != row.sha256:
            yield row


def examine_messages(session: Session) -> list[Finding]:
    """The messages whose key names a line that the journal does not have.

    What the clock says is keyed by its occasion, not by a line, so of those it cannot be told.
    """
    found: list[Finding] = []
    query, last = select(OutboxRow.id, OutboxRow.key).order_by(col(OutboxRow.id)).limit(PAGE), -1
    while page := session.exec(query.where(col(OutboxRow.id) > last)).all():
        found += _unfounded(session, [(number or 0, key.partition(":")[0]) for number, key in page])
        last = page[-1][0] or 0
    return found


def _unfounded(session: Session, page: Sequence[tuple[int, str]]) -> list[Finding]:
    named = {seal for _, seal in page if SEAL.fullmatch(seal)}
    known = set(session.exec(select(Entry.hash).where(col(Entry.hash).in_(named))).all())
    return [Finding(Flaw.MESSAGE_UNFOUNDED, number) for number, seal in page if seal in named - known]
