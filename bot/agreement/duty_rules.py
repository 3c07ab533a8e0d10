"""Why a duty's due dates are the dates they are: its clause, its event and its periods, as facts for words."""

from datetime import date
from typing import Any

from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Duty
from bot.agreement.definition_values import TERM_END, DutyKind
from bot.agreement.renewed_terms import term_end_on

SINCE = "since"
"""The event of a duty that counts from a day of its own."""


def kept_facts(
    definition: Definition, duty: Duty, level: str = "", due_on: date | None = None
) -> dict[str, Any]:
    """What is the same of all due dates of a duty at one level and in one term: clause, words, and rule."""
    return {
        "clause": duty.clause,
        "duty": duty.id,
        "title": duty.title,
        "summary": definition.clause(duty.clause).summary,
        "owed_by": tuple(definition.party(party).abbreviation for party in duty.by),
        **rule_facts(definition, duty, level, due_on),
    }


def rule_facts(
    definition: Definition, duty: Duty, level: str = "", due_on: date | None = None
) -> dict[str, Any]:
    """The rule behind a duty's dates: its event, its periods, and whether the text or a policy sets them.

    `level` gives the interval of a duty kept channel by channel. A last day for a notice is counted from the
    end of the term in which `due_on` lies, and `first` is then the period of notice.
    """
    notice = duty.kind is DutyKind.NOTICE
    anchor = TERM_END if notice else duty.anchor
    return {
        "kind": duty.kind.value,
        "anchor": SINCE if duty.since else anchor,
        "anchor_on": duty.since or _anchor_on(definition, anchor, due_on),
        "first": definition.term.notice if notice else duty.first,
        "every": duty.levels.get(level) or duty.every or "",
        "basis": duty.basis.value,
        "reading": duty.reading or "",
        "reading_value": str(definition.policy(duty.reading)) if duty.reading else "",
        "reading_question": definition.question(duty.reading) if duty.reading else "",
    }


def _anchor_on(definition: Definition, anchor: str, due_on: date | None) -> date:
    # A renewed term has an end of its own (VII.1-4).
    earlier = definition.earlier()
    # What an amendment took off the plan with the end of the term is explained by the text that had one.
    while anchor == TERM_END and definition.term_end() is None and earlier:
        definition, earlier = earlier[0], earlier[0].earlier()
    in_term = term_end_on(definition, due_on) if anchor == TERM_END and due_on else None
    return in_term or definition.event(anchor)
