"""VI.4 through the door: one party proposes a wording, the other agrees to it exactly, and it is kept."""

from datetime import date
from typing import Any

import pytest

from bot.agreement.formula_consultations import keep
from bot.agreement.formulas import (
    MACHINE,
    WORDINGS,
    FormulaMovedOn,
    FormulaStatus,
    agree,
    digest,
    propose,
    withdraw,
)
from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.people import AgreementOver, Refusal
from bot.agreement.rights import RIGHTS, Act, Side
from bot.agreement.standing import AgreementEnd
from tests.handlers import crediting as c
from tests.handlers.pressing import home_words, modal_words
from tests.handlers.test_instruments import refusals
from tests.knocking import pressed, put, sent, user
from tests.office import Office, everything, words_of

LIAISON = "ilo-iom-liaison"


def test_vi_4_1_a_wording_is_proposed_by_one_party_and_agreed_by_the_other_in_its_exact_words(
    office: Office,
) -> None:
    assert "Nothing is agreed yet" in office.command("Anan Srisai", "/agreement acknowledgement")
    assert c.propose(office).ok
    said = words_of(office.channel(LIAISON))
    assert "Formula of acknowledgement 2026/1" in said
    assert "*It is proposed.* Mei Chen (ILO) proposed it" in said
    assert "Avec l'OIM et l'OIT" in said
    assert "Formula of acknowledgement 2026/1" in words_of(office.direct("David Okafor"))
    assert "Formula of acknowledgement 2026/1" in words_of(office.direct("Helena Costa"))

    office.click("David Okafor", "formulas.agree")
    assert c.WORDINGS["long_es"] in modal_words(office, "David Okafor")
    assert c.rows(office)[0].sha256 in modal_words(office, "David Okafor")
    assert office.submit("David Okafor", {}).ok
    office.deliver()

    assert c.statuses(office) == [FormulaStatus.IN_FORCE]
    said = words_of(office.channel(LIAISON))
    assert "David Okafor (IOM) agreed to exactly the words that ILO proposed" in said
    for name in ("Anan Srisai", "Linh Tran", "Ravi Menon"):
        shown = office.command(name, "/agreement acknowledgement")
        assert "Formula 2026/1 is in force" in shown
        assert c.WORDINGS["short_es"] in shown


def test_vi_4_1_both_parties_may_propose_and_the_new_version_takes_the_place_of_the_old(
    office: Office,
) -> None:
    c.agreed(office)
    assert c.propose(office, "Helena Costa", short_en="By IOM and the ILO").ok
    assert c.statuses(office) == [FormulaStatus.IN_FORCE, FormulaStatus.PROPOSED]
    shown = office.command("Linh Tran", "/agreement acknowledgement")
    assert "With IOM and the ILO" in shown
    assert "Formula 2026/2 is proposed* by IOM and waits for ILO" in shown

    assert c.press(office, "Pierre Favre", "agree").ok

    assert c.statuses(office) == [FormulaStatus.REPLACED, FormulaStatus.IN_FORCE]
    assert "take the place of formula 2026/1" in words_of(office.channel(LIAISON))
    assert "Formula of acknowledgement 2026/1 is replaced." in words_of(office.channel(LIAISON))
    shown = office.command("Linh Tran", "/agreement acknowledgement")
    assert "By IOM and the ILO" in shown
    assert "2026/1: replaced, proposed by ILO" in shown
    assert "With IOM and the ILO" in office.command("Linh Tran", "/agreement acknowledgement 2026/1")


def test_vi_4_1_what_is_not_agreed_or_taken_back_leaves_what_was_in_force(office: Office) -> None:
    c.agreed(office)
    c.propose(office, short_en="Ours alone")
    assert c.press(office, "Helena Costa", "decline", {"reason": "Too short."}).ok
    assert "Too short." in words_of(office.channel(LIAISON))
    c.propose(office, short_en="Ours again")
    office.click("Amina Diallo", "formulas.withdraw")
    office.deliver()

    assert c.statuses(office) == [FormulaStatus.IN_FORCE, FormulaStatus.NOT_AGREED, FormulaStatus.WITHDRAWN]
    assert "took back what ILO had proposed" in words_of(office.channel(LIAISON))
    assert "Formula 2026/1 is in force" in office.command("Linh Tran", "/agreement acknowledgement")


def test_vi_4_1_the_second_answer_at_once_is_told_who_was_first(office: Office) -> None:
    c.propose(office)
    office.click("David Okafor", "formulas.agree")
    office.click("Helena Costa", "formulas.decline")
    assert office.submit("David Okafor", {}).ok

    office.submit("Helena Costa", {"reason": "No."})

    assert "David Okafor (IOM) was first" in str(office.modal("Helena Costa"))
    assert c.statuses(office) == [FormulaStatus.IN_FORCE]


