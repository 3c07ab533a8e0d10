"""The doors of V.3-1: writing and confirming minutes, and saying what became of action items."""

from typing import Any

from bot.agreement import meeting_actions, meeting_minutes, meetings
from bot.agreement.desk import Desk
from bot.agreement.meeting_actions import ActionStatus
from bot.agreement.meeting_minutes import Minutes, Written
from bot.agreement.meetings import Meeting
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.cards.meetings import basic_facts, minutes_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import say, term
from bot.meeting_agendas import action_line
from handlers.calls import Call, Reply, row_number

MINUTES = Form(
    "meetings/minutes_form",
    "meetings.minutes",
    (
        FormField("held_on", FieldKind.DAY),
        FormField("present_own", FieldKind.TEXT, limit=600),
        FormField("present_other", FieldKind.TEXT, limit=600),
        FormField("summary", FieldKind.TEXT),
        FormField("decisions", FieldKind.TEXT, optional=True, limit=2000),
        FormField("actions", FieldKind.TEXT, optional=True, limit=2000),
        FormField("next_on", FieldKind.DAY, optional=True),
        FormField("no_next", FieldKind.LINE, optional=True),
    ),
)
CORRECTION = Form(
    "meetings/correction_form", "meetings.correct", (FormField("correction", FieldKind.TEXT, limit=2000),)
)
ACTION = Form(
    "meetings/action_form",
    "meetings.action",
    (FormField("outcome", FieldKind.RADIO), FormField("note", FieldKind.TEXT, optional=True, limit=600)),
)


def open_minutes(call: Call) -> Reply:
    """Open the form for the minutes: by the number people quote, or from a button of the meeting."""
    with call.reading() as desk:
        row = _meeting(desk, call)
        meeting_minutes.writable(desk, row.key)
        newest = meeting_minutes.latest(desk.session, row)
        facts = {
            **basic_facts(desk, row),
            "own": desk.definition.party(desk.person.party).abbreviation,
            "others": tuple(other.abbreviation for other in desk.definition.others(desk.person.party)),
            "correction": newest.correction if newest else "",
        }
        initial = _begun(desk, row, newest)
    call.open(MINUTES.view(facts, initial=initial, private=str(row.key)))
    return None


def _meeting(desk: Desk, call: Call) -> Meeting:
    if call.value:
        return meetings.get_meeting(desk.session, row_number(call.value))
    return meetings.by_number(desk.session, call.text)


def _begun(desk: Desk, row: Meeting, newest: Minutes | None) -> dict[str, str]:
    """What the form begins with: the day of the meeting, or the version that is to be corrected."""
    if newest is None:
        return {"held_on": str(row.day)}
    mine = newest.party == desk.person.party
    return {
        "held_on": str(newest.held_on),
        "present_own": newest.present_own if mine else newest.present_other,
        "present_other": newest.present_other if mine else newest.present_own,
        "summary": newest.summary,
        "decisions": newest.decisions,
        "actions": newest.actions,
        "next_on": str(newest.next_on) if newest.next_on else "",
        "no_next": newest.no_next,
    }


def submit_minutes(call: Call) -> Reply:
    """Put the minutes to the other party."""
    call.act(meeting_minutes.write, meeting_id=row_number(call.private), written=Written(**call.answers))
    return None


def confirm(call: Call) -> Reply:
    """Confirm the other party's minutes."""
    with call.reading() as desk:
        minutes = meeting_minutes.get_minutes(desk.session, row_number(call.value))
        number = meetings.get_meeting(desk.session, minutes.meeting_id).number
    evidence = _evidence(number)
    event = call.act(meeting_minutes.confirm, minutes_id=row_number(call.value), evidence=evidence)
    return call.again(event.subject)


def _evidence(number: str) -> str:
    return say("meetings/evidence", "evidence", {"number": number})


def open_correction(call: Call) -> Reply:
    """Open the form in which a correction is asked for."""
    with call.reading() as desk:
        minutes = meeting_minutes.get_minutes(desk.session, row_number(call.value))
        meeting_minutes.answerable(desk, minutes)
        row = meetings.get_meeting(desk.session, minutes.meeting_id)
        facts = {**basic_facts(desk, row), "minutes": minutes_facts(desk, minutes)}
    call.open(CORRECTION.view(facts, private=call.value))
    return None


def submit_correction(call: Call) -> Reply:
    """Ask for the correction that was typed."""
    call.act(
        meeting_minutes.ask_for_correction,
        minutes_id=row_number(call.private),
        correction=call.answers["correction"],
    )
    return None


def open_action(call: Call) -> Reply:
    """Open the form in which the owner's side says what became of an action item."""
    with call.reading() as desk:
        row = meeting_actions.get_action(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.CLOSE_ACTION, row)
        meeting_actions.refuse_closed(desk, row)
        facts: dict[str, Any] = {"row": action_line(desk, row)}
    options = {"outcome": [(each.value, term(each)) for each in (ActionStatus.DONE, ActionStatus.DROPPED)]}
    call.open(ACTION.view(facts, options=options, private=call.value))
    return None


def submit_action(call: Call) -> Reply:
    """Put on record what became of it."""
    answers = call.answers
    call.act(
        meeting_actions.close_action,
        action_id=row_number(call.private),
        status=ActionStatus(answers["outcome"]),
        note=answers["note"],
    )
    return None
