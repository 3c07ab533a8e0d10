"""When each side works: a file a side a year, because neither organization follows Geneva's holidays.

Geneva's public holidays stand in for a year without a file; which years those are can be asked, and said.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

from bot.agreement.calendar_files import WEEKDAYS, WEEKEND, CalendarYear, read_years
from bot.agreement.civil_days import shift
from bot.agreement.errors import AgreementError

LONGEST_CLOSURE = 366
"""Days after which a calendar is taken never to open; no office closes for a year."""


@dataclass
class NoWorkingDay(AgreementError):
    """No working day within a year of `day`: the closures of `calendar` leave none."""

    routine: ClassVar[str] = "time_limits"
    calendar: str
    day: date


class Calendar(ABC):
    """Says on which days an office works, and why it does not on the others."""

    name: str

    @abstractmethod
    def closed(self, day: date) -> str | None:
        """The holiday, closure or weekday for which the office is closed on `day`; None on a working day."""

    @abstractmethod
    def missing_years(self, first: int, last: int) -> tuple[int, ...]:
        """The years from `first` to `last`, both included, for which somebody has still to write the file."""

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return self.closed(day) is None

    def next_working(self, day: date) -> date:
        """`day` itself when it is a working day, else the next one. Raises NoWorkingDay."""
        return self._first_working(day, 1)

    def previous_working(self, day: date) -> date:
        """`day` itself when it is a working day, else the one before. Raises NoWorkingDay."""
        return self._first_working(day, -1)

    def _first_working(self, day: date, direction: int) -> date:
        for distance in range(LONGEST_CLOSURE):
            found = shift(day, direction * distance)
            if self.is_working(found):
                return found
        raise NoWorkingDay(self.name, day)


class GenevaCalendar(Calendar):
    """Saturdays, Sundays and the public holidays of the Canton of Geneva (known from 1801 to 2100)."""

    name = "Geneva"

    def closed(self, day: date) -> str | None:
        """The public holiday, or Saturday or Sunday."""
        return geneva_holidays(day.year).get(day) or _weekend(day, WEEKEND)

    def missing_years(self, first: int, last: int) -> tuple[int, ...]:  # noqa: ARG002
        """None: it needs no files."""
        return ()


class PartyCalendar(Calendar):
    """The calendar of one side: its files, and Geneva's holidays for the years that have none."""

    def __init__(self, party: str, years: Mapping[int, CalendarYear]) -> None:
        """`years` maps a year to what its file says."""
        self.name = party
        self._years = dict(years)
        self._fallback = GenevaCalendar()

    def closed(self, day: date) -> str | None:
        """The closure of the year's file, or the weekday that is its weekend; Geneva's without a file."""
        year = self._years.get(day.year)
        if year is None:
            return self._fallback.closed(day)
        return year.closures.get(day) or _weekend(day, year.weekend)

    def missing_years(self, first: int, last: int) -> tuple[int, ...]:
        """The years without a file, for which Geneva's public holidays are used."""
        return tuple(year for year in range(first, last + 1) if year not in self._years)


class JointCalendar(Calendar):
    """Closed when any side is closed: when to speak to both of them."""

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        """The sides' calendars; the first one that is closed gives the reason."""
        self.name = ", ".join(calendar.name for calendar in calendars)
        self._calendars = tuple(calendars)

    def closed(self, day: date) -> str | None:
        """The reason of the first side that is closed."""
        return next((reason for side in self._calendars if (reason := side.closed(day))), None)

    def closed_sides(self, day: date) -> dict[str, str]:
        """Which sides are closed on `day`, by the names of their calendars, and why."""
        return {side.name: reason for side in self._calendars if (reason := side.closed(day))}

    def missing_years(self, first: int, last: int) -> tuple[int, ...]:
        """The years some side has no file for."""
        missing = {year for side in self._calendars for year in side.missing_years(first, last)}
        return tuple(sorted(missing))


def load_calendar(folder: Path, party: str) -> PartyCalendar:
    """The calendar of `party` from `<folder>/<party>-<year>.toml`; a folder that is missing holds no year.

    Raises CalendarFileRefused.
    """
    return PartyCalendar(party, read_years(folder, party))


@cache
def geneva_holidays(year: int) -> Mapping[date, str]:
    """Public holidays of the Canton of Geneva, with their English names."""
    # Imported here because it costs 0.2 s, and not every command needs a calendar.
    from holidays import country_holidays

    return dict(country_holidays("CH", subdiv="GE", years=year, language="en_US"))


def _weekend(day: date, weekend: Iterable[int]) -> str | None:
    return WEEKDAYS[day.weekday()] if day.weekday() in weekend else None
