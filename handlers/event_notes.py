"""The doors of IV.8 and IV.10: noting a joint event or briefing, and confirming the other party's note."""

from bot.agreement import event_notes
from bot.agreement.channels import Level, all_channels
from bot.agreement.event_notes import EventNoteKind, NewEventNote
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.event_notes import event_note_facts
from bot.cards.facts import place_name
from bot.forms import FieldKind, Form, FormField
from bot.letters import term
from handlers.calls import Call, Reply, Tell, row_number
from handlers.communications import listed

NOTE = Form(
    "event_notes/note_form",
    "event_notes.note",
    (
        FormField("kind", FieldKind.CHOICE),
        FormField("subject", FieldKind.LINE),
        FormField("held_on", FieldKind.DAY),
        FormField("venue", FieldKind.LINE),
        FormField("audience", FieldKind.LINE),
        FormField("said", FieldKind.TEXT),
        FormField("speakers", FieldKind.LINE),
        FormField("links", FieldKind.TEXT, optional=True, limit=1000),
        FormField("place", FieldKind.CHOICE),
    ),
)


def open_note(call: Call) -> Reply:
    """Open the form in which a joint event is noted; with a number, show the note that has it."""
    if call.text:
        return show(call)
    with call.reading(Act.NOTE_EVENT) as desk:
        known = all_channels(desk.session)
        here = next((row for row in known if row.channel_id == call.channel), None)
        chosen = here or next(row for row in known if row.level is Level.GLOBAL)
        facts = {"others": [party.abbreviation for party in desk.definition.others(desk.person.party)]}
    options: dict[str, list[tuple[str, str]]] = {
        "kind": [(kind.value, term(kind)) for kind in EventNoteKind],
        "place": [(row.channel_id, place_name(row)) for row in known],
    }
    call.open(NOTE.view(facts, options=options, initial={"place": chosen.channel_id}))
    return None


def submit_note(call: Call) -> Reply:
    """Put the note on record; the other party is asked to confirm it."""
    answers = call.answers
    place, kind, title = answers.pop("place"), EventNoteKind(answers.pop("kind")), answers.pop("subject")
    note = NewEventNote(kind=kind, title=title, **answers)
    call.act(event_notes.note_event, channel_id=place, note=note)
    return None


def confirm(call: Call) -> Reply:
    """Confirm the other party's note."""
    event = call.act(event_notes.confirm_event, note_id=row_number(call.value))
    return call.again(event.subject)


def listing(call: Call) -> Reply:
    """The latest notes of both parties."""
    with call.reading() as desk:
        rows = [event_note_facts(desk, row.key) for row in event_notes.event_notes(desk.session)]
    facts = {"rows": rows, "clause": event_notes.CLAUSE}
    return Tell(listed("event_notes/listing", "event_notes/row", "event_notes.show", facts))


def show(call: Call) -> Reply:
    """One note as it stands, by the number people quote."""
    with call.reading() as desk:
        row = event_notes.event_note_by_number(desk.session, call.text or call.value)
        return Tell(card(desk, row.subject))
