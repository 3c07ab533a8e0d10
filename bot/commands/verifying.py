"""`comity verify`: whether the record is still what was written."""

from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from bot.agreement.errors import AgreementError
from bot.commands import opening
from bot.commands.front import FINDINGS
from bot.commands.pack_verifying import verify_pack
from bot.commands.printing import as_json, tell
from bot.examination import SEAL, Chain, Finding, examine_journal, examine_messages, examine_papers
from bot.letters import say
from bot.shapes import plain


@dataclass
class NotAHash(AgreementError):
    """What should be the hash of a line of the journal has another form."""

    routine: ClassVar[str] = "cli"

    value: str


def verify(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="An archive pack; the record itself if not given.")
    ] = None,
    expect: Annotated[
        str, typer.Option(metavar="HASH", help="A hash noted earlier: of a line, or of a pack's manifest.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Examine the journal line by line, every stored record and file, and what the messages rest on; or a pack.

    A journal that was cut short can be found only with a hash that was noted elsewhere: see --expect.
    """
    expected = expect.strip().lower()
    if expected and not SEAL.fullmatch(expected):
        raise NotAHash(expect)
    if folder:
        verify_pack(folder, expected, json=json)
        return
    with closing(opening.migrated(opening.settings())) as database, database.reading() as session:
        chain = examine_journal(session, expected)
        findings = [*chain.findings, *examine_papers(session), *examine_messages(session)]
    _print(chain, findings, json=json)
    if findings:
        raise typer.Exit(FINDINGS)


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
