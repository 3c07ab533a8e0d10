"""Puts a copy back in the place of a SQLite database, which is moved aside and never deleted."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copymode, copytree
from tempfile import TemporaryDirectory
from typing import ClassVar

from bot import migrations, restorations
from bot.agreement.errors import AgreementError
from bot.copies.archive import CALENDARS, DATABASE, CopyReason, CopyRefused, Manifest, unpack
from bot.copies.making import opened, synchronise
from bot.database import Database
from bot.occupation import Occupied, occupied

COMPANIONS = ("-wal", "-shm")
"""What SQLite appends to a database's name for the files that belong to it."""


@dataclass
class NotRestored(AgreementError):
    """The copy cannot be put where the database is; `fault` is the operating system's word."""

    routine: ClassVar[str] = "cli"

    file: str
    fault: str


@dataclass(frozen=True)
class Restored:
    """A copy that was put back; `aside` are the places of what was there before."""

    manifest: Manifest
    aside: tuple[Path, ...]


def put_back(file: Path, database: Path, data: Path, now: datetime) -> Restored:
    """Put the copy `file` in the place of `database`, and its calendars into the folder `data`.

    All is made ready beside the present database first, so that a copy that is of no use changes nothing.
    From then on nothing is said before Slack has been searched for it. Raises CopyRefused, Occupied and
    NotRestored.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with occupied(database), TemporaryDirectory(prefix=".restore-", dir=database.parent) as folder:
            ready = Path(folder)
            manifest = unpack(file, ready)
            _make_ready(file, ready / DATABASE, manifest, now)
            _leave(database)
            return Restored(manifest, _exchange(ready, database, data, now))
    except OSError as error:
        raise NotRestored(str(database), error.strerror or type(error).__name__) from error


def _make_ready(file: Path, copy: Path, manifest: Manifest, now: datetime) -> None:
    """Bring the copy up to date and note when it was taken, before anybody can work with it."""
    with closing(Database(f"sqlite:///{copy}")) as database:
        try:
            migrations.upgrade(database)
        except migrations.RevisionUnknown:
            raise CopyRefused(str(file), CopyReason.NEWER) from None
        with database.writing() as session:
            restorations.note(session, manifest.copied_at, now)
    with opened(copy) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    synchronise(copy)


def _leave(database: Path) -> None:
    """Take the present database out of its write-ahead mode, which SQLite grants to nobody but the last user.

    Raises Occupied where any other program still has it open; a damaged database is moved aside as it is.
    """
    if not database.exists():
        return
    try:
        with opened(database) as connection:
            connection.execute("PRAGMA busy_timeout=1000")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise Occupied(str(database)) from None


def _exchange(ready: Path, database: Path, data: Path, now: datetime) -> tuple[Path, ...]:
    """Put what is ready in its place. The database comes last, and at no instant is there none.

    A bot that found none would be given an empty one, and would say everything again.
    """
    stamp, aside = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", []
    if (ready / CALENDARS).is_dir():
        aside.append(_set_aside(data / CALENDARS, stamp))
        copytree(ready / CALENDARS, data / CALENDARS)
    if database.exists():
        copymode(database, ready / DATABASE)
        aside.append(_set_aside(database, stamp))
    (ready / DATABASE).replace(database)
    synchronise(database.parent)
    return tuple(path for path in aside if path.exists())


def _set_aside(path: Path, stamp: str) -> Path:
    """Give a database or a folder a name that nothing has yet; a database keeps its old one beside it."""
    place, n = path.with_name(f"{path.name}.before-restore-{stamp}"), 1
    while place.exists():
        n += 1
        place = path.with_name(f"{path.name}.before-restore-{stamp}-{n}")
    # A write-ahead log that stayed would be taken for that of the copy.
    for ending in COMPANIONS:
        there = path.with_name(path.name + ending)
        if there.exists():
            there.rename(place.with_name(place.name + ending))
    if path.is_file():
        _name_again(path, place)
    elif path.exists():
        path.rename(place)
    return place


def _name_again(path: Path, place: Path) -> None:
    try:
        place.hardlink_to(path)
    except OSError:
        # Some file systems know no second name for a file.
        path.rename(place)
