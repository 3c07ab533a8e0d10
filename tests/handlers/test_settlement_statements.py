"""What both parties owe is settled by both: one states what became of it, the other answers."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.agreement import settlements
from bot.agreement.fulfilments import fulfil
from bot.agreement.ledger import NoSuchOccurrence, Occurrence, OccurrenceStatus
from bot.agreement.people import NotMandated, Refusal, WrongSide
from bot.agreement.rights import RIGHTS, Act
from bot.agreement.settlement_answers import StatementAnswered, confirm_statement, dispute_statement
from bot.agreement.settlement_statements import (
    MACHINE,
    AlreadyStated,
    SettlementStatement,
    StatementStatus,
)
from bot.sandbox.seed import ROLES
from tests.handlers.pressing import home_words, modal_words, press_told
from tests.handlers.test_settlements import after, list_dates, oldest, open_form, settle, workplan
from tests.office import ZURICH, Office, words_of
from tests.settling import both_record_met

LIAISON = "ilo-iom-liaison"
DONE: dict[str, Any] = {"outcome": "done", "met_on": date(2021, 5, 3), "evidence": "Registry, file 12/3"}


def statements(office: Office) -> list[SettlementStatement]:
    with office.reading() as desk:
        rows = list(desk.session.exec(select(SettlementStatement)).all())
        desk.session.expunge_all()
    return rows


def stated(office: Office, name: str = "Amina Diallo", **values: Any) -> None:
    settle(office, name, workplan(office), **{**DONE, **values})


def press(office: Office, name: str, action: str, where: str = LIAISON) -> str:
    said = office.click(name, f"settlements.{action}", where=where)
    office.deliver()
    return said


def test_iv_5_2_what_one_party_states_leaves_the_date_open_until_the_other_confirms_it(
    office: Office,
) -> None:
    before = workplan(office).status
    stated(office)

    between = after(office, workplan(office))
    letter = words_of(office.channel(LIAISON))
    press(office, "Helena Costa", "confirm")

    assert between.status is before
    assert between.met_on is None
    assert "It counts once" not in letter
    assert (
        "so it counts once IOM confirms it. Until then the date stays open; silence confirms nothing."
        in letter
    )
    settled = after(office, workplan(office))
    assert (settled.status, settled.met_on) == (OccurrenceStatus.MET, date(2021, 5, 3))
    assert settled.evidence == "Registry, file 12/3"
    assert settled.person_id == office.person("Amina Diallo").key


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "Nadia Petrova"])
def test_each_mandated_person_of_the_other_party_may_confirm(office: Office, name: str) -> None:
    stated(office)

    assert press(office, name, "confirm") == ""
    assert after(office, workplan(office)).status is OccurrenceStatus.MET


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Amina Diallo", "ILO stated this itself, so it is for the other party to confirm it"),
        ("Lucía Romero", "ILO stated this itself"),
        ("Yuki Tanaka", "Only IOM's contact point, alternate contact point or legal officer can confirm"),
        ("Victor Lang", "This service is for the staff"),
    ],
)
def test_nobody_else_confirms_or_disagrees(office: Office, name: str, told: str) -> None:
    stated(office)

    assert told in press(office, name, "confirm")
    assert told in press(office, name, "disagree")
    assert [row.status for row in statements(office)] == [StatementStatus.WAITING]


def test_every_role_of_both_parties_tries_each_answer(office: Office) -> None:
    stated(office)
    for user_id, (_, roles) in ROLES.items():
        name = office.slack.state.people[user_id].name
        mandated = bool(RIGHTS[Act.ANSWER_STATEMENT].roles & set(roles))
        of_iom = office.slack.state.people[user_id].team_id == "T0IOM"
        if mandated and of_iom:
            continue
        for verb, facts in ((confirm_statement, {}), (dispute_statement, {"reason": "No."})):
            with pytest.raises(Refusal) as refused:
                office.act(name, verb, statement_id=1, **facts)
            assert isinstance(refused.value, NotMandated if of_iom else WrongSide)
    assert [row.status for row in statements(office)] == [StatementStatus.WAITING]


def test_the_other_party_says_why_it_does_not_agree_and_the_date_stays_open(office: Office) -> None:
    stated(office)
    before = after(office, workplan(office)).status

    press(office, "Omar Haddad", "disagree")
    form = modal_words(office, "Omar Haddad")
    office.submit("Omar Haddad", {"reason": "It was a draft, file 9/1."})
    office.deliver()

    letter = words_of(office.channel(LIAISON)[-1:])
    assert "Amina Diallo (ILO) states: done on Monday 3 May 2021. *Evidence:* Registry, file 12/3" in form
    assert "Omar Haddad (IOM) does not agree:\n\nIt was a draft, file 9/1." in letter
    assert after(office, workplan(office)).status is before
    both_record_met(
        office,
        "Helena Costa",
        "Amina Diallo",
        occurrence_id=workplan(office).key,
        met_on=date(2021, 6, 1),
        evidence="File 9/2",
    )
    assert after(office, workplan(office)).met_on == date(2021, 6, 1)


@pytest.mark.parametrize("reason", ["", "   "])
def test_disagreement_takes_a_reason_and_the_answer_stays(office: Office, reason: str) -> None:
    stated(office)
    press(office, "Omar Haddad", "disagree")

    result = office.submit("Omar Haddad", {"reason": reason})

    assert list(result.errors) == ["reason"]
    assert "disagree" in str(office.modal("Omar Haddad")["state"])
    assert [row.status for row in statements(office)] == [StatementStatus.WAITING]


def test_that_it_is_no_longer_known_takes_both_as_well(office: Office) -> None:
    stated(office, outcome="not_known", note="Nobody of that time is left")
    assert after(office, workplan(office)).status is OccurrenceStatus.UNKNOWN

    press(office, "Helena Costa", "confirm")

    assert after(office, workplan(office)).status is OccurrenceStatus.NOT_KNOWN
    assert "and Helena Costa has confirmed, that it is no longer known" in words_of(office.channel(LIAISON))


def test_what_each_party_does_for_itself_takes_one_word(office: Office) -> None:
    settle(office, "Amina Diallo", oldest(office), outcome="not_known", note="Nobody of that time is left")

    assert after(office, oldest_told(office)).status is OccurrenceStatus.NOT_KNOWN
    assert statements(office) == []


def oldest_told(office: Office) -> Any:
    with office.reading() as desk:
        return desk.session.exec(select(Occurrence).where(Occurrence.duty == "field-offices-told")).first()


def test_it_waits_in_the_home_of_those_who_may_confirm_it(office: Office) -> None:
    stated(office)

    asked = "ILO states that it was done on Monday 3 May 2021, and your party is asked to confirm that"
    assert asked in home_words(office.home("Nadia Petrova"))
    assert asked not in home_words(office.home("Amina Diallo"))
    assert asked not in home_words(office.home("Yuki Tanaka"))

    office.home("Omar Haddad")
    press(office, "Omar Haddad", "confirm", where="home")
    assert after(office, workplan(office)).status is OccurrenceStatus.MET
    assert asked not in home_words(office.home("Nadia Petrova"))


def test_the_form_says_that_the_other_party_confirms(office: Office) -> None:
    open_form(office, "Amina Diallo", workplan(office))

    assert "so what you state counts once IOM confirms it; until then the date stays open." in modal_words(
        office, "Amina Diallo"
    )


def test_the_list_says_what_was_stated_and_leads_the_other_party_to_the_answer(office: Office) -> None:
    stated(office)

    shown = list_dates(office, "Helena Costa")
    press_told(office, "Helena Costa", "settlements.open", str(workplan(office).id))
    office.submit("Helena Costa", {"answer": "confirm"})
    office.deliver()

    assert "ILO states that it was done on Monday 3 May 2021; waiting for IOM to confirm that" in shown
    assert after(office, workplan(office)).status is OccurrenceStatus.MET


def test_a_second_statement_is_told_who_was_first(office: Office) -> None:
    open_form(office, "Lucía Romero", workplan(office))
    stated(office)

    office.submit("Lucía Romero", DONE)

    told = modal_words(office, "Lucía Romero") + words_of(office.told("Lucía Romero"))
    assert "Amina Diallo (ILO) stated what became of" in told
    assert "so there is nothing more to do for your party now" in told
    with pytest.raises(AlreadyStated) as refused:
        office.act(
            "Helena Costa",
            settlements.record_not_known,
            occurrence_id=workplan(office).key,
            note="Nobody can tell.",
        )
    assert not refused.value.own


def test_a_second_answer_is_told_who_was_first(office: Office) -> None:
    stated(office)
    press(office, "Helena Costa", "confirm")

    assert "Helena Costa has answered this already" in press(office, "Nadia Petrova", "confirm")
    with pytest.raises(StatementAnswered):
        office.act("Omar Haddad", dispute_statement, statement_id=1, reason="No.")


def test_iv_5_2_what_a_routine_shows_to_be_done_leaves_nothing_to_confirm(office: Office) -> None:
    stated(office)
    with office.database.writing() as session, office.reading() as desk:
        fulfil(replace(desk, session=session), clause="IV.5-2", on=date(2021, 4, 1), evidence="ILO-IOM/1")

    assert after(office, workplan(office)).status is OccurrenceStatus.MET
    assert [row.status for row in statements(office)] == [StatementStatus.OVERTAKEN]
    assert "settled otherwise" in press(office, "Helena Costa", "confirm")


def test_a_reminder_says_what_was_stated(office: Office) -> None:
    with office.reading() as desk:
        row = desk.session.exec(
            select(Occurrence).where(
                Occurrence.duty == "annual-reports", Occurrence.due_on == date(2027, 10, 23)
            )
        ).one()
        key = row.key
    facts = {"met_on": date(2026, 11, 20), "evidence": "Letter"}
    office.act("Amina Diallo", settlements.record_met, occurrence_id=key, **facts)
    office.clock.move_to(datetime(2027, 10, 8, 10, tzinfo=ZURICH))
    office.tick()

    told = words_of([one for one in office.channel(LIAISON) if "annual reports" in one["text"].casefold()])
    assert "Amina Diallo (ILO) states that it was done on Friday 20 November 2026. IOM is asked" in told


@given(st.lists(st.sampled_from(sorted(MACHINE.moves)), max_size=5))
@settings(deadline=None)
def test_no_way_confirms_without_the_other_party(way: list[str]) -> None:
    status = StatementStatus.WAITING
    for name in way:
        move = MACHINE.moves[name]
        status = move.target if status in move.sources else status
    assert status is not StatementStatus.CONFIRMED or "confirm" in way
    assert StatementStatus.CONFIRMED not in MACHINE.reachable(without=frozenset({"confirm"}))


def test_a_form_for_what_was_answered_is_not_opened_and_an_unknown_number_is_no_date(office: Office) -> None:
    stated(office)
    press(office, "Helena Costa", "confirm")

    assert "Helena Costa has answered this already" in press(office, "Omar Haddad", "disagree")
    with pytest.raises(NoSuchOccurrence):
        office.act("Omar Haddad", confirm_statement, statement_id=99)
