"""How due dates are settled: met with evidence, waived by every party, or not known any more."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Field, SQLModel, col, select

from bot.agreement.channels import channel_for
from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.ledger import (
    UNSETTLED,
    DutyFacts,
    NoSuchOccurrence,
    Occurrence,
    OccurrenceStatus,
    Reminder,
    duty_facts,
    get,
)
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.settlement_statements import (
    OccurrenceStated,
    StatedOutcome,
    overtake,
    state,
    takes_both,
)


class Waiver(SQLModel, table=True):
    """One party's word that an occurrence need not be met; it takes every party's."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    party: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OccurrenceMet(DutyFacts):
    """Somebody recorded that a duty was met, and where the evidence is.

    `confirmed_by` is the other party's person, for what takes the word of both.
    """

    channel_id: str
    by: str
    party: str
    met_on: date
    days_late: int
    evidence: str
    confirmed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class WaiverGiven(DutyFacts):
    """One party would waive a due date; it stands until every party says so: `waiting_for` has not yet."""

    occurrence_id: int
    channel_id: str
    by: str
    party: str
    complete: bool
    waiting_for: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class OccurrenceNotKnown(DutyFacts):
    """Somebody recorded that nobody can tell any more."""

    channel_id: str
    by: str
    party: str
    note: str
    confirmed_by: str = ""


@dataclass
class AlreadySettled(AgreementError):
    """The due date has been settled by somebody else."""

    routine = "ledger"
    title: str
    due_on: date
    status: OccurrenceStatus


@dataclass
class AlreadyWaived(AgreementError):
    """The person's party has said already that the due date need not be met."""

    routine = "ledger"
    party: str
    title: str
    due_on: date


@dataclass
class MetInFuture(FieldError):
    """A duty cannot have been met on a day that has not come."""

    routine = "ledger"
    today: date


@dataclass
class MetBeforeAgreement(FieldError):
    """A duty cannot have been met before the agreement was concluded."""

    routine = "ledger"
    concluded: date


@dataclass
class MetBeforeWindow(FieldError):
    """What is done once in each window cannot have been done before this one opened."""

    routine = "ledger"
    opened: date


@dataclass
class NoteMissing(FieldError):
    """That it is no longer known whether a duty was met is recorded only with a reason."""

    routine = "ledger"


@dataclass
class DayMissing(FieldError):
    """A duty is recorded as met only with the day on which it was."""

    routine = "ledger"


@dataclass
class EvidenceMissing(FieldError):
    """A duty is recorded as met only with word of where the evidence is."""

    routine = "ledger"


def record_met(
    desk: Desk, *, occurrence_id: int, met_on: date | None, evidence: str, note: str = ""
) -> OccurrenceMet | OccurrenceStated:
    """Record on which day a duty was met and where the evidence is.

    What both parties owe together is only stated by it: it counts once the other party confirms it.
    """
    occurrence = _settling(desk, occurrence_id)
    if met_on is None:
        raise DayMissing("met_on")
    _check_day(desk, occurrence, met_on)
    if not evidence.strip():
        raise EvidenceMissing("evidence")
    proof = {"met_on": met_on, "evidence": evidence.strip(), "note": note.strip()}
    if takes_both(desk, occurrence):
        return state(desk, occurrence, StatedOutcome.MET, **proof)
    _settle(desk, occurrence, OccurrenceStatus.MET, **proof)
    return OccurrenceMet(
        met_on=met_on,
        evidence=evidence.strip(),
        days_late=max(0, (met_on - occurrence.due_on).days),
        **_settled_by(desk, occurrence),
    )


def _check_day(desk: Desk, occurrence: Occurrence, met_on: date) -> None:
    concluded = desk.definition.event("concluded")
    if met_on > desk.today:
        raise MetInFuture("met_on", desk.today)
    if met_on < concluded:
        raise MetBeforeAgreement("met_on", concluded)
    window = desk.definition.duty(occurrence.duty).kind is DutyKind.WINDOW
    if window and met_on < occurrence.window_start:
        raise MetBeforeWindow("met_on", occurrence.window_start)


