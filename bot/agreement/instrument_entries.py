"""IV.3 and IX.1(a): an instrument is put on record, its particulars corrected, its signatures and file added."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.files import Attachment, keep
from bot.agreement.follow_ups import drop
from bot.agreement.instrument_dates import CONFIRMATION, expect
from bot.agreement.instruments import (
    CLAUSES,
    OPEN,
    Instrument,
    InstrumentChanged,
    InstrumentDeed,
    InstrumentFieldEmpty,
    InstrumentKind,
    InstrumentSignature,
    InstrumentStatus,
    changed,
    get_instrument,
    move,
    moved_on,
    signatures,
)
from bot.agreement.numbering import next_seq
from bot.agreement.people import require, require_clause
from bot.agreement.rights import Act
from bot.agreement.supersessions import check_kind, replaces, signing
from bot.agreement.time_limits import DateRefused, Period, PeriodRefused, latest_notice

UNITS = frozenset({"day", "week", "month", "year"})


@dataclass(frozen=True, kw_only=True)
class InstrumentEntered(InstrumentChanged):
    """An instrument was put on record."""

    file_given: bool


@dataclass(frozen=True, kw_only=True)
class InstrumentCorrected(InstrumentChanged):
    """The particulars of an instrument were corrected before both sides confirmed them."""


@dataclass(frozen=True, kw_only=True)
class InstrumentSigned(InstrumentChanged):
    """A party's signature was put on record; `complete` says that none is missing any more."""

    signatory: str
    signed_on: date
    complete: bool


@dataclass(frozen=True, kw_only=True)
class InstrumentFiled(InstrumentChanged):
    """The signed file of an instrument was put on record."""


@dataclass(frozen=True, kw_only=True)
class InstrumentWithdrawn(InstrumentChanged):
    """A draft was given up before all parties had signed."""


@dataclass
class EndBeforeEffect(FieldError):
    """The instrument would end before its first day."""

    routine = "instruments"
    effective_on: date


@dataclass
class ReviewOutside(FieldError):
    """The review lies outside the instrument's term."""

    routine = "instruments"


@dataclass
class NoticeRefused(FieldError):
    """The notice is no period that can be counted."""

    routine = "instruments"
    text: str


@dataclass
class SignedAhead(FieldError):
    """Nobody has signed on a day that is still to come."""

    routine = "instruments"
    today: date


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an instrument says of itself, as it was typed in the form."""

    kind: InstrumentKind
    title: str
    scope: str
    reference: str = ""
    effective_on: date | None = None
    ends_on: date | None = None
    notice: str = ""
    review_on: date | None = None


def add(
    desk: Desk, *, channel_id: str, particulars: Particulars, file: Attachment | None = None
) -> InstrumentEntered:
    """Put an instrument on record; it is a draft until each party's own people put its signature on record."""
    require(desk.session, desk.person, Act.ADD_INSTRUMENT)
    require_clause(desk.session, CLAUSES[particulars.kind])
    typed = _checked(particulars)
    get_channel(desk.session, channel_id)
    row = Instrument(
        year=desk.today.year,
        seq=next_seq(desk.session, Instrument, desk.today.year),
        channel_id=channel_id,
        file_id=keep(desk.session, file),
        entered_by=desk.person.key,
        entered_at=desk.now,
        stated_by=desk.person.party,
        status=InstrumentStatus.DRAFTING,
        **typed,
    )
    desk.session.add(row)
    desk.session.flush()
    return InstrumentEntered(file_given=file is not None, **changed(desk, row, InstrumentDeed.ENTERED))


