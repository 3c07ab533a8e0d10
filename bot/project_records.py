"""IX.1 and IX.2-4: the joint record of what both parties had settled before a project started.

It is made in every language both parties work in; what people typed stands in each as they typed it.
"""

from functools import partial
from typing import Any

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.agreement.project_data import DataPrinciple
from bot.agreement.project_gates import Gate, gates_of
from bot.agreement.project_results import SharedOwner, results_of
from bot.agreement.project_stages import ProjectStarted
from bot.agreement.projects import get_project
from bot.cards.project_gates import gate_facts
from bot.cards.projects import gate_line
from bot.journal import Line
from bot.paper_words import PaperWords
from bot.papers import Paper, Section, Table, file_papers

Words = dict[str, str]
"""The parts of the template of the record."""


def write_project_record(desk: Desk, entry: Line, event: ProjectStarted) -> tuple[Record, ...]:
    """Make, number and store the record of a start in each language."""
    return file_papers(desk, entry, event.subject, partial(project_paper, desk, event.project_id))


def project_paper(desk: Desk, project_id: int, said: PaperWords) -> Paper:
    """What the record says in one language."""
    desk = said.at(desk)
    row = get_project(desk.session, project_id)
    gates = gates_of(desk.session, row.key)
    facts = gate_facts(desk, row, gates[Gate.DATA])
    words = said.parts("projects/paper", facts)
    channel = get_channel(desk.session, row.channel_id)
    place = said.say("channels/places", channel.level.value, {"scope": channel.scope})
    sections = (
        Section(words["project_heading"], _particulars(facts, words, place)),
        _gates([gate_line(desk, gate) for gate in gates.values()], words, said, facts["zone"]),
        _items(facts, words),
        _results(desk, row.key, words, said),
        _data(facts, words, said),
        *_register(facts, words, said),
    )
    return Paper(words["title"], words["verdict"], sections)


def _particulars(facts: dict[str, Any], words: Words, place: str) -> tuple[tuple[str, str], ...]:
    return (
        (words["number_label"], facts["number"]),
        (words["title_label"], facts["title"]),
        (words["place_label"], place),
        (words["lead_label"], facts["lead"]),
        (words["days_label"], words["days"]),
        (words["started_label"], words["started"]),
    )


def _gates(gates: list[dict[str, Any]], words: Words, said: PaperWords, zone: str) -> Section:
    names = ("gate_label", "answered_label", "confirmed_label", "basis_label")
    rows = tuple(
        (
            f"{_begun(said.term(gate['gate']))} ({gate['gate_clause']})",
            _who(gate, "proposer", "proposed_at", said, zone),
            _who(gate, "settler", "settled_at", said, zone),
            said.say("projects/paper_lines", "basis", {"row": gate}),
        )
        for gate in gates
    )
    columns = tuple(words[name] for name in names)
    return Section(words["gates_heading"], table=Table(columns, rows, (3, 4, 4, 5)))


def _begun(words: str) -> str:
    """Words as they stand at the beginning of a line."""
    return words[:1].upper() + words[1:]


def _who(gate: dict[str, Any], who: str, at: str, said: PaperWords, zone: str) -> str:
    facts = {**gate[who], "gate": gate["gate"], "at": gate[at], "zone": zone}
    return said.say("projects/paper_lines", "who", facts)


def _items(facts: dict[str, Any], words: Words) -> Section:
    rows = tuple((row["item"], f"{row['owner']['name']} ({row['owner']['party']})") for row in facts["items"])
    columns = (words["item_label"], words["owner_label"])
    return Section(words["items_heading"], table=Table(columns, rows, (7, 4)))


def _results(desk: Desk, project_id: int, words: Words, said: PaperWords) -> Section:
    rows = tuple(
        (row.result, said.term(row.kind), _owner(desk, row.owner, said), row.licence)
        for row in results_of(desk.session, project_id)
    )
    names = ("result_label", "kind_label", "result_owner_label", "licence_label")
    columns = tuple(words[name] for name in names)
    return Section(words["results_heading"], table=Table(columns, rows, (5, 3, 3, 5)))


def _owner(desk: Desk, owner: str, said: PaperWords) -> str:
    shared = owner in set(SharedOwner)
    return said.term(SharedOwner(owner)) if shared else desk.definition.party(owner).abbreviation


def _data(facts: dict[str, Any], words: Words, said: PaperWords) -> Section:
    """What each party answered: a column for each, unless no personal data are processed."""
    paragraphs = tuple(line for line in words["data_intro"].splitlines() if line.strip())
    checks = facts["checks"]
    if not all(each["check"]["processes"] for each in checks):
        return Section(words["data_heading"], paragraphs=paragraphs)
    given = [dict(each["check"]["answers"]) for each in checks]
    rows = tuple(
        (_begun(said.term(principle)), *(said.term(answers[principle]) for answers in given))
        for principle in DataPrinciple
    )
    columns = (words["principle_label"], *(each["party"] for each in checks))
    return Section(words["data_heading"], paragraphs=paragraphs, table=Table(columns, rows))


def _register(facts: dict[str, Any], words: Words, said: PaperWords) -> tuple[Section, ...]:
    if not facts["entries"]:
        return ()
    rows = tuple(
        (
            row["party"],
            f"{row['data']} ({row['whose']})",
            row["purpose"],
            said.say("projects/paper_lines", "kept", {"row": row}),
            said.day(row["retention_until"]),
        )
        for row in facts["entries"]
    )
    names = ("held_by_label", "data_label", "purpose_label", "kept_label", "retention_label")
    columns = tuple(words[name] for name in names)
    return (Section(words["register_heading"], table=Table(columns, rows, (2, 5, 4, 4, 3))),)
