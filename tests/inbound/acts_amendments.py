"""What changes something about amendments of the Agreement (VII.3)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.clauses import amending
from tests.handlers.pressing import press_told
from tests.inbound.sending import Act, Body, filled, pressed
from tests.office import Office

LEGAL, IOM = "Lucía Romero", "Helena Costa"
SIGNATURE = {"signatory": "G. Houngbo", "capacity": "Head", "signed_on": date(2026, 11, 23)}
WHY = {"reason": "Why."}


def start_form(office: Office) -> Body:
    office.command(LEGAL, "/instrument amendment")
    press_told(office, LEGAL, "amendments.start")
    return filled(office, LEGAL, amending.START)


def change_form(office: Office) -> Body:
    amending.begin(office)
    office.submit(LEGAL, {"clause": "VII.1-2"})
    office.submit(LEGAL, {"part": "notice::"})
    return filled(office, LEGAL, amending.THREE_MONTHS)


def new_clause_form(office: Office) -> Body:
    amending.begin(office)
    office.submit(LEGAL, {"clause": "new"})
    office.submit(LEGAL, {"kind": "yearly"})
    return filled(office, LEGAL, {**amending.NEW_CLAUSE, **amending.YEARLY})


def form(
    before: Callable[[Office], Any],
    name: str,
    action: str,
    values: dict[str, Any],
    where: str = amending.LIAISON,
) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        office.click(name, f"amendments.{action}", where=where)
        return filled(office, name, values)

    return ready


def shown(before: Callable[[Office], Any], name: str, action: str, value: object) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        before(office)
        return pressed(office, "ilo", name, f"amendments.{action}", value)

    return ready


FORMS = [
    ("ilo", "drop", form(amending.drafted, LEGAL, "drop", {"change": "1"}, "direct")),
    ("ilo", "correct", form(amending.drafted, LEGAL, "correct", {"purpose": "Why."}, "direct")),
    ("ilo", "propose", form(amending.drafted, LEGAL, "propose", {}, "direct")),
    ("ilo", "revise", form(amending.proposed, LEGAL, "revise", WHY)),
    ("ilo", "withdraw", form(amending.proposed, LEGAL, "withdraw", WHY)),
    ("iom", "agree", form(amending.proposed, IOM, "agree", {})),
    ("iom", "decline", form(amending.proposed, IOM, "decline", WHY)),
    ("ilo", "sign", form(amending.agreed, "Amina Diallo", "sign", SIGNATURE)),
    ("ilo", "file", form(amending.agreed, "Amina Diallo", "file", {"file": amending.FILE})),
    ("iom", "confirm", form(amending.filed, IOM, "confirm", {})),
]

ACTS = [
    Act("ilo", "amendments.start", start_form, anew=True),
    Act("ilo", "amendments.change", change_form),
    Act("ilo", "amendments.new", new_clause_form),
    *(Act(party, f"amendments.{action}", ready) for party, action, ready in FORMS),
]
READING = {
    "amendments.start",
    "amendments.list",
    "amendments.show",
    "amendments.add",
    "amendments.moves",
    *(f"amendments.{action}" for _, action, _ in FORMS),
}
SHOWING = [
    Act("ilo", "amendments.moves", shown(amending.proposed, LEGAL, "moves", 1)),
    Act("ilo", "amendments.show", shown(amending.proposed, LEGAL, "show", "2026/1")),
]
