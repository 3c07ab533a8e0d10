"""`comity packs`: the archive packs that were made when the Agreement ended, and how to write them out again."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import typer
from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.agreement.archive_packs import ArchivePack, readers_without
from bot.agreement.definition import Definition
from bot.agreement.errors import AgreementError
from bot.agreement.files import StoredFile
from bot.commands import opening
from bot.commands.printing import as_json, tell
from bot.new_places import beside, fault
from bot.outbox import OutboxRow, OutboxState
from bot.packs.making import PackExists, PackNotWritten


@dataclass
class NoPackKept(AgreementError):
    """No pack is kept that could be written out, or none for this party."""

    routine: ClassVar[str] = "cli"
    reader: str
    party: str


def packs(
    write: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the packs into this folder.", show_default=False)
    ] = None,
    party: Annotated[
        str, typer.Option(metavar="PARTY", help="Only that party's pack, with what is its own.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the archive packs that were made when the Agreement ended, and write them out again.

    Hand a party's pack to that party alone. They are ZIP files; “comity verify FILE.zip” checks one.
    """
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    reader = opening.choose_name("--party", party, tuple(p.id for p in agreement.parties)) if party else ""
    with closing(opening.migrated(chosen)) as database, database.snapshot() as session:
        rows = [row for row in _rows(session, agreement) if not reader or row.reader == reader]
        if write:
            _write_all(session, agreement, rows, reader, write)
        elif json:
            as_json([_as_json(session, row) for row in rows])
        else:
            unmade = readers_without(session, agreement)
            _list(session, agreement, rows, [one for one in unmade if not reader or one == reader])


def _rows(session: Session, agreement: Definition) -> list[ArchivePack]:
    mine = select(ArchivePack).where(ArchivePack.agreement == agreement.id)
    return list(session.exec(mine.order_by(col(ArchivePack.ends_on), col(ArchivePack.reader))).all())


def _called(agreement: Definition, reader: str) -> str:
    return agreement.party(reader).abbreviation if reader else ""


def _list(session: Session, agreement: Definition, rows: list[ArchivePack], wanted: list[str]) -> None:
    for row in rows:
        addresses, waiting = _sent(session, row)
        facts = {"row": row, "party": _called(agreement, row.reader), "zone": agreement.tz}
        tell("cli/packs", "pack", {**facts, "addresses": addresses, "waiting": waiting})
    for reader in wanted:
        tell("cli/packs", "wanted", {"party": _called(agreement, reader)})
    if not rows and not wanted:
        tell("cli/packs", "none", {})


def _sent(session: Session, row: ArchivePack) -> tuple[int, int]:
    """To how many places in Slack the file goes, and how many of them do not have it yet."""
    mine = select(OutboxRow.state, func.count(col(OutboxRow.id))).where(
        OutboxRow.enclosed_id == row.file_id, col(OutboxRow.enclosed_id).is_not(None)
    )
    found = dict(session.exec(mine.group_by(col(OutboxRow.state))).all())
    return sum(found.values()), sum(found.values()) - found.get(OutboxState.SENT, 0)


def _write_all(
    session: Session, agreement: Definition, rows: list[ArchivePack], reader: str, folder: Path
) -> None:
    kept = [row for row in rows if row.file_id]
    if not kept:
        raise NoPackKept(reader, _called(agreement, reader))
    for row in kept:
        target = _opened(folder) / row.name
        # The content alone: a session keeps every row that it has read.
        _write(target, session.exec(select(StoredFile.content).where(StoredFile.id == row.file_id)).one())
        tell("cli/packs", "written", {"file": target, "sha256": row.sha256})


def _write(target: Path, content: bytes) -> None:
    """Write a new file that only this account may read; nothing is written over."""
    with beside(target, ".comity-pack-", PackExists, PackNotWritten) as folder:
        (folder / "pack").write_bytes(content)
        (folder / "pack").chmod(0o600)
        (folder / "pack").rename(target)


def _opened(folder: Path) -> Path:
    """The folder to write into, which is made where there is none."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PackNotWritten(str(folder), fault(error)) from error
    return folder


def _as_json(session: Session, row: ArchivePack) -> dict[str, object]:
    addresses, waiting = _sent(session, row)
    return {
        "name": row.name,
        "party": row.reader or None,
        "ends_on": row.ends_on,
        "made_at": row.made_at,
        "size": row.size,
        "sha256": row.sha256,
        "manifest": row.seal,
        "last_line": row.last_line,
        "kept": row.file_id is not None,
        "sent_to": addresses,
        "waiting": waiting,
    }
