"""IV.3 and IX.1(a): what is refused, who may do what, and what is asked again."""

from datetime import date
from typing import Any

import pytest

from bot.agreement.instrument_confirmations import (
    InstrumentNotReady,
    NotInForce,
    confirm,
    confirm_ending,
    propose_ending,
)
from bot.agreement.instrument_entries import Particulars, correct, sign
from bot.agreement.instruments import (
    InstrumentEnding,
    InstrumentKind,
    InstrumentStatus,
)
from bot.agreement.people import Refusal
from tests.handlers.pressing import home_words
from tests.handlers.test_instruments import (
    END,
    LIAISON,
    SIGNED,
    WITHOUT_MANDATE,
    actions,
    add,
    in_force,
    press,
    refusals,
    row,
    rows,
    signed,
)
from tests.office import Office, everything, words_of


def test_what_lacks_a_signature_or_its_first_day_cannot_be_confirmed(office: Office) -> None:
    add(office, effective_on=None, review_on=None)
    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED})
    with pytest.raises(InstrumentNotReady):
        office.act("Helena Costa", confirm, instrument_id=1, seen=1)

    press(office, "Helena Costa", "sign", {"signatory": "A. Pope", **SIGNED})
    told = office.click("Helena Costa", "instruments.confirm", where=LIAISON)

    assert "cannot be confirmed yet: its first day is not on record." in told


def test_only_what_is_in_force_can_be_ended(office: Office) -> None:
    signed(office)

    with pytest.raises(NotInForce):
        office.act(
            "Amina Diallo",
            propose_ending,
            instrument_id=1,
            ending=InstrumentEnding.TERMINATED,
            ending_on=date(2026, 11, 20),
            note="x",
            seen=2,
        )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("instrument", "  ", "Please fill this in"),
        ("scope", "  ", "Please fill this in"),
        ("ends_on", date(2026, 10, 1), "comes before the first, Monday 2 November 2026"),
        ("review_on", date(2026, 10, 1), "lies outside the term"),
        ("review_on", date(2028, 1, 1), "lies outside the term"),
        ("notice", "three months", "“THREE MONTHS” is no period"),
        ("notice", "P0D", "“P0D” is no period"),
        ("notice", "0 months", "“P0M” is no period"),
        ("notice", "3 moons", "“3 MOONS” is no period"),
        ("notice", "P9999Y", "“P9999Y” is no period"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    office: Office, field: str, typed: object, said: str
) -> None:
    result = add(office, **{field: typed})

    assert list(result.errors) == [field]
    assert said in result.errors[field]
    assert not rows(office)
    assert "SA/1" in str(office.modal("Lucía Romero"))


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("3 months", "P3M", "3 months"),
        ("1 Year and 6 months", "P1Y6M", "1 year and 6 months"),
        ("30 days", "P30D", "30 days"),
        ("p3m", "P3M", "3 months"),
    ],
)
def test_the_period_of_notice_is_typed_and_shown_in_words(
    office: Office, typed: str, kept: str, shown: str
) -> None:
    add(office, notice=typed)

    assert row(office).notice == kept
    office.click("Lucía Romero", "instruments.correct")
    assert f"'initial_value': '{shown}'" in str(office.modal("Lucía Romero"))


def test_who_is_asked_to_confirm_is_told_that_the_first_day_is_missing(office: Office) -> None:
    add(office, effective_on=None, ends_on=None, review_on=None)
    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED})
    press(office, "Helena Costa", "sign", {"signatory": "A. Pope", **SIGNED})

    assert "Its first day is not on record, and it cannot be confirmed before that" in words_of(
        office.direct("Helena Costa")
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [("signatory", "  "), ("capacity", "  "), ("signed_on", date(2026, 11, 24))],
)
def test_a_signature_needs_a_name_a_capacity_and_a_day_that_has_come(
    office: Office, field: str, typed: object
) -> None:
    add(office)

    result = press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED, field: typed})

    assert list(result.errors) == [field]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("note", {"note": "  "}),
        ("ending_on", {"ending_on": date(2026, 10, 1)}),
        ("ending_on", {"ending_on": date(2028, 1, 1)}),
        ("replaced_by", {"ending": "replaced"}),
        ("replaced_by", {"ending": "replaced", "replaced_by": "2026/1"}),
        ("replaced_by", {"ending": "replaced", "replaced_by": "2026/9"}),
    ],
)
def test_an_early_end_says_when_and_on_what_basis(
    office: Office, field: str, changes: dict[str, Any]
) -> None:
    in_force(office)

    result = press(office, "Amina Diallo", "end", {**END, **changes})

    assert list(result.errors) == [field]
    assert not row(office).ending_by


