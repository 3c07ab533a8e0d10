"""VII.3: a clause that an amendment brings, with what falls due under it, as a definition file would say it."""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from json import dumps, loads
from typing import Any

from bot.agreement.definition_values import Audience, Basis, DutyKind, Mode, Survival


class DutyRule(StrEnum):
    """How the due dates of a new duty follow; what is kept by channel, or hangs on the term, is not offered."""

    YEARLY = "yearly"
    """On the same day of each year."""
    EVERY = "every"
    """Again and again, after so many days, months or years, counted from the amendment's day."""
    WITHIN = "within"
    """Once, within a length of time from the amendment's day."""
    BY_DAY = "by_day"
    """Once, by a day that the clause states."""


@dataclass(frozen=True, kw_only=True)
class NewDuty:
    """What falls due under the new clause.

    `length` is an ISO 8601 period, `month_day` MM-DD and `day` an ISO 8601 day, each as the rule wants it. `by` is
    the party that owes it, empty where both do. `steps` are how long before each due date people are reminded.
    """

    rule: DutyRule
    length: str = ""
    month_day: str = ""
    day: str = ""
    by: str = ""
    evidence: str = ""
    survival: Survival = Survival.NONE
    steps: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it is kept in the row of a change; both parties agree to exactly this."""
        return dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @property
    def stated_day(self) -> date | None:
        """The one day by which it is due, if the clause states one."""
        return date.fromisoformat(self.day) if self.day else None


def read_duty(text: str) -> NewDuty:
    """What `NewDuty.text` says."""
    told = loads(text)
    enums = {"rule": DutyRule(told["rule"]), "survival": Survival(told["survival"])}
    return NewDuty(**{**told, **enums, "steps": tuple(told["steps"])})


def clause_row(clause_id: str, words: dict[str, str], duty: NewDuty, owed_by: str) -> dict[str, Any]:
    """The new clause as a row of a definition file; `words` are its title, summary and time rule."""
    return {
        "id": clause_id,
        **{name: text for name, text in words.items() if text},
        "modes": [Mode.COMMITMENT.value],
        "who": owed_by,
        "survival": duty.survival.value,
        "evidence": duty.evidence,
        "serves": ["/agreement due"],
    }


def duty_row(clause_id: str, title: str, duty: NewDuty, on: date) -> dict[str, Any]:
    """What falls due under it as a row of a definition file, counted from the amendment's day `on`."""
    return {
        "id": f"duty-{clause_id}",
        "clause": clause_id,
        "title": title,
        "since": duty.stated_day or on,
        **_dates(duty),
        "by": [duty.by] if duty.by else [],
        "steps": list(duty.steps),
        "basis": Basis.TEXT.value,
        # Both read what falls due, and where one states that it was done, the other confirms it.
        "audience": Audience.AGREEMENT.value,
        "settle": True,
    }


def _dates(duty: NewDuty) -> dict[str, Any]:
    match duty.rule:
        case DutyRule.YEARLY:
            return {"kind": DutyKind.CALENDAR.value, "month_day": duty.month_day}
        case DutyRule.EVERY:
            return {"kind": DutyKind.EVERY.value, "every": duty.length}
        case DutyRule.WITHIN:
            return {"kind": DutyKind.ONCE.value, "first": duty.length}
        case DutyRule.BY_DAY:
            return {"kind": DutyKind.ONCE.value}
