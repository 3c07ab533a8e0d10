"""How Alembic meets our database: on the connection of `bot.migrations`, or on its own for a developer."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from bot.database import Database
from bot.settings import Settings
from bot.tables import metadata


def plain_type(kind: str, item: object, _: AutogenContext) -> str | bool:
    """A column's type in SQLAlchemy's words, so that a migration does not change when SQLModel does."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run on `connection`, inside its transaction if it has one."""
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_item=plain_type,
        render_as_batch=True,
        transactional_ddl=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with Database(Settings().database).writing() as session:
        migrate(session.connection())
