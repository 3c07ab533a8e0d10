"""A joint project in Kenya, brought to its start through the doors, gate by gate."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from bot.agreement.project_data import DataPrinciple
from bot.agreement.project_gates import Gate, GateStatus, gates_of
from bot.agreement.projects import JointProject
from bot.journal import Entry, Outcome
from tests.clauses.test_iv_6_1_projects import add
from tests.handlers.pressing import modal_words, press_told
from tests.office import Office

WHY_NONE = {"answer": "not_needed", "reason": "No money passes between the parties."}
DIGEST = "ab" * 32
KEPT = {"kept_at": "Registry, IR/12", "digest": DIGEST}
RESULT: dict[str, Any] = {
    "kind": "produced",
    "result": "A training manual",
    "owner": "joint",
    "licence": "Free.",
}
NO_DATA = {"processes": "no", "reason": "Only published statistics are used."}
TEN: dict[str, Any] = {principle.value: "yes" for principle in DataPrinciple}
HELD: dict[str, Any] = {
    "data": "Names and e-mail addresses",
    "whose": "Participants of workshops",
    "purpose": "Invitations",
    "kept_at": "The project drive of IOM",
    "transfers": None,
    "retention_until": "2028-06-30",
}
STEWARDS = ("Ravi Menon", "Ines Martin")


def look(office: Office, name: str, gate: str) -> str:
    """See one gate, from the card of the project that its number shows to one person, wherever they are."""
    office.command(name, f"/exchange project {project(office).number}")
    return press_told(office, name, f"projects.{gate}")


def press(office: Office, name: str, gate: str, action: str, value: str | None = None) -> str:
    """Press a button of a gate's card."""
    look(office, name, gate)
    return press_told(office, name, action, value)


def start(office: Office, name: str = "Grace Wanjiru") -> str:
    """Press the button that starts the project."""
    office.command(name, f"/exchange project {project(office).number}")
    told = press_told(office, name, "projects.start")
    office.deliver()
    return told


def fill(office: Office, name: str, values: dict[str, Any]) -> Any:
    result = office.submit(name, values)
    office.deliver()
    return result


def propose(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    """The written agreement is said not to be needed."""
    press(office, name, "agreement", "project_gates.propose")
    return fill(office, name, {**WHY_NONE, **changes})


def confirm(office: Office, name: str, gate: str) -> Any:
    press(office, name, gate, "project_gates.confirm")
    return fill(office, name, {})


def add_item(
    office: Office, name: str = "Samuel Otieno", item: str = "The workshops", owner: str = ""
) -> Any:
    press(office, name, "items", "project_items.add")
    return fill(office, name, {"item": item, "owner": owner or f"{name} ({party_of(office, name)})"})


def party_of(office: Office, name: str) -> str:
    return office.person(name).party.upper()


def add_result(office: Office, name: str = "Samuel Otieno", **changes: Any) -> Any:
    press(office, name, "ownership", "project_results.add")
    return fill(office, name, {**RESULT, **changes})


def say_where(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    """It is said where ownership is agreed in writing."""
    press(office, name, "ownership", "project_gates.propose")
    return fill(office, name, {**KEPT, **changes})


def no_data(office: Office, name: str, **changes: Any) -> Any:
    press(office, name, "data", "project_data.answer")
    return fill(office, name, {**NO_DATA, **changes})


def ten_answers(office: Office, name: str, **changes: Any) -> Any:
    press(office, name, "data", "project_data.answer")
    office.submit(name, {"processes": "yes"})
    return fill(office, name, {**TEN, **changes})


def enter(office: Office, name: str = "Ines Martin", **changes: Any) -> Any:
    press(office, name, "data", "project_data.enter")
    return fill(office, name, {**HELD, **changes})


def agreement_settled(office: Office) -> None:
    propose(office)
    confirm(office, "Nadia Petrova", "agreement")


def items_settled(office: Office) -> None:
    add_item(office)
    confirm(office, "Grace Wanjiru", "items")


def ownership_settled(office: Office) -> None:
    add_result(office)
    say_where(office)
    confirm(office, "Nadia Petrova", "ownership")


def no_data_settled(office: Office) -> None:
    for name in STEWARDS:
        no_data(office, name)


def data_settled(office: Office) -> None:
    for name in STEWARDS:
        ten_answers(office, name)
    enter(office)


SETTLED: dict[Gate, Callable[[Office], None]] = {
    Gate.AGREEMENT: agreement_settled,
    Gate.ITEMS: items_settled,
    Gate.OWNERSHIP: ownership_settled,
    Gate.DATA: no_data_settled,
}


def ready(office: Office, *, without: Gate | None = None, data: bool = False) -> None:
    """A project of which every gate is open, but for one."""
    add(office)
    ways = {**SETTLED, Gate.DATA: data_settled if data else no_data_settled}
    for gate, settle in ways.items():
        if gate is not without:
            settle(office)


def started(office: Office, *, data: bool = False) -> None:
    ready(office, data=data)
    start(office)


def project(office: Office, key: int = 1) -> JointProject:
    with office.reading() as desk:
        return desk.session.get_one(JointProject, key)


def statuses(office: Office, key: int = 1) -> dict[str, str]:
    with office.reading() as desk:
        return {gate.value: row.status.value for gate, row in gates_of(desk.session, key).items()}


def open_gates(office: Office) -> list[str]:
    return [gate for gate, status in statuses(office).items() if status == GateStatus.AGREED]


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)
        return list(desk.session.exec(query).all())


def shown(office: Office, name: str) -> str:
    """What the modal on top says to somebody."""
    return modal_words(office, name)
