"""VII.2: once the Agreement has ended, its archive packs are made by themselves, each in an act of its own."""

from functools import partial
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from structlog import get_logger

from bot.agreement.archive_packs import LIMITS, Limits, NewPack, keep_pack, readers_without
from bot.agreement.desk import Desk
from bot.agreement.ledger import NothingToSay
from bot.packs.making import make_pack
from bot.packs.readers import Reader
from bot.packs.zips import zip_pack
from bot.secretariat import Secretariat

log = get_logger()


def make(secretariat: Secretariat, limits: Limits = LIMITS) -> int:
    """Make the packs that are missing; returns how many were made.

    One that cannot be made is tried again in the next hour, or as soon as the record has moved on.
    """
    with secretariat.reading() as desk:
        readers = readers_without(desk.session, desk.definition)
    # No transaction is held open while packs are made: PostgreSQL ends those that do nothing for long.
    return sum(_tried(secretariat, desk, reader, limits) for reader in readers)


def _tried(secretariat: Secretariat, desk: Desk, reader: str, limits: Limits) -> int:
    asked = ("archive pack", reader, f"{desk.now:%Y-%m-%d %H}")
    return secretariat.remembered(desk, asked, partial(_made, secretariat, desk, reader, limits))


def _made(secretariat: Secretariat, desk: Desk, reader: str, limits: Limits) -> int:
    try:
        made = build(secretariat, desk, reader, limits)
        facts = {"made": made, "limits": limits}
        return len(secretariat.act_together([(keep_pack, facts)], (NothingToSay,)))
    except Exception:  # one pack that cannot be made must not keep the others from being made, nor the clock
        log.exception("archive_pack_not_made", reader=reader)
        return 0


def build(secretariat: Secretariat, desk: Desk, reader: str, limits: Limits = LIMITS) -> NewPack:
    """The pack as a ZIP file, made outside of any act: it takes long, and nobody who writes should wait for it."""
    with TemporaryDirectory(prefix="comity-pack-") as name:
        folder, file = Path(name) / "pack", Path(name) / "pack.zip"
        with secretariat.database.snapshot() as session:
            packed = make_pack(session, desk.definition, Reader(reader), folder, desk.now)
        zip_pack(folder, file)
        size = file.stat().st_size
        with file.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
        content = file.read_bytes() if size <= limits.kept else None
    return NewPack(reader, size, digest, packed.seal, packed.last_line, content)
