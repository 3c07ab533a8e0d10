"""VII.2: the archive packs that are made once the Agreement has ended, one for each party and one for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.ledger import NothingToSay
from bot.agreement.standing import AgreementEnd, end_of

CLAUSE = "VII.2"
BOTH = ""
"""The reader of the pack that holds what both parties may have."""
MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """How large a pack, in bytes, is handed over in Slack, and how large a one is kept at all.

    Slack takes larger files, but one is sent within the seconds that delivery may hold a channel.
    """

    shown: int = 20 * MEGABYTE
    kept: int = 256 * MEGABYTE


LIMITS = Limits()


class ArchivePack(SQLModel, table=True):
    """A pack that was made when the Agreement had ended; `reader` is a party, or empty for both together.

    `sha256` is that of the ZIP file, `seal` that of the manifest in it, `last_line` the last line of the journal
    that it holds. Without `file_id` it was too large to be kept.
    """

    __tablename__ = "archive_pack"
    __table_args__ = (UniqueConstraint("agreement", "reader", "ends_on"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement: str
    reader: str
    ends_on: date
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    name: str
    size: int = Field(sa_type=BigInteger)
    sha256: str
    seal: str
    last_line: int
    made_at: datetime

    @property
    def megabytes(self) -> int:
        """Its size as people say it, rounded up."""
        return -(-self.size // MEGABYTE)


@dataclass(frozen=True)
class NewPack:
    """A pack as it was made, not on record yet; one that is too large to be kept has no `content`."""

    reader: str
    size: int
    sha256: str
    seal: str
    last_line: int
    content: bytes | None


@dataclass(frozen=True, kw_only=True)
class ArchivePackMade(Event):
    """The pack for a party, or for both, was made.

    `ending` is what the card of the end is of. Unless it is too large, the pack is `kept` in the database and
    `shown` in Slack.
    """

    reader: str
    ends_on: date
    ending: str
    size: int
    sha256: str
    seal: str
    last_line: int
    kept: bool
    shown: bool

    @property
    def once(self) -> str:
        """One pack for each reader when an agreement ends."""
        return f"{self.name}:{self.ends_on}:{self.reader}"


def made_packs(session: Session, agreement: str, ends_on: date) -> Sequence[ArchivePack]:
    """The packs that were made at an end, the one for both first."""
    mine = select(ArchivePack).where(ArchivePack.agreement == agreement, ArchivePack.ends_on == ends_on)
    return session.exec(mine.order_by(col(ArchivePack.reader))).all()


def readers_without(session: Session, definition: Definition) -> tuple[str, ...]:
    """For whom a pack is still to be made; for nobody before the routines of the Agreement are closed."""
    end = _closed_end(session)
    if end is None:
        return ()
    made = {row.reader for row in made_packs(session, definition.id, end.ends_on)}
    every = (BOTH, *(party.id for party in definition.parties))
    return tuple(reader for reader in every if reader not in made)


def _closed_end(session: Session) -> AgreementEnd | None:
    end = end_of(session)
    return end if end and end.closed_at else None


def keep_pack(desk: Desk, *, made: NewPack, limits: Limits = LIMITS) -> ArchivePackMade:
    """Put a pack on record and keep its file. Raises NothingToSay where another clock was faster."""
    end = _closed_end(desk.session)
    if end is None or made.reader not in readers_without(desk.session, desk.definition):
        raise NothingToSay
    row = _stored(desk, end, made)
    return ArchivePackMade(
        clause=CLAUSE,
        subject=f"archive_pack:{row.id}",
        reader=row.reader,
        ends_on=end.ends_on,
        ending=end.subject,
        size=row.size,
        sha256=row.sha256,
        seal=row.seal,
        last_line=row.last_line,
        kept=row.file_id is not None,
        shown=row.file_id is not None and row.size <= limits.shown,
    )


def _stored(desk: Desk, end: AgreementEnd, made: NewPack) -> ArchivePack:
    name = f"archive-{desk.definition.id}-{made.reader or 'both'}.zip"
    row = ArchivePack(
        agreement=desk.definition.id,
        reader=made.reader,
        ends_on=end.ends_on,
        file_id=keep(desk.session, Attachment(name, made.content) if made.content is not None else None),
        name=name,
        size=made.size,
        sha256=made.sha256,
        seal=made.seal,
        last_line=made.last_line,
        made_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    return row
