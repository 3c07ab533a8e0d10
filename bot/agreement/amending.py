"""VII.3: an agreement and what an amendment changes in it → the agreement as amended, checked like any other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from bot.agreement.calendars import GenevaCalendar
from bot.agreement.civil_days import shift
from bot.agreement.definition import Definition
from bot.agreement.definition_checks import check
from bot.agreement.definition_file import Document, Problem
from bot.agreement.definition_parts import Clause, Duty
from bot.agreement.definition_values import OPEN_TERM, TERM_END, DutyKind, Scope
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.new_duties import clause_row, duty_row, read_duty
from bot.agreement.periods import Period
from bot.agreement.time_limits import DateRefused, PeriodRefused, safe_notice


class ChangedPart(StrEnum):
    """What of a clause an amendment changes, besides its words."""

    WORDS = "words"
    """Nothing but the words."""
    INITIAL = "initial"
    """How long the agreement first runs."""
    NOTICE = "notice"
    """How long a notice runs."""
    FIRST = "first"
    """How long after its event something is first due."""
    EVERY = "every"
    """How often something is due."""
    LEVEL = "level"
    """How often something is due in the channels of one level."""
    STEPS = "steps"
    """How long before a due date the parties are reminded."""
    BASIS = "basis"
    """Whether the text or a working rule sets the dates."""
    REPEAL = "repeal"
    """The clause as a whole: it is repealed."""
    NEW = "new"
    """A clause that there was not, with what falls due under it."""


TERM = frozenset({ChangedPart.INITIAL, ChangedPart.NOTICE})
PERIODS = TERM | {ChangedPart.FIRST, ChangedPart.EVERY, ChangedPart.LEVEL}
"""What is a length of time."""
FIGURES = re.compile(r"\d+")
WORDED = ("title", "summary", "rule")
"""The words of a clause that an amendment may change."""
REPEATED = frozenset({DutyKind.EVERY, DutyKind.WINDOW})
COUNTED = REPEATED | {DutyKind.ONCE}


@dataclass(frozen=True)
class Target:
    """One thing under a clause that can be changed; `duty` and `level` say which, where there are several."""

    part: ChangedPart
    duty: str = ""
    level: str = ""

    @property
    def name(self) -> str:
        """How a form calls it."""
        return ":".join((self.part.value, self.duty, self.level))


@dataclass(frozen=True)
class Change:
    """One change of one clause: the new value, if it is of a dated thing, and the words that are to stand there.

    `value` is an ISO 8601 period, several of them with spaces between, a basis, or that a term has no stated end.
    Words that are empty stay.
    """

    clause: str
    target: Target
    value: str = ""
    title: str = ""
    summary: str = ""
    rule: str = ""


@dataclass
class ChangeRefused(FieldError):
    """With this change the agreement could not be kept: its dates could not be counted."""

    routine = "amendments"


@dataclass
class TermWouldBeOver(FieldError):
    """With this change the term would have ended before the amendment takes effect."""

    routine = "amendments"
    term_end: date
    effective_on: date


@dataclass
class ClauseRepealed(FieldError):
    """An amendment has repealed this clause: nothing is left to be changed."""

    routine = "amendments"
    clause: str
    repealed_on: date


@dataclass
class ClauseExists(FieldError):
    """The Agreement has a clause of this number; one that was repealed keeps its number, too."""

    routine = "amendments"
    clause: str


@dataclass
class DayBeforeEffect(FieldError):
    """The new clause states a day that has passed when the amendment takes effect."""

    routine = "amendments"
    day: date
    effective_on: date


@dataclass
class TargetUnknown(AgreementError):
    """The clause has no such thing to be changed."""

    routine = "amendments"
    clause: str


class AmendedDefinition(Definition):
    """An agreement from the day `amended_on` as the amendment `number` made it; `before` is what it was."""

    before: Definition
    amended_on: date
    number: str

    def earlier(self) -> tuple[Definition, date] | None:
        """The agreement before this amendment, and the day from which it counts."""
        return self.before, self.amended_on

    def under(self, readings: Mapping[str, Any]) -> Definition:
        """The same agreement with other answers to its open questions, before the amendment, too."""
        update = {"policies": super().under(readings).policies, "before": self.before.under(readings)}
        return self.model_copy(update=update)


def amended(
    definition: Definition, changes: Sequence[Change], on: date, number: str = ""
) -> AmendedDefinition:
    """The agreement as `changes` leave it from the civil day `on`.

    Raises ChangeRefused, TermWouldBeOver, ClauseRepealed, ClauseExists, DayBeforeEffect and TargetUnknown.
    """
    data = _as_written(definition)
    for each in changes:
        if each.target.part is ChangedPart.NEW:
            _add_clause(data, each, on)
        else:
            _check_clause(definition, each, on)
            _apply(data, each, on)
    problems = {problem.problem for problem in check(Document("", "", data))}
    # What hangs on the end of the term rests while none is stated; it comes back with an end.
    if problems - {Problem.TERM_WITHOUT_END}:
        raise ChangeRefused("value")
    try:
        made = Definition.model_validate(data)
    except ValidationError as error:
        raise ChangeRefused("value") from error
    _check_dates(definition, made, on)
    parts = {name: getattr(made, name) for name in Definition.model_fields}
    return AmendedDefinition.model_construct(
        made.model_fields_set, **parts, before=definition, amended_on=on, number=number
    )


def _as_written(definition: Definition) -> dict[str, Any]:
    """The agreement as a file would say it: only what is stated, in plain values."""
    data: dict[str, Any] = _plain(
        definition.model_dump(exclude_unset=True, exclude={"before", "amended_on", "number"})
    )
    if definition.term.initial is None:
        data["term"]["initial"] = OPEN_TERM
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value.value if isinstance(value, StrEnum) else value


def _add_clause(data: dict[str, Any], change: Change, on: date) -> None:
    duty = read_duty(change.value)
    if change.clause.casefold() in [row["id"].casefold() for row in data["clauses"]]:
        raise ClauseExists("clause", change.clause)
    if duty.stated_day and duty.stated_day < on:
        raise DayBeforeEffect("day", duty.stated_day, on)
    words = {name: getattr(change, name) for name in WORDED}
    owed_by = _row(data["parties"], duty.by)["abbreviation"] if duty.by else "both"
    data["clauses"].append(clause_row(change.clause, words, duty, owed_by))
    data.setdefault("duties", []).append(duty_row(change.clause, change.title, duty, on))


def _check_clause(definition: Definition, change: Change, on: date) -> None:
    clause = definition.clause(change.clause)
    if clause.repealed_on and clause.repealed_on <= on:
        raise ClauseRepealed("clause", clause.id, clause.repealed_on)
    if change.target not in targets(definition, clause.id):
        raise TargetUnknown(clause.id)


def _check_dates(definition: Definition, made: Definition, on: date) -> None:
    """Refuse what cannot be counted, and a term that would be over before the amendment takes effect."""
    try:
        last = made.term_end()
        if last and not Period.parse(made.term.notice).is_zero:
            safe_notice(last, Period.parse(made.term.notice), GenevaCalendar())
    except (DateRefused, PeriodRefused) as error:
        raise ChangeRefused("value") from error
    # A term that was renewed may have ended long ago; what is refused is to end it in the past.
    if last and last < on and last != definition.term_end():
        raise TermWouldBeOver("value", last, on)


def _apply(data: dict[str, Any], change: Change, on: date) -> None:
    clause = _row(data["clauses"], change.clause)
    clause.update({name: getattr(change, name) for name in WORDED if getattr(change, name)})
    target = change.target
    if target.part in TERM:
        data["term"][target.part.value] = change.value
    elif target.part is ChangedPart.REPEAL:
        clause["repealed_on"] = on
        _end_duties(data, change.clause, on)
    elif target.part is ChangedPart.LEVEL:
        _row(data["duties"], target.duty)["levels"][target.level] = change.value
    elif target.part is not ChangedPart.WORDS:
        value = change.value.split() if target.part is ChangedPart.STEPS else change.value
        _row(data["duties"], target.duty)[target.part.value] = value


def _end_duties(data: dict[str, Any], clause: str, on: date) -> None:
    """Nothing falls due any more under a clause that is repealed; what fell due before is kept."""
    for duty in data.get("duties", []):
        if duty["clause"] == clause:
            duty["until"] = shift(on, -1)


def _row(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(row for row in rows if row["id"] == name)


def targets(definition: Definition, clause_id: str) -> tuple[Target, ...]:
    """What can be changed under a clause: its words, its dates, and the clause as a whole."""
    term = definition.term
    found = [Target(ChangedPart.WORDS)]
    if clause_id == term.clause:
        found.append(Target(ChangedPart.INITIAL))
    if clause_id in (term.notice_clause, term.renewal_clause) and not Period.parse(term.notice).is_zero:
        found.append(Target(ChangedPart.NOTICE))
    for duty in definition.duties:
        found += _of_duty(duty) if duty.clause == clause_id else []
    # Without the clauses on the term and its notice the Agreement would have neither: those can only be changed.
    carrying = clause_id in (term.clause, term.renewal_clause, term.notice_clause)
    return tuple(found) if carrying else (*found, Target(ChangedPart.REPEAL))


def _of_duty(duty: Duty) -> list[Target]:
    found = []
    if duty.kind in COUNTED and duty.anchor != TERM_END:
        found.append(Target(ChangedPart.FIRST, duty.id))
    if duty.per is Scope.CHANNEL:
        found += [Target(ChangedPart.LEVEL, duty.id, level) for level in duty.levels]
    elif duty.kind in REPEATED:
        found.append(Target(ChangedPart.EVERY, duty.id))
    return [*found, Target(ChangedPart.STEPS, duty.id), Target(ChangedPart.BASIS, duty.id)]


def target_named(definition: Definition, clause_id: str, name: str) -> Target:
    """What a form calls `name`. Raises TargetUnknown."""
    found = next((each for each in targets(definition, clause_id) if each.name == name), None)
    if found is None:
        raise TargetUnknown(clause_id)
    return found


def names_length(rule: str, part: ChangedPart, stands: str) -> bool:
    """Whether the words of a time rule name the length that stands there now: a change makes them wrong."""
    if part not in PERIODS:
        return False
    return bool(set(FIGURES.findall(stands)) & set(FIGURES.findall(rule)))


def present(definition: Definition, target: Target) -> str:
    """The value that stands now; empty for words and for a clause as a whole."""
    if target.part in TERM:
        return getattr(definition.term, target.part.value) or OPEN_TERM
    if not target.duty:
        return ""
    duty = definition.duty(target.duty)
    if target.part is ChangedPart.LEVEL:
        return duty.levels[target.level]
    value = getattr(duty, target.part.value)
    return " ".join(value) if target.part is ChangedPart.STEPS else str(value)


def opened(definition: Definition) -> AmendedDefinition | None:
    """The agreement as the amendment made it that took the stated end off its term; None where it has an end."""
    at = definition
    while isinstance(at, AmendedDefinition) and at.term.initial is None:
        if at.before.term.initial is not None:
            return at
        at = at.before
    return None


def rests(definition: Definition, clause_id: str) -> bool:
    """Whether what falls due under a clause hangs on the end of the term, and the clause does not state that."""
    hanging = [duty for duty in definition.duties if duty.kind is DutyKind.NOTICE or duty.anchor == TERM_END]
    return clause_id != definition.term.clause and clause_id in [duty.clause for duty in hanging]


@dataclass(frozen=True)
class ClauseVersion:
    """How a clause stood from `since` on; `number` is the amendment that made it so, empty for the first text."""

    clause: Clause
    since: date
    number: str


def versions(definition: Definition, clause_id: str) -> list[ClauseVersion]:
    """Every version of a clause whose words or dates an amendment changed, the present one first."""
    found, at = [], definition
    while isinstance(at, AmendedDefinition):
        new = clause_id not in [clause.id for clause in at.before.clauses]
        if new or _says(at, clause_id) != _says(at.before, clause_id):
            found.append(ClauseVersion(at.clause(clause_id), at.amended_on, at.number))
        if new:
            return found
        at = at.before
    first = at.event("entry_into_force")
    return [*found, ClauseVersion(at.clause(clause_id), first, "")]


def _says(definition: Definition, clause_id: str) -> tuple[Any, ...]:
    duties = tuple(duty for duty in definition.duties if duty.clause == clause_id)
    values = tuple(present(definition, target) for target in targets(definition, clause_id))
    return definition.clause(clause_id), duties, values
