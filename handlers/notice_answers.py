"""The doors of VII.1-2 for what both sides do: acknowledging a notice, stating a letter, and withdrawing."""

from collections.abc import Mapping

from bot.agreement import notice_receipts, notice_withdrawals, stated_notices
from bot.agreement.desk import Desk
from bot.agreement.notice_letters import NoticeChannel
from bot.agreement.notice_withdrawals import WITHDRAW
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.stated_notices import OURS, StatedLetter
from bot.agreement.terminations import (
    GIVEN,
    MACHINE,
    Termination,
    get_notice,
    known_to_both,
    moved_on,
    phrase,
)
from bot.cards.notices import notice_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import say, words
from bot.outbox import Message
from bot.shapes import Block, Button, entry, section, small_print
from handlers.calls import Call, Reply, Tell, row_number
from handlers.notices import REASON, RECEIVED, TYPED, about, ways

MOST = 20
ACKNOWLEDGEMENT = Form("notices/acknowledge_form", "notices.acknowledge", RECEIVED)
STATEMENT = Form(
    "notices/state_form",
    "notices.state",
    (
        FormField("dated_on", FieldKind.DAY),
        FormField("signatory", FieldKind.LINE),
        FormField("capacity", FieldKind.LINE),
        *RECEIVED,
        FormField("travelled", FieldKind.RADIO),
        FormField("file", FieldKind.FILE),
    ),
)
CONFIRMATION = Form(
    "notices/confirm_letter_form",
    "notices.confirm_letter",
    (
        FormField("sent_on", FieldKind.DAY, optional=True),
        FormField("sent_time", FieldKind.TIME, optional=True),
        TYPED,
    ),
)
DENIAL = Form("notices/deny_form", "notices.deny_letter", (REASON,))
RETRACTION = Form("notices/retract_form", "notices.retract_letter", (REASON,))
WITHDRAWAL = Form("notices/withdraw_form", "notices.withdraw", (REASON, TYPED))
AGREEMENT = Form("notices/agree_form", "notices.agree_withdrawal", (TYPED,))


def _on_record(call: Call, desk: Desk, act: Act, way: str) -> Termination:
    """A notice that both sides know of, for somebody who may do `act` with it while it may go `way`."""
    row = get_notice(desk, row_number(call.value))
    require(desk.session, desk.person, act, row)
    if row.status not in MACHINE.moves[way].sources:
        raise moved_on(desk, row)
    return row


def _open(call: Call, form: Form, act: Act, way: str, word: str = "") -> Reply:
    with call.reading() as desk:
        row = _on_record(call, desk, act, way)
        facts = {**notice_facts(desk, row), "phrase": phrase(row, word)}
    call.open(form.view(facts, private=str(row.key)))
    return None


def open_acknowledgement(call: Call) -> Reply:
    """Open the form in which the receiving side says when the letter came."""
    return _open(call, ACKNOWLEDGEMENT, Act.ACKNOWLEDGE_NOTICE, "acknowledge")


def submit_acknowledgement(call: Call) -> Reply:
    """Acknowledge the receipt."""
    call.act(notice_receipts.acknowledge, termination_id=row_number(call.private), **call.answers)
    return None


def receipt(call: Call) -> Reply:
    """The notices that wait to be acknowledged; where there are none, the form for a letter from outside."""
    with call.reading(Act.STATE_NOTICE) as desk:
        waits = MACHINE.moves["acknowledge"].sources
        own = desk.person.party
        rows = [row for row in known_to_both(desk.session) if row.status in waits and row.party != own]
        if rows:
            return Tell(_listed(desk, "notices/receipts", [(row, "acknowledge") for row in rows]))
    return open_statement(call)


def _listed(desk: Desk, template: str, rows: list[tuple[Termination, str]]) -> Message:
    """Notices in a list, each with the button for what is to be done next, if anything is."""
    parts = words(template, {"count": len(rows)})
    lines = [_line(desk, row, parts, button) for row, button in rows[:MOST]]
    return Message(parts["notice"], [section(parts["body"]), *lines, small_print(parts["footer"])])


def _line(desk: Desk, row: Termination, parts: Mapping[str, str], button: str) -> Block:
    text = say("notices/line", "line", notice_facts(desk, row))
    pressed = Button(f"notices.{button}", str(row.key), button) if button else None
    return entry(text, parts, pressed, row.number)


