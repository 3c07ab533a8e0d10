"""The doors of V.2-2: designating people of the own party, ending a designation, and handing over."""

from bot.agreement import designation_ends, designations, handovers
from bot.agreement.contacts import designated, own_people
from bot.agreement.designations import CLAUSES, NewDesignation
from bot.agreement.desk import Desk
from bot.agreement.offices import all_offices
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import require
from bot.agreement.rights import Act, Role
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import note
from handlers.calls import Call, Replace, Reply, row_number

DESIGNATE = Form(
    "contacts/designate_form",
    "contacts.designate",
    (
        FormField("person", FieldKind.CHOICE, optional=True),
        FormField("name", FieldKind.LINE, optional=True),
        FormField("member", FieldKind.LINE, optional=True, limit=30),
        FormField("capacity", FieldKind.CHOICE),
        FormField("office", FieldKind.CHOICE, optional=True),
        FormField("valid_from", FieldKind.DAY),
        FormField("valid_until", FieldKind.DAY, optional=True),
        FormField("message", FieldKind.TEXT),
    ),
)
END = Form(
    "contacts/end_form",
    "contacts.end",
    (
        FormField("designation", FieldKind.CHOICE),
        FormField("last_day", FieldKind.DAY),
        FormField("note", FieldKind.TEXT, optional=True, limit=1000),
    ),
)
HANDOVER = Form(
    "contacts/handover_form",
    "contacts.handover",
    (
        FormField("leaving", FieldKind.CHOICE),
        FormField("successor", FieldKind.CHOICE),
        FormField("note", FieldKind.TEXT, optional=True, limit=1500),
    ),
)
OPTIONS = 100
"""Choices of a list, the most that Slack shows."""


def open_designation(call: Call) -> Reply:
    """Open the form in which somebody of the own party is designated."""
    with call.reading() as desk:
        mine = OwnMatter(desk.person.party)
        require(desk.session, desk.person, Act.DESIGNATE, mine)
        party = desk.definition.party(mine.party).abbreviation
        others = [other.abbreviation for other in desk.definition.others(mine.party)]
        offices = [(str(row.key), row.name) for row in all_offices(desk.session) if row.party == mine.party]
        options = {
            "person": _people(desk),
            "capacity": [(role.value, term(role)) for role in CLAUSES],
            "office": offices[:OPTIONS],
        }
        today = desk.today.isoformat()
    facts = {"party": party, "others": others}
    call.open(DESIGNATE.view(facts, options=options, initial={"valid_from": today}))
    return None


def _people(desk: Desk) -> list[tuple[str, str]]:
    return [(str(one.key), f"{one.name}, {one.office}".rstrip(", ")) for one in own_people(desk)][:OPTIONS]


def submit_designation(call: Call) -> Reply:
    """Designate whom the form names."""
    answers = call.answers
    with call.reading() as desk:
        offices = {str(row.key): row.name for row in all_offices(desk.session)}
    new = NewDesignation(
        person_id=row_number(answers.get("person", "")),
        name=answers["name"],
        user_id=answers["member"],
        role=Role(answers["capacity"]),
        office=offices.get(answers.get("office", ""), ""),
        valid_from=answers["valid_from"],
        valid_until=answers["valid_until"],
        message=answers["message"],
    )
    event = call.act(designations.designate, new=new)
    return Replace(note(words("contacts/designated", event.facts())))


def open_end(call: Call) -> Reply:
    """Open the form in which a designation is ended."""
    with call.reading() as desk:
        require(desk.session, desk.person, Act.DESIGNATE, OwnMatter(desk.person.party))
        held = designated(desk, frozenset(CLAUSES))
        today = desk.today.isoformat()
        others = [other.abbreviation for other in desk.definition.others(desk.person.party)]
    options = [(f"{person.key}:{role}", f"{person.name}: {term(role)}") for person, role, _ in held][:OPTIONS]
    facts = {"others": others, "ends": [(one.name, role, last) for one, role, last in held if last]}
    call.open(END.view(facts, options={"designation": options}, initial={"last_day": today}))
    return None


def submit_end(call: Call) -> Reply:
    """End the designation that was chosen."""
    answers = call.answers
    person_id, _, role = answers["designation"].partition(":")
    call.act(
        designation_ends.end_designation,
        person_id=row_number(person_id),
        role=Role(role),
        last_day=answers["last_day"],
        note=answers["note"],
    )
    return None


def open_handover(call: Call) -> Reply:
    """Open the form in which what waits for one person is handed over to another."""
    with call.reading() as desk:
        require(desk.session, desk.person, Act.HAND_OVER, OwnMatter(desk.person.party))
        people = _people(desk)
        me = str(desk.person.key)
    options = {"leaving": people, "successor": people}
    call.open(HANDOVER.view({}, options=options, initial={"leaving": me}))
    return None


def submit_handover(call: Call) -> Reply:
    """Hand over."""
    answers = call.answers
    event = call.act(
        handovers.hand_over,
        leaving_id=row_number(answers["leaving"]),
        successor_id=row_number(answers["successor"]),
        note=answers["note"],
    )
    return Replace(note(words("contacts/handed_over", event.facts())))
