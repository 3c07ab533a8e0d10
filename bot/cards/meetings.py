"""IV.6-3: what a meeting looks like now."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.agreement import meeting_actions, meeting_dates, meeting_minutes, meeting_slots, meetings
from bot.agreement.desk import Desk
from bot.agreement.files import record_of
from bot.agreement.meeting_actions import ActionStatus
from bot.agreement.meeting_dates import MeetingAgreement
from bot.agreement.meeting_minutes import Minutes, MinutesStatus
from bot.agreement.meetings import DATED, LIVE, POLLING, Meeting, MeetingStatus, listed
from bot.cards.facts import person_facts, place_name
from bot.letters import say, words
from bot.meeting_agendas import action_line
from bot.outbox import Message
from bot.shapes import Block, Button, entry, message, section, small_print

MOST = 15
"""How many open action items have a button on the card; Slack takes fifty blocks."""


def meeting_facts(desk: Desk, meeting_id: int) -> dict[str, Any]:
    """Everything the words about one meeting may need."""
    row = meetings.get_meeting(desk.session, meeting_id)
    record = record_of(desk.session, f"meeting:{row.key}")
    return {
        **row.model_dump(),
        **basic_facts(desk, row),
        "proposer": person_facts(desk, row.proposed_by),
        "ender": person_facts(desk, row.ended_by),
        "aims": purpose_facts(desk, row.aims),
        "confirmed": purpose_facts(desk, listed(row.confirmed)),
        "slots": slot_facts(desk, row) if row.status in POLLING else [],
        "agreed": [_agreement(desk, given) for given in meeting_dates.agreements(desk.session, row)],
        "rounds": _rounds(desk, row),
        "minutes": minutes_facts(desk, meeting_minutes.latest(desk.session, row)),
        "actions": [action_line(desk, each) for each in meeting_actions.actions_of(desk.session, row)],
        "record_number": record.number if record else "",
        "passed": row.day is not None and row.day <= desk.today,
    }


def basic_facts(desk: Desk, row: Meeting) -> dict[str, Any]:
    """What every word about a meeting says: its number, its place, its parties and its zones."""
    return {
        "meeting_id": row.key,
        "clause": meetings.CLAUSE,
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "parties": tuple(party.abbreviation for party in desk.definition.parties),
        "place": place_name(meetings.place_of(desk.session, row)),
        "length": row.length,
        "zone": row.zone,
        "office_zone": desk.definition.tz,
    }


def purpose_facts(desk: Desk, clauses: Sequence[str]) -> list[dict[str, str]]:
    """Clauses that a meeting serves, with their titles."""
    return [{"id": clause, "title": desk.definition.clause(clause).title} for clause in clauses]


def slot_facts(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    """The candidate times: how each side answered, and when a side is closed or does not work."""
    answers = meeting_slots.tally(desk, row)
    return [
        {
            "slot_id": slot.key,
            "starts_at": slot.starts_at,
            "sides": answers[slot.key],
            "suits": meeting_slots.suits_all(answers[slot.key]),
            "closed": meeting_slots.closures(desk, row, slot.starts_at),
            "out_of_hours": meeting_slots.out_of_hours(desk, row, slot.starts_at),
        }
        for slot in meeting_slots.slots(desk.session, row)
    ]


def _agreement(desk: Desk, given: MeetingAgreement) -> dict[str, Any]:
    slot = desk.session.get_one(meeting_slots.MeetingSlot, given.slot_id)
    return {
        "who": person_facts(desk, given.person_id),
        "starts_at": slot.starts_at,
        "purposes": listed(given.purposes),
        "at": given.at,
    }


def _rounds(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    return [
        {**each.model_dump(), "who": person_facts(desk, each.opened_by)}
        for each in meetings.rounds(desk.session, row)
    ]


def minutes_facts(desk: Desk, minutes: Minutes | None) -> dict[str, Any] | None:
    """The newest version of the minutes, as the words name its parts."""
    if minutes is None:
        return None
    others = tuple(other.abbreviation for other in desk.definition.others(minutes.party))
    return {
        **minutes.model_dump(),
        "minutes_id": minutes.key,
        "writer": person_facts(desk, minutes.written_by),
        "answerer": person_facts(desk, minutes.answered_by),
        "own": desk.definition.party(minutes.party).abbreviation,
        "others": others,
        "wanted": _wanted(minutes.actions),
    }


def _wanted(typed: str) -> list[dict[str, Any]]:
    """Action items as they were typed and checked, what | who | when on a line, to be said in words."""
    lines = [[part.strip() for part in line.split("|")] for line in typed.splitlines() if line.strip()]
    return [{"text": text, "owner": owner, "due_on": date.fromisoformat(day)} for text, owner, day in lines]


def meeting_card(desk: Desk, meeting_id: int) -> Message:
    """The card of one meeting; each open action item has a button of its own."""
    facts = meeting_facts(desk, meeting_id)
    parts = words("meetings/card", facts)
    made = message({**parts, "footer": ""}, _buttons(facts))
    made.blocks.extend([*_actions(facts, parts), small_print(parts["footer"])])
    return made


def _actions(facts: dict[str, Any], parts: dict[str, str]) -> list[Block]:
    waiting = [row for row in facts["actions"] if row["status"] is ActionStatus.OPEN]
    lines = [
        entry(
            say("meetings/action_line", "body", {"row": row}),
            parts,
            Button("meetings.action", str(row["action_id"]), "action"),
        )
        for row in waiting[:MOST]
    ]
    left = len(waiting) - MOST
    return [*lines, section(say("meetings/action_line", "more", {"count": left}))] if left > 0 else lines


def _buttons(facts: dict[str, Any]) -> list[Button]:
    key, status, minutes = str(facts["meeting_id"]), facts["status"], facts["minutes"]
    waiting = bool(minutes) and minutes["status"] is MinutesStatus.PROPOSED
    made: list[Button] = []
    if status in POLLING:
        made += [Button("meetings.answer", key, "answer"), Button("meetings.agree", key, "agree", "primary")]
    if status in DATED and facts["passed"] and not waiting:
        made.append(Button("meetings.minutes", key, "minutes", "primary"))
    if status in DATED and waiting:
        made += minutes_buttons(minutes["minutes_id"])
    if status in LIVE:
        made += [Button("meetings.move", key, "move"), Button("meetings.cancel", key, "cancel", "danger")]
    if status is MeetingStatus.CLOSED:
        made.append(Button("meetings.propose", "new", "propose"))
    return made


def minutes_buttons(minutes_id: int) -> list[Button]:
    """What the other party may do with minutes that wait for it."""
    key = str(minutes_id)
    return [
        Button("meetings.confirm", key, "confirm", "primary", confirm=True),
        Button("meetings.correct", key, "correct"),
    ]
