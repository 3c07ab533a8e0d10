"""IV.6-3 through the door: a meeting is proposed, answered, agreed to by both sides, moved and cancelled."""

from datetime import date, datetime, time
from typing import Any

import pytest

from bot.agreement.meetings import MeetingStatus
from tests.handlers.meeting_days import (
    DAY,
    FIELD,
    KENYA,
    LIAISON,
    agree,
    answer,
    fixed,
    meeting,
    propose,
    refused,
)
from tests.handlers.pressing import buttons, modal_words
from tests.office import ZURICH, Office, words_of


def test_a_meeting_is_proposed_in_the_channel_and_to_both_contact_points(office: Office) -> None:
    assert propose(office).ok

    (card,) = office.channel(LIAISON)
    said = words_of([card])
    assert "Amina Diallo (ILO) proposed this meeting" in said
    assert "Wednesday 3 February 2027 at 14:00 (Geneva time)" in said
    assert "A global meeting each year (IV.6-4); Review meetings (V.3-1)" in said
    assert "Waiting for both parties to agree to a time." in said
    assert [action for action, _ in buttons(card["blocks"])] == [
        "meetings.answer",
        "meetings.agree",
        "meetings.move",
        "meetings.cancel",
    ]
    for name in ("Amina Diallo", "Helena Costa"):
        assert "Yearly consultation" in words_of(office.direct(name))
    assert not office.direct("Grace Wanjiru")


def test_the_date_is_fixed_when_both_agree(office: Office) -> None:
    fixed(office)
    print(words_of(office.channel(LIAISON)))
    print(words_of(office.direct("Helena Costa")))
    assert meeting(office).status is MeetingStatus.FIXED
