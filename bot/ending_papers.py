"""VII.2: the survivor report, a numbered record of both parties: what ended, what lives on, what is to be done.

It is made in every language both parties work in; what people typed stands in each as they typed it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.agreement.closed_cases import Line, Routine, closed_lines, shown
from bot.agreement.desk import Desk
from bot.agreement.survivors import Survivor, Task, survivors, tasks
from bot.cards.endings import basis_in, clause_block
from bot.paper_words import PaperWords
from bot.papers import Paper, Section, Table


def survivor_paper(desk: Desk, ends_on: date, said: PaperWords) -> Paper:
    """What the report says in one language; nothing in it is private to one party or restricted."""
    return _Report(said.at(desk), ends_on, said).paper()


class _Report:
    """One version of the report, while it is written."""

    def __init__(self, desk: Desk, ends_on: date, said: PaperWords) -> None:
        self._desk, self._ends_on, self._said = desk, ends_on, said

    def paper(self) -> Paper:
        definition = self._desk.definition
        living = survivors(self._desk, self._ends_on)
        facts = {
            "agreement": definition.short_title,
            "parties": tuple(party.abbreviation for party in definition.parties),
            "ends_on": self._ends_on,
            **basis_in(self._desk, self._said.say),
        }
        return Paper(
            title=self._say("title", **facts),
            verdict=self._say("verdict", **facts),
            sections=(
                self._closed(shown(closed_lines(self._desk.session)), facts["basis"]),
                self._living(living),
                *(self._entries(each) for each in living if each.entries),
                self._tasks(tasks(self._desk, self._ends_on)),
                Section(self._say("kept_heading"), paragraphs=(self._say("kept", **facts),)),
            ),
        )

    def _closed(self, lines: Sequence[Line], basis: object) -> Section:
        heading, note = self._say("closed_heading", basis=basis), self._say("closed_note", count=len(lines))
        rows = tuple((self._begun(line.routine), self._called(line), line.clause) for line in lines)
        table = Table(self._columns("routine", "what", "clause"), rows, (3, 6, 2)) if rows else None
        return Section(heading, paragraphs=(note,), table=table)

    def _called(self, line: Line) -> str:
        """What a line is called; a due date of the Agreement as this language calls its duty."""
        if line.routine is Routine.LEDGER:
            duty = line.subject.partition(":")[2]
            line = replace(line, title=self._desk.definition.duty(duty).title)
        return self._say("line", line=line)

    def _living(self, living: Sequence[Survivor]) -> Section:
        rows = tuple(
            (each.clause, self._life(each), self._say("basis", row=each), self._say("until", row=each))
            for each in living
        )
        table = Table(self._columns("clause", "what", "basis", "until"), rows, (2, 6, 4, 4))
        return Section(self._say("living_heading"), paragraphs=(self._say("living_note"),), table=table)

    def _life(self, survivor: Survivor) -> str:
        """What a clause means after the end; for one without words of its own, or amended, its summary."""
        block = clause_block(survivor)
        known = self._said.says("endings/clauses", block) and not survivor.amended
        return self._said.say("endings/clauses", block, {}) if known else survivor.summary

    def _entries(self, survivor: Survivor) -> Section:
        rows = tuple(
            (
                row.number,
                row.title,
                self._begun(row.state) if row.state else "",
                self._say("entry_until", row=row),
            )
            for row in survivor.entries
        )
        table = Table(self._columns("number", "what", "state", "until"), rows, (2, 5, 4, 4))
        return Section(self._say("entries_heading", row=survivor), table=table)

    def _tasks(self, found: Sequence[Task]) -> Section:
        note = self._say("tasks_note", count=len(found))
        rows = tuple(
            (self._begun(row.kind), f"{row.number} {row.title}", row.party, self._said.day(row.by))
            for row in found
        )
        table = Table(self._columns("task", "what", "party", "by"), rows, (3, 5, 2, 4)) if rows else None
        paragraphs = (note, self._say("purge_note"))
        return Section(self._say("tasks_heading"), paragraphs=paragraphs, table=table)

    def _begun(self, member: StrEnum) -> str:
        """The word for a member as a cell begins with it."""
        word = self._said.term(member)
        return word[:1].upper() + word[1:]

    def _columns(self, *names: str) -> tuple[str, ...]:
        return tuple(self._say(f"column_{name}") for name in names)

    def _say(self, part: str, **facts: Any) -> str:
        return self._said.say("endings/report", part, facts)
