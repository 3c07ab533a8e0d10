"""VI.1: "in each case" is one product and one period; what an approver may allow less or, expressly, more of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.emblem_plans import DayPassed, PeriodBackwards
from bot.agreement.emblems import EmblemRequest
from bot.agreement.errors import FieldError
from bot.agreement.people import Refusal


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How far an approval goes: without a day until the day asked for, and for one product unless ticked."""

    use_until: date | None = None
    whole_series: bool = False


@dataclass
class UntilLonger(FieldError):
    """An approval may be for a shorter period than was asked for, and never for a longer one."""

    routine = "emblems"
    asked: date


@dataclass
class NoSeries(FieldError):
    """There is no series to approve: none is described, or the parties' reading allows for none."""

    routine = "emblems"


@dataclass
class PeriodOver(Refusal):
    """The period that was asked for has passed: there is nothing left to approve beforehand."""

    routine = "emblems"
    number: str
    use_until: date


def series_allowed(desk: Desk) -> bool:
    """Whether a series can be one case, where its approver ticks it expressly."""
    return str(desk.definition.policy("permission.case_scope")) == "series_if_ticked"


def granted_values(desk: Desk, row: EmblemRequest, terms: Terms) -> dict[str, Any]:
    """What an approval on these terms puts on record; the use it is for begins anew."""
    if row.use_until < desk.today:
        raise PeriodOver(row.number, row.use_until)
    until = terms.use_until or row.use_until
    _check_until(desk, row, until)
    if terms.whole_series and not (row.series.strip() and series_allowed(desk)):
        raise NoSeries("whole_series")
    asked = row.use_until if until < row.use_until else row.asked_until
    return {
        "use_until": until,
        "asked_until": asked,
        "whole_series": terms.whole_series,
        "use_began_on": None,
    }


def _check_until(desk: Desk, row: EmblemRequest, until: date) -> None:
    if until > row.use_until:
        raise UntilLonger("use_until", row.use_until)
    if until < row.use_from:
        raise PeriodBackwards("use_until", row.use_from)
    if until < desk.today:
        raise DayPassed("use_until", desk.today)
