"""Forged forms about meetings: what no form offers does not get on record, and one party alone fixes nothing."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.agreement.meeting_minutes import Minutes, MinutesStatus
from bot.agreement.meetings import Meeting, MeetingStatus
from bot.agreement.people import Person
from tests.handlers.meeting_days import (
    FIELD,
    KENYA,
    MINUTES,
    PROPOSAL,
    agree,
    meeting,
    minutes,
    offered,
    propose,
    refused,
    rows,
    write,
)
from tests.knocking import pressed, sent, user
from tests.office import ZURICH, Office

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


@pytest.mark.parametrize(
    ("name", "place"), [("Samuel Otieno", CHANNEL), ("Anan Srisai", CHANNEL), ("Anan Srisai", "C0KENYA")]
)
def test_iv_6_5_a_focal_point_proposes_nothing_for_a_place_that_the_form_did_not_offer(
    office: Office, name: str, place: str
) -> None:
    propose_forged(office, name, place=place, purposes=["IV.6-2"])

    assert rows(office, Meeting) == []
    assert [(entry.actor, entry.subject) for entry in refused(office)] == [(name, "not_for_this_place")]


def test_iv_6_5_a_focal_point_of_elsewhere_neither_writes_nor_answers_minutes(office: Office) -> None:
    propose(office, "Samuel Otieno", KENYA, **FIELD)
    agree(office, "Samuel Otieno", 0, ["IV.6-2"], KENYA)
    agree(office, "Grace Wanjiru", 0, ["IV.6-2"], KENYA)
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    typed = {**MINUTES, "held_on": {"type": "datepicker", "selected_date": "2027-02-03"}}
    typed["next_on"] = {"type": "datepicker", "selected_date": "2028-02-02"}

    sent(office, "ilo", user(office, "Anan Srisai"), "meetings.minutes", "1", typed)
    pressed(office, "ilo", user(office, "Anan Srisai"), "meetings.minutes", "1")
    assert rows(office, Minutes) == []
    sent(office, "ilo", user(office, "Samuel Otieno"), "meetings.minutes", "1", typed, "V2")
    pressed(office, "iom", user(office, "Linh Tran"), "meetings.confirm", "1")
    pressed(office, "iom", user(office, "Linh Tran"), "meetings.correct", "1")
    sent(office, "iom", user(office, "Linh Tran"), "meetings.correct", "1", {"correction": "Forged."}, "V3")

    assert minutes(office).status is MinutesStatus.PROPOSED
    expected = ["Anan Srisai"] * 2 + ["Linh Tran"] * 3
    assert [(each.actor, each.subject) for each in refused(office)] == [
        (name, "not_for_this_place") for name in expected
    ]


def test_iv_6_3_one_party_alone_fixes_no_time_and_confirms_no_minutes_whoever_of_it_acts(
    office: Office,
) -> None:
    propose(office)
    for name in ("Amina Diallo", "Pierre Favre"):
        for party in ("ilo", "iom"):
            slot = {"type": "radio_buttons", "selected_option": {"value": "1"}}
            chosen = {"type": "checkboxes", "selected_options": []}
            values = {"slot": slot, "purposes": chosen}
            sent(office, party, user(office, name), "meetings.agree", "1@1", values, f"V{party}{name}")
    assert meeting(office).status is MeetingStatus.PROPOSED

    agree(office, "Helena Costa")
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    office.tick()
    write(office)
    for name in ("Amina Diallo", "Pierre Favre"):
        for party in ("ilo", "iom"):
            pressed(office, party, user(office, name), "meetings.confirm", "1")

    assert minutes(office).status is MinutesStatus.PROPOSED
    assert [each.subject for each in refused(office)][-4:] == ["wrong_side"] * 4


def works_in_nairobi(office: Office, name: str) -> None:
    """So that not the place but the capacity alone stands against it."""
    with office.database.writing() as session:
        mine = col(Person.user_id) == office.id(name)
        session.exec(update(Person).where(mine).values(office="Nairobi"))


def refused_for_capacity(office: Office) -> list[str]:
    return [entry.actor for entry in refused(office) if entry.subject == "not_mandated"]


def test_iv_6_5_who_works_in_the_place_without_the_capacity_arranges_and_minutes_nothing(
    office: Office,
) -> None:
    for name in ("Mei Chen", "David Okafor"):
        works_in_nairobi(office, name)
    ilo, iom = user(office, "Mei Chen"), user(office, "David Okafor")

    propose_forged(office, "Mei Chen", place="C0KENYA", purposes=["IV.6-2"])
    assert rows(office, Meeting) == []
    propose(office, "Samuel Otieno", KENYA, **FIELD)
    slot = {"type": "radio_buttons", "selected_option": {"value": str(offered(office)[0])}}
    values = {"slot": slot, "purposes": {"type": "checkboxes", "selected_options": []}}
    sent(office, "ilo", ilo, "meetings.agree", "1@1", values, "V1")
    agree(office, "Samuel Otieno", 0, ["IV.6-2"], KENYA)
    agree(office, "Grace Wanjiru", 0, ["IV.6-2"], KENYA)
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    typed = {**MINUTES, "held_on": {"type": "datepicker", "selected_date": "2027-02-03"}}
    typed["next_on"] = {"type": "datepicker", "selected_date": "2028-02-02"}
    sent(office, "ilo", ilo, "meetings.minutes", "1", typed, "V2")
    assert rows(office, Minutes) == []
    sent(office, "ilo", user(office, "Samuel Otieno"), "meetings.minutes", "1", typed, "V3")
    pressed(office, "iom", iom, "meetings.confirm", "1")
    sent(office, "iom", iom, "meetings.correct", "1", {"correction": "Forged."}, "V4")

    assert minutes(office).status is MinutesStatus.PROPOSED
    assert refused_for_capacity(office) == ["Mei Chen"] * 3 + ["David Okafor"] * 2


@pytest.mark.parametrize("name", ["Samuel Otieno", "Mei Chen"])
def test_iv_6_5_neither_focal_points_nor_others_of_the_place_move_or_cancel_its_meeting(
    office: Office, name: str
) -> None:
    works_in_nairobi(office, name)
    propose(office, "Samuel Otieno", KENYA, **FIELD)
    times = {key: value for key, value in forged().items() if key.startswith(("day", "time", "more"))}

    sent(office, "ilo", user(office, name), "meetings.move", "1@1", {**times, "reason": "Forged."}, "V1")
    sent(office, "ilo", user(office, name), "meetings.cancel", "1@1", {"reason": "Forged."}, "V2")
    for action in ("meetings.move", "meetings.cancel"):
        pressed(office, "ilo", user(office, name), action, "1")

    assert (meeting(office).status, meeting(office).round) == (MeetingStatus.PROPOSED, 1)
    assert refused_for_capacity(office) == [name] * 4
