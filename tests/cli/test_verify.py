"""`comity verify`: whoever changes, removes, moves or forges a line of the journal is found out."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import outbox
from bot.agreement.files import Record, StoredFile
from bot.database import Database
from bot.journal import Entry, Outcome, append
from bot.outbox import Address, Message
from tests.cli.conftest import CommandLine

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
LINES = 6


def opened(comity: CommandLine) -> Database:
    url = comity.settings["DATABASE_URL"] or f"sqlite:///{comity.folder / 'data' / 'comity.db'}"
    return Database(url)


@pytest.fixture
def written(migrated: CommandLine) -> CommandLine:
    """A record with a journal of six lines, a written record, a file and a message."""
    with closing(opened(migrated)) as database, database.writing() as session:
        for n in range(LINES):
            line = append(
                session,
                at=START + timedelta(hours=n),
                agreement="ilo-iom-2020",
                actor="Amina Diallo",
                party="ilo",
                event="information_shared",
                clause="IV.1",
                subject=f"exchange:{n}",
                outcome=Outcome.DONE,
                facts={"title": "Labour migration"},
            )
        digest = sha256(b"record").hexdigest()
        session.add(StoredFile(name="report.pdf", sha256=digest, content=b"record"))
        session.add(
            Record(
                party="iom",
                year=2026,
                seq=1,
                subject="emblem:1",
                name="record.pdf",
                sha256=digest,
                content=b"record",
                made_at=START,
            )
        )
        to, words = Address("ilo", "C0LIAISON"), Message("An update was shared.")
        outbox.put(session, key=f"{line.hash}:card", to=to, message=words, letter="card", now=START)
        outbox.put(session, key="reminder:global:1", to=to, message=words, letter="reminder_due", now=START)
    return migrated


def tamper(comity: CommandLine, *statements: str) -> None:
    with closing(opened(comity)) as database, database.writing() as session:
        for statement in statements:
            session.connection().execute(text(statement))


def heads(comity: CommandLine) -> dict[int, str]:
    with comity.looking() as session:
        return {number or 0: seal for number, seal in session.exec(select(Entry.id, Entry.hash)).all()}


def test_a_record_that_nobody_touched_is_whole(written: CommandLine) -> None:
    shown = written.done("verify")

    assert shown.startswith("The journal, the written records and the stored files are whole")
    assert f"The journal has {LINES} lines." in shown
    assert heads(written)[LINES] in shown


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-11-23 09:00:01.000000'"),
        ("agreement", "'another'"),
        ("actor", "'Helena Costa'"),
        ("party", "'iom'"),
        ("event", "'information_refused'"),
        ("clause", "'IV.2'"),
        ("subject", "'exchange:99'"),
        ("outcome", "'refused'"),
        ("facts", "'{}'"),
        ("previous", f"'{'a' * 64}'"),
        ("hash", f"'{'b' * 64}'"),
    ],
)
def test_whichever_column_of_a_line_is_changed_the_line_is_named(
    written: CommandLine, column: str, value: str
) -> None:
    tamper(written, f"UPDATE journal SET {column} = {value} WHERE id = 3")

    assert written.findings("verify")[0] == (
        "Line 3 of the journal was changed after it was written: what it holds is not what its hash was made from."
    )


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["DELETE FROM journal WHERE id = 3"], ["Before line 4 of the journal something is missing"]),
        (
            ["DELETE FROM journal WHERE id = 1"],
            ["The beginning of the journal is missing: its first line, number 2"],
        ),
        (
            [
                "UPDATE journal SET id = 99 WHERE id = 2",
                "UPDATE journal SET id = 2 WHERE id = 3",
                "UPDATE journal SET id = 3 WHERE id = 99",
            ],
            [
                "Line 2 of the journal is out of place: it was written directly after what is now line 3.",
                "Line 3 of the journal is out of place: it was written directly after what is now line 1.",
                "Line 4 of the journal is out of place: it was written directly after what is now line 2.",
            ],
        ),
        (
            ["UPDATE journal SET id = 99 WHERE id = 1"],
            [
                "Line 2 of the journal is out of place: it was written directly after what is now line 99.",
                "Line 99 of the journal does not belong there: it says that it is the first line",
            ],
        ),
        (
            ["UPDATE journal SET hash = 'b' WHERE id = 3"],
            ["Line 3 of the", "Before line 4 of the journal something"],
        ),
    ],
    ids=["removed", "first_removed", "swapped", "first_moved", "seal_changed"],
)
def test_a_line_that_is_removed_or_moved_is_named(
    written: CommandLine, statements: list[str], said: list[str]
) -> None:
    tamper(written, *statements)

    found = written.findings("verify")
    assert [line[: len(start)] for line, start in zip(found, said, strict=False)] == said
    assert f"{'One thing is' if len(said) == 1 else f'{len(said)} things are'} wrong" in found[len(said)]


def test_a_forged_line_between_two_others_is_named(written: CommandLine) -> None:
    tamper(written, "UPDATE journal SET id = id + 100 WHERE id > 3")
    with closing(opened(written)) as database, database.writing() as session:
        third = session.get_one(Entry, 3)
        forged = Entry(**third.model_dump(exclude={"id", "hash"}), id=4, hash="")
        forged.facts, forged.previous = '{"title": "Forged"}', "f" * 64
        forged.hash = forged.sealed()
        session.add(forged)

    found = written.findings("verify")
    assert found[0].startswith("Before line 4 of the journal something is missing")
    assert found[1].startswith(
        "Line 104 of the journal is out of place: it was written directly after what is now"
    )


def test_a_journal_that_was_cut_short_is_found_by_a_hash_noted_earlier(written: CommandLine) -> None:
    noted = heads(written)[LINES]
    written.done("verify", "--expect", noted)
    tamper(written, f"DELETE FROM journal WHERE id = {LINES}", "DELETE FROM outbox")

    assert written.done("verify").startswith(
        "The journal, the written records and the stored files are whole"
    )
    assert written.findings("verify", "--expect", noted)[0].startswith(
        f"No line of the journal has the hash {noted}"
    )


def test_a_message_about_an_act_that_the_journal_lacks_is_named(written: CommandLine) -> None:
    tamper(written, f"DELETE FROM journal WHERE id = {LINES}")

    assert written.findings("verify")[0] == "Message 1 tells of something that is not in the journal."


def test_a_changed_record_and_a_changed_file_are_named(written: CommandLine) -> None:
    kind = "bytea" if written.settings["DATABASE_URL"] else "BLOB"
    for table in ("record", "storedfile"):
        tamper(written, f"UPDATE {table} SET content = CAST('another' AS {kind})")

    assert written.findings("verify")[:2] == [
        "The written record IOM/2026/001 was changed after it was stored: it does not have its SHA-256.",
        "File 1, “report.pdf”, was changed after it was stored: it does not have its SHA-256.",
    ]


def test_a_value_the_bot_never_writes_is_a_finding_and_no_crash(written: CommandLine) -> None:
    if written.settings["DATABASE_URL"]:
        pytest.skip("PostgreSQL takes no such value")
    tamper(written, "UPDATE journal SET at = 'yesterday' WHERE id = 3")

    assert written.findings("verify")[0].startswith("Line 3 of the journal was changed after it was written")


def test_json_names_each_finding_and_the_last_hash(written: CommandLine) -> None:
    whole = written.json("verify")
    tamper(written, "UPDATE journal SET actor = 'Nobody' WHERE id = 3")
    result = written("verify", "--json")

    assert whole == {"whole": True, "lines": LINES, "last_hash": heads(written)[LINES], "findings": []}
    assert result.exit_code == 1
    assert '"flaw": "changed"' in result.stdout


def test_what_is_no_hash_is_refused(written: CommandLine) -> None:
    assert written.refused("verify", "--expect", "abc").startswith("“abc” is not the hash of a line")
