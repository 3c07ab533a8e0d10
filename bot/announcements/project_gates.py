"""IX.1 and IX.2-4: who is told of what is settled before a project starts, and who is asked."""

from typing import Any

from bot.agreement.acknowledgements import points
from bot.agreement.channels import get_channel
from bot.agreement.people import Person, holders
from bot.agreement.project_answers import (
    GateChanged,
    GateChased,
    GateConfirmed,
    GateProposed,
    GateReopened,
    GateSentBack,
    GatesWanted,
)
from bot.agreement.project_beginnings import (
    BeginningAnswered,
    BeginningChased,
    BeginningConfirmed,
    BeginningDenied,
)
from bot.agreement.project_gates import Gate, ProjectGate, closed_gates
from bot.agreement.project_items import ItemsChanged
from bot.agreement.project_results import ResultsChanged
from bot.agreement.project_stages import ProjectBecame, ProjectStarted
from bot.agreement.projects import JointProject, get_project, responsible_for
from bot.agreement.rights import PROTECTING, RIGHTS, Act, Role
from bot.announcements.audiences import Reactions, refresh_card
from bot.cards.project_gates import gate_facts
from bot.cards.projects import gate_line, project_facts
from bot.outbox import Address
from bot.post import Post
from bot.project_records import write_project_record
from bot.shapes import Button


def in_thread(post: Post, subject: str, template: str, facts: dict[str, Any]) -> None:
    """Say something in the thread of a project's card in its channel."""
    for row in post.channel_cards(subject):
        post.letter(template, Address(row.party, row.channel), facts, thread=row)


def speakers(post: Post, row: JointProject, party: str) -> list[Person]:
    """Who speaks for a party in the place of a project."""
    return points(post.desk, party, get_channel(post.desk.session, row.channel_id).scope)


def _gate(post: Post, event: GateChanged | GateChased) -> tuple[JointProject, ProjectGate, dict[str, Any]]:
    row = get_project(post.desk.session, event.project_id)
    gate = post.desk.session.get_one(ProjectGate, event.gate_id)
    return row, gate, gate_facts(post.desk, row, gate)


def step_told(post: Post, event: GateChanged) -> None:
    """What was done is said in the thread of the card."""
    _, _, facts = _gate(post, event)
    waits_for = facts["others"]
    said = {**event.facts(), "deed": event.name, "said": event.note, "waits_for": waits_for}
    in_thread(post, event.subject, "projects/gate_step", {**facts, **said, "status": facts["status"]})


def confirmation_asked(post: Post, event: GateProposed) -> None:
    """The other party's contact point and legal officer are asked in person to confirm."""
    _ask(post, event)


def list_asked(post: Post, event: ItemsChanged) -> None:
    """The other party is asked in person once the list first waits for it, and not for every line of it."""
    if event.asks:
        _ask(post, event)


def gate_chased(post: Post, event: GateChased) -> None:
    """The other party is asked again in person."""
    _ask(post, event, again=True)


def _ask(post: Post, event: GateChanged | GateChased, *, again: bool = False) -> None:
    row, gate, facts = _gate(post, event)
    buttons = (
        Button("project_gates.confirm", str(gate.key), "confirm", "primary"),
        Button(f"projects.{gate.gate.value}", str(row.key), "show"),
    )
    for person in _confirming(post, row, gate):
        to = post.person(person, row.channel_id)
        post.letter("projects/gate_asked", to, {**facts, "again": again}, buttons=buttons)


def _confirming(post: Post, row: JointProject, gate: ProjectGate) -> list[Person]:
    """Of the other party: who may confirm what is in writing, or whoever speaks for it in the project's place."""
    others = post.desk.definition.others(gate.stated_by)
    if gate.gate is Gate.ITEMS:
        return [person for party in others for person in speakers(post, row, party.id)]
    today, session = post.desk.today, post.desk.session
    return [person for party in others for person in holders(session, party.id, PROTECTING, today)]


def sent_back_told(post: Post, event: GateSentBack) -> None:
    """Whoever had answered is told in person, unless they took it back themselves."""
    row, gate, facts = _gate(post, event)
    proposer = post.desk.session.get(Person, gate.proposed_by) if gate.proposed_by else None
    if proposer is None or proposer == post.desk.by:
        return
    said = {**event.facts(), "deed": event.name, "said": event.note, "waits_for": ()}
    to = post.person(proposer, row.channel_id)
    post.letter("projects/gate_step", to, {**facts, **said, "status": facts["status"]})


def file_enclosed(post: Post, event: GateProposed) -> None:
    """A file that an answer rests on is shown in the thread of the card."""
    gate = post.desk.session.get_one(ProjectGate, event.gate_id)
    if gate.file_id:
        post.enclose(gate.file_id, event.subject, "projects/file_enclosed", event.facts())


