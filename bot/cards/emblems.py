"""VI.1, VI.3 and IX.2-2: what a request for a name, an emblem or a link, or a draft of one, looks like now."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import emblem_history, emblems
from bot.agreement.desk import Desk
from bot.agreement.emblem_decisions import DECISIONS, lapse_day, lapse_from
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_letters import ANSWERS
from bot.agreement.emblem_machine import version_shown
from bot.agreement.emblems import EmblemStatus
from bot.agreement.files import StoredFile, record_of
from bot.cards.emblem_owners import owner_side_facts
from bot.cards.facts import person_facts
from bot.emblem_questions import questions
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message

DECIDING = ("approve", "approve_with_conditions", "ask_for_more", "refuse", "record_letter")
"""The buttons of the owner's decision, which is on the version of the material that the card shows."""
ASKED_FIRST = frozenset({"approve", "withdraw"})
"""The buttons after which Slack asks once more."""
GRANTED = (("begin_use", "primary"), ("change_material", None), ("revoke", "danger"))
USED = (("file_proof", "primary"), ("change_material", None), ("revoke", "danger"))
EMBLEM_BUTTONS: Mapping[EmblemStatus, tuple[tuple[str, str | None], ...]] = {
    EmblemStatus.SUBMITTED: (
        ("approve", "primary"),
        ("approve_with_conditions", None),
        ("ask_for_more", None),
        ("refuse", "danger"),
        ("record_letter", None),
        ("withdraw", None),
    ),
    EmblemStatus.MORE_INFORMATION: (
        ("give_information", "primary"),
        ("record_letter", None),
        ("withdraw", None),
    ),
    EmblemStatus.APPROVED: GRANTED,
    EmblemStatus.APPROVED_WITH_CONDITIONS: GRANTED,
    EmblemStatus.IN_USE: USED,
    EmblemStatus.PROOF_FILED: USED,
}
SHOWN_STEPS = 8
REFUSALS = frozenset({EmblemDeed.REFUSE, EmblemDeed.LETTER_REFUSES})
NOT_SHOWN = frozenset({EmblemDeed.KEEP, EmblemDeed.DROP})
"""What the asking party did with its draft, which is its own affair."""


def emblem_facts(desk: Desk, request_id: int) -> dict[str, Any]:
    """Everything the words about one request may need."""
    row = emblems.get_request(desk.session, request_id)
    file = desk.session.get(StoredFile, row.mockup_file_id) if row.mockup_file_id else None
    record = record_of(desk.session, row.subject)
    return {
        **row.model_dump(),
        **emblems.event_facts(desk, row),
        "awaited": desk.definition.party(row.awaited).abbreviation if row.awaited else "",
        "questions": questions(desk.session, row.subject),
        "asker": person_facts(desk, row.asked_by),
        "decider": person_facts(desk, row.decided_by),
        "owner_side": owner_side_facts(desk, row),
        "mockup": {"name": file.name, "sha256": file.sha256} if file else None,
        "text_sha256": emblem_history.fingerprint(row.mockup_text),
        "proofs": [proof.model_dump() for proof in emblem_history.proofs(desk.session, row.key)],
        "must_come_down": row.must_come_down,
        "down_by": row.down_by,
        "answer_days": desk.days("permission.sla_working_days")[0],
        "lapse_days": desk.days("permission.escalation_working_days")[0],
        "take_down_days": desk.days("permission.take_down_days")[0],
        "take_down_reminders": desk.days("permission.take_down_reminders")[0],
        "take_down_later_days": desk.days("permission.take_down_later_days")[0],
        "lapses_on": lapse_day(desk, row),
        "lapse_from": lapse_from(desk, row),
        "record_number": record.number if record else "",
        "zone": desk.definition.tz,
        "today": desk.today,
        **_history(desk, row.key),
    }


def _history(desk: Desk, request_id: int) -> dict[str, Any]:
    known = [step for step in emblem_history.steps(desk.session, request_id) if step.deed not in NOT_SHOWN]
    lines = [
        {"deed": step.deed, "version": step.version, "at": step.at, "by": person_facts(desk, step.by)}
        for step in known[-SHOWN_STEPS:]
    ]
    decided = {*DECISIONS.values(), *ANSWERS.values()}
    decisions = [step.deed for step in known if step.deed in decided]
    versions = [row.model_dump() for row in emblem_history.versions(desk.session, request_id)]
    return {
        "steps": lines,
        "earlier_steps": max(len(known) - SHOWN_STEPS, 0),
        "versions": versions,
        "was_refused": bool(REFUSALS.intersection(decisions[-1:])),
    }


def emblem_card(desk: Desk, request_id: int) -> Message:
    """The card of one request."""
    row, facts = emblems.get_request(desk.session, request_id), emblem_facts(desk, request_id)
    offered = (("taken_down", "primary"),) if row.must_come_down else EMBLEM_BUTTONS.get(row.status, ())
    shown = version_shown(row)
    buttons = [
        Button(
            f"emblems.{name}",
            shown if name in DECIDING else str(request_id),
            name,
            style,
            confirm=name in ASKED_FIRST,
        )
        for name, style in offered
    ]
    return message(words("emblems/card", facts), buttons)


def emblem_draft_card(desk: Desk, request_id: int) -> Message:
    """The card of a draft, which goes to its own party's people only."""
    row, facts = emblems.get_request(desk.session, request_id), emblem_facts(desk, request_id)
    buttons = (
        Button("emblems.open_draft", str(request_id), "open_draft", "primary"),
        Button("emblems.drop_draft", str(request_id), "drop_draft", confirm=True),
    )
    draft = row.status is EmblemStatus.DRAFT
    return message(words("emblems/draft_card", {**facts, "put": row.is_put}), buttons if draft else ())