def correct(
    desk: Desk, *, instrument_id: int, particulars: Particulars, seen: int = 0
) -> InstrumentCorrected:
    """Correct the particulars until they are confirmed; then it is for the other side to confirm them."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, Act.ADD_INSTRUMENT)
    check_kind(desk, row, particulars.kind)
    typed = _checked(particulars)
    unconfirmed = col(Instrument.status).in_(OPEN) & col(Instrument.confirmed_at).is_(None)
    as_seen = unconfirmed & (col(Instrument.version) == seen)
    move(desk, row, as_seen, stated_by=desk.person.party, **typed)
    _expect_confirmation(desk, row)
    return InstrumentCorrected(**changed(desk, row, InstrumentDeed.CORRECTED))


def _checked(given: Particulars) -> dict[str, Any]:
    typed = {**vars(given), "title": given.title.strip(), "scope": given.scope.strip()}
    for name, field in (("title", "instrument"), ("scope", "scope")):
        if not typed[name]:
            raise InstrumentFieldEmpty(field)
    if given.effective_on and given.ends_on and given.ends_on < given.effective_on:
        raise EndBeforeEffect("ends_on", given.effective_on)
    early = given.review_on and given.effective_on and given.review_on < given.effective_on
    late = given.review_on and given.ends_on and given.review_on > given.ends_on
    if early or late:
        raise ReviewOutside("review_on")
    return {**typed, "notice": _period(given), "reference": given.reference.strip()}


def _spelt(text: str) -> str:
    """What people write, such as “3 months” or “1 year and 6 months”, as ISO 8601; anything else as it is."""
    words = text.lower().replace(" and ", " ").replace(",", " ").split()
    units = [unit.removesuffix("s") for unit in words[1::2]]
    told = list(zip(words[::2], units, strict=False))
    if len(words) % 2 or not told or not all(n.isdecimal() and unit in UNITS for n, unit in told):
        return text.upper()
    return "P" + "".join(f"{n}{unit[0].upper()}" for n, unit in told)


def _period(given: Particulars) -> str:
    """The notice as ISO 8601; refused if it is none, has no length, or is longer than can be counted."""
    text = _spelt(given.notice.strip())
    if not text:
        return ""
    try:
        period = Period.parse(text)
        if given.ends_on:
            latest_notice(given.ends_on, period)
    except (PeriodRefused, DateRefused) as error:
        raise NoticeRefused("notice", text) from error
    if period.is_zero:
        raise NoticeRefused("notice", text)
    return str(period)


def sign(
    desk: Desk, *, instrument_id: int, signatory: str, capacity: str, signed_on: date, seen: int = 0
) -> InstrumentSigned:
    """Put the own party's signature on record; `seen` is its revision for whoever corrects it, 0 for the first."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, signing(row))
    named = {"signatory": signatory.strip(), "capacity": capacity.strip()}
    for field, text in named.items():
        if not text:
            raise InstrumentFieldEmpty(field)
    if signed_on > desk.today:
        raise SignedAhead("signed_on", desk.today)
    known = signatures(desk.session, row).get(desk.person.party)
    if (known.revision if known else 0) != seen:
        raise moved_on(desk, row)
    complete = len({*signatures(desk.session, row), desk.person.party}) == len(desk.definition.parties)
    status = InstrumentStatus.SIGNED if complete else InstrumentStatus.DRAFTING
    unconfirmed = col(Instrument.status).in_(OPEN) & col(Instrument.confirmed_at).is_(None)
    move(desk, row, unconfirmed, status=status)
    _store(desk, row, known, {**named, "signed_on": signed_on})
    _expect_confirmation(desk, row)
    return InstrumentSigned(
        signatory=named["signatory"],
        signed_on=signed_on,
        complete=complete,
        **changed(desk, row, InstrumentDeed.SIGNED, named["signatory"]),
    )


def _expect_confirmation(desk: Desk, row: Instrument) -> None:
    """Once all have signed, ask again until the other side confirms the particulars."""
    drop(desk.session, f"instrument:{row.key}", CONFIRMATION)
    if row.status is InstrumentStatus.SIGNED:
        expect(desk, row, CONFIRMATION)


def _store(desk: Desk, row: Instrument, known: InstrumentSignature | None, facts: dict[str, Any]) -> None:
    by: dict[str, Any] = {"recorded_by": desk.person.key, "recorded_at": desk.now}
    if known is None:
        known = InstrumentSignature(instrument_id=row.key, party=desk.person.party, **facts, **by)
    else:
        for name, value in {**facts, **by, "revision": known.revision + 1}.items():
            setattr(known, name, value)
    desk.session.add(known)
    desk.session.flush()


def add_file(
    desk: Desk, *, instrument_id: int, file: Attachment | None = None, kept_at: str = ""
) -> InstrumentFiled:
    """Keep the signed file, or say where it is kept, once; the file is kept as it is, with its digest."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, signing(row))
    if file is None and (replaces(row) or not kept_at.strip()):
        raise InstrumentFieldEmpty("file")
    wanted = col(Instrument.file_id).is_(None) & (col(Instrument.kept_at) == "")
    # What replaces the Agreement is confirmed by the party that did not hand the signed file in.
    stated_by = desk.person.party if replaces(row) else row.stated_by
    kept = {"file_id": keep(desk.session, file), "kept_at": kept_at.strip(), "stated_by": stated_by}
    move(desk, row, wanted, **kept)
    name = file.name if file else row.kept_at
    return InstrumentFiled(**changed(desk, row, InstrumentDeed.FILED, name))


def withdraw(desk: Desk, *, instrument_id: int, reason: str) -> InstrumentWithdrawn:
    """Give up a draft that not all parties have signed; its record is kept."""
    row = get_instrument(desk.session, instrument_id)
    require(desk.session, desk.person, Act.ADD_INSTRUMENT)
    if not reason.strip():
        raise InstrumentFieldEmpty("reason")
    move(desk, row, col(Instrument.status) == InstrumentStatus.DRAFTING, status=InstrumentStatus.WITHDRAWN)
    return InstrumentWithdrawn(**changed(desk, row, InstrumentDeed.WITHDRAWN, reason.strip()))
