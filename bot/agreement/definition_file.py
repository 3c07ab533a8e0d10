"""A definition file as a person wrote it, with the line of everything, so that a refusal can say where."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.agreement.errors import AgreementError

KeyPath = tuple[str | int, ...]
"""Where a value stands: `("duties", 3, "every")`."""


class Problem(StrEnum):
    """Why a definition cannot be run; each is a block of `templates/agreement/definition_errors.j2`."""

    FILE_MISSING = "file_missing"
    """There is no such file, nor a definition of that name."""
    FILE_UNREADABLE = "file_unreadable"
    """The file is there, but cannot be read."""
    NOT_TOML = "not_toml"
    """The file is not TOML."""
    UNKNOWN_KEY = "unknown_key"
    """A key means nothing at its place."""
    MISSING_KEY = "missing_key"
    """A key that is needed is not there."""
    WRONG_TYPE = "wrong_type"
    """A value is of another type than the key takes."""
    UNKNOWN_VALUE = "unknown_value"
    """A value is not on the closed list of its key."""
    BAD_ID = "bad_id"
    """A short name is empty or has a space in it."""
    BAD_DATE = "bad_date"
    """Not a civil day."""
    BAD_MONTH_DAY = "bad_month_day"
    """Not a day of the year."""
    BAD_PERIOD = "bad_period"
    """Not an ISO 8601 period."""
    UNKNOWN_ZONE = "unknown_zone"
    """Not a time zone."""
    UNKNOWN_CLAUSE = "unknown_clause"
    """Refers to a clause that the file does not have."""
    UNKNOWN_PARTY = "unknown_party"
    """Refers to a party that the file does not have."""
    UNKNOWN_POLICY = "unknown_policy"
    """Refers to a policy that the file does not have."""
    UNKNOWN_EVENT = "unknown_event"
    """Refers to an event that no agreement has."""
    UNKNOWN_LEVEL = "unknown_level"
    """Refers to a level that the file does not have."""
    DUPLICATE_ID = "duplicate_id"
    """Two things of one sort share a name."""
    NOT_AN_OPTION = "not_an_option"
    """A policy's value is not among its own options."""
    TOO_FEW_PARTIES = "too_few_parties"
    """An agreement has at least two parties."""
    SIGNATURE_MISSING = "signature_missing"
    """A date follows from the last signature, and a party's signature is not there."""
    EVERY_WITHOUT_PERIOD = "every_without_period"
    """A duty recurs, but not how often."""
    WINDOW_WITHOUT_LENGTH = "window_without_length"
    """A duty has windows of no length."""
    CALENDAR_WITHOUT_DAY = "calendar_without_day"
    """A duty falls on a day of the year, but not which."""
    KEY_UNUSED = "key_unused"
    """A key has no meaning for this kind of duty."""
    STEP_AFTER_DUE = "step_after_due"
    """A reminder would come after the due date."""
    LEVELS_WITHOUT_CHANNEL = "levels_without_channel"
    """Intervals for levels are given to a duty that is not kept channel by channel."""
    CHANNEL_WITHOUT_LEVELS = "channel_without_levels"
    """A duty is kept channel by channel, but has no intervals for the levels."""
    TERM_WITHOUT_END = "term_without_end"
    """A duty depends on the end of a term that has none."""
    NOTICE_WITHOUT_PERIOD = "notice_without_period"
    """A duty depends on a period of notice that the file does not give."""


@dataclass
class DefinitionError(AgreementError):
    """One thing in a definition file that cannot be run, where it stands, and what would be right.

    `where` is the key ("duties.every") and `line` counts from 1; they are 0 and "" for the file as a whole.
    `value` is what was found, `known` what could stand there, `nearest` the one that was probably meant.
    """

    routine = "agreement"

    file: str
    line: int
    where: str
    problem: Problem
    value: str = ""
    known: tuple[str, ...] = ()
    nearest: str = ""


@dataclass
class DefinitionRefused(AgreementError):
    """A definition file cannot be run; `problems` are all that was found, in the order of its lines."""

    routine = "agreement"

    file: str
    problems: tuple[DefinitionError, ...]


