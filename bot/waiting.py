"""What waits for one person: each routine's own question, asked in the order in which it matters to them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from bot import meetings_waiting, overview
from bot.agreement.activities import unanswered
from bot.agreement.arrangements import ArrangementStatus, all_arrangements
from bot.agreement.communication_clearances import to_clear
from bot.agreement.communications import communication_facts as event_facts
from bot.agreement.communications import without_proof
from bot.agreement.confirmations import quarter_to_confirm
from bot.agreement.consultations import Consultation, ConsultationStatus
from bot.agreement.definition_values import Scope
from bot.agreement.desk import Desk
from bot.agreement.distributions import standing, waiting_for_office
from bot.agreement.documents import not_acknowledged
from bot.agreement.emblems import EmblemStatus, pending
from bot.agreement.event_notes import unconfirmed
from bot.agreement.exchange_periods import waiting_for
from bot.agreement.ledger import Occurrence
from bot.agreement.matters import open_matters
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Person, may
from bot.agreement.project_lines import lacking
from bot.agreement.projects import JointProject, period_of, responsible_for, running
from bot.agreement.report_series import series_of
from bot.agreement.restricted import to_acknowledge
from bot.agreement.rights import Act
from bot.agreement.vacancies import is_vacant, vacant_since
from bot.agreement.workplan_adoptions import Adoption, adopting
from bot.agreement.workplan_reminders import agreed_day, asked, due_items
from bot.agreement.workplans import PENDING, Workplan, clause_of, may_for
from bot.cards.activities import line_facts
from bot.cards.arrangements import arrangement_facts
from bot.cards.consultations import consultation_facts
from bot.cards.documents import document_facts, series_facts
from bot.cards.event_notes import event_note_facts
from bot.cards.matters import matter_facts
from bot.cards.projects import project_facts
from bot.cards.restricted import restricted_facts

ANSWER_SOON = timedelta(days=14)
"""How long before the end of a period it is shown to those who may answer for it."""
Finder = Callable[[Desk], list[dict[str, Any]]]
"""Finds what of one kind waits for the person at the desk, as facts for the words in `home/items`."""


def waiting(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Everything that waits for this person, kind by kind."""
    return {kind: find(desk) for kind, find in WAITING.items()}


def evidence_wanted(desk: Desk) -> int:
    """How many due dates of before the secretariat came this person may still account for."""
    return len(overview.evidence_wanted(desk)) if may(desk.session, desk.person, Act.SETTLE) else 0


def _decisions(desk: Desk) -> list[dict[str, Any]]:
    return _requests(desk, EmblemStatus.SUBMITTED, Act.DECIDE_EMBLEM)


def _questions(desk: Desk) -> list[dict[str, Any]]:
    return _requests(desk, EmblemStatus.MORE_INFORMATION, Act.ANSWER_EMBLEM)


def _overdue(desk: Desk) -> list[dict[str, Any]]:
    if not may(desk.session, desk.person, Act.SETTLE):
        return []
    asked = {row["occurrence_id"] for row in _periods(desk)}
    late = [row for row in overview.overdue(desk) if row.key not in asked and not _left_to_others(desk, row)]
    return overview.rows(desk, late)


def _activities(desk: Desk) -> list[dict[str, Any]]:
    return [line_facts(desk, row) for row in unanswered(desk)]


def _left_to_others(desk: Desk, occurrence: Occurrence) -> bool:
    """Whether a period of exchange waits for the other side alone, since the person's party has answered."""
    per_channel = desk.definition.duty(occurrence.duty).per is Scope.CHANNEL
    mine = desk.definition.party(desk.person.party).abbreviation
    return per_channel and mine not in waiting_for(desk, occurrence.key)


def _requests(desk: Desk, status: EmblemStatus, act: Act) -> list[dict[str, Any]]:
    rows = [row for row in pending(desk.session) if row.status is status]
    return [overview.request_facts(desk, row) for row in rows if may(desk.session, desk.person, act, row)]


