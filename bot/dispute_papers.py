"""VIII: the joint record of a dispute that was settled, for those who may know of it and nobody else."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.dispute_notes import DisputeNote
from bot.agreement.disputes import Dispute, log, named
from bot.agreement.files import Record
from bot.agreement.time_limits import civil_day
from bot.cards.facts import person_facts
from bot.journal import Line
from bot.letters import day, instant, term, words
from bot.papers import Paper, Section, Table, file_paper
from bot.shapes import plain


def write_settlement(desk: Desk, entry: Line, row: Dispute, note: DisputeNote) -> Record:
    """Make and file the record: the dispute, who was named, every step, and the note in its exact words."""
    facts = settlement_facts(desk, row, note)
    said = {name: plain(text) for name, text in words("disputes/paper", facts).items()}
    paper = Paper(
        title=said["title"],
        verdict=said["verdict"],
        sections=(
            Section(said["dispute_heading"], _particulars(facts, said)),
            Section(said["about_heading"], paragraphs=_lines(row.about)),
            Section(said["sought_heading"], paragraphs=_lines(row.sought)),
            Section(said["people_heading"], table=_people(facts, said)),
            Section(said["steps_heading"], table=_steps(facts, said)),
            Section(said["note_heading"], _note(note, said), _lines(note.text)),
            Section(said["agreed_heading"], paragraphs=_lines(said["agreed"])),
        ),
    )
    return file_paper(desk, entry, row.subject, paper)


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


def _particulars(facts: dict[str, Any], said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        (said["number_label"], facts["number"]),
        (said["title_label"], facts["dispute"]),
        (said["clauses_label"], ", ".join(facts["clauses"])),
        (said["party_label"], facts["party"]),
        (said["sent_label"], day(facts["sent_on"])),
    )


def _people(facts: dict[str, Any], said: dict[str, str]) -> Table:
    rows = tuple((term(one["level"]), one["name"], one["party"]) for one in facts["people"])
    columns = (said["level_label"], said["name_label"], said["side_label"])
    return Table(columns, rows or ((said["nobody"], "", ""),), (3, 4, 2))


def _steps(facts: dict[str, Any], said: dict[str, str]) -> Table:
    columns = (said["when_label"], said["who_label"], said["what_label"])
    rows = tuple(
        (
            instant(step["at"], facts["zone"]),
            f"{step['person']['name']} ({step['person']['party']})",
            f"{term(step['deed'])}: {step['text']}" if step["text"] else term(step["deed"]),
        )
        for step in facts["steps"]
    )
    return Table(columns, rows, (3, 3, 7))


def _note(note: DisputeNote, said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return ((said["hash_label"], note.sha256),)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
