"""IX.1 and IX.1(a): a joint project does not start before both parties have settled what it rests on."""

from datetime import date
from typing import Any

import pytest

from bot.agreement import project_answers, project_stages
from bot.agreement.errors import AgreementError
from bot.agreement.people import Refusal
from bot.agreement.project_answers import GateMovedOn
from bot.agreement.project_gates import Gate
from bot.agreement.projects import NotAProject, ProjectIsClosed, ProjectStatus
from tests.clauses import preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.preparing import look, ready, refusals, start, started, statuses
from tests.clauses.test_iv_6_1_projects import add, close
from tests.handlers.pressing import buttons, home_words, press_told
from tests.office import Office, words_of

STARTING = {
    "Amina Diallo",
    "Pierre Favre",
    "Samuel Otieno",
    "Helena Costa",
    "Omar Haddad",
    "Grace Wanjiru",
}
PEOPLE = (
    *sorted(STARTING),
    "Mei Chen",
    "Jonas Weber",
    "Lucía Romero",
    "Anan Srisai",
    "Ravi Menon",
    "Clara Novak",
    "Yuki Tanaka",
    "Nadia Petrova",
    "Linh Tran",
    "David Okafor",
    "Ines Martin",
    "Victor Lang",
)
STRANGERS = {"Clara Novak", "Victor Lang"}
SETTLING = {"Amina Diallo", "Lucía Romero", "Helena Costa", "Nadia Petrova"}


def test_ix_1_a_a_project_is_in_preparation_and_its_card_names_what_is_missing(office: Office) -> None:
    add(office)

    said = words_of(office.channel(KENYA)[:1])
    assert "*In preparation.* It may start once all four questions are settled by both parties" in said
    assert "• The written agreement (IX.1(a)): *missing*" in said
    assert "• Personal data (IX.1(d)): *missing*" in said
    assert preparing.project(office).status is ProjectStatus.PREPARING


def test_ix_1_a_a_start_is_refused_with_each_gate_that_is_closed_and_its_clause(office: Office) -> None:
    add(office)

    told = start(office, "Grace Wanjiru")

    assert (
        "2026/1 cannot start yet. Still to be settled by both parties: the written agreement (IX.1(a)); "
        "who answers for what (IX.1(b)); who owns what (IX.2-4); personal data (IX.1(d))." in told
    )
    assert refusals(office) == ["gates_closed"]
    assert preparing.project(office).status is ProjectStatus.PREPARING


@pytest.mark.parametrize("gate", Gate)
def test_ix_1_a_one_closed_gate_is_enough_to_hold_the_start(office: Office, gate: Gate) -> None:
    ready(office, without=gate)

    told = start(office, "Grace Wanjiru")

    assert f"({project_answers_clause(gate)}). Its card has a button for each" in told
    assert preparing.project(office).status is ProjectStatus.PREPARING


def project_answers_clause(gate: Gate) -> str:
    return {"agreement": "IX.1(a)", "items": "IX.1(b)", "ownership": "IX.2-4", "data": "IX.1(d)"}[gate.value]


@pytest.mark.parametrize("name", sorted(STARTING))
def test_ix_1_a_once_every_gate_is_open_either_party_starts_the_project(office: Office, name: str) -> None:
    ready(office)

    start(office, name)

    row = preparing.project(office)
    assert (row.status, row.started_by) == (ProjectStatus.RUNNING, office.person(name).key)
    assert f"*Started* by {name} ({preparing.party_of(office, name)})" in words_of(office.channel(KENYA)[:1])


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in STARTING])
def test_ix_1_a_nobody_else_starts_it_and_each_try_is_on_record(office: Office, name: str) -> None:
    ready(office)
    before = len(refusals(office))

    if name in STRANGERS:
        with pytest.raises(Refusal):
            office.act(name, project_stages.start_project, project_id=1)
    else:
        assert start(office, name)

    assert preparing.project(office).status is ProjectStatus.PREPARING
    assert len(refusals(office)) == before + 1


def test_ix_1_a_a_focal_point_of_another_place_is_told_who_can(office: Office) -> None:
    ready(office)

    told = start(office, "Linh Tran")

    assert "focal points start the projects of the place they work in" in told


def test_ix_1_a_whoever_starts_second_is_told_who_was_first(office: Office) -> None:
    started(office)

    with pytest.raises(project_stages.AlreadyStarted) as refused:
        office.act("Amina Diallo", project_stages.start_project, project_id=1)

    assert (refused.value.by, refused.value.party) == ("Grace Wanjiru", "IOM")


def test_ix_1_a_what_is_closed_is_not_started(office: Office) -> None:
    ready(office)
    close(office, "Grace Wanjiru")

    with pytest.raises(ProjectIsClosed):
        office.act("Amina Diallo", project_stages.start_project, project_id=1)


def test_ix_1_a_what_was_settled_is_put_down_in_a_joint_record_at_the_start(office: Office) -> None:
    started(office, data=True)

    said = words_of(office.channel(KENYA))
    assert "Joint record ILO-IOM/2026/001: what both parties had settled before project 2026/1" in said
    files = [file for message in office.channel(KENYA) for file in message.get("files", [])]
    assert [file["name"] for file in files] == [
        f"ILO-IOM-2026-001{ending}.pdf" for ending in ("", "-es", "-fr")
    ]
    assert "Grace Wanjiru (IOM) started project 2026/1" in words_of(office.direct("Samuel Otieno"))