@pytest.mark.parametrize("name", [*WITHOUT_MANDATE, "Clara Novak"])
def test_nobody_without_a_mandate_adds_an_instrument(office: Office, name: str) -> None:
    assert office.command(name, "/instrument add")

    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


@pytest.mark.parametrize("action", ["sign", "correct", "file", "confirm"])
@pytest.mark.parametrize("name", [*WITHOUT_MANDATE[:4], "Clara Novak", "Victor Lang"])
def test_nobody_without_a_mandate_touches_a_record(office: Office, name: str, action: str) -> None:
    signed(office)

    assert office.click(name, f"instruments.{action}", where=LIAISON)

    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


@pytest.mark.parametrize("name", ["Amina Diallo", "Pierre Favre", "Lucía Romero"])
def test_whoever_stated_the_particulars_cannot_confirm_them(office: Office, name: str) -> None:
    signed(office)

    assert "it is for the other party" in office.click(name, "instruments.confirm", where=LIAISON)
    with pytest.raises(Refusal):
        office.act(name, confirm, instrument_id=1, seen=2)
    assert row(office).status is InstrumentStatus.SIGNED


@pytest.mark.parametrize("name", ["Helena Costa", "David Okafor", "Victor Lang"])
def test_an_early_end_is_confirmed_by_the_other_side_only(office: Office, name: str) -> None:
    in_force(office)
    press(office, "Omar Haddad", "end", END)
    assert office.click(name, "instruments.confirm_ending", where=LIAISON)

    with pytest.raises(Refusal):
        office.act(name, confirm_ending, instrument_id=1, seen=row(office).version)
    assert row(office).status is InstrumentStatus.IN_FORCE


def test_once_confirmed_the_particulars_stay(office: Office) -> None:
    in_force(office)
    with pytest.raises(Refusal):
        office.act(
            "Amina Diallo",
            correct,
            instrument_id=1,
            particulars=Particulars(kind=InstrumentKind.OTHER, title="x", scope="y"),
            seen=row(office).version,
        )


def test_what_waits_is_in_the_home_of_whoever_has_to_act(office: Office) -> None:
    add(office)
    assert "the signature of your party under “Labour mobility" in home_words(office.home("Pierre Favre"))
    for name in ("Pierre Favre", "Omar Haddad"):
        office.home(name)
        office.click(name, "instruments.sign", where="home")
        office.submit(name, {"signatory": "The head", **SIGNED})
    assert "is signed by all parties" not in home_words(office.home("Pierre Favre"))
    assert "is signed by all parties" in home_words(office.home("Omar Haddad"))
    office.click("Omar Haddad", "instruments.confirm", where="home")
    office.submit("Omar Haddad", {})
    office.act(
        "Omar Haddad",
        propose_ending,
        instrument_id=1,
        ending=InstrumentEnding.TERMINATED,
        ending_on=date(2026, 11, 20),
        note="x",
        seen=row(office).version,
    )
    assert "the other party put an early end" in home_words(office.home("Pierre Favre"))
    office.click("Pierre Favre", "instruments.confirm_ending", where="home")
    office.submit("Pierre Favre", {})
    assert "the other party put an early end" not in home_words(office.home("Pierre Favre"))
    assert row(office).status is InstrumentStatus.TERMINATED


def test_what_people_type_is_inert_and_cut(office: Office) -> None:
    text = "<!channel> & *bold* " + "x" * 100
    in_force(office, instrument=text, scope=text, reference=text)
    press(office, "Amina Diallo", "end", {**END, "note": "<!everyone>" * 130})
    press(office, "Helena Costa", "confirm_ending", {}, "direct")

    assert "&lt;!channel&gt; &amp;" in words_of(office.channel(LIAISON))
    for message in (*office.channel(LIAISON), *office.direct("Helena Costa"), *office.direct("Lucía Romero")):
        texts = everything(message)
        assert not any("<!" in each for each in [texts[0], *texts[2:]])


def test_the_register_is_listed_by_status_and_one_is_shown_by_its_number(office: Office) -> None:
    assert "Nothing is on record yet" in office.command("Mei Chen", "/instrument list")
    in_force(office)
    add(office, instrument="A draft", ends_on=None, notice="", review_on=None)

    said = office.command("Mei Chen", "/instrument list")

    assert said.index("*Proposed or being drafted.*") < said.index("A draft") < said.index("*In force.*")
    assert "“Labour mobility in the Horn of Africa” · from Monday 2 November 2026 until Friday 31" in said
    shown = office.command("Mei Chen", "/instrument show 2026/2")
    assert "no end is stated" in shown
    assert "no period is stated" in shown


