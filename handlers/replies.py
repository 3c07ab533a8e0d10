"""The doors of IV.1 for replies: what was said is put on record only when somebody adds it."""

from bot.agreement import exchanges, replies
from bot.agreement.people import holders
from bot.agreement.rights import Act, Role
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.shapes import note
from handlers.calls import Call, Replace, Reply, row_number

MOST = 100
"""Slack takes so many options."""
REPLY = Form(
    "replies/form",
    "replies.add",
    (FormField("text", FieldKind.TEXT, limit=1500), FormField("speaker", FieldKind.CHOICE)),
)


def open_reply(call: Call) -> Reply:
    """Open the form in which a person adds words of their own side to the record of an exchange."""
    with call.reading(Act.ADD_REPLY) as desk:
        row = exchanges.get_exchange(desk.session, row_number(call.value))
        person = desk.person
        own = desk.definition.party(person.party).abbreviation
        others = [party.abbreviation for party in desk.definition.others(person.party)]
        facts = {"number": row.number, "title": row.title, "party": own, "others": others}
        colleagues = holders(desk.session, person.party, frozenset(Role), desk.today)
        people = [person, *(one for one in colleagues if one.key != person.key)][:MOST]
        speakers = [(str(one.key), one.name) for one in people]
    call.open(
        REPLY.view(
            facts, options={"speaker": speakers}, initial={"speaker": speakers[0][0]}, private=call.value
        )
    )
    return None


def submit_reply(call: Call) -> Reply:
    """Put the reply on record."""
    answers = call.answers
    call.act(
        replies.add_reply,
        exchange_id=row_number(call.private),
        text=answers["text"],
        speaker_id=row_number(answers["speaker"]),
    )
    return Replace(note(words("replies/added", {})))
