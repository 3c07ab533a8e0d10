"""The draft of a notice as people sign and send it: a letter in its language, for printing and for editing."""

from datetime import UTC, date
from io import BytesIO
from typing import Any

from babel.dates import format_date

from bot.agreement.definition import Party
from bot.agreement.desk import Desk
from bot.agreement.files import Attachment
from bot.agreement.notice_effects import last_day
from bot.agreement.terminations import Termination
from bot.agreement.time_limits import Period
from bot.letters import words
from bot.records import render
from bot.shapes import plain

LOCALES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES"}
LONG = {"en": "d MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
FIRST = {**LONG, "fr": "'1er' MMMM y"}
"""How the first of a month is written, for which French has an ordinal number."""


def draft_letters(desk: Desk, row: Termination) -> tuple[Attachment, Attachment]:
    """The letter as archivable PDF and as a document to edit, both marked as drafts for signature."""
    facts = _letter(desk, row)
    stem = f"{facts['name']}-{row.number.replace('/', '-')}-{row.version}-{row.language.value}"
    pdf = Attachment(f"{stem}.pdf", render("notice", facts))
    return pdf, Attachment(f"{stem}.docx", _docx(desk, facts))


def _letter(desk: Desk, row: Termination) -> dict[str, Any]:
    language = row.language.value
    parts = {
        name: plain(text) for name, text in words(f"notices/letter_{language}", _facts(desk, row)).items()
    }
    return {
        **{name: parts[name] for name in _PARTS},
        "language": language,
        "addressee": row.addressee,
        "signatory": row.signatory,
        "capacity": row.capacity,
        "paragraphs": [text.replace("\n", " ") for text in parts["body"].split("\n\n")],
        "slip": parts["slip"].splitlines(),
        "decided_iso": desk.now.astimezone(UTC).isoformat(timespec="seconds"),
    }


_PARTS = (
    "title",
    "mark",
    "sender",
    "place_date",
    "subject",
    "salutation",
    "closing",
    "slip_title",
    "name",
    "page",
    "of",
)


def _facts(desk: Desk, row: Termination) -> dict[str, Any]:
    runs_from = desk.definition.notice_runs_from().value
    language, planned = row.language.value, row.planned_on or row.dated_on
    start = row.dated_on if runs_from == "dating" else planned
    template = f"notices/letter_{language}"
    parties = {"sender": desk.definition.party(row.party), "recipient": desk.definition.other(row.party)}
    names = {side: _name(party, language) for side, party in parties.items()}
    return {
        **names,
        "place": row.place,
        "reason": row.reason,
        "months": Period.parse(desk.definition.term.notice or "P0D").months,
        "counted": desk.definition.policy("day_zero") == "counted",
        "dated": _day(row.dated_on, language),
        "planned": _day(start, language),
        "ends": _day(last_day(desk, start).date, language),
        "concluded": _day(desk.definition.event("concluded"), language),
        "moment": words(template, names, only=[runs_from])[runs_from],
    }


def _name(party: Party, language: str) -> dict[str, str]:
    """A party's name and abbreviation in a language; as the definition has them where no word is known."""
    known = words("notices/parties", {})
    name, short = known.get(f"{language}_{party.id}"), known.get(f"{language}_{party.id}_short")
    return {"name": name or party.name, "short": short or party.abbreviation}


def _day(value: date, language: str) -> str:
    pattern = FIRST[language] if value.day == 1 else LONG[language]
    return format_date(value, pattern, locale=LOCALES[language])


def _docx(desk: Desk, facts: dict[str, Any]) -> bytes:
    # Loaded here, because few acts need it.
    from docx import Document

    document = Document()
    core = document.core_properties
    core.title, core.author = _printable(facts["title"]), _printable(facts["sender"])
    core.language, core.comments = facts["language"], _printable(facts["mark"])
    core.created = core.modified = desk.now.astimezone(UTC).replace(tzinfo=None)
    document.sections[0].header.paragraphs[0].text = _printable(facts["mark"])
    for text in (facts["sender"], facts["place_date"], facts["addressee"]):
        document.add_paragraph(_printable(text))
    document.add_heading(_printable(facts["subject"]), 1)
    signed = f"\n\n{facts['signatory']}\n{facts['capacity']}"
    for text in (facts["salutation"], *facts["paragraphs"], facts["closing"] + signed):
        document.add_paragraph(_printable(text))
    document.add_heading(_printable(facts["slip_title"]), 2)
    for label in facts["slip"]:
        document.add_paragraph(_printable(f"{label} {'_' * 40}"))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _printable(text: str) -> str:
    """What XML can hold: of control characters only line ends and tabs."""
    return "".join(c if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)