def _acknowledgements(desk: Desk) -> list[dict[str, Any]]:
    mine = (
        row
        for row in overview.unacknowledged(desk.session)
        if may(desk.session, desk.person, Act.ACKNOWLEDGE_UPDATE, row)
    )
    return [overview.share_facts(desk, row) for row in mine]


def _periods(desk: Desk) -> list[dict[str, Any]]:
    """The periods of exchange that end soon and for which the person's party has not answered."""
    if not may(desk.session, desk.person, Act.SHARE_UPDATE):
        return []
    party = desk.definition.party(desk.person.party).abbreviation
    until = desk.today + ANSWER_SOON
    kept_by_channel = {duty.id for duty in desk.definition.duties if duty.per is Scope.CHANNEL}
    soon = overview.still_open(desk, Occurrence.due_on <= until)
    mine = [row for row in soon if row.duty in kept_by_channel and party in waiting_for(desk, row.key)]
    return overview.rows(desk, mine)


def _matters(desk: Desk) -> list[dict[str, Any]]:
    """What the person's own party has noted and not shared yet; nobody else is shown it."""
    if not may(desk.session, desk.person, Act.NOTE_MATTER):
        return []
    return [matter_facts(desk, row) for row in open_matters(desk.session, desk.person.party)]


def _lines(desk: Desk) -> list[dict[str, Any]]:
    """The projects for which this person answers, and of which their party has said nothing in this period."""
    mine = [row for row in running(desk.session) if desk.person == _answers_for(desk, row)]
    lacked = [row for row in mine if desk.person.party in lacking(desk, row)]
    return [{**project_facts(desk, row), "by": by} for row in lacked if (by := _soon(desk, row))]


def _answers_for(desk: Desk, row: JointProject) -> Person | None:
    return responsible_for(desk, row, desk.person.party)


def _soon(desk: Desk, row: JointProject) -> date | None:
    by = period_of(desk, row)
    return by if by and by <= desk.today + ANSWER_SOON else None


def _consultations(desk: Desk) -> list[dict[str, Any]]:
    waits = select(Consultation).where(Consultation.status == ConsultationStatus.OPEN)
    rows = desk.session.exec(waits.order_by(col(Consultation.id))).all()
    mine = [row for row in rows if may(desk.session, desk.person, Act.ANSWER_CONSULTATION, row)]
    return [{**consultation_facts(desk, row.key), "consultation_id": row.key} for row in mine]


def _confirmations(desk: Desk) -> list[dict[str, Any]]:
    row = quarter_to_confirm(desk) if may(desk.session, desk.person, Act.CONFIRM_CONTACTS) else None
    party = desk.definition.party(desk.person.party).abbreviation
    return [{"occurrence_id": row.key, "due_on": row.due_on, "party": party}] if row else []


def _vacancies(desk: Desk) -> list[dict[str, Any]]:
    mine = OwnMatter(desk.person.party)
    if not may(desk.session, desk.person, Act.DESIGNATE, mine) or not is_vacant(desk, mine.party):
        return []
    party = desk.definition.party(mine.party).abbreviation
    return [{"party": party, "since": vacant_since(desk, mine.party), "value": "new"}]


def _tellings(desk: Desk) -> list[dict[str, Any]]:
    return [
        {"distribution_id": row.key, "number": row.number, "office": desk.person.office}
        for row in waiting_for_office(desk)
    ]


def _untold(desk: Desk) -> list[dict[str, Any]]:
    if not may(desk.session, desk.person, Act.DISTRIBUTE, OwnMatter(desk.person.party)):
        return []
    names = [office.name for office, row in standing(desk, desk.person.party) if row is None]
    return [{"names": names, "value": "new"}] if names else []


def _restricted(desk: Desk) -> list[dict[str, Any]]:
    """What the person is named for and has not acknowledged; the facts tell nothing of what it says."""
    return [restricted_facts(desk, row.key) for row in to_acknowledge(desk, desk.person)]


