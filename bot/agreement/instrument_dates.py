"""IV.3 and IX.1(a): the days of an instrument that come near, and its first and last day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import col

from bot.agreement.desk import Desk
from bot.agreement.follow_ups import FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.instruments import (
    Instrument,
    InstrumentDeed,
    InstrumentKind,
    InstrumentStatus,
    get_instrument,
    move,
    remember,
)
from bot.agreement.time_limits import Period, Result, latest_notice, safe_notice


class InstrumentDay(StrEnum):
    """Which day of an instrument comes near."""

    END = "end"
    """The last day of its term."""
    NOTICE = "notice"
    """The last day that is safe for a notice."""
    REVIEW = "review"
    """The day of its review."""


KINDS = {f"instrument_{day.value}": day for day in InstrumentDay}
BEGINS, OVER = "instrument_begins", "instrument_over"
CONFIRMATION, ENDING = "instrument_confirmation", "instrument_ending"


@dataclass(frozen=True)
class NoticeDays:
    """The days for a notice under an instrument: safe under every reading, and the latest that still fits."""

    safe: Result
    latest: Result


@dataclass(frozen=True, kw_only=True)
class InstrumentFollowedUp(FollowedUp):
    """The clock said something of an instrument."""

    instrument_id: int
    kind: InstrumentKind
    status: InstrumentStatus


@dataclass(frozen=True, kw_only=True)
class InstrumentDayNear(InstrumentFollowedUp):
    """A day of an instrument comes near."""

    about: InstrumentDay

    @property
    def once(self) -> str:
        """Once for each of its days."""
        return f"{super().once}:{self.about.value}"


@dataclass(frozen=True, kw_only=True)
class InstrumentBegan(InstrumentFollowedUp):
    """The first day of an instrument has come."""


@dataclass(frozen=True, kw_only=True)
class InstrumentClosed(InstrumentFollowedUp):
    """The last day of an instrument has passed."""


@dataclass(frozen=True, kw_only=True)
class ConfirmationChased(InstrumentFollowedUp):
    """The other side was asked again to confirm what is on record; `ending` says that it is an early end."""

    ending: bool

    @property
    def once(self) -> str:
        """Once for the particulars and once for an early end."""
        return f"{super().once}:{self.ending}"


def notice_days(desk: Desk, row: Instrument) -> NoticeDays | None:
    """The days for a notice; None for an instrument without an end, or without a period of notice."""
    if row.ends_on is None or not row.notice:
        return None
    period, profile = Period.parse(row.notice), desk.definition.profile
    return NoticeDays(
        safe_notice(row.ends_on, period, desk.calendar, profile=profile),
        latest_notice(row.ends_on, period, profile=profile),
    )


def plan(desk: Desk, row: Instrument) -> None:
    """Plan everything that is to be said of an instrument whose record both sides confirmed."""
    subject = f"instrument:{row.key}"
    drop(desk.session, subject)
    if row.status is InstrumentStatus.SIGNED and row.effective_on:
        foresee(desk, subject, BEGINS, row.effective_on, ("+P0D",))
    days = notice_days(desk, row)
    due = {
        InstrumentDay.END: row.last_day,
        InstrumentDay.NOTICE: days.safe.date if days and not row.ending_confirmed_by else None,
        InstrumentDay.REVIEW: row.review_on,
    }
    for about, on in due.items():
        if on:
            steps = desk.definition.policy(f"instrument.{about.value}_steps")
            foresee(desk, subject, f"instrument_{about.value}", on, steps)
    if row.last_day:
        foresee(desk, subject, OVER, row.last_day, ("+P1D",))


def expect(desk: Desk, row: Instrument, kind: str) -> None:
    """Ask the other side again, from today, until it confirms what is on record."""
    steps = desk.definition.policy("instrument.confirm_steps")
    foresee(desk, f"instrument:{row.key}", kind, desk.today, steps)


def standing(row: Instrument, today: date) -> InstrumentStatus:
    """Where a confirmed instrument stands by its own days."""
    if row.last_day and row.last_day < today:
        return row.ended_as
    begun = row.effective_on is not None and row.effective_on <= today
    return InstrumentStatus.IN_FORCE if begun else InstrumentStatus.SIGNED


def remind(desk: Desk, *, waiting: Waiting) -> InstrumentDayNear:
    """Say in the instrument's place that one of its days comes near."""
    row = get_instrument(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    return InstrumentDayNear(about=KINDS[waiting.kind], **_named(row), **facts)


def chase(desk: Desk, *, waiting: Waiting) -> ConfirmationChased:
    """Ask the other side again to confirm; silence is never consent."""
    row = get_instrument(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    return ConfirmationChased(ending=waiting.kind == ENDING, **_named(row), **facts)


def begin(desk: Desk, *, waiting: Waiting) -> InstrumentBegan:
    """Say that the instrument is in force from its first day."""
    row = get_instrument(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    _turn(desk, row, InstrumentDeed.BEGAN)
    return InstrumentBegan(**_named(row), **facts)


def close(desk: Desk, *, waiting: Waiting) -> InstrumentClosed:
    """Say that the instrument's last day has passed; nothing more is said of it."""
    row = get_instrument(desk.session, waiting.key)
    facts = mark_followed_up(desk, waiting)
    drop(desk.session, waiting.subject)
    _turn(desk, row, InstrumentDeed.CLOSED)
    return InstrumentClosed(**_named(row), **facts)


def _turn(desk: Desk, row: Instrument, deed: InstrumentDeed) -> None:
    status = standing(row, desk.today)
    over = row.last_day if deed is InstrumentDeed.CLOSED else None
    move(desk, row, col(Instrument.status) == row.status, status=status, closed_on=over)
    remember(desk, row, deed)


def _named(row: Instrument) -> dict[str, Any]:
    return {
        "clause": row.clause,
        "instrument_id": row.key,
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "status": row.status,
    }


VERBS: Mapping[str, Callable[..., InstrumentFollowedUp]] = {
    **dict.fromkeys(KINDS, remind),
    CONFIRMATION: chase,
    ENDING: chase,
    BEGINS: begin,
    OVER: close,
}
"""What is planned for an instrument, by kind, and the verb that says it."""
