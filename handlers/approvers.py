"""The doors of VI.1 for the owner's own people: who approves, who is away, and who stands in for whom."""

from typing import Any

from bot.agreement import approval_cover, approvers
from bot.agreement.approver_errors import NoApprover
from bot.agreement.approvers import APPROVER, approves_by_right
from bot.agreement.delegated_roles import given_within
from bot.agreement.desk import Desk
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Person, holders, may, own_roles, require
from bot.agreement.rights import Act, Role
from bot.cards.approval_cover import cover_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import Mrkdwn, say, words
from bot.outbox import Message
from bot.shapes import Button, actions, entry, note, section, small_print
from handlers.calls import Call, Replace, Reply, Tell, row_number

ABSENCE = Form(
    "approvers/absence_form",
    "approvers.absence",
    (
        FormField("person", FieldKind.CHOICE),
        FormField("first_day", FieldKind.DAY),
        FormField("last_day", FieldKind.DAY),
    ),
)
DELEGATION = Form(
    "approvers/delegation_form",
    "approvers.delegate",
    (
        FormField("approver", FieldKind.CHOICE),
        FormField("delegate", FieldKind.CHOICE),
        FormField("first_day", FieldKind.DAY),
        FormField("last_day", FieldKind.DAY),
    ),
)
MOST = 15
OPTIONS = 100
Options = list[tuple[str, str]]


def listing(call: Call) -> Reply:
    """Who can approve for the own party today, who is away, and who stands in; others' absences are not shown."""
    with call.reading() as desk:
        party = desk.person.party
        facts = {**_state(desk, party), "party": desk.definition.party(party).abbreviation}
        parts = words("approvers/listing", facts)
        lines = [*_absence_lines(desk, party, parts), *_delegation_lines(desk, party, parts)]
        buttons = _buttons(desk)
    made = [section(parts["body"]), *lines]
    made += [actions(parts, buttons)] if buttons else []
    return Tell(Message(Mrkdwn(parts["notice"]), [*made, small_print(parts["footer"])]))


def _state(desk: Desk, party: str) -> dict[str, Any]:
    present = approval_cover.present(desk, party, desk.today)
    return {"present": [one.name for one in present], "cover": cover_facts(desk, party), "today": desk.today}


def _absence_lines(desk: Desk, party: str, parts: dict[str, str]) -> list[Any]:
    rows = approvers.absences(desk.session, (party,), desk.today)[:MOST]
    allowed = _buttons(desk)
    return [
        entry(
            say("approvers/line", "absence", approvers.absence_facts(desk, row)),
            parts,
            Button("approvers.cancel", str(row.key), "cancel") if allowed else None,
            desk.session.get_one(Person, row.person_id).name,
        )
        for row in rows
    ]


def _delegation_lines(desk: Desk, party: str, parts: dict[str, str]) -> list[Any]:
    rows = approvers.delegations(desk.session, party, desk.today)[:MOST]
    allowed = _buttons(desk)
    return [
        entry(
            say("approvers/line", "delegation", approvers.delegation_facts(desk, row)),
            parts,
            Button("approvers.end", str(row.key), "end") if allowed else None,
            desk.session.get_one(Person, row.delegate_id).name,
        )
        for row in rows
    ]


def _buttons(desk: Desk) -> list[Button]:
    own = OwnMatter(desk.person.party)
    offered = (
        (Act.ENTER_ABSENCE, Button("approvers.absence", "new", "absence")),
        (Act.DELEGATE_APPROVAL, Button("approvers.delegate", "new", "delegate")),
    )
    return [button for act, button in offered if may(desk.session, desk.person, act, own)]


def open_absence(call: Call) -> Reply:
    """Open the form in which an approver, or the contact point, enters days away."""
    with call.reading() as desk:
        require(desk.session, desk.person, Act.ENTER_ABSENCE, OwnMatter(desk.person.party))
        people = _those_who_approve(desk)
        facts = {"party": desk.definition.party(desk.person.party).abbreviation}
        initial = {"person": people[0][0], "first_day": str(desk.today)}
    call.open(ABSENCE.view(facts, options={"person": people}, initial=initial))
    return None


