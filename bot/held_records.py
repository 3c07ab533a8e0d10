"""Whether a record that somebody holds as a file is the one that was made here: its bytes, and its facts."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from bot.agreement.files import Record
from bot.journal import Entry

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
"""What a PDF keeps between these words may be the facts attached to a record."""
MOST = 10 * 2**20
"""Bytes that one stream is unpacked to: more is no record of ours, and may be meant to fill the memory."""
LONGEST = 40
"""Characters of a record's number; a longer one is nobody's."""


class Verdict(StrEnum):
    """What a file that somebody holds is; each is a block of `templates/cli/verify.j2`."""

    GENUINE = "genuine"
    """It is the record stored under its number, and says what the journal says."""
    ALTERED = "altered"
    """It goes under the number of a record, and is not that record."""
    UNKNOWN = "unknown"
    """No record here has its number, or it is no record at all."""
    STORED_CHANGED = "stored_changed"
    """It cannot be told: the copy stored here was changed after it was made."""
    CONTRADICTED = "contradicted"
    """It is what is stored here, and the journal says something else."""


@dataclass(frozen=True)
class Held:
    """One file and what became of examining it; `number` is that of the record it is, or says it is."""

    verdict: Verdict
    file: str
    sha256: str
    number: str = ""


def examine_file(session: Session, name: str, content: bytes) -> Held:
    """Compare a file with the record of its number: the bytes first, then the attached facts with the journal."""
    digest = sha256(content).hexdigest()
    facts = attached_facts(content) or {}
    record = _same(session, digest) or _numbered(session, facts) or _named(session, name)
    if record is None:
        return Held(Verdict.UNKNOWN, name, digest, str(facts.get("number", ""))[:LONGEST])
    return Held(_verdict(session, record, digest, facts), name, digest, record.number)


def _verdict(session: Session, record: Record, digest: str, facts: Mapping[str, Any]) -> Verdict:
    stored = sha256(record.content).hexdigest()
    if stored != record.sha256:
        # What was sealed when it was made is still known: a file with that seal is the record.
        genuine = digest == record.sha256 and _journalled(session, record, facts)
        return Verdict.GENUINE if genuine else Verdict.STORED_CHANGED
    if digest != stored:
        return Verdict.ALTERED
    return Verdict.GENUINE if _journalled(session, record, facts) else Verdict.CONTRADICTED


def _same(session: Session, digest: str) -> Record | None:
    return session.exec(select(Record).where(Record.sha256 == digest)).first()


def _numbered(session: Session, facts: Mapping[str, Any]) -> Record | None:
    """The record whose number the attached facts give, such as IOM/2026/001."""
    party, _, rest = str(facts.get("number", ""))[:LONGEST].partition("/")
    year, _, seq = rest.partition("/")
    if not (party and year.isdecimal() and seq.isdecimal() and len(rest) <= len("2026/000001")):
        return None
    here = select(Record).where(Record.party == party.lower(), Record.year == int(year))
    versions = session.exec(here.where(Record.seq == int(seq)).order_by(col(Record.id))).all()
    same = [row for row in versions if row.language == facts.get("language")]
    return next(iter([*same, *versions]), None)


def _named(session: Session, name: str) -> Record | None:
    """The record that is called so: of a file that has lost its facts, the name may be all there is."""
    return session.exec(select(Record).where(Record.name == name)).first()


def _journalled(session: Session, record: Record, facts: Mapping[str, Any]) -> bool:
    """Whether the line of the journal that the facts name is whole, of the same case, and says the same."""
    number = facts.get("journal_entry")
    entry = session.get(Entry, number) if isinstance(number, int) else None
    if entry is None or entry.hash != facts.get("journal_hash") or entry.sealed() != entry.hash:
        return False
    return entry.subject == record.subject and _says_the_same(json.loads(entry.facts), facts)


def _says_the_same(told: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    if "request" not in facts:
        return True
    outcome = told.get("status") in (facts.get("outcome"), "lapsed")
    reason = told.get("reason") == (facts.get("conditions") or facts.get("reason") or "")
    return (
        outcome
        and reason
        and (told.get("number"), told.get("product"))
        == (
            facts.get("request"),
            facts.get("product"),
        )
    )


def attached_facts(content: bytes) -> dict[str, Any] | None:
    """The facts attached to a record of ours, if the file has any: what has a number and a line of the journal."""
    for found in STREAM.finditer(content):
        facts = _as_facts(_unpacked(found[1]))
        if facts is not None:
            return facts
    return None


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST)
    except zlib.error:
        return packed[:MOST]


def _as_facts(text: bytes) -> dict[str, Any] | None:
    if not text.lstrip().startswith(b"{"):
        return None
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) and {"number", "journal_hash"} <= facts.keys() else None
