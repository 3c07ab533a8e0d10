"""Reads the file in which a secretariat writes one year's closures, and refuses what it might misread.

`ilo-2026.toml`, where `until` (included) and `weekend` may be left out:

    weekend = ["Saturday", "Sunday"]
    closed = [
        { day = 2026-05-01, reason = "Labour Day" },
        { day = 2026-12-24, until = 2026-12-31, reason = "Closure at the end of the year" },
    ]
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, NoReturn

from bot.agreement.civil_days import shift
from bot.agreement.errors import AgreementError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKEND = frozenset({5, 6})


class FileReason(StrEnum):
    """Why a calendar file is refused."""

    UNREADABLE = "unreadable"
    """The file cannot be opened, or is not UTF-8 text."""
    NOT_TOML = "not_toml"
    """The file is not TOML."""
    MISSING = "missing"
    """A field that has to be there is not."""
    UNKNOWN_FIELD = "unknown_field"
    """A field nobody reads, perhaps misspelt."""
    NOT_A_LIST = "not_a_list"
    """A list is expected."""
    NOT_A_TABLE = "not_a_table"
    """A closure is written { day = …, reason = "…" }."""
    NOT_A_DATE = "not_a_date"
    """A date is expected, without quotation marks."""
    NOT_WORDS = "not_words"
    """A reason in words is expected."""
    NOT_A_WEEKDAY = "not_a_weekday"
    """An English weekday is expected."""
    NO_WORKING_DAY = "no_working_day"
    """The weekend takes the whole week."""
    OTHER_YEAR = "other_year"
    """The day is not in the year of the file's name."""
    BACKWARDS = "backwards"
    """The closure ends before it begins."""
    TWICE = "twice"
    """The day is closed twice, so one reason would be lost."""


@dataclass
class CalendarFileRefused(AgreementError):
    """A calendar file cannot be used: `field` is where in it ("closed[2].day"), `detail` the value found."""

    routine: ClassVar[str] = "time_limits"
    file: Path
    field: str
    reason: FileReason
    detail: str = ""


@dataclass(frozen=True)
class CalendarYear:
    """What one file says: the reason of each closed day, and the weekdays (Monday is 0) of its weekend."""

    closures: Mapping[date, str]
    weekend: frozenset[int] = WEEKEND


def read_years(folder: Path, party: str) -> dict[int, CalendarYear]:
    """Every `<party>-<year>.toml` of the folder, by year. Raises CalendarFileRefused."""
    name = re.compile(re.escape(party) + r"-([0-9]{4})\.toml")
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    found = ((file, name.fullmatch(file.name)) for file in files)
    return {int(match[1]): _File(file, int(match[1])).read() for file, match in found if match}


@dataclass(frozen=True)
class _File:
    path: Path
    year: int

    def read(self) -> CalendarYear:
        """The whole file, checked."""
        values = self._load()
        self._check_fields(values, "", required={"closed"}, optional={"weekend"})
        closures: dict[date, str] = {}
        for number, entry in enumerate(self._list(values["closed"], "closed"), start=1):
            for day, reason in self._closure(entry, f"closed[{number}]"):
                if day in closures:
                    self._refuse(f"closed[{number}].day", FileReason.TWICE, day)
                closures[day] = reason
        return CalendarYear(closures, self._weekend(values))

    def _load(self) -> dict[str, object]:
        try:
            return tomllib.loads(self.path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise CalendarFileRefused(self.path, "", FileReason.NOT_TOML, str(error)) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CalendarFileRefused(self.path, "", FileReason.UNREADABLE) from error

    def _weekend(self, values: Mapping[str, object]) -> frozenset[int]:
        if "weekend" not in values:
            return WEEKEND
        names = self._list(values["weekend"], "weekend")
        for name in names:
            if name not in WEEKDAYS:
                self._refuse("weekend", FileReason.NOT_A_WEEKDAY, name)
        weekend = frozenset(number for number, name in enumerate(WEEKDAYS) if name in names)
        if len(weekend) == len(WEEKDAYS):
            self._refuse("weekend", FileReason.NO_WORKING_DAY)
        return weekend

    def _closure(self, entry: object, field: str) -> Iterator[tuple[date, str]]:
        """Each day of one closure, with its reason."""
        if not isinstance(entry, dict):
            self._refuse(field, FileReason.NOT_A_TABLE, entry)
        self._check_fields(entry, f"{field}.", required={"day", "reason"}, optional={"until"})
        first = self._day(entry["day"], f"{field}.day")
        last = self._day(entry.get("until", first), f"{field}.until")
        reason = entry["reason"]
        if not isinstance(reason, str) or not reason.strip():
            self._refuse(f"{field}.reason", FileReason.NOT_WORDS, reason)
        if last < first:
            self._refuse(f"{field}.until", FileReason.BACKWARDS, last)
        yield from ((shift(first, later), reason) for later in range((last - first).days + 1))

    def _day(self, value: object, field: str) -> date:
        # A TOML date with an hour is a datetime, which Python calls a date too.
        if type(value) is not date:
            self._refuse(field, FileReason.NOT_A_DATE, value)
        if value.year != self.year:
            self._refuse(field, FileReason.OTHER_YEAR, value)
        return value

    def _list(self, value: object, field: str) -> list[object]:
        if not isinstance(value, list):
            self._refuse(field, FileReason.NOT_A_LIST, value)
        return value

    def _check_fields(
        self, values: Mapping[str, object], prefix: str, *, required: set[str], optional: set[str]
    ) -> None:
        for name in sorted(required - values.keys()):
            self._refuse(f"{prefix}{name}", FileReason.MISSING)
        for name in sorted(values.keys() - required - optional):
            self._refuse(f"{prefix}{name}", FileReason.UNKNOWN_FIELD)

    def _refuse(self, field: str, reason: FileReason, value: object = "") -> NoReturn:
        raise CalendarFileRefused(self.path, field, reason, str(value))
