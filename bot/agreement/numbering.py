"""Numbers people quote, such as 2026/3: counted within the year, and read back as they were typed."""

from typing import Any, TypeVar

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, select

import bot.agreement.storage  # noqa: F401 - names the constraints of the tables below

LIMIT = 10
"""Characters of a number that people quote; a longer one is no row's, and too long for a database."""


class NumberedRow(SQLModel):
    """A row with a number of its year; `UniqueConstraint("year", "seq")` settles two that come at once."""

    id: int | None = Field(default=None, primary_key=True)
    year: int
    seq: int

    @property
    def key(self) -> int:
        """The row's number in its table, once it is stored."""
        if self.id is None:
            raise RuntimeError(f"the {type(self).__name__} is not stored yet")
        return self.id

    @property
    def number(self) -> str:
        """The number people quote, such as 2026/7."""
        return f"{self.year}/{self.seq}"


Row = TypeVar("Row", bound=NumberedRow)


def next_seq(session: Session, table: type[NumberedRow], year: int) -> int:
    """The number that the next row of `table` gets in `year`."""
    query: Any = select(func.max(table.seq)).where(table.year == year)
    return (session.exec(query).one() or 0) + 1


def find_number(session: Session, table: type[Row], number: str) -> Row | None:
    """The row that people call by this number, if there is one."""
    year, _, seq = number.strip().partition("/")
    if not (year.isdecimal() and seq.isdecimal() and len(number) <= LIMIT):
        return None
    return session.exec(select(table).where(table.year == int(year), table.seq == int(seq))).first()
