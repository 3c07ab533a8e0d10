"""The doors of VII.1-2: the notice room of one party, and what both parties put on record of a notice."""

from typing import Any

from bot.agreement import notice_copies, notice_drafts, notice_receipts, terminations
from bot.agreement.desk import Desk
from bot.agreement.notice_drafts import SEND, Letter
from bot.agreement.notice_letters import NoticeChannel, NoticeLanguage
from bot.agreement.notice_receipts import SENT
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.terminations import (
    MACHINE,
    Termination,
    get_readable,
    get_room,
    moved_on,
    phrase,
)
from bot.cards import card
from bot.cards.notices import notice_facts, room_subject
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import message, note
from handlers.calls import Call, Replace, Reply, Tell, row_number

TYPED = FormField("typed", FieldKind.LINE, limit=60)
REASON = FormField("reason", FieldKind.TEXT, limit=1500)
LETTER = (
    FormField("language", FieldKind.RADIO),
    FormField("addressee", FieldKind.TEXT, limit=500),
    FormField("place", FieldKind.LINE),
    FormField("dated_on", FieldKind.DAY),
    FormField("signatory", FieldKind.LINE),
    FormField("capacity", FieldKind.LINE),
    FormField("planned_on", FieldKind.DAY),
    FormField("reason", FieldKind.TEXT, optional=True, limit=1500),
)
DRAFT = Form("notices/draft_form", "notices.open", LETTER)
REVISION = Form("notices/revise_form", "notices.revise", LETTER)
APPROVAL = Form("notices/approve_form", "notices.approve", (TYPED,))
DROP = Form("notices/drop_form", "notices.drop", (FormField("note", FieldKind.TEXT, limit=1500),))
SENDING = Form(
    "notices/sent_form",
    "notices.record_sent",
    (
        FormField("dated_on", FieldKind.DAY),
        FormField("sent_on", FieldKind.DAY),
        FormField("sent_time", FieldKind.TIME),
        FormField("travelled", FieldKind.RADIO),
        FormField("file", FieldKind.FILE),
        TYPED,
    ),
)
RECEIVED = (
    FormField("received_on", FieldKind.DAY),
    FormField("received_time", FieldKind.TIME),
    FormField("how", FieldKind.LINE),
)
PROOF = Form("notices/proof_form", "notices.prove", (*RECEIVED, FormField("file", FieldKind.FILE)))


def languages() -> list[tuple[str, str]]:
    """The languages to choose from."""
    return [(each.value, term(each)) for each in NoticeLanguage]


def ways() -> list[tuple[str, str]]:
    """How a letter may have travelled."""
    return [(each.value, term(each)) for each in NoticeChannel]


def open_notice(call: Call) -> Reply:
    """Show the notice that the own party has under way, or open the form for a first draft."""
    with call.reading(Act.OPEN_NOTICE) as desk:
        refuse_elsewhere(desk, call.party, terminations.ThroughOtherApp)
        row = terminations.room_of(desk.session, desk.person.party)
        if row is not None:
            return Tell(card(desk, room_subject(row.key)))
        own, other = desk.definition.party(desk.person.party), desk.definition.other(desk.person.party)
        facts = {"party": own.abbreviation, "other": other.abbreviation}
        addressee = {"addressee": f"{other.head}\n{other.name}", "capacity": own.head, "place": own.seat}
        initial = {"language": "en", "dated_on": str(desk.today), **addressee}
    call.open(DRAFT.view(facts, options={"language": languages()}, initial=initial))
    return None


def submit_notice(call: Call) -> Reply:
    """Open the room with this draft."""
    event = call.act(notice_drafts.open_notice, letter=_letter(call.answers), through=call.party)
    return Replace(note(words("notices/opened", event.facts())))


def _letter(answers: dict[str, Any]) -> Letter:
    return Letter(**{**answers, "language": NoticeLanguage(answers["language"])})


def _room(call: Call, act: Act, desk: Desk) -> Termination:
    """The notice of the own party that a button is about, for somebody who may do `act` with it."""
    row = get_room(desk, row_number(call.value), call.party)
    require(desk.session, desk.person, act, row)
    return row


