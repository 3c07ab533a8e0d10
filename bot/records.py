"""Written records for the registries: facts in, an archivable (PDF/A-3a) and accessible (PDF/UA-1) PDF out.

The words are in `templates/records/*.typ`. Facts travel as data, never as source: nothing typed is markup.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from bot.resources import resource

# Marks that change the reading order or are not seen at all: in a record they must be seen. The two joiners
# stay, because Persian and the Indic scripts are misspelt without them.
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs"}
JOINERS = {"\u200c", "\u200d"}


class Outcome(StrEnum):
    """How a request under clause VI.1 ended."""

    APPROVED = "approved"
    """The owner said yes, in writing."""
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    """The owner said yes, and on what conditions."""
    REFUSED = "refused"
    """The owner said no."""
    NOT_APPROVED = "not_approved"
    """The owner did not answer in the time allowed; silence is never consent."""
    NOT_INFORMED = "not_informed"
    """The asking party did not give in the time allowed what the owner had asked for."""


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who asked or decided, in the capacity held at that time; `mandate` is the source of the power to decide."""

    name: str
    capacity: str
    party: str
    mandate: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the owner asked before deciding and what was answered; an empty `answer` means that none came.

    `asked` and `answered` say who did so and when, in words; the parties are abbreviations.
    """

    owner: str
    question: str
    asked: str
    asking: str
    answer: str = ""
    answered: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """The letter or e-mail in which a decision was given outside Slack: what it is, and the file kept of it."""

    form: str
    address: str
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class EmblemRecord:
    """The facts of `emblem.typ`: days and times are already in words, except `decided_iso`.

    `marks` are codes (name, emblem, abbreviation, trademark, hyperlink, other) that the template words.
    `language` names the file of fixed words in `words/`. A decision given in a letter has `letter`, and who put
    it on record as `recorded_by`; `decided_by` is then who signed it, and `decided_at` when it was recorded.
    `mock_up_name` with `mock_up_sha256`, or `material_text` with `material_sha256`, or both are filled, as they
    were in that `version`. `series` is filled only where the approval is expressly for it, and `asked_until`
    where the owner shortened the period. `decided_by` is None when the request lapsed; then the `decided_…`
    fields hold the moment of closing. `workings`: a sentence a computed date. `request` is the number people
    quote.
    """

    number: str
    request: str
    agreement: str
    clause: str
    rule: str
    parties: tuple[str, ...]
    owner: str
    marks: tuple[str, ...]
    purpose: str
    product: str
    audience: str
    period_from: str
    period_until: str
    other_logos: str
    who_pays: str
    needed_by: str
    asked_by: Signatory
    asked_at: str
    outcome: Outcome
    decided_by: Signatory | None
    decided_at: str
    decided_at_utc: str
    decided_iso: str
    journal_entry: int
    journal_hash: str
    mock_up_name: str = ""
    mock_up_sha256: str = ""
    material_text: str = ""
    conditions: str = ""
    reason: str = ""
    questions: tuple[Question, ...] = ()
    workings: tuple[str, ...] = ()
    version: int = 1
    material_sha256: str = ""
    link_from: str = ""
    link_to: str = ""
    series: str = ""
    asked_until: str = ""
    language: str = "en"
    instructions: str = ""
    letter: LetterFacts | None = None
    recorded_by: Signatory | None = None

    def facts(self) -> dict[str, object]:
        """The record as `render` takes it."""
        return asdict(self)


def render(template: str, facts: Mapping[str, object]) -> bytes:
    """The PDF of `templates/records/<template>.typ`: equal facts give equal bytes on one installation.

    `facts` are JSON values, attached unchanged as `facts.json`; their `decided_iso`, an ISO instant with its
    offset, becomes the file's date. A character that cannot be printed appears as its Unicode number.
    Raises typst.TypstError when a fact the template needs is missing, KeyError without `decided_iso`,
    ValueError when it has no offset.
    """
    typst = _typesetter()
    try:
        return _render(template, facts, displayable)
    except typst.TypstError:
        # Characters that print alone may still fail beside one another: then only Latin is trusted.
        return _render(template, facts, _plain)


def _render(template: str, facts: Mapping[str, object], shown: Callable[[str], bool]) -> bytes:
    exact = json.dumps(facts, sort_keys=True, indent=1)
    typed = json.loads(exact)
    printed = _printable(typed, shown)
    substituted = printed != _printable(typed, lambda _: True)
    inputs = {"facts": json.dumps(printed), "exact": exact, "substituted": "yes" if substituted else "no"}
    return _compile(template, inputs, _timestamp(str(facts["decided_iso"])))


def _timestamp(iso: str) -> int:
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        raise ValueError(iso)
    return int(moment.timestamp())


def _compile(template: str, inputs: dict[str, str], timestamp: int) -> bytes:
    typst = _typesetter()
    # A compiler a call: threads cannot share one, and with the fonts kept it costs next to nothing.
    compiler = typst.Compiler(
        _folder() / f"{template}.typ", root=_folder(), font_paths=_fonts(), ignore_system_fonts=True
    )
    pdf = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=timestamp
    )
    return cast(bytes, pdf)


@lru_cache(maxsize=20_000)
def displayable(character: str) -> bool:
    """Whether the fonts of the records have a sign for `character`, and PDF/A allows it."""
    if character.isascii():
        return character.isprintable() or character == "\n"
    if unicodedata.category(character) in HIDDEN and character not in JOINERS:
        return False
    try:
        _compile("probe", {"character": character}, 0)
    except _typesetter().TypstError:
        return False
    return True


def _plain(character: str) -> bool:
    return displayable(character) and (character < "\u0250" or "\u2010" <= character <= "\u2027")


def _printable(value: object, shown: Callable[[str], bool]) -> object:
    if isinstance(value, str):
        return "".join(c if shown(c) else f"[U+{ord(c):04X}]" for c in _tidied(value))
    if isinstance(value, list):
        return [_printable(item, shown) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item, shown) for key, item in value.items()}
    return value


def _tidied(text: str) -> str:
    """One kind of line end, and composed letters: fonts have é more often than e with an accent after it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", lines.replace("\t", "    "))


@cache
def _typesetter() -> ModuleType:
    """typst, loaded with the first record: most processes never make one."""
    import typst

    return typst


@cache
def _fonts() -> Any:
    """Those inside the typst wheel, and what an installation adds for more scripts; never the machine's."""
    extra = _folder() / "fonts"
    return _typesetter().Fonts(include_system_fonts=False, font_paths=[extra] if extra.is_dir() else [])


@cache
def _folder() -> Path:
    return resource("templates") / "records"
