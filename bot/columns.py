"""The kinds of columns our tables have, for the migrations: each keeps saying what it said when it was written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op


def number() -> sa.Column[int]:
    """The row's own number."""
    return sa.Column("id", sa.Integer(), primary_key=True)


def texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    """Columns of text."""
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def numbers(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    """Columns of whole numbers."""
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def days(*names: str, nullable: bool = False) -> list[sa.Column[date]]:
    """Columns of civil days."""
    return [sa.Column(name, sa.Date(), nullable=nullable) for name in names]


def truths(*names: str) -> list[sa.Column[bool]]:
    """Columns of yes or no."""
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def instants(*names: str, nullable: bool = False) -> list[sa.Column[datetime]]:
    """Columns of aware instants."""
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def refers(name: str, to: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[Any]:
    """A column that holds the key of another table's row."""
    text = to.startswith(("channel.", "lane."))
    return sa.Column(
        name,
        sa.String() if text else sa.Integer(),
        sa.ForeignKey(to),
        nullable=nullable,
        primary_key=primary_key,
    )


def word(
    name: str, kind: str, *members: str, primary_key: bool = False, nullable: bool = False
) -> sa.Column[str]:
    """A column that holds one of these words, under a check; `kind` is the enum's name in small letters."""
    choice = sa.Enum(*members, name=kind, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, choice, nullable=nullable, primary_key=primary_key)


def index(table: str, column: str) -> None:
    """An index on one column, under the name the code gives it."""
    op.create_index(f"ix_{table}_{column}", table, [column])


@contextmanager
def set_aside(*tables: str) -> Iterator[None]:
    """Keep the rows of `tables` aside while SQLite makes the table that they refer to anew."""
    for name in tables:
        op.execute(f"CREATE TABLE kept_{name} AS SELECT * FROM {name}")
        op.execute(f"DELETE FROM {name}")
    yield
    for name in tables:
        op.execute(f"INSERT INTO {name} SELECT * FROM kept_{name}")
        op.drop_table(f"kept_{name}")


def reword(table: str, name: str, kind: str, *, before: Sequence[str], after: Sequence[str]) -> None:
    """Let a column that holds one of some words hold others, in place.

    SQLite knows no such step, and a table that others refer to cannot be made anew while they do; a check is
    no part of how rows are kept, so that its text may be exchanged (sqlite.org/lang_altertable.html, 7).
    """
    was, now = _check(name, before), _check(name, after)
    if op.get_context().dialect.name == "sqlite":
        _exchange_text(table, was, now)
        return
    constraint = f"ck_{table}_{kind}"
    op.drop_constraint(op.f(constraint), table, type_="check")
    op.create_check_constraint(op.f(constraint), table, now.removeprefix("CHECK "))


def _check(name: str, words: Sequence[str]) -> str:
    quoted = ", ".join(f"'{each}'" for each in words)
    return f"CHECK ({name} IN ({quoted}))"


def _exchange_text(table: str, was: str, now: str) -> None:
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changing = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?"
    connection.exec_driver_sql(changing, (was, now, table))
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