def _seen(row: Termination) -> str:
    """The notice a form is about, and how it was worded when the form was opened."""
    return f"{row.key}@{row.version}"


def about(call: Call) -> tuple[int, int]:
    """The notice that a form was about, and the version that was seen."""
    key, _, seen = call.private.partition("@")
    return row_number(key), row_number(seen)


def open_revision(call: Call) -> Reply:
    """Open the form in which the draft is changed."""
    with call.reading(Act.OPEN_NOTICE) as desk:
        row = _room(call, Act.OPEN_NOTICE, desk)
        _refuse_moved(desk, row, "revise")
        initial = {field.name: str(getattr(row, field.name) or "") for field in LETTER}
        facts = notice_facts(desk, row)
    shown = {name: value for name, value in initial.items() if value}
    call.open(REVISION.view(facts, options={"language": languages()}, initial=shown, private=_seen(row)))
    return None


def _refuse_moved(desk: Desk, row: Termination, way: str) -> None:
    if row.status not in MACHINE.moves[way].sources:
        raise moved_on(desk, row)


def submit_revision(call: Call) -> Reply:
    """Put the changed draft in the place of the earlier one."""
    key, seen = about(call)
    letter = _letter(call.answers)
    call.act(notice_drafts.revise, termination_id=key, letter=letter, seen=seen, through=call.party)
    return None


def open_approval(call: Call) -> Reply:
    """Show what the notice does, and ask for the words that are to be typed."""
    return _ask(call, APPROVAL, Act.APPROVE_NOTICE, "approve", SEND)


def submit_approval(call: Call) -> Reply:
    """Put the person's agreement on record, if the words were typed as asked."""
    key, seen = about(call)
    typed = call.answers["typed"]
    call.act(notice_drafts.approve, termination_id=key, typed=typed, seen=seen, through=call.party)
    return None


def open_drop(call: Call) -> Reply:
    """Open the form in which the draft is given up."""
    return _ask(call, DROP, Act.OPEN_NOTICE, "drop")


def submit_drop(call: Call) -> Reply:
    """Give the draft up."""
    key, _ = about(call)
    call.act(notice_drafts.drop_notice, termination_id=key, note=call.answers["note"], through=call.party)
    return None


def open_sending(call: Call) -> Reply:
    """Open the form in which people put on record that they sent the signed letter."""
    return _ask(call, SENDING, Act.RECORD_NOTICE, "record_sent", SENT)


def submit_sending(call: Call) -> Reply:
    """Put on record that the letter was sent: from now on the other side knows."""
    key, seen = about(call)
    answers = {**call.answers, "travelled": NoticeChannel(call.answers["travelled"])}
    answers["file"] = call.attachment("file")
    call.act(notice_receipts.record_sent, termination_id=key, seen=seen, through=call.party, **answers)
    return None


def open_proof(call: Call) -> Reply:
    """Open the form in which evidence of receipt is put on record."""
    return _ask(call, PROOF, Act.RECORD_NOTICE, "prove_receipt")


def submit_proof(call: Call) -> Reply:
    """Put the evidence on record."""
    key, _ = about(call)
    answers = {**call.answers, "file": call.attachment("file")}
    call.act(notice_receipts.prove_receipt, termination_id=key, through=call.party, **answers)
    return None


def _ask(call: Call, form: Form, act: Act, way: str, word: str = "") -> Reply:
    with call.reading(Act.OPEN_NOTICE) as desk:
        row = _room(call, act, desk)
        _refuse_moved(desk, row, way)
        facts = {**notice_facts(desk, row), "phrase": phrase(row, word)}
    initial = {"dated_on": str(row.dated_on)}
    call.open(form.view(facts, options={"travelled": ways()}, initial=initial, private=_seen(row)))
    return None


def letter(call: Call) -> Reply:
    """Send the draft letter once more, in person."""
    call.act(notice_copies.make_letter, termination_id=row_number(call.value), through=call.party)
    return Tell(message(words("notices/letter_coming", {})))


def effect(call: Call) -> Reply:
    """The last day under every reading, with its working, for whoever may know of the notice."""
    with call.reading() as desk:
        row = get_readable(desk, row_number(call.value), call.party)
        return Tell(message(words("notices/effect", notice_facts(desk, row))))