def test_a_notice_without_an_end_can_be_given_at_any_time(office: Office) -> None:
    add(office, ends_on=None, review_on=None)

    assert "3 months; without an end to meet, it can be given at any time" in words_of(
        office.channel(LIAISON)
    )


@pytest.mark.parametrize("number", ["", "3", "2026/9", "<!channel>"])
def test_an_unknown_number_is_explained(office: Office, number: str) -> None:
    said = office.command("Helena Costa", f"/instrument show {number}")

    assert "`/instrument list` shows the register" in said
    assert "<!channel>" not in said


def test_help_says_what_there_is(office: Office) -> None:
    said = office.command("Helena Costa", "/instrument help")

    for command in ("add", "list", "show"):
        assert f"/instrument {command}" in said


@pytest.mark.parametrize("words", ["/instrument list", "/instrument show 2026/1"])
def test_a_stranger_reads_nothing(office: Office, words: str) -> None:
    add(office)

    assert "Labour mobility" not in office.command("Clara Novak", words)
    assert len(refusals(office)) == 1


def test_the_other_side_is_asked_again_to_confirm_until_it_does(office: Office) -> None:
    signed(office)
    office.pass_to(date(2026, 12, 1))
    asked = [m for m in office.direct("Omar Haddad") if "2026/1: please confirm" in words_of([m])]
    assert len(asked) == 1
    assert "This was asked before and is not answered yet." in words_of(asked)

    press(office, "Helena Costa", "confirm", {})
    office.pass_to(date(2026, 12, 20))
    assert not [m for m in office.direct("Omar Haddad") if "please confirm" in words_of([m])]


def test_the_other_side_is_asked_again_about_an_early_end_until_it_answers(office: Office) -> None:
    in_force(office)
    press(office, "Omar Haddad", "end", END)
    office.pass_to(date(2026, 12, 1))
    assert "This was asked before" in words_of(office.direct("Pierre Favre"))

    office.click("Pierre Favre", "instruments.drop_ending", where=LIAISON)
    office.deliver()
    office.pass_to(date(2026, 12, 20))
    assert "This was asked before" not in words_of(office.direct("Pierre Favre"))


def test_a_draft_can_be_given_up_with_a_reason_and_stays_on_record(office: Office) -> None:
    add(office)
    result = press(office, "Nadia Petrova", "withdraw", {"reason": "  "})
    assert list(result.errors) == ["reason"]

    office.submit("Nadia Petrova", {"reason": "Overtaken by the workplan."})
    office.deliver()

    card = office.channel(LIAISON)[0]
    assert row(office).status is InstrumentStatus.WITHDRAWN
    assert "draft given up by Nadia Petrova (IOM): Overtaken by the workplan." in words_of([card])
    assert not actions(card)
    assert "signature of your party" not in home_words(office.home("Pierre Favre"))
    with pytest.raises(Refusal):
        office.act(
            "Amina Diallo",
            sign,
            instrument_id=1,
            signatory="G. Houngbo",
            capacity="Director-General",
            signed_on=date(2026, 10, 30),
        )


@pytest.mark.parametrize("name", ["Mei Chen", "Jonas Weber", "Victor Lang"])
def test_nobody_without_a_mandate_gives_up_a_draft(office: Office, name: str) -> None:
    add(office)

    assert office.click(name, "instruments.withdraw", where=LIAISON)
    assert row(office).status is InstrumentStatus.DRAFTING
    assert len(refusals(office)) == 1


@pytest.mark.parametrize("name", ["Mei Chen", "Yuki Tanaka", "Clara Novak"])
def test_nobody_without_a_mandate_ends_an_instrument(office: Office, name: str) -> None:
    in_force(office)

    assert office.click(name, "instruments.end", where=LIAISON)
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


def test_a_signed_text_that_must_not_be_shown_is_kept_elsewhere(office: Office) -> None:
    in_force(office)
    result = press(office, "Nadia Petrova", "file", {"kept_at": "  "})
    assert list(result.errors) == ["file"]

    office.submit("Nadia Petrova", {"kept_at": "IOM registry, LEG/7"})
    office.deliver()

    assert "*Signed file:* kept at IOM registry, LEG/7" in words_of(office.channel(LIAISON)[:1])
    assert actions(office.channel(LIAISON)[0]) == ["end"]
