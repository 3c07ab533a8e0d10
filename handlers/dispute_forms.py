"""The forms of VIII: raising a dispute, naming people, steps, levels, and the note of settlement."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.agreement import dispute_entries, dispute_people, dispute_settlements, dispute_steps, disputes
from bot.agreement.desk import Desk
from bot.agreement.dispute_entries import Grievance
from bot.agreement.dispute_notes import pending
from bot.agreement.disputes import Dispute, DisputeDeed, DisputeLevel, DisputeStatus, named
from bot.agreement.people import Case, require
from bot.agreement.rights import Act
from bot.cards.disputes import dispute_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import note
from handlers.calls import Call, Replace, Reply, row_number
from handlers.quoting import quoted, with_words

MOST = 100
"""Slack offers no more to choose from."""
KEEP, SEND = "keep", "send"
WORDS = (
    FormField("subject", FieldKind.LINE),
    FormField("clauses", FieldKind.SEVERAL),
    FormField("about", FieldKind.TEXT),
    FormField("sought", FieldKind.TEXT),
)
PEOPLE = FormField("people", FieldKind.SEVERAL, optional=True)
REASON = FormField("reason", FieldKind.TEXT)
RAISE = Form("disputes/raise_form", "disputes.raise", (*WORDS, PEOPLE, FormField("outcome", FieldKind.RADIO)))
CHANGE = Form("disputes/change_form", "disputes.change", WORDS)
NAME = Form("disputes/name_form", "disputes.name", (FormField("level", FieldKind.RADIO), PEOPLE))
TAKE_UP = Form("disputes/take_up_form", "disputes.take_up", (PEOPLE,))
STEP = Form(
    "disputes/step_form",
    "disputes.step",
    (FormField("kind", FieldKind.RADIO), FormField("text", FieldKind.TEXT)),
)
REFER = Form("disputes/refer_form", "disputes.refer", (REASON,))
WITHDRAW = Form("disputes/withdraw_form", "disputes.withdraw", (REASON,))
NOTE = Form("disputes/note_form", "disputes.note", (FormField("text", FieldKind.TEXT),))
CONFIRM = Form("disputes/confirm_form", "disputes.confirm", ())
GIVE_BACK = Form("disputes/give_back_form", "disputes.give_back", (REASON,))


def open_raising(call: Call) -> Reply:
    """Open the form in which a dispute is written down; through the other party's app it can only be sent."""
    with call.reading(Act.RAISE_DISPUTE) as desk:
        dispute_entries.refuse_after_survival(desk)
        own_app = call.party == desk.person.party
        others = [party.abbreviation for party in desk.definition.others(desk.person.party)]
        facts = {"others": others, "own_app": own_app, "party": _own(desk)}
        options = {"clauses": _clauses(desk), "people": _people(desk)}
    parts = words(RAISE.template, facts)
    options["outcome"] = [(each, parts[each]) for each in ((KEEP, SEND) if own_app else (SEND,))]
    call.open(RAISE.view(facts, options=options, initial={"outcome": KEEP if own_app else SEND}))
    return None


def _own(desk: Desk) -> str:
    return desk.definition.party(desk.person.party).abbreviation


def _clauses(desk: Desk) -> list[tuple[str, str]]:
    return [(clause.id, f"{clause.id} {clause.title}") for clause in desk.definition.clauses][:MOST]


def _people(desk: Desk) -> list[tuple[str, str]]:
    own = dispute_people.own_people(desk)
    return [(str(one.key), f"{one.name} ({one.office})" if one.office else one.name) for one in own][:MOST]


def _chosen(call: Call) -> list[int]:
    return [row_number(each) for each in call.answers.get("people", ())]


def _grievance(answers: dict[str, Any]) -> Grievance:
    return Grievance(
        title=answers["subject"],
        clauses=answers["clauses"],
        about=answers["about"],
        sought=answers["sought"],
    )


