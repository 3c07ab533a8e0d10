"""The doors of V.2-1: who serves which topic and place in both parties, and the quarter's confirmation."""

from collections.abc import Mapping

from bot.agreement import confirmations, contact_topics, contacts
from bot.agreement.contacts import Found, own_people, understand
from bot.agreement.desk import Desk
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.cards.contacts import review_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.outbox import Message
from bot.overview import allowed
from bot.shapes import Button, blocks, framed, message
from handlers import menu
from handlers.calls import Call, Replace, Reply, Tell, row_number

WHO = Form(
    "contacts/who_form",
    "contacts.who",
    (FormField("topic", FieldKind.LINE, optional=True), FormField("place", FieldKind.LINE, optional=True)),
)
TOPICS = Form(
    "contacts/topics_form",
    "contacts.topics",
    (FormField("person", FieldKind.CHOICE), FormField("topics", FieldKind.LINE, optional=True)),
)
REVIEW = Form("contacts/review_form", "contacts.review", ())
MOST = 60
"""How many people one listing shows: Slack takes no longer message."""
OPTIONS = 100
"""Choices of a list, the most that Slack shows."""


def listing(call: Call) -> Reply:
    """Everybody who serves either party today."""
    with call.reading() as desk:
        return Tell(_found(desk, contacts.directory(desk), "contacts/directory", {}))


def _found(desk: Desk, found: list[Found], template: str, facts: Mapping[str, object]) -> Message:
    sides = [
        {
            "party": side.party,
            "people": side.people[:MOST],
            "more": max(0, len(side.people) - MOST),
            "elsewhere": side.elsewhere,
        }
        for side in found
    ]
    parts = {**words("menu/labels", {}), **words(template, {"sides": sides, "now": desk.now, **facts})}
    shown = menu.buttons("contacts", allowed(desk))
    keeping = [Button("contacts.topics", "own", "topics")] if Act.KEEP_DIRECTORY in allowed(desk) else []
    return Message(parts["notice"], blocks(parts, [*shown, *keeping]))


def who(call: Call) -> Reply:
    """Who serves a topic and a place; without words the form to look for somebody opens."""
    if call.text.strip():
        return Tell(_who(call, call.text))
    with call.reading():
        call.open(WHO.view({}))
    return None


def _who(call: Call, text: str) -> Message:
    with call.reading() as desk:
        search = understand(desk, text)
        facts = {"topic": search.topic, "place": search.place}
        return _found(desk, contacts.who(desk, search), "contacts/who", facts)


def submit_who(call: Call) -> Reply:
    """Show whom the form looked for."""
    answers = call.answers
    found = _who(call, f"{answers['topic']} {answers['place']}")
    return Replace(framed(found, words("common/answer", {})))


def open_topics(call: Call) -> Reply:
    """Open the form in which a party says what its people cover."""
    with call.reading() as desk:
        require(desk.session, desk.person, Act.KEEP_DIRECTORY, OwnMatter(desk.person.party))
        people = [(str(one.key), one.name) for one in own_people(desk)][:OPTIONS]
    call.open(TOPICS.view({}, options={"person": people}))
    return None


def submit_topics(call: Call) -> Reply:
    """Put on record what a person covers."""
    answers = call.answers
    person_id = row_number(answers["person"])
    call.act(contact_topics.keep_topics, person_id=person_id, topics=answers["topics"])
    return None


def open_review(call: Call) -> Reply:
    """Show a party its own contact points for the quarter, to be confirmed."""
    with call.reading(Act.CONFIRM_CONTACTS) as desk:
        row = confirmations.to_confirm(desk, row_number(call.value))
        facts = {**review_facts(desk, desk.person.party), "due_on": row.due_on}
    call.open(REVIEW.view(facts, private=str(row.key)))
    return None


def submit_review(call: Call) -> Reply:
    """Confirm them for one's own party."""
    call.act(confirmations.confirm_contacts, occurrence_id=row_number(call.private))
    return None


def help(call: Call) -> Reply:  # noqa: ARG001  the one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (
        Button("contacts.list", "all", "list"),
        Button("contacts.who", "who", "who"),
        Button("offices.list", "all", "offices"),
    )
    return Tell(message(words("contacts/help", {}), buttons))