def start_offered(post: Post, event: Any) -> None:
    """Once nothing holds the start, those who may start the project are told in person."""
    if not event.all_open:
        return
    row = get_project(post.desk.session, event.project_id)
    button = Button("projects.start", str(row.key), "start", "primary")
    for party in post.desk.definition.parties:
        for person in speakers(post, row, party.id):
            to = post.person(person, row.channel_id)
            post.letter("projects/can_start", to, project_facts(post.desk, row), buttons=(button,))


def project_started(post: Post, event: ProjectStarted) -> None:
    """What was settled is put down in a joint record in each language; both sides read that it has started."""
    records = write_project_record(post.desk, post.entry, event)
    row = get_project(post.desk.session, event.project_id)
    facts = {**project_facts(post.desk, row), **event.facts(), "record_number": records[0].number}
    post.refresh(event.subject)
    in_thread(post, event.subject, "projects/started", facts)
    post.hand_over_all(records, event.subject, "projects/record_handed_over", facts)
    named = [responsible_for(post.desk, row, party.id) for party in post.desk.definition.parties]
    for person in filter(None, named):
        if person != post.desk.by:
            post.letter("projects/started", post.person(person, row.channel_id), facts)


def ask_whether_begun(post: Post, row: JointProject, *, again: bool = False) -> None:
    """The other party's contact points and legal officers are asked in person whether a project had begun."""
    words = ("begun", "not_begun")
    buttons = tuple(Button(f"projects.{word}", str(row.key), word, confirm=True) for word in words)
    facts = {**project_facts(post.desk, row), "again": again}
    for party in post.desk.definition.others(row.party):
        for person in holders(post.desk.session, party.id, PROTECTING, post.desk.today):
            to = post.person(person, row.channel_id)
            post.letter("projects/begun_asked", to, facts, buttons=buttons)


def beginning_chased(post: Post, event: BeginningChased) -> None:
    """They are asked again."""
    ask_whether_begun(post, get_project(post.desk.session, event.project_id), again=True)


def beginning_answered(post: Post, event: BeginningAnswered) -> None:
    """Both sides read in the thread what the other party said."""
    in_thread(post, event.subject, "projects/begun_answered", {**event.facts(), "deed": event.name})


def project_became(post: Post, event: ProjectBecame) -> None:
    """Both sides read what is to be settled now; those who answer for personal data are asked."""
    post.refresh(event.subject)
    in_thread(post, event.subject, "projects/became", event.facts())
    ask_stewards(post, get_project(post.desk.session, event.project_id))


def ask_stewards(post: Post, row: JointProject, *, differ: bool = False) -> None:
    """Those who answer for personal data are asked in person, in each party."""
    facts = {**project_facts(post.desk, row), "differ": differ}
    for party in post.desk.definition.parties:
        about = {**facts, "asked": party.abbreviation}
        to_stewards(post, row, party.id, "projects/data_asked", about)


def to_stewards(
    post: Post, row: JointProject, party: str, template: str, facts: dict[str, Any], *first: Button
) -> None:
    """Write to the data stewards of a party; where it has none, to its legal officers or contact points."""
    answer = Button("project_data.answer", str(row.key), "answer", "primary")
    buttons = (*(first or (answer,)), Button("projects.data", str(row.key), "show"))
    for person in stewards(post, party):
        post.letter(template, post.person(person, row.channel_id), facts, buttons=buttons)


def stewards(post: Post, party: str) -> list[Person]:
    """Who answers for personal data in a party."""
    asked = (frozenset({Role.DATA_STEWARD}), RIGHTS[Act.KEEP_PROJECT_DATA].roles, PROTECTING)
    found = (holders(post.desk.session, party, roles, post.desk.today) for roles in asked)
    return next(filter(None, found), [])


def gates_wanted(post: Post, event: GatesWanted) -> None:
    """Those who speak for either party in the project's place are asked for what is missing."""
    row = get_project(post.desk.session, event.project_id)
    missing = [gate_line(post.desk, gate) for gate in closed_gates(post.desk.session, row.key)]
    facts = {**project_facts(post.desk, row), **event.facts(), "missing": missing}
    show = Button("projects.show", str(row.key), "show")
    for party in post.desk.definition.parties:
        for person in speakers(post, row, party.id):
            to = post.person(person, row.channel_id)
            post.letter("projects/gates_wanted", to, facts, buttons=(show,))


REACTIONS: Reactions = {
    GateProposed: (refresh_card, step_told, confirmation_asked, file_enclosed),
    GateConfirmed: (refresh_card, step_told, start_offered),
    GateSentBack: (refresh_card, step_told, sent_back_told),
    GateReopened: (refresh_card, step_told),
    GateChased: (gate_chased,),
    GatesWanted: (gates_wanted,),
    ItemsChanged: (refresh_card, step_told, list_asked),
    ResultsChanged: (refresh_card,),
    BeginningConfirmed: (refresh_card, beginning_answered),
    BeginningDenied: (refresh_card, beginning_answered),
    BeginningChased: (beginning_chased,),
    ProjectStarted: (project_started,),
    ProjectBecame: (project_became,),
}