def submit_absence(call: Call) -> Reply:
    """Enter the days, and say at once whether anybody can approve on them."""
    answers = call.answers
    event = call.act(
        approvers.enter_absence,
        person_id=row_number(answers["person"]),
        first_day=answers["first_day"],
        last_day=answers["last_day"],
    )
    with call.reading() as desk:
        ahead = (answers["last_day"] - desk.today).days
        found = approval_cover.gap(desk, desk.person.party, ahead)
        gap = {"since": found.since, "until": found.until} if found else None
    return Replace(note(words("approvers/absence_noted", {**event.facts(), "gap": gap})))


def _those_who_approve(desk: Desk) -> Options:
    """The approvers whom the person may enter something for, themselves first."""
    named = holders(desk.session, desk.person.party, frozenset({APPROVER}), desk.today)
    lent = given_within(desk.session, (desk.person.party,), (APPROVER,))
    coming = [desk.session.get_one(Person, row.delegate_id) for row in lent if row.last_day >= desk.today]
    return _choices(desk, [*named, *coming])


def _choices(desk: Desk, people: list[Person]) -> Options:
    anybody = Role.CONTACT_POINT in own_roles(desk.session, desk.person)
    mine = {one.key: one for one in people if anybody or one.key == desk.person.key}
    if not mine:
        raise NoApprover(desk.definition.party(desk.person.party).abbreviation)
    rows = sorted(mine.values(), key=lambda one: (one.key != desk.person.key, one.name))
    return [(str(one.key), one.name) for one in rows[:OPTIONS]]


def open_delegation(call: Call) -> Reply:
    """Open the form in which an approver, or the contact point, names who stands in."""
    with call.reading() as desk:
        require(desk.session, desk.person, Act.DELEGATE_APPROVAL, OwnMatter(desk.person.party))
        named = holders(desk.session, desk.person.party, frozenset({APPROVER}), desk.today)
        givers = [one for one in named if approves_by_right(desk.session, one, desk.today)]
        options = {"approver": _choices(desk, givers), "delegate": _colleagues(desk)}
        facts = {"party": desk.definition.party(desk.person.party).abbreviation}
        initial = {"approver": options["approver"][0][0], "first_day": str(desk.today)}
    call.open(DELEGATION.view(facts, options=options, initial=initial))
    return None


def _colleagues(desk: Desk) -> Options:
    everybody = holders(desk.session, desk.person.party, frozenset(Role), desk.today)
    free = [one for one in everybody if not approves_by_right(desk.session, one, desk.today)]
    if not free:
        raise NoApprover(desk.definition.party(desk.person.party).abbreviation)
    return [(str(one.key), one.name) for one in free[:OPTIONS]]


def submit_delegation(call: Call) -> Reply:
    """Put the delegation on record."""
    answers = call.answers
    event = call.act(
        approvers.delegate_approval,
        approver_id=row_number(answers["approver"]),
        delegate_id=row_number(answers["delegate"]),
        first_day=answers["first_day"],
        last_day=answers["last_day"],
    )
    return Replace(note(words("approvers/delegation_noted", event.facts())))


def end(call: Call) -> Reply:
    """End a delegation."""
    event = call.act(approvers.end_delegation, delegation_id=row_number(call.value))
    return Tell(_said("approvers/delegation_over", event.facts()))


def cancel(call: Call) -> Reply:
    """Take an absence back."""
    event = call.act(approvers.cancel_absence, absence_id=row_number(call.value))
    return Tell(_said("approvers/absence_over", event.facts()))


def _said(template: str, facts: dict[str, object]) -> Message:
    parts = words(template, facts)
    return Message(Mrkdwn(parts["notice"]), [section(parts["body"])])
