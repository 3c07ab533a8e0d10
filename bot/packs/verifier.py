"""Checks an archive pack with nothing but Python: this file lies in every pack, as verify.py.

It compares every file with the manifest, and follows the journal from line to line: each line is sealed with
the hash of the one before. A line that is withheld from a party shows its two hashes, so that the chain holds.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, JOURNAL, WORDS = "manifest.json", "journal.jsonl", "words.json"
BEGINNING = "0" * 64
SEALED = ("previous", "at", "agreement", "actor", "party", "event", "clause", "subject", "outcome", "facts")
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong: its kind, and the file or the line it is about."""

    kind: str
    place: str


@dataclass(frozen=True)
class Examined:
    """What an examination found; `seal` is the SHA-256 of the manifest, which stands for the whole pack."""

    files: int
    lines: int
    withheld: int
    last_hash: str
    seal: str
    flaws: tuple[Flaw, ...]


def examine(folder: Path, expected: str = "") -> Examined:
    """Check a pack; `expected` is a hash noted earlier: that of the manifest, or of a line of the journal."""
    content = _content(folder / MANIFEST)
    manifest = _manifest(content)
    seal = sha256(content or b"").hexdigest()
    if manifest is None:
        return Examined(0, 0, 0, "", seal, (Flaw("no_manifest", MANIFEST),))
    flaws = [*_files(folder, manifest["files"])]
    chain = _Chain()
    flaws += chain.follow(_content(folder / JOURNAL) or b"")
    flaws += _compared(chain, manifest["journal"])
    if expected and expected != seal and expected not in chain.hashes:
        flaws.append(Flaw("not_expected", expected))
    return Examined(len(manifest["files"]), len(chain.hashes), chain.withheld, chain.head, seal, tuple(flaws))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _manifest(content: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(content or b"")
        whole = found["format"] == FORMAT and all(isinstance(each, str) for each in found["files"].values())
        return found if whole and isinstance(found["journal"], dict) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _files(folder: Path, files: dict[str, str]) -> Iterator[Flaw]:
    for name, digest in sorted(files.items()):
        found = _digest(folder, name)
        if found is None:
            yield Flaw("missing", name)
        elif found != digest:
            yield Flaw("changed", name)
    known = {*files, MANIFEST}
    there = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    for name in there:
        if name not in known:
            yield Flaw("not_listed", name)


def _digest(folder: Path, name: str) -> str | None:
    """The SHA-256 of a file of the pack; a name that leads out of it is no file of the pack."""
    made = sha256()
    try:
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            return None
        with (folder / name).open("rb") as opened:
            while chunk := opened.read(CHUNK):
                made.update(chunk)
    except (OSError, ValueError):
        return None
    return made.hexdigest()


class _Chain:
    """The journal as far as it was followed."""

    def __init__(self) -> None:
        self.head, self.withheld = BEGINNING, 0
        self.hashes: dict[str, None] = {}

    def follow(self, content: bytes) -> Iterator[Flaw]:
        # At line feeds alone: people's text may hold other characters that some take for the end of a line.
        for number, text in enumerate(content.removesuffix(b"\n").split(b"\n") if content else (), 1):
            yield from self._line(str(number), text)

    def _line(self, place: str, text: bytes) -> Iterator[Flaw]:
        try:
            line = json.loads(text)
            previous, sealed = str(line["previous"]), str(line["hash"])
            hidden = line.get("withheld") is True
            right = hidden or _seal(line) == sealed
        except (ValueError, KeyError, TypeError, AttributeError):
            yield Flaw("line_unreadable", place)
            return
        if not right:
            yield Flaw("line_changed", place)
        if previous != self.head:
            yield Flaw("line_out_of_place", place)
        self.head, self.withheld = sealed, self.withheld + hidden
        self.hashes[sealed] = None


def _seal(line: dict[str, Any]) -> str:
    parts = [str(line[name]) for name in SEALED]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _compared(chain: _Chain, said: dict[str, Any]) -> Iterator[Flaw]:
    found = (len(chain.hashes), chain.withheld, chain.head)
    if found != (said.get("lines"), said.get("withheld"), said.get("last_hash")):
        yield Flaw("journal_differs", JOURNAL)


def main(arguments: list[str]) -> int:
    """Check the folder that is named, or the one this file lies in; 0 when it is whole, 1 when it is not."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    found = examine(folder, arguments[1].strip().lower() if len(arguments) > 1 else "")
    words = json.loads(_content(folder / WORDS) or b"{}")
    for flaw in found.flaws:
        sys.stdout.write(str(words.get(flaw.kind, f"{flaw.kind}: PLACE")).replace("PLACE", flaw.place) + "\n")
    verdict = "not_whole" if found.flaws else "whole"
    said = str(words.get(verdict, verdict))
    figures = {"FILES": found.files, "LINES": found.lines, "WITHHELD": found.withheld, "SEAL": found.seal}
    for name, figure in figures.items():
        said = said.replace(name, str(figure))
    sys.stdout.write(said + "\n")
    return 1 if found.flaws else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
