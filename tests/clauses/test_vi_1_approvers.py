"""VI.1: a colleague decides for an approver, on the days named, and the record says for whom."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.approver_errors import EntryClosed
from bot.agreement.approvers import (
    AbsenceStatus,
    ApproverAbsence,
    cancel_absence,
    delegate_approval,
    end_delegation,
)
from bot.agreement.delegated_roles import DelegationStatus, RoleDelegation
from bot.agreement.emblem_decisions import decide
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.errors import AgreementError
from bot.agreement.files import Record
from bot.agreement.people import Mandate, Person, Refusal
from bot.agreement.rights import Role
from tests.clauses.owning import LIAISON, away, delegate, key, refusals
from tests.handlers.pressing import press_told
from tests.handlers.test_emblems import ask
from tests.office import ZURICH, Office, words_of

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
