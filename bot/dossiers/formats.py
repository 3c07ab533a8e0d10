"""The four forms of a dossier: JSON, HTML, PDF (PDF/A-3a, PDF/UA-1) and DOCX, all from the same facts."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from io import BytesIO
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.agreement.desk import Desk
from bot.dossiers.facts import Dossier
from bot.dossiers.wording import as_json, worded
from bot.letters import say
from bot.papers import Paper, Section, Table
from bot.records import render
from bot.resources import resource
from bot.shapes import plain


class Form(StrEnum):
    """In which form a dossier is written."""

    HTML = "html"
    """One page that needs nothing else, to read or print."""
    PDF = "pdf"
    """For registries."""
    DOCX = "docx"
    """For drafters who go on writing."""
    JSON = "json"
    """For other programs."""


def written(desk: Desk, facts: Dossier, form: Form) -> bytes:
    """The dossier in one form."""
    return FORMS[form](desk, facts)


def sealed(desk: Desk, facts: Dossier) -> str:
    """The version that is signed off: facts and words together, in JSON with one spelling only."""
    both = {"facts": as_json(facts), "paper": asdict(worded(desk, facts))}
    return json.dumps(both, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def paper_of(content: str) -> Paper:
    """The words of a version that was sealed."""
    stored: dict[str, Any] = json.loads(content)["paper"]
    return Paper(stored["title"], stored["verdict"], tuple(_section(each) for each in stored["sections"]))


def _section(stored: Mapping[str, Any]) -> Section:
    table = stored["table"]
    return Section(
        stored["heading"],
        tuple((label, value) for label, value in stored["particulars"]),
        tuple(stored["paragraphs"]),
        Table(tuple(table["columns"]), tuple(map(tuple, table["rows"])), tuple(table["widths"]))
        if table
        else None,
    )


def _json(desk: Desk, facts: Dossier) -> bytes:
    del desk
    return json.dumps(as_json(facts), default=_plain, indent=2, ensure_ascii=False).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def _html(desk: Desk, facts: Dossier) -> bytes:
    shown = {"paper": worded(desk, facts), "facts": facts, "made": _made(desk)}
    return _pages().get_template("review.html").render(shown).encode()


@cache
def _pages() -> Environment:
    """The pages' own environment: HTML has other escapes than Slack."""
    return Environment(
        loader=FileSystemLoader(resource("templates") / "reports"),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _pdf(desk: Desk, facts: Dossier) -> bytes:
    return render("review", {**asdict(worded(desk, facts)), **_head(desk, facts)})


def _head(desk: Desk, facts: Dossier) -> dict[str, object]:
    return {
        "agreement": facts.title,
        "parties": sorted(party.name for party in desk.definition.parties),
        "made": _made(desk),
        "decided_iso": desk.now.astimezone(UTC).isoformat(timespec="seconds"),
    }


def _made(desk: Desk) -> str:
    at = {"at": desk.now, "zone": desk.definition.tz}
    return plain(say("reports/review", "made", at))


def _docx(desk: Desk, facts: Dossier) -> bytes:
    # Loaded here, because few commands need it.
    from docx import Document

    paper, document = worded(desk, facts), Document()
    core = document.core_properties
    core.title, core.author = printable(paper.title), ", ".join(facts.parties)
    core.language, core.comments = "en-GB", ""
    core.created = core.modified = desk.now.astimezone(UTC).replace(tzinfo=None)
    document.add_heading(printable(paper.title), 0)
    document.add_paragraph(printable(f"{paper.verdict}\n{_made(desk)}"))
    for section in paper.sections:
        _write(document, section)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _write(document: Any, section: Section) -> None:
    document.add_heading(printable(section.heading), 1)
    for label, value in section.particulars:
        line = document.add_paragraph()
        line.add_run(printable(f"{label}: ")).bold = True
        line.add_run(printable(value))
    for text in section.paragraphs:
        document.add_paragraph(printable(text))
    if section.table:
        _table(document, section.table)


def _table(document: Any, shape: Table) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(shape.columns), style="Table Grid")
    for row in (shape.columns, *shape.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = printable(text)
    # Repeated on every page, and read out as the header of each column.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph()


def printable(text: str) -> str:
    """What XML can hold: of control characters only line ends and tabs."""
    return "".join(c if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)


FORMS: Mapping[Form, Callable[[Desk, Dossier], bytes]] = {
    Form.HTML: _html,
    Form.PDF: _pdf,
    Form.DOCX: _docx,
    Form.JSON: _json,
}
