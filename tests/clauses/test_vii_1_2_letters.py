"""VII.1-2: a letter of notice that came from outside, of which the party that sent it recorded nothing."""

from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.errors import AgreementError
from bot.agreement.files import Record
from bot.agreement.stated_notices import confirm_letter, deny_letter, retract_letter
from bot.agreement.terminations import TerminationStatus
from tests.handlers.noticing import (
    FILE,
    LIAISON,
    draft,
    expected_end,
    press,
    press_home,
    receiving,
    refused,
    row,
    said,
    sent,
)
from tests.handlers.pressing import modal_words, press_told
from tests.office import Office, words_of

LAST = date(2027, 2, 28)

LETTER: dict[str, Any] = {
    "dated_on": date(2026, 11, 20),
    "signatory": "Gilbert Houngbo",
    "capacity": "Director-General",
    "received_on": date(2026, 11, 23),
    "received_time": time(9, 30),
    "how": "By post",
    "travelled": "by registered post",
    "file": FILE,
}


def stated(office: Office, **changes: Any) -> Any:
    """IOM's contact point says that a letter of the ILO came, of which the ILO recorded nothing."""
    office.command("Helena Costa", "/termination receipt")
    result = office.submit("Helena Costa", {**LETTER, **changes})
    office.deliver()
    return result


def test_vii_1_2_a_letter_from_outside_counts_once_two_of_its_party_confirm_it(office: Office) -> None:
    stated(office)
    assert expected_end(office) is None
    assert "It does not count* before two people of ILO" in said(office, "Amina Diallo")
    assert words_of(office.channel(LIAISON)) == ""

    assert list(press(office, "Amina Diallo", "confirm_letter", {"typed": "OURS"}).errors) == ["typed"]
    office.submit("Amina Diallo", {"typed": "2026/1 OURS"})
    office.deliver()
    assert expected_end(office) is None
    facts = {"sent_on": date(2026, 11, 21), "sent_time": time(8), "typed": "2026/1 ours"}
    press_home(office, "Lucía Romero", "confirm_letter", facts)

    known = row(office)
    assert known.status is TerminationStatus.ACKNOWLEDGED
    assert expected_end(office) == date(2027, 1, 23)
    assert "Two people of ILO, one of them a signatory, confirmed" in said(office, "Helena Costa")
    with office.reading() as desk:
        made = {row.language: row.content for row in desk.session.exec(select(Record)).all()}
    for language, word in (("en", "signatory"), ("fr", "signataire"), ("es", "signatario")):
        pages = PdfReader(BytesIO(made[language])).pages
        text = " ".join("\n".join(page.extract_text() for page in pages).split())
        assert f"Amina Diallo ({word}), Lucía Romero" in text


@pytest.mark.parametrize(
    ("name", "action"), [("Lucía Romero", "deny_letter"), ("Helena Costa", "retract_letter")]
)
def test_vii_1_2_a_letter_that_is_denied_or_taken_back_counts_for_nothing(
    office: Office, name: str, action: str
) -> None:
    stated(office)
    told = press_home if action == "deny_letter" else press

    assert list(told(office, name, action, {"reason": " "}).errors) == ["reason"]
    office.submit(name, {"reason": "A mistake."})
    office.deliver()

    assert row(office).status in {TerminationStatus.DENIED, TerminationStatus.DROPPED}
    assert "A mistake." in said(office, "Amina Diallo")
    assert expected_end(office) is None
    assert not stated(office).errors


@pytest.mark.parametrize(
    ("name", "action", "why"),
    [
        ("Helena Costa", "confirm_letter", "wrong_side"),
        ("Helena Costa", "deny_letter", "wrong_side"),
        ("Amina Diallo", "retract_letter", "wrong_side"),
        ("Nadia Petrova", "retract_letter", "not_mandated"),
        ("Pierre Favre", "confirm_letter", "no_such_notice"),
        ("David Okafor", "deny_letter", "no_such_notice"),
    ],
)
def test_vii_1_2_each_side_answers_for_its_own_part_of_a_letter(
    office: Office, name: str, action: str, why: str
) -> None:
    stated(office)
    facts: dict[str, Any] = {"reason": "Why."}
    if action == "confirm_letter":
        facts = {"typed": "2026/1 OURS"}
    verb = {"confirm_letter": confirm_letter, "deny_letter": deny_letter, "retract_letter": retract_letter}[
        action
    ]

    with pytest.raises(AgreementError):
        office.act(name, verb, termination_id=1, **facts)

    assert refused(office) == [why]
    assert row(office).status is TerminationStatus.STATED


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("signatory", " ", "signatory"),
        ("capacity", " ", "capacity"),
        ("how", " ", "how"),
        ("dated_on", date(2020, 1, 1), "dated_on"),
        ("dated_on", date(2026, 11, 24), "received_on"),
        ("received_time", time(10, 30), "received_time"),
    ],
)
def test_vii_1_2_what_is_wrong_about_a_letter_is_said_beside_its_field(
    office: Office, field: str, value: Any, named: str
) -> None:
    assert list(stated(office, **{field: value}).errors) == [named]


def test_vii_1_2_a_sending_after_the_receipt_is_refused(office: Office) -> None:
    stated(office)
    facts = {"sent_on": date(2026, 11, 23), "sent_time": time(9, 45), "typed": "2026/1 OURS"}

    result = press(office, "Amina Diallo", "confirm_letter", facts)

    assert "after the letter was received" in result.errors["sent_on"]


def test_vii_1_2_a_letter_tells_nothing_of_a_draft_of_the_party_that_sent_it(office: Office) -> None:
    draft(office)
    stated(office)

    assert row(office, 2).number == "2026/1"
    assert "ILO-2026/1" not in said(office, "Helena Costa")
    office.command("Helena Costa", "/termination receipt")
    office.submit("Helena Costa", LETTER)
    assert "under way" in modal_words(office, "Helena Costa")


def test_vii_1_2_what_waits_to_be_acknowledged_is_listed_and_not_stated_anew(office: Office) -> None:
    office.command("Helena Costa", "/termination receipt")
    office.slack.close_modal(office.id("Helena Costa"))
    sent(office)

    told = office.command("Helena Costa", "/termination receipt")
    assert "Notice 2026/1 of ILO" in told
    press_told(office, "Helena Costa", "notices.acknowledge")
    office.submit("Helena Costa", receiving(office))
    assert expected_end(office) == LAST
    assert "No notice is on record that could be withdrawn" not in office.command(
        "Amina Diallo", "/termination withdraw"
    )


def test_vii_1_2_a_letter_is_not_stated_beside_one_that_waits(office: Office) -> None:
    office.command("Helena Costa", "/termination receipt")
    sent(office)

    office.submit("Helena Costa", LETTER)

    assert "Notice 2026/1 of the other party waits to be acknowledged already" in modal_words(
        office, "Helena Costa"
    )
