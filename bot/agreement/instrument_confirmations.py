"""IV.3, IX.1(a) and VII.2: nothing counts of an instrument until the other side confirms it; nor does its end."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col

from bot.agreement.amendments import BINDING, Amendment
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.follow_ups import drop
from bot.agreement.instrument_dates import ENDING, expect, plan, standing
from bot.agreement.instruments import (
    Instrument,
    InstrumentChanged,
    InstrumentDeed,
    InstrumentEnding,
    InstrumentFieldEmpty,
    InstrumentStatus,
    changed,
    get_instrument,
    move,
    moved_on,
    signatures,
)
from bot.agreement.notice_effects import settle_end
from bot.agreement.numbering import find_number
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.supersessions import check_days, confirming, replaces

AMENDMENT = "amendment"
"""Begins what names an amendment of the Agreement as what takes an instrument's place."""


@dataclass(frozen=True, kw_only=True)
class InstrumentConfirmed(InstrumentChanged):
    """The other side confirmed the record of an instrument."""

    effective_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EndingProposed(InstrumentChanged):
    """A side put on record that an instrument was terminated or replaced."""

    ending: InstrumentEnding
    ending_on: date


@dataclass(frozen=True, kw_only=True)
class EndingDropped(InstrumentChanged):
    """What was put on record of an early end was taken back, or not confirmed."""


@dataclass(frozen=True, kw_only=True)
class EndingConfirmed(InstrumentChanged):
    """The other side confirmed the early end of an instrument."""

    ending: InstrumentEnding
    ending_on: date


@dataclass
class InstrumentNotReady(AgreementError):
    """The record is not complete: `unsigned` parties have no signature on record, or the first day is missing.

    `file_missing` is for what replaces the Agreement: its signed file is kept here.
    """

    routine = "instruments"
    number: str
    unsigned: tuple[str, ...]
    effective_missing: bool
    file_missing: bool


@dataclass
class NotInForce(AgreementError):
    """Only what is in force can be terminated or replaced."""

    routine = "instruments"
    number: str
    status: InstrumentStatus


@dataclass
class NothingToConfirm(AgreementError):
    """No early end waits to be confirmed."""

    routine = "instruments"
    number: str


@dataclass
class EndingOutside(FieldError):
    """The early end lies before the first day of the instrument or after its last."""

    routine = "instruments"


@dataclass
class ReplacementUnknown(FieldError):
    """What takes the instrument's place is another one of the register."""

    routine = "instruments"
    replaced_by: str


def confirm(desk: Desk, *, instrument_id: int, seen: int) -> InstrumentConfirmed:
    """Confirm what the other side put on record, as it was seen; from its first day on it is then in force."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, confirming(row), row)
    check_ready(desk, row)
    as_seen = (col(Instrument.version) == seen) & col(Instrument.confirmed_at).is_(None)
    by = {"confirmed_by": desk.person.key, "confirmed_at": desk.now}
    now = standing(row, desk.today)
    move(
        desk, row, as_seen, status=now, **by, closed_on=row.ends_on if now is InstrumentStatus.ENDED else None
    )
    drop(desk.session, f"instrument:{row.key}")
    if now is not InstrumentStatus.ENDED:
        plan(desk, row)
    if replaces(row):
        settle_end(desk)
    return InstrumentConfirmed(
        effective_on=row.effective_on or desk.today,
        at=desk.now,
        **changed(desk, row, InstrumentDeed.CONFIRMED),
    )


def check_ready(desk: Desk, row: Instrument) -> None:
    """Refuse to confirm what has not been signed by all, or has no first day."""
    signed = signatures(desk.session, row)
    unsigned = tuple(party.abbreviation for party in desk.definition.parties if party.id not in signed)
    file_missing = replaces(row) and row.file_id is None
    if unsigned or row.effective_on is None or file_missing:
        raise InstrumentNotReady(row.number, unsigned, row.effective_on is None, file_missing)
    check_days(desk, row)


def propose_ending(
    desk: Desk,
    *,
    instrument_id: int,
    ending: InstrumentEnding,
    ending_on: date,
    note: str,
    replaced_by: str = "",
    seen: int,
) -> EndingProposed:
    """Put on record that the instrument was terminated or replaced; it counts once the other side confirms it."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, Act.ADD_INSTRUMENT)
    check_in_force(row)
    number = _replacement(desk, row, replaced_by) if ending is InstrumentEnding.REPLACED else ""
    if ending_on < (row.effective_on or ending_on) or ending_on > (row.ends_on or ending_on):
        raise EndingOutside("ending_on")
    if not note.strip():
        raise InstrumentFieldEmpty("note")
    as_seen = (col(Instrument.version) == seen) & (col(Instrument.ending_by) == "")
    stated = {"ending": ending, "ending_on": ending_on, "ending_note": note.strip(), "replaced_by": number}
    move(desk, row, as_seen, ending_by=desk.person.party, **stated)
    expect(desk, row, ENDING)
    facts = changed(desk, row, InstrumentDeed.ENDING_PROPOSED, note.strip())
    return EndingProposed(ending=ending, ending_on=ending_on, **facts)


