"""`comity export`: the archive pack, for one party or for both together."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.commands import opening
from bot.commands.printing import tell
from bot.packs.making import make_pack
from bot.packs.readers import Reader


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder to make.")],
    party: Annotated[
        str, typer.Option(metavar="PARTY", help="For one party, with what is its own; for both if not given.")
    ] = "",
) -> None:
    """Write the archive pack: journal, registers, records and files, and a program that checks them.

    Without --party it holds what both parties may have. What is private to the other party, and the words of
    restricted information, are in no pack; the whole is in a backup.
    """
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    known = tuple(one.id for one in agreement.parties)
    reader = Reader(opening.choose_name("--party", party, known) if party else "")
    with closing(opening.migrated(chosen)) as database, database.snapshot() as session:
        made = make_pack(session, agreement, reader, folder, SystemClock().now())
    tell("cli/packs", "packed", {**vars(made), "folder": folder})
