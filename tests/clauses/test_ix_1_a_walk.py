"""IX.1 and IX.2-4: whatever people do, and in whatever order, no project starts with a gate that is closed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.agreement import (
    project_answers,
    project_data,
    project_items,
    project_results,
    project_stages,
    projects,
)
from bot.agreement.errors import AgreementError
from bot.agreement.people import Refusal
from bot.agreement.project_answers import Answer
from bot.agreement.project_data import DataAnswer, DataPrinciple, PrincipleMet
from bot.agreement.project_gates import (
    GATES,
    Gate,
    GateBasis,
    GateStatus,
    ProjectGate,
    closed_gates,
    gates_of,
)
from bot.agreement.project_registers import HOLDINGS, DataHolding
from bot.agreement.project_results import ResultKind
from bot.agreement.projects import MACHINE, JointProject, NewProject, ProjectKind, ProjectStatus
from bot.agreement.rights import RIGHTS, Act, Side
from bot.journal import Entry, Outcome
from tests.clauses.preparing import DIGEST, ready
from tests.office import Office

NEW = NewProject(
    kind=ProjectKind.PROJECT,
    title="Fair recruitment",
    area="A-COOP",
    channel_id="C0KENYA",
    lead_party="ilo",
    starts_on=date(2026, 12, 1),
    ends_on=None,
)
PEOPLE = (
    "Amina Diallo",
    "Samuel Otieno",
    "Lucía Romero",
    "Ravi Menon",
    "Helena Costa",
    "Grace Wanjiru",
    "Nadia Petrova",
    "Ines Martin",
    "Jonas Weber",
    "Clara Novak",
    "Victor Lang",
)
NONE = DataAnswer(processes=False, reason="Statistics only.", met={})
TEN = DataAnswer(processes=True, met=dict.fromkeys(DataPrinciple, PrincipleMet.YES))
NOT_NEEDED = Answer(basis=GateBasis.NOT_NEEDED, reason="No money passes.")
KEPT = Answer(kept_at="Registry", digest=DIGEST)
DEEDS = (
    "agreement",
    "confirm_agreement",
    "send_back",
    "reopen",
    "item",
    "confirm_items",
    "result",
    "ownership",
    "confirm_ownership",
    "no_data",
    "ten",
    "start",
    "start",
    "close",
)


@dataclass(frozen=True)
class Walk:
    """One project, and what people try with it."""

    office: Office
    key: int

    def gates(self) -> dict[Gate, ProjectGate]:
        with self.office.reading() as desk:
            return gates_of(desk.session, self.key)

    def answered(self, name: str) -> int:
        with self.office.reading() as desk:
            known = project_data.checks_of(desk.session, self.key)
        party = self.office.slack.state.people[self.office.id(name)].team_id.removeprefix("T0").lower()
        return known[party].seq if party in known else 0

    def deed(self, name: str, deed: str) -> tuple[Any, dict[str, Any]]:
        gates = self.gates()
        agreement, ownership, items = gates[Gate.AGREEMENT], gates[Gate.OWNERSHIP], gates[Gate.ITEMS]
        key = {"project_id": self.key}
        confirm = project_answers.confirm_gate
        data = {"seen": self.answered(name), **key}
        result = {"kind": ResultKind.PRODUCED, "result": "x", "owner": "joint", "licence": ""}
        ways: dict[str, tuple[Any, dict[str, Any]]] = {
            "agreement": (project_answers.propose_gate, {"gate_id": agreement.id, "answer": NOT_NEEDED}),
            "confirm_agreement": (confirm, {"gate_id": agreement.id, "seen": agreement.version}),
            "send_back": (project_answers.send_back_gate, {"gate_id": ownership.id, "note": "x"}),
            "reopen": (project_answers.reopen_gate, {"gate_id": agreement.id, "note": "x"}),
            "item": (project_items.add_item, {**key, "item": "x", "owner_id": 1}),
            "confirm_items": (project_items.confirm_items, {"gate_id": items.id, "seen": items.version}),
            "result": (project_results.add_result, {**key, **result}),
            "ownership": (project_answers.propose_gate, {"gate_id": ownership.id, "answer": KEPT}),
            "confirm_ownership": (confirm, {"gate_id": ownership.id, "seen": ownership.version}),
            "no_data": (project_data.answer_data, {**data, "answer": NONE}),
            "ten": (project_data.answer_data, {**data, "answer": TEN}),
            "start": (project_stages.start_project, key),
            "close": (project_stages.close_project, {**key, "outcome": "x"}),
        }
        return ways[deed]

    def state(self) -> tuple[ProjectStatus, list[Gate]]:
        with self.office.reading() as desk:
            row = desk.session.get_one(JointProject, self.key)
            return row.status, [gate.gate for gate in closed_gates(desk.session, self.key)]


def entered(office: Office) -> Walk:
    event = office.house.secretariat.act(
        office.who("Samuel Otieno"),
        projects.add_project,
        new=NEW,
        responsible_id=office.person("Samuel Otieno").key,
    )
    return Walk(office, int(event.project_id))


def towards_a_start() -> st.SearchStrategy[list[tuple[str, str]]]:
    """What would open every gate, in any order, with anything left out and anything else in between."""
    good = [
        ("Lucía Romero", "agreement"),
        ("Nadia Petrova", "confirm_agreement"),
        ("Samuel Otieno", "item"),
        ("Grace Wanjiru", "confirm_items"),
        ("Samuel Otieno", "result"),
        ("Lucía Romero", "ownership"),
        ("Helena Costa", "confirm_ownership"),
        ("Ravi Menon", "no_data"),
        ("Ines Martin", "no_data"),
        ("Grace Wanjiru", "start"),
    ]
    wild = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DEEDS)), max_size=8)
    left_out = st.sets(st.integers(0, len(good) - 1), max_size=2)
    return st.builds(
        lambda out, other, at: [
            *[step for n, step in enumerate(good) if n not in out][:at],
            *other,
            *[step for n, step in enumerate(good) if n not in out][at:],
        ],
        left_out,
        wild,
        st.integers(0, len(good)),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=towards_a_start())
def test_ix_1_a_no_path_leads_to_a_start_while_a_gate_is_closed(
    office: Office, steps: list[tuple[str, str]]
) -> None:
    walk = entered(office)
    before, closed = walk.state()
    for name, deed in steps:
        verb, facts = walk.deed(name, deed)
        try:
            office.house.secretariat.act(office.who(name), verb, **facts)
        except AgreementError:
            assert walk.state() == (before, closed)
        now, still_closed = walk.state()
        if now is ProjectStatus.RUNNING and before is not ProjectStatus.RUNNING:
            assert closed == []
        before, closed = now, still_closed


def test_ix_1_a_no_gate_opens_without_the_other_party_or_without_something_in_writing() -> None:
    confirming = frozenset({"confirm_gate", "confirm_items", "complete_data"})

    assert GateStatus.AGREED not in GATES.reachable(without=confirming)
    assert GATES.moves["propose_gate"].written
    assert MACHINE.moves["start_project"].written
    into_running = [name for name, way in MACHINE.moves.items() if way.target is ProjectStatus.RUNNING]
    # Otherwise it had begun before it was put on record, by the word of the other party, too.
    assert into_running == ["start_project", "confirm_begun"]
    assert RIGHTS[Act.CONFIRM_GATE].side is Side.RESPONDING
    assert MACHINE.final == {ProjectStatus.CLOSED}
    assert HOLDINGS.final == {DataHolding.PURGED, DataHolding.RETURNED}
    assert all(way.act for machine in (MACHINE, GATES, HOLDINGS) for way in machine.moves.values())


def twenty_at_once(office: Office) -> None:
    ready(office)
    names = ["Grace Wanjiru", "Samuel Otieno", "Amina Diallo", "Helena Costa"] * 5

    def start(name: str) -> str:
        try:
            office.house.secretariat.act(office.who(name), project_stages.start_project, project_id=1)
        except Refusal as refusal:
            return refusal.key()
        return "started"

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(start, names))

    assert answers == ["already_started"] * 19 + ["started"]
    with office.reading() as desk:
        done = select(Entry.event).where(Entry.event == "project_started", Entry.outcome == Outcome.DONE)
        assert len(desk.session.exec(done).all()) == 1


def test_ix_1_a_of_twenty_who_start_at_once_one_does(office: Office) -> None:
    twenty_at_once(office)


@pytest.mark.postgres
def test_ix_1_a_of_twenty_who_start_at_once_one_does_on_postgresql(office_on_postgres: Office) -> None:
    twenty_at_once(office_on_postgres)


def confirming_at_once(office: Office) -> None:
    """Two confirm and two send back at once: one thing happens."""
    walk = entered(office)
    verb, facts = walk.deed("Lucía Romero", "agreement")
    office.act("Lucía Romero", verb, **facts)
    gate = walk.gates()[Gate.AGREEMENT]
    tries = [
        (project_answers.confirm_gate, {"seen": gate.version}),
        (project_answers.send_back_gate, {"note": "x"}),
    ] * 5

    def one(given: tuple[Any, dict[str, Any]]) -> bool:
        try:
            office.house.secretariat.act(office.who("Helena Costa"), given[0], gate_id=gate.id, **given[1])
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(one, tries)) == 1


def test_ix_1_a_of_those_who_confirm_and_send_back_at_once_one_counts(office: Office) -> None:
    confirming_at_once(office)


@pytest.mark.postgres
def test_ix_1_a_of_those_who_confirm_and_send_back_at_once_one_counts_on_postgresql(
    office_on_postgres: Office,
) -> None:
    confirming_at_once(office_on_postgres)