def record_not_known(desk: Desk, *, occurrence_id: int, note: str) -> OccurrenceNotKnown | OccurrenceStated:
    """Record, with the reason, that it is no longer known whether a duty was met.

    Of what both parties owe together it is only stated: it counts once the other party confirms it.
    """
    occurrence = _settling(desk, occurrence_id)
    if not note.strip():
        raise NoteMissing("note")
    if takes_both(desk, occurrence):
        return state(desk, occurrence, StatedOutcome.NOT_KNOWN, note=note.strip())
    _settle(desk, occurrence, OccurrenceStatus.NOT_KNOWN, note=note.strip())
    return OccurrenceNotKnown(note=note.strip(), **_settled_by(desk, occurrence))


def waive(desk: Desk, *, occurrence_id: int, note: str) -> WaiverGiven:
    """Give one party's word that a due date need not be met; the last party's word settles it."""
    occurrence = _settling(desk, occurrence_id)
    party = desk.definition.party(desk.person.party)
    if desk.session.get(Waiver, (occurrence_id, party.id)):
        raise AlreadyWaived(
            party.abbreviation, desk.definition.duty(occurrence.duty).title, occurrence.due_on
        )
    waiver = Waiver(occurrence_id=occurrence_id, party=party.id, person_id=desk.person.key, at=desk.now)
    desk.session.add(waiver)
    desk.session.flush()
    given = desk.session.exec(select(Waiver.party).where(Waiver.occurrence_id == occurrence_id)).all()
    missing = tuple(each.abbreviation for each in desk.definition.parties if each.id not in given)
    if not missing:
        _settle(desk, occurrence, OccurrenceStatus.WAIVED, note=note.strip())
    return WaiverGiven(
        occurrence_id=occurrence_id,
        complete=not missing,
        waiting_for=missing,
        note=note.strip(),
        **_settled_by(desk, occurrence),
    )


def unsettled(desk: Desk, occurrence_id: int) -> Occurrence:
    """A due date that the person may settle, to be shown before they do; refused once somebody has."""
    require(desk.session, desk.person, Act.SETTLE)
    occurrence = _for_people(desk, occurrence_id)
    refuse_settled(desk, occurrence)
    return occurrence


def _settling(desk: Desk, occurrence_id: int) -> Occurrence:
    require(desk.session, desk.person, Act.SETTLE)
    occurrence = _for_people(desk, occurrence_id)
    # Two parties may waive at once; whoever comes second must see the first one's word.
    desk.session.refresh(occurrence, with_for_update=True)
    refuse_settled(desk, occurrence)
    return occurrence


def _for_people(desk: Desk, occurrence_id: int) -> Occurrence:
    occurrence = get(desk.session, occurrence_id)
    if not desk.definition.duty(occurrence.duty).settle:
        raise NoSuchOccurrence
    return occurrence


def refuse_settled(desk: Desk, occurrence: Occurrence) -> None:
    """Raise AlreadySettled unless the due date still waits for word."""
    if occurrence.status not in UNSETTLED:
        title = desk.definition.duty(occurrence.duty).title
        raise AlreadySettled(title, occurrence.due_on, occurrence.status)


def _settled_by(desk: Desk, occurrence: Occurrence) -> dict[str, Any]:
    party = desk.definition.party(desk.person.party).abbreviation
    return {
        "channel_id": channel_for(desk.session, occurrence.scope).channel_id,
        "by": desk.person.name,
        "party": party,
        **duty_facts(desk.definition, occurrence),
    }


def _settle(desk: Desk, occurrence: Occurrence, status: OccurrenceStatus, **facts: object) -> None:
    close(desk, occurrence, status, person_id=desk.person.key, **facts)


def close(desk: Desk, occurrence: Occurrence, status: OccurrenceStatus, **facts: object) -> None:
    """Settle a due date once, and drop the reminders that are now beside the point, and what was stated."""
    open_row = (col(Occurrence.id) == occurrence.key) & col(Occurrence.status).in_(UNSETTLED)
    done = desk.session.exec(update(Occurrence).where(open_row).values(status=status, **facts))
    if done.rowcount != 1:
        desk.session.refresh(occurrence)
        refuse_settled(desk, occurrence)
    unsaid = (col(Reminder.occurrence_id) == occurrence.key) & col(Reminder.said_at).is_(None)
    desk.session.exec(delete(Reminder).where(unsaid))
    desk.session.refresh(occurrence)
    overtake(desk, occurrence)
