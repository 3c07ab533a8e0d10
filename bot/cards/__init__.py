"""Cards: what a case looks like now, as a function of its rows, so that it can be drawn again at any time."""

from collections.abc import Callable, Mapping

from bot.agreement.closed_cases import closed_case
from bot.agreement.desk import Desk
from bot.cards.activities import activity_card
from bot.cards.amendments import amendment_card, draft_card
from bot.cards.arrangements import arrangement_card
from bot.cards.communications import clearance_card, communication_card
from bot.cards.consultations import consultation_card
from bot.cards.contacts import confirmation_card, designation_card, distribution_card
from bot.cards.costs import cost_card
from bot.cards.disputes import dispute_card
from bot.cards.documents import document_card
from bot.cards.emblem_instructions import instructions_card
from bot.cards.emblems import emblem_card, emblem_draft_card
from bot.cards.endings import ending_card, over, superseded_card
from bot.cards.event_notes import event_note_card
from bot.cards.exchanges import exchange_card
from bot.cards.formulas import formula_card
from bot.cards.instruments import instrument_card
from bot.cards.invitations import invitation_card
from bot.cards.meetings import meeting_card
from bot.cards.notices import notice_card, room_card
from bot.cards.project_gates import agreement_card, data_card, items_card, ownership_card
from bot.cards.projects import project_card
from bot.cards.restricted import restricted_card, restricted_sent_card
from bot.cards.reviews import review_card
from bot.cards.workplan_items import item_card
from bot.cards.workplans import workplan_card
from bot.outbox import Message


def card(desk: Desk, subject: str) -> Message:
    """The card of `subject`, such as `emblem:12`, as it stands at this moment.

    What the end of the Agreement closed says so, and offers nothing to be done.
    """
    kind, _, key = subject.partition(":")
    drawn, closed = CARDS[kind](desk, int(key)), closed_case(desk.session, subject)
    return over(desk, drawn, closed) if closed else drawn


CARDS: Mapping[str, Callable[[Desk, int], Message]] = {
    "activity": activity_card,
    "consultation": consultation_card,
    "confirmation": confirmation_card,
    "designation": designation_card,
    "distribution": distribution_card,
    "clearance": clearance_card,
    "communication": communication_card,
    "event_note": event_note_card,
    "emblem": emblem_card,
    "instructions": instructions_card,
    "emblem_draft": emblem_draft_card,
    "ending": ending_card,
    "superseded": superseded_card,
    "exchange": exchange_card,
    "project": project_card,
    "project_agreement": agreement_card,
    "project_items": items_card,
    "project_ownership": ownership_card,
    "project_data": data_card,
    "arrangement": arrangement_card,
    "document": document_card,
    "restricted": restricted_card,
    "restricted_sent": restricted_sent_card,
    "item": item_card,
    "workplan": workplan_card,
    "meeting": meeting_card,
    "instrument": instrument_card,
    "amendment": amendment_card,
    "amendment_draft": draft_card,
    "invitation": invitation_card,
    "review": review_card,
    "notice_room": room_card,
    "termination": notice_card,
    "dispute": dispute_card,
    "formula": formula_card,
    "cost": cost_card,
}
