"""Forged forms about meetings: what no form offers does not get on record, and one party alone fixes nothing."""

from typing import Any

import pytest

from bot.agreement.meetings import Meeting, MeetingStatus
from tests.handlers.meeting_days import LIAISON, PROPOSAL, agree, meeting, propose, refused, rows
from tests.knocking import pressed, sent, user
from tests.office import Office

CHANNEL = "C0LIAISON"


def forged(**changes: Any) -> dict[str, Any]:
    """The form in which a meeting is proposed, as no Slack client would send it."""

    def one(value: str) -> dict[str, Any]:
        return {"type": "static_select", "selected_option": {"value": value}}

    several = [{"value": value} for value in changes.pop("purposes", ["IV.6-4"])]
    values = {
        "subject": PROPOSAL["subject"],
        "place": one(CHANNEL),
        "purposes": {"type": "checkboxes", "selected_options": several},
        "format": one("online"),
        "venue": PROPOSAL["venue"],
        "length": one("60"),
        "day_1": {"type": "datepicker", "selected_date": "2027-02-03"},
        "time_1": {"type": "timepicker", "selected_time": "14:00"},
        "day_2": {"type": "datepicker", "selected_date": "2027-02-10"},
        "time_2": {"type": "timepicker", "selected_time": "10:30"},
        "more": "",
    }
    return {**values, **{name: one(value) for name, value in changes.items()}}


def propose_forged(office: Office, name: str = "Amina Diallo", **changes: Any) -> str:
    return sent(office, "ilo", user(office, name), "meetings.propose", CHANNEL, forged(**changes)).body


@pytest.mark.parametrize("length", ["-60", "0", "1", "999999999", "sixty"])
def test_a_length_that_is_not_offered_makes_no_meeting(office: Office, length: str) -> None:
    answer = propose_forged(office, length=length)

    assert '"errors"' in answer
    assert rows(office, Meeting) == []


def test_a_purpose_that_is_sent_twice_is_served_once(office: Office) -> None:
    propose_forged(office, purposes=["IV.6-4", "V.3-1", "IV.6-4"])

    assert meeting(office).aims == ("IV.6-4", "V.3-1")
