"""The numbered joint record of a released text: what went out, its seal, its versions and who cleared it."""

from typing import Any

from bot.agreement.communications import current_version, get_communication
from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.cards.communications import text_facts
from bot.journal import Line
from bot.letters import instant, say, term, words
from bot.papers import Paper, Section, Table, file_paper
from bot.shapes import plain


def write_communication(desk: Desk, entry: Line, communication_id: int) -> Record:
    """Make, number and store the record of one released text."""
    row = get_communication(desk.session, communication_id)
    facts = text_facts(desk, current_version(desk.session, row))
    parts = {name: plain(text) for name, text in words("communications/paper", facts).items()}
    sections = (
        Section(parts["about"], particulars=_particulars(facts, parts)),
        *(_text(language, text) for language, text in facts["texts"].items()),
        *_quotes(facts, parts),
        _clearances(facts, parts),
        _versions(facts, parts),
    )
    return file_paper(desk, entry, row.subject, Paper(parts["title"], parts["verdict"], sections))


def _particulars(facts: dict[str, Any], parts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    said = {
        "kind_label": term(facts["kind"]),
        "audience_label": facts["audience"],
        "outlet_label": facts["outlet"],
        "place_label": plain(facts["place"]),
        "released_label": instant(facts["released_at"], facts["zone"]),
        "strategy_label": parts["strategy"],
        "payer_label": parts["payer"],
        "marks_label": parts["marks"],
        "link_label": facts["link"],
        "seal_label": facts["sha256"],
    }
    return tuple((parts[label], value) for label, value in said.items() if value)


def _text(language: str, text: str) -> Section:
    heading = plain(say("communications/languages", language, {}))
    return Section(heading, paragraphs=tuple(filter(None, map(str.strip, text.splitlines()))))


def _quotes(facts: dict[str, Any], parts: dict[str, str]) -> tuple[Section, ...]:
    said = tuple((quote["who"], quote["words"]) for quote in facts["quotes"])
    return (Section(parts["quotes"], particulars=said),) if said else ()


def _clearances(facts: dict[str, Any], parts: dict[str, str]) -> Section:
    columns = (parts["party"], parts["name"], parts["capacity"], parts["at"])
    rows = tuple(
        (said["party"], said["by"], term(said["capacity"]), instant(said["at"], facts["zone"]))
        for said in facts["clearances"]
    )
    return Section(parts["clearances"], table=Table(columns, rows))


def _versions(facts: dict[str, Any], parts: dict[str, str]) -> Section:
    columns = (parts["version"], parts["made"], parts["seal_label"])
    rows = tuple(
        (str(each.version), instant(each.made_at, facts["zone"]), each.sha256) for each in facts["versions"]
    )
    return Section(parts["versions"], table=Table(columns, rows, (1, 3, 6)))
