"""The App Home: what waits for this person, the Agreement at a glance, the next dates, and every button."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.people import Refusal
from bot.agreement.rights import Act
from bot.letters import Mrkdwn, say, words
from bot.shapes import Block, Button, actions, blocks, divider, heading, home, section
from bot.waiting import KINDS, evidence_wanted, waiting
from handlers import menu
from handlers.calls import Call, Reply
from handlers.waiting_doors import WAITING, Waiting

EACH = 5
"""How many of each kind are shown before the rest are only counted."""
MOST = 20
"""How many are shown in all: Slack takes a hundred blocks, and the buttons below must find their place."""
DATES = 5


def open_home(call: Call) -> Reply:
    """Draw the person's App Home as things stand; somebody who is not on the roster reads whom to ask."""
    try:
        with call.reading() as desk:
            view = home(_page(desk))
    except Refusal as refusal:
        view = _stranger(call, refusal)
    call.client.publish_home(call.who.user_id, view)
    return None


def _page(desk: Desk) -> list[Block]:
    facts = {
        "state": overview.state(desk),
        "name": desk.person.name,
        "party": desk.definition.party(desk.person.party).abbreviation,
        "open": overview.open_cases(desk),
        "dates": overview.upcoming(desk, DATES),
    }
    parts = words("home/home", facts)
    return [
        heading(parts["waiting"]),
        *(_waiting(desk) or [section(parts["nothing_waiting"])]),
        divider(),
        *blocks({"headline": parts["headline"], "body": parts["state"]}),
        *blocks({"body": parts["open_requests"]}),
        *blocks({"body": parts["dates"]}),
        heading(parts["doors"]),
        *_doors(overview.allowed(desk)),
        *blocks({"footer": parts["footer"]}),
    ]


def _waiting(desk: Desk) -> list[Block]:
    found, labels = waiting(desk), words("menu/labels", {})
    made: list[Block] = []
    room = MOST
    for kind in WAITING:
        made += _items(kind, found[kind.kind], min(EACH, room), desk.definition.tz, labels)
        room -= min(EACH, room, len(found[kind.kind]))
    wanted = evidence_wanted(desk)
    if wanted:
        made.append(section(say("home/items", "evidence", {"row": {"count": wanted}})))
        made.append(actions(labels, [Button("settlements.list", "settle", "settle")]))
    return made


def _items(
    kind: Waiting, rows: Sequence[Mapping[str, Any]], most: int, zone: str, labels: Mapping[str, str]
) -> list[Block]:
    made: list[Block] = []
    for row in rows[:most]:
        made += blocks({"body": say("home/items", KINDS[kind.kind].words, {"row": row, "zone": zone})})
        made.append(
            actions(
                labels,
                [Button(action, str(row[fact]), label, style) for action, fact, label, style in kind.buttons],
            )
        )
    if len(rows) > most:
        made.append(section(say("home/items", "more", {"row": {"count": len(rows) - most}})))
    return made


def _doors(acts: frozenset[Act]) -> list[Block]:
    labels = words("menu/labels", {})
    titles = words("home/parts", {})
    shown = [(titles[part], menu.buttons(part, acts)) for part in menu.MENU]
    return [block for title, found in shown if found for block in (section(title), actions(labels, found))]


def _stranger(call: Call, refusal: Refusal) -> View:
    facts_of = {**refusal.facts(), "listed": True}
    with call.house.secretariat.reading() as desk:
        facts = {
            **overview.definition_facts(desk.definition),
            "party": desk.definition.party(call.party).abbreviation,
            "contacts": overview.contacts(desk, call.party),
            "sentence": Mrkdwn(say(f"{refusal.routine}/errors", refusal.key(), facts_of)),
        }
    return home(blocks(words("home/stranger", facts)))
