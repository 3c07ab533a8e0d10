"""Files people hand in and records the secretariat makes, kept whole beside the rows they belong to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

import bot.agreement.storage  # noqa: F401 - names the constraints of the tables below
from bot.agreement.errors import FieldError


@dataclass
class FileTooLarge(FieldError):
    """A file is kept whole or not at all, and this one is longer than can be kept; `most` in megabytes."""

    most: int


@dataclass(frozen=True)
class Attachment:
    """A file as a person handed it in, not stored yet."""

    name: str
    content: bytes


class StoredFile(SQLModel, table=True):
    """A file a person handed in: a mock-up, a report."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    sha256: str
    content: bytes


class Record(SQLModel, table=True):
    """A written record, numbered per party and year, which outlives the channel it was posted in.

    A record that is made in several languages has one number and a row for each.
    """

    __table_args__ = (UniqueConstraint("party", "year", "seq", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    party: str
    year: int
    seq: int
    subject: str = Field(index=True)
    name: str
    sha256: str
    content: bytes
    made_at: datetime
    language: str = "en"

    @property
    def number(self) -> str:
        """The number people quote, such as IOM/2026/001."""
        return record_number(self.party, self.year, self.seq)


def record_number(party: str, year: int, seq: int) -> str:
    """A record's number as people quote it."""
    return f"{party.upper()}/{year}/{seq:03}"


def keep(session: Session, attachment: Attachment | None) -> int | None:
    """Store a file with its SHA-256 and return its number; nothing in, nothing out."""
    if attachment is None:
        return None
    digest = sha256(attachment.content).hexdigest()
    row = StoredFile(name=attachment.name, sha256=digest, content=attachment.content)
    session.add(row)
    session.flush()
    return row.id


def next_seq(session: Session, party: str, year: int) -> int:
    """The number the next record of `party` in `year` gets; two at once are settled by the unique constraint."""
    query = select(func.max(Record.seq)).where(Record.party == party, Record.year == year)
    return (session.exec(query).one() or 0) + 1


Make = Callable[[str], bytes]
"""Makes the PDF of a record from its number."""


def file_record(
    session: Session,
    *,
    party: str,
    subject: str,
    made_at: datetime,
    year: int,
    make: Make,
    language: str = "en",
) -> Record:
    """Number, make and store a record about `subject`: `make` gets its number and returns the PDF."""
    (record,) = file_records(
        session, party=party, subject=subject, made_at=made_at, year=year, makes={language: make}
    )
    return record


def file_records(
    session: Session, *, party: str, subject: str, made_at: datetime, year: int, makes: Mapping[str, Make]
) -> tuple[Record, ...]:
    """Make and store one record in several languages under one number; the first is named by the number alone."""
    seq = next_seq(session, party, year)
    number = record_number(party, year, seq)
    records: list[Record] = []
    for language, make in makes.items():
        content, ending = make(number), f"-{language}" if records else ""
        record = Record(
            party=party,
            year=year,
            seq=seq,
            subject=subject,
            name=f"{number.replace('/', '-')}{ending}.pdf",
            sha256=sha256(content).hexdigest(),
            content=content,
            made_at=made_at,
            language=language,
        )
        session.add(record)
        session.flush()
        records.append(record)
    return tuple(records)


def record_of(session: Session, subject: str) -> Record | None:
    """The latest record made about `subject`, if there is one; of several languages the first."""
    return next(iter(records_of(session, subject)), None)


def records_of(session: Session, subject: str) -> Sequence[Record]:
    """The latest record made about `subject` in each of its languages, the first of them first."""
    rows = session.exec(
        select(Record)
        .where(Record.subject == subject)
        .order_by(col(Record.year).desc(), col(Record.seq).desc(), col(Record.id))
    ).all()
    return [row for row in rows if row.number == rows[0].number]
