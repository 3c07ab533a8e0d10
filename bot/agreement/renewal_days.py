"""VII.1-4: the last days for a notice before the Agreement renews itself, each with its working."""

from dataclasses import dataclass
from datetime import date

from bot.agreement.calendars import GenevaCalendar, JointCalendar
from bot.agreement.definition import Definition
from bot.agreement.time_limits import Period, Result, latest_notice, safe_notice

READING, LATE = "renewal.notice_must", "given_by_term_end"
"""The policy on whether the notice must be over by the end of the term, and the reading on which it need not."""


@dataclass(frozen=True)
class NoticeDays:
    """By when a notice against renewal must be received, and when to send it.

    `safe` is in time under every reading; `longer` is the last day if the day of signature is not part of the
    term; `send` leaves a margin of working days of both sides, which is a working rule.
    """

    term_end: date
    safe: Result
    longer: Result
    send: Result


def notice_days(definition: Definition, calendar: JointCalendar, term_end: date | None) -> NoticeDays | None:
    """The last days for a notice before `term_end`; None without an end or without a period of notice."""
    length = Period.parse(definition.term.notice)
    if term_end is None or length.is_zero:
        return None
    margin = definition.term.margin_working_days
    return NoticeDays(
        term_end,
        safe_notice(term_end, length, GenevaCalendar()),
        latest_notice(term_end, length),
        safe_notice(term_end, length, calendar, margin),
    )


def given_is_enough(definition: Definition) -> bool:
    """Whether a notice need only have been given when the term ends (the agreed reading)."""
    return any(policy.key == READING and policy.value == LATE for policy in definition.policies)


def private_until(definition: Definition, days: NoticeDays) -> date:
    """The last day on which the agreed readings still allow a notice: until its end a decision stays private.

    Where a notice need only have been given when the term ends, that is the end of the term.
    """
    return days.term_end if given_is_enough(definition) else max(days.longer.date, days.safe.date)
