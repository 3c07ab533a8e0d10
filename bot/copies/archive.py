"""The file a copy is kept in: a ZIP archive whose manifest names every other member and its SHA-256."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as ZlibError

from bot.agreement.errors import AgreementError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "comity.db"
CALENDARS = "calendars"
CHUNK = 1024 * 1024


class CopyReason(StrEnum):
    """Why a file cannot be used as a copy."""

    MISSING = "missing"
    """There is no such file."""
    UNREADABLE = "unreadable"
    """The file cannot be opened."""
    NOT_A_COPY = "not_a_copy"
    """It is not an archive that `comity backup` made."""
    DAMAGED = "damaged"
    """What is in it is not what its manifest says."""
    NEWER = "newer"
    """A newer version of the program made it."""


@dataclass
class CopyRefused(AgreementError):
    """A file cannot be put back; `member` is the part of it that is at fault."""

    routine: ClassVar[str] = "cli"

    file: str
    reason: CopyReason
    member: str = ""


@dataclass(frozen=True)
class Manifest:
    """What a copy is of.

    `copied_at` is the instant just before it was taken: everything that happened later is not in it.
    `revision` is the schema's, `lines` and `last_hash` are the journal's, `files` maps members to SHA-256.
    """

    copied_at: datetime
    revision: str
    lines: int
    last_hash: str
    files: Mapping[str, str]

    def written(self) -> str:
        """The manifest as the archive keeps it."""
        instant = self.copied_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return json.dumps({"format": FORMAT, **asdict(self), "copied_at": instant}, indent=2)


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write the members of `folder` that the manifest names, and the manifest itself, into `target`."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest.written())
        for name in manifest.files:
            archive.write(folder / name, name)


def unpack(file: Path, folder: Path) -> Manifest:
    """Lay the members of a copy out in `folder`, each checked against its SHA-256. Raises CopyRefused."""
    try:
        with ZipFile(file) as archive:
            manifest = _manifest(file, archive)
            for name, digest in manifest.files.items():
                _lay_out(file, archive, name, folder / name)
                if digest_of(folder / name) != digest:
                    raise CopyRefused(str(file), CopyReason.DAMAGED, name)
    except FileNotFoundError:
        raise CopyRefused(str(file), CopyReason.MISSING) from None
    except (BadZipFile, ZlibError, EOFError):
        raise CopyRefused(str(file), CopyReason.NOT_A_COPY) from None
    except OSError:
        raise CopyRefused(str(file), CopyReason.UNREADABLE) from None
    return manifest


def _manifest(file: Path, archive: ZipFile) -> Manifest:
    try:
        values = json.loads(archive.read(MANIFEST))
        if values.pop("format") > FORMAT:
            raise CopyRefused(str(file), CopyReason.NEWER)
        manifest = _from(values)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise CopyRefused(str(file), CopyReason.NOT_A_COPY) from None
    unknown = [name for name in manifest.files if not _is_ours(name)]
    if unknown or DATABASE not in manifest.files:
        raise CopyRefused(str(file), CopyReason.NOT_A_COPY)
    return manifest


def _from(values: dict[str, Any]) -> Manifest:
    copied_at = datetime.fromisoformat(values.pop("copied_at"))
    if copied_at.utcoffset() is None:
        raise ValueError
    return Manifest(copied_at=copied_at, **values)


def _is_ours(name: str) -> bool:
    """Whether a member may be laid out: an archive from a stranger could name any place on the machine."""
    path = PurePosixPath(name)
    return name == DATABASE or (path.parts[:-1] == (CALENDARS,) and path.name not in ("", ".", ".."))


def _lay_out(file: Path, archive: ZipFile, name: str, target: Path) -> None:
    try:
        source = archive.open(name)
    except KeyError:
        raise CopyRefused(str(file), CopyReason.DAMAGED, name) from None
    target.parent.mkdir(exist_ok=True)
    with source, target.open("wb") as sink:
        try:
            while chunk := source.read(CHUNK):
                sink.write(chunk)
        except (BadZipFile, ZlibError, EOFError):
            raise CopyRefused(str(file), CopyReason.DAMAGED, name) from None


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
