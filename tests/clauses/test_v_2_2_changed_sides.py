"""V.2-2: whoever goes over to the other party is somebody new there, and answers nothing of before."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.agreement import approvers, designations, emblem_decisions, emblem_endings, notice_receipts
from bot.agreement.amendments import AmendmentStatus
from bot.agreement.delegated_roles import DelegationStatus, RoleDelegation
from bot.agreement.designations import Designation, NewDesignation
from bot.agreement.emblems import EmblemStatus
from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.meeting_minutes import MinutesStatus
from bot.agreement.people import DealtWithForOther, Mandate, Person, holders
from bot.agreement.rights import Role
from bot.agreement.rosters import COLUMNS, RosterImported, import_roster
from bot.agreement.rows import ImportRefused, NothingNew
from bot.csv_files import rows_of
from bot.journal import Entry, Outcome
from tests.clauses import amending, preparing
from tests.clauses.test_iv_6_1_projects import add
from tests.handlers import meeting_days, noticing, permitting
from tests.handlers.pressing import modal_words
from tests.handlers.test_emblems import ask
from tests.handlers.test_settlement_statements import press as press_statement
from tests.handlers.test_settlement_statements import stated
from tests.handlers.test_settlements import after, workplan
from tests.office import Office, words_of

EVERYTHING = ";".join(role for role in Role if role is not Role.ADMINISTRATOR)
SENTENCE = "You dealt with this case for ILO before you came to IOM, so you take no part in it for IOM"
LIAISON = "ilo-iom-liaison"


def moves(
    office: Office, name: str, party: str = "iom", *, first: str = "", called: str = ""
) -> RosterImported:
    """The roster of the new party says so, for every capacity there is."""
    who = office.who(name)
    row = f"{party},{called or name},{who.team_id},{who.user_id},Headquarters,{EVERYTHING},en,{first},,"
    rows = rows_of(",".join(COLUMNS) + "\n" + row + "\n", COLUMNS)
    event = office.act(None, import_roster, rows=rows, operator="tester")
    assert isinstance(event, RosterImported)
    return event


def rows_named(office: Office, name: str) -> list[Person]:
    with office.reading() as desk:
        found = desk.session.exec(select(Person).where(Person.name == name).order_by(col(Person.id))).all()
        desk.session.expunge_all()
    return list(found)


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)
        return list(desk.session.exec(query).all())


def decide(office: Office, name: str) -> Any:
    status = EmblemStatus.APPROVED
    return office.act(name, emblem_decisions.decide, request_id=1, status=status)


def test_v_2_2_a_person_who_changes_sides_is_a_new_row_and_the_old_one_ends(office: Office) -> None:
    before = office.person("Amina Diallo")

    event = moves(office, "Amina Diallo")

    old, new = rows_named(office, "Amina Diallo")
    yesterday = office.today - timedelta(days=1)
    assert (old.key, old.party, old.valid_until) == (before.key, "ilo", yesterday)
    assert (new.party, new.valid_until, new.moved_from) == ("iom", None, old.key)
    assert office.person("Amina Diallo").key == new.key
    assert (event.moved, event.left) == ((("Amina Diallo", "ilo", "iom"),), (old.key,))
    assert event.changed == ()
    with office.reading() as desk:
        mine = select(Mandate).where(Mandate.person_id == old.key)
        assert {row.valid_until for row in desk.session.exec(mine).all()} == {yesterday}
        serving = holders(desk.session, "ilo", frozenset({Role.CONTACT_POINT}), office.today)
        assert serving == []


def test_v_2_2_the_party_left_without_a_contact_point_is_vacant_and_gets_what_was_open(
    office: Office,
) -> None:
    ask(office)

    moves(office, "Amina Diallo")
    office.tick()

    told = words_of(office.direct("Pierre Favre"))
    assert "Handover from Amina Diallo" in told
    assert "is of the other party from today" in told
    assert "no contact point" in told
    assert "Handover from Amina Diallo" not in words_of(office.direct("Helena Costa"))


def test_v_2_2_the_same_file_again_changes_nothing(office: Office) -> None:
    moves(office, "Amina Diallo")

    with pytest.raises(NothingNew):
        moves(office, "Amina Diallo")
    assert len(rows_named(office, "Amina Diallo")) == 2


def test_v_2_2_who_comes_back_is_a_third_row_and_is_bound_by_both(office: Office) -> None:
    moves(office, "Amina Diallo")
    ask(office)
    decide(office, "Amina Diallo")

    moves(office, "Amina Diallo", "ilo")

    rows = rows_named(office, "Amina Diallo")
    assert [row.party for row in rows] == ["ilo", "iom", "ilo"]
    assert rows[2].moved_from == rows[1].key
    with pytest.raises(DealtWithForOther) as refused:
        office.act("Amina Diallo", emblem_endings.change_material, request_id=1, text="Other words")
    assert (refused.value.before, refused.value.party) == ("IOM", "ILO")


def test_v_2_2_nobody_goes_over_on_a_day_that_has_not_come(office: Office) -> None:
    with pytest.raises(ImportRefused) as refused:
        moves(office, "Amina Diallo", first="2026-12-01")

    (problem,) = refused.value.problems
    assert (problem.column, problem.reason, problem.other) == ("valid_from", "moves_later", "ILO")
    assert len(rows_named(office, "Amina Diallo")) == 1


def test_vi_1_whoever_asked_for_one_side_decides_nothing_for_the_other(office: Office) -> None:
    ask(office)
    moves(office, "Mei Chen")

    told = office.click("Mei Chen", "emblems.approve")

    assert SENTENCE in told
    assert permitting.row(office).status is EmblemStatus.SUBMITTED
    assert refusals(office)[-1] == "dealt_with_for_other"
    decide(office, "Yuki Tanaka")
    assert permitting.row(office).status is EmblemStatus.APPROVED


def test_vi_1_old_cards_go_on_naming_the_party_of_that_day(office: Office) -> None:
    ask(office)
    before = words_of(office.channel(LIAISON))

    moves(office, "Mei Chen")
    decide(office, "Yuki Tanaka")
    office.deliver()

    card = words_of(office.channel(LIAISON))
    assert "Mei Chen (ILO)" in before
    assert "Mei Chen (ILO)" in card
    assert "Mei Chen (IOM)" not in card


def test_v_2_2_delegations_and_designations_end_with_the_row(office: Office) -> None:
    days = {"first_day": office.today, "last_day": office.today + timedelta(days=9)}
    people = {"approver_id": office.person("Jonas Weber").key, "delegate_id": office.person("Mei Chen").key}
    office.act("Jonas Weber", approvers.delegate_approval, **people, **days)
    new = NewDesignation(people["delegate_id"], "", "", Role.ALTERNATE, "", office.today, None, "For Pierre.")
    office.act("Amina Diallo", designations.designate, new=new)

    moves(office, "Mei Chen")

    with office.reading() as desk:
        delegation = desk.session.exec(select(RoleDelegation)).one()
        designation = desk.session.exec(select(Designation)).one()
        assert (delegation.status, delegation.ended_by) == (DelegationStatus.ENDED, None)
        assert delegation.ended_at is not None
        assert (designation.valid_until, designation.ended_by) == (office.today - timedelta(days=1), None)
        assert designation.ended_at is not None


def test_vii_1_2_whoever_drafted_a_notice_does_not_acknowledge_it(office: Office) -> None:
    noticing.sent(office)
    moves(office, "Lucía Romero")

    with pytest.raises(DealtWithForOther):
        office.act(
            "Lucía Romero",
            notice_receipts.acknowledge,
            termination_id=1,
            received_on=office.today,
            received_time=time(11, 30),
            how="By courier",
        )
    assert noticing.row(office).acknowledged_at is None


def test_vii_1_2_the_room_of_a_notice_is_not_shown_to_whoever_left(office: Office) -> None:
    noticing.draft(office)
    before = words_of(office.direct("Lucía Romero"))
    moves(office, "Lucía Romero")

    noticing.agree(office, "Amina Diallo")

    assert words_of(office.direct("Lucía Romero")) == before


def test_vii_3_whoever_proposed_an_amendment_does_not_agree_to_it(office: Office) -> None:
    amending.proposed(office)
    moves(office, "Lucía Romero")

    office.click("Lucía Romero", "amendments.agree")
    office.submit("Lucía Romero", {})

    assert SENTENCE in modal_words(office, "Lucía Romero")
    assert amending.row(office).status is AmendmentStatus.PROPOSED


def test_iv_5_2_whoever_stated_a_date_does_not_confirm_it(office: Office) -> None:
    stated(office)
    moves(office, "Amina Diallo")

    told = press_statement(office, "Amina Diallo", "confirm")

    assert SENTENCE in told
    assert after(office, workplan(office)).status is not OccurrenceStatus.MET


def test_ix_1_a_whoever_answered_a_gate_does_not_confirm_it(office: Office) -> None:
    add(office)
    preparing.propose(office)
    moves(office, "Lucía Romero")

    result = preparing.confirm(office, "Lucía Romero", "agreement")

    assert preparing.statuses(office)["agreement"] == "proposed", result
    assert refusals(office)[-1] == "dealt_with_for_other"


def test_v_3_1_whoever_wrote_minutes_does_not_confirm_them(office: Office) -> None:
    meeting_days.after_the_day(office)
    meeting_days.write(office)
    moves(office, "Amina Diallo")

    told = office.click("Amina Diallo", "meetings.confirm")

    assert SENTENCE in told
    assert meeting_days.minutes(office).status is MinutesStatus.PROPOSED


def test_v_2_2_what_was_for_whoever_left_goes_to_the_office_of_the_party_they_left(office: Office) -> None:
    add(office)
    preparing.propose(office)
    moves(office, "Lucía Romero")
    before = words_of(office.direct("Lucía Romero"))

    preparing.press(office, "Nadia Petrova", "agreement", "project_gates.send_back")
    preparing.fill(office, "Nadia Petrova", {"note": "Money does pass, in Garissa."})

    assert "Money does pass, in Garissa." in words_of(office.direct("Amina Diallo"))
    assert words_of(office.direct("Lucía Romero")) == before


def test_v_2_2_another_name_on_the_roster_makes_nobody_another_person(office: Office) -> None:
    stated(office)
    moves(office, "Amina Diallo", "ilo", called="A. Diallo")
    event = moves(office, "Amina Diallo", "iom", called="Amina D. Keita")
    assert event.renamed == (("A. Diallo", "Amina D. Keita"),)

    told = press_statement(office, "Amina Diallo", "confirm")

    assert SENTENCE in told
    assert [
        row.party for row in (*rows_named(office, "A. Diallo"), *rows_named(office, "Amina D. Keita"))
    ] == [
        "ilo",
        "iom",
    ]
