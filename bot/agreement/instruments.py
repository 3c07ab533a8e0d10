"""IV.3 and IX.1(a): the register of what the parties concluded under, or beside, the Agreement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, update
from sqlmodel import Field, Session, col, select

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow, find_number
from bot.agreement.people import Person, Refusal
from bot.agreement.rights import Side
from bot.agreement.signed_papers import SignatureRow, StepRow
from bot.agreement.storage import status_type


class InstrumentKind(StrEnum):
    """What was concluded."""

    SUPPLEMENTARY = "supplementary"
    """A supplementary agreement for cooperation and coordination (IV.3)."""
    PROJECT = "project"
    """The written agreement of a joint project on legal and financial duties (IX.1(a))."""
    OTHER = "other"
    """Another agreement on the subject, which stays in force by itself (VII.2)."""
    REPLACEMENT = "replacement"
    """A new agreement that takes the place of the Agreement as a whole (X.2)."""


CLAUSES: Mapping[InstrumentKind, str] = {
    InstrumentKind.SUPPLEMENTARY: "IV.3",
    InstrumentKind.PROJECT: "IX.1(a)",
    InstrumentKind.OTHER: "VII.2",
    InstrumentKind.REPLACEMENT: "X.2",
}
"""The clause of the Agreement that each kind hangs on."""


class InstrumentStatus(StrEnum):
    """Where one instrument stands."""

    DRAFTING = "drafting"
    """It is proposed or drafted, and not all parties have signed."""
    SIGNED = "signed"
    """All parties have signed; it does not count as in force before its record is confirmed and its day comes."""
    IN_FORCE = "in_force"
    """Its record is confirmed by both sides, and its first day has come."""
    ENDED = "ended"
    """Its term is over."""
    TERMINATED = "terminated"
    """It was ended before its term, as both sides put on record."""
    REPLACED = "replaced"
    """Another instrument took its place."""
    WITHDRAWN = "withdrawn"
    """It was given up before all parties had signed."""


class InstrumentDeed(StrEnum):
    """What was done to an instrument's record, for its history."""

    ENTERED = "entered"
    """It was put on record."""
    CORRECTED = "corrected"
    """Its particulars were corrected."""
    SIGNED = "signed"
    """A party's signature was put on record."""
    FILED = "filed"
    """Its signed file was put on record."""
    CONFIRMED = "confirmed"
    """The other side confirmed the record."""
    BEGAN = "began"
    """Its first day came."""
    ENDING_PROPOSED = "ending_proposed"
    """A side put on record that it was terminated or replaced."""
    ENDING_DROPPED = "ending_dropped"
    """That was taken back, or not confirmed."""
    ENDING_CONFIRMED = "ending_confirmed"
    """The other side confirmed that it was terminated or replaced."""
    CLOSED = "closed"
    """Its last day has passed."""
    WITHDRAWN = "withdrawn"
    """The draft was given up."""


OPEN = frozenset({InstrumentStatus.DRAFTING, InstrumentStatus.SIGNED})
"""Before its record is confirmed and its first day has come."""


class InstrumentEnding(StrEnum):
    """How an instrument may end before its term."""

    TERMINATED = "terminated"
    """It is ended, and nothing takes its place."""
    REPLACED = "replaced"
    """Another instrument takes its place."""


class Instrument(NumberedRow, table=True):
    """One instrument between the parties, with its own term.

    `kept_at` says where the signed text is kept, if it must not be shown in a shared channel. `notice` is an
    ISO 8601 period or empty. `stated_by` is the party that last put its particulars on record,
    and `ending_by` the one that says it was ended early: the other has to confirm. `version` counts what was
    changed in between, so that nobody confirms what they have not seen.
    """

    __table_args__ = (UniqueConstraint("year", "seq"),)

    kind: InstrumentKind = Field(sa_type=status_type(InstrumentKind))
    title: str
    scope: str
    channel_id: str = Field(foreign_key="channel.channel_id")
    reference: str = ""
    effective_on: date | None = None
    ends_on: date | None = None
    notice: str = ""
    review_on: date | None = None
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    kept_at: str = ""
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime
    stated_by: str
    status: InstrumentStatus = Field(sa_type=status_type(InstrumentStatus), index=True)
    version: int = 0
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    ending: InstrumentEnding | None = Field(default=None, sa_type=status_type(InstrumentEnding))
    ending_on: date | None = None
    ending_note: str = ""
    replaced_by: str = ""
    ending_by: str = ""
    ending_confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    closed_on: date | None = None

    @property
    def clause(self) -> str:
        """The clause of the Agreement it hangs on."""
        return CLAUSES[self.kind]

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides stand by its particulars."""
        return self.confirmed_at is not None

    @property
    def last_day(self) -> date | None:
        """The last day of its life as far as both sides have put on record; None while it has no end."""
        return self.ending_on if self.ending_confirmed_by else self.ends_on

    @property
    def ended_as(self) -> InstrumentStatus:
        """How it stands once its last day has passed."""
        early = self.ending if self.ending_confirmed_by else None
        return InstrumentStatus(early.value) if early else InstrumentStatus.ENDED

    def side_of(self, party: str) -> Side:
        """Whoever stated something last began; the other side confirms it."""
        return Side.INITIATING if party == (self.ending_by or self.stated_by) else Side.RESPONDING


class InstrumentSignature(SignatureRow, table=True):
    """One party's signature."""

    __table_args__ = (UniqueConstraint("instrument_id", "party"),)

    instrument_id: int = Field(foreign_key="instrument.id", index=True)


