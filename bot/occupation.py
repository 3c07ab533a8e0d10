"""One process at a time on one SQLite database: two would each take the other's lanes for a dead one's."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bot.agreement.errors import AgreementError


@dataclass
class Occupied(AgreementError):
    """Another process is running on this database file."""

    routine: ClassVar[str] = "cli"

    file: str


@contextmanager
def occupied(file: Path) -> Iterator[None]:
    """Hold the SQLite database `file` for this process alone. Raises Occupied.

    The lock is the operating system's, so a killed process leaves none behind; the file beside it stays.
    """
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Occupied(str(file)) from None
        yield
