"""`comity verify`: whether the record is still what was written."""

from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from bot.agreement.errors import AgreementError
from bot.commands import opening
from bot.commands.front import FINDINGS
from bot.commands.printing import as_json, tell
from bot.examination import SEAL, Chain, Finding, examine_journal, examine_messages, examine_papers
from bot.held_records import Held, Verdict, examine_file
from bot.letters import say
from bot.shapes import plain


@dataclass
class NotAHash(AgreementError):
    """What should be the hash of a line of the journal has another form."""

    routine: ClassVar[str] = "cli"

    value: str


def verify(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Records that somebody holds, to compare with those stored here.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    expect: Annotated[
        str, typer.Option(metavar="HASH", help="A hash noted earlier, which some line must have.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Examine the journal line by line, every stored record and file, and what the messages rest on.

    A journal that was cut short can be found only with a hash that was noted elsewhere: see --expect. With FILES,
    only these are examined: whether each is the record that was made here.
    """
    if files:
        _verify_files(files, json=json)
        return
    expected = expect.strip().lower()
    if expected and not SEAL.fullmatch(expected):
        raise NotAHash(expect)
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
