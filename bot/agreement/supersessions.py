"""X.2: a new agreement of both parties takes the place of this one as a whole, from the day it takes effect.

It is an instrument on the register with its own rules: the signatory of each party puts its signature on record,
the signed file is kept here with its SHA-256, and the other party's signatory confirms it all.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from bot.agreement.civil_days import shift
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.instruments import Instrument, InstrumentKind, InstrumentStatus, signatures
from bot.agreement.rights import Act
from bot.agreement.standing import end_of

CLAUSE = "X.2"
STANDING = (InstrumentStatus.SIGNED, InstrumentStatus.IN_FORCE, InstrumentStatus.ENDED)


@dataclass
class KindFixed(FieldError):
    """Once a party has signed, an instrument neither becomes one that replaces the Agreement nor ceases to be."""

    routine = "instruments"


@dataclass
class ReplacesTooEarly(AgreementError):
    """The Agreement cannot be replaced from a day before both parties had signed what replaces it."""

    routine = "instruments"
    number: str
    effective_on: date
    signed_on: date


def replaces(row: Instrument) -> bool:
    """Whether the instrument takes the place of the Agreement as a whole."""
    return row.kind is InstrumentKind.REPLACEMENT


def signing(row: Instrument) -> Act:
    """What it takes to put a signature, or the signed file, of this instrument on record."""
    return Act.SIGN_REPLACEMENT if replaces(row) else Act.SIGN_INSTRUMENT


def confirming(row: Instrument) -> Act:
    """What it takes to confirm this instrument."""
    return Act.CONFIRM_REPLACEMENT if replaces(row) else Act.CONFIRM_INSTRUMENT


def check_kind(desk: Desk, row: Instrument, kind: InstrumentKind) -> None:
    """Refuse to change, under a signature, whether the instrument replaces the Agreement."""
    was, becomes = replaces(row), kind is InstrumentKind.REPLACEMENT
    if was != becomes and signatures(desk.session, row):
        raise KindFixed("kind")


def check_days(desk: Desk, row: Instrument) -> None:
    """Refuse a first day before the later signature."""
    last = max(each.signed_on for each in signatures(desk.session, row).values())
    if replaces(row) and row.effective_on and row.effective_on < last:
        raise ReplacesTooEarly(row.number, row.effective_on, last)


def superseding(session: Session) -> Instrument | None:
    """The instrument, confirmed by both parties, that replaces the Agreement; the first to take effect."""
    query = select(Instrument).where(
        Instrument.kind == InstrumentKind.REPLACEMENT,
        col(Instrument.confirmed_at).is_not(None),
        col(Instrument.status).in_(STANDING),
        col(Instrument.effective_on).is_not(None),
    )
    return session.exec(query.order_by(col(Instrument.effective_on), col(Instrument.id))).first()


def replaced_by(session: Session) -> dict[str, object] | None:
    """What takes, or took, the place of the Agreement, and from which day; None where nothing on record does."""
    end = end_of(session)
    row = session.get(Instrument, end.instrument_id) if end and end.instrument_id else None
    return {"number": row.number, "title": row.title, "on": row.effective_on} if row else None


def last_day(row: Instrument) -> date:
    """The last day of the Agreement: the one before the new agreement takes effect."""
    if row.effective_on is None:
        raise RuntimeError("an instrument without a first day replaces nothing")
    return shift(row.effective_on, -1)
