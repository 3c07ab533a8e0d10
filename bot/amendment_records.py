"""The joint record of an amendment: both texts, what they move, the signatures and the file with its SHA-256."""

from typing import Any

from bot.agreement.amendment_signatures import AmendmentSealed
from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.cards.amendments import amendment_facts
from bot.journal import Line
from bot.letters import say
from bot.papers import Paper, Section, Table, file_paper
from bot.shapes import plain

HEAD = ("number", "purpose", "counts_from", "digest", "agreed", "file", "confirmed")


def write_amendment_record(desk: Desk, entry: Line, event: AmendmentSealed) -> Record:
    """Make, number and store the record of an amendment that both parties signed."""
    facts = {**amendment_facts(desk, event.amendment_id), **event.facts()}
    sections = (_head(facts), *map(_change, facts["changes"]), _moved(facts), _signed(facts))
    paper = Paper(title=_word("title", facts), verdict=_word("verdict", facts), sections=sections)
    return file_paper(desk, entry, event.subject, paper)


def _word(part: str, facts: dict[str, Any]) -> str:
    return plain(say("amendments/record", part, facts))


def _head(facts: dict[str, Any]) -> Section:
    pairs = tuple((_word(f"{name}_label", facts), _word(name, facts)) for name in HEAD)
    return Section(_word("head", facts), pairs)


def _change(facts: dict[str, Any]) -> Section:
    """One clause: what stood there, and what stands there now."""
    names = ["what"] + (["value"] if facts["value"] else []) + ["words"]
    names += [name for name in ("rule", "title") if facts[name]]
    pairs = [(_word(f"{name}_label", facts), _word(f"change_{name}", facts)) for name in names]
    return Section(_word("change", facts), tuple(pairs))


def _moved(facts: dict[str, Any]) -> Section:
    """The dates that move; a record of words alone says that none does."""
    if not facts["moves"]:
        return Section(_word("moved", facts), paragraphs=(_word("nothing_moves", facts),))
    names = ("duty", "old", "new", "working")
    columns = tuple(_word(name, facts) for name in names)
    rows = tuple(tuple(_word(f"{name}_cell", {"row": row}) for name in names) for row in facts["moves"])
    return Section(_word("moved", facts), table=Table(columns, rows, (4, 3, 3, 7)))


def _signed(facts: dict[str, Any]) -> Section:
    names = ("party", "signatory", "capacity", "signed_on")
    columns = tuple(_word(name, facts) for name in names)
    signed = [{**each["known"], "abbreviation": each["party"]} for each in facts["signatures"]]
    rows = tuple(tuple(_word(f"{name}_cell", {"row": row}) for name in names) for row in signed)
    return Section(_word("signatures", facts), table=Table(columns, rows, (2, 4, 4, 4)))
