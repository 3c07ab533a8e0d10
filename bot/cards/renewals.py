"""VII.1-4: the last days for a notice, a party's renewal room and the renewal itself, as facts for the words."""

from datetime import date
from typing import Any

from bot.agreement.calendars import JointCalendar
from bot.agreement.definition import Definition
from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.ledger import DutyFacts
from bot.agreement.people import may
from bot.agreement.renewal_days import NoticeDays, notice_days, private_until
from bot.agreement.renewal_rooms import (
    CHANGEABLE,
    SHOWN,
    RenewalChoice,
    RenewalRoom,
    RenewalStatus,
    history,
    room_of,
)
from bot.agreement.renewals import AgreementRenewed
from bot.agreement.rights import Act
from bot.agreement.time_limits import Period, end
from bot.cards.facts import person_facts
from bot.cards.workings import working
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message
from bot.vocabulary import understood

LONGEST_HISTORY = 12
NOTICE_ROOM = ("/termination notice", "notices.open")
"""The command of the room in which a party prepares its notice, and the action of the button that leads there."""


def days_facts(days: NoticeDays, zone: str) -> dict[str, Any]:
    """The last days for a notice, and the day to send it, each with its working in words."""
    return {
        "term_end": days.term_end,
        "safe": days.safe.date,
        "longer": days.longer.date,
        "send": days.send.date,
        "safe_working": working(days.safe, zone),
        "longer_working": working(days.longer, zone),
        "send_working": working(days.send, zone)[-2:],
    }


def ladder_facts(definition: Definition, calendar: JointCalendar, event: DutyFacts) -> dict[str, Any]:
    """What a reminder says: for a last day for a notice also each such day, with its working."""
    days = notice_days(definition, calendar, event.anchor_on) if event.kind == DutyKind.NOTICE else None
    return {**event.facts(), "days": days_facts(days, definition.tz) if days else None, "stated": None}


def renewed_facts(definition: Definition, event: AgreementRenewed) -> dict[str, Any]:
    """What the letter about a renewal says besides: the working of the term's end, and what remains open."""
    term = definition.term
    counted = end(definition.event(term.starts), Period.parse(term.initial or "P0D"), definition.profile)
    first = event.due_on == definition.term_end()
    return {
        **event.facts(),
        "title": definition.short_title,
        "zone": definition.tz,
        "parties": [party.abbreviation for party in definition.parties],
        "starts": definition.event(term.starts),
        "working": working(counted, definition.tz) if first else [],
        "times": next((str(each.value) for each in definition.policies if each.key == "renewal.times"), ""),
    }


def room_facts(desk: Desk, days: NoticeDays) -> dict[str, Any]:
    """Everything the words about the room of the person's own party may need."""
    party = desk.definition.party(desk.person.party)
    row = room_of(desk, party.id, days.term_end) or RenewalRoom(
        agreement=desk.definition.id, term_end=days.term_end, party=party.id, status=RenewalStatus.OPEN
    )
    private, steps = private_until(desk.definition, days), _history(desk, row)
    return {
        **decision_facts(desk, row),
        "days": days_facts(days, desk.definition.tz),
        "private_until": private,
        "over": desk.today > private,
        "history": steps,
        "proposed": steps[-1] if row.status is RenewalStatus.PREPARED else None,
        "own": party.abbreviation,
        "others": [one.abbreviation for one in desk.definition.others(party.id)],
        "decisions": both(desk, row.term_end) if row.status in SHOWN else [],
        "may_decide": may(desk.session, desk.person, Act.DECIDE_RENEWAL),
        "notice_room": understood(NOTICE_ROOM[0]),
        "zone": desk.definition.tz,
    }


def decision_facts(desk: Desk, row: RenewalRoom) -> dict[str, Any]:
    """One party's decision with its names."""
    return {
        **row.model_dump(),
        "room_id": row.id or 0,
        "status": row.status,
        "party": desk.definition.party(row.party).abbreviation,
        "decider": person_facts(desk, row.decided_by),
    }


def both(desk: Desk, last: date) -> list[dict[str, Any]]:
    """The decisions of both parties on one term, once they are shown to both."""
    rows = (room_of(desk, party.id, last) for party in desk.definition.parties)
    return [decision_facts(desk, row) for row in rows if row and row.status in SHOWN]


def _history(desk: Desk, row: RenewalRoom) -> list[dict[str, Any]]:
    steps = history(desk.session, row)[-LONGEST_HISTORY:] if row.id else []
    return [{**step.model_dump(), "by": person_facts(desk, step.by)} for step in steps]


def room_message(desk: Desk, days: NoticeDays) -> Message:
    """The room as the person sees it, with the buttons for what they may do in it."""
    facts = room_facts(desk, days)
    buttons = [
        Button(action, str(facts["room_id"]), label, style) for action, label, style in _buttons(facts)
    ]
    return message(words("renewals/room", facts), buttons)


def _buttons(facts: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    status, deciding = facts["status"], facts["may_decide"]
    made: list[tuple[str, str, str | None]] = []
    if status in CHANGEABLE and not facts["over"]:
        prepared = status is RenewalStatus.PREPARED
        made += [("renewals.decide", "decide", "primary" if prepared else None)] if deciding else []
        made.append(("renewals.prepare", "prepare", None))
    if status is RenewalStatus.DECIDED and deciding and not facts["over"]:
        made.append(("renewals.release", "release", None))
    if status is RenewalStatus.READY and deciding and not facts["over"]:
        made.append(("renewals.take_back", "take_back", None))
    if facts["choice"] is RenewalChoice.GIVE_NOTICE and facts["notice_room"]:
        made.append((NOTICE_ROOM[1], "notice_room", None))
    return made
