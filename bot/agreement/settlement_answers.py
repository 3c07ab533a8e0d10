"""The other party's word on what one party stated of a date that both owe: confirmed, or not agreed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.agreement.channels import channel_for
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.ledger import DutyFacts, NoSuchOccurrence, Occurrence, OccurrenceStatus, duty_facts, get
from bot.agreement.people import Person, Refusal, require
from bot.agreement.rights import Act
from bot.agreement.settlement_statements import (
    SettlementStatement,
    StatedOutcome,
    StatementStatus,
    go,
)
from bot.agreement.settlements import OccurrenceMet, OccurrenceNotKnown, close


@dataclass(frozen=True, kw_only=True)
class StatementDisputed(DutyFacts):
    """The other party does not agree to what was stated; the date stays open."""

    channel_id: str
    by: str
    party: str
    stated_by: str
    stated_party: str
    outcome: StatedOutcome
    reason: str


@dataclass
class StatementAnswered(Refusal):
    """Somebody answered first, or the date was settled otherwise."""

    routine = "ledger"
    status: StatementStatus
    by: str
    at: datetime
    zone: str


@dataclass
class DisputeReasonMissing(FieldError):
    """That a party does not agree is put on record with the reason."""

    routine = "ledger"


def confirm_statement(desk: Desk, *, statement_id: int) -> OccurrenceMet | OccurrenceNotKnown:
    """Confirm for one's party what the other stated; with that the date is settled."""
    row, occurrence = _answering(desk, statement_id)
    _go(desk, row, "confirm")
    proof = {"note": row.note, "person_id": row.stated_by}
    if row.outcome is StatedOutcome.NOT_KNOWN or row.met_on is None:
        close(desk, occurrence, OccurrenceStatus.NOT_KNOWN, **proof)
        return OccurrenceNotKnown(
            note=row.note, confirmed_by=desk.person.name, **_facts(desk, row, occurrence)
        )
    close(desk, occurrence, OccurrenceStatus.MET, met_on=row.met_on, evidence=row.evidence, **proof)
    return OccurrenceMet(
        met_on=row.met_on,
        evidence=row.evidence,
        days_late=max(0, (row.met_on - occurrence.due_on).days),
        confirmed_by=desk.person.name,
        **_facts(desk, row, occurrence),
    )


def dispute_statement(desk: Desk, *, statement_id: int, reason: str) -> StatementDisputed:
    """Say, with the reason, that one's party does not agree to what the other stated."""
    row, occurrence = _answering(desk, statement_id)
    if not reason.strip():
        raise DisputeReasonMissing("reason")
    _go(desk, row, "dispute", reason=reason.strip())
    facts = _facts(desk, row, occurrence)
    stated = {"stated_by": facts.pop("by"), "stated_party": facts.pop("party")}
    return StatementDisputed(
        by=desk.person.name,
        party=desk.definition.party(desk.person.party).abbreviation,
        outcome=row.outcome,
        reason=row.reason,
        **stated,
        **facts,
    )


def statement(desk: Desk, statement_id: int) -> SettlementStatement:
    """What the other party stated, to be shown to whoever may answer it; refused once it was answered."""
    row, _ = _answering(desk, statement_id)
    if row.status is not StatementStatus.WAITING:
        raise _answered(desk, row)
    return row


def _answering(desk: Desk, statement_id: int) -> tuple[SettlementStatement, Occurrence]:
    row = desk.session.get(SettlementStatement, statement_id)
    if row is None:
        raise NoSuchOccurrence
    require(desk.session, desk.person, Act.ANSWER_STATEMENT, row)
    return row, get(desk.session, row.occurrence_id)


def _go(desk: Desk, row: SettlementStatement, name: str, **values: object) -> None:
    by = {"answered_by": desk.person.key, "answered_at": desk.now}
    go(desk, row, name, lambda: _answered(desk, row), **by, **values)


def _answered(desk: Desk, row: SettlementStatement) -> StatementAnswered:
    person = desk.session.get(Person, row.answered_by) if row.answered_by else None
    at = row.answered_at or desk.now
    return StatementAnswered(row.status, person.name if person else "", at, desk.definition.tz)


def _facts(desk: Desk, row: SettlementStatement, occurrence: Occurrence) -> dict[str, Any]:
    return {
        "channel_id": channel_for(desk.session, occurrence.scope).channel_id,
        "by": desk.session.get_one(Person, row.stated_by).name,
        "party": desk.definition.party(row.party).abbreviation,
        **duty_facts(desk.definition, occurrence),
    }
