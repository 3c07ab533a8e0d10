"""The doors of VI.4: the formula of acknowledgement, proposed, agreed in its exact words, and kept each year."""

from bot.agreement import formula_consultations, formulas
from bot.agreement.desk import Desk
from bot.agreement.formulas import WORDINGS, Formula, FormulaStatus
from bot.agreement.people import may, require
from bot.agreement.rights import Act
from bot.cards.formulas import formula_buttons, formula_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Block, Button, message, section
from handlers.calls import Call, Reply, Tell, row_number
from handlers.quoting import quoted, with_words

PROPOSE = Form(
    "formulas/propose_form",
    "formulas.propose",
    (
        *(
            FormField(name, FieldKind.TEXT, limit=300 if name.startswith("short") else 900)
            for name in WORDINGS
        ),
        FormField("used_where", FieldKind.TEXT, limit=600),
    ),
)
AGREE = Form("formulas/agree_form", "formulas.agree", ())
DECLINE = Form("formulas/decline_form", "formulas.decline", (FormField("reason", FieldKind.TEXT, limit=600),))
PROPOSE_BUTTON = Button("formulas.propose", "new", "propose")


def show(call: Call) -> Reply:
    """The formula in force, what is proposed, and the versions; with a number, that version."""
    with call.reading() as desk:
        if call.text or "/" in call.value:
            row = formulas.by_number(desk, call.text or call.value)
            return Tell(message(words("formulas/card", formula_facts(desk, row)), formula_buttons(row)))
        return Tell(_overview(desk))


def _overview(desk: Desk) -> Message:
    now, waiting = formulas.in_force(desk), formulas.proposed(desk)
    facts = {
        "now": formula_facts(desk, now) if now else None,
        "waiting": formula_facts(desk, waiting) if waiting else None,
        "versions": [formula_facts(desk, row) for row in formulas.versions(desk.session)],
    }
    buttons = [Button("formulas.show", waiting.number, "show_proposed", "primary")] if waiting else []
    if may(desk.session, desk.person, Act.PROPOSE_FORMULA) and not waiting:
        buttons.append(PROPOSE_BUTTON)
    return message(words("formulas/overview", facts), buttons)


def open_proposal(call: Call) -> Reply:
    """Open the form for a wording, with what is in force."""
    with call.reading(Act.PROPOSE_FORMULA) as desk:
        formulas.refuse_second(desk)
        now = formulas.in_force(desk)
        others = [party.abbreviation for party in desk.definition.others(desk.person.party)]
    known = {name: str(getattr(now, name)) for name in (*WORDINGS, "used_where")} if now else {}
    call.open(PROPOSE.view({"others": others, "number": now.number if now else ""}, initial=known))
    return None


def submit_proposal(call: Call) -> Reply:
    """Put the wording before the other party."""
    said = call.answers
    call.act(
        formulas.propose, wordings={name: said[name] for name in WORDINGS}, used_where=said["used_where"]
    )
    return None


def open_agreement(call: Call) -> Reply:
    """Show every wording in its exact words, to be agreed to."""
    with call.reading() as desk:
        row = _answerable(desk, row_number(call.value))
        facts = formula_facts(desk, row)
    call.open(with_words(AGREE, facts, f"{row.key}@{row.sha256}", _wordings(facts)))
    return None


def _answerable(desk: Desk, formula_id: int) -> Formula:
    row = formulas.get_formula(desk, formula_id)
    require(desk.session, desk.person, Act.ANSWER_FORMULA, row)
    if row.status is not FormulaStatus.PROPOSED:
        raise formulas.moved_on(desk, row)
    return row


def _wordings(facts: dict[str, object]) -> list[Block]:
    parts, wordings = words("formulas/labels", {}), facts["wordings"]
    assert isinstance(wordings, dict)
    said = {**wordings, "used_where": str(facts["used_where"])}
    return [block for name, text in said.items() for block in (section(f"*{parts[name]}*"), *quoted(text))]


def submit_agreement(call: Call) -> Reply:
    """Agree to exactly these words."""
    key, _, seen = call.private.partition("@")
    call.act(formulas.agree, formula_id=row_number(key), seen=seen)
    return None


def open_refusal(call: Call) -> Reply:
    """Open the form in which a wording is left without agreement."""
    with call.reading() as desk:
        row = _answerable(desk, row_number(call.value))
        facts = formula_facts(desk, row)
    call.open(DECLINE.view(facts, private=str(row.key)))
    return None


def submit_refusal(call: Call) -> Reply:
    """Leave the wording without agreement, with the reason."""
    call.act(formulas.decline, formula_id=row_number(call.private), reason=call.answers["reason"])
    return None


def withdraw(call: Call) -> Reply:
    """Take back a wording of the own party."""
    event = call.act(formulas.withdraw, formula_id=row_number(call.value))
    return call.again(event.subject)


def keep(call: Call) -> Reply:
    """Say for one's party that the formula stays, for one due date."""
    call.act(formula_consultations.keep, occurrence_id=row_number(call.value))
    return None
