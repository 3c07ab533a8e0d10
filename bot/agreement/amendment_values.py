"""VII.3: what a form says of one change, as the row that is kept of it."""

from dataclasses import dataclass

from bot.agreement.amending import PERIODS, WORDED, ChangedPart, present, target_named
from bot.agreement.amendments import Amendment, AmendmentChange, AmendmentFieldEmpty
from bot.agreement.definition_values import OPEN_TERM, Basis
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.time_limits import Period, PeriodRefused

LONGEST = 600
"""The largest number of months or years, and of anything else, that a period of an amendment may have."""


@dataclass
class NothingChanged(FieldError):
    """What was typed is what stands there now."""

    routine = "amendments"


@dataclass
class LengthRefused(FieldError):
    """This is no length of time that can be counted here."""

    routine = "amendments"
    text: str


@dataclass
class LengthNotWanted(FieldError):
    """A term without a stated end has no length."""

    routine = "amendments"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a form says of one change: a number with its unit, or a list of lengths, or a basis; and words.

    `ending` says, of a term, whether it has a stated end.
    """

    ending: str = ""
    number: str = ""
    unit: str = ""
    steps: str = ""
    basis: str = ""
    title: str = ""
    summary: str = ""
    rule: str = ""


def change_of(desk: Desk, row: Amendment, clause_id: str, name: str, typed: Typed) -> AmendmentChange:
    """One change as a row; words that are as they were are left out."""
    clause = desk.definition.clause(clause_id)
    target = target_named(desk.definition, clause_id, name)
    stands, value = present(desk.definition, target), _value(target.part, typed)
    words = {part: getattr(typed, part).strip() for part in WORDED}
    changed = {part: text for part, text in words.items() if text and text != getattr(clause, part)}
    if target.part is not ChangedPart.REPEAL and value == stands and not (changed and not stands):
        raise NothingChanged(field_of(target.part))
    return AmendmentChange(
        amendment_id=row.key,
        clause=clause_id,
        part=target.part,
        duty=target.duty,
        level=target.level,
        present=stands,
        value=value,
        present_words=clause.summary,
        **changed,
    )


def field_of(part: ChangedPart) -> str:
    """The field of the form that says what it becomes."""
    if part in PERIODS:
        return "number"
    own = {ChangedPart.STEPS: "steps", ChangedPart.BASIS: "basis", ChangedPart.REPEAL: "sure"}
    return own.get(part, "summary")


def _value(part: ChangedPart, typed: Typed) -> str:
    if part is ChangedPart.INITIAL and typed.ending == OPEN_TERM:
        if typed.number.strip():
            raise LengthNotWanted("number")
        return OPEN_TERM
    if part in PERIODS:
        return length(typed.number.strip(), typed.unit, "number")
    if part is ChangedPart.STEPS:
        return " ".join(told_steps(typed.steps))
    return Basis(typed.basis).value if part is ChangedPart.BASIS else ""


def told_steps(text: str) -> tuple[str, ...]:
    """How long before a due date people are reminded of it, as they write it: with commas between."""
    lengths = [_told(each) for each in text.replace(";", ",").split(",") if each.strip()]
    if not lengths:
        raise AmendmentFieldEmpty("steps")
    return tuple(dict.fromkeys(lengths))


def _told(text: str) -> str:
    """One length of time as people write it: 6 months, 30 days, or “on the day”."""
    number, _, unit = text.strip().partition(" ")
    units = {"day": "D", "week": "W", "month": "M", "year": "Y"}
    if number == "0":
        return "P0D"
    letter = units.get(unit.strip().lower().removesuffix("s"), "")
    if letter == "W" and number.isdecimal() and len(number) <= 3:
        return length(str(7 * int(number)), "D", "steps", text)
    return length(number, letter, "steps", text)


def length(number: str, unit: str, field: str, text: str = "") -> str:
    """A whole number of some unit as an ISO 8601 period. Raises LengthRefused at the form's `field`."""
    if not number.isdecimal() or not unit or len(number) > 3 or not 0 < int(number) <= LONGEST:
        raise LengthRefused(field, text or number)
    try:
        return str(Period.parse(f"P{int(number)}{unit}"))
    except PeriodRefused as error:
        raise LengthRefused(field, text or number) from error
