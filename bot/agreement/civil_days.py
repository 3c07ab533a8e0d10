"""Legal days and the instants that bound them: a day may last 23 or 25 hours, and some hours never come."""

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.agreement.errors import AgreementError
from bot.agreement.workings import Rule, Step

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?")
_OFFSET = re.compile(r"Z|[+-][0-9]{2}:[0-9]{2}")


class DateReason(StrEnum):
    """Why a date cannot be used."""

    NOT_A_DATE = "not_a_date"
    """The text is neither an ISO 8601 date nor an instant."""
    NO_SUCH_DAY = "no_such_day"
    """It has the shape of a date, but no calendar has that day or hour."""
    NO_ZONE = "no_zone"
    """An instant without its offset may be two days, depending on who reads it."""
    OUT_OF_RANGE = "out_of_range"
    """The date lies outside the years 1 to 9999."""


@dataclass
class DateRefused(AgreementError):
    """A day or an instant cannot be used; `text` is what was given."""

    routine: ClassVar[str] = "time_limits"
    text: str
    reason: DateReason


@dataclass
class ZoneRefused(AgreementError):
    """The tz database has no zone of that name."""

    routine: ClassVar[str] = "time_limits"
    zone: str


def shift(day: date, days: int) -> date:
    """`days` calendar days later (earlier when negative). Raises DateRefused beyond the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise DateRefused(str(day), DateReason.OUT_OF_RANGE) from error


def add_months(day: date, months: int) -> date:
    """The day of the same number `months` later (earlier when negative), or that month's last day.

    CETS 076, Art. 4(2). Raises DateRefused beyond the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise DateRefused(str(day), DateReason.OUT_OF_RANGE)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_start(text: str, zone: str) -> tuple[date, Step | None]:
    """A day (`2026-12-31`), or the civil day in `zone` of an instant (`2030-08-23T22:30:00Z`) with that step.

    Raises DateRefused, for an instant without an offset too, and ZoneRefused.
    """
    day, rest = text[:10], text[10:]
    clock = _CLOCK.match(rest)
    offset = rest[clock.end() :] if clock else rest
    if not _DAY.fullmatch(day) or (rest and not clock) or (offset and not _OFFSET.fullmatch(offset)):
        raise DateRefused(text, DateReason.NOT_A_DATE)
    if rest and not offset:
        raise DateRefused(text, DateReason.NO_ZONE)
    try:
        if not rest:
            return date.fromisoformat(day), None
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise DateRefused(text, DateReason.NO_SUCH_DAY) from error
    found = civil_day(at, zone)
    return found, Step(Rule.CIVIL_DAY, {"text": text, "at": at, "zone": zone, "day": found})


def civil_day(instant: datetime, zone: str) -> date:
    """The legal day in `zone` at that instant. Raises DateRefused for a naive instant, and ZoneRefused."""
    if instant.utcoffset() is None:
        raise DateRefused(instant.isoformat(), DateReason.NO_ZONE)
    try:
        return instant.astimezone(_zone(zone)).date()
    except OverflowError as error:
        raise DateRefused(instant.isoformat(), DateReason.OUT_OF_RANGE) from error


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a civil day and the first after it, in UTC. Raises ZoneRefused and DateRefused."""
    return wall_time(day, time(0), zone), wall_time(shift(day, 1), time(0), zone)


def wall_time(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, when clocks in `zone` show `at` on `day`.

    Where the hour comes twice it is the first; where clocks jump over it, the moment they jump. Raises
    ZoneRefused, and DateRefused where UTC would be beyond the years 1 to 9999.
    """
    place = _zone(zone)
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0), place)
    try:
        found = local.astimezone(UTC)
    except OverflowError as error:
        raise DateRefused(str(day), DateReason.OUT_OF_RANGE) from error
    if found.astimezone(place).replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    return _jump(local.replace(fold=1).astimezone(UTC), found, place)


def _jump(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The instant between the two, to the second, at which clocks in `place` were set forward."""
    old = before.astimezone(place).utcoffset()
    first = before.replace(microsecond=0)
    seconds = range(int((after - first).total_seconds()) + 1)
    jumped = bisect_left(
        seconds, True, key=lambda s: (first + timedelta(seconds=s)).astimezone(place).utcoffset() != old
    )
    return first + timedelta(seconds=jumped)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneRefused(name) from error
