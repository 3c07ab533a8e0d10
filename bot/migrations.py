"""Brings a database up to date, under a lock: of several that start at once one migrates, the rest wait."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, func, inspect, select, table

from bot.database import Database
from bot.resources import resource

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = 0x6D696772617465
VERSION = table("alembic_version", column("version_num"))


class RevisionUnknown(Exception):
    """The database is at a revision that this version of the program does not know."""


def upgrade(database: Database) -> str:
    """Bring the schema to its newest revision, all or nothing, and return that revision.

    The transaction is the lock: on SQLite nobody else can write, on PostgreSQL an advisory lock is held.
    Raises sqlalchemy.exc.OperationalError where the database cannot be reached, and RevisionUnknown where a
    newer version of the program has been at work.
    """
    # Alembic is large, and only those who migrate need it.
    from alembic import command
    from alembic.util import CommandError

    with database.writing() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as error:
            raise RevisionUnknown(str(error)) from error
    return newest()


def revision(database: Database) -> str | None:
    """The revision the database is at; None where nothing has been migrated."""
    with database.reading() as session:
        connection = session.connection()
        if not inspect(connection).has_table(VERSION.name):
            return None
        found: str | None = connection.execute(select(VERSION.c.version_num)).scalar()
        return found


def newest() -> str:
    """The revision this version of the program needs: the files begin with their numbers, in order."""
    files = (resource("migrations") / "versions").glob("[0-9]*.py")
    return max(file.name.partition("_")[0] for file in files)


def is_current(database: Database) -> bool:
    """Whether the database has the schema this version of the program needs."""
    return revision(database) == newest()


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    # Alembic reads the option with interpolation, in which a percent sign is doubled.
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
