"""VII.2: the survivor report, a numbered record of both parties: what ended, what lives on, what is to be done."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from bot.agreement.closed_cases import Line, closed_lines, shown
from bot.agreement.desk import Desk
from bot.agreement.survivors import Survivor, Task, survivors, tasks
from bot.cards.endings import basis_facts, life
from bot.letters import day, say, term
from bot.papers import Paper, Section, Table
from bot.shapes import plain


def survivor_paper(desk: Desk, ends_on: date) -> Paper:
    """What the report says; nothing in it is private to one party or restricted."""
    lines = shown(closed_lines(desk.session))
    living = survivors(desk, ends_on)
    facts = {
        "agreement": desk.definition.short_title,
        "parties": tuple(party.abbreviation for party in desk.definition.parties),
        "ends_on": ends_on,
        **basis_facts(desk),
    }
    facts["ended_by"] = plain(facts["ended_by"])
    return Paper(
        title=_say("title", facts),
        verdict=_say("verdict", facts),
        sections=(
            _closed(lines, facts),
            _living(living),
            *(_entries(each) for each in living if each.entries),
            _tasks(tasks(desk, ends_on)),
            Section(_say("kept_heading", {}), paragraphs=(_say("kept", facts),)),
        ),
    )


def _closed(lines: Sequence[Line], facts: Mapping[str, object]) -> Section:
    heading, note = _say("closed_heading", facts), _say("closed_note", {"count": len(lines)})
    rows = tuple((_begun(line.routine), called(line), line.clause) for line in lines)
    table = Table(_columns("routine", "what", "clause"), rows, (3, 6, 2)) if rows else None
    return Section(heading, paragraphs=(note,), table=table)


def called(line: Line) -> str:
    """What a line is called where it stands in a list."""
    return _say("line", {"line": line})


def _living(living: Sequence[Survivor]) -> Section:
    rows = tuple(
        (each.clause, plain(life(each)), _say("basis", {"row": each}), _say("until", {"row": each}))
        for each in living
    )
    table = Table(_columns("clause", "what", "basis", "until"), rows, (2, 7, 4, 3))
    return Section(_say("living_heading", {}), paragraphs=(_say("living_note", {}),), table=table)


def _entries(survivor: Survivor) -> Section:
    rows = tuple(
        (
            row.number,
            row.title,
            plain(term(row.state)) if row.state else "",
            _say("entry_until", {"row": row}),
        )
        for row in survivor.entries
    )
    heading = _say("entries_heading", {"row": survivor})
    return Section(heading, table=Table(_columns("number", "what", "state", "until"), rows, (2, 6, 4, 3)))


def _tasks(found: Sequence[Task]) -> Section:
    note = _say("tasks_note", {"count": len(found)})
    rows = tuple((_begun(row.kind), f"{row.number} {row.title}", row.party, day(row.by)) for row in found)
    table = Table(_columns("task", "what", "party", "by"), rows, (3, 5, 2, 4)) if rows else None
    return Section(_say("tasks_heading", {}), paragraphs=(note, _say("purge_note", {})), table=table)


def _begun(member: StrEnum) -> str:
    """The word for a member as a cell begins with it."""
    word = plain(term(member))
    return word[:1].upper() + word[1:]


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(_say(f"column_{name}", {}) for name in names)


def _say(block: str, facts: Mapping[str, object]) -> str:
    return plain(say("endings/report", block, facts))
