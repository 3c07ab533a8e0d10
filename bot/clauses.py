"""The register of clauses as people ask for it: one with its dates, all of an article, or what is nearest."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlmodel import col, select

from bot.agreement.amending import opened, rests, versions
from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Clause
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.overview import definition_facts, row_facts

NEAREST = 4
"""How many clauses are named to somebody who asked for one that does not exist."""
LIKE = 0.4
SHORTEST_WORD = 4
"""From how many letters on a text is looked for in the titles, too."""


@dataclass
class NoSuchClause(FieldError):
    """The agreement has no clause of this number; `nearest` are those that look like it.

    `means` is the clause that is read instead where the text itself refers to this number by mistake.
    """

    routine = "agreement"
    wanted: str
    nearest: tuple[str, ...]
    means: str = ""


def found(desk: Desk, text: str) -> dict[str, Any]:
    """What the register holds on `text`: one clause in full, or a list by article or by a word of the title.

    Raises NoSuchClause.
    """
    wanted = _tidied(text)
    numbered = desk.definition.find_clauses(wanted) if wanted else ()
    clauses = numbered or _titled(desk.definition, wanted)
    if not clauses:
        raise _no_such_clause(desk.definition, wanted)
    return {
        **definition_facts(desk.definition),
        "wanted": wanted,
        "by_title": not numbered,
        "clauses": clauses,
        "single": _single(desk, clauses[0]) if len(clauses) == 1 else None,
    }


def _tidied(text: str) -> str:
    """A number as the register writes it: "IV 1" is IV.1."""
    return re.sub(r"^([IVX]+)\.?\s+(?=\d)", r"\1.", text.strip(), flags=re.IGNORECASE)


def _titled(definition: Definition, word: str) -> tuple[Clause, ...]:
    if len(word) < SHORTEST_WORD:
        return ()
    return tuple(clause for clause in definition.clauses if word.casefold() in clause.title.casefold())


def _single(desk: Desk, clause: Clause) -> dict[str, Any]:
    definition = desk.definition
    parts = [part.id for part in definition.clauses if part.id.startswith((f"{clause.id}(", f"{clause.id}-"))]
    return {
        "clause": clause,
        "article": definition.articles.get(clause.article, ""),
        "parts": parts,
        "prevails_by": _prevails_by(definition, clause),
        "xrefs": [xref for xref in definition.xrefs if xref.clause == clause.id],
        "dates": _dates(desk, clause),
        "past": _past(desk, clause),
        "superseded": [one for one in definition.supersedes if one.clause == clause.id],
        "since": definition.event("entry_into_force"),
        "versions": versions(definition, clause.id),
        "at_rest": opened(definition) is not None and rests(definition, clause.id),
    }


def _prevails_by(definition: Definition, clause: Clause) -> str:
    """The clause by which this one prevails over the rest of the agreement: itself, or what it stands under."""
    heads = [head.id for head in definition.clauses if head.prevails]
    return next((head for head in heads if clause.id == head or clause.id.startswith(f"{head}(")), "")


def _dates(desk: Desk, clause: Clause) -> list[dict[str, Any]]:
    """What is overdue under a clause, and the next date of each of its duties in each scope."""
    query = select(Occurrence).where(
        Occurrence.clause == clause.id, Occurrence.status == OccurrenceStatus.OPEN
    )
    shown: dict[tuple[str, str, bool], Occurrence] = {}
    for row in desk.session.exec(query.order_by(col(Occurrence.due_on), col(Occurrence.id))).all():
        shown.setdefault((row.duty, row.scope, row.due_on < desk.today), row)
    return [row_facts(desk, row) for row in shown.values()]


def _past(desk: Desk, clause: Clause) -> int:
    """How many earlier dates under a clause still want evidence."""
    query = select(Occurrence.id).where(
        Occurrence.clause == clause.id, Occurrence.status == OccurrenceStatus.UNKNOWN
    )
    return len(desk.session.exec(query).all())


def _no_such_clause(definition: Definition, wanted: str) -> NoSuchClause:
    numbers = {clause.id.casefold(): clause.id for clause in definition.clauses}
    article = wanted.casefold().partition(".")[0]
    siblings = [number for number in numbers if number.startswith(f"{article}.")]
    alike = get_close_matches(wanted.casefold(), siblings or numbers, n=NEAREST, cutoff=LIKE)
    mistaken = (
        xref.means for xref in definition.xrefs if wanted and xref.written.split()[-1] == wanted.upper()
    )
    return NoSuchClause("clause", wanted, tuple(numbers[number] for number in alike), next(mistaken, ""))
