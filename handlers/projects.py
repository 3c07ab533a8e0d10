"""The doors of IV.6-1: the register of joint projects and opportunities, and its lines."""

from bot.agreement import project_lines, project_stages, projects
from bot.agreement.desk import Desk
from bot.agreement.people import holders
from bot.agreement.projects import NewProject, ProjectKind
from bot.agreement.rights import SUBSTANCE, Act
from bot.cards import card
from bot.cards.projects import project_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import Mrkdwn, say, term, words
from bot.outbox import Message
from bot.shapes import Button, actions, entry, note, section, small_print
from handlers import exchanges
from handlers.calls import Call, Replace, Reply, Tell, row_number

PROJECT = Form(
    "projects/form",
    "projects.add",
    (
        FormField("kind", FieldKind.RADIO),
        FormField("subject", FieldKind.LINE),
        FormField("area", FieldKind.CHOICE),
        FormField("place", FieldKind.CHOICE),
        FormField("starts_on", FieldKind.DAY, optional=True),
        FormField("ends_on", FieldKind.DAY, optional=True),
        FormField("lead", FieldKind.CHOICE),
        FormField("responsible", FieldKind.CHOICE),
    ),
)
RESPONSIBLE = Form(
    "projects/responsible_form", "projects.responsible", (FormField("responsible", FieldKind.CHOICE),)
)
LINE = Form(
    "projects/line_form",
    "projects.line",
    (FormField("line", FieldKind.LINE, limit=project_lines.LENGTH),),
)
CLOSE = Form("projects/close_form", "projects.close", (FormField("outcome", FieldKind.TEXT, limit=600),))
MOST = 30


def open_project(call: Call) -> Reply:
    """Open the form in which a project or an opportunity is put into the register."""
    with call.reading(Act.KEEP_PROJECTS) as desk:
        own = desk.definition.party(desk.person.party)
        others = [party.abbreviation for party in desk.definition.others(own.id)]
        facts = {"party": own.abbreviation, "others": others, "clause": projects.CLAUSE}
        known = exchanges.options(desk)
        options = {
            "kind": [(each.value, term(each)) for each in ProjectKind],
            "area": known["area"],
            "place": known["place"],
            "lead": [(party.id, party.abbreviation) for party in desk.definition.parties],
            "responsible": _colleagues(desk),
        }
        place = exchanges.place(desk, call.channel).channel_id
        initial = {"place": place, "lead": own.id, "responsible": options["responsible"][0][0]}
    call.open(PROJECT.view(facts, options=options, initial=initial))
    return None


def _colleagues(desk: Desk) -> list[tuple[str, str]]:
    """Those of the person's own party who deal with the substance, the person first."""
    people = holders(desk.session, desk.person.party, SUBSTANCE, desk.today)
    first = [desk.person, *(person for person in people if person.key != desk.person.key)]
    return [(str(person.key), person.name) for person in first[:100]]


def submit_project(call: Call) -> Reply:
    """Put it into the register."""
    answers = call.answers
    new = NewProject(
        kind=ProjectKind(answers["kind"]),
        title=answers["subject"],
        area=answers["area"],
        channel_id=answers["place"],
        lead_party=answers["lead"],
        starts_on=answers["starts_on"],
        ends_on=answers["ends_on"],
    )
    event = call.act(projects.add_project, new=new, responsible_id=row_number(answers["responsible"]))
    number = event.facts()["number"]
    return Replace(note(words("projects/added", {"number": number, "channel": new.channel_id})))


def listing(call: Call) -> Reply:
    """The register, or one project by its number."""
    if call.text.lower() == "add":
        return open_project(call)
    with call.reading() as desk:
        if call.text:
            row = projects.project_by_number(desk.session, call.text)
            return Tell(card(desk, row.subject))
        return Tell(_register(desk))


def _register(desk: Desk) -> Message:
    rows = projects.going_on(desk.session)
    parts = words("projects/listing", {"count": len(rows), "most": MOST})
    lines = [
        entry(
            say("projects/line", "line", project_facts(desk, row)),
            parts,
            Button("projects.show", str(row.key), "show"),
            f"{row.number} {row.title}",
        )
        for row in rows[:MOST]
    ]
    add = actions(parts, [Button("projects.add", "new", "add", "primary")])
    return Message(
        Mrkdwn(parts["notice"]), [section(parts["body"]), *lines, add, small_print(parts["footer"])]
    )


def show(call: Call) -> Reply:
    """One project as it stands."""
    with call.reading() as desk:
        return Tell(card(desk, projects.get_project(desk.session, row_number(call.value)).subject))


def open_responsible(call: Call) -> Reply:
    """Open the form in which a person names who is responsible on their own side."""
    with call.reading(Act.KEEP_PROJECTS) as desk:
        row = projects.get_open(desk, row_number(call.value))
        party = desk.definition.party(desk.person.party).abbreviation
        facts = {"number": row.number, "title": row.title, "party": party}
        options = {"responsible": _colleagues(desk)}
    call.open(RESPONSIBLE.view(facts, options=options, private=call.value))
    return None


def submit_responsible(call: Call) -> Reply:
    """Name the person."""
    call.act(
        projects.name_responsible,
        project_id=row_number(call.private),
        person_id=row_number(call.answers["responsible"]),
    )
    return None


def open_line(call: Call) -> Reply:
    """Open the form for one line."""
    return _open(call, LINE, Act.KEEP_PROJECTS)


def submit_line(call: Call) -> Reply:
    """Say it."""
    call.act(project_lines.add_line, project_id=row_number(call.private), text=call.answers["line"])
    return None


def no_change(call: Call) -> Reply:
    """Say that nothing has changed."""
    event = call.act(project_lines.no_change, project_id=row_number(call.value))
    return call.again(event.subject)


def open_closing(call: Call) -> Reply:
    """Open the form in which a person says how it ended."""
    return _open(call, CLOSE, Act.CLOSE_PROJECT)


def submit_closing(call: Call) -> Reply:
    """Close it."""
    call.act(
        project_stages.close_project, project_id=row_number(call.private), outcome=call.answers["outcome"]
    )
    return None


def _open(call: Call, form: Form, act: Act) -> Reply:
    with call.reading(act) as desk:
        row = projects.get_open(desk, row_number(call.value))
        party = desk.definition.party(desk.person.party).abbreviation
        facts = {"number": row.number, "title": row.title, "kind": row.kind, "party": party}
    call.open(form.view(facts, private=call.value))
    return None