def test_vi_4_1_while_one_waits_no_second_is_proposed(office: Office) -> None:
    c.propose(office)
    pressed(office, "iom", user(office, "Helena Costa"), "formulas.propose", "new")

    said = words_of(office.told("Helena Costa"))

    assert "Formula 2026/1, which Mei Chen (ILO) proposed" in said
    with pytest.raises(Refusal):
        office.act("Helena Costa", propose, wordings=c.WORDINGS, used_where="x")


def test_vi_4_1_only_exactly_the_words_that_were_seen_are_agreed_to(office: Office) -> None:
    c.propose(office)

    with pytest.raises(FormulaMovedOn):
        office.act("David Okafor", agree, formula_id=1, seen=digest({**c.WORDINGS, "short_en": "x"}, "x"))

    assert c.statuses(office) == [FormulaStatus.PROPOSED]


NOT_ANSWERING = [
    ("Mei Chen", "wrong_side"),
    ("Amina Diallo", "wrong_side"),
    ("Nadia Petrova", "not_mandated"),
    ("Linh Tran", "not_mandated"),
    ("Ines Martin", "not_mandated"),
    ("Clara Novak", "not_on_roster"),
    ("Victor Lang", "from_third_organisation"),
]


@pytest.mark.parametrize(("name", "why"), NOT_ANSWERING)
def test_vi_4_1_nobody_else_answers(office: Office, name: str, why: str) -> None:
    c.propose(office)
    key = f"1@{c.rows(office)[0].sha256}"
    for party in ("ilo", "iom"):
        for action in ("agree", "decline"):
            pressed(office, party, user(office, name), f"formulas.{action}", "1")
        sent(office, party, user(office, name), "formulas.agree", key, {}, f"VA{party}")
        sent(office, party, user(office, name), "formulas.decline", "1", {"reason": "x"}, f"VD{party}")

    assert [each.subject for each in refusals(office)] == [why] * 8
    assert c.statuses(office) == [FormulaStatus.PROPOSED]


@pytest.mark.parametrize("name", ["Jonas Weber", "Lucía Romero", "Anan Srisai", "Ravi Menon", "Clara Novak"])
def test_vi_4_1_nobody_without_a_mandate_proposes_takes_back_or_keeps(office: Office, name: str) -> None:
    c.propose(office)
    for action, value in (("propose", "new"), ("withdraw", "1"), ("keep", "1")):
        pressed(office, "ilo", user(office, name), f"formulas.{action}", value)
    sent(office, "ilo", user(office, name), "formulas.propose", "", c.WORDINGS)

    assert len(refusals(office)) == 4
    assert c.statuses(office) == [FormulaStatus.PROPOSED]


def test_vi_4_1_the_other_party_does_not_take_it_back(office: Office) -> None:
    c.propose(office)

    with pytest.raises(Refusal):
        office.act("Helena Costa", withdraw, formula_id=1)


@pytest.mark.parametrize("field", [*WORDINGS, "used_where"])
def test_vi_4_1_every_form_is_needed_and_what_was_typed_stays(office: Office, field: str) -> None:
    result = c.propose(office, **{field: "  "})

    assert list(result.errors) == [field]
    assert c.rows(office) == []


@pytest.mark.parametrize("number", ["2026/9", "x", "<!channel>"])
def test_vi_4_1_an_unknown_version_is_explained(office: Office, number: str) -> None:
    said = office.command("Mei Chen", f"/agreement acknowledgement {number}")

    assert "`/agreement acknowledgement` shows the versions" in said
    assert "<!" not in said


def test_vi_4_1_what_people_type_is_inert(office: Office) -> None:
    hostile: dict[str, Any] = dict.fromkeys(c.WORDINGS, "<!channel> & *bold*" + "&" * 250)
    assert c.propose(office, **hostile).ok
    office.click("David Okafor", "formulas.agree")

    for message in (*office.channel(LIAISON), *office.direct("David Okafor")):
        assert not any("<!" in each for each in everything(message))
    shown = [one["text"] for one in office.modal("David Okafor")["blocks"] if one["type"] == "section"]
    assert "<!" not in "".join(one["text"] for one in shown if one["type"] == "mrkdwn")
    assert office.submit("David Okafor", {}).ok


def test_vi_4_1_what_waits_is_in_the_home_of_whoever_answers(office: Office) -> None:
    c.propose(office)

    assert "Formula of acknowledgement 2026/1* (clause VI.4-1): ILO proposes" in home_words(
        office.home("Omar Haddad")
    )
    assert "ILO proposes" not in home_words(office.home("Nadia Petrova"))
    assert "ILO proposes" not in home_words(office.home("Mei Chen"))


def test_vi_4_2_a_formula_that_is_agreed_meets_the_date_of_the_consultation(office: Office) -> None:
    first = c.open_dues(office)[0]
    c.agreed(office)

    (met,) = [row for row in c.dues(office) if row.status is OccurrenceStatus.MET]
    assert met.due_on == first.due_on == date(2027, 1, 23)
    assert met.evidence.startswith("/agreement acknowledgement 2026/1, SHA-256 ")
    assert "due date of Saturday 23 January 2027 (VI.4-2), which is recorded as met" in words_of(
        office.channel(LIAISON)
    )


