"""Makes a copy of a SQLite database while the bot runs, and believes in it only after examining it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from typing import ClassVar

from bot import migrations
from bot.agreement.errors import AgreementError
from bot.copies.archive import CALENDARS, DATABASE, Manifest, digest_of, pack
from bot.database import Database
from bot.examination import Chain, Finding, examine_journal
from bot.new_places import beside

PATIENCE = 30
"""Seconds to wait for a lock on the database; in its write-ahead mode none is expected."""


@dataclass
class NothingToCopy(AgreementError):
    """There is no database where the settings say, or none with the bot's tables."""

    routine: ClassVar[str] = "cli"

    file: str


@dataclass
class CopyExists(AgreementError):
    """There is a file of that name already, and no copy is ever written over another one."""

    routine: ClassVar[str] = "cli"

    file: str


@dataclass
class CopyNotWritten(AgreementError):
    """The copy cannot be written where it is wanted; `fault` is the operating system's word."""

    routine: ClassVar[str] = "cli"

    file: str
    fault: str


@dataclass
class DatabaseDamaged(AgreementError):
    """SQLite finds the database damaged, so a copy of it would be of no use; `fault` is its first word on it."""

    routine: ClassVar[str] = "cli"

    file: str
    fault: str


@dataclass(frozen=True)
class Copied:
    """A copy that was made: what it holds, its size in bytes, and what is wrong with its journal."""

    manifest: Manifest
    size: int
    findings: list[Finding]


def make_copy(source: Path, data: Path, target: Path, now: datetime) -> Copied:
    """Copy the database file `source` and the calendars of the folder `data` into the new file `target`.

    Others read and write the database meanwhile. The copy takes its name only when it is whole. Raises
    NothingToCopy, CopyExists, CopyNotWritten and DatabaseDamaged, and leaves nothing behind then.
    """
    if not source.is_file():
        raise NothingToCopy(str(source))
    try:
        with beside(target, ".comity-backup-", CopyExists, CopyNotWritten) as folder:
            return _make(source, data, target, now, folder)
    except sqlite3.OperationalError as error:
        raise CopyNotWritten(str(target), str(error)) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(str(source), str(error)) from error


def _make(source: Path, data: Path, target: Path, now: datetime, folder: Path) -> Copied:
    _copy_database(source, folder / DATABASE)
    chain, revision = _examine(source, folder / DATABASE)
    members = [DATABASE, *_copy_calendars(data / CALENDARS, folder / CALENDARS)]
    files = {name: digest_of(folder / name) for name in members}
    manifest = Manifest(now, revision, chain.lines, chain.head, files)
    finished = folder / "finished"
    pack(folder, manifest, finished)
    _publish(finished, target)
    return Copied(manifest, target.stat().st_size, chain.findings)


def _copy_database(source: Path, target: Path) -> None:
    with opened(source) as there, closing(sqlite3.connect(target)) as here:
        # In one step: taken page by page, the copy would begin anew whenever somebody writes. Writers do not
        # wait, since in the write-ahead mode a reader keeps nobody from writing.
        there.backup(here, pages=-1)
        # One file by itself, without the companions of the write-ahead mode.
        here.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own to a database that is there; SQLite would make one that is not."""
    address = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
        yield connection


def _examine(source: Path, copy: Path) -> tuple[Chain, str]:
    with opened(copy) as connection:
        fault = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if fault != "ok":
        raise DatabaseDamaged(str(source), fault)
    # On a copy of its own, since it may have to be brought up to date before this version can read it.
    studied = copyfile(copy, copy.with_name("studied.db"))
    with closing(Database(f"sqlite:///{studied}")) as database:
        revision = migrations.revision(database)
        if revision is None:
            raise NothingToCopy(str(source))
        with suppress(migrations.RevisionUnknown):
            migrations.upgrade(database)
        with database.reading() as session:
            return examine_journal(session), revision


def _copy_calendars(source: Path, target: Path) -> list[str]:
    files = sorted(source.glob("*.toml")) if source.is_dir() else []
    for file in files:
        target.mkdir(exist_ok=True)
        copyfile(file, target / file.name)
    return [f"{CALENDARS}/{file.name}" for file in files]


def _publish(finished: Path, target: Path) -> None:
    """Give the copy its name once it is on the disk; a file that has come there meanwhile is left alone."""
    finished.chmod(0o600)
    synchronise(finished)
    try:
        os.link(finished, target)
    except FileExistsError:
        raise CopyExists(str(target)) from None
    except OSError:
        # Some file systems know no second name for a file.
        finished.rename(target)
    synchronise(target.parent)


def synchronise(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