class Lines:
    """On which line each key of a TOML text stands. The text must be valid."""

    def __init__(self, text: str) -> None:
        self._lines: dict[KeyPath, int] = {(): 1}
        self._last: dict[KeyPath, int] = {}
        self._table: KeyPath = ()
        for number, statement in statements(text):
            if statement.lstrip().startswith("["):
                self._enter(number, tomllib.loads(statement))
            else:
                self._record(number, self._table, tomllib.loads(statement))

    def of(self, path: KeyPath) -> int:
        """The line of `path`, or of the nearest thing round it that has one of its own."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _enter(self, number: int, header: Any) -> None:
        path: KeyPath = ()
        while header:
            name, header = next(iter(header.items()))
            path = (*path, name)
            if isinstance(header, list):
                self._last[path] = self._last.get(path, -1) + 1
                header = header[0]
            path = (*path, self._last[path]) if path in self._last else path
        self._table = path
        self._lines[path] = number

    def _record(self, number: int, path: KeyPath, value: object) -> None:
        self._lines.setdefault(path, number)
        if isinstance(value, dict):
            for key, member in value.items():
                self._record(number, (*path, key), member)
        elif isinstance(value, list):
            for index, member in enumerate(value):
                self._record(number, (*path, index), member)


def statements(text: str) -> Iterator[tuple[int, str]]:
    """Each table header and each key with its whole value, with the number of the line where it begins."""
    begun, chunk = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        begun = begun if chunk else number
        chunk += line + "\n"
        if _complete(chunk):
            yield begun, chunk
            chunk = ""


def _complete(chunk: str) -> bool:
    try:
        tomllib.loads(chunk)
    except tomllib.TOMLDecodeError:
        return False
    return True


@dataclass(frozen=True)
class Document:
    """A definition file that is TOML, and not yet known to be anything more."""

    file: str
    text: str
    data: dict[str, Any]

    @cached_property
    def lines(self) -> Lines:
        """Read only when something has to be refused: it parses the file statement by statement."""
        return Lines(self.text)

    def rows(self, *names: str) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
        """Every table under `names` with where it stands, whether the file has one of them or a list."""
        value: Any = self.data
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, dict):
            yield names, value
        for index, row in enumerate(value if isinstance(value, list) else ()):
            if isinstance(row, dict):
                yield (*names, index), row

    def names(self, table: str, key: str = "id") -> list[str]:
        """The names that `table` gives to its rows, in order."""
        return [str(row[key]) for _, row in self.rows(table) if key in row]

    def refuse(
        self, path: KeyPath, problem: Problem, value: object = "", known: Sequence[str] = ()
    ) -> DefinitionError:
        """The refusal of what stands at `path`."""
        nearest = get_close_matches(str(value), known, 1) if value else []
        return DefinitionError(
            file=self.file,
            line=self.lines.of(path),
            where=".".join(part for part in path if isinstance(part, str)),
            problem=problem,
            value=str(value),
            known=tuple(known),
            nearest=nearest[0] if nearest else "",
        )


def read(path: Path, shipped: Sequence[str] = ()) -> Document:
    """The file at `path`, parsed. Raises DefinitionRefused when it is missing, unreadable or not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        return Document(str(path), text, tomllib.loads(text))
    except FileNotFoundError:
        raise _unread(path, Problem.FILE_MISSING, known=tuple(shipped)) from None
    except OSError as error:
        raise _unread(path, Problem.FILE_UNREADABLE, value=error.strerror or "") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _unread(path, Problem.NOT_TOML, line=line, value=error.reason) from None
    except tomllib.TOMLDecodeError as error:
        raise _unread(path, Problem.NOT_TOML, line=_line(error, text), value=_reason(error)) from None


def _unread(
    path: Path, problem: Problem, *, line: int = 0, value: str = "", known: tuple[str, ...] = ()
) -> DefinitionRefused:
    found = DefinitionError(str(path), line, "", problem, value, known)
    return DefinitionRefused(str(path), (found,))


def _line(error: tomllib.TOMLDecodeError, text: str) -> int:
    # Python 3.11 tells the line only in its message; "at end of document" has none.
    at = re.search(r"at line (\d+)", str(error))
    return int(at[1]) if at else len(text.splitlines())


def _reason(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error))


def repeated(names: Sequence[str]) -> set[str]:
    """The names that occur more than once."""
    return {name for name, count in Counter(names).items() if count > 1}
