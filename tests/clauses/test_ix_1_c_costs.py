"""IX.1(c) through the door: each party bears its own costs; an exception is written, entered and confirmed."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from bot.agreement.costs import (
    DEEDS,
    MACHINE,
    CostBlank,
    CostKind,
    CostMovedOn,
    CostStatus,
    confirm,
    confirm_end,
    drop_end,
    enter,
    enter_end,
    withdraw,
)
from bot.agreement.files import Attachment
from bot.agreement.people import AgreementOver, Refusal
from bot.agreement.rights import RIGHTS, Act, Side
from bot.agreement.standing import AgreementEnd
from tests.handlers import costing as c
from tests.handlers.pressing import buttons, home_words
from tests.handlers.test_instruments import refusals
from tests.knocking import pressed, put, sent, user
from tests.office import Office, everything, words_of

LIAISON = "ilo-iom-liaison"


def test_ix_1_c_each_party_bears_its_own_costs_where_nothing_else_is_on_record(office: Office) -> None:
    said = office.command("Anan Srisai", "/agreement costs")

    assert "ILO and IOM each bear their own costs" in said
    assert "No exception is on record." in said


def test_ix_1_c_an_exception_counts_once_the_other_party_confirmed_it(office: Office) -> None:
    assert c.enter(office).ok
    said = words_of(office.channel(LIAISON))
    assert "*Who pays:* IOM" in said
    assert "*Written basis:* Letter of 2 November 2026" in said
    assert "*It does not count yet:* each party bears its own costs" in said
    assert "Exception on costs 2026/1" in words_of(office.direct("Nadia Petrova"))
    assert not c.rows(office)[0].counts_on(office.today)

    assert c.press(office, "Helena Costa", "confirm").ok

    assert c.status(office) is CostStatus.CONFIRMED
    assert c.rows(office)[0].counts_on(office.today)
    said = words_of(office.channel(LIAISON))
    assert "Helena Costa (IOM): *confirmed*" in said
    assert "Both parties stand by it." in said
    listed = office.command("Mei Chen", "/agreement costs")
    assert "*Confirmed by both parties*" in listed
    assert "2026/1* · other costs (IX.1(c)) · “Joint training in Mombasa” · paid by IOM, One half" in listed


def test_ix_1_c_without_a_written_basis_each_bears_its_own_and_what_was_typed_stays(office: Office) -> None:
    result = c.enter(office, reference="  ")

    assert (
        "Without a written basis each party bears its own costs (clause IX.1(c))"
        in result.errors["reference"]
    )
    assert c.rows(office) == []
    assert office.slack.modal(office.id("Lucía Romero")) is not None


def test_ix_1_c_a_file_is_a_written_basis_kept_with_its_hash(office: Office) -> None:
    office.act(
        "Lucía Romero",
        enter,
        kind=CostKind.OTHER,
        purpose="Hall",
        payer="both",
        share="half each",
        reference="",
        file=Attachment("agreed.pdf", b"signed"),
    )

    said = office.command("Mei Chen", "/agreement costs 2026/1")
    assert f"*Written basis:* agreed.pdf (SHA-256 {sha256(b'signed').hexdigest()})" in said
    assert not any(message.get("files") for message in office.channel(LIAISON))


@pytest.mark.parametrize("field", ["purpose", "payer", "share"])
def test_ix_1_c_who_pays_what_for_what_is_all_needed(office: Office, field: str) -> None:
    result = c.enter(office, **{field: " "})

    assert list(result.errors) == [field]
    assert c.rows(office) == []


def test_ix_1_c_a_last_day_that_has_passed_is_refused_and_one_to_come_ends_it_by_itself(
    office: Office,
) -> None:
    assert "today is Monday 23 November 2026" in c.enter(office, until="2026-11-20").errors["until"]
    c.confirmed(office, until="2026-11-25")
    assert c.rows(office)[0].counts_on(date(2026, 11, 25))

    office.pass_to(date(2026, 11, 26))

    assert not c.rows(office)[0].counts_on(office.today)
    assert "Its last day has passed" in office.command("Mei Chen", "/agreement costs 2026/1")
    assert "until Wednesday 25 November 2026, which has passed" in office.command(
        "Mei Chen", "/agreement costs"
    )


def test_ix_1_c_it_ends_by_a_written_basis_that_the_other_party_confirms(office: Office) -> None:
    c.ending(office)
    assert c.status(office) is CostStatus.END_ENTERED
    assert c.rows(office)[0].counts_on(office.today)
    assert "please confirm its end" in words_of(office.direct("Amina Diallo"))

    assert c.press(office, "Amina Diallo", "confirm_end").ok

    assert c.status(office) is CostStatus.ENDED
    assert "Each party bears its own costs again" in words_of(office.channel(LIAISON))
    assert c.deeds(office) == ["entered", "confirmed", "end_entered", "ended"]


def test_ix_1_c_an_end_that_was_entered_anew_is_not_confirmed_by_a_form_that_shows_the_earlier_one(
    office: Office,
) -> None:
    c.ending(office)
    assert office.click("Amina Diallo", "costs.confirm_end", where=LIAISON) == ""
    office.click("Omar Haddad", "costs.drop_end", where=LIAISON)
    office.deliver()
    assert c.press(office, "Omar Haddad", "end", {**c.END, "basis": "A letter of another day"}).ok

    office.submit("Amina Diallo", {})

    assert "“entered as ended”, by Omar Haddad (IOM)" in str(office.modal("Amina Diallo"))
    assert c.status(office) is CostStatus.END_ENTERED
    assert c.press(office, "Amina Diallo", "confirm_end").ok
    assert c.status(office) is CostStatus.ENDED


def test_ix_1_c_an_end_that_is_wrong_is_taken_off_the_record(office: Office) -> None:
    c.ending(office)

    office.click("Lucía Romero", "costs.drop_end")
    office.deliver()

    assert c.status(office) is CostStatus.CONFIRMED
    assert c.rows(office)[0].ending_on is None
    assert "It still counts." in words_of(office.channel(LIAISON))


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"basis": " "}, "basis"), ({"ending_on": "2026-11-24"}, "ending_on")],
)
def test_ix_1_c_an_end_has_a_day_that_has_come_and_a_written_basis(
    office: Office, typed: dict[str, Any], field: str
) -> None:
    c.confirmed(office)

    result = c.press(office, "Helena Costa", "end", {**c.END, **typed})

    assert list(result.errors) == [field]
    assert c.status(office) is CostStatus.CONFIRMED


def test_ix_1_c_what_is_not_confirmed_or_taken_back_does_not_count(office: Office) -> None:
    c.enter(office)
    assert c.press(office, "Nadia Petrova", "decline", {"reason": "Not agreed."}).ok
    assert "Not agreed." in words_of(office.channel(LIAISON))
    c.enter(office, purpose="Second")
    office.click("Amina Diallo", "costs.withdraw")
    office.deliver()

    assert [row.status for row in c.rows(office)] == [CostStatus.NOT_CONFIRMED, CostStatus.WITHDRAWN]
    assert not any(row.counts_on(office.today) for row in c.rows(office))


def test_ix_1_c_of_two_at_once_the_second_is_told_who_was_first(office: Office) -> None:
    c.enter(office)
    office.click("Helena Costa", "costs.confirm")
    office.click("Nadia Petrova", "costs.decline")
    assert office.submit("Nadia Petrova", {"reason": "No."}).ok

    office.submit("Helena Costa", {})

    assert "by Nadia Petrova (IOM)" in str(office.modal("Helena Costa"))
    assert c.status(office) is CostStatus.NOT_CONFIRMED
    with pytest.raises(CostMovedOn):
        office.act("Amina Diallo", withdraw, cost_id=1)
    pressed(office, "iom", user(office, "Helena Costa"), "costs.confirm", "1")
    assert "by Nadia Petrova (IOM)" in words_of(office.told("Helena Costa"))


NOT_CONFIRMING = [
    ("Lucía Romero", "wrong_side"),
    ("Amina Diallo", "wrong_side"),
    ("David Okafor", "not_mandated"),
    ("Linh Tran", "not_mandated"),
    ("Yuki Tanaka", "not_mandated"),
    ("Ines Martin", "not_mandated"),
    ("Clara Novak", "not_on_roster"),
    ("Victor Lang", "from_third_organisation"),
]


@pytest.mark.parametrize(("name", "why"), NOT_CONFIRMING)
def test_ix_1_c_nobody_else_confirms_it(office: Office, name: str, why: str) -> None:
    c.enter(office)
    for party in ("ilo", "iom"):
        for action in ("confirm", "decline"):
            pressed(office, party, user(office, name), f"costs.{action}", "1")
            sent(
                office,
                party,
                user(office, name),
                f"costs.{action}",
                "1",
                {"reason": "x"},
                f"V{action}{party}",
            )

    assert [each.subject for each in refusals(office)] == [why] * 8
    assert c.status(office) is CostStatus.ENTERED


@pytest.mark.parametrize("name", ["Helena Costa", "David Okafor", "Clara Novak", "Victor Lang"])
def test_ix_1_c_the_end_is_confirmed_by_the_party_that_did_not_enter_it(office: Office, name: str) -> None:
    c.ending(office)

    with pytest.raises(Refusal):
        office.act(name, confirm_end, cost_id=1, seen=3)
    assert c.status(office) is CostStatus.END_ENTERED


@pytest.mark.parametrize(
    "name", ["Mei Chen", "Jonas Weber", "Samuel Otieno", "Ravi Menon", "Clara Novak", "Victor Lang"]
)
def test_ix_1_c_nobody_without_a_mandate_enters_ends_or_drops(office: Office, name: str) -> None:
    c.ending(office)
    values = {**c.ENTRY, "kind": {"type": "radio_buttons", "selected_option": {"value": "other"}}}
    values["until"] = {"type": "datepicker", "selected_date": None}
    for action, value in (("enter", "new"), ("end", "1"), ("drop_end", "1"), ("withdraw", "1")):
        pressed(office, "ilo", user(office, name), f"costs.{action}", value)
    sent(office, "ilo", user(office, name), "costs.enter", "", values)

    assert len(refusals(office)) == 5
    assert len(c.rows(office)) == 1
    assert c.status(office) is CostStatus.END_ENTERED


def test_ix_1_c_what_waits_is_in_the_home_of_whoever_confirms(office: Office) -> None:
    c.enter(office)
    assert "Exception on costs 2026/1* (clause IX.1(c)): ILO entered" in home_words(
        office.home("Omar Haddad")
    )
    assert "Exception on costs" not in home_words(office.home("Amina Diallo"))
    office.click("Omar Haddad", "costs.confirm", where="home")
    office.submit("Omar Haddad", {})
    office.deliver()
    c.press(office, "Omar Haddad", "end", c.END)

    assert "IOM entered that it ended" in home_words(office.home("Pierre Favre"))
    assert "entered that it ended" not in home_words(office.home("Mei Chen"))


def test_ix_1_c_what_people_type_is_inert_and_cut(office: Office) -> None:
    text = "<!channel> & *bold* " + "&" * 120
    assert c.enter(office, purpose=text, payer=text, share=text, reference=text).ok
    assert c.press(office, "Helena Costa", "decline", {"reason": "<!everyone>" * 50}).ok

    for message in (*office.channel(LIAISON), *office.direct("Helena Costa")):
        # The second is the headline, which Slack takes as plain text.
        texts = everything(message)
        assert not any("<!" in each for each in [texts[0], *texts[2:]])
    assert "<!" not in office.command("Mei Chen", "/agreement costs")


@pytest.mark.parametrize("number", ["2026/9", "x", "<!channel>"])
def test_ix_1_c_an_unknown_number_is_explained(office: Office, number: str) -> None:
    said = office.command("Mei Chen", f"/agreement costs {number}")

    assert "`/agreement costs` shows the register" in said
    assert "<!" not in said
    pressed(office, "ilo", user(office, "Lucía Romero"), "costs.confirm", "77")
    assert "no such exception" in words_of(office.told("Lucía Romero"))


def test_ix_1_c_the_buttons_are_those_of_where_it_stands(office: Office) -> None:
    c.enter(office)
    found = [action for action, _ in buttons(office.channel(LIAISON)[0]["blocks"])]
    assert found == ["costs.confirm", "costs.decline", "costs.withdraw"]
    c.press(office, "Helena Costa", "confirm")
    assert [action for action, _ in buttons(office.channel(LIAISON)[0]["blocks"])] == ["costs.end"]


def test_ix_1_c_once_the_agreement_ended_only_what_was_entered_before_is_confirmed(office: Office) -> None:
    c.enter(office)
    end = {"ends_on": date(2026, 11, 22), "notice_id": 1, "recorded_at": office.clock.now()}
    put(office, AgreementEnd(agreement="ilo-iom-2020", **end))

    office.act("Helena Costa", confirm, cost_id=1)

    assert c.status(office) is CostStatus.CONFIRMED
    with pytest.raises(AgreementOver):
        office.act("Amina Diallo", drop_end, cost_id=1)


def test_ix_1_c_no_way_leads_to_what_counts_without_the_other_partys_word() -> None:
    assert CostStatus.CONFIRMED not in MACHINE.reachable(without=frozenset({"confirm"}))
    assert CostStatus.ENDED not in MACHINE.reachable(without=frozenset({"confirm_end"}))
    assert RIGHTS[Act.CONFIRM_COST].side is Side.RESPONDING
    assert MACHINE.moves["confirm"].written
    assert MACHINE.reachable() == frozenset(CostStatus)
    assert set(DEEDS) == set(MACHINE.moves)


def test_ix_1_c_a_refusal_has_a_reason_and_an_end_a_day(office: Office) -> None:
    c.enter(office)
    assert list(c.press(office, "Helena Costa", "decline", {"reason": " "}).errors) == ["reason"]
    office.act("Helena Costa", confirm, cost_id=1)

    with pytest.raises(CostBlank):
        office.act("Helena Costa", enter_end, cost_id=1, ending_on=None, basis="x")
