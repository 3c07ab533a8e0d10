"""VI.1: approvers who are away, and what is said, and when, where nobody can approve for a party."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from bot.agreement.approval_cover import close_gap, tell_of_gap
from bot.agreement.approver_errors import DayMissing, NotAnApprover
from bot.agreement.approvers import (
    AbsenceStatus,
    ApproverAbsence,
    cancel_absence,
    delegate_approval,
    enter_absence,
)
from bot.agreement.emblem_instructions import enter_instructions
from bot.agreement.errors import AgreementError
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import AgreementOver, Mandate, Person
from bot.agreement.rights import Role
from bot.agreement.standing import AgreementEnd
from tests.clauses.owning import AWAY, away, delegate, key
from tests.handlers.pressing import home_words, modal_words, press_told
from tests.handlers.test_emblems import ask
from tests.office import ZURICH, Office, words_of

NOBODY = "No one can approve for ILO until Monday 7 December 2026"
TODAY = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
NOT_THEIRS = ["Helena Costa", "Yuki Tanaka", "Mei Chen", "Pierre Favre", "Lucía Romero", "Ravi Menon"]
STRANGERS = ["Victor Lang", "Clara Novak"]


def absences(office: Office) -> list[ApproverAbsence]:
    with office.reading() as desk:
        return list(desk.session.exec(select(ApproverAbsence).order_by(col(ApproverAbsence.id))).all())


def ask_of_ilo(office: Office, **changes: Any) -> Any:
    return ask(office, "David Okafor", **changes)


def change_mandate(office: Office, name: str, **values: Any) -> None:
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == name)).one()
        mandate = session.get_one(Mandate, (person.key, Role.EMBLEM_APPROVER))
        for field, value in values.items():
            setattr(mandate, field, value)
        session.add(mandate)


def gap_letters(office: Office, name: str) -> int:
    return words_of(office.direct(name)).count("no one can decide for ILO")


def test_vi_1_an_approver_enters_days_away_and_hears_at_once_that_nobody_is_left(office: Office) -> None:
    assert away(office, "Jonas Weber").ok

    said = modal_words(office, "Jonas Weber")
    assert "From Wednesday 25 November 2026 no one can approve for ILO until Monday 7 December 2026" in said
    assert (absences(office)[0].first_day, absences(office)[0].last_day) == tuple(AWAY.values())


def test_vi_1_where_a_colleague_is_left_that_is_said_instead(office: Office) -> None:
    away(office, "Yuki Tanaka")

    assert "Somebody else can approve for IOM" in modal_words(office, "Yuki Tanaka")


def test_vi_1_the_contact_point_enters_it_for_an_approver_who_is_told(office: Office) -> None:
    away(office, "Amina Diallo", "Jonas Weber")
    assert "Amina Diallo has entered that you are away" in words_of(office.direct("Jonas Weber"))

    office.act("Amina Diallo", cancel_absence, absence_id=1)

    assert "taken your days away" in words_of(office.direct("Jonas Weber"))


@pytest.mark.parametrize("name", [*NOT_THEIRS, *STRANGERS])
def test_vi_1_nobody_else_enters_days_away(office: Office, name: str) -> None:
    with pytest.raises(AgreementError):
        office.act(name, enter_absence, person_id=key(office, "Jonas Weber"), **AWAY)

    assert absences(office) == []


def test_vi_1_nobody_is_entered_who_does_not_approve(office: Office) -> None:
    with pytest.raises(NotAnApprover):
        office.act("Amina Diallo", enter_absence, person_id=key(office, "Mei Chen"), **AWAY)


def test_vi_1_a_delegate_may_be_away_too(office: Office) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen")
    away(office, "Jonas Weber")
    assert "Somebody else can approve for ILO" in modal_words(office, "Jonas Weber")

    away(office, "Amina Diallo", "Mei Chen")

    assert "no one can approve for ILO until Monday 7 December 2026" in modal_words(office, "Amina Diallo")


def test_vi_1_the_other_party_does_not_see_who_is_away(office: Office) -> None:
    away(office, "Jonas Weber")

    assert "Jonas Weber" in office.command("Mei Chen", "/emblem absence")
    assert "Jonas Weber" not in office.command("Yuki Tanaka", "/emblem absence")


def test_vi_1_that_nobody_can_approve_is_said_before_asking_and_in_the_list(office: Office) -> None:
    away(office, "Jonas Weber", first_day=date(2026, 11, 23))

    office.command("David Okafor", "/emblem request")

    assert NOBODY in modal_words(office, "David Okafor")
    assert NOBODY in office.command("Mei Chen", "/emblem list")
    office.command("Mei Chen", "/emblem request")
    assert "No one can approve" not in modal_words(office, "Mei Chen")


def test_vi_1_somebody_who_stands_in_is_somebody(office: Office) -> None:
    away(office, "Jonas Weber", first_day=date(2026, 11, 23))
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", first_day=date(2026, 11, 23))

    office.command("David Okafor", "/emblem request")

    assert "No one can approve" not in modal_words(office, "David Okafor")


def test_vi_1_a_weekend_is_no_cover(office: Office) -> None:
    """Away until Friday, and again from Monday: that nobody is away on the weekend helps nobody."""
    away(office, "Jonas Weber", first_day=date(2026, 11, 23), last_day=date(2026, 11, 27))
    away(office, "Jonas Weber", first_day=date(2026, 11, 30), last_day=date(2026, 12, 4))

    office.command("David Okafor", "/emblem request")

    assert NOBODY in modal_words(office, "David Okafor")


def test_vi_1_a_party_without_any_approver_says_that_no_day_is_in_sight(office: Office) -> None:
    change_mandate(office, "Jonas Weber", valid_until=date(2026, 11, 22))

    office.command("David Okafor", "/emblem request")

    assert "No one can approve for ILO at present" in modal_words(office, "David Okafor")


def test_vi_1_the_contact_point_is_told_once_within_the_working_rule(office: Office) -> None:
    ask_of_ilo(office)
    away(office, "Jonas Weber", first_day=date(2026, 12, 7), last_day=date(2026, 12, 18))
    office.pass_to(date(2026, 11, 27))
    assert gap_letters(office, "Amina Diallo") == 0

    office.pass_to(date(2026, 11, 30))
    office.tick()

    said = words_of(office.direct("Amina Diallo"))
    assert "From *Monday 7 December 2026* until *Monday 21 December 2026* no one can decide for ILO" in said
    assert "One request waits for ILO's decision." in said
    office.pass_to(date(2026, 12, 9))
    assert gap_letters(office, "Amina Diallo") == 1
    assert gap_letters(office, "Helena Costa") == 0
    assert gap_letters(office, "Pierre Favre") == 0


def test_vi_1_the_letter_leads_to_the_form_in_which_somebody_is_named(office: Office) -> None:
    away(office, "Jonas Weber")
    office.tick()

    office.click("Amina Diallo", "approvers.delegate", where="direct")

    assert "Who stands in" in modal_words(office, "Amina Diallo")


def test_vi_1_after_days_switched_off_it_is_said_late_once_and_not_for_what_is_over(office: Office) -> None:
    away(office, "Jonas Weber", first_day=date(2026, 12, 7), last_day=date(2026, 12, 18))
    office.clock.move_to(datetime(2026, 12, 14, 10, tzinfo=ZURICH))

    office.tick()
    office.tick()

    assert gap_letters(office, "Amina Diallo") == 1
    assert "From *Monday 14 December 2026* until" in words_of(office.direct("Amina Diallo"))


def test_vi_1_a_gap_that_was_filled_and_a_later_one_are_two(office: Office) -> None:
    away(office, "Jonas Weber")
    office.tick()
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen")
    office.tick()
    assert gap_letters(office, "Amina Diallo") == 1

    away(office, "Jonas Weber", first_day=date(2027, 2, 1), last_day=date(2027, 2, 5))
    office.pass_to(date(2027, 1, 27))

    assert gap_letters(office, "Amina Diallo") == 2


def test_vi_1_without_a_contact_point_the_alternate_is_told(office: Office) -> None:
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == "Amina Diallo")).one()
        session.get_one(Mandate, (person.key, Role.CONTACT_POINT)).valid_until = date(2026, 11, 22)
    away(office, "Jonas Weber")

    office.tick()

    assert gap_letters(office, "Pierre Favre") == 1


def test_vi_1_the_contact_points_home_says_that_nobody_can_approve_and_leads_to_the_form(
    office: Office,
) -> None:
    away(office, "Jonas Weber")

    shown = home_words(office.home("Amina Diallo"))

    assert "no one can approve for ILO from Wednesday 25 November 2026 until Monday 7 December 2026" in shown
    office.click("Amina Diallo", "approvers.delegate", "new", where="home")
    assert "Who stands in" in modal_words(office, "Amina Diallo")
    for name in ("Helena Costa", "Jonas Weber", "Pierre Favre"):
        assert "no one can approve for ILO" not in home_words(office.home(name))


def test_vi_1_once_the_agreement_has_ended_nobody_is_named_and_nothing_is_said(office: Office) -> None:
    with office.database.writing() as session:
        ended = {"ends_on": date(2026, 11, 22), "notice_id": 1, "recorded_at": office.clock.now()}
        session.add(AgreementEnd(agreement="ilo-iom-2020", **ended))
    facts = {"approver_id": key(office, "Jonas Weber"), "delegate_id": key(office, "Mei Chen")}

    with pytest.raises(AgreementOver):
        office.act("Jonas Weber", delegate_approval, **facts, **TODAY)
    with pytest.raises(AgreementOver):
        office.act("Jonas Weber", enter_absence, person_id=key(office, "Jonas Weber"), **TODAY)
    change_mandate(office, "Jonas Weber", valid_until=date(2026, 11, 22))
    office.tick()

    assert gap_letters(office, "Amina Diallo") == 0
    assert office.act("Mei Chen", enter_instructions, seen=0, text="Stop.", valid_from=office.today)


def test_vi_1_a_gap_that_is_told_or_closed_already_is_not_told_or_closed_again(office: Office) -> None:
    away(office, "Jonas Weber")
    with pytest.raises(NothingToSay):
        office.act(None, close_gap, party="ilo")
    office.act(None, tell_of_gap, party="ilo", waiting=0)

    for verb, facts in ((tell_of_gap, {"waiting": 0}), (close_gap, {})):
        with pytest.raises(NothingToSay):
            office.act(None, verb, party="ilo", **facts)


def test_vi_1_the_same_days_entered_again_are_not_told_again(office: Office) -> None:
    away(office, "Jonas Weber")
    office.tick()
    office.act("Jonas Weber", cancel_absence, absence_id=1)
    office.tick()
    away(office, "Jonas Weber")

    office.tick()

    assert gap_letters(office, "Amina Diallo") == 1


@pytest.mark.parametrize("words", ["/emblem delegate", "/emblem absence"])
def test_vi_1_where_there_is_no_approver_the_contact_point_hears_that_there_is_none(
    office: Office, words: str
) -> None:
    change_mandate(office, "Jonas Weber", valid_until=date(2026, 11, 22))

    told = office.command("Amina Diallo", words)
    if words == "/emblem absence":
        assert "nobody." in told
        told = press_told(office, "Amina Diallo", "approvers.absence")

    assert "There is nobody of ILO on the roster" in told


def test_vi_1_days_away_are_taken_back_by_a_button(office: Office) -> None:
    away(office, "Jonas Weber")
    office.command("Jonas Weber", "/emblem absence")

    assert "taken off the record" in press_told(office, "Jonas Weber", "approvers.cancel", "1")

    assert [row.status for row in absences(office)] == [AbsenceStatus.CANCELLED]
    with pytest.raises(AgreementError):
        office.act("Jonas Weber", cancel_absence, absence_id=99)


@pytest.mark.parametrize("missing", ["first_day", "last_day"])
def test_vi_1_both_days_are_needed(office: Office, missing: str) -> None:
    with pytest.raises(DayMissing):
        office.act(
            "Jonas Weber", enter_absence, person_id=key(office, "Jonas Weber"), **{**TODAY, missing: None}
        )