def _documents(desk: Desk) -> list[dict[str, Any]]:
    rows = not_acknowledged(desk.session)
    mine = [row for row in rows if may(desk.session, desk.person, Act.ACKNOWLEDGE_DOCUMENT, row)]
    return [document_facts(desk, row.key) for row in mine]


def _arrangements(desk: Desk) -> list[dict[str, Any]]:
    rows = [row for row in all_arrangements(desk.session) if row.status is ArrangementStatus.RECORDED]
    mine = [row for row in rows if may(desk.session, desk.person, Act.CONFIRM_ARRANGEMENT, row)]
    return [arrangement_facts(desk, row.key) for row in mine]


def _series(desk: Desk) -> list[dict[str, Any]]:
    """The series of the person's own party of which an issue is expected and none has been offered."""
    rows = [row for row in series_of(desk.session, desk.person.party) if row.awaited_on <= desk.today]
    mine = [row for row in rows if may(desk.session, desk.person, Act.KEEP_SERIES, row)]
    return [series_facts(desk, row) for row in mine]


def _clearances(desk: Desk) -> list[dict[str, Any]]:
    if not may(desk.session, desk.person, Act.CLEAR_COMMUNICATION):
        return []
    return [
        {
            "number": row.number,
            "clause": row.clause,
            "title": version.title,
            "release_at": row.release_at,
            "communication_id": row.key,
        }
        for row, version in to_clear(desk)
    ]


def _proofs(desk: Desk) -> list[dict[str, Any]]:
    """What was released, for the communications officers of both sides, until its link is on record."""
    if not may(desk.session, desk.person, Act.CLEAR_COMMUNICATION):
        return []
    return [event_facts(desk, row) for row in without_proof(desk.session)]


def _event_notes(desk: Desk) -> list[dict[str, Any]]:
    rows = unconfirmed(desk.session)
    mine = [row for row in rows if may(desk.session, desk.person, Act.CONFIRM_EVENT, row)]
    return [event_note_facts(desk, row.key) for row in mine]


def _workplans(desk: Desk) -> list[dict[str, Any]]:
    """The proposed workplans that the person may adopt and the person's party has not adopted."""
    rows = desk.session.exec(select(Workplan).where(col(Workplan.status).in_(PENDING))).all()
    mine = [row for row in rows if may_for(desk, adopting(row.scope), row.scope)]
    party = desk.person.party
    open_rows = [row for row in mine if desk.session.get(Adoption, (row.key, party)) is None]
    return [{**row.model_dump(), "clause": row.clause, "workplan_id": row.key} for row in open_rows]


def _items(desk: Desk) -> list[dict[str, Any]]:
    """The items that the person is asked about and that are due soon, or were."""
    rows = due_items(desk, desk.today + ANSWER_SOON)
    mine = [row for row in rows if desk.person in asked(desk, row)]
    return [
        {
            **row.model_dump(),
            "clause": clause_of(row.scope),
            "number": row.number,
            "item_id": row.key,
            "due": agreed_day(desk, row),
            "late": (agreed_day(desk, row) or desk.today) < desk.today,
        }
        for row in mine
    ]


WAITING: Mapping[str, Finder] = {
    "decisions": _decisions,
    "questions": _questions,
    "acknowledgements": _acknowledgements,
    "restricted": _restricted,
    "documents": _documents,
    "arrangements": _arrangements,
    "series": _series,
    "periods": _periods,
    "matters": _matters,
    "consultations": _consultations,
    "lines": _lines,
    "clearances": _clearances,
    "proofs": _proofs,
    "event_notes": _event_notes,
    "workplans": _workplans,
    "items": _items,
    "meeting_times": meetings_waiting.times,
    "minutes_to_write": meetings_waiting.minutes_to_write,
    "minutes_to_confirm": meetings_waiting.minutes_to_confirm,
    "actions": meetings_waiting.actions,
    "overdue": _overdue,
    "activities": _activities,
    "confirmations": _confirmations,
    "vacancies": _vacancies,
    "tellings": _tellings,
    "untold": _untold,
}
