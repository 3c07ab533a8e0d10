"""VII.3: a party adds to its draft a clause that the Agreement does not have, with what falls due under it."""

import re
from dataclasses import dataclass
from datetime import date

from bot.agreement.amending import ChangedPart
from bot.agreement.amendment_drafts import AmendmentRedrafted, put_in, to_add
from bot.agreement.amendment_values import length, told_steps
from bot.agreement.amendments import Amendment, AmendmentChange, AmendmentFieldEmpty
from bot.agreement.definition_values import Survival
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.new_duties import DutyRule, NewDuty
from bot.agreement.time_limits import MonthDayRefused, fixed_day

NUMBER = re.compile(r"[IVX]{1,5}(\.\d{1,2}(-\d{1,2})?)?(\([a-z]\))?")
"""How a clause is numbered here: an article, its paragraph, a sentence of it, and a letter."""
LEAP = 2000
"""A year that has every day a year may have."""


@dataclass
class ClauseNumberRefused(FieldError):
    """This is no number that a clause of the Agreement could have."""

    routine = "amendments"
    text: str


@dataclass
class DayOfYearRefused(FieldError):
    """The month has no such day."""

    routine = "amendments"


@dataclass(frozen=True, kw_only=True)
class TypedClause:
    """What the form says of a new clause; `owed` is a party, or empty where both owe it."""

    rule_of_dates: str
    clause_id: str = ""
    heading: str = ""
    summary: str = ""
    rule: str = ""
    number: str = ""
    unit: str = ""
    month: str = ""
    day: date | None = None
    owed: str = ""
    evidence: str = ""
    survival: str = Survival.NONE
    steps: str = ""


def add_clause(desk: Desk, *, amendment_id: int, typed: TypedClause, through: str) -> AmendmentRedrafted:
    """Add a new clause to a draft, if the agreement can be kept with it."""
    row = to_add(desk, amendment_id, through)
    return put_in(desk, row, _change(row, typed), "clause_id")


def _change(row: Amendment, typed: TypedClause) -> AmendmentChange:
    words = {name: getattr(typed, name).strip() for name in ("heading", "summary", "evidence")}
    for field, text in words.items():
        if not text:
            raise AmendmentFieldEmpty(field)
    return AmendmentChange(
        amendment_id=row.key,
        clause=_number(typed.clause_id),
        part=ChangedPart.NEW,
        value=_duty(typed, words["evidence"]).text,
        present_words="",
        title=words["heading"],
        summary=words["summary"],
        rule=typed.rule.strip(),
    )


def _number(text: str) -> str:
    wanted = text.strip().replace(" ", "")
    if not NUMBER.fullmatch(wanted):
        raise ClauseNumberRefused("clause_id", text.strip())
    return wanted


def _duty(typed: TypedClause, evidence: str) -> NewDuty:
    rule = DutyRule(typed.rule_of_dates)
    counted = rule in (DutyRule.EVERY, DutyRule.WITHIN)
    if rule is DutyRule.BY_DAY and typed.day is None:
        raise AmendmentFieldEmpty("day")
    return NewDuty(
        rule=rule,
        length=length(typed.number.strip(), typed.unit, "number") if counted else "",
        month_day=_month_day(typed) if rule is DutyRule.YEARLY else "",
        day=typed.day.isoformat() if rule is DutyRule.BY_DAY and typed.day else "",
        by=typed.owed,
        evidence=evidence,
        survival=Survival(typed.survival),
        steps=told_steps(typed.steps),
    )


def _month_day(typed: TypedClause) -> str:
    number = typed.number.strip()
    wanted = f"{typed.month}-{number.zfill(2)}"
    try:
        fixed_day(wanted, LEAP)
    except MonthDayRefused as error:
        raise DayOfYearRefused("number") from error
    return wanted
