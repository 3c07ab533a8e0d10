"""The migrations make exactly the schema that the code declares, on both databases, once, under a lock."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from bot import migrations
from bot.agreement.people import Person
from bot.database import Database
from bot.resources import resource
from bot.tables import create_all, metadata


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """The addresses of two empty databases of one kind: the second is only for comparison."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'comity.db'}", f"sqlite:///{tmp_path / 'other.db'}"
    return request.getfixturevalue("postgres_url"), request.getfixturevalue("second_postgres_url")


@pytest.fixture
def second_postgres_url(postgres_url: str) -> str:
    """One more empty database on the same server."""
    import psycopg

    name = f"{postgres_url.partition('?')[0].rsplit('/', 1)[1]}b"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    base, _, query = postgres_url.partition("?")
    return f"{base}b" + (f"?{query}" if query else "")


@pytest.fixture
def database(urls: tuple[str, str]) -> Iterator[Database]:
    made = Database(urls[0])
    yield made
    made.close()


def schema(database: Database) -> dict[str, dict[str, Any]]:
    """What a database says of itself, without regard to the order of columns."""
    found = inspect(database.engine)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table)},
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "checks": {c["name"]: c["sqltext"] for c in found.get_check_constraints(table)},
            "uniques": {c["name"]: c["column_names"] for c in found.get_unique_constraints(table)},
            "references": {
                c["name"]: (c["constrained_columns"], c["referred_table"])
                for c in found.get_foreign_keys(table)
            },
            "indexes": {c["name"]: c["column_names"] for c in found.get_indexes(table)},
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_make_the_schema_that_the_code_declares(
    urls: tuple[str, str], database: Database
) -> None:
    migrations.upgrade(database)
    with closing(Database(urls[1])) as other:
        create_all(other)

        assert schema(database) == schema(other)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata()) == []


def test_there_is_one_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")))

    assert ScriptDirectory.from_config(config).get_heads() == [migrations.newest()]


def test_an_empty_database_is_not_current_until_it_is_migrated(database: Database) -> None:
    before = migrations.is_current(database)

    migrations.upgrade(database)

    assert (before, migrations.is_current(database)) == (False, True)


def test_a_second_migration_changes_nothing(database: Database) -> None:
    migrations.upgrade(database)
    with database.writing() as session:
        session.add(Person(party="ilo", name="Mei Chen", team_id="T1", user_id="U1"))

    migrations.upgrade(database)

    with database.reading() as session:
        assert session.get_one(Person, 1).name == "Mei Chen"


def test_several_processes_that_migrate_at_once_make_one_schema(urls: tuple[str, str]) -> None:
    databases = [Database(urls[0]) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        revisions = list(pool.map(migrations.upgrade, databases))

    assert revisions == [migrations.newest()] * 4
    for database in databases:
        database.close()


def test_a_migration_that_fails_leaves_nothing_behind(database: Database) -> None:
    with database.writing() as session:
        session.connection().execute(text("CREATE TABLE waiver (in_the_way INTEGER)"))

    with pytest.raises(Exception, match="waiver"):
        migrations.upgrade(database)

    assert inspect(database.engine).get_table_names() == ["waiver"]


def test_the_schema_can_be_taken_down_again(database: Database) -> None:
    from alembic import command

    migrations.upgrade(database)
    with database.writing() as session:
        command.downgrade(migrations._config(session.connection()), "base")

    assert inspect(database.engine).get_table_names() == ["alembic_version"]


@pytest.mark.parametrize("first", ["bot.agreement.files", "bot.settings", "bot.health", "bot.tables"])
def test_constraints_have_names_whichever_module_is_imported_first(first: str) -> None:
    program = (
        f"import {first}, bot.tables\n"
        "tables = bot.tables.metadata().tables.values()\n"
        "print(sorted({t.name for t in tables for c in t.constraints if not c.name}))"
    )

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_a_word_is_added_to_a_column_whose_rows_others_refer_to(database: Database) -> None:
    from alembic import command

    migrations.upgrade(database)
    with database.writing() as session:
        command.downgrade(migrations._config(session.connection()), "0013")
    kept = {"id": 1, "agreement": "a", "duty": "d", "clause": "IV.1", "level": "", "scope": ""}
    kept |= {"window_start": date(2026, 1, 1), "due_on": date(2026, 2, 1), "evidence": "", "note": ""}
    tables = metadata().tables
    with database.writing() as session:
        connection = session.connection()
        connection.execute(tables["occurrence"].insert().values(**kept, status="open"))
        connection.execute(
            tables["reminder"].insert().values(occurrence_id=1, step="P7D", on=date(2026, 1, 25))
        )

    migrations.upgrade(database)
    with database.writing() as session:
        session.connection().execute(tables["occurrence"].update().values(status="ended"))
        assert session.connection().execute(tables["reminder"].select()).one().occurrence_id == 1
    with pytest.raises(DBAPIError), database.writing() as session:
        session.connection().execute(text("UPDATE occurrence SET status = 'no such word'"))
