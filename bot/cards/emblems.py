"""VI.1 and VI.3: what a request for a name, an emblem or a link looks like now."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import emblems
from bot.agreement.desk import Desk
from bot.agreement.emblem_decisions import lapse_day, lapse_from
from bot.agreement.emblems import EmblemStatus
from bot.agreement.files import StoredFile, record_of
from bot.cards.emblem_owners import owner_side_facts
from bot.cards.facts import person_facts
from bot.emblem_questions import questions
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

EMBLEM_BUTTONS: Mapping[EmblemStatus, tuple[tuple[str, str | None], ...]] = {
    EmblemStatus.SUBMITTED: (
        ("approve", "primary"),
        ("approve_with_conditions", None),
        ("ask_for_more", None),
        ("refuse", "danger"),
        ("record_letter", None),
    ),
    EmblemStatus.MORE_INFORMATION: (("give_information", "primary"),),
}


def emblem_facts(desk: Desk, request_id: int) -> dict[str, Any]:
    """Everything the words about one request may need."""
    row = emblems.get_request(desk.session, request_id)
    file = desk.session.get(StoredFile, row.mockup_file_id) if row.mockup_file_id else None
    record = record_of(desk.session, f"emblem:{row.key}")
    return {
        **row.model_dump(),
        **emblems.event_facts(desk, row),
        "awaited": desk.definition.party(row.awaited).abbreviation if row.awaited else "",
        "questions": questions(desk.session, f"emblem:{row.key}"),
        "asker": person_facts(desk, row.asked_by),
        "decider": person_facts(desk, row.decided_by),
        "owner_side": owner_side_facts(desk, row),
        "mockup": {"name": file.name, "sha256": file.sha256} if file else None,
        "answer_days": desk.days("permission.sla_working_days")[0],
        "lapse_days": desk.days("permission.escalation_working_days")[0],
        "lapses_on": lapse_day(desk, row),
        "lapse_from": lapse_from(desk, row),
        "record_number": record.number if record else "",
        "zone": desk.definition.tz,
        "today": desk.today,
    }


def emblem_card(desk: Desk, request_id: int) -> Message:
    """The card of one request."""
    facts = emblem_facts(desk, request_id)
    buttons = [
        Button(f"emblems.{name}", str(request_id), name, style, confirm=name == "approve")
        for name, style in EMBLEM_BUTTONS.get(facts["status"], ())
    ]
    return message(words("emblems/card", facts), buttons)
