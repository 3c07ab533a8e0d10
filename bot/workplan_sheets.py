"""Workplans in and out of spreadsheets: CSV and XLSX, whose cells are text and are never evaluated."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import PurePath
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.agreement.files import Attachment
from bot.agreement.rows import Row
from bot.agreement.workplan_files import COLUMNS
from bot.csv_files import FileFault, FileUnreadable, rows_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet calculate a cell; before it goes an apostrophe, which makes it text."""
MOST_ROWS = 500
BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError)
"""What reading something that is no workbook may raise."""


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def bare(cell: str) -> str:
    """The text of a cell without the apostrophe that made it text."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def sheet(name: str, rows: Iterable[Sequence[str]]) -> Attachment:
    """The items as a file; its kind is that of its name."""
    safe = [tuple(neutral(cell) for cell in row) for row in rows]
    return Attachment(name, _xlsx(safe) if is_workbook(name) else _csv(safe))


def is_workbook(name: str) -> bool:
    """Whether a file is a workbook by its name; anything else is taken for CSV."""
    return PurePath(name).suffix.casefold() == ".xlsx"


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    # With this mark spreadsheets know that it is UTF-8.
    return sink.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=False)
    page = book.active
    assert page is not None, "a new workbook has a page"
    page.append(COLUMNS)
    for row in rows:
        page.append([_printable(cell) for cell in row])
    for line in page.iter_rows():
        for cell in line:
            cell.data_type = "s"
    page.freeze_panes = "A2"
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _printable(text: str) -> str:
    """Text without the control characters that a workbook cannot hold."""
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)


def read_items(file: Attachment) -> list[Row]:
    """The rows of a file of items, as text. Raises FileUnreadable, and ImportRefused for a wrong header."""
    try:
        text = _text_of(file.content) if is_workbook(file.name) else file.content.decode("utf-8-sig")
        rows = rows_of(text, COLUMNS)
    except UnicodeDecodeError:
        raise FileUnreadable(file.name, FileFault.NOT_UTF8, COLUMNS) from None
    except csv.Error:
        raise FileUnreadable(file.name, FileFault.BROKEN, COLUMNS) from None
    if not rows:
        raise FileUnreadable(file.name, FileFault.EMPTY, COLUMNS)
    if len(rows) > MOST_ROWS:
        raise FileUnreadable(file.name, FileFault.BROKEN, COLUMNS)
    for row in rows:
        row.cells = {column: bare(cell) for column, cell in row.cells.items()}
    return rows


def _text_of(content: bytes) -> str:
    """The first page of a workbook as CSV; formulas stay the text that they are."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        page = book.worksheets[0]
        lines = list(page.iter_rows(max_row=MOST_ROWS + 2, max_col=len(COLUMNS) + 5, values_only=True))
    except BROKEN:
        raise csv.Error from None
    sink = io.StringIO()
    csv.writer(sink).writerows([_trimmed([_cell(value) for value in line]) for line in lines])
    return sink.getvalue()


def _trimmed(cells: list[str]) -> list[str]:
    """A line without the empty cells at its end, which a page has as far as it was asked for."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