def test_ix_1_a_those_who_may_start_it_are_told_in_person_and_read_it_in_their_home(office: Office) -> None:
    ready(office)

    assert "Project 2026/1 may start" in words_of(office.direct("Helena Costa"))
    assert "It may start." in home_words(office.home("Omar Haddad"))
    assert "It may start." not in home_words(office.home("Linh Tran"))
    office.click("Omar Haddad", "projects.start", where="home")
    assert preparing.project(office).status is ProjectStatus.RUNNING
    assert "It may start." not in home_words(office.home("Pierre Favre"))


def test_ix_1_a_a_project_that_both_say_had_begun_runs_and_what_is_missing_is_asked_for(
    office: Office,
) -> None:
    add(office, starts_on="2026-11-02")
    office.click("Nadia Petrova", "projects.begun", where="direct")
    office.deliver()

    said = words_of(office.channel(KENYA)[:1])
    assert "*It had begun before it was entered here,* as Nadia Petrova (IOM) confirmed on" in said
    assert "so nothing held its start." in said
    assert "• The written agreement (IX.1(a)): *missing*" in said
    row = preparing.project(office)
    assert (row.status, row.had_begun) == (ProjectStatus.RUNNING, True)
    with pytest.raises(project_stages.AlreadyStarted) as refused:
        office.act("Grace Wanjiru", project_stages.start_project, project_id=1)
    assert refused.value.had_begun

    office.pass_to(date(2026, 12, 1))
    office.tick()
    (told,) = [m for m in office.direct("Grace Wanjiru") if "still to be settled" in words_of([m])]
    assert "• who owns what (IX.2-4)" in words_of([told])


def test_ix_1_a_once_all_is_settled_of_a_project_that_had_begun_nothing_is_asked(office: Office) -> None:
    add(office, starts_on="2026-11-02")
    for settle in preparing.SETTLED.values():
        settle(office)
    office.click("Nadia Petrova", "projects.begun", where="direct")

    office.pass_to(date(2027, 1, 15))

    assert "still to be settled" not in words_of(office.direct("Grace Wanjiru"))
    assert "Project 2026/1 may start" not in words_of(office.direct("Helena Costa"))
    assert preparing.project(office).status is ProjectStatus.RUNNING


def test_ix_1_a_an_opportunity_has_no_gates_and_becomes_a_project_that_is_held_by_them(
    office: Office,
) -> None:
    add(office, kind="opportunity", starts_on=None, ends_on=None)
    assert statuses(office) == {}
    assert ("projects.become", "1") in buttons(office.channel(KENYA)[0]["blocks"])
    with pytest.raises(NotAProject):
        office.act("Grace Wanjiru", project_stages.start_project, project_id=1)

    office.click("Grace Wanjiru", "projects.become", where=KENYA)
    days: dict[str, Any] = {"starts_on": "2027-02-01", "ends_on": "2027-01-01"}
    assert list(preparing.fill(office, "Grace Wanjiru", days).errors) == ["ends_on"]
    preparing.fill(office, "Grace Wanjiru", {**days, "ends_on": None})

    assert "made “Fair recruitment in Kenya” a joint project" in words_of(office.channel(KENYA))
    assert preparing.project(office).status is ProjectStatus.PREPARING
    assert "cannot start yet" in start(office, "Grace Wanjiru")
    with pytest.raises(project_stages.AlreadyAProject):
        office.act(
            "Amina Diallo",
            project_stages.become_project,
            project_id=1,
            starts_on=office.today,
            ends_on=None,
        )


def test_ix_1_a_hostile_words_stay_words(office: Office) -> None:
    add(office, subject="Fair & *bold*")
    reason = "<!here> *x* & " + "long " * 200
    preparing.propose(office, reason=reason)
    preparing.press(office, "Nadia Petrova", "agreement", "project_gates.send_back")
    preparing.fill(office, "Nadia Petrova", {"note": "<!channel> no & " + "very " * 150})

    said = words_of([*office.channel(KENYA), *office.direct("Lucía Romero"), *office.direct("Helena Costa")])
    assert "<!channel>" not in said
    assert "<!here>" not in said
    assert "&lt;!channel&gt; no &amp;" in said


def test_ix_1_a_unknown_numbers_are_told_so(office: Office) -> None:
    add(office)
    look(office, "Amina Diallo", "agreement")

    with pytest.raises(AgreementError):
        office.act("Amina Diallo", project_answers.send_back_gate, gate_id=99, note="x")
    with pytest.raises(GateMovedOn):
        office.act("Amina Diallo", project_answers.send_back_gate, gate_id=2, note="x")


def test_ix_1_a_the_buttons_of_a_gate_are_shown_in_the_register_too(office: Office) -> None:
    add(office)
    office.command("Lucía Romero", "/exchange project 2026/1")

    press_told(office, "Lucía Romero", "projects.agreement")

    assert ("project_gates.propose", "1") in buttons(office.told("Lucía Romero")[-1]["blocks"])
