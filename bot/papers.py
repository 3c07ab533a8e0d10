"""Papers of both parties: minutes, plans, reviews and other joint records, as archivable and accessible PDF."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC
from functools import partial

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.files import Record, file_records
from bot.journal import Line
from bot.paper_words import FIRST, PaperWords, paper_words
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
    """Make, number and store a joint record about `subject`, in English, in the act's own transaction."""
    (record,) = _file(desk, entry, subject, {FIRST: paper})
    return record


def file_papers(
    desk: Desk, entry: Line, subject: str, write: Callable[[PaperWords], Paper]
) -> tuple[Record, ...]:
    """A joint record in every language both parties work in: one number, and English first."""
    papers = {said.language: write(said) for said in paper_words(desk.definition)}
    return _file(desk, entry, subject, papers)


def _file(desk: Desk, entry: Line, subject: str, papers: Mapping[str, Paper]) -> tuple[Record, ...]:
    """It is numbered within the year for both parties together, such as ILO-IOM/2026/001."""

    def make(language: str, number: str) -> bytes:
        said = PaperWords(language)
        return render("paper", _facts(desk, entry, number, papers[language], said))

    return file_records(
        desk.session,
        party=joint(desk.definition),
        subject=subject,
        made_at=desk.now,
        year=desk.today.year,
        makes={language: partial(make, language) for language in papers},
    )


def joint(definition: Definition) -> str:
    """The name under which the parties' joint records are numbered."""
    return "-".join(sorted(party.id for party in definition.parties))


def _facts(desk: Desk, entry: Line, number: str, paper: Paper, said: PaperWords) -> dict[str, object]:
    fixed = said.fixed
    return {
        **asdict(paper),
        "language": said.language,
        "number": number,
        "agreement": fixed.title(desk.definition),
        "parties": sorted(
            fixed.party(desk.definition, party.id)["name"] for party in desk.definition.parties
        ),
        "decided_iso": desk.now.astimezone(UTC).isoformat(timespec="seconds"),
        "journal_entry": entry.id,
        "journal_hash": entry.hash,
    }
