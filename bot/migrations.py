"""Brings a database up to date, under a lock: of several that start at once one migrates, the rest wait."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from bot.database import Database
from bot.resources import resource

MIGRATION_LOCK = 0x6D696772617465


def upgrade(database: Database) -> str:
    """Bring the schema to its newest revision, all or nothing, and return that revision.

    The transaction is the lock: on SQLite nobody else can write, on PostgreSQL an advisory lock is held.
    Raises sqlalchemy.exc.OperationalError where the database cannot be reached.
    """
    with database.writing() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        command.upgrade(_config(connection), "head")
    return newest()


def revision(database: Database) -> str | None:
    """The revision the database is at; None where nothing has been migrated."""
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def newest() -> str:
    """The revision this version of the program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def is_current(database: Database) -> bool:
    """Whether the database has the schema this version of the program needs."""
    return revision(database) == newest()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic reads the option with interpolation, in which a percent sign is doubled.
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