def prompted(office: Office) -> None:
    """A formula is in force, and a year later both parties are asked whether it stays."""
    c.agreed(office)
    office.pass_to(date(2027, 12, 27))
    assert "The formula stays" in words_of(office.channel(LIAISON))


def test_vi_4_2_each_year_both_say_that_it_stays_and_the_date_is_met(office: Office) -> None:
    prompted(office)
    due = c.open_dues(office)[0]
    assert due.due_on == date(2028, 1, 23)

    office.click("Mei Chen", "formulas.keep")
    office.deliver()
    said = words_of(office.channel(LIAISON))
    assert "IOM has not said so yet" in said
    assert c.open_dues(office)[0].due_on == due.due_on
    office.click("Omar Haddad", "formulas.keep")
    office.deliver()

    met = next(row for row in c.dues(office) if row.due_on == due.due_on)
    assert met.status is OccurrenceStatus.MET
    assert met.met_on == date(2027, 12, 27)
    assert "Both parties have said so. The consultation is recorded as met." in words_of(
        office.channel(LIAISON)
    )


def test_vi_4_2_one_party_alone_says_it_once_and_settles_nothing(office: Office) -> None:
    prompted(office)
    office.click("Mei Chen", "formulas.keep")
    office.click("Amina Diallo", "formulas.keep")

    assert "Mei Chen has said for your party" in words_of(office.told("Amina Diallo"))
    assert c.open_dues(office)[0].due_on == date(2028, 1, 23)


def test_vi_4_2_said_late_it_settles_the_date_it_was_about_and_not_the_next(office: Office) -> None:
    prompted(office)
    due = c.open_dues(office)[0]
    office.pass_to(date(2028, 1, 26))
    for name in ("Mei Chen", "Helena Costa"):
        office.act(name, keep, occurrence_id=due.key)

    by_day = {row.due_on: row for row in c.dues(office)}
    assert by_day[date(2028, 1, 23)].status is OccurrenceStatus.MET
    assert by_day[date(2028, 1, 23)].days_late == 3
    assert by_day[date(2029, 1, 23)].status is OccurrenceStatus.OPEN


def test_vi_4_2_the_letter_also_leads_to_a_new_wording(office: Office) -> None:
    prompted(office)
    office.click("David Okafor", "formulas.propose")
    assert office.submit("David Okafor", {"short_en": "New words"}).ok
    office.deliver()

    assert c.statuses(office) == [FormulaStatus.IN_FORCE, FormulaStatus.PROPOSED]
    assert c.rows(office)[1].long_fr == c.WORDINGS["long_fr"]


def test_vi_4_2_without_a_formula_none_stays_and_a_date_of_another_duty_is_none(office: Office) -> None:
    due = c.open_dues(office)[0]
    pressed(office, "ilo", user(office, "Mei Chen"), "formulas.keep", str(due.key))
    assert "No formula is agreed yet, so none can stay" in words_of(office.told("Mei Chen"))
    c.agreed(office)
    pressed(office, "ilo", user(office, "Mei Chen"), "formulas.keep", str(due.key))
    other = next(n for n in range(1, 60) if n not in {row.key for row in c.dues(office)})
    pressed(office, "ilo", user(office, "Mei Chen"), "formulas.keep", str(other))

    assert "There is no such version" in words_of(office.told("Mei Chen"))


def test_vi_4_once_the_agreement_ended_nothing_new_is_proposed(office: Office) -> None:
    c.agreed(office)
    end = {"ends_on": date(2026, 11, 22), "notice_id": 1, "recorded_at": office.clock.now()}
    put(office, AgreementEnd(agreement="ilo-iom-2020", **end))

    with pytest.raises(AgreementOver):
        office.act("Mei Chen", propose, wordings=c.WORDINGS, used_where="x")
    assert "Formula 2026/1 is in force" in office.command("Linh Tran", "/agreement acknowledgement")


def test_vi_4_no_way_leads_into_force_without_the_other_partys_word() -> None:
    assert FormulaStatus.IN_FORCE not in MACHINE.reachable(without=frozenset({"agree"}))
    assert RIGHTS[Act.ANSWER_FORMULA].side is Side.RESPONDING
    assert MACHINE.reachable() == frozenset(FormulaStatus)


def test_vi_4_1_a_refusal_has_a_reason_and_an_unknown_button_is_explained(office: Office) -> None:
    c.propose(office)

    assert list(c.press(office, "Helena Costa", "decline", {"reason": " "}).errors) == ["reason"]
    pressed(office, "iom", user(office, "Helena Costa"), "formulas.agree", "77")
    assert "There is no such version" in words_of(office.told("Helena Costa"))
    assert c.press(office, "Helena Costa", "decline", {"reason": "No."}).ok
    pressed(office, "iom", user(office, "David Okafor"), "formulas.agree", "1")
    assert "Helena Costa (IOM) was first" in words_of(office.told("David Okafor"))
