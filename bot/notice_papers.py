"""The joint record of a notice: its four moments, who put each on record, the readings and the letter's hash.

It is made in every language both parties work in; what people typed stands in each as they typed it.
"""

from functools import partial

from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.agreement.notice_effects import Reading, effect
from bot.agreement.terminations import Termination
from bot.agreement.time_limits import Result
from bot.cards.notices import notice_facts
from bot.journal import Line
from bot.paper_words import PaperWords
from bot.papers import Paper, Section, Table, file_papers

MOMENTS = ("dated", "sent", "received", "acknowledged")
LETTER = ("signed_by", "travelled", "file", "seal", "evidence", "evidence_seal", "agreed_by")
COLUMNS = ("moment", "starts", "agreed", "counted", "after")


def write_notice(desk: Desk, entry: Line, row: Termination) -> tuple[Record, ...]:
    """Make, number and store the record of one notice whose receipt was acknowledged, in each language."""
    return file_papers(desk, entry, row.subject, partial(notice_paper, desk, row))


def notice_paper(desk: Desk, row: Termination, said: PaperWords) -> Paper:
    """What the record says in one language."""
    parts = said.parts("notices/paper", notice_facts(said.at(desk), row))
    zone = desk.definition.tz
    readings = [_reading(said, reading, zone) for reading in effect(desk, row).readings]
    sections = (
        Section(
            parts["moments"], particulars=tuple((parts[f"{name}_label"], parts[name]) for name in MOMENTS)
        ),
        Section(parts["letter"], particulars=_letter(parts)),
        Section(parts["readings"], paragraphs=(parts["rule"],), table=_readings(readings, parts)),
        Section(parts["workings"], paragraphs=tuple(reading["working"] for reading in readings)),
    )
    return Paper(parts["title"], parts["verdict"], sections)


def _letter(parts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((parts[f"{name}_label"], parts[name]) for name in LETTER if parts[name])


def _readings(readings: list[dict[str, str]], parts: dict[str, str]) -> Table:
    columns = tuple(parts[f"column_{name}"] for name in COLUMNS)
    return Table(columns, tuple(tuple(reading[name] for name in COLUMNS) for reading in readings))


def _reading(said: PaperWords, reading: Reading, zone: str) -> dict[str, str]:
    facts = {
        "runs_from": reading.runs_from.value,
        "starts_on": reading.starts_on,
        "agreed": reading.agreed,
        "ends_on": reading.last.date,
        "working": _working(said, reading.last, zone),
    }
    others = {each.profile.value: each.date for each in reading.others}
    return said.parts("notices/paper_row", {"reading": facts, "others": others})


def _working(said: PaperWords, result: Result, zone: str) -> list[str]:
    """How a day was worked out, a sentence a step; `zone` is where the days begin and end."""
    return [
        said.say("time_limits/working", step.rule.value, {"zone": zone, **step.facts})
        for step in result.working
    ]
