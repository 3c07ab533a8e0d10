"""IX.1 and IX.2-4: the joint record of what both parties had settled before a project started."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.agreement.project_data import DataPrinciple
from bot.agreement.project_gates import Gate, gates_of
from bot.agreement.project_stages import ProjectStarted
from bot.agreement.projects import get_project
from bot.cards.project_gates import gate_facts
from bot.cards.projects import gate_line
from bot.journal import Line
from bot.letters import day, say, term, words
from bot.papers import Paper, Section, Table, file_paper
from bot.shapes import plain


def write_project_record(desk: Desk, entry: Line, event: ProjectStarted) -> Record:
    """Make, number and store the record of a start."""
    row = get_project(desk.session, event.project_id)
    gates = gates_of(desk.session, row.key)
    facts = {**gate_facts(desk, row, gates[Gate.DATA]), **event.facts()}
    said = {name: plain(text) for name, text in words("projects/paper", facts).items()}
    sections = (
        Section(said["project_heading"], _particulars(facts, said)),
        _gates([gate_line(desk, gate) for gate in gates.values()], said, facts["zone"]),
        _items(facts, said),
        _results(facts, said),
        _data(facts, said),
        *_register(facts, said),
    )
    return file_paper(desk, entry, event.subject, Paper(said["title"], said["verdict"], sections))


def _particulars(facts: dict[str, Any], said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        (said["number_label"], facts["number"]),
        (said["title_label"], facts["title"]),
        (said["place_label"], plain(facts["place"])),
        (said["lead_label"], facts["lead"]),
        (said["days_label"], said["days"]),
        (said["started_label"], said["started"]),
    )


def _gates(gates: list[dict[str, Any]], said: dict[str, str], zone: str) -> Section:
    names = ("gate_label", "answered_label", "confirmed_label", "basis_label")
    rows = tuple(
        (
            f"{term(gate['gate']).capitalize()} ({gate['gate_clause']})",
            _who(gate, "proposer", "proposed_at", zone),
            _who(gate, "settler", "settled_at", zone),
            plain(say("projects/paper_lines", "basis", {"row": gate})),
        )
        for gate in gates
    )
    columns = tuple(said[name] for name in names)
    return Section(said["gates_heading"], table=Table(columns, rows, (4, 4, 4, 4)))


def _who(gate: dict[str, Any], who: str, at: str, zone: str) -> str:
    facts = {**gate[who], "gate": gate["gate"], "at": gate[at], "zone": zone}
    return plain(say("projects/paper_lines", "who", facts))


def _items(facts: dict[str, Any], said: dict[str, str]) -> Section:
    rows = tuple((row["item"], f"{row['owner']['name']} ({row['owner']['party']})") for row in facts["items"])
    columns = (said["item_label"], said["owner_label"])
    return Section(said["items_heading"], table=Table(columns, rows, (7, 4)))


def _results(facts: dict[str, Any], said: dict[str, str]) -> Section:
    rows = tuple(
        (row["result"], term(row["result_kind"]), row["owner"], row["licence"]) for row in facts["results"]
    )
    names = ("result_label", "kind_label", "result_owner_label", "licence_label")
    columns = tuple(said[name] for name in names)
    return Section(said["results_heading"], table=Table(columns, rows, (5, 3, 3, 5)))


def _data(facts: dict[str, Any], said: dict[str, str]) -> Section:
    """What each party answered: a column for each, unless no personal data are processed."""
    paragraphs = tuple(line for line in said["data_intro"].splitlines() if line.strip())
    checks = facts["checks"]
    if not all(each["check"]["processes"] for each in checks):
        return Section(said["data_heading"], paragraphs=paragraphs)
    given = [dict(each["check"]["answers"]) for each in checks]
    rows = tuple(
        (term(principle).capitalize(), *(term(answers[principle]) for answers in given))
        for principle in DataPrinciple
    )
    columns = (said["principle_label"], *(each["party"] for each in checks))
    return Section(said["data_heading"], paragraphs=paragraphs, table=Table(columns, rows))


def _register(facts: dict[str, Any], said: dict[str, str]) -> tuple[Section, ...]:
    if not facts["entries"]:
        return ()
    rows = tuple(
        (
            row["party"],
            f"{row['data']} ({row['whose']})",
            row["purpose"],
            f"{row['kept_at']}; {row['transfers'] or said['nobody']}",
            day(row["retention_until"]),
        )
        for row in facts["entries"]
    )
    names = ("held_by_label", "data_label", "purpose_label", "kept_label", "retention_label")
    columns = tuple(said[name] for name in names)
    return (Section(said["register_heading"], table=Table(columns, rows, (2, 5, 4, 4, 3))),)
