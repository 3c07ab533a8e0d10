"""Lengths of time as agreements write them: years, months, half months and days, read from ISO 8601."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from bot.agreement.errors import AgreementError

DAYS_OF_HALF_A_MONTH = 15
"""A fraction of a month is taken of a month of thirty days (CETS 076, Art. 4(3))."""

_ISO = re.compile(
    r"P(?=[0-9])(?:(?P<weeks>[0-9]{1,5})W"
    r"|(?:(?P<years>[0-9]{1,4})Y)?(?:(?P<months>[0-9]{1,5})(?P<half>[.,]5)?M)?(?:(?P<days>[0-9]{1,6})D)?)"
)


class PeriodReason(StrEnum):
    """Why a period cannot be counted."""

    NOT_ISO = "not_iso"
    """The text is not an ISO 8601 period of years, months, weeks or days."""
    HALF_WITH_DAYS = "half_with_days"
    """ISO 8601 allows a fraction in the last unit only, so half a month stands alone."""
    NEGATIVE = "negative"
    """A period has no negative part: limits are never counted backwards."""
    ZERO = "zero"
    """Something that comes again needs a period with a length."""


@dataclass
class PeriodRefused(AgreementError):
    """The text is not a period that can be counted."""

    routine: ClassVar[str] = "time_limits"
    text: str
    reason: PeriodReason = PeriodReason.NOT_ISO


@dataclass(frozen=True)
class Period:
    """A length of whole months, perhaps half a month, and days; `P1Y` and `P12M` are equal.

    `written_years` is how many years of `months` were written as years: it changes the words, never a date.
    Raises PeriodRefused for a negative part, and for half a month together with days.
    """

    months: int = 0
    days: int = 0
    half_month: bool = False
    written_years: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if min(self.months, self.days, self.written_years, self.months - 12 * self.written_years) < 0:
            raise PeriodRefused(str(self), PeriodReason.NEGATIVE)
        if self.half_month and self.days:
            raise PeriodRefused(str(self), PeriodReason.HALF_WITH_DAYS)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`P2M`, `P10Y`, `P1Y6M`, `P1.5M`, `P30D`, `P2W` (fourteen days) or `P0D`.

        Raises PeriodRefused for anything else: hours are not counted, and no fraction but a half month is.
        """
        found = _ISO.fullmatch(text)
        if found is None:
            raise PeriodRefused(text)
        if found["half"] and found["days"]:
            raise PeriodRefused(text, PeriodReason.HALF_WITH_DAYS)
        years = int(found["years"] or 0)
        return cls(
            months=12 * years + int(found["months"] or 0),
            days=int(found["days"] or 0) + 7 * int(found["weeks"] or 0),
            half_month=bool(found["half"]),
            written_years=years,
        )

    def __str__(self) -> str:
        """ISO 8601, in the units it was written in (weeks as days)."""
        months = self.months - 12 * self.written_years
        half = ".5" if self.half_month else ""
        parts = [
            f"{self.written_years}Y" if self.written_years else "",
            f"{months}{half}M" if months or half else "",
            f"{self.days}D" if self.days else "",
        ]
        return "P" + ("".join(parts) or "0D")

    @property
    def is_zero(self) -> bool:
        """Whether it has no length at all."""
        return not (self.months or self.days or self.half_month)

    @property
    def days_after_months(self) -> int:
        """The days counted once the whole months are over, a half month included."""
        return self.days + DAYS_OF_HALF_A_MONTH * self.half_month

    def facts(self) -> dict[str, object]:
        """The facts `templates/time_limits/period.j2` turns into "ten years" or "one and a half months"."""
        return {
            "years": self.written_years,
            "months": self.months - 12 * self.written_years,
            "half_month": self.half_month,
            "days": self.days,
        }
