"""One database, two kinds of transaction: many may read, and on SQLite one at a time may write."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

# Patience comes first: the mode is changed under a lock, too, and several may start at once on a slow machine.
PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
POOL = {"pool_size": 10, "max_overflow": 40}
"""Connections: one for each thread that may answer a request, and some for the clock and the delivery."""
STUCK = 20
"""Seconds after which PostgreSQL ends a transaction that does nothing: its holder is frozen or gone, and others
wait for its locks."""
POSTGRES = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "options": f"-c idle_in_transaction_session_timeout={STUCK}s -c tcp_keepalives_idle=10"
    " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2",
}


class _Transaction(Session):
    """A session for one transaction, which remembers every row it has read: none is asked for twice."""


@event.listens_for(_Transaction, "loaded_as_persistent")
def _remember(session: Session, row: object) -> None:
    session.info.setdefault("rows", []).append(row)


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
        with self._one_writer, _Transaction(self._immediate, expire_on_commit=False) as session:
            yield session
            session.commit()

    @contextmanager
    def recording(self) -> Iterator[Connection]:
        """The same without objects, where many small changes a second are to be written down."""
        with self._one_writer, self._immediate.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with _Transaction(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """The same, seeing the record as it is at one instant, however long it reads."""
        with self.reading() as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def alone(self, number: int) -> Iterator[bool]:
        """Whether no other process holds the lock `number` now; on SQLite there is only one process.

        The lock ends with its transaction, and that ends with its process, or when it freezes for long.
        """
        if self.is_sqlite:
            yield True
            return
        with self.engine.connect() as connection:
            mine = bool(connection.execute(select(func.pg_try_advisory_xact_lock(number))).scalar())
            yield mine
            # Work that took too long has lost the lock with its connection, and nothing but the lock.
            with suppress(DBAPIError):
                connection.commit()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    # What people wrote is among the parameters, and a fault would repeat it in the log.
    if address.get_backend_name() == "postgresql":
        # Asked before use, so that a database that was restarted costs nobody an error.
        return create_engine(
            address, hide_parameters=True, pool_pre_ping=True, connect_args=_options(address), **POOL
        )
    engine = create_engine(address, hide_parameters=True, **POOL)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _options(address: URL) -> dict[str, object]:
    """How to connect to PostgreSQL; what the operator put into the address stands."""
    return {name: value for name, value in POSTGRES.items() if name not in address.query}


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
