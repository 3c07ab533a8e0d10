"""`comity backup` and `comity restore`: a copy of a SQLite database on a running bot, and its way back."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from bot.agreement.errors import AgreementError
from bot.clock import SystemClock
from bot.commands import opening
from bot.commands.front import FINDINGS
from bot.commands.printing import tell
from bot.copies.making import make_copy
from bot.copies.restoring import put_back
from bot.settings import Settings

File = Annotated[Path, typer.Argument(metavar="FILE", help="The archive, such as comity-backup.zip.")]


@dataclass
class NotForPostgresql(AgreementError):
    """The command copies files, and this database is a server's; `folder` holds what it does not keep."""

    routine: ClassVar[str] = "cli"

    command: str
    folder: str


def backup(file: File) -> None:
    """Copy the database and the calendars into one new file, on a running bot; SQLite only.

    The copy is examined before success is reported. Settings and tokens are not in it: keep those elsewhere.
    """
    chosen = opening.settings()
    zone = opening.definition(chosen).tz
    source = _database_file(chosen, "backup")
    copied = make_copy(source, chosen.comity_data, file, SystemClock().now())
    facts = {"file": file, "size": copied.size, "manifest": copied.manifest, "zone": zone}
    tell("cli/copies", "copied", facts)
    for finding in copied.findings:
        tell("cli/verify", finding.flaw.value, asdict(finding))
    if copied.findings:
        tell("cli/copies", "copied_with_findings", {"findings": len(copied.findings)})
        raise typer.Exit(FINDINGS)


def restore(file: File) -> None:
    """Put a copy back in the place of the database, which is moved aside; SQLite only, and the bot must be down.

    Run it as the account that runs the bot. What Slack has already is not said again: for two weeks Slack is
    searched before each message.
    """
    chosen = opening.settings()
    zone = opening.definition(chosen).tz
    database = _database_file(chosen, "restore")
    restored = put_back(file, database, chosen.comity_data, SystemClock().now())
    facts = {"file": file, "database": database, "manifest": restored.manifest, "aside": restored.aside}
    tell("cli/copies", "restored", {**facts, "zone": zone})


def _database_file(chosen: Settings, command: str) -> Path:
    where = opening.address(chosen)
    if where.get_backend_name() != "sqlite":
        raise NotForPostgresql(command, str(chosen.comity_data / "calendars"))
    return Path(where.database or "")
