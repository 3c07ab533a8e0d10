"""The joint record of an amendment: both texts, what they move, the signatures and the file with its SHA-256.

It is made in every language both parties work in; what people typed stands in each as they typed it.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from bot.agreement.amending import PERIODS, ChangedPart
from bot.agreement.amendment_moves import Effect, Moved, effect, moves
from bot.agreement.amendment_signatures import AmendmentSealed
from bot.agreement.amendments import Amendment, AmendmentChange, changes, get_amendment
from bot.agreement.definition import Definition
from bot.agreement.definition_values import Basis
from bot.agreement.desk import Desk
from bot.agreement.duty_rules import kept_facts
from bot.agreement.files import Record
from bot.agreement.planning import Planned
from bot.cards.amendments import amendment_facts, duty_words, move_facts
from bot.journal import Line
from bot.paper_words import PaperWords
from bot.papers import Paper, Section, Table, file_papers
from bot.shapes import plain

HEAD = ("number", "purpose", "counts_from", "texts", "digest", "agreed", "file", "confirmed")
MEASURED = PERIODS | {ChangedPart.STEPS}
"""What is one length of time, or several."""


def write_amendment_record(desk: Desk, entry: Line, event: AmendmentSealed) -> tuple[Record, ...]:
    """Make, number and store the record of an amendment that both parties signed, in each language."""
    return file_papers(desk, entry, event.subject, partial(amendment_paper, desk, event.amendment_id))


def amendment_paper(desk: Desk, amendment_id: int, said: PaperWords) -> Paper:
    """What the record says in one language."""
    facts = _facts(said.at(desk), amendment_id, said)
    word = partial(said.say, "amendments/record")
    head = Section(
        word("head", facts), tuple((word(f"{name}_label", facts), word(name, facts)) for name in HEAD)
    )
    changed = [_change(said, each) for each in facts["changes"]]
    sections = (head, *changed, _moved(said, facts), _signed(said, facts))
    return Paper(title=word("title", facts), verdict=word("verdict", facts), sections=sections)


def _facts(desk: Desk, amendment_id: int, said: PaperWords) -> dict[str, Any]:
    """What the words need, with all that the program itself says in the language of the paper."""
    row = get_amendment(desk.session, amendment_id)
    facts = amendment_facts(desk, amendment_id)
    rows = zip(facts["changes"], changes(desk.session, row), strict=True)
    changed = [{**_unescaped(known), **_told(desk.definition, said, each)} for known, each in rows]
    return {**facts, "changes": changed, "moves": _moves(desk, row, said) if facts["moves"] else []}


def _unescaped(change: dict[str, Any]) -> dict[str, Any]:
    """Both values as plain text, for those of which this paper has no words of its own."""
    return {**change, **{name: plain(change[name]) for name in ("present", "value")}}


def _told(definition: Definition, said: PaperWords, row: AmendmentChange) -> dict[str, str]:
    """What is changed, and both values where this paper has words for them."""
    target = row.change.target
    duty = definition.duty(target.duty).title if target.duty else ""
    level = next((one.title for one in definition.levels if one.id == target.level), "")
    told = {"target": said.say("amendments/targets", target.part.value, {"title": duty, "level": level})}
    if target.part is ChangedPart.NEW:
        told |= {"value": duty_words(definition, row.value, said.say)}
    elif target.part is ChangedPart.BASIS or target.part in MEASURED:
        told |= {name: _value(said, target.part, getattr(row, name)) for name in ("present", "value")}
    return told


def _value(said: PaperWords, part: ChangedPart, value: str) -> str:
    basis = Basis(value) if part is ChangedPart.BASIS and value else None
    return said.say("amendments/values", "value", {"value": value, "basis": basis})


def _moves(desk: Desk, row: Amendment, said: PaperWords) -> list[dict[str, Any]]:
    found = effect(desk, row)
    return [_move(found, each, said) for each in moves(desk, found)]


def _move(found: Effect, move: Moved, said: PaperWords) -> dict[str, Any]:
    """One date that moves, with the working of both in the language of the paper."""
    working = {"was": _why(found.before, move.old, said), "now": _why(found.after, move.new, said)}
    return {**move_facts(found, move), **working}


def _why(definition: Definition, planned: Planned | None, said: PaperWords) -> str:
    if planned is None:
        return ""
    days = {"due_on": planned.due_on, "window_start": planned.window_start}
    return said.say("amendments/why", "why", {**kept_facts(definition, planned.duty, planned.level), **days})


def _change(said: PaperWords, facts: dict[str, Any]) -> Section:
    """One clause: what stood there, and what stands there now."""
    names = ["what"] + (["value"] if facts["value"] else []) + ["words"]
    names += [name for name in ("rule", "title") if facts[name]]
    word = partial(said.say, "amendments/record")
    pairs = [(word(f"{name}_label", facts), word(f"change_{name}", facts)) for name in names]
    return Section(word("change", facts), tuple(pairs))


def _moved(said: PaperWords, facts: dict[str, Any]) -> Section:
    """The dates that move; a record of words alone says that none does."""
    heading = said.say("amendments/record", "moved", facts)
    if not facts["moves"]:
        return Section(heading, paragraphs=(said.say("amendments/record", "nothing_moves", facts),))
    names = ("duty", "old", "new", "working")
    return Section(heading, table=_table(said, names, facts["moves"], (4, 3, 3, 7)))


def _signed(said: PaperWords, facts: dict[str, Any]) -> Section:
    names = ("party", "signatory", "capacity", "signed_on")
    signed = [{**each["known"], "abbreviation": each["party"]} for each in facts["signatures"]]
    heading = said.say("amendments/record", "signatures", facts)
    return Section(heading, table=_table(said, names, signed, (2, 4, 4, 4)))


def _table(
    said: PaperWords, names: Sequence[str], rows: Sequence[dict[str, Any]], widths: tuple[int, ...]
) -> Table:
    word = partial(said.say, "amendments/record")
    cells = tuple(tuple(word(f"{name}_cell", {"row": row}) for name in names) for row in rows)
    return Table(tuple(word(name, {}) for name in names), cells, widths)
