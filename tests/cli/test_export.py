"""`comity export` and `comity verify DIR`: an archive that checks itself, without the other party's secrets."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.packs.making import Packed, PackExists, PackNotWritten, make_pack
from bot.packs.readers import Reader
from bot.packs.registers import REGISTERS
from bot.packs.verifier import examine
from tests.clauses.ending import PRIVATE_TO_ILO, after, ended, give_notice
from tests.clauses.exchanging import share
from tests.clauses.test_iv_11_funding import LEAD
from tests.cli.conftest import CommandLine
from tests.handlers import restricting
from tests.office import DEFINITION, Office

SECRETS = (*PRIVATE_TO_ILO, "Standing Orders, article 5")


@pytest.fixture
def full(office: Office) -> Office:
    """Everything was open, something restricted was sent, and the Agreement has ended."""
    restricting.protected(office)
    restricting.share(office)
    office.slack.command(office.id("Samuel Otieno"), "C0LIAISON", "/contacts", "designate")
    ended(office)
    return office


def packed(office: Office, folder: Path, party: str = "") -> Packed:
    with office.database.reading() as session:
        return make_pack(session, DEFINITION, Reader(party), folder, office.clock.now())


def words(folder: Path) -> str:
    """Everything in a pack that is text, but for the program."""
    texts = [path for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".jsonl", ".csv", ".txt")]
    return "\n".join(path.read_text() for path in texts)


def register(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / f"registers/{name}.json").read_text())
    return found


def journal(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text().split("\n")[:-1]]


def test_vii_2_each_pack_is_whole_and_holds_every_line_of_the_chain(full: Office, tmp_path: Path) -> None:
    for party in ("", "ilo", "iom"):
        folder = tmp_path / f"pack-{party}"
        made = packed(full, folder, party)
        found = examine(folder, made.seal)

        assert found.flaws == ()
        assert (found.lines, found.withheld, found.seal) == (made.lines, made.withheld, made.seal)
        assert 0 < made.withheld < made.lines
        assert found.last_hash == journal(folder)[-1]["hash"]


def test_vii_2_what_is_private_to_one_party_is_in_its_own_pack_alone(full: Office, tmp_path: Path) -> None:
    folders = {party: tmp_path / f"pack-{party}" for party in ("", "ilo", "iom")}
    for party, folder in folders.items():
        packed(full, folder, party)

    assert all(secret in words(folders["ilo"]) for secret in SECRETS)
    for party in ("", "iom"):
        assert not any(secret in words(folders[party]) for secret in SECRETS)
        assert register(folders[party], "matters") == []
        assert register(folders[party], "invitations") == []


@pytest.mark.parametrize("party", ["", "ilo", "iom"])
def test_iv_2_3_the_words_of_restricted_information_are_in_no_pack(
    full: Office, tmp_path: Path, party: str
) -> None:
    packed(full, tmp_path / "pack", party)

    said = words(tmp_path / "pack")
    assert restricting.TITLE not in said
    assert restricting.TEXT not in said
    assert len(register(tmp_path / "pack", "restricted")) == (1 if party else 0)


def test_iv_11_the_log_of_funding_leads_is_in_no_pack(full: Office, tmp_path: Path) -> None:
    packed(full, tmp_path / "pack", "ilo")

    assert str(LEAD["donor"]) not in words(tmp_path / "pack")


def test_vii_2_a_refused_attempt_is_known_to_its_own_party_alone(full: Office, tmp_path: Path) -> None:
    def refused(party: str) -> list[str]:
        packed(full, tmp_path / f"pack-{party}", party)
        lines = journal(tmp_path / f"pack-{party}")
        return [line["actor"] for line in lines if line.get("outcome") == "refused"]

    assert "Samuel Otieno" in refused("ilo")
    assert refused("iom") == []
    assert refused("") == []


def test_vii_2_the_register_says_names_and_no_numbers_of_slack(full: Office, tmp_path: Path) -> None:
    packed(full, tmp_path / "pack")

    (row,) = register(tmp_path / "pack", "exchanges")
    assert row["author_id"] == "Mei Chen (ILO)"
    assert "T0ILO" not in words(tmp_path / "pack")
    with (tmp_path / "pack/registers/exchanges.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert [each["title"] for each in csv.DictReader(opened)] == [row["title"]]


def test_vii_2_the_survivor_report_and_the_files_people_handed_in_are_in_it(
    full: Office, tmp_path: Path
) -> None:
    packed(full, tmp_path / "pack")

    records = {path.name for path in (tmp_path / "pack/records").iterdir()}
    assert any(name.startswith("ILO-IOM-2026-") for name in records)
    named = {path.name.partition("-")[0] for path in (tmp_path / "pack/files").iterdir()}
    assert {f"file {key}" for key in named} >= {
        row["file_id"] for row in register(tmp_path / "pack", "workplans") if row["file_id"]
    }


def test_vii_2_a_pack_is_not_written_over_anything(full: Office, tmp_path: Path) -> None:
    packed(full, tmp_path / "pack")
    with pytest.raises(PackExists):
        packed(full, tmp_path / "pack")
    with pytest.raises(PackNotWritten):
        packed(full, tmp_path / "nowhere" / "pack")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".comity-pack")]


def swap(folder: Path) -> None:
    lines = (folder / "journal.jsonl").read_text().split("\n")
    lines[3], lines[4] = lines[4], lines[3]
    (folder / "journal.jsonl").write_text("\n".join(lines))


def forge(folder: Path) -> None:
    text = (folder / "journal.jsonl").read_text()
    (folder / "journal.jsonl").write_text(text.replace("Mei Chen", "Mei Chan", 1))


def cut(folder: Path) -> None:
    lines = (folder / "journal.jsonl").read_text().split("\n")
    (folder / "journal.jsonl").write_text("\n".join(lines[:-2]) + "\n")


def garble(folder: Path) -> None:
    text = (folder / "journal.jsonl").read_text()
    (folder / "journal.jsonl").write_text(text.replace("{", "[", 1))


def lead_out(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["../outside"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))


ATTACKS: list[tuple[Callable[[Path], object], set[str]]] = [
    (lambda folder: (folder / "README.txt").unlink(), {"missing"}),
    (lambda folder: (folder / "registers/people.csv").write_text("x"), {"changed"}),
    (lambda folder: (folder / "records/ILO-IOM-2026-999.pdf").write_text("x"), {"not_listed"}),
    (swap, {"changed", "line_out_of_place", "journal_differs"}),
    (forge, {"changed", "line_changed"}),
    (cut, {"changed", "journal_differs"}),
    (garble, {"changed", "line_unreadable", "line_out_of_place", "journal_differs"}),
    (lead_out, {"missing"}),
    (lambda folder: (folder / "manifest.json").unlink(), {"no_manifest"}),
    (lambda folder: (folder / "manifest.json").write_text("[]"), {"no_manifest"}),
]


@pytest.mark.parametrize("attack", range(len(ATTACKS)))
def test_vii_2_whatever_is_changed_in_a_pack_is_found(office: Office, tmp_path: Path, attack: int) -> None:
    office.command("Mei Chen", "/agreement status")
    office.slack.command(office.id("Samuel Otieno"), "C0LIAISON", "/contacts", "designate")
    ended_quickly(office)
    packed(office, tmp_path / "pack")
    change, flaws = ATTACKS[attack]
    change(tmp_path / "pack")

    kinds = {flaw.kind for flaw in examine(tmp_path / "pack").flaws}
    assert kinds >= flaws - {"journal_differs"}
    assert kinds <= flaws


def ended_quickly(office: Office) -> None:
    for _ in range(3):
        share(office)
    give_notice(office)
    after(office)


def test_vii_2_a_pack_made_anew_is_not_the_one_whose_hash_was_noted(office: Office, tmp_path: Path) -> None:
    ended_quickly(office)
    packed(office, tmp_path / "pack")

    assert [flaw.kind for flaw in examine(tmp_path / "pack", "0" * 63 + "1").flaws] == ["not_expected"]
    assert examine(tmp_path / "pack", journal(tmp_path / "pack")[2]["hash"]).flaws == ()


def test_vii_2_the_program_in_the_pack_needs_nothing_but_python(office: Office, tmp_path: Path) -> None:
    ended_quickly(office)
    made = packed(office, tmp_path / "pack")

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(tmp_path / "pack/verify.py"), *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    code, said = run()
    assert (code, said.strip().endswith(made.seal)) == (0, True)
    assert said.startswith(f"The pack is whole: {made.files} files and {made.lines} lines")
    assert run(str(tmp_path / "pack"), "F" * 64)[0] == 1
    (tmp_path / "pack/README.txt").write_text("changed")
    code, said = run()
    assert code == 1
    assert said.splitlines()[0].startswith("README.txt is not what was put into the pack")


def test_the_command_makes_and_checks_a_pack(moved_in: CommandLine) -> None:
    said = moved_in.done("export", "archive", "--party", "ILO")
    seal = said.split()[-1]

    assert f"{len(REGISTERS) * 2 + 4} files" in said
    assert seal in moved_in.done("verify", "archive", "--expect", seal)
    assert moved_in.json_of("verify", "archive", "--json")["whole"] is True
    (moved_in.folder / "archive/README.txt").unlink()
    found = moved_in.findings("verify", "archive")
    assert found[0] == "README.txt is missing: the manifest names it."
    assert "The pack is not whole: 1 finding." in found[-1]


def test_the_command_refuses_what_it_cannot_do_in_one_sentence(moved_in: CommandLine) -> None:
    moved_in.done("export", "archive")

    assert "There is something at “archive” already" in moved_in.refused("export", "archive")
    assert "ilo" in moved_in.refused("export", "other", "--party", "unhcr")
    assert "There is no file or folder “nothing” to check" in moved_in.refused("verify", "nothing")
    assert "could not be written" in moved_in.refused("export", "no/such/place")


@pytest.mark.postgres
def test_vii_2_the_end_and_the_pack_are_the_same_on_postgresql(
    office_on_postgres: Office, tmp_path: Path
) -> None:
    ended(office_on_postgres)
    made = packed(office_on_postgres, tmp_path / "pack", "iom")

    assert examine(tmp_path / "pack", made.seal).flaws == ()
    assert not any(secret in words(tmp_path / "pack") for secret in SECRETS)
    assert len(register(tmp_path / "pack", "closed-by-the-end")) > 10
