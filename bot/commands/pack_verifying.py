"""`comity verify DIR`: whether an archive pack is still what was made."""

from pathlib import Path

import typer

from bot.commands.front import FINDINGS
from bot.commands.printing import as_json, tell
from bot.letters import say
from bot.packs.verifier import Examined, examine
from bot.shapes import plain


def verify_pack(folder: Path, expected: str, *, json: bool) -> None:
    """Check every file and every line of the journal of a pack; leaves with 1 when something is wrong."""
    found = examine(folder, expected)
    if json:
        as_json(_as_json(found))
    else:
        for sentence in _sentences(found):
            typer.echo(sentence)
        tell("cli/packs", "verified", {**vars(found), "flaws": len(found.flaws)})
    if found.flaws:
        raise typer.Exit(FINDINGS)


def _sentences(found: Examined) -> list[str]:
    return [plain(say("packs/verify", flaw.kind, {})).replace("PLACE", flaw.place) for flaw in found.flaws]


def _as_json(found: Examined) -> dict[str, object]:
    told = zip(found.flaws, _sentences(found), strict=True)
    return {
        "whole": not found.flaws,
        "files": found.files,
        "lines": found.lines,
        "withheld": found.withheld,
        "last_hash": found.last_hash,
        "manifest": found.seal,
        "findings": [{"flaw": flaw.kind, "place": flaw.place, "sentence": said} for flaw, said in told],
    }
