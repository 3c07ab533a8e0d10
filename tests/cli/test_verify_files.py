"""`comity verify FILE`: a record that somebody holds is genuine, altered or unknown, in one sentence."""

import json
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.agreement.files import Record
from bot.database import Database
from bot.held_records import Verdict, attached_facts, examine_file
from bot.migrations import newest
from tests.cli.conftest import CommandLine
from tests.handlers.test_emblems import ask
from tests.office import Office


@pytest.fixture
def decided(office: Office) -> Office:
    ask(office, language="fr")
    office.click("Yuki Tanaka", "emblems.approve_with_conditions")
    office.submit("Yuki Tanaka", {"reason": "Equal height."})
    office.deliver()
    return office


@pytest.fixture
def comity(decided: Office, tmp_path: Path) -> CommandLine:
    """The command line of the installation in which the record was made."""
    with decided.database.writing() as session:
        session.connection().execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        session.connection().execute(text(f"INSERT INTO alembic_version VALUES ('{newest()}')"))
    return CommandLine(tmp_path, {"DATABASE_URL": str(decided.database.engine.url), "DATA": str(tmp_path)})


def content(office: Office) -> bytes:
    with office.reading() as desk:
        return desk.session.exec(select(Record)).one().content


def verdict(office: Office, held: bytes, name: str = "held.pdf") -> Verdict:
    with office.reading() as desk:
        return examine_file(desk.session, name, held).verdict


def tamper(office: Office, statement: str) -> None:
    with closing(Database(str(office.database.engine.url))) as database, database.writing() as session:
        session.connection().execute(text(statement))


def rewritten(held: bytes, old: str, new: str) -> bytes:
    """The same file with other facts attached, as somebody who knows the format would do it."""
    facts = attached_facts(held)
    assert facts is not None
    changed = json.dumps(facts, sort_keys=True, indent=1).replace(old, new).encode()
    start = next(
        place for place in places(held) if zlib.decompressobj().decompress(held[place:]).startswith(b"{")
    )
    return held[:start] + zlib.compress(changed) + b"\nendstream" + held[held.index(b"endstream", start) :]


def places(held: bytes) -> list[int]:
    found, at = [], held.find(b"stream\n")
    while at >= 0:
        if held[at + 7 : at + 8] == b"x":
            found.append(at + 7)
        at = held.find(b"stream\n", at + 7)
    return found


def test_the_record_as_it_was_handed_over_is_genuine_whatever_it_is_called(
    decided: Office, comity: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "copy.pdf").write_bytes(content(decided))
    (tmp_path / "IOM-2026-001.pdf").write_bytes(content(decided))

    told = comity.done("verify", str(tmp_path / "copy.pdf"), str(tmp_path / "IOM-2026-001.pdf"))

    assert told.splitlines() == [
        f"{name} is genuine: it is record IOM/2026/001, byte for byte as it was made, "
        "and says what the journal says."
        for name in ("copy.pdf", "IOM-2026-001.pdf")
    ]


def test_the_file_that_slack_holds_is_genuine(decided: Office) -> None:
    (file,) = [file for file in decided.slack.files if file["name"] == "IOM-2026-001.pdf"]

    assert verdict(decided, decided.slack.contents(file["id"])) is Verdict.GENUINE


@pytest.mark.parametrize("place", [20, -2000, -1], ids=["beginning", "inside", "end"])
def test_a_file_of_which_one_byte_was_changed_is_altered(decided: Office, place: int) -> None:
    held = bytearray(content(decided))
    held[place] ^= 1

    assert verdict(decided, bytes(held), "IOM-2026-001.pdf") is Verdict.ALTERED


def test_what_was_added_or_cut_off_is_altered_and_ends_with_one(
    decided: Office, comity: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "longer.pdf").write_bytes(content(decided) + b"\n% and more")
    (tmp_path / "IOM-2026-001.pdf").write_bytes(content(decided)[:500])

    lines = comity.findings("verify", str(tmp_path / "longer.pdf"), str(tmp_path / "IOM-2026-001.pdf"))

    assert lines[0].startswith("longer.pdf was altered: it goes under the number of record IOM/2026/001")
    assert lines[1].startswith("IOM-2026-001.pdf was altered")
    assert lines[1].endswith(f"{sha256(content(decided)[:500]).hexdigest()}.")


