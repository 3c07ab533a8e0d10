"""CSV files as spreadsheets save them, in any of their habits → rows with their numbers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from bot.agreement.errors import AgreementError
from bot.agreement.rows import ImportRefused, Row, RowReason

DELIMITERS = ",;\t"


class FileFault(StrEnum):
    """Why a file could not be read as a table at all."""

    MISSING = "missing"
    """There is no such file."""
    UNREADABLE = "unreadable"
    """It is a folder, or this account may not read it."""
    NOT_UTF8 = "not_utf8"
    """It is not text in UTF-8."""
    EMPTY = "empty"
    """It has not even a header."""
    BROKEN = "broken"
    """Quotation marks do not match, or the like."""


@dataclass
class FileUnreadable(AgreementError):
    """A file cannot be read as a table; `columns` is the header it should have."""

    routine = "cli"

    file: str
    reason: FileFault
    columns: tuple[str, ...]


def read_rows(path: Path, columns: Sequence[str]) -> list[Row]:
    """Every row of the file that is not blank, as `rows_of` reads them.

    Raises FileUnreadable, and ImportRefused when the header is not that of `columns`.
    """
    refuse = partial(FileUnreadable, str(path), columns=tuple(columns))
    try:
        rows = rows_of(path.read_bytes().decode("utf-8-sig"), columns)
    except FileNotFoundError:
        raise refuse(reason=FileFault.MISSING) from None
    except OSError:
        raise refuse(reason=FileFault.UNREADABLE) from None
    except UnicodeDecodeError:
        raise refuse(reason=FileFault.NOT_UTF8) from None
    except csv.Error:
        raise refuse(reason=FileFault.BROKEN) from None
    if rows is None:
        raise refuse(reason=FileFault.EMPTY)
    return rows


def rows_of(text: str, columns: Sequence[str]) -> list[Row] | None:
    """Every row of a table that is not blank, its cells by column, without spaces around them.

    Commas, semicolons or tabs; the columns may come in any order. None where there is not even a header.
    Raises ImportRefused when the header is not that of `columns`, and csv.Error.
    """
    # Old spreadsheets end lines with a bare carriage return, which the reader does not take.
    # And NUL, which the files of some programs hold, is kept by no PostgreSQL.
    unix = io.StringIO(text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"))
    lines = csv.reader(unix, delimiter=_delimiter(text), strict=True)
    stripped = ([cell.strip() for cell in line] for line in lines)
    numbered = [(number, cells) for number, cells in enumerate(stripped, 1) if any(cells)]
    if not numbered:
        return None
    (at, header), *body = numbered
    names = [name.casefold().replace(" ", "_") for name in header]
    _check_header(Row(at, {}), names, columns)
    return [_row(number, names, cells) for number, cells in body]


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _check_header(header: Row, names: Sequence[str], columns: Sequence[str]) -> None:
    if len(set(names) & set(columns)) <= len(columns) / 2:
        header.refuse(columns[0], RowReason.WRONG_HEADER, known=columns)
        raise ImportRefused(tuple(header.problems))
    for name in dict.fromkeys(names):
        if name not in columns:
            header.refuse(name, RowReason.UNKNOWN_COLUMN, known=columns, value=name)
        elif names.count(name) > 1:
            header.refuse(name, RowReason.REPEATED_COLUMN)
    for column in columns:
        if column not in names:
            header.refuse(column, RowReason.MISSING_COLUMN, known=columns)
    if header.problems:
        raise ImportRefused(tuple(header.problems))


def _row(number: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    padded = [*cells, *[""] * (len(names) - len(cells))]
    row = Row(number, dict(zip(names, padded, strict=False)))
    if any(cells[len(names) :]):
        row.refuse(names[-1], RowReason.TOO_MANY_CELLS, value=cells[len(names)])
    return row
