"""`comity packs` and `comity verify PACK.zip`: the packs of an end, written out again and told from others."""

import io
import json
from pathlib import Path
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from sqlalchemy import text

from bot.agreement.archive_packs import Limits
from bot.agreement.endings import end_agreement
from bot.migrations import newest
from bot.packs.verifier import examine
from schedules.archive_packs import make
from tests.clauses.archiving import HOLDERS, packs, stored, unzipped
from tests.clauses.ending import after, give_notice
from tests.clauses.test_vii_2_archive_packs import MIDNIGHT
from tests.cli.conftest import NOBODY, CommandLine
from tests.office import Office


def command_line(office: Office, folder: Path) -> CommandLine:
    """The command line of the installation that an office is."""
    with office.database.writing() as session:
        session.connection().execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        session.connection().execute(text(f"INSERT INTO alembic_version VALUES ('{newest()}')"))
    return CommandLine(folder, {"DATABASE_URL": str(office.database.engine.url), "COMITY_DATA": str(folder)})


@pytest.fixture
def kept(office: Office, tmp_path: Path) -> CommandLine:
    """The Agreement has ended, and its packs were made and sent."""
    give_notice(office)
    after(office)
    return command_line(office, tmp_path)


def written(kept: CommandLine, party: str = "iom") -> Path:
    kept.done("packs", "--write", str(kept.folder / "out"), "--party", party)
    return kept.folder / f"out/archive-ilo-iom-2020-{party}.zip"


def rewritten(source: Path, target: Path, **changes: bytes) -> Path:
    """The same members in another ZIP file, some with other content, or in addition."""
    with ZipFile(source) as there, ZipFile(target, "w") as here:
        files = {name: there.read(name) for name in reversed(there.namelist())}
        for name, content in {**files, **changes}.items():
            here.writestr(name, content)
    return target


def test_it_lists_what_was_made_for_whom_and_how_far_it_has_come(office: Office, kept: CommandLine) -> None:
    said = kept.done("packs")

    for reader, row in packs(office).items():
        assert f"up to line {row.last_line} of the journal, 1 MB." in said
        assert f"SHA-256 {row.sha256}, of its manifest {row.seal}" in said
        assert f"archive-ilo-iom-2020-{reader or 'both'}.zip: for " in said
    assert said.count("It was sent to 2 places in Slack.") == len(HOLDERS)
    assert said.count("It was sent to 1 place in Slack.") == 1


def test_json_has_every_hash_and_says_what_is_kept(office: Office, kept: CommandLine) -> None:
    found = kept.json("packs")

    assert [row["party"] for row in found] == [None, "ilo", "iom"]
    assert [row["sha256"] for row in found] == [packs(office)[reader].sha256 for reader in ("", "ilo", "iom")]
    assert {(row["kept"], row["waiting"], row["ends_on"]) for row in found} == {(True, 0, "2026-11-27")}
    assert [row["party"] for row in kept.json_of("packs", "--party", "IOM", "--json")] == ["iom"]


def test_it_writes_them_out_for_this_account_alone_and_over_nothing(
    office: Office, kept: CommandLine
) -> None:
    said = kept.done("packs", "--write", str(kept.folder / "out"))

    for reader, row in packs(office).items():
        file = kept.folder / f"out/archive-ilo-iom-2020-{reader or 'both'}.zip"
        assert file.read_bytes() == stored(office, reader)
        assert file.stat().st_mode & 0o777 == 0o600
        assert row.sha256 in said
    assert {path.suffix for path in (kept.folder / "out").iterdir()} == {".zip"}
    assert "and it was left as it is" in kept.refused("packs", "--write", str(kept.folder / "out"))
    assert "could not be written" in kept.refused("packs", "--write", str(kept.folder / "comity.db"))
    assert "ilo, iom" in kept.refused("packs", "--party", "unhcr")


def test_before_the_end_it_says_that_they_come_by_themselves(migrated: CommandLine) -> None:
    assert "No archive pack has been made: that comes by itself" in migrated.done("packs")
    assert "No archive pack is kept here" in migrated.refused("packs", "--write", "out")
    assert "No archive pack for ILO is kept here" in migrated.refused(
        "packs", "--write", "out", "--party", "ilo"
    )
    assert not Path("out").exists()


def test_what_is_not_made_yet_not_sent_or_too_large_is_said_with_the_cure(
    office: Office, tmp_path: Path
) -> None:
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    office.act(None, end_agreement)
    comity = command_line(office, tmp_path)
    assert comity.done("packs").count("is not made yet: the clock makes it when it next can") == 3

    make(office.house.secretariat, Limits(kept=1000))
    said = comity.done("packs")
    assert said.count("It was too large to be kept: make it anew with “comity export DIR") == 3
    assert "“comity export DIR --party ilo”" in said


def test_what_was_not_sent_and_what_waits_is_said(office: Office, tmp_path: Path) -> None:
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    office.act(None, end_agreement)
    make(office.house.secretariat)
    comity = command_line(office, tmp_path)

    said = comity.done("packs")
    assert "It is on its way to 2 places in Slack, and 2 have not had it yet" in said
    assert "It is on its way to 1 place in Slack, and 1 has not had it yet" in said
    with office.database.recording() as connection:
        connection.exec_driver_sql("DELETE FROM outbox WHERE enclosed_id IS NOT NULL")
    said = comity.done("packs")
    assert "It was not sent in Slack: hand it to IOM yourself, and to nobody else" in said
    assert "It was not sent in Slack: hand it to both parties yourself" in said


