"""One database, two kinds of transaction: many may read, and on SQLite one at a time may write."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")


class Database:
    """Opens transactions on the database at `url`; nothing connects before the first one."""

    def __init__(self, url: str) -> None:
        """Remember the address; `sqlite:///file` or `postgresql://…` (psycopg 3 is used)."""
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._immediate = self.engine.execution_options(immediate=True)
        self._one_writer: AbstractContextManager[object] = Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at the end, or leaves no trace when anything is raised.

        On SQLite writers queue on a lock of this process before BEGIN IMMEDIATE: SQLite's own waiting is
        unfair and makes the slowest of sixteen writers wait a second.
        """
        with self._one_writer, Session(self._immediate, expire_on_commit=False) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def alone(self, number: int) -> Iterator[bool]:
        """Whether no other process holds the lock `number` now; on SQLite there is only one process."""
        if self.is_sqlite:
            yield True
            return
        with self.engine.connect() as connection:
            mine = bool(connection.execute(select(func.pg_try_advisory_lock(number))).scalar())
            connection.commit()
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(select(func.pg_advisory_unlock(number)))
                    connection.commit()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    # What people wrote is among the parameters, and a fault would repeat it in the log.
    engine = create_engine(address, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself, or BEGIN IMMEDIATE comes too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
