"""What waits for one person: each routine's own question, asked in the order in which it matters to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.people import may, passes_elsewhere
from bot.agreement.rights import Act
from bot.agreement.standing import standing
from bot.waiting import (
    activities,
    amendments,
    approvers,
    arrangements,
    communications,
    consultations,
    contacts,
    costs,
    disputes,
    documents,
    emblems,
    exchanges,
    formulas,
    instruments,
    invitations,
    ledger,
    matters,
    meetings,
    notices,
    project_gates,
    projects,
    renewals,
    restricted,
    reviews,
    workplans,
)

Finder = Callable[[Desk], list[dict[str, Any]]]
"""Finds what of one kind waits for the person at the desk, as facts for the words in `home/items`."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing that may wait for a person, and the block of `home/items` that says it.

    What is `personal` waits for nobody else, not even for whoever takes over their capacity. What is `private` is
    the own party's, and another party's app must not carry it.
    """

    find: Finder
    words: str
    personal: bool = False
    private: bool = False


def waiting(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Everything that waits for this person, kind by kind; once the Agreement has ended, what outlives it."""
    over = not standing(desk.session, desk.today).in_force
    elsewhere = passes_elsewhere(desk.session, desk.person)
    return {
        name: [] if (over and name not in LIVING) or (elsewhere and kind.private) else kind.find(desk)
        for name, kind in KINDS.items()
    }


def evidence_wanted(desk: Desk) -> int:
    """How many due dates of before the secretariat came this person may still account for."""
    return len(overview.evidence_wanted(desk)) if may(desk.session, desk.person, Act.SETTLE) else 0


KINDS: Mapping[str, Kind] = {
    "notices_to_acknowledge": Kind(notices.to_acknowledge, "notice_to_acknowledge"),
    "notices_to_agree": Kind(notices.to_agree, "notice_to_agree", private=True),
    "notices_to_send": Kind(notices.to_send, "notice_to_send", private=True),
    "letters_to_confirm": Kind(notices.to_confirm, "letter_to_confirm"),
    "withdrawals_to_answer": Kind(notices.withdrawals, "withdrawal_to_answer"),
    "decisions": Kind(emblems.decisions, "decision"),
    "questions": Kind(emblems.questions, "question"),
    "uncovered": Kind(approvers.uncovered, "uncovered"),
    "emblem_take_downs": Kind(emblems.take_downs, "emblem_take_down"),
    "emblem_uses": Kind(emblems.uses, "emblem_use"),
    "emblem_proofs": Kind(emblems.proofs, "emblem_proof"),
    "emblem_drafts": Kind(emblems.drafts, "emblem_draft", private=True),
    "acknowledgements": Kind(exchanges.acknowledgements, "acknowledgement"),
    "restricted": Kind(restricted.restricted, "restricted", personal=True),
    "documents": Kind(documents.documents, "document"),
    "arrangements": Kind(arrangements.arrangements, "arrangement"),
    "series": Kind(documents.series, "series"),
    "interest": Kind(invitations.interest, "interest", private=True),
    "invitations_to_issue": Kind(invitations.to_be_issued, "invitation_to_issue", private=True),
    "invitations": Kind(invitations.invitations, "invitation"),
    "attendance": Kind(invitations.attendance, "attendance"),
    "instruments": Kind(instruments.to_confirm, "instrument"),
    "instrument_endings": Kind(instruments.endings, "instrument_ending"),
    "instrument_signatures": Kind(instruments.to_sign, "instrument_signature"),
    "disputes": Kind(disputes.disputes, "dispute", personal=True),
    "formulas": Kind(formulas.formulas, "formula"),
    "costs": Kind(costs.to_confirm, "cost"),
    "cost_endings": Kind(costs.endings, "cost_ending"),
    "amendment_answers": Kind(amendments.answers, "amendment_answer"),
    "amendment_signatures": Kind(amendments.to_sign, "amendment_signature"),
    "amendment_files": Kind(amendments.to_file, "amendment_file"),
    "amendment_confirmations": Kind(amendments.to_confirm, "amendment_confirmation"),
    "periods": Kind(exchanges.periods, "period"),
    "matters": Kind(matters.matters, "matter", private=True),
    "consultations": Kind(consultations.consultations, "consultation"),
    "lines": Kind(projects.lines, "line"),
    "project_beginnings": Kind(project_gates.beginnings, "project_beginning"),
    "project_gates": Kind(project_gates.to_confirm, "project_gate"),
    "project_starts": Kind(project_gates.to_start, "project_start"),
    "project_data": Kind(project_gates.data_to_answer, "project_data"),
    "project_holdings": Kind(project_gates.data_to_dispose, "project_holding"),
    "clearances": Kind(communications.clearances, "clearance"),
    "proofs": Kind(communications.proofs, "proof"),
    "event_notes": Kind(communications.event_notes, "event_note"),
    "workplans": Kind(workplans.workplans, "workplan"),
    "items": Kind(workplans.items, "item"),
    "meeting_times": Kind(meetings.times, "meeting_time"),
    "minutes_to_write": Kind(meetings.minutes_to_write, "minutes_to_write"),
    "minutes_to_confirm": Kind(meetings.minutes_to_confirm, "minutes_to_confirm"),
    "actions": Kind(meetings.actions, "action"),
    "review_sections": Kind(reviews.sections, "review_section"),
    "review_days": Kind(reviews.days, "review_day"),
    "review_signatures": Kind(reviews.to_sign, "review_signature"),
    "renewal_decisions": Kind(renewals.decisions, "renewal_decision", private=True),
    "statements": Kind(ledger.statements, "statement"),
    "overdue": Kind(ledger.overdue, "overdue"),
    "activities": Kind(activities.activities, "activity"),
    "confirmations": Kind(contacts.confirmations, "confirmation"),
    "vacancies": Kind(contacts.vacancies, "vacancy"),
    "tellings": Kind(contacts.tellings, "telling"),
    "untold": Kind(contacts.untold, "untold"),
}
LIVING = frozenset(
    {
        "restricted",
        "arrangements",
        "instruments",
        "instrument_endings",
        "instrument_signatures",
        "emblem_take_downs",
        "emblem_uses",
        "emblem_proofs",
        "disputes",
        "costs",
        "cost_endings",
        "project_data",
        "project_holdings",
        "statements",
        "overdue",
        "confirmations",
    }
)
"""The kinds that outlive the Agreement (VII.2), and what fell due before it ended and has no record yet."""
