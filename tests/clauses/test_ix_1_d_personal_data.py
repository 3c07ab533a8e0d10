"""IX.1(d): ten principles on personal data, answered by each party, and looked at again while data are held."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.agreement import project_data, project_holdings
from bot.agreement.people import Refusal
from bot.agreement.project_data import CheckedMeanwhile, DataAnswer, DataPrinciple, PrincipleMet
from bot.agreement.project_registers import DataHolding, Processing
from bot.agreement.projects import NotAProject, ProjectStatus
from tests.clauses import preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.preparing import (
    NO_DATA,
    STEWARDS,
    TEN,
    enter,
    fill,
    look,
    no_data,
    press,
    refusals,
    statuses,
    ten_answers,
)
from tests.clauses.test_iv_6_1_projects import add
from tests.handlers.pressing import home_words
from tests.office import ZURICH, Office, words_of

ANSWERING = {"Ravi Menon", "Lucía Romero", "Ines Martin", "Nadia Petrova"}
OTHERS = [
    "Amina Diallo",
    "Pierre Favre",
    "Mei Chen",
    "Grace Wanjiru",
    "Jonas Weber",
    "Clara Novak",
    "Victor Lang",
]
ALL_MET = DataAnswer(processes=True, met=dict.fromkeys(DataPrinciple, PrincipleMet.YES))
NONE = DataAnswer(processes=False, reason="Only statistics.", met={})
ENTRY = Processing(
    data="Names",
    whose="Participants",
    purpose="Invitations",
    kept_at="IOM",
    transfers="",
    retention_until=date(2028, 6, 30),
)


def told(office: Office, name: str, headline: str) -> list[dict[str, Any]]:
    return [message for message in office.direct(name) if headline in words_of([message])]


def test_ix_1_d_the_data_stewards_of_both_parties_are_asked_in_person_and_in_their_home(
    office: Office,
) -> None:
    add(office)

    for name in STEWARDS:
        assert "Project 2026/1: personal data" in words_of(office.direct(name))
        assert "your party has not answered on personal data" in home_words(office.home(name))
    assert "your party has not answered on personal data" not in home_words(office.home("Amina Diallo"))
    office.click("Ravi Menon", "project_data.answer", where="direct")
    fill(office, "Ravi Menon", NO_DATA)
    assert "your party has not answered" not in home_words(office.home("Ravi Menon"))


def test_ix_1_d_without_personal_data_both_parties_say_so_with_their_reasons(office: Office) -> None:
    add(office)
    no_data(office, "Ravi Menon")
    assert statuses(office)["data"] == "proposed"
    no_data(office, "Ines Martin")

    assert statuses(office)["data"] == "agreed"
    said = look(office, "Grace Wanjiru", "data")
    assert (
        "*ILO:* no personal data are processed, as Ravi Menon says: Only published statistics are used."
        in said
    )
    assert "*Settled:* both parties have answered alike." in said


def test_ix_1_d_the_ten_principles_are_answered_by_both_and_the_register_says_what_is_held(
    office: Office,
) -> None:
    add(office)
    for name in STEWARDS:
        ten_answers(office, name)
    assert statuses(office)["data"] == "proposed"
    assert "the register of processing is empty" in look(office, "Ravi Menon", "data")

    enter(office)

    assert statuses(office)["data"] == "agreed"
    said = look(office, "Ravi Menon", "data")
    assert said.count("All ten principles are met.") == 2
    assert "Held by *IOM*: Names and e-mail addresses" in said
    assert "To be kept until Friday 30 June 2028." in said


def test_ix_1_d_the_form_asks_ten_questions_in_our_own_words(office: Office) -> None:
    add(office)
    press(office, "Ravi Menon", "data", "project_data.answer")
    office.submit("Ravi Menon", {"processes": "yes"})

    said = preparing.shown(office, "Ravi Menon")
    assert "1. Fair and legitimate processing" in said
    assert "10. Accountability" in said
    assert "Are no more data collected than the purpose needs?" in said


def test_ix_1_d_what_is_not_met_yet_needs_a_plan_and_a_day_and_keeps_what_was_typed(office: Office) -> None:
    add(office)
    press(office, "Ravi Menon", "data", "project_data.answer")
    office.submit("Ravi Menon", {"processes": "yes"})
    typed = {**TEN, "security": "not_yet", "note": "Under our own rules."}

    assert list(fill(office, "Ravi Menon", typed).errors) == ["plan"]
    typed["plan"] = "Encrypt the drive."
    assert list(fill(office, "Ravi Menon", typed).errors) == ["plan_on"]
    assert list(fill(office, "Ravi Menon", {**typed, "plan_on": "2026-11-23"}).errors) == ["plan_on"]
    assert fill(office, "Ravi Menon", {**typed, "plan_on": "2027-02-01"}).ok

    said = look(office, "Ines Martin", "data")
    assert "• security: *not yet*" in said
    assert "To be met by Monday 1 February 2027: Encrypt the drive." in said
    assert "Note: Under our own rules." in said


def test_ix_1_d_a_plan_is_enough_for_the_start_and_its_day_is_remembered(office: Office) -> None:
    preparing.ready(office, without=preparing.Gate.DATA)
    ten_answers(office, "Ravi Menon", security="not_yet", plan="Encrypt.", plan_on="2027-02-01")
    ten_answers(office, "Ines Martin")
    enter(office)
    preparing.start(office)
    assert preparing.project(office).status is ProjectStatus.RUNNING

    office.pass_to(date(2027, 1, 26))
    office.tick()
    (asked,) = told(office, "Ravi Menon", "a plan on personal data")
    assert "set *Monday 1 February 2027*, in 7 days, for this plan: Encrypt." in words_of([asked])
    ten_answers(office, "Ravi Menon")
    office.pass_to(date(2027, 3, 1))
    assert len(told(office, "Ravi Menon", "a plan on personal data")) == 1


def test_ix_1_d_answers_that_contradict_each_other_settle_nothing_and_both_are_told(office: Office) -> None:
    add(office)
    no_data(office, "Ravi Menon")
    ten_answers(office, "Ines Martin")

    assert statuses(office)["data"] == "proposed"
    assert "one party says that personal data are processed, and another that none are" in look(
        office, "Amina Diallo", "data"
    )
    for name in STEWARDS:
        assert "The parties have answered differently" in words_of(office.direct(name))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
    ],
)
def test_ix_1_d_no_personal_data_needs_a_reason(office: Office, changes: dict[str, Any], field: str) -> None:
    add(office)

    assert list(no_data(office, "Ravi Menon", **changes).errors) == [field]


def test_ix_1_d_every_principle_needs_an_answer(office: Office) -> None:
    add(office)
    met = {**ALL_MET.met, DataPrinciple.ACCURACY: None}
    answer = DataAnswer(processes=True, met=met)

    with pytest.raises(project_data.PrincipleUnanswered) as refused:
        office.act("Ravi Menon", project_data.answer_data, project_id=1, answer=answer, seen=0)

    assert refused.value.field == "accuracy"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"data": " "}, "data"),
        ({"whose": " "}, "whose"),
        ({"purpose": " "}, "purpose"),
        ({"kept_at": " "}, "kept_at"),
        ({"retention_until": "2026-11-23"}, "retention_until"),
    ],
)
def test_ix_1_d_a_field_of_the_register_that_cannot_be_used_is_named(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    add(office)

    assert list(enter(office, **changes).errors) == [field]


def test_ix_1_d_the_register_needs_a_last_day(office: Office) -> None:
    add(office)
    endless = Processing(**{**vars(ENTRY), "retention_until": None})

    with pytest.raises(project_holdings.RegisterFieldEmpty):
        office.act("Ravi Menon", project_holdings.enter_processing, project_id=1, processing=endless)


@pytest.mark.parametrize("name", OTHERS)
def test_ix_1_d_only_data_stewards_and_legal_officers_answer(office: Office, name: str) -> None:
    add(office)
    enter(office)
    before = len(refusals(office))
    gone = {"entry_id": 1, "how": DataHolding.PURGED, "disposed_on": office.today, "note": "x"}

    for verb, facts in (
        (project_data.answer_data, {"project_id": 1, "answer": NONE, "seen": 0}),
        (project_holdings.enter_processing, {"project_id": 1, "processing": ENTRY}),
        (project_holdings.dispose, gone),
    ):
        with pytest.raises(Refusal):
            office.act(name, verb, **facts)

    assert len(refusals(office)) == before + 3


@pytest.mark.parametrize("name", sorted(ANSWERING))
def test_ix_1_d_each_answers_for_their_own_party(office: Office, name: str) -> None:
    add(office)

    office.act(name, project_data.answer_data, project_id=1, answer=NONE, seen=0)

    with office.reading() as desk:
        assert set(project_data.checks_of(desk.session, 1)) == {office.person(name).party}


def test_ix_1_d_two_of_one_party_at_once_make_one_answer_and_the_second_is_told(office: Office) -> None:
    add(office)
    press(office, "Lucía Romero", "data", "project_data.answer")
    no_data(office, "Ravi Menon")

    fill(office, "Lucía Romero", NO_DATA)

    assert "Ravi Menon (ILO) answered for your party on 2026/1" in preparing.shown(office, "Lucía Romero")
    with pytest.raises(CheckedMeanwhile):
        office.act("Lucía Romero", project_data.answer_data, project_id=1, answer=NONE, seen=0)


def test_ix_1_d_the_yearly_look_is_asked_for_once_and_chased_until_it_is_done(office: Office) -> None:
    preparing.started(office, data=True)
    headline = "personal data, once a year"

    office.pass_to(date(2027, 10, 21))
    assert told(office, "Ravi Menon", headline) == []
    office.pass_to(date(2027, 10, 26))
    office.tick()
    (asked,) = told(office, "Ravi Menon", headline)
    assert "by *Tuesday 23 November 2027*" in words_of([asked])
    assert len(told(office, "Ines Martin", headline)) == 1
    assert "please look again, by Tuesday 23 November 2027" not in home_words(office.home("Ravi Menon"))
    office.pass_to(date(2027, 11, 17))
    assert "please look again, by Tuesday 23 November 2027" in home_words(office.home("Ravi Menon"))

    office.click("Ravi Menon", "project_data.answer", where="direct")
    office.submit("Ravi Menon", {})
    fill(office, "Ravi Menon", {})

    assert "please look again" not in home_words(office.home("Ravi Menon"))
    count = len(told(office, "Ravi Menon", headline))
    office.pass_to(date(2028, 3, 1))
    assert len(told(office, "Ravi Menon", headline)) == count
    assert "it was to be done by Tuesday 23 November 2027" in words_of(
        told(office, "Ines Martin", headline)[-1:]
    )
    assert len(told(office, "Ines Martin", headline)) == 7


def test_ix_1_d_after_days_away_the_yearly_look_is_asked_for_once_and_says_that_it_is_late(
    office: Office,
) -> None:
    preparing.started(office, data=True)

    office.clock.move_to(datetime(2027, 12, 20, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    (asked,) = told(office, "Ravi Menon", "personal data, once a year")
    assert "comes late" in words_of([asked])


def test_ix_1_d_an_opportunity_processes_nothing(office: Office) -> None:
    add(office, kind="opportunity", starts_on=None, ends_on=None)

    with pytest.raises(NotAProject):
        office.act("Ravi Menon", project_data.answer_data, project_id=1, answer=NONE, seen=0)


def test_ix_1_d_hostile_and_long_words_stay_words(office: Office) -> None:
    add(office)
    wild = "<!channel> & *x* " + "y " * 60
    ten_answers(office, "Ravi Menon", security="not_yet", plan=wild * 5, plan_on="2027-02-01", note=wild * 4)
    no_data(office, "Ines Martin", reason="<!here> " * 60)
    for _ in range(25):
        enter(
            office,
            data=wild[:140],
            whose=wild[:140],
            purpose=wild[:140],
            kept_at=wild[:140],
            transfers=wild[:140],
        )

    said = look(office, "Ines Martin", "data") + words_of(office.channel(KENYA) + office.direct("Ravi Menon"))
    assert "<!channel>" not in said
    assert "<!here>" not in said
    assert "of 25)" in said