def test_the_doctor_says_whether_they_were_made_and_the_whole_record_is_verified_with_them(
    office: Office, kept: CommandLine
) -> None:
    assert "The archive packs of the end were made: “comity packs” lists them." in kept("doctor").stdout
    assert "are whole" in kept.done("verify")
    with office.database.recording() as connection:
        connection.exec_driver_sql("UPDATE agreementend SET closed_at = '2026-01-01 00:00:00.000000'")
        connection.exec_driver_sql("DELETE FROM archive_pack WHERE reader <> 'ilo'")
    assert "the archive pack for both parties and the one for IOM is still not made" in kept("doctor").stdout


def test_a_pack_as_it_is_stored_is_whole_and_told_to_be_it_whatever_it_is_called(
    office: Office, kept: CommandLine
) -> None:
    file = written(kept).rename(kept.folder / "held.bin")
    seal = packs(office)["iom"].seal

    said = kept.done("verify", str(file), "--expect", seal)
    assert "The pack is whole" in said
    assert (
        "held.bin is the pack that was made here for IOM on Saturday 28 November 2026 at 00:00 (Geneva time), "
        "byte for byte." in said
    )
    found = kept.json_of("verify", str(file), "--json")
    assert (found["whole"], found["stored"], found["manifest"]) == (True, "stored", seal)
    assert found["sha256"] == packs(office)["iom"].sha256


def test_the_same_pack_in_another_zip_is_known_by_its_manifest(kept: CommandLine) -> None:
    other = rewritten(written(kept), kept.folder / "other.zip")

    assert "packed into another ZIP file: its manifest is the same." in kept.done("verify", str(other))


def test_what_was_changed_added_or_twice_in_a_zip_is_found(kept: CommandLine) -> None:
    file = written(kept)

    changed = rewritten(file, kept.folder / "changed.zip", **{"README.txt": b"x", "../more": b"y"})
    found = kept.findings("verify", str(changed))
    assert "../more is not in the manifest: it was added later, or it is there twice." in found
    assert "README.txt is not what was put into the pack: its SHA-256 differs from the manifest." in found
    assert not (kept.folder.parent / "more").exists()
    twice = rewritten(file, kept.folder / "twice.zip")
    with ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("README.txt", archive.read("README.txt"))
    assert "README.txt is not in the manifest: it was added later, or it is there twice." in kept.findings(
        "verify", str(twice)
    )


def test_one_byte_more_or_less_of_a_zip_is_found(kept: CommandLine) -> None:
    content = written(kept).read_bytes()

    (kept.folder / "cut.zip").write_bytes(content[:-500])
    found = kept.findings("verify", str(kept.folder / "cut.zip"))
    assert (
        found[0] == "cut.zip is not a ZIP archive that can be read to its end: it was cut short or changed."
    )
    flipped = bytearray(content)
    flipped[2000] ^= 1
    (kept.folder / "flipped.zip").write_bytes(bytes(flipped))
    assert any("is not whole" in line for line in kept.findings("verify", str(kept.folder / "flipped.zip")))
    with ZipFile(kept.folder / "other.zip", "w", ZIP_BZIP2) as archive:
        archive.writestr("manifest.json", "{}")
    assert kept.findings("verify", str(kept.folder / "other.zip"))[0].startswith(
        "other.zip is not a ZIP archive"
    )


def test_a_whole_pack_that_is_none_of_those_made_at_the_end_is_told_apart(
    kept: CommandLine, tmp_path: Path
) -> None:
    kept.done("export", str(tmp_path / "later"), "--party", "iom")
    with ZipFile(tmp_path / "later.zip", "w") as archive:
        for path in (tmp_path / "later").rglob("*"):
            archive.write(path, path.relative_to(tmp_path / "later"))

    found = kept.findings("verify", str(tmp_path / "later.zip"))
    assert found[0].startswith("The pack is whole")
    assert "later.zip is none of the packs that were made here when the Agreement ended." in found[-1]


def test_whoever_holds_a_pack_needs_no_installation_to_check_it(
    office: Office, kept: CommandLine, tmp_path: Path
) -> None:
    file = written(kept)
    nowhere = {**NOBODY, "DATABASE_URL": "", "COMITY_DATA": str(tmp_path / "nowhere")}

    said = CommandLine(tmp_path, nowhere).done("verify", str(file), "--expect", packs(office)["iom"].seal)
    assert "The pack is whole" in said
    assert f"No pack is stored here with which {file.name} could be compared." in said
    assert not (tmp_path / "nowhere").exists()


def test_a_copy_of_the_database_is_no_pack_and_a_pack_is_checked_alone(kept: CommandLine) -> None:
    file = written(kept)

    assert "is checked by itself" in kept.refused("verify", str(file), str(file))
    kept.done("backup", str(kept.folder / "copy.zip"))
    found = kept.findings("verify", str(kept.folder / "copy.zip"))
    assert "manifest.json is missing, or is not that of an archive pack, so nothing can be checked." in found


def test_the_hash_in_the_manifest_of_the_file_is_that_on_record(
    office: Office, kept: CommandLine, tmp_path: Path
) -> None:
    content = written(kept, "ilo").read_bytes()
    folder = unzipped(content, tmp_path / "ilo")

    assert examine(folder, packs(office)["ilo"].seal).flaws == ()
    with ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("manifest.json"))["for"] == "ILO"
