"""VII.1-2: putting on record that a notice was sent, which needs two who agreed and the signed letter."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.agreement.terminations import TerminationStatus
from tests.handlers.noticing import (
    NOON,
    agree,
    approved,
    draft,
    press,
    refused,
    row,
    sending,
    sent,
)
from tests.knocking import pressed as forged
from tests.knocking import sent as forged_form
from tests.knocking import user
from tests.office import Office, words_of


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("sent_on", date(2027, 1, 1), "has not come yet"),
        ("sent_time", time(12, 1), "has not come yet"),
        ("sent_on", date(2026, 11, 22), "before the date of the letter, Monday 23 November 2026"),
        ("typed", "ILO-2026/1 SEND", "Please type exactly: ILO-2026/1 SENT"),
    ],
)
def test_vii_1_2_what_is_wrong_about_the_sending_is_said_beside_its_field(
    office: Office, field: str, value: Any, sentence: str
) -> None:
    result = sent(office, **{field: value})

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert row(office).status is TerminationStatus.APPROVED
    assert row(office).file_id is None


def test_vii_1_2_nothing_is_on_record_as_sent_before_two_have_agreed(office: Office) -> None:
    draft(office)
    agree(office, "Amina Diallo")
    body = {"dated_on": {"type": "datepicker", "selected_date": "2026-11-23"}, "travelled": _radio("hand")}
    when = {
        "sent_on": {"type": "datepicker", "selected_date": "2026-11-23"},
        "sent_time": {"type": "timepicker", "selected_time": "09:00"},
    }
    file = {"type": "file_input", "files": []}

    forged_form(
        office,
        "ilo",
        user(office, "Amina Diallo"),
        "notices.record_sent",
        "1@1",
        {**body, **when, "file": file, "typed": "ILO-2026/1 SENT"},
    )

    assert refused(office) == ["notice_moved_on"]
    assert row(office).status is TerminationStatus.DRAFT


def _radio(value: str) -> dict[str, Any]:
    return {"type": "radio_buttons", "selected_option": {"value": value}}


def test_vii_1_2_without_the_signed_letter_nothing_counts_as_sent(office: Office) -> None:
    approved(office)
    office.clock.move_to(NOON)
    press_form = {name: value for name, value in sending(office).items() if name != "file"}

    result = press(office, "Amina Diallo", "record_sent", press_form)

    assert not result.ok
    assert row(office).status is TerminationStatus.APPROVED
    office.slack.close_modal(office.id("Amina Diallo"))
    day = {"dated_on": {"type": "datepicker", "selected_date": "2026-11-23"}, "travelled": _radio("hand")}
    when = {
        "sent_on": {"type": "datepicker", "selected_date": "2026-12-30"},
        "sent_time": {"type": "timepicker", "selected_time": "09:00"},
    }
    empty = {**day, **when, "file": {"type": "file_input", "files": []}, "typed": "ILO-2026/1 SENT"}
    answer = forged_form(office, "ilo", user(office, "Amina Diallo"), "notices.record_sent", "1@1", empty)
    assert "Please attach the file" in str(answer.body)
    assert row(office).status is TerminationStatus.APPROVED


def test_vii_1_2_once_sent_the_room_draws_no_more_letters(office: Office) -> None:
    sent(office)
    before = len(office.told("Amina Diallo"))

    forged(office, "ilo", user(office, "Amina Diallo"), "notices.letter", "1")
    forged(office, "ilo", user(office, "Amina Diallo"), "notices.revise", "1")

    assert words_of(office.told("Amina Diallo")[before:]).count("has moved on since") >= 2
    assert refused(office) == ["notice_moved_on"] * 2


def test_vii_1_2_the_letter_comes_once_more_when_asked_for(office: Office) -> None:
    draft(office)

    told = office.click("Amina Diallo", "notices.letter", where="direct")
    office.deliver()

    assert "comes to you in a direct message" in told
    assert sum(bool(m.get("files")) for m in office.direct("Amina Diallo")) == 2
    assert row(office).planned_on == office.today + timedelta(days=38)