def submit_raising(call: Call) -> Reply:
    """Keep it as a draft of the own party, or send it at once."""
    written: dict[str, Any] = {"grievance": _grievance(call.answers), "people": _chosen(call)}
    if call.answers["outcome"] == SEND:
        event = call.act(dispute_entries.raise_now, **written)
    else:
        event = call.act(dispute_entries.draft, through=call.party, **written)
    return _done(event.facts())


def _done(facts: dict[str, object]) -> Reply:
    return Replace(note(words("disputes/done", facts)))


@contextmanager
def _seen(call: Call, act: Act) -> Iterator[tuple[Desk, Dispute]]:
    """A dispute that the person may know of and in which they may do `act`, to open a form about it."""
    with call.reading(Act.READ_DISPUTE) as desk:
        row = disputes.visible(desk, row_number(call.value), call.party)
        require(desk.session, desk.person, act, row)
        yield desk, row


def open_change(call: Call) -> Reply:
    """Open the own draft to be changed; to see its words is to read it."""
    key = row_number(call.value)
    with _seen(call, Act.RAISE_DISPUTE) as (desk, row):
        _refuse_sent(desk, row)
    if not call.put_on_record(dispute_steps.read, dispute_id=key):
        return None
    with _seen(call, Act.RAISE_DISPUTE) as (desk, row):
        facts, options = dispute_facts(desk, row), {"clauses": _clauses(desk)}
    initial = {"subject": row.title, "clauses": row.clauses.split(), "about": row.about, "sought": row.sought}
    call.open(CHANGE.view(facts, options=options, initial=initial, private=f"{row.key}@{row.version}"))
    return None


def _refuse_sent(desk: Desk, row: Dispute) -> None:
    if row.status is not DisputeStatus.DRAFT:
        raise disputes.moved_on(desk, row)


def submit_change(call: Call) -> Reply:
    """Put the changed draft on the own party's record."""
    key, _, seen = call.private.partition("@")
    event = call.act(
        dispute_entries.change,
        dispute_id=row_number(key),
        grievance=_grievance(call.answers),
        seen=row_number(seen),
        through=call.party,
    )
    return _done(event.facts())


def open_naming(call: Call) -> Reply:
    """Open the form in which a party names its own people of one level."""
    with _seen(call, Act.NAME_IN_DISPUTE) as (desk, row):
        facts = {**dispute_facts(desk, row), "own": _own(desk)}
        options = {"level": [(each.value, term(each)) for each in DisputeLevel], "people": _people(desk)}
        level = disputes.LEVELS.get(row.status, DisputeLevel.WORKING_LEVEL)
        chosen = [str(each.person_id) for each in named(desk.session, row) if each.level is level]
    initial = {"level": level.value, "people": chosen}
    call.open(NAME.view(facts, options=options, initial=initial, private=str(row.key)))
    return None


def submit_naming(call: Call) -> Reply:
    """Put on record whom the own party names."""
    event = call.act(
        dispute_people.name,
        dispute_id=row_number(call.private),
        level=DisputeLevel(call.answers["level"]),
        people=_chosen(call),
        through=call.party,
    )
    return _done(event.facts())


def open_taking_up(call: Call) -> Reply:
    """Open the form in which a dispute is taken up."""
    with _seen(call, Act.TAKE_UP_DISPUTE) as (desk, row):
        facts, options = {**dispute_facts(desk, row), "own": _own(desk)}, {"people": _people(desk)}
    call.open(TAKE_UP.view(facts, options=options, private=str(row.key)))
    return None


def submit_taking_up(call: Call) -> Reply:
    """Take the dispute up."""
    event = call.act(dispute_steps.take_up, dispute_id=row_number(call.private), people=_chosen(call))
    return _done(event.facts())


def open_step(call: Call) -> Reply:
    """Open the form for a statement or a proposal."""
    kinds = [(each.value, term(each)) for each in (DisputeDeed.STATEMENT, DisputeDeed.PROPOSAL)]
    return _open(call, STEP, Act.ADD_DISPUTE_STEP, {"kind": kinds})


