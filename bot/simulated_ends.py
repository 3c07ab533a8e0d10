"""VII.2: how the Agreement stands on a day, and what would end and live on if that were its last; pure reads."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.agreement.closed_cases import Line, Routine, closed_lines, is_closed, shown
from bot.agreement.closings import open_lines
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.people import may, roles_of
from bot.agreement.renewals import term_end
from bot.agreement.rights import RIGHTS, Act
from bot.agreement.standing import standing
from bot.agreement.survivors import YEAR, tasks
from bot.agreement.time_limits import DateRefused, end, parse_start
from bot.cards.endings import archive_facts, ending_facts
from bot.overview import renewal_facts

EACH = 5
"""How many open things of one kind are named; it is said how many more there are."""


@dataclass
class DayHasPassed(FieldError):
    """What would end on a day that has passed cannot be worked out from how things stand today."""

    routine = "endings"
    day: date
    today: date


@dataclass
class DayNotRead(FieldError):
    """What was typed is no civil day."""

    routine = "endings"
    text: str


def the_day(desk: Desk, text: str) -> date:
    """The day that was typed; without one, the last day on record, or today.

    Raises DayNotRead, and DayHasPassed for a day before today.
    """
    now = standing(desk.session, desk.today)
    if not text.strip():
        return now.ends_on or desk.today
    day = _read(text.strip())
    if day < desk.today and day != now.ends_on:
        raise DayHasPassed("day", day, desk.today)
    return day


def _read(text: str) -> date:
    try:
        day, instant = parse_start(text, "UTC")
        end(day, YEAR)
    except DateRefused:
        raise DayNotRead("day", text) from None
    if instant:
        raise DayNotRead("day", text)
    return day


def ending_on(desk: Desk, day: date, *, own: bool = False) -> dict[str, Any]:
    """Everything that is said of a last day, as facts: what both parties know of, and with `own` what is the
    asking person's party's alone.

    Once the Agreement has ended, what was closed is what was found then.
    """
    now, done = standing(desk.session, desk.today), is_closed(desk.session)
    found = closed_lines(desk.session) if done else open_lines(desk, day)
    lines = _own(desk, found) if own else shown(found)
    last_day = now.ends_on if done and now.ends_on else day
    return {
        **ending_facts(desk, last_day, lines),
        **archive_facts(desk, last_day, _holding(desk) if own else ""),
        "tasks": tasks(desk if own else replace(desk, by=None), last_day),
        "in_force": now.in_force,
        "last_day": now.ends_on,
        "day": day,
        "today": desk.today,
        "done": done,
        "term": desk.definition.term,
        "term_end": term_end(desk),
        "renewal": renewal_facts(desk),
        "groups": [group for routine in Routine if (group := _group(lines, routine))],
    }


def _holding(desk: Desk) -> str:
    """The party of the asking person, if they may hold its archive."""
    return desk.person.party if may(desk.session, desk.person, Act.HOLD_ARCHIVE) else ""


def _own(desk: Desk, lines: list[Line]) -> list[Line]:
    named = bool(RIGHTS[Act.LOG_LEAD].roles & roles_of(desk.session, desk.person))
    return shown(lines, desk.person.party, named=named)


def _group(lines: list[Line], routine: Routine) -> dict[str, Any] | None:
    mine = [line for line in lines if line.routine is routine]
    if not mine:
        return None
    total = sum(line.count for line in mine)
    return {"routine": routine, "count": total, "lines": mine[:EACH], "more": len(mine[EACH:])}
