"""`comity verify`: whether the record is still what was written."""

from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from bot.agreement.errors import AgreementError
from bot.commands import opening
from bot.commands.front import FINDINGS
from bot.commands.pack_verifying import is_pack, verify_pack
from bot.commands.printing import as_json, tell
from bot.examination import SEAL, Chain, Finding, examine_journal, examine_messages, examine_papers
from bot.held_records import Held, Verdict, examine_file
from bot.letters import say
from bot.shapes import plain

EXAMPLES = (
    "comity verify --expect 3f1c…",
    "comity verify IOM-2026-001.pdf",
    "comity verify archive-ilo",
    "comity verify archive-ilo-iom-2020-ilo.zip",
)


@dataclass
class NotAHash(AgreementError):
    """What should be the hash of a line of the journal has another form."""

    routine: ClassVar[str] = "cli"

    value: str


@dataclass
class NothingThere(AgreementError):
    """There is no such file or folder to examine."""

    routine: ClassVar[str] = "cli"
    path: str


@dataclass
class PackNotAlone(AgreementError):
    """An archive pack is examined by itself, and not beside others."""

    routine: ClassVar[str] = "cli"
    folder: str


@dataclass
class NothingToExpect(AgreementError):
    """A hash is looked for in the journal or in a pack; a file is compared with the record stored here."""

    routine: ClassVar[str] = "cli"


def verify(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]... | [DIR] | [ZIP]",
            help="Records that somebody holds, or an archive pack; without either, all that is stored here.",
            show_default=False,
        ),
    ] = None,
    expect: Annotated[
        str, typer.Option(metavar="HASH", help="A hash noted earlier: of a line, or of a pack's manifest.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Examine the journal line by line, every stored record and file, and what the messages rest on; or a pack.

    A journal that was cut short can be found only with a hash that was noted elsewhere: see --expect. With FILES,
    only these are examined: whether each is the record that was made here. With the folder that `comity export`
    made, or a pack's ZIP file, only that is examined; of a ZIP file it is said, too, whether it is stored here.
    Leaves with 1 when something is wrong, and with 2 when it cannot look.
    """
    expected = expect.strip().lower()
    if expected and not SEAL.fullmatch(expected):
        raise NotAHash(expect)
    given = paths or []
    pack = _pack_among(given)
    if pack:
        verify_pack(pack, expected, json=json)
    elif given and expected:
        raise NothingToExpect
    elif given:
        _verify_files(given, json=json)
    else:
        _verify_all(expected, json=json)


def _pack_among(paths: list[Path]) -> Path | None:
    """The one folder or ZIP file, if it is a pack that is to be examined."""
    for path in paths:
        if not path.exists():
            raise NothingThere(str(path))
    pack = next((path for path in paths if is_pack(path)), None)
    if pack and len(paths) > 1:
        raise PackNotAlone(str(pack))
    return pack


def _verify_all(expected: str, *, json: bool) -> None:
    with closing(opening.migrated(opening.settings())) as database, database.reading() as session:
        chain = examine_journal(session, expected)
        findings = [*chain.findings, *examine_papers(session), *examine_messages(session)]
    _print(chain, findings, json=json)
    if findings:
        raise typer.Exit(FINDINGS)


def _verify_files(files: list[Path], *, json: bool) -> None:
    with closing(opening.migrated(opening.settings())) as database, database.reading() as session:
        found = [examine_file(session, file.name, file.read_bytes()) for file in files]
    if json:
        as_json({"files": [_held_as_json(one) for one in found]})
    for one in found if not json else []:
        tell("cli/verify", one.verdict.value, asdict(one))
    if any(one.verdict is not Verdict.GENUINE for one in found):
        raise typer.Exit(FINDINGS)


def _held_as_json(held: Held) -> dict[str, object]:
    return {**asdict(held), "sentence": plain(say("cli/verify", held.verdict.value, asdict(held)))}


def _print(chain: Chain, findings: list[Finding], *, json: bool) -> None:
    if json:
        as_json(_as_json(chain, findings))
        return
    for finding in findings:
        tell("cli/verify", finding.flaw.value, asdict(finding))
    facts = {"lines": chain.lines, "last": chain.last, "head": chain.head}
    tell("cli/verify", "summary", {**facts, "findings": len(findings)})


def _as_json(chain: Chain, findings: list[Finding]) -> dict[str, object]:
    told = [
        {
            "flaw": one.flaw,
            "number": one.number,
            "sentence": plain(say("cli/verify", one.flaw.value, asdict(one))),
        }
        for one in findings
    ]
    return {"whole": not told, "lines": chain.lines, "last_hash": chain.head, "findings": told}