def submit_step(call: Call) -> Reply:
    """Add the statement or the proposal."""
    deed = DisputeDeed.PROPOSAL if call.answers["kind"] == DisputeDeed.PROPOSAL else DisputeDeed.STATEMENT
    facts = {"dispute_id": row_number(call.private), "deed": deed, "text": call.answers["text"]}
    return _done(call.act(dispute_steps.add_step, **facts).facts())


def open_referral(call: Call) -> Reply:
    """Open the form in which a dispute is moved to the next level."""
    with _seen(call, Act.REFER_DISPUTE) as (desk, row):
        facts = dispute_facts(desk, row)
    call.open(REFER.view(facts, private=f"{row.key}@{row.status.value}"))
    return None


def submit_referral(call: Call) -> Reply:
    """Move it to the next level from the one at which it was seen."""
    key, _, seen = call.private.partition("@")
    facts = {"dispute_id": row_number(key), "seen": DisputeStatus(seen), "reason": call.answers["reason"]}
    return _done(call.act(dispute_steps.refer, **facts).facts())


def open_withdrawal(call: Call) -> Reply:
    """Open the form in which the party that raised a dispute takes it back."""
    return _open(call, WITHDRAW, Act.WITHDRAW_DISPUTE)


def submit_withdrawal(call: Call) -> Reply:
    """Take the dispute back."""
    facts = {"dispute_id": row_number(call.private), "reason": call.answers["reason"]}
    return _done(call.act(dispute_steps.withdraw, **facts).facts())


def open_note(call: Call) -> Reply:
    """Open the form in which a note of settlement is written."""
    with _seen(call, Act.WRITE_SETTLEMENT) as (desk, row):
        dispute_settlements.replaceable(desk, row)
    return _open(call, NOTE, Act.WRITE_SETTLEMENT)


def submit_note(call: Call) -> Reply:
    """Put the note before the other party."""
    facts = {"dispute_id": row_number(call.private), "text": call.answers["text"]}
    return _done(call.act(dispute_settlements.write_note, **facts).facts())


def open_confirmation(call: Call) -> Reply:
    """Show the note in its exact words, to be confirmed."""
    return _open_answer(call, CONFIRM)


def submit_confirmation(call: Call) -> Reply:
    """Confirm the note: the dispute is settled."""
    key, _, seen = call.private.partition("@")
    return _done(call.act(dispute_settlements.confirm, note_id=row_number(key), seen=seen).facts())


def open_return(call: Call) -> Reply:
    """Show the note in its exact words, to be given back with the reason."""
    return _open_answer(call, GIVE_BACK)


def submit_return(call: Call) -> Reply:
    """Give the note back."""
    facts = {"note_id": row_number(call.private.partition("@")[0]), "reason": call.answers["reason"]}
    return _done(call.act(dispute_settlements.give_back, **facts).facts())


def _open_answer(call: Call, form: Form) -> Reply:
    key = row_number(call.value)
    with call.reading(Act.READ_DISPUTE) as desk:
        row = disputes.visible(desk, key)
        waiting = pending(desk.session, row)
        case: Case = waiting or row
        require(desk.session, desk.person, Act.CONFIRM_SETTLEMENT, case)
        if waiting is None:
            raise disputes.moved_on(desk, row)
    if not call.put_on_record(dispute_steps.read, dispute_id=key):
        return None
    with call.reading(Act.READ_DISPUTE) as desk:
        party = desk.definition.party(waiting.party).abbreviation
        facts = {**dispute_facts(desk, row), "writer": party, "sha256": waiting.sha256}
    call.open(with_words(form, facts, f"{waiting.key}@{waiting.sha256}", quoted(waiting.text)))
    return None


def _open(
    call: Call, form: Form, act: Act, options: dict[str, Sequence[tuple[str, str]]] | None = None
) -> Reply:
    with _seen(call, act) as (desk, row):
        facts = dispute_facts(desk, row)
    call.open(form.view(facts, options=options, private=str(row.key)))
    return None
