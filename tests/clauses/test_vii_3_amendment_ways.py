"""VII.3: versions taken back, declined or given up, what is asked again, and two amendments beside each other."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.agreement.amendments import AmendmentStatus
from tests.clauses.amending import (
    FILE,
    LIAISON,
    agreed,
    begin,
    both_signed,
    change,
    press,
    proposed,
    row,
    sealed,
)
from tests.handlers.pressing import buttons, home_words, modal_words, press_told
from tests.office import Office, words_of


def actions(message: dict[str, Any]) -> list[str]:
    return [action.partition(".")[2] for action, _ in buttons(message["blocks"])]


def test_vii_3_a_new_version_voids_what_was_agreed_and_signed(office: Office) -> None:
    agreed(office)
    first = row(office).digest
    signed = {"capacity": "Head", "signed_on": date(2026, 11, 23)}
    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **signed})

    press(office, "Lucía Romero", "revise", {"reason": "The purpose is to be clearer."})

    assert row(office).status is AmendmentStatus.DRAFTING
    card = office.channel(LIAISON)[0]
    assert "has taken version 1 back and prepares a new one" in words_of([card])
    assert "three months" not in words_of([card])
    assert actions(card) == []
    office.command("Lucía Romero", "/instrument amendment 2026/1")
    press_told(office, "Lucía Romero", "amendments.correct")
    assert office.submit("Lucía Romero", {"purpose": "Field offices need three months."}).ok
    office.command("Lucía Romero", "/instrument amendment 2026/1")
    press_told(office, "Lucía Romero", "amendments.propose")
    assert office.submit("Lucía Romero", {}).ok
    office.deliver()

    found = row(office)
    assert (found.version, found.status, found.agreed_by) == (2, AmendmentStatus.PROPOSED, None)
    assert found.digest != first
    press(office, "Helena Costa", "agree", {})
    assert "It still takes the signature of ILO and IOM" in words_of(office.channel(LIAISON)[:1])


def test_vii_3_agreeing_to_a_version_that_was_taken_back_does_nothing(office: Office) -> None:
    proposed(office)
    office.click("Helena Costa", "amendments.agree")
    press(office, "Lucía Romero", "revise", {"reason": "A slip."})

    office.submit("Helena Costa", {})

    assert "has moved on: “taken back to be changed” by Lucía Romero (ILO)" in modal_words(
        office, "Helena Costa"
    )
    assert row(office).status is AmendmentStatus.DRAFTING


def test_vii_3_a_declined_amendment_is_kept_and_nothing_is_asked_any_more(office: Office) -> None:
    proposed(office)

    press(office, "Helena Costa", "decline", {"reason": "Two months are enough."})

    assert row(office).status is AmendmentStatus.DECLINED
    said = words_of(office.channel(LIAISON))
    assert "*Declined* by Helena Costa (IOM): Two months are enough." in said
    assert actions(office.channel(LIAISON)[0]) == []
    office.pass_to(date(2027, 1, 29))
    assert "This was asked before" not in words_of(office.direct("Helena Costa"))


def test_vii_3_it_can_be_given_up_until_both_have_signed(office: Office) -> None:
    both_signed(office)

    office.click("Amina Diallo", "amendments.withdraw")
    office.submit("Amina Diallo", {"reason": "We think better of it."})

    assert "Both parties have signed amendment 2026/1" in modal_words(office, "Amina Diallo")
    office.click("Amina Diallo", "amendments.revise")
    office.submit("Amina Diallo", {"reason": "We think better of it."})
    assert row(office).status is AmendmentStatus.AGREED


def test_vii_3_a_proposal_that_is_given_up_is_told(office: Office) -> None:
    agreed(office)

    press(office, "Lucía Romero", "withdraw", {"reason": "Not needed any more."})

    assert row(office).status is AmendmentStatus.WITHDRAWN
    assert "*Given up* by Lucía Romero (ILO): Not needed any more." in words_of(office.channel(LIAISON))


def test_vii_3_silence_agrees_to_nothing_and_is_asked_again_by_a_working_rule(office: Office) -> None:
    proposed(office)
    office.pass_to(date(2027, 1, 29))
    office.tick()

    again = [m for m in office.direct("Helena Costa") if "This was asked before" in words_of([m])]
    assert len(again) == 3
    assert row(office).status is AmendmentStatus.PROPOSED
    assert "This was asked before" not in words_of(office.direct("Amina Diallo"))


def test_vii_3_whoever_has_still_to_sign_is_asked_again_and_nobody_else(office: Office) -> None:
    agreed(office)
    press(
        office,
        "Amina Diallo",
        "sign",
        {"signatory": "G. Houngbo", "capacity": "Head", "signed_on": date(2026, 11, 23)},
    )
    office.pass_to(date(2026, 12, 8))

    assert "This was asked before" in words_of(office.direct("Helena Costa"))
    assert "This was asked before" not in words_of(office.direct("Amina Diallo"))


def test_vii_3_what_waits_for_a_person_is_in_their_app_home(office: Office) -> None:
    proposed(office)
    assert "ILO proposes “A longer notice”, version 1" in home_words(office.home("Helena Costa"))
    assert "proposes" not in home_words(office.home("Amina Diallo"))
    press(office, "Helena Costa", "agree", {})
    assert "the signature of your party is not on record" in home_words(office.home("Amina Diallo"))
    for name in ("Amina Diallo", "Helena Costa"):
        press(office, name, "sign", {"signatory": "X", "capacity": "Head", "signed_on": date(2026, 11, 23)})
    assert "the signed file is not on record" in home_words(office.home("Helena Costa"))
    press(office, "Amina Diallo", "file", {"file": FILE})
    assert "your party is asked to confirm it" in home_words(office.home("Helena Costa"))
    assert "asked to confirm it" not in home_words(office.home("Amina Diallo"))


def test_vii_3_an_amendment_in_force_holds_after_a_restart(office: Office) -> None:
    sealed(office)
    office.tick()

    started_anew = replace(office.house.secretariat)

    with started_anew.reading() as desk:
        assert desk.definition.term.notice == "P3M"
        assert desk.definition.as_of(date(2026, 11, 22)).term.notice == "P2M"


def test_vii_3_a_second_amendment_that_says_otherwise_what_stands_now_is_told(office: Office) -> None:
    agreed(office)
    begin(office, amendment="An even longer notice")
    typed = {"number": "6", "unit": "months", "summary": "Six months' written notice.", "rule": "6 months"}
    change(office, "VII.1-2 · Ending the Agreement early", "How long a notice runs", typed)
    press(office, "Lucía Romero", "propose", {}, "direct")
    for name in ("Amina Diallo", "Helena Costa"):
        office.command(name, "/instrument amendment 2026/1")
        press_told(office, name, "amendments.sign")
        office.submit(name, {"signatory": "X", "capacity": "Head", "signed_on": date(2026, 11, 23)})
    office.command("Amina Diallo", "/instrument amendment 2026/1")
    press_told(office, "Amina Diallo", "amendments.file")
    office.submit("Amina Diallo", {"file": FILE})
    office.command("Helena Costa", "/instrument amendment 2026/1")
    press_told(office, "Helena Costa", "amendments.confirm")
    office.submit("Helena Costa", {})
    office.tick()

    shown = office.command("Helena Costa", "/instrument amendment 2026/2")
    assert "It cannot be kept any more" in shown
    press_told(office, "Helena Costa", "amendments.agree")
    office.submit("Helena Costa", {})
    assert "cannot be kept as it is written" in modal_words(office, "Helena Costa")


def test_vii_3_hostile_words_stay_words(office: Office) -> None:
    hostile = "<!channel> *bold* & " + "long " * 150
    proposed(office, purpose=hostile, amendment="<!here> & *x*")

    said = words_of(office.channel(LIAISON))
    assert "<!channel>" not in said
    assert "&lt;!channel&gt;" in said
    assert "<!here>" not in "\n".join(m["text"] for m in office.channel(LIAISON))
