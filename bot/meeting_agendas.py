"""V.3-1: what is still open between the parties makes the agenda of their next meeting."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import overview
from bot.agreement.consultations import not_closed
from bot.agreement.desk import Desk
from bot.agreement.documents import not_acknowledged
from bot.agreement.meeting_actions import MeetingAction, open_actions
from bot.agreement.meetings import Meeting, get_meeting
from bot.agreement.workplan_reminders import agreed_day, due_items
from bot.agreement.workplans import clause_of
from bot.letters import Mrkdwn, say

MOST = 8
"""How many of one kind are named before the rest are only counted."""
Source = Callable[[Desk, Meeting], list[dict[str, Any]]]
"""Finds what of one kind is open for a meeting, as facts for the block of its name in `meetings/agenda`."""


def agenda(desk: Desk, row: Meeting) -> list[str]:
    """The items of a meeting's agenda, each as a sentence; empty where nothing is open."""
    found = [(kind, source(desk, row)) for kind, source in SOURCES.items()]
    return [line for kind, rows in found for line in _lines(kind, rows)]


def _lines(kind: str, rows: list[dict[str, Any]]) -> list[str]:
    said = [_line(kind, row) for row in rows[:MOST]]
    left = len(rows) - MOST
    return [*said, _line("more", {"count": left})] if left > 0 else said


def _line(kind: str, row: dict[str, Any]) -> str:
    # The template has escaped it, and the letter that holds it must not do so again.
    return Mrkdwn(say("meetings/agenda", kind, {"row": row}))


def _actions(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    """A global meeting looks at every action item, a field meeting at those of its place."""
    return [
        action_line(desk, action)
        for action in open_actions(desk.session)
        if not row.scope or get_meeting(desk.session, action.meeting_id).scope == row.scope
    ]


def action_line(desk: Desk, action: MeetingAction) -> dict[str, Any]:
    """One action item, on one line."""
    return {
        **action.model_dump(),
        "action_id": action.key,
        "number": action.number,
        "meeting": get_meeting(desk.session, action.meeting_id).number,
        "owner_party": desk.definition.party(action.party).abbreviation,
        "overdue": action.due_on < desk.today,
    }


def _overdue(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    """One item for each duty, however many of its days have passed."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in overview.rows(desk, overview.overdue(desk)):
        if fact["scope"] == row.scope:
            item = {"title": fact["title"], "clause": fact["clause"], "due_on": []}
            found.setdefault((fact["clause"], fact["duty"]), item)["due_on"].append(fact["due_on"])
    return list(found.values())


def _shares(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    here = [each for each in overview.unacknowledged(desk.session) if each.channel_id == row.channel_id]
    return [overview.share_facts(desk, each) for each in here]


def _requests(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    return [] if row.scope else overview.open_cases(desk)["requests"]


def _documents(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    here = [each for each in not_acknowledged(desk.session) if each.channel_id == row.channel_id]
    return [{"number": each.number, "title": each.title, "party": _party(desk, each.party)} for each in here]


def _consultations(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    return [
        {"number": each.number, "topic": each.topic, "party": _party(desk, each.party)}
        for each in not_closed(desk.session)
        if each.channel_id == row.channel_id
    ]


def _items(desk: Desk, row: Meeting) -> list[dict[str, Any]]:
    """The workplan's items of the meeting's place that are due by its day, or were."""
    until = row.day or desk.today
    return [
        {"number": item.number, "title": item.title, "clause": clause_of(item.scope), "due_on": due_on}
        for item in due_items(desk, until)
        if item.scope == row.scope and (due_on := agreed_day(desk, item))
    ]


def _party(desk: Desk, party: str) -> str:
    return desk.definition.party(party).abbreviation


SOURCES: Mapping[str, Source] = {
    "actions": _actions,
    "overdue": _overdue,
    "items": _items,
    "consultations": _consultations,
    "shares": _shares,
    "documents": _documents,
    "requests": _requests,
}
"""Where the items come from, in the order in which they are dealt with; other routines add theirs."""