class InstrumentStep(StepRow, table=True):
    """One line of an instrument's history."""

    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    deed: InstrumentDeed = Field(sa_type=status_type(InstrumentDeed))


@dataclass(frozen=True, kw_only=True)
class InstrumentChanged(Event):
    """Something was put on record of one instrument."""

    instrument_id: int
    number: str
    title: str
    kind: InstrumentKind
    status: InstrumentStatus
    deed: InstrumentDeed
    by: str
    by_party: str
    others: tuple[str, ...]
    note: str = ""


@dataclass
class InstrumentFieldEmpty(FieldError):
    """A field without which the register says nothing was left empty."""

    routine = "instruments"


@dataclass
class InstrumentMovedOn(Refusal):
    """Somebody changed the record first; `deed` is the last thing that was done."""

    routine = "instruments"
    number: str
    deed: InstrumentDeed
    by: str
    party: str
    at: datetime
    zone: str


@dataclass
class NoSuchInstrument(AgreementError):
    """No instrument has this number."""

    routine = "instruments"
    number: str


def remember(desk: Desk, row: Instrument, deed: InstrumentDeed, note: str = "") -> None:
    """Add a line to the history of an instrument."""
    by = desk.by.key if desk.by else None
    desk.session.add(InstrumentStep(instrument_id=row.key, deed=deed, by=by, at=desk.now, note=note))
    desk.session.flush()


def history(session: Session, row: Instrument) -> Sequence[InstrumentStep]:
    """What was done, the first thing first."""
    query = select(InstrumentStep).where(InstrumentStep.instrument_id == row.key)
    return session.exec(query.order_by(col(InstrumentStep.id))).all()


def signatures(session: Session, row: Instrument) -> dict[str, InstrumentSignature]:
    """The signatures on record, by party."""
    query = select(InstrumentSignature).where(InstrumentSignature.instrument_id == row.key)
    return {each.party: each for each in session.exec(query).all()}


def changed(desk: Desk, row: Instrument, deed: InstrumentDeed, note: str = "") -> dict[str, Any]:
    """Write the history and return what every event about an instrument says."""
    remember(desk, row, deed, note)
    own = desk.by.party if desk.by else ""
    parties = desk.definition.others(own) if own else desk.definition.parties
    return {
        **about(row),
        "deed": deed,
        "by": desk.by.name if desk.by else "",
        "by_party": desk.definition.party(own).abbreviation if own else "",
        "others": tuple(party.abbreviation for party in parties),
        "note": note,
    }


def about(row: Instrument) -> dict[str, Any]:
    """What names an instrument in any event or form about it."""
    return {
        "clause": row.clause,
        "subject": f"instrument:{row.key}",
        "instrument_id": row.key,
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "status": row.status,
    }


def move(desk: Desk, row: Instrument, expected: ColumnElement[bool], **values: object) -> None:
    """Change the record if it stands where it is expected to; else say who was first."""
    mine = (col(Instrument.id) == row.key) & expected
    next_version = Instrument.version + 1
    done = desk.session.exec(update(Instrument).where(mine).values(version=next_version, **values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise moved_on(desk, row)


def moved_on(desk: Desk, row: Instrument) -> InstrumentMovedOn:
    """What was done last, by whom, and when."""
    last = history(desk.session, row)[-1]
    by = desk.session.get(Person, last.by) if last.by else None
    party = desk.definition.party(by.party).abbreviation if by else ""
    name = by.name if by else ""
    return InstrumentMovedOn(row.number, last.deed, name, party, last.at, desk.definition.tz)


def get_instrument(session: Session, instrument_id: int) -> Instrument:
    """One instrument; refuses an unknown key."""
    row = session.get(Instrument, instrument_id)
    if row is None:
        raise NoSuchInstrument(str(instrument_id))
    return row


def by_number(session: Session, number: str) -> Instrument:
    """One instrument by the number people quote; refuses one that does not exist."""
    found = find_number(session, Instrument, number)
    if found is None:
        raise NoSuchInstrument(number.strip())
    return found


def listing(session: Session, limit: int = 30) -> list[Instrument]:
    """The register: by where they stand, and then the latest first."""
    rows = session.exec(select(Instrument).order_by(col(Instrument.id).desc()).limit(limit)).all()
    order = list(InstrumentStatus)
    return sorted(rows, key=lambda row: order.index(row.status))


def unconfirmed(session: Session) -> Sequence[Instrument]:
    """The instruments of which one side has still to confirm what the other put on record."""
    signed = (col(Instrument.status) == InstrumentStatus.SIGNED) & col(Instrument.confirmed_at).is_(None)
    ending = (col(Instrument.ending_by) != "") & col(Instrument.ending_confirmed_by).is_(None)
    return session.exec(select(Instrument).where(signed | ending).order_by(col(Instrument.id))).all()


def drafts(session: Session) -> Sequence[Instrument]:
    """The instruments that somebody has still to sign."""
    query = select(Instrument).where(Instrument.status == InstrumentStatus.DRAFTING)
    return session.exec(query.order_by(col(Instrument.id))).all()
