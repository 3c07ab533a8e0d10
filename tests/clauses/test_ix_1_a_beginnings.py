"""IX.1(a): a project entered as having begun before runs once the other party says so too, and not before."""

from datetime import date

import pytest
from sqlmodel import select

from bot.agreement import project_stages
from bot.agreement.follow_ups import FollowUp
from bot.agreement.project_stages import BeginningUnconfirmed, GatesClosed
from bot.agreement.projects import BEGUN, GATES_WANTED, MACHINE, ProjectStatus
from bot.agreement.rights import Act
from tests.clauses import preparing
from tests.clauses.preparing import project, refusals
from tests.clauses.test_iv_6_1_projects import KENYA, add
from tests.handlers.pressing import buttons, home_words
from tests.knocking import pressed, user
from tests.office import Office, words_of

SIDES = {"iom": ("Nadia Petrova", "Helena Costa"), "ilo": ("Lucía Romero", "Amina Diallo")}
ENTERING = {"iom": "Samuel Otieno", "ilo": "Grace Wanjiru"}
"""Who enters a project of which the other party is then asked."""


def entered(office: Office, asked: str = "iom") -> None:
    add(office, ENTERING[asked], starts_on="2026-11-02")


def say(office: Office, name: str, action: str, where: str = KENYA) -> str:
    told = office.click(name, f"projects.{action}", where=where)
    office.deliver()
    return told


def planned(office: Office) -> set[str]:
    with office.reading() as desk:
        rows = desk.session.exec(select(FollowUp).where(FollowUp.subject == "project:1")).all()
        return {row.kind for row in rows}


def test_ix_1_a_one_party_alone_starts_no_project_by_a_date(office: Office) -> None:
    entered(office)

    card = words_of(office.channel(KENYA)[:1])
    assert "*Not confirmed: ILO entered it as having begun* before it was put on record." in card
    assert "IOM is asked to confirm that it had, or to say that it had not." in card
    assert "• The written agreement (IX.1(a)): *missing*" in card
    assert project(office).status is ProjectStatus.STATED
    with pytest.raises(BeginningUnconfirmed):
        office.act("Grace Wanjiru", project_stages.start_project, project_id=1)


def test_ix_1_a_no_way_leads_from_one_partys_word_to_a_project_that_runs() -> None:
    way = MACHINE.moves["confirm_begun"]

    assert (way.act, way.target) == (Act.CONFIRM_GATE, ProjectStatus.RUNNING)
    leaving = {name for name, move in MACHINE.moves.items() if ProjectStatus.STATED in move.sources}
    assert leaving == {"confirm_begun", "deny_begun", "close_project"}


@pytest.mark.parametrize("asked", ["iom", "ilo"])
def test_ix_1_a_the_other_party_is_asked_in_person_and_confirms(office: Office, asked: str) -> None:
    entered(office, asked)
    first, second = SIDES[asked]
    assert "had begun on Monday 2 November 2026" in words_of(office.direct(second))
    assert "and your party is asked whether it had" in home_words(office.home(first))

    assert say(office, first, "begun", "direct") == ""

    row = project(office)
    assert (row.status, row.had_begun, row.begun_by) == (
        ProjectStatus.RUNNING,
        True,
        office.person(first).key,
    )
    assert f"as {first} ({asked.upper()}) confirmed on" in words_of(office.channel(KENYA)[:1])
    assert "projects.begun" not in [name for name, _ in buttons(office.channel(KENYA)[0]["blocks"])]
    assert "asked whether it had" not in home_words(office.home(second))
    assert planned(office) >= {GATES_WANTED}
    assert BEGUN not in planned(office)


def test_ix_1_a_where_it_had_not_begun_its_gates_hold_it(office: Office) -> None:
    entered(office)

    say(office, "Helena Costa", "not_begun")

    row = project(office)
    assert (row.status, row.had_begun) == (ProjectStatus.PREPARING, False)
    card = words_of(office.channel(KENYA)[:1])
    assert "ILO had entered it as begun; Helena Costa (IOM) said on" in card
    assert "that it had not." in card
    with pytest.raises(GatesClosed):
        office.act("Grace Wanjiru", project_stages.start_project, project_id=1)
    for settle in preparing.SETTLED.values():
        settle(office)
    preparing.start(office)
    assert project(office).status is ProjectStatus.RUNNING


@pytest.mark.parametrize("action", ["begun", "not_begun"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Lucía Romero", "wrong_side"),
        ("Amina Diallo", "wrong_side"),
        ("Grace Wanjiru", "not_mandated"),
        ("Yuki Tanaka", "not_mandated"),
        ("Clara Novak", "not_on_roster"),
        ("Victor Lang", "from_third_organisation"),
    ],
)
def test_ix_1_a_nobody_else_says_whether_it_had_begun(
    office: Office, name: str, reason: str, action: str
) -> None:
    entered(office)

    for app in ("ilo", "iom"):
        pressed(office, app, user(office, name), f"projects.{action}", "1")

    assert refusals(office)[-1:] == [reason]
    assert project(office).status is ProjectStatus.STATED


def test_ix_1_a_the_second_to_say_so_is_told_who_was_first(office: Office) -> None:
    entered(office)
    say(office, "Nadia Petrova", "begun", "direct")

    told = say(office, "Helena Costa", "not_begun", "direct")

    assert "Nadia Petrova said on" in told
    assert "had begun before it was put on record" in told
    assert project(office).status is ProjectStatus.RUNNING


def test_ix_1_a_the_other_party_is_asked_again_by_the_working_rule_and_silence_confirms_nothing(
    office: Office,
) -> None:
    entered(office)

    office.pass_to(date(2026, 12, 15))
    office.tick()

    asked = [m for m in office.direct("Nadia Petrova") if "had it begun?" in words_of([m])]
    again = [m for m in asked if "This was asked before and is not answered yet." in words_of([m])]
    assert (len(asked), len(again)) == (3, 2)
    wanted = words_of(office.direct("Grace Wanjiru"))
    assert "was entered by ILO as having begun on Monday 2 November 2026" in wanted
    assert project(office).status is ProjectStatus.STATED


def test_ix_1_a_a_project_that_was_closed_meanwhile_says_so(office: Office) -> None:
    entered(office)
    office.act("Samuel Otieno", project_stages.close_project, project_id=1, outcome="It came to nothing.")

    told = office.click("Nadia Petrova", "projects.begun", where="direct")

    assert "Samuel Otieno" in told
    assert project(office).status is ProjectStatus.CLOSED
