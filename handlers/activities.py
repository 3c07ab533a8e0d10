"""The doors of I.2, I.3, I.4 and IV.7: how an activity stands to similar ones, and to inter-agency channels."""

from bot.agreement import activities
from bot.agreement.activities import InterAgencyChannel, Relation
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.activities import activity_facts, line_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import message
from handlers.calls import Call, Reply, Tell, row_number

RELATE = Form(
    "activities/relate_form",
    "activities.relate",
    (FormField("relation", FieldKind.RADIO), FormField("note", FieldKind.TEXT, optional=True, limit=600)),
)
CONSIDER = Form(
    "activities/consider_form",
    "activities.consider",
    (
        FormField("channels", FieldKind.CHECKS),
        FormField("note", FieldKind.TEXT, optional=True, limit=600),
        FormField("framework", FieldKind.TEXT, limit=600),
    ),
)


def show(call: Call) -> Reply:
    """One activity as it stands, with the questions that are still open."""
    with call.reading() as desk:
        activity = activities.get_activity(desk.session, row_number(call.value))
        return Tell(card(desk, f"activity:{activity.key}"))


def open_relation(call: Call) -> Reply:
    """Open the form in which an activity is compared with similar ones."""
    return _open(call, RELATE, {"relation": [(each.value, term(each)) for each in Relation]})


def open_consideration(call: Call) -> Reply:
    """Open the form that asks for inter-agency channels and the common item."""
    return _open(call, CONSIDER, {"channels": [(each.value, term(each)) for each in InterAgencyChannel]})


def _open(call: Call, form: Form, options: dict[str, list[tuple[str, str]]]) -> Reply:
    with call.reading(Act.ANSWER_ON_ACTIVITY) as desk:
        facts = activity_facts(desk, row_number(call.value))
    call.open(form.view(facts, options=options, private=call.value))
    return None


def submit_relation(call: Call) -> Reply:
    """Put on record how the activity stands to similar ones."""
    answers = call.answers
    call.act(
        activities.relate,
        activity_id=row_number(call.private),
        relation=Relation(answers["relation"]),
        note=answers["note"],
    )
    return None


def submit_consideration(call: Call) -> Reply:
    """Put on record which channels were thought of, and where the activity belongs."""
    answers = call.answers
    call.act(
        activities.consider,
        activity_id=row_number(call.private),
        channels=[InterAgencyChannel(word) for word in answers["channels"]],
        framework=answers["framework"],
        note=answers["note"],
    )
    return None


def listing(call: Call) -> Reply:
    """Every activity, place by place."""
    with call.reading() as desk:
        rows = [line_facts(desk, row) for row in activities.listing(desk.session)]
    return Tell(message(words("activities/listing", {"rows": rows})))
