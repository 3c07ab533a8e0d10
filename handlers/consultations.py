"""The doors of IV.6-2: asking the other party to consult, answering, and what it came to."""

from bot.agreement import consultations
from bot.agreement.consultations import ConsultationKind
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.cards.consultations import consultation_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import note
from handlers import exchanges
from handlers.calls import Call, Replace, Reply, row_number

CONSULT = Form(
    "consultations/form",
    "consultations.open",
    (
        FormField("kind", FieldKind.RADIO),
        FormField("topic", FieldKind.LINE),
        FormField("questions", FieldKind.TEXT, limit=1500),
        FormField("agenda", FieldKind.TEXT, optional=True, limit=1500),
        FormField("place", FieldKind.CHOICE),
    ),
)
READY = Form(
    "consultations/ready_form",
    "consultations.ready",
    (
        FormField("wished_on", FieldKind.DAY, optional=True),
        FormField("wish", FieldKind.LINE, optional=True),
    ),
)
CLOSE = Form("consultations/close_form", "consultations.close", (FormField("minutes", FieldKind.TEXT),))


def open_consultation(call: Call) -> Reply:
    """Open the form in which a person asks the other party to consult."""
    with call.reading(Act.OPEN_CONSULTATION) as desk:
        others = desk.definition.others(desk.person.party)
        facts = {
            "receiving": [party.abbreviation for party in others],
            "clause": consultations.CLAUSE,
        }
        kinds = [(each.value, term(each)) for each in ConsultationKind]
        options = {"kind": kinds, "place": exchanges.options(desk)["place"]}
        place = exchanges.place(desk, call.channel).channel_id
    call.open(CONSULT.view(facts, options=options, initial={"place": place}))
    return None


def submit_consultation(call: Call) -> Reply:
    """Ask."""
    answers = call.answers
    event = call.act(
        consultations.open_consultation,
        channel_id=answers["place"],
        kind=ConsultationKind(answers["kind"]),
        topic=answers["topic"],
        questions=answers["questions"],
        agenda=answers["agenda"],
    )
    facts = {"number": event.facts()["number"], "channel": answers["place"]}
    return Replace(note(words("consultations/asked", facts)))


def open_ready(call: Call) -> Reply:
    """Open the form in which the other party says that it is ready, and when it would like to meet."""
    key = row_number(call.value)
    with call.reading() as desk:
        row = consultations.get_consultation(desk.session, key)
        require(desk.session, desk.person, Act.ANSWER_CONSULTATION, row)
        facts = consultation_facts(desk, key)
    call.open(READY.view(facts, private=call.value))
    return None


def submit_ready(call: Call) -> Reply:
    """Say so."""
    answers = call.answers
    call.act(
        consultations.say_ready,
        consultation_id=row_number(call.private),
        wished_on=answers["wished_on"],
        wish=answers["wish"],
    )
    return None


def open_closing(call: Call) -> Reply:
    """Open the form for what a consultation came to."""
    with call.reading(Act.OPEN_CONSULTATION) as desk:
        facts = consultation_facts(desk, row_number(call.value))
    call.open(CLOSE.view(facts, private=call.value))
    return None


def submit_closing(call: Call) -> Reply:
    """Put it on record."""
    call.act(
        consultations.close_consultation,
        consultation_id=row_number(call.private),
        minutes=call.answers["minutes"],
    )
    return None