def check_in_force(row: Instrument) -> None:
    """Refuse to end what is not in force."""
    if row.status is not InstrumentStatus.IN_FORCE:
        raise NotInForce(row.number, row.status)


def _replacement(desk: Desk, row: Instrument, number: str) -> str:
    """The number of another instrument, or of an amendment of the Agreement that both parties signed (X.2)."""
    _, by_amendment, named = number.strip().casefold().rpartition(AMENDMENT)
    if by_amendment:
        changed_by = find_number(desk.session, Amendment, named)
        if changed_by is None or changed_by.status not in BINDING:
            raise ReplacementUnknown("replaced_by", number.strip())
        return f"{AMENDMENT} {changed_by.number}"
    found = find_number(desk.session, Instrument, number)
    if found is None or found.key == row.key:
        raise ReplacementUnknown("replaced_by", number.strip())
    return found.number


def drop_ending(desk: Desk, *, instrument_id: int) -> EndingDropped:
    """Take back what was put on record of an early end, or leave it unconfirmed for good."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, Act.ADD_INSTRUMENT)
    check_ending(desk, row)
    nothing = {"ending": None, "ending_on": None, "ending_note": "", "replaced_by": "", "ending_by": ""}
    pending = (col(Instrument.ending_by) == row.ending_by) & col(Instrument.ending_confirmed_by).is_(None)
    move(desk, row, pending, **nothing)
    drop(desk.session, f"instrument:{row.key}", ENDING)
    return EndingDropped(**changed(desk, row, InstrumentDeed.ENDING_DROPPED))


def confirm_ending(desk: Desk, *, instrument_id: int, seen: int) -> EndingConfirmed:
    """Confirm that the instrument was terminated or replaced, as the other side put on record."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, Act.CONFIRM_INSTRUMENT, row)
    check_ending(desk, row)
    move(desk, row, (col(Instrument.version) == seen), ending_confirmed_by=desk.person.key)
    now = standing(row, desk.today)
    if now is row.ended_as:
        move(desk, row, col(Instrument.status) == row.status, status=now, closed_on=row.ending_on)
        drop(desk.session, f"instrument:{row.key}")
    else:
        plan(desk, row)
    return EndingConfirmed(
        ending=row.ending or InstrumentEnding.TERMINATED,
        ending_on=row.ending_on or desk.today,
        **changed(desk, row, InstrumentDeed.ENDING_CONFIRMED),
    )


def check_ending(desk: Desk, row: Instrument) -> None:
    """Refuse where no early end waits to be confirmed, or somebody has confirmed it."""
    if row.ending_confirmed_by:
        raise moved_on(desk, row)
    if not row.ending_by:
        raise NothingToConfirm(row.number)
