"""Cards: what a case looks like now, as a function of its rows, so that it can be drawn again at any time."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.agreement import emblems, exchanges
from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.emblem_decisions import lapse_day, lapse_from
from bot.agreement.emblems import EmblemStatus
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.files import StoredFile, record_of
from bot.agreement.people import Person
from bot.emblem_questions import questions
from bot.letters import Mrkdwn, say, words
from bot.outbox import Message
from bot.shapes import Button, message

EMBLEM_BUTTONS: Mapping[EmblemStatus, tuple[tuple[str, str | None], ...]] = {
    EmblemStatus.SUBMITTED: (
        ("approve", "primary"),
        ("approve_with_conditions", None),
        ("ask_for_more", None),
        ("refuse", "danger"),
    ),
    EmblemStatus.MORE_INFORMATION: (("give_information", "primary"),),
}


def card(desk: Desk, subject: str) -> Message:
    """The card of `subject`, such as `emblem:12`, as it stands at this moment."""
    kind, _, key = subject.partition(":")
    return CARDS[kind](desk, int(key))


def person_facts(desk: Desk, person_id: int | None) -> dict[str, str]:
    """A person as the words name them: name, party, office and Slack number."""
    person = desk.session.get(Person, person_id) if person_id else None
    if person is None:
        return {"name": "", "party": "", "office": "", "user_id": ""}
    party = desk.definition.party(person.party).abbreviation
    return {"name": person.name, "party": party, "office": person.office, "user_id": person.user_id}


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
        "mockup": {"name": file.name, "sha256": file.sha256} if file else None,
        "answer_days": desk.days("permission.sla_working_days")[0],
        "lapse_days": desk.days("permission.escalation_working_days")[0],
        "lapses_on": lapse_day(desk, row),
        "lapse_from": lapse_from(desk, row),
        "record_number": record.number if record else "",
        "zone": desk.definition.tz,
        "today": desk.today,
    }


def exchange_facts(desk: Desk, exchange_id: int) -> dict[str, Any]:
    """Everything the words about one share may need."""
    row = exchanges.get_exchange(desk.session, exchange_id)
    file = desk.session.get(StoredFile, row.file_id) if row.file_id else None
    channel = desk.session.get_one(Channel, row.channel_id)
    return {
        **row.model_dump(),
        "clause": exchanges.CLAUSE,
        "number": row.number,
        "party": desk.definition.party(row.party).abbreviation,
        "receiving": tuple(party.abbreviation for party in desk.definition.others(row.party)),
        "author": person_facts(desk, row.author_id),
        "acknowledger": person_facts(desk, row.acknowledged_by),
        "area_title": area_title(desk, row.area),
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "place": place_name(channel),
        "zone": desk.definition.tz,
    }


def place_name(channel: Channel) -> Mrkdwn:
    """What a shared channel serves, such as "Kenya (country)"; safe to put into a letter as it is."""
    return Mrkdwn(say("channels/places", channel.level.value, {"scope": channel.scope}))


def area_title(desk: Desk, area: str) -> str:
    """The words for an area of cooperation (III.1, III.2)."""
    return next((known.title for known in desk.definition.areas if known.id == area), area)


def _emblem(desk: Desk, request_id: int) -> Message:
    facts = emblem_facts(desk, request_id)
    buttons = [
        Button(f"emblems.{name}", str(request_id), name, style, confirm=name == "approve")
        for name, style in EMBLEM_BUTTONS.get(facts["status"], ())
    ]
    return message(words("emblems/card", facts), buttons)


def _exchange(desk: Desk, exchange_id: int) -> Message:
    facts = exchange_facts(desk, exchange_id)
    waiting = facts["status"] is ExchangeStatus.SHARED
    buttons = [Button("exchanges.acknowledge", str(exchange_id), "acknowledge", "primary")] if waiting else []
    return message(words("exchanges/card", facts), buttons)


CARDS: Mapping[str, Callable[[Desk, int], Message]] = {"emblem": _emblem, "exchange": _exchange}
