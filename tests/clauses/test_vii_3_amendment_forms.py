"""VII.3: what the forms of an amendment refuse, field by field, and what they take."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.agreement import amendments
from bot.agreement.amendment_drafts import add_change, drop_change, propose
from bot.agreement.amendment_values import Typed
from bot.agreement.amendments import Amendment, AmendmentStatus
from bot.agreement.errors import AgreementError
from tests.clauses.amending import (
    NOTICE_WORDS,
    START,
    agreed,
    begin,
    change,
    drafted,
    press,
    proposed,
    row,
)
from tests.handlers.pressing import modal_words, press_told
from tests.office import ZURICH, Office, words_of

DAY = date(2026, 11, 23)


def digest(office: Office, version: int) -> str:
    with office.reading() as desk:
        return amendments.digest(desk.session, desk.session.get_one(Amendment, 1), version)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amendment", {"amendment": "  "}, "Please fill this in"),
        ("purpose", {"purpose": "  "}, "Please fill this in"),
        ("effective_on", {"effective_on": date(2026, 11, 20)}, "not before today"),
    ],
)
def test_vii_3_a_draft_says_what_is_wrong_and_keeps_what_was_typed(
    office: Office, field: str, typed: dict[str, Any], said: str
) -> None:
    office.command("Lucía Romero", "/instrument amendment")
    press_told(office, "Lucía Romero", "amendments.start")

    result = office.submit("Lucía Romero", {**START, **typed})

    assert said in result.errors[field]


@pytest.mark.parametrize(
    ("clause", "part", "field", "typed", "said"),
    [
        ("VII.1-2", "notice::", "number", {"number": "2", "unit": "months"}, "what stands there now"),
        ("VII.1-2", "notice::", "number", {"number": "0", "unit": "months"}, "“0” is no length of time"),
        ("VII.1-2", "notice::", "number", {"number": "two", "unit": "months"}, "“two” is no length"),
        ("VII.1-2", "notice::", "number", {"number": "601", "unit": "years"}, "“601” is no length"),
        (
            "VII.1-1",
            "initial::",
            "number",
            {"number": "5", "unit": "years"},
            "would have ended on Thursday 23",
        ),
        (
            "VII.1-2",
            "notice::",
            "rule",
            {"number": "3", "unit": "months", "summary": "Three months' notice."},
            "go on saying “2 months from the notice; reading: from receipt”",
        ),
        ("VII.1-4", "steps:renewal-notice:", "steps", {"steps": "soon"}, "“soon” is no length"),
        ("VII.1-4", "steps:renewal-notice:", "steps", {"steps": " , "}, "Please fill this in"),
        ("IV.6-4", "basis:meeting-global:", "basis", {}, "what stands there now"),
        ("I.2", "words::", "summary", {}, "what stands there now"),
    ],
)
def test_vii_3_a_change_says_what_is_wrong_and_keeps_what_was_typed(
    office: Office, clause: str, part: str, field: str, typed: dict[str, Any], said: str
) -> None:
    begin(office)

    result = change(office, clause, part, typed)

    assert said in result.errors[field]


@pytest.mark.parametrize(
    ("clause", "part", "typed", "shown"),
    [
        (
            "VII.1-4",
            "steps:renewal-notice:",
            {"steps": "6 months, 2 weeks, 0"},
            "*6 months, 14 days, on the day*",
        ),
        ("IV.6-4", "basis:meeting-global:", {"basis": "policy"}, "proposed *a working rule, not the text*"),
        ("IV.1", "level:exchange-prompt:country", {"number": "2", "unit": "months"}, "proposed *2 months*"),
        (
            "V.3-2",
            "first:general-review:",
            {"number": "18", "unit": "months", "rule": "once in every 24 months, starting after 18"},
            "proposed *1 year and 6 months*",
        ),
        (
            "I.2",
            "words::",
            {"heading": "Shared aims", "summary": "Other words."},
            "It is to say: Other words.",
        ),
        ("V.3-1", "repeal::", {"sure": ["repeal"]}, "It is repealed, and nothing falls due under it"),
    ],
)
def test_vii_3_each_thing_that_can_be_changed_is_shown_in_the_draft(
    office: Office, clause: str, part: str, typed: dict[str, Any], shown: str
) -> None:
    begin(office)

    assert change(office, clause, part, typed).ok

    assert shown in words_of(office.direct("Lucía Romero"))
    with office.reading() as desk:
        assert desk.session.get_one(Amendment, 1).version == 0


def test_vii_3_a_change_made_twice_is_refused_and_can_be_taken_out(office: Office) -> None:
    drafted(office)
    office.click("Lucía Romero", "amendments.add", where="direct")
    typed = {"number": "4", "unit": "months", "summary": NOTICE_WORDS}
    result = change(office, "VII.1-2", "notice::", typed)
    assert "changes this of clause VII.1-2 already" in result.errors["number"]

    press(office, "Lucía Romero", "drop", {"change": "1"}, "direct")

    assert "It changes nothing yet" in words_of(office.direct("Lucía Romero"))
    with pytest.raises(AgreementError):
        office.act("Lucía Romero", propose, amendment_id=1, seen=digest(office, 1), through="ilo")
    with pytest.raises(AgreementError):
        office.act("Lucía Romero", drop_change, amendment_id=1, change_id=1, through="ilo")


def test_vii_3_a_draft_that_a_colleague_changed_is_not_proposed_unseen(office: Office) -> None:
    drafted(office)
    office.click("Lucía Romero", "amendments.propose", where="direct")
    facts = {"clause": "I.2", "target": "words::", "typed": Typed(summary="Other words."), "through": "ilo"}
    office.act("Amina Diallo", add_change, amendment_id=1, **facts)

    office.submit("Lucía Romero", {})

    assert "A colleague has changed the draft" in modal_words(office, "Lucía Romero")
    assert row(office).status is AmendmentStatus.DRAFTING


def test_vii_3_a_day_that_passed_is_corrected_before_it_is_proposed(office: Office) -> None:
    drafted(office, effective_on=date(2026, 11, 24))
    office.clock.move_to(datetime(2026, 11, 26, 10, tzinfo=ZURICH))
    office.click("Lucía Romero", "amendments.propose", where="direct")
    office.submit("Lucía Romero", {})
    assert "that day has passed" in modal_words(office, "Lucía Romero")
    office.slack.close_modal(office.id("Lucía Romero"))

    office.click("Lucía Romero", "amendments.correct", where="direct")
    result = office.submit("Lucía Romero", {"effective_on": date(2026, 11, 25)})
    assert "not before today" in result.errors["effective_on"]
    result = office.submit("Lucía Romero", {"effective_on": date(2026, 12, 1), "purpose": " "})
    assert "Please fill this in" in result.errors["purpose"]
    assert office.submit("Lucía Romero", {"effective_on": date(2026, 12, 1), "purpose": "Why."}).ok


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("signatory", {"signatory": " "}, "Please fill this in"),
        ("capacity", {"capacity": " "}, "Please fill this in"),
        ("signed_on", {"signed_on": date(2026, 11, 24)}, "Please choose a day from Friday 23 October 2020"),
        ("signed_on", {"signed_on": date(2020, 10, 22)}, "Please choose a day from Friday 23 October 2020"),
    ],
)
def test_vii_3_a_signature_says_what_is_wrong(
    office: Office, field: str, typed: dict[str, Any], said: str
) -> None:
    agreed(office)
    office.click("Amina Diallo", "amendments.sign")

    result = office.submit("Amina Diallo", {"signatory": "X", "capacity": "Head", "signed_on": DAY, **typed})

    assert said in result.errors[field]


@pytest.mark.parametrize("action", ["decline", "revise", "withdraw"])
def test_vii_3_a_reason_is_wanted(office: Office, action: str) -> None:
    proposed(office)
    name = "Helena Costa" if action == "decline" else "Lucía Romero"
    office.click(name, f"amendments.{action}")

    result = office.submit(name, {"reason": "  "})

    assert "Please fill this in" in result.errors["reason"]


def test_vii_3_a_long_amendment_can_be_read_before_it_is_proposed_and_agreed_to(office: Office) -> None:
    drafted(office)
    with office.reading() as desk:
        clauses = [clause.id for clause in desk.definition.clauses if not clause.id.startswith("VII")][:11]
    for number, clause in enumerate(clauses):
        typed = Typed() if number % 2 else Typed(title="T" * 100, summary="S" * 600, rule="R" * 300)
        target = "repeal::" if number % 2 else "words::"
        facts = {"clause": clause, "target": target, "typed": typed, "through": "ilo"}
        office.act("Lucía Romero", add_change, amendment_id=1, **facts)

    press(office, "Lucía Romero", "propose", {}, "direct")
    office.click("Helena Costa", "amendments.agree")

    shown = modal_words(office, "Helena Costa")
    assert len(shown) > 3000
    assert row(office).digest in shown
    assert shown.count("a working rule, not the text") == 1
