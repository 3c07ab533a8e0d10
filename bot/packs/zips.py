"""A pack as one ZIP file: equal packs make equal bytes, and what a stranger packed is laid out with care."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from bot.packs.verifier import Flaw

ALIKE = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside, the first that the format knows: when a pack was made is said in its manifest."""
UNIX, READABLE = 3, 0o644 << 16
KNOWN = (ZIP_STORED, ZIP_DEFLATED)
UNREADABLE = (BadZipFile, ZlibError, EOFError, RuntimeError, ValueError, OSError)
"""What comes of a file that is no ZIP archive, was cut short or changed, or is locked with a password."""


def zip_pack(folder: Path, target: Path) -> None:
    """Write the files of a pack into the new file `target`, in the order of their names."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with ZipFile(target, "w") as archive:
        for name, path in sorted(found.items()):
            entry = ZipInfo(name, ALIKE)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, UNIX, READABLE
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as sink:
                copyfileobj(source, sink)


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[Path, tuple[Flaw, ...]]]:
    """A folder with what is in a ZIP file, gone afterwards, and what kept any of it from being laid out."""
    with TemporaryDirectory(prefix="comity-pack-") as folder:
        yield Path(folder), tuple(_lay_out(file, Path(folder)))


def _lay_out(file: Path, folder: Path) -> Iterator[Flaw]:
    try:
        with ZipFile(file) as archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                # Twice the same name, or one that leads out of the folder, is nothing that we packed.
                if not _is_ours(entry.filename) or (folder / entry.filename).exists():
                    yield Flaw("not_listed", entry.filename)
                else:
                    _write(archive, entry, folder / entry.filename)
    except UNREADABLE:
        yield Flaw("zip_unreadable", file.name)


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _write(archive: ZipFile, entry: ZipInfo, target: Path) -> None:
    if entry.compress_type not in KNOWN:
        raise BadZipFile
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, target.open("wb") as sink:
        copyfileobj(source, sink)
