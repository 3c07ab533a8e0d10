"""The joint record of a notice: its four moments, who put each on record, the readings and the letter's hash."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.agreement.terminations import Termination
from bot.cards.notices import notice_facts
from bot.journal import Line
from bot.letters import say, words
from bot.papers import Paper, Section, Table, file_paper
from bot.shapes import plain

MOMENTS = ("dated", "sent", "received", "acknowledged")


def write_notice(desk: Desk, entry: Line, row: Termination) -> Record:
    """Make, number and store the record of one notice whose receipt was acknowledged."""
    facts = notice_facts(desk, row)
    parts = {name: plain(text) for name, text in words("notices/paper", facts).items()}
    sections = (
        Section(
            parts["moments"], particulars=tuple((parts[f"{name}_label"], parts[name]) for name in MOMENTS)
        ),
        Section(parts["letter"], particulars=_letter(parts)),
        Section(parts["readings"], paragraphs=(parts["rule"],), table=_readings(facts, parts)),
        Section(parts["workings"], paragraphs=_workings(facts)),
    )
    return file_paper(desk, entry, row.subject, Paper(parts["title"], parts["verdict"], sections))


def _letter(parts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    names = ("signed_by", "travelled", "file", "seal", "evidence", "evidence_seal", "agreed_by")
    return tuple((parts[f"{name}_label"], parts[name]) for name in names if parts[name])


def _readings(facts: dict[str, Any], parts: dict[str, str]) -> Table:
    columns = tuple(parts[f"column_{name}"] for name in ("moment", "starts", "agreed", "counted", "after"))
    return Table(columns, tuple(_row(reading) for reading in facts["readings"]))


def _row(reading: dict[str, Any]) -> tuple[str, ...]:
    others = {each["profile"]: each["ends_on"] for each in reading["others"]}
    cell = {"reading": reading, "others": others}
    said = words("notices/paper_row", cell)
    return tuple(plain(said[name]) for name in ("moment", "starts", "agreed", "counted", "after"))


def _workings(facts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        plain(say("notices/paper_row", "working", {"reading": reading})) for reading in facts["readings"]
    )
