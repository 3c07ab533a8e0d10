"""The joint record of a workplan that both parties have adopted: its items, its fingerprint and the adoptions."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.agreement.rights import Role
from bot.agreement.workplan_adoptions import WorkplanAdopted
from bot.agreement.workplan_contents import content
from bot.agreement.workplans import get_workplan
from bot.cards.facts import area_title
from bot.cards.workplans import workplan_facts
from bot.journal import Line
from bot.letters import instant, say, term
from bot.papers import Paper, Section, Table, file_paper
from bot.shapes import plain


def write_workplan_record(desk: Desk, entry: Line, event: WorkplanAdopted) -> Record:
    """Make, number and store the record of a workplan that is in force now."""
    facts = {**workplan_facts(desk, event.workplan_id), **event.facts()}
    said = content(desk, get_workplan(desk.session, event.workplan_id))
    paper = Paper(
        title=_word("title", facts),
        verdict=_word("verdict", facts),
        sections=(_head(facts), _adoptions(facts), _items(desk, said["items"])),
    )
    return file_paper(desk, entry, event.subject, paper)


def _word(part: str, facts: dict[str, Any]) -> str:
    return plain(say("workplans/record", part, facts))


def _head(facts: dict[str, Any]) -> Section:
    names = ["in_force", "sha256", "number_of_items"]
    names += ["replaces"] if facts["replaced"] else []
    names += ["late"] if facts["days_late"] else []
    pairs = tuple((_word(f"{name}_label", facts), _word(name, facts)) for name in names)
    return Section(_word("head", facts), pairs, (_word("funding", facts),))


def _adoptions(facts: dict[str, Any]) -> Section:
    rows = tuple(
        (row["party"], row["name"], ", ".join(term(Role(role)) for role in row["roles"]), _at(row, facts))
        for row in facts["adoptions"]
    )
    columns = tuple(_word(name, facts) for name in ("party", "name", "capacity", "at"))
    return Section(_word("adoptions", facts), table=Table(columns, rows, (1, 2, 3, 4)))


def _at(row: dict[str, Any], facts: dict[str, Any]) -> str:
    return instant(row["at"], facts["zone"])


def _items(desk: Desk, items: list[dict[str, Any]]) -> Section:
    names = ("item", "what", "area", "lead", "measure", "due", "follows")
    columns = tuple(_word(name, {}) for name in names)
    rows = tuple(tuple(_word(f"{name}_cell", _cells(desk, item)) for name in names) for item in items)
    return Section(_word("items", {}), table=Table(columns, rows, (3, 7, 4, 4, 6, 4, 3)))


def _cells(desk: Desk, item: dict[str, Any]) -> dict[str, Any]:
    lead = desk.definition.party(item["lead_party"]).abbreviation if item["lead_party"] else ""
    return {**item, "area_title": area_title(desk, item["area"]), "lead": lead}
