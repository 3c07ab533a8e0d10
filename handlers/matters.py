"""The doors of IV.1 for a matter that arose: noted for one's own party, then shared, or not, with a reason."""

from typing import Any

from bot.agreement import matters
from bot.agreement.desk import Desk
from bot.agreement.matters import Withheld
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.rights import Act
from bot.cards.matters import matter_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import Mrkdwn, say, term, words
from bot.outbox import Message
from bot.shapes import Button, entry, note, section, small_print
from handlers import exchanges
from handlers.calls import Call, Replace, Reply, Tell, row_number

NOTE = Form(
    "matters/form",
    "matters.note",
    (
        FormField("subject", FieldKind.LINE),
        FormField("arose_on", FieldKind.DAY),
        FormField("area", FieldKind.CHOICE),
        FormField("place", FieldKind.CHOICE),
    ),
)
WITHHOLD = Form(
    "matters/withhold_form",
    "matters.withhold",
    (FormField("reason", FieldKind.RADIO), FormField("note", FieldKind.TEXT, limit=600)),
)
MOST = 20


def open_matter(call: Call) -> Reply:
    """Open the form in which a person notes, for their own party only, that a matter arose."""
    with call.reading(Act.NOTE_MATTER) as desk:
        refuse_elsewhere(desk, call.party, matters.ThroughOtherApp)
        (days,) = desk.days("exchange.matter_working_days")
        facts = {**_parties(desk), "working_days": days, "clause": matters.CLAUSE}
        options = {name: exchanges.options(desk)[name] for name in ("area", "place")}
        initial = {"place": exchanges.place(desk, call.channel).channel_id, "arose_on": str(desk.today)}
    call.open(NOTE.view(facts, options=options, initial=initial))
    return None


def submit_matter(call: Call) -> Reply:
    """Note the matter, and say until when it is to be shared and how that day is counted."""
    answers = call.answers
    event = call.act(
        matters.note_matter,
        title=answers["subject"],
        area=answers["area"],
        channel_id=answers["place"],
        arose_on=answers["arose_on"],
        through=call.party,
    )
    with call.reading() as desk:
        row = matters.get_matter(desk, row_number(event.subject.partition(":")[2]))
        return Replace(note(words("matters/noted", matter_facts(desk, row))))


def _parties(desk: Desk) -> dict[str, Any]:
    party = desk.definition.party(desk.person.party)
    return {
        "party": party.abbreviation,
        "others": [one.abbreviation for one in desk.definition.others(party.id)],
    }


def listing(call: Call) -> Reply:
    """What the person's own party has still to share; the other party's matters are never shown."""
    with call.reading(Act.NOTE_MATTER) as desk:
        refuse_elsewhere(desk, call.party, matters.ThroughOtherApp)
        rows = matters.open_matters(desk.session, desk.person.party)
        parts = words("matters/listing", {**_parties(desk), "count": len(rows), "most": MOST})
        lines = [
            entry(
                say("matters/line", "line", matter_facts(desk, row)),
                parts,
                Button("matters.share", str(row.key), "share"),
                row.title,
            )
            for row in rows[:MOST]
        ]
    made = [section(parts["body"]), *lines, small_print(parts["footer"])]
    return Tell(Message(Mrkdwn(parts["notice"]), made))


def open_share(call: Call) -> Reply:
    """Open the form for an exchange, filled in from the matter."""
    with call.reading(Act.NOTE_MATTER) as desk:
        row = matters.get_matter(desk, row_number(call.value))
        initial = {"subject": row.title, "area": row.area, "place": row.channel_id}
    return exchanges.open_filled(call, initial, f"matter:{row.key}@{call.channel}")


def open_withholding(call: Call) -> Reply:
    """Open the form in which a person says why the matter is not to be shared."""
    with call.reading(Act.NOTE_MATTER) as desk:
        row = matters.get_matter(desk, row_number(call.value))
        facts = {**_parties(desk), "number": row.number, "title": row.title}
    reasons = [(each.value, term(each)) for each in Withheld]
    call.open(WITHHOLD.view(facts, options={"reason": reasons}, private=call.value))
    return None


def submit_withholding(call: Call) -> Reply:
    """Put on the party's own record that the matter is not shared, and why."""
    answers = call.answers
    call.act(
        matters.withhold,
        matter_id=row_number(call.private),
        withheld=Withheld(answers["reason"]),
        note=answers["note"],
    )
    return Replace(note(words("matters/withheld", {})))