def test_a_file_with_other_facts_attached_is_altered(decided: Office) -> None:
    forged = rewritten(content(decided), "Study on fair recruitment", "Study on anything at all")

    facts = attached_facts(forged)
    assert facts is not None
    assert facts["product"].startswith("Study on anything at all")
    assert verdict(decided, forged) is Verdict.ALTERED


def test_a_record_of_another_installation_and_a_stray_file_are_unknown(
    decided: Office, comity: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "other.pdf").write_bytes(rewritten(content(decided), "IOM/2026/001", "IOM/2031/417"))
    (tmp_path / "stray.pdf").write_bytes(b"%PDF-1.7 nothing of ours")

    lines = comity.findings("verify", str(tmp_path / "other.pdf"), str(tmp_path / "stray.pdf"))

    assert lines[0].startswith("other.pdf is unknown: there is no record IOM/2031/417 here.")
    assert lines[1].startswith("stray.pdf is unknown: it is no record that was made here.")


def test_of_several_files_one_that_is_not_genuine_is_enough(
    decided: Office, comity: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "good.pdf").write_bytes(content(decided))
    (tmp_path / "stray.pdf").write_bytes(b"")

    lines = comity.findings("verify", str(tmp_path / "good.pdf"), str(tmp_path / "stray.pdf"))

    assert [line.split(" ")[2].strip(":") for line in lines] == ["genuine", "unknown"]


def test_a_stored_copy_that_was_changed_does_not_make_the_genuine_file_false(decided: Office) -> None:
    held = content(decided)
    tamper(decided, "UPDATE record SET content = X'78'")

    assert verdict(decided, held) is Verdict.GENUINE
    assert verdict(decided, held + b" ") is Verdict.STORED_CHANGED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET facts = replace(facts, 'Study', 'Stadt') WHERE event = 'emblem_decided'",
        "UPDATE journal SET hash = 'a' WHERE event = 'emblem_decided'",
        "UPDATE record SET subject = 'emblem:7'",
        "DELETE FROM journal WHERE event = 'emblem_decided'",
    ],
    ids=["facts", "hash", "case", "gone"],
)
def test_a_file_that_the_journal_does_not_bear_out_is_not_confirmed(decided: Office, statement: str) -> None:
    held = content(decided)
    tamper(decided, statement)

    assert verdict(decided, held) is Verdict.CONTRADICTED


def test_a_record_forged_in_the_database_is_found_out_by_what_the_journal_says(decided: Office) -> None:
    """Whoever changes the stored record and its seal together has still the journal against them."""
    forged = rewritten(content(decided), "Equal height.", "None at all.")
    with closing(Database(str(decided.database.engine.url))) as database, database.writing() as session:
        row = session.exec(select(Record)).one()
        row.content, row.sha256 = forged, sha256(forged).hexdigest()
        session.add(row)

    assert verdict(decided, forged) is Verdict.CONTRADICTED


def test_the_answers_come_as_json(decided: Office, comity: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(content(decided))

    (told,) = comity.json("verify", str(tmp_path / "copy.pdf"))["files"]

    assert (told["verdict"], told["number"], told["file"]) == ("genuine", "IOM/2026/001", "copy.pdf")
    assert told["sha256"] == sha256(content(decided)).hexdigest()
    assert told["sentence"].startswith("copy.pdf is genuine")


def test_a_file_that_is_not_there_is_refused(comity: CommandLine) -> None:
    assert comity("verify", "nowhere.pdf").exit_code == 2


@pytest.mark.parametrize(
    "held",
    [
        b'stream\n{"number": \nendstream',
        b"stream\n" + zlib.compress(b"[1, 2]") + b"\nendstream",
        b"stream\n" + b"{" * 100_000 + b"\nendstream",
        b'stream\n{"number": "X", "other": 1}\nendstream',
        b'stream\n{"number": "IOM/20260000000000/1", "journal_hash": ""}\nendstream',
    ],
    ids=["broken", "a list", "deep", "not ours", "too long"],
)
def test_what_only_looks_like_facts_is_unknown(decided: Office, held: bytes) -> None:
    assert verdict(decided, held) is Verdict.UNKNOWN
