"""`comity verify DIR` and `comity verify PACK.zip`: whether an archive pack is still what was made."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import typer
from sqlmodel import select

from bot.agreement.archive_packs import ArchivePack
from bot.commands import opening
from bot.commands.front import FINDINGS
from bot.commands.printing import as_json, tell
from bot.letters import say
from bot.packs.verifier import Examined, examine
from bot.packs.zips import unpacked
from bot.shapes import plain


class Likeness(StrEnum):
    """What a ZIP file is beside the packs that are stored here; each is a block of `templates/cli/packs.j2`."""

    STORED = "stored"
    """It is one of them, byte for byte."""
    PACKED_ANEW = "packed_anew"
    """It has the manifest of one of them, in another ZIP file."""
    NOT_STORED = "not_stored"
    """It is none of them."""
    NONE_TO_COMPARE = "none_to_compare"
    """There is none here, or no installation at all."""


@dataclass(frozen=True)
class Compared:
    """A ZIP file beside what is stored here."""

    likeness: Likeness
    facts: dict[str, Any]


def is_pack(path: Path) -> bool:
    """Whether a path is examined as a pack: a folder, or a ZIP file."""
    return path.is_dir() or path.suffix.lower() == ".zip" or is_zipfile(path)


def verify_pack(path: Path, expected: str, *, json: bool) -> None:
    """Check every file and every line of the journal of a pack; leaves with 1 when something is wrong."""
    with _examined(path, expected) as found:
        compared = None if path.is_dir() else _compared(path, found)
        if json:
            as_json(_as_json(found, compared))
        else:
            _print(found, compared)
    strange = compared is not None and compared.likeness is Likeness.NOT_STORED
    if found.flaws or strange:
        raise typer.Exit(FINDINGS)


@contextmanager
def _examined(path: Path, expected: str) -> Iterator[Examined]:
    if path.is_dir():
        yield examine(path, expected)
        return
    with unpacked(path) as (folder, flaws):
        found = examine(folder, expected)
        yield replace(found, flaws=(*flaws, *found.flaws))


def _compared(path: Path, found: Examined) -> Compared:
    """Compare a file with what is stored here; whoever holds a pack need not have an installation."""
    with path.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    facts: dict[str, Any] = {"file": path.name, "sha256": digest}
    rows = _stored()
    if not rows:
        return Compared(Likeness.NONE_TO_COMPARE, facts)
    same = next((row for row in rows if row.sha256 == digest), None)
    alike = same or next((row for row in rows if row.seal == found.seal), None)
    if alike is None:
        return Compared(Likeness.NOT_STORED, facts)
    agreement = opening.definition(opening.settings())
    party = agreement.party(alike.reader).abbreviation if alike.reader else ""
    facts |= {"party": party, "made_at": alike.made_at, "zone": agreement.tz}
    return Compared(Likeness.STORED if same else Likeness.PACKED_ANEW, facts)


def _stored() -> Sequence[ArchivePack]:
    chosen = opening.settings()
    if not opening.exists(chosen):
        return ()
    with closing(opening.migrated(chosen)) as database, database.reading() as session:
        return session.exec(select(ArchivePack)).all()


def _print(found: Examined, compared: Compared | None) -> None:
    for sentence in _sentences(found):
        typer.echo(sentence)
    tell("cli/packs", "verified", {**vars(found), "flaws": len(found.flaws)})
    if compared:
        tell("cli/packs", compared.likeness.value, compared.facts)


def _sentences(found: Examined) -> list[str]:
    return [plain(say("packs/verify", flaw.kind, {})).replace("PLACE", flaw.place) for flaw in found.flaws]


def _as_json(found: Examined, compared: Compared | None) -> dict[str, object]:
    told = zip(found.flaws, _sentences(found), strict=True)
    beside = {} if compared is None else {"sha256": compared.facts["sha256"], "stored": compared.likeness}
    return {
        "whole": not found.flaws,
        "files": found.files,
        "lines": found.lines,
        "withheld": found.withheld,
        "last_hash": found.last_hash,
        "manifest": found.seal,
        **beside,
        "findings": [{"flaw": flaw.kind, "place": flaw.place, "sentence": said} for flaw, said in told],
    }