def open_statement(call: Call) -> Reply:
    """Open the form for a letter of notice that came and is not on record here."""
    with call.reading(Act.STATE_NOTICE) as desk:
        own, other = desk.definition.party(desk.person.party), desk.definition.other(desk.person.party)
        facts = {"party": own.abbreviation, "other": other.abbreviation, "zone": desk.definition.tz}
        initial = {"capacity": other.head}
    call.open(STATEMENT.view(facts, options={"travelled": ways()}, initial=initial))
    return None


def submit_statement(call: Call) -> Reply:
    """Put on record that a letter came, for the other side to confirm."""
    answers = {**call.answers, "travelled": NoticeChannel(call.answers["travelled"])}
    del answers["file"]
    call.act(stated_notices.state_letter, letter=StatedLetter(**answers), file=call.attachment("file"))
    return None


def open_confirmation(call: Call) -> Reply:
    """Show what the letter would do, and ask for the words that are to be typed."""
    return _open(call, CONFIRMATION, Act.APPROVE_NOTICE, "confirm_letter", OURS)


def submit_confirmation(call: Call) -> Reply:
    """Confirm that the letter is the own party's."""
    call.act(stated_notices.confirm_letter, termination_id=row_number(call.private), **call.answers)
    return None


def open_denial(call: Call) -> Reply:
    """Open the form in which a party denies a letter."""
    return _open(call, DENIAL, Act.APPROVE_NOTICE, "deny_letter")


def submit_denial(call: Call) -> Reply:
    """Put on record that the letter is not the own party's."""
    call.act(stated_notices.deny_letter, termination_id=row_number(call.private), **call.answers)
    return None


def open_retraction(call: Call) -> Reply:
    """Open the form in which a party takes back that it received a letter."""
    return _open(call, RETRACTION, Act.STATE_NOTICE, "retract_letter")


def submit_retraction(call: Call) -> Reply:
    """Take back that a letter came."""
    call.act(stated_notices.retract_letter, termination_id=row_number(call.private), **call.answers)
    return None


def withdrawals(call: Call) -> Reply:
    """The notices that may be withdrawn, each with the button for what is to be done next."""
    with call.reading(Act.WITHDRAW_NOTICE) as desk:
        rows = [row for row in known_to_both(desk.session) if row.status in GIVEN]
        found = [(row, _next(row, desk.person.party)) for row in rows]
        return Tell(_listed(desk, "notices/withdrawals", found))


def _next(row: Termination, own: str) -> str:
    """What a side may do next: propose, agree, or wait for the other."""
    if not row.withdrawal_party:
        return "withdraw"
    return "" if row.withdrawal_party == own else "agree_withdrawal"


def open_withdrawal(call: Call) -> Reply:
    """Open the form in which a side proposes to withdraw a notice."""
    return _open(call, WITHDRAWAL, Act.WITHDRAW_NOTICE, "withdraw", WITHDRAW)


def submit_withdrawal(call: Call) -> Reply:
    """Propose the withdrawal to the other side."""
    key = row_number(call.private)
    call.act(notice_withdrawals.propose_withdrawal, termination_id=key, **call.answers)
    return None


def open_agreement(call: Call) -> Reply:
    """Show what is proposed, and ask for the words that are to be typed."""
    with call.reading(Act.WITHDRAW_NOTICE) as desk:
        row = notice_withdrawals.given(desk, row_number(call.value))
        notice_withdrawals.check_answerable(desk, row)
        facts = {**notice_facts(desk, row), "phrase": phrase(row, WITHDRAW)}
    call.open(AGREEMENT.view(facts, private=f"{row.key}@{row.withdrawal_version}"))
    return None


def submit_agreement(call: Call) -> Reply:
    """Agree to the withdrawal: the notice falls."""
    key, seen = about(call)
    typed = call.answers["typed"]
    call.act(notice_withdrawals.agree_to_withdrawal, termination_id=key, typed=typed, seen=seen)
    return None


def drop_withdrawal(call: Call) -> Reply:
    """Take the proposal back, or do not agree to it."""
    key, _, seen = call.value.partition("@")
    facts = {"termination_id": row_number(key), "seen": row_number(seen)}
    event = call.act(notice_withdrawals.drop_withdrawal, **facts)
    return call.again(event.subject)
