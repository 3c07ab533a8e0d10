"""Makes an archive pack: a new folder that takes its name only when it is whole."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from bot.agreement.definition import Definition
from bot.agreement.errors import AgreementError
from bot.agreement.files import Record, StoredFile
from bot.agreement.people import Person
from bot.journal import SEALED, Entry
from bot.letters import say, words
from bot.new_places import beside
from bot.packs import verifier
from bot.packs.readers import SHARED, Reader, may_read
from bot.packs.registers import REGISTERS, Books, written
from bot.shapes import plain

PAGE = 1000
RECORDED = SHARED | {"amendment", "communication", "termination"}
"""The cases whose numbered records both parties have; that of a communication is made with its release,
and that of a notice with the acknowledgement of its receipt."""


@dataclass
class PackExists(AgreementError):
    """There is something at that place already, and no pack is written over it."""

    routine: ClassVar[str] = "cli"

    folder: str


@dataclass
class PackNotWritten(AgreementError):
    """The pack cannot be written where it is wanted; `fault` is the operating system's word."""

    routine: ClassVar[str] = "cli"

    folder: str
    fault: str


@dataclass(frozen=True)
class Packed:
    """A pack that was made; `seal` is the SHA-256 of its manifest, `last_line` the number of its last line."""

    files: int
    lines: int
    withheld: int
    seal: str
    last_line: int


@dataclass
class _Pack:
    """A pack while it is made: every file that is put into it is entered in the manifest."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.files[name] = sha256(content).hexdigest()


def make_pack(
    session: Session, definition: Definition, reader: Reader, target: Path, now: datetime
) -> Packed:
    """Write the pack for `reader` into the new folder `target`. Raises PackExists and PackNotWritten."""
    with beside(target, ".comity-pack-", PackExists, PackNotWritten) as folder:
        pack = _Pack(folder / "pack")
        pack.folder.mkdir(mode=0o700)
        made = _fill(session, definition, reader, pack, now)
        pack.folder.rename(target)
    return made


def _fill(session: Session, definition: Definition, reader: Reader, pack: _Pack, now: datetime) -> Packed:
    journal, last_line = _journal(session, reader, pack)
    books = Books(session, reader, _people(session, definition))
    for name, register in REGISTERS.items():
        as_json, as_csv = written(books, register)
        pack.put(f"registers/{name}.json", as_json)
        pack.put(f"registers/{name}.csv", as_csv)
    _records(session, pack)
    _files(session, books, pack)
    facts = _about(definition, reader, now, journal)
    pack.put("README.txt", (plain(say("packs/readme", "text", facts)) + "\n").encode())
    pack.put("verify.py", Path(verifier.__file__).read_bytes())
    pack.put(verifier.WORDS, _json(_sentences()))
    content = _json({**_manifest(facts, journal), "files": dict(sorted(pack.files.items()))})
    (pack.folder / verifier.MANIFEST).write_bytes(content)
    seal = sha256(content).hexdigest()
    return Packed(len(pack.files), journal["lines"], journal["withheld"], seal, last_line)


def _about(
    definition: Definition, reader: Reader, now: datetime, journal: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "agreement": definition.title,
        "id": definition.id,
        "parties": tuple(party.abbreviation for party in definition.parties),
        "party": definition.party(reader.party).abbreviation if reader.party else "",
        "now": now,
        "zone": definition.tz,
        **journal,
    }


def _manifest(facts: Mapping[str, Any], journal: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": verifier.FORMAT,
        "agreement": facts["id"],
        "title": facts["agreement"],
        "for": facts["party"] or "both parties",
        "made_at": facts["now"].astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "journal": dict(journal),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _sentences() -> dict[str, str]:
    return {name: plain(text) for name, text in words("packs/verify", {}).items()}


def _journal(session: Session, reader: Reader, pack: _Pack) -> tuple[dict[str, Any], int]:
    lines, withheld, last, number = [], 0, verifier.BEGINNING, 0
    for entry in _entries(session):
        shown = may_read(session, reader, entry)
        lines.append(json.dumps(_line(entry, shown), ensure_ascii=False))
        withheld, last, number = withheld + (not shown), entry.hash, entry.id or 0
    pack.put(verifier.JOURNAL, "".join(f"{line}\n" for line in lines).encode())
    return {"lines": len(lines), "withheld": withheld, "last_hash": last}, number


def _entries(session: Session) -> Iterator[Entry]:
    query, last = select(Entry).order_by(col(Entry.id)).limit(PAGE), 0
    while page := session.exec(query.where(col(Entry.id) > last)).all():
        yield from page
        last = page[-1].id or 0


def _line(entry: Entry, shown: bool) -> dict[str, Any]:
    if not shown:
        return {"withheld": True, "previous": entry.previous, "hash": entry.hash}
    sealed = {name: getattr(entry, name) for name in SEALED}
    return {"number": entry.id, **sealed, "at": entry.at.isoformat(), "hash": entry.hash}


def _people(session: Session, definition: Definition) -> dict[int, str]:
    rows = session.exec(select(Person)).all()
    return {row.key: f"{row.name} ({definition.party(row.party).abbreviation})" for row in rows}


def _records(session: Session, pack: _Pack) -> None:
    """The numbered records; each was handed over to both parties when it was made."""
    for key, subject in session.exec(select(Record.id, Record.subject).order_by(col(Record.id))).all():
        if subject.partition(":")[0] in RECORDED:
            # Columns and no row, here and below: a session keeps every row that it has read.
            name, content = session.exec(select(Record.name, Record.content).where(Record.id == key)).one()
            pack.put(f"records/{name}", content)


def _files(session: Session, books: Books, pack: _Pack) -> None:
    """The files that a row in this pack names, and no other."""
    for key in sorted(books.files):
        one = select(StoredFile.name, StoredFile.content).where(StoredFile.id == key)
        name, content = session.exec(one).one()
        pack.put(f"files/{key}-{_safe(name)}", content)


def _safe(name: str) -> str:
    """A file's name as every system takes it."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name)[-80:].lstrip(".") or "file"
