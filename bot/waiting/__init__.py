"""What waits for one person: each routine's own question, asked in the order in which it matters to them."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.people import may
from bot.agreement.rights import Act
from bot.waiting import (
    activities,
    arrangements,
    communications,
    consultations,
    contacts,
    documents,
    emblems,
    exchanges,
    instruments,
    invitations,
    ledger,
    matters,
    meetings,
    projects,
    restricted,
    reviews,
    workplans,
)

Finder = Callable[[Desk], list[dict[str, Any]]]
"""Finds what of one kind waits for the person at the desk, as facts for the words in `home/items`."""


def waiting(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Everything that waits for this person, kind by kind."""
    return {kind: find(desk) for kind, find in WAITING.items()}


def evidence_wanted(desk: Desk) -> int:
    """How many due dates of before the secretariat came this person may still account for."""
    return len(overview.evidence_wanted(desk)) if may(desk.session, desk.person, Act.SETTLE) else 0


WAITING: Mapping[str, Finder] = {
    "decisions": emblems.decisions,
    "questions": emblems.questions,
    "acknowledgements": exchanges.acknowledgements,
    "restricted": restricted.restricted,
    "documents": documents.documents,
    "arrangements": arrangements.arrangements,
    "series": documents.series,
    "interest": invitations.interest,
    "invitations_to_issue": invitations.to_be_issued,
    "invitations": invitations.invitations,
    "attendance": invitations.attendance,
    "instruments": instruments.to_confirm,
    "instrument_endings": instruments.endings,
    "instrument_signatures": instruments.to_sign,
    "periods": exchanges.periods,
    "matters": matters.matters,
    "consultations": consultations.consultations,
    "lines": projects.lines,
    "clearances": communications.clearances,
    "proofs": communications.proofs,
    "event_notes": communications.event_notes,
    "workplans": workplans.workplans,
    "items": workplans.items,
    "meeting_times": meetings.times,
    "minutes_to_write": meetings.minutes_to_write,
    "minutes_to_confirm": meetings.minutes_to_confirm,
    "actions": meetings.actions,
    "review_sections": reviews.sections,
    "review_days": reviews.days,
    "review_signatures": reviews.to_sign,
    "overdue": ledger.overdue,
    "activities": activities.activities,
    "confirmations": contacts.confirmations,
    "vacancies": contacts.vacancies,
    "tellings": contacts.tellings,
    "untold": contacts.untold,
}
