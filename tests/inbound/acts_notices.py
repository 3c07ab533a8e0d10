"""What changes something about notices to end the Agreement (VII.1-2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from handlers.notice_doors import ACTIONS
from tests.clauses.test_vii_1_2_letters import LETTER, stated
from tests.handlers.noticing import (
    DRAFT,
    LIAISON,
    NOON,
    SLIP,
    acknowledged,
    agree,
    approved,
    draft,
    press,
    receiving,
    sending,
    sent,
)
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office

Values = dict[str, Any] | Callable[[Office], dict[str, Any]]


def filling(
    before: Callable[[Office], Any], name: str, action: str, values: Values, where: str = "direct"
) -> Callable[[Office], Body]:
    """The form that a button of a notice opens, filled in and not arrived yet."""

    def ready(office: Office) -> Body:
        before(office)
        office.click(name, f"notices.{action}", where=where)
        return filled(office, name, values(office) if callable(values) else values)

    return ready


def draft_form(office: Office) -> Body:
    office.command("Lucía Romero", "/termination notice")
    return filled(office, "Lucía Romero", {**DRAFT, "planned_on": office.today + timedelta(days=9)})


def statement(office: Office) -> Body:
    office.command("Helena Costa", "/termination receipt")
    return filled(office, "Helena Costa", LETTER)


def to_send(office: Office) -> None:
    approved(office)
    office.clock.move_to(NOON)


def half_agreed(office: Office) -> None:
    draft(office)
    agree(office, "Lucía Romero")


def proposed(office: Office) -> None:
    acknowledged(office)
    press(office, "Helena Costa", "withdraw", {"reason": "Why.", "typed": "2026/1 WITHDRAW"}, LIAISON)


def let_stand(office: Office) -> Body:
    proposed(office)
    return pressed(office, "ilo", "Amina Diallo", "notices.drop_withdrawal", "1@1")


def letter(office: Office) -> Body:
    draft(office)
    return pressed(office, "ilo", "Amina Diallo", "notices.letter", 1)


WITHDRAW = {"typed": "2026/1 WITHDRAW"}
WHY = {"reason": "Why."}
PROOF = {"received_on": date(2026, 12, 31), "file": SLIP}
FILLED = [
    ("ilo", "revise", filling(draft, "Amina Diallo", "revise", {"place": "Bern"})),
    ("ilo", "approve", filling(half_agreed, "Amina Diallo", "approve", {"typed": "ILO-2026/1 SEND"})),
    ("ilo", "drop", filling(draft, "Amina Diallo", "drop", {"note": "No."})),
    ("ilo", "record_sent", filling(to_send, "Amina Diallo", "record_sent", sending)),
    ("ilo", "prove", filling(sent, "Amina Diallo", "prove", lambda office: {**receiving(office), **PROOF})),
    ("iom", "acknowledge", filling(sent, "Helena Costa", "acknowledge", receiving)),
    ("ilo", "confirm_letter", filling(stated, "Amina Diallo", "confirm_letter", {"typed": "2026/1 OURS"})),
    ("ilo", "deny_letter", filling(stated, "Amina Diallo", "deny_letter", WHY)),
    ("iom", "retract_letter", filling(stated, "Helena Costa", "retract_letter", WHY)),
    ("iom", "withdraw", filling(acknowledged, "Helena Costa", "withdraw", {**WHY, **WITHDRAW}, LIAISON)),
    ("ilo", "agree_withdrawal", filling(proposed, "Amina Diallo", "agree_withdrawal", WITHDRAW, LIAISON)),
]
ACTS = [
    Act("ilo", "notices.open", draft_form),
    Act("iom", "notices.state", statement),
    Act("ilo", "notices.letter", letter),
    Act("ilo", "notices.drop_withdrawal", let_stand),
    *(Act(party, f"notices.{action}", ready) for party, action, ready in FILLED),
]
READING = set(ACTIONS) - {"notices.letter", "notices.drop_withdrawal"}
SHOWING = [
    after(acknowledged, "iom", "notices.effect", "David Okafor"),
    after(draft, "ilo", "notices.open", "Amina Diallo", "own"),
    after(sent, "iom", "notices.receipt", "Helena Costa", "all"),
    after(proposed, "ilo", "notices.withdrawals", "Amina Diallo", "all"),
]
