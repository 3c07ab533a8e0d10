"""Rows of a table that somebody filled in elsewhere, and every way in which a cell can be wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from bot.agreement.errors import AgreementError
from bot.agreement.time_limits import DateReason, DateRefused, parse_start


class RowReason(StrEnum):
    """Why a cell cannot be accepted; each is a block of `templates/cli/rows.j2`, which says the cure."""

    WRONG_HEADER = "wrong_header"
    """The first row is not the header of this sort of file."""
    MISSING_COLUMN = "missing_column"
    """The header lacks a column."""
    UNKNOWN_COLUMN = "unknown_column"
    """The header has a column that nobody reads."""
    REPEATED_COLUMN = "repeated_column"
    """The header has a column twice."""
    TOO_MANY_CELLS = "too_many_cells"
    """A row has more cells than the header."""
    EMPTY = "empty"
    """A cell that is needed is empty."""
    NOT_EMPTY = "not_empty"
    """A cell that must be empty for this row is not."""
    UNKNOWN = "unknown"
    """The cell is not one of the words that are known."""
    NOT_A_DATE = "not_a_date"
    """The cell is not a date as year-month-day."""
    NO_SUCH_DAY = "no_such_day"
    """The cell has the shape of a date, but there is no such day."""
    BAD_NUMBER = "bad_number"
    """The cell is not a Slack number of the sort the column takes."""
    BAD_COUNTRY = "bad_country"
    """The cell is not the ISO 3166 code of a country."""
    BAD_EMAIL = "bad_email"
    """The cell is not an e-mail address."""
    BEFORE_START = "before_start"
    """A period ends before it begins."""
    IN_FUTURE = "in_future"
    """Something is said to have happened on a day that has not come."""
    REPEATED = "repeated"
    """Another row of the same file is about the same thing."""
    SCOPE_TAKEN = "scope_taken"
    """Another channel already serves this level and scope."""
    NO_DUE_DATES = "no_due_dates"
    """Nothing ever falls due under this clause and scope."""
    NO_SUCH_DUE_DATE = "no_such_due_date"
    """Nothing falls due under this clause and scope on that day; the nearest days are in `known`."""
    NOTHING_TO_MEET = "nothing_to_meet"
    """The date is one that simply comes, and that nobody meets."""
    SETTLED_BY_PERSON = "settled_by_person"
    """Somebody settled this date in person, and a file does not overrule them."""
    NO_SUCH_ITEM = "no_such_item"
    """The workplan has no item of this number."""
    NO_GLOBAL_ITEM = "no_global_item"
    """The number is none of an item of the global workplan, or this is that workplan itself."""
    LEAD_ELSEWHERE = "lead_elsewhere"
    """The lead person belongs to another party than the one that leads."""
    DUE_PAST = "due_past"
    """The item was due on a day that has passed."""
    REASON_MISSING = "reason_missing"
    """Money is missing, and the reason is not given."""
    MOVES_LATER = "moves_later"
    """Somebody who serves one party, `other`, is put down for another from a day that has not come."""
    TOO_LONG = "too_long"
    """The text has more characters than can be shown; `other` is how many it may have."""


@dataclass
class RowRefused(AgreementError):
    """One cell that cannot be accepted: its row as a spreadsheet numbers it, its column, and why.

    `value` is what stands there; `known` is what could stand there, and `nearest` what was probably meant;
    `other` is the row, the channel or the person that it collides with.
    """

    routine = "cli"

    row: int
    column: str
    reason: RowReason
    value: str = ""
    known: tuple[str, ...] = ()
    nearest: str = ""
    other: str = ""


@dataclass
class ImportRefused(AgreementError):
    """A file was not imported, no part of it; `problems` are all that was found, in the order of its rows."""

    routine = "cli"

    problems: tuple[RowRefused, ...]


@dataclass
class NothingNew(AgreementError):
    """A file says only what is on record already; `absent` are those on record whom it does not name."""

    routine = "cli"

    rows: int
    absent: tuple[str, ...] = ()


@dataclass
class Row:
    """One row of a file; what is wrong with it is collected, so that all of it can be named at once."""

    number: int
    cells: Mapping[str, str]
    problems: list[RowRefused] = field(default_factory=list)

    def refuse(
        self, column: str, reason: RowReason, *, known: Iterable[str] = (), other: str = "", value: str = ""
    ) -> None:
        """Note that a cell of this row cannot be accepted."""
        found, names = value or self.cells.get(column, ""), tuple(known)
        nearest = get_close_matches(found.casefold(), [name.casefold() for name in names], 1)
        meant = next((name for name in names if nearest and name.casefold() == nearest[0]), "")
        self.problems.append(RowRefused(self.number, column, reason, found, names, meant, other))

    def text(self, column: str) -> str:
        """What a cell says; it may be empty."""
        return self.cells[column]

    def needed(self, column: str) -> str:
        """What a cell says; noted as wrong when it is empty."""
        if not self.cells[column]:
            self.refuse(column, RowReason.EMPTY)
        return self.cells[column]

    def matching(self, column: str, pattern: str, reason: RowReason) -> str:
        """A cell that must look like `pattern`."""
        text = self.needed(column)
        if text and not re.fullmatch(pattern, text):
            self.refuse(column, reason)
        return text

    def choice(self, column: str, known: Sequence[str]) -> str:
        """One of the words `known`, however it is capitalized; noted as wrong when it is none of them."""
        text = self.needed(column)
        found = next((name for name in known if name.casefold() == text.casefold()), "")
        if text and not found:
            self.refuse(column, RowReason.UNKNOWN, known=known)
        return found

    def day(self, column: str) -> date | None:
        """A civil day written as year-month-day; None for an empty cell or one noted as wrong."""
        text = self.cells[column]
        try:
            found, instant = parse_start(text, "UTC") if text else (None, None)
        except DateRefused as refused:
            lost = refused.reason is DateReason.NO_SUCH_DAY
            self.refuse(column, RowReason.NO_SUCH_DAY if lost else RowReason.NOT_A_DATE)
            return None
        if instant:
            self.refuse(column, RowReason.NOT_A_DATE)
        return found

    def needed_day(self, column: str) -> date | None:
        """A civil day; noted as wrong when the cell is empty."""
        self.needed(column)
        return self.day(column)


def refuse_repeated(rows: Iterable[Row], column: str, *key: str) -> None:
    """Note each row that has the same words in all columns of `key` as an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        same = tuple(row.text(name).casefold() for name in key)
        if same in seen and any(same):
            row.refuse(column, RowReason.REPEATED, other=str(seen[same]))
        seen.setdefault(same, row.number)


def accept(rows: Iterable[Row]) -> None:
    """Raise ImportRefused if anything was noted as wrong in any row."""
    problems = tuple(problem for row in rows for problem in row.problems)
    if problems:
        raise ImportRefused(problems)
