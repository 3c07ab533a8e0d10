"""VI.1: delegated approvers, absences, and what is said when nobody can approve for a party."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.approvers import (
    AbsenceStatus,
    ApproverAbsence,
    EntryClosed,
    NotAnApprover,
    cancel_absence,
    delegate_approval,
    end_delegation,
    enter_absence,
)
from bot.agreement.delegated_roles import DelegationStatus, RoleDelegation
from bot.agreement.emblem_decisions import decide
from bot.agreement.emblem_instructions import enter_instructions
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.errors import AgreementError
from bot.agreement.files import Record
from bot.agreement.people import AgreementOver, Mandate, Person, Refusal
from bot.agreement.rights import Role
from bot.agreement.standing import AgreementEnd
from tests.clauses.owning import AWAY, LIAISON, away, delegate, key, refusals
from tests.handlers.pressing import home_words, modal_words, press_told
from tests.handlers.test_emblems import ask
from tests.office import ZURICH, Office, words_of

NOBODY = "No one can approve for ILO until Monday 7 December 2026"
TODAY = {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 27)}
NOT_THEIRS = ["Helena Costa", "Yuki Tanaka", "Mei Chen", "Pierre Favre", "Lucía Romero", "Ravi Menon"]
STRANGERS = ["Victor Lang", "Clara Novak"]


def delegations(office: Office) -> list[RoleDelegation]:
    with office.reading() as desk:
        return list(desk.session.exec(select(RoleDelegation).order_by(col(RoleDelegation.id))).all())


def absences(office: Office) -> list[ApproverAbsence]:
    with office.reading() as desk:
        return list(desk.session.exec(select(ApproverAbsence).order_by(col(ApproverAbsence.id))).all())


def ask_of_ilo(office: Office, **changes: Any) -> Any:
    return ask(office, "David Okafor", **changes)


def status(office: Office) -> EmblemStatus:
    with office.reading() as desk:
        return desk.session.exec(select(EmblemRequest)).one().status


def change_mandate(office: Office, name: str, **values: Any) -> None:
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == name)).one()
        mandate = session.get_one(Mandate, (person.key, Role.EMBLEM_APPROVER))
        for field, value in values.items():
            setattr(mandate, field, value)
        session.add(mandate)


def gap_letters(office: Office, name: str) -> int:
    return words_of(office.direct(name)).count("no one can decide for ILO")


@pytest.mark.parametrize("name", ["Jonas Weber", "Amina Diallo"])
def test_vi_1_an_approver_or_the_contact_point_names_a_colleague_who_then_decides(
    office: Office, name: str
) -> None:
    ask_of_ilo(office)

    assert delegate(office, name, "Jonas Weber", "Mei Chen", **TODAY).ok

    assert "Mei Chen may decide for Jonas Weber" in words_of(office.direct("Mei Chen"))
    assert "Request 2026/1" in words_of(office.direct("Mei Chen"))
    assert office.click("Mei Chen", "emblems.approve", where="direct") is not None
    office.deliver()
    assert status(office) is EmblemStatus.APPROVED
    card = words_of([m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"]])
    assert f"Decided by *Mei Chen (ILO)*, for Jonas Weber, by delegation of {name} on Monday" in card
    thread = words_of(office.channel(LIAISON))
    assert f"Mei Chen (ILO), for Jonas Weber, by delegation of {name}, has decided" in thread


def test_vi_1_the_record_says_for_whom_and_by_whose_delegation(office: Office) -> None:
    ask_of_ilo(office)
    delegate(office, "Amina Diallo", "Jonas Weber", "Mei Chen", **TODAY)

    office.click("Mei Chen", "emblems.approve")

    with office.reading() as desk:
        content = desk.session.exec(select(Record)).one().content
    text = " ".join("".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages).split())
    assert "Mei Chen, communications officer" in text
    assert (
        "For Jonas Weber, approver of ILO under clause VI.1, by delegation of Amina Diallo made on Monday 23 "
        "November 2026, for the days from Monday 23 November 2026 to Friday 27 November 2026"
    ) in text


def test_vi_1_a_delegation_that_ended_after_the_decision_is_still_named_on_the_card(office: Office) -> None:
    ask_of_ilo(office)
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **TODAY)
    office.click("Mei Chen", "emblems.approve")
    office.clock.move_to(office.clock.now() + timedelta(hours=1))

    office.act("Jonas Weber", end_delegation, delegation_id=1)

    assert "for Jonas Weber, by delegation of Jonas Weber" in office.command(
        "Mei Chen", "/emblem show 2026/1"
    )


@pytest.mark.parametrize("on", [date(2026, 11, 24), date(2026, 12, 7)], ids=["before", "after"])
def test_vi_1_a_delegate_decides_only_on_the_days_named(office: Office, on: date) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen")
    office.clock.move_to(datetime(on.year, on.month, on.day, 10, tzinfo=ZURICH))
    ask_of_ilo(office)

    told = office.click("Mei Chen", "emblems.approve")

    assert "emblem approver" in told
    assert status(office) is EmblemStatus.SUBMITTED


@pytest.mark.parametrize("on", [date(2026, 11, 25), date(2026, 12, 4)], ids=["first", "last"])
def test_vi_1_both_ends_of_a_delegation_are_included(office: Office, on: date) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen")
    office.clock.move_to(datetime(on.year, on.month, on.day, 23, 30, tzinfo=ZURICH))
    ask_of_ilo(office)

    office.act("Mei Chen", decide, request_id=1, status=EmblemStatus.APPROVED)

    assert status(office) is EmblemStatus.APPROVED


def test_vi_1_a_delegation_ends_with_the_capacity_it_rests_on(office: Office) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **TODAY)
    change_mandate(office, "Jonas Weber", valid_until=date(2026, 11, 22))
    ask_of_ilo(office)

    assert "emblem approver" in office.click("Mei Chen", "emblems.approve")
    assert status(office) is EmblemStatus.SUBMITTED


def test_vi_1_a_delegate_cannot_pass_it_on(office: Office) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **TODAY)

    with pytest.raises(AgreementError):
        office.act(
            "Mei Chen",
            delegate_approval,
            approver_id=key(office, "Mei Chen"),
            delegate_id=key(office, "Pierre Favre"),
            **TODAY,
        )

    assert len(delegations(office)) == 1


def test_vi_1_a_delegate_decides_for_the_own_party_only(office: Office) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **TODAY)
    ask(office)

    told = office.click("Mei Chen", "emblems.approve")

    assert "here ILO is the party that asks" in told
    assert status(office) is EmblemStatus.SUBMITTED


@pytest.mark.parametrize("name", [*NOT_THEIRS, *STRANGERS])
def test_vi_1_nobody_else_delegates_for_an_approver(office: Office, name: str) -> None:
    facts = {"approver_id": key(office, "Jonas Weber"), "delegate_id": key(office, "Mei Chen")}

    with pytest.raises(AgreementError):
        office.act(name, delegate_approval, **facts, **TODAY)

    assert delegations(office) == []


@pytest.mark.parametrize("name", ["Mei Chen", "Pierre Favre", "Clara Novak"])
def test_vi_1_the_form_is_refused_to_who_could_not_send_it(office: Office, name: str) -> None:
    told = office.command(name, "/emblem delegate")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert refusals(office)


def test_vi_1_one_approver_does_not_delegate_for_another(office: Office) -> None:
    facts = {"approver_id": key(office, "Nadia Petrova"), "delegate_id": key(office, "David Okafor")}

    with pytest.raises(Refusal):
        office.act("Yuki Tanaka", delegate_approval, **facts, **TODAY)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"first_day": date(2026, 11, 20)}, "first_day", "This day has passed"),
        ({"first_day": date(2026, 12, 5)}, "last_day", "comes before the first, Saturday 5 December 2026"),
    ],
    ids=["past", "crossed"],
)
def test_vi_1_days_that_will_not_do_are_named_and_nothing_is_lost(
    office: Office, changes: dict[str, Any], field: str, says: str
) -> None:
    result = delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **changes)

    assert says in result.errors[field]
    assert delegations(office) == []
    assert away(office, "Jonas Weber", **changes).errors[field] == result.errors[field]


@pytest.mark.parametrize(
    ("approver", "to"),
    [("Mei Chen", "Pierre Favre"), ("Jonas Weber", "Jonas Weber"), ("Jonas Weber", "David Okafor")],
    ids=["no approver", "themselves", "of the other party"],
)
def test_vi_1_only_an_approver_is_stood_in_for_and_only_by_a_colleague(
    office: Office, approver: str, to: str
) -> None:
    facts = {"approver_id": key(office, approver), "delegate_id": key(office, to)}

    with pytest.raises(AgreementError):
        office.act("Amina Diallo", delegate_approval, **facts, **TODAY)

    assert delegations(office) == []


def test_vi_1_an_approver_in_their_own_right_needs_no_delegation(office: Office) -> None:
    result_of = {"approver_id": key(office, "Yuki Tanaka"), "delegate_id": key(office, "Nadia Petrova")}

    with pytest.raises(AgreementError, match="Nadia Petrova"):
        office.act("Yuki Tanaka", delegate_approval, **result_of, **TODAY)


def test_vi_1_a_delegation_is_ended_by_a_button_and_ends_at_once(office: Office) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **TODAY)
    ask_of_ilo(office)
    shown = office.command("Amina Diallo", "/emblem absence")
    assert "*Mei Chen* may approve for Jonas Weber from Monday 23 November 2026" in shown

    assert "no longer decides" in press_told(office, "Amina Diallo", "approvers.end", "1")
    office.deliver()

    assert "no longer decides" in words_of(office.direct("Mei Chen"))
    assert "emblem approver" in office.click("Mei Chen", "emblems.approve")
    assert [row.status for row in delegations(office)] == [DelegationStatus.ENDED]


@pytest.mark.parametrize("name", [*NOT_THEIRS, *STRANGERS])
def test_vi_1_nobody_else_ends_a_delegation_or_takes_an_absence_back(office: Office, name: str) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Pierre Favre", **TODAY)
    away(office, "Jonas Weber")

    for verb, facts in ((end_delegation, {"delegation_id": 1}), (cancel_absence, {"absence_id": 1})):
        with pytest.raises(AgreementError):
            office.act(name, verb, **facts)

    assert delegations(office)[0].status is DelegationStatus.GIVEN
    assert absences(office)[0].status is AbsenceStatus.ENTERED


def test_vi_1_of_two_who_end_it_the_second_hears_who_was_first(office: Office) -> None:
    delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen", **TODAY)
    away(office, "Jonas Weber")
    office.act("Amina Diallo", end_delegation, delegation_id=1)
    office.act("Amina Diallo", cancel_absence, absence_id=1)

    for verb, facts in ((end_delegation, {"delegation_id": 1}), (cancel_absence, {"absence_id": 1})):
        with pytest.raises(EntryClosed) as refused:
            office.act("Jonas Weber", verb, **facts)
        assert refused.value.by == "Amina Diallo"


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
