"""The baseline of the doors: SQLModel as its documentation shows it, on the same database settings as ours."""

from contextlib import nullcontext
from itertools import count
from threading import Lock

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Field, Session, SQLModel, col, select

KNOWN = 10_000
"""Rows among which the one to be read is found by its index."""


class BareRow(SQLModel, table=True):
    """What the bare handler reads and writes."""

    id: int | None = Field(default=None, primary_key=True)
    word: str = Field(index=True)


class Bare:
    """One indexed SELECT, one INSERT with commit; on SQLite behind one lock, which makes it faster."""

    def __init__(self, url: str) -> None:
        """Use the database at `url`, with SQLite's synchronous FULL; PostgreSQL's default is as strict."""
        self.engine = strict_engine(url)
        self.one_writer = Lock() if self.engine.dialect.name == "sqlite" else nullcontext()
        self.turn = count()

    def fill(self) -> None:
        """Make the table and its rows."""
        SQLModel.metadata.create_all(self.engine, tables=[SQLModel.metadata.tables[BareRow.__tablename__]])
        with Session(self.engine) as session:
            session.add_all(BareRow(word=f"word {n}") for n in range(KNOWN))
            session.commit()

    def read_and_write(self) -> str:
        """What the bare handler does; returns what it found."""
        turn = next(self.turn)
        with self.one_writer, Session(self.engine) as session:
            found = session.exec(select(BareRow).where(col(BareRow.word) == f"word {turn % KNOWN}")).first()
            said = f"found {found.id}" if found else "nothing"
            session.add(BareRow(word=f"turn {turn}"))
            session.commit()
            return said


def strict_engine(url: str) -> Engine:
    """An engine of the baselines' own, as strict as ours: WAL and synchronous FULL on SQLite."""
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare(connection, _entry) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
