"""What changes something before and after the start of a joint project (IX.1, IX.2-4)."""

from collections.abc import Callable
from typing import Any

from tests.clauses import preparing
from tests.clauses.preparing import HELD, KEPT, NO_DATA, RESULT, TEN, WHY_NONE, press
from tests.clauses.test_iv_6_1_projects import KENYA, add
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office

NOTE = {"note": "Why."}


def form(
    before: Callable[[Office], Any], name: str, gate: str, action: str, values: dict[str, Any]
) -> Callable[[Office], Body]:
    """A form that a button of a gate's card opens."""

    def ready(office: Office) -> Body:
        before(office)
        press(office, name, gate, action)
        return filled(office, name, values)

    return ready


def proposed(office: Office) -> None:
    add(office)
    preparing.propose(office)


def settled(office: Office) -> None:
    add(office)
    preparing.agreement_settled(office)


def listed(office: Office) -> None:
    add(office)
    preparing.add_item(office)


def result_listed(office: Office) -> None:
    add(office)
    preparing.add_result(office)


def entered(office: Office) -> None:
    add(office)
    preparing.enter(office)


def opportunity(office: Office) -> None:
    add(office, kind="opportunity", starts_on=None, ends_on=None)


def becoming(office: Office) -> Body:
    opportunity(office)
    office.click("Grace Wanjiru", "projects.become", where=KENYA)
    return filled(office, "Grace Wanjiru", {"starts_on": "2027-02-01", "ends_on": None})


def starting(office: Office) -> Body:
    preparing.ready(office)
    return pressed(office, "iom", "Grace Wanjiru", "projects.start", 1)


def had_begun(office: Office) -> None:
    add(office, starts_on="2026-11-02")


def saying(action: str) -> Callable[[Office], Body]:
    """What the other party says of a project that was entered as having begun."""

    def ready(office: Office) -> Body:
        had_begun(office)
        return pressed(office, "iom", "Nadia Petrova", action, 1)

    return ready


def dropping(office: Office) -> Body:
    result_listed(office)
    return pressed(office, "ilo", "Samuel Otieno", "project_results.drop", 1)


def ten(office: Office) -> Body:
    add(office)
    press(office, "Ravi Menon", "data", "project_data.answer")
    office.submit("Ravi Menon", {"processes": "yes"})
    return filled(office, "Ravi Menon", TEN)


ITEM = {"item": "The workshops", "owner": "Samuel Otieno (ILO)"}
GONE = {"how": "purged", "disposed_on": "2026-11-23", "note": "Deleted."}
PROPOSE = "project_gates.propose"
ACTS = [
    Act("iom", "projects.start", starting),
    Act("iom", "projects.become", becoming),
    Act("iom", "projects.begun", saying("projects.begun")),
    Act("iom", "projects.not_begun", saying("projects.not_begun")),
    Act("ilo", PROPOSE, form(add, "Lucía Romero", "agreement", PROPOSE, WHY_NONE)),
    Act("ilo", PROPOSE, form(result_listed, "Lucía Romero", "ownership", PROPOSE, KEPT)),
    Act(
        "iom",
        "project_gates.confirm",
        form(proposed, "Nadia Petrova", "agreement", "project_gates.confirm", {}),
    ),
    Act("iom", "project_gates.confirm", form(listed, "Grace Wanjiru", "items", "project_gates.confirm", {})),
    Act(
        "iom",
        "project_gates.send_back",
        form(proposed, "Nadia Petrova", "agreement", "project_gates.send_back", NOTE),
    ),
    Act(
        "iom",
        "project_gates.reopen",
        form(settled, "Nadia Petrova", "agreement", "project_gates.reopen", NOTE),
    ),
    Act(
        "ilo", "project_items.add", form(add, "Samuel Otieno", "items", "project_items.add", ITEM), anew=True
    ),
    Act(
        "ilo",
        "project_items.change",
        form(listed, "Samuel Otieno", "items", "project_items.change", {"owner": "Mei Chen (ILO)"}),
    ),
    Act(
        "ilo",
        "project_results.add",
        form(add, "Samuel Otieno", "ownership", "project_results.add", RESULT),
        anew=True,
    ),
    Act("ilo", "project_results.drop", dropping),
    Act("ilo", "project_data.answer", form(add, "Ravi Menon", "data", "project_data.answer", NO_DATA)),
    Act("ilo", "project_data.checklist", ten),
    Act("iom", "project_data.enter", form(add, "Ines Martin", "data", "project_data.enter", HELD), anew=True),
    Act("iom", "project_data.dispose", form(entered, "Ines Martin", "data", "project_data.dispose", GONE)),
]
SHOWING = [
    after(opportunity, "iom", "projects.become", "Grace Wanjiru"),
    *(after(add, "iom", f"projects.{gate}", "Grace Wanjiru") for gate in preparing.SETTLED),
    after(add, "ilo", PROPOSE, "Lucía Romero"),
    after(proposed, "iom", "project_gates.confirm", "Nadia Petrova"),
    after(proposed, "iom", "project_gates.send_back", "Nadia Petrova"),
    after(settled, "iom", "project_gates.reopen", "Nadia Petrova"),
    after(add, "ilo", "project_items.add", "Samuel Otieno"),
    after(listed, "ilo", "project_items.change", "Samuel Otieno"),
    after(add, "ilo", "project_results.add", "Samuel Otieno"),
    after(add, "ilo", "project_data.answer", "Ravi Menon"),
    after(add, "iom", "project_data.enter", "Ines Martin"),
    after(entered, "iom", "project_data.dispose", "Ines Martin"),
]
READING = {act.door for act in SHOWING}
