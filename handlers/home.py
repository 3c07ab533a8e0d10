"""The App Home: what waits for this person, the Agreement at a glance, the next dates, the way to every button."""

from slack_sdk.models.views import View

from bot import overview
from bot.agreement.desk import Desk
from bot.agreement.people import Refusal
from bot.letters import Mrkdwn, say, words
from bot.shapes import Block, blocks, divider, heading, home, section
from handlers import menu, waiting_list
from handlers.calls import Call, Reply

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
        *(waiting_list.listed(desk) or [section(parts["nothing_waiting"])]),
        divider(),
        *blocks({"headline": parts["headline"], "body": parts["state"]}),
        *blocks({"body": parts["open_requests"]}),
        *blocks({"body": parts["dates"]}),
        heading(parts["doors"]),
        *menu.doors(overview.allowed(desk)),
        *blocks({"footer": parts["footer"]}),
    ]


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
