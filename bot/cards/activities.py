"""I.2, I.4 and IV.7: what an activity looks like now, beside those like it."""

from typing import Any

from bot.agreement import activities
from bot.agreement.activities import Activity, InterAgencyChannel
from bot.agreement.desk import Desk
from bot.cards.facts import area_title, person_facts
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, message


def activity_facts(desk: Desk, activity_id: int) -> dict[str, Any]:
    """Everything the words about one activity may need."""
    row = activities.get_activity(desk.session, activity_id)
    return {
        **row.model_dump(),
        **line_facts(desk, row),
        "taker": person_facts(desk, row.taken_in_by),
        "relater": person_facts(desk, row.related_by),
        "considerer": person_facts(desk, row.considered_by),
        "alike": [line_facts(desk, each) for each in activities.look_alikes(desk, row)],
        "channels": [InterAgencyChannel(word) for word in row.channels.split(",") if word],
        "zone": desk.definition.tz,
    }


def line_facts(desk: Desk, row: Activity) -> dict[str, Any]:
    """One activity on one line."""
    return {
        "activity_id": row.key,
        "source": row.subject.partition(":")[0],
        "number": row.number,
        "title": row.title,
        "party": desk.definition.party(row.party).abbreviation,
        "scope": row.scope,
        "area_title": area_title(desk, row.area),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "relation": row.relation,
        "similar": bool(activities.look_alikes(desk, row)),
        "clause": row.clause,
    }


def activity_card(desk: Desk, activity_id: int) -> Message:
    """The card of one activity, with a button for each question that is still open."""
    facts = activity_facts(desk, activity_id)
    buttons = []
    if facts["alike"] and not facts["related_at"]:
        buttons.append(Button("activities.relate", str(activity_id), "relate", "primary"))
    if not facts["considered_at"]:
        buttons.append(Button("activities.consider", str(activity_id), "consider"))
    return message(words("activities/card", facts), buttons)
