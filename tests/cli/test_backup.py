"""`comity backup` and `comity restore`: a copy that can be trusted, and a way back that destroys nothing."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import select

from bot.agreement.people import Person
from bot.copies.archive import MANIFEST
from bot.database import Database
from bot.migrations import newest
from bot.occupation import occupied
from bot.restorations import Restoration
from bot.sandbox import seed
from tests.cli.conftest import CommandLine

ONE_MORE = "ilo,Ada Mbeki,T0ILO,U0ADA,Pretoria,field_focal_point,en,,,"


@pytest.fixture
def kept(comity: CommandLine) -> CommandLine:
    """A SQLite database with the people of both parties, and one calendar."""
    comity.done("migrate")
    comity.done("contacts", "import", comity.file("people.csv", seed.contacts_csv()))
    calendars = comity.folder / "data" / "calendars"
    calendars.mkdir()
    (calendars / "ilo-2026.toml").write_text('closed = [{ day = 2026-12-24, reason = "Closure" }]\n')
    return comity


@pytest.fixture
def copied(kept: CommandLine) -> CommandLine:
    """The same with a copy, after which one more person came."""
    kept.done("backup", "copy.zip")
    kept.done("contacts", "import", kept.file("more.csv", f"{seed.contacts_csv().rstrip()}\n{ONE_MORE}\n"))
    return kept


def names(comity: CommandLine) -> set[str]:
    with comity.looking() as session:
        return set(session.exec(select(Person.name)).all())


def manifest(file: Path) -> dict[str, object]:
    with ZipFile(file) as archive:
        return dict(json.loads(archive.read(MANIFEST)))


def rewritten(file: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The same archive with its members changed."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def set_in_manifest(name: str, value: object) -> Callable[[dict[str, bytes]], object]:
    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), name: value}).encode()

    return change


def folder_of(comity: CommandLine) -> set[str]:
    return {path.name for path in (comity.folder / "data").iterdir()}


def test_a_copy_says_of_when_and_of_what_it_is(kept: CommandLine) -> None:
    before = datetime.now(UTC)

    shown = kept.done("backup", "copy.zip")

    told = manifest(kept.folder / "copy.zip")
    assert before <= datetime.fromisoformat(str(told["copied_at"])) <= datetime.now(UTC)
    assert str(told["copied_at"]).endswith("Z")
    assert (told["revision"], told["lines"]) == (newest(), 1)
    assert set(told["files"]) == {"comity.db", "calendars/ilo-2026.toml"}  # type: ignore[call-overload]
    assert str(told["last_hash"]) in shown
    assert "one line of the journal" in shown


def test_only_the_account_that_made_a_copy_may_read_it(kept: CommandLine) -> None:
    kept.done("backup", "copy.zip")

    assert (kept.folder / "copy.zip").stat().st_mode & 0o777 == 0o600


def test_no_copy_is_written_over_another_file(kept: CommandLine) -> None:
    kept.file("copy.zip", "something dear")

    assert "There is a file “copy.zip” already" in kept.refused("backup", "copy.zip")
    assert (kept.folder / "copy.zip").read_text() == "something dear"


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(kept: CommandLine) -> None:
    before = set(kept.folder.iterdir())

    assert "could not be written" in kept.refused("backup", "nowhere/copy.zip")
    assert set(kept.folder.iterdir()) == before


@pytest.mark.postgres
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_is_left_to_its_own_tools(comity: CommandLine, postgres_url: str, command: str) -> None:
    refused = comity(command, "copy.zip", DATABASE_URL=postgres_url)

    assert refused.exit_code == 2
    assert ("pg_dump" if command == "backup" else "“comity outbox reread --since”") in refused.stderr


def test_without_a_database_there_is_nothing_to_copy(comity: CommandLine) -> None:
    assert comity.refused("backup", "copy.zip").startswith("There is no record of this bot at ")
    assert not (comity.folder / "data").exists()


def test_an_empty_database_is_no_record(comity: CommandLine) -> None:
    (comity.folder / "data").mkdir()
    sqlite3.connect(comity.folder / "data" / "comity.db").close()

    assert comity.refused("backup", "copy.zip").startswith("There is no record of this bot at ")


def test_a_changed_journal_is_copied_as_evidence_and_named(kept: CommandLine) -> None:
    with closing(sqlite3.connect(kept.folder / "data" / "comity.db")) as database:
        database.execute("UPDATE journal SET actor = 'Nobody'")
        database.commit()

    found = kept.findings("backup", "copy.zip")

    assert any(line.startswith("Line 1 of the journal was changed") for line in found)
    assert found[-1].startswith("The copy holds the record as it is, and one thing is wrong with it")
    assert (kept.folder / "copy.zip").is_file()


def test_a_damaged_database_gives_no_copy(kept: CommandLine) -> None:
    file = kept.folder / "data" / "comity.db"
    with file.open("r+b") as opened:
        for page in range(2, file.stat().st_size // 4096):
            opened.seek(page * 4096)
            opened.write(b"\xff" * 64)

    assert "is damaged" in kept.refused("backup", "copy.zip")
    assert not (kept.folder / "copy.zip").exists()


def test_a_restored_copy_is_the_record_as_it_was(copied: CommandLine) -> None:
    (copied.folder / "data" / "calendars" / "ilo-2026.toml").write_text("closed = []\n")

    shown = copied.done("restore", "copy.zip")

    assert "Ada Mbeki" not in names(copied)
    assert "Amina Diallo" in names(copied)
    assert "Closure" in (copied.folder / "data" / "calendars" / "ilo-2026.toml").read_text()
    assert "For two weeks, before it posts anything, it looks through what Slack has had" in shown
    assert "What people did after that time is no longer on record." in shown
    with copied.looking() as session:
        noted = session.exec(select(Restoration)).one()
    assert noted.copied_at == datetime.fromisoformat(str(manifest(copied.folder / "copy.zip")["copied_at"]))


def test_what_was_there_before_is_moved_aside_whole(copied: CommandLine) -> None:
    before = names(copied)

    copied.done("restore", "copy.zip")
    copied.done("restore", "copy.zip")

    aside = sorted(name for name in folder_of(copied) if ".db.before-restore-" in name)
    assert len(aside) == 2
    there = Database(f"sqlite:///{copied.folder / 'data' / aside[0]}")
    with closing(there) as database, database.reading() as session:
        assert set(session.exec(select(Person.name)).all()) == before
    assert any(name.startswith("calendars.before-restore-") for name in folder_of(copied))


def test_a_copy_comes_back_where_nothing_is_left(copied: CommandLine) -> None:
    copied.settings["COMITY_DATA"] = str(copied.folder / "new")

    copied.done("restore", "copy.zip")

    assert copied.done("verify").startswith("The journal, the written records and the stored files are whole")
    assert (copied.folder / "new" / "calendars" / "ilo-2026.toml").is_file()


def test_a_damaged_database_does_not_stand_in_the_way(copied: CommandLine) -> None:
    (copied.folder / "data" / "comity.db").write_bytes(b"no database at all" * 1000)

    copied.done("restore", "copy.zip")

    assert "Amina Diallo" in names(copied)


def test_while_a_bot_runs_on_the_database_nothing_is_restored(copied: CommandLine) -> None:
    before = folder_of(copied) | {"comity.db.lock"}

    with occupied(copied.folder / "data" / "comity.db"):
        assert "is in use by another program" in copied.refused("restore", "copy.zip")

    assert "Ada Mbeki" in names(copied)
    assert folder_of(copied) <= before | {"comity.db-wal", "comity.db-shm"}


def test_whoever_has_the_database_open_keeps_it_from_being_exchanged(copied: CommandLine) -> None:
    with closing(sqlite3.connect(copied.folder / "data" / "comity.db")) as somebody:
        somebody.execute("SELECT count(*) FROM journal").fetchall()

        assert "is in use by another program" in copied.refused("restore", "copy.zip")

    assert "Ada Mbeki" in names(copied)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda members: members.update({"comity.db": members["comity.db"][:-1]}),
            "is damaged, since comity.db",
        ),
        (lambda members: members.pop("calendars/ilo-2026.toml"), "is damaged, since calendars/ilo-2026.toml"),
        (lambda members: members.pop(MANIFEST), "is not a copy that “comity backup” made"),
        (set_in_manifest("files", {}), "is not a copy that “comity backup” made"),
        (
            set_in_manifest("files", {"comity.db": "0", "../out": "0"}),
            "is not a copy that “comity backup” made",
        ),
        (set_in_manifest("copied_at", "2026-11-22T10:00:00"), "is not a copy that “comity backup” made"),
        (set_in_manifest("format", 2), "was made by a newer version"),
    ],
    ids=["changed", "lacking", "no_manifest", "no_database", "stranger", "naive_time", "newer"],
)
def test_a_copy_that_is_not_what_it_says_changes_nothing(
    copied: CommandLine, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    rewritten(copied.folder / "copy.zip", change)

    assert said in copied.refused("restore", "copy.zip")
    assert "Ada Mbeki" in names(copied)
    assert not any("restore" in name for name in folder_of(copied))


def test_a_file_that_is_no_copy_is_refused(copied: CommandLine) -> None:
    whole = (copied.folder / "copy.zip").read_bytes()
    (copied.folder / "short.zip").write_bytes(whole[: len(whole) // 2])
    copied.file("words.zip", "no archive")

    for name in ("short.zip", "words.zip"):
        assert "is not a copy that “comity backup” made, or it was cut short" in copied.refused(
            "restore", name
        )
    assert copied.refused("restore", "nope.zip").startswith("There is no file “nope.zip”")


def test_a_copy_of_a_newer_schema_is_refused(copied: CommandLine) -> None:
    with closing(sqlite3.connect(copied.folder / "data" / "comity.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    copied.done("backup", "newer.zip")

    assert "was made by a newer version" in copied.refused("restore", "newer.zip")
