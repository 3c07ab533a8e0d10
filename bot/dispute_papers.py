"""VIII: the joint record of a dispute that was settled, for those who may know of it and nobody else.

It is made in every language both parties work in; what people typed stands in each as they typed it.
"""

from functools import partial
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.dispute_notes import DisputeNote
from bot.agreement.disputes import Dispute, log, named
from bot.agreement.files import Record
from bot.agreement.time_limits import civil_day
from bot.cards.facts import person_facts
from bot.journal import Line
from bot.paper_words import PaperWords
from bot.papers import Paper, Section, Table, file_papers


def write_settlement(desk: Desk, entry: Line, row: Dispute, note: DisputeNote) -> tuple[Record, ...]:
    """Make and file the record in each language: the dispute, its people and steps, and the note in its words."""
    return file_papers(desk, entry, row.subject, partial(settlement_paper, desk, row, note))


def settlement_paper(desk: Desk, row: Dispute, note: DisputeNote, said: PaperWords) -> Paper:
    """What the record says in one language."""
    facts = settlement_facts(said.at(desk), row, note)
    words = said.parts("disputes/paper", facts)
    return Paper(
        title=words["title"],
        verdict=words["verdict"],
        sections=(
            Section(words["dispute_heading"], _particulars(facts, words)),
            Section(words["about_heading"], paragraphs=_lines(row.about)),
            Section(words["sought_heading"], paragraphs=_lines(row.sought)),
            Section(words["people_heading"], table=_people(facts, words, said)),
            Section(words["steps_heading"], table=_steps(facts, words, said)),
            Section(words["note_heading"], ((words["hash_label"], note.sha256),), _lines(note.text)),
            Section(words["agreed_heading"], paragraphs=_lines(words["agreed"])),
        ),
    )


def settlement_facts(desk: Desk, row: Dispute, note: DisputeNote) -> dict[str, Any]:
    """Everything the record tells; a step with a long text stands there in full."""
    return {
        "number": row.number,
        "dispute": row.title,
        "clauses": row.clauses.split(),
        "party": desk.definition.party(row.party).abbreviation,
        "sent_on": civil_day(row.sent_at or row.written_at, desk.definition.tz),
        "people": [
            {**person_facts(desk, each.person_id), "level": each.level} for each in named(desk.session, row)
        ],
        "steps": [
            {**step.model_dump(), "person": person_facts(desk, step.by)} for step in log(desk.session, row)
        ],
        "writer": person_facts(desk, note.written_by),
        "written_at": note.written_at,
        "answerer": person_facts(desk, note.answered_by),
        "answered_at": note.answered_at,
        "zone": desk.definition.tz,
    }


def _particulars(facts: dict[str, Any], words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        (words["number_label"], facts["number"]),
        (words["title_label"], facts["dispute"]),
        (words["clauses_label"], ", ".join(facts["clauses"])),
        (words["party_label"], facts["party"]),
        (words["sent_label"], words["sent"]),
    )


def _people(facts: dict[str, Any], words: dict[str, str], said: PaperWords) -> Table:
    rows = tuple((said.term(one["level"]), one["name"], one["party"]) for one in facts["people"])
    columns = (words["level_label"], words["name_label"], words["side_label"])
    return Table(columns, rows or ((words["nobody"], "", ""),), (3, 4, 2))


def _steps(facts: dict[str, Any], words: dict[str, str], said: PaperWords) -> Table:
    columns = (words["when_label"], words["who_label"], words["what_label"])
    rows = tuple(
        (
            said.instant(step["at"], facts["zone"]),
            f"{step['person']['name']} ({step['person']['party']})",
            said.say("disputes/paper_lines", "step", {"row": step}),
        )
        for step in facts["steps"]
    )
    return Table(columns, rows, (4, 3, 7))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
