"""Papers of both parties: minutes, plans, reviews and other joint records, as archivable and accessible PDF."""

from dataclasses import asdict, dataclass
from datetime import UTC

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.files import Record, file_record
from bot.journal import Line
from bot.records import render


@dataclass(frozen=True)
class Table:
    """Rows under headings; `widths` are shares of the page, one for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a paper: labelled facts, then paragraphs, then a table; each may be missing."""

    heading: str
    particulars: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Paper:
    """What a joint record says; every word of it comes from a template or from people."""

    title: str
    verdict: str
    sections: tuple[Section, ...]


def file_paper(desk: Desk, entry: Line, subject: str, paper: Paper) -> Record:
    """Make, number and store a joint record about `subject` in the act's own transaction.

    It is numbered within the year for both parties together, such as ILO-IOM/2026/001.
    """
    return file_record(
        desk.session,
        party=joint(desk.definition),
        subject=subject,
        made_at=desk.now,
        year=desk.today.year,
        make=lambda number: render("paper", _facts(desk, entry, number, paper)),
    )


def joint(definition: Definition) -> str:
    """The name under which the parties' joint records are numbered."""
    return "-".join(sorted(party.id for party in definition.parties))


def _facts(desk: Desk, entry: Line, number: str, paper: Paper) -> dict[str, object]:
    return {
        **asdict(paper),
        "number": number,
        "agreement": desk.definition.title,
        "parties": sorted(party.name for party in desk.definition.parties),
        "decided_iso": desk.now.astimezone(UTC).isoformat(timespec="seconds"),
        "journal_entry": entry.id,
        "journal_hash": entry.hash,
    }
