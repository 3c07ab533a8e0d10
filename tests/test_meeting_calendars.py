"""The invitation file: read back by a calendar, its zone complete, and no text of people able to add a line."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from bot.meeting_calendars import Guest, Invitation, Method, icalendar_file

INVITATION = Invitation(
    method=Method.REQUEST,
    uid="meeting-2027-1@ilo-iom-2020.comity",
    sequence=3,
    made_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    starts_at=datetime(2027, 7, 14, 7, 30, tzinfo=UTC),
    length=90,
    zone="Europe/Zurich",
    title="Consultation",
    place="Room II",
    description="Agenda:\n- one",
    organizer=Guest("Amina Diallo", "diallo@ilo.example"),
    guests=(Guest("Helena Costa", "costa@iom.example"), Guest("Maria Rossi", "")),
)
INJECTED = 'a\r\nATTENDEE:mailto:evil@example.org\rX-EVIL:1\nBEGIN:VALARM\x00\x07\u2028END:VEVENT;,\\"'


def made(**changes: Any) -> Calendar:
    return Calendar.from_ical(icalendar_file(replace(INVITATION, **changes)))


def event(**changes: Any) -> Any:
    (found,) = made(**changes).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Europe/Zurich", 2), ("Africa/Nairobi", 3), ("Asia/Bangkok", 7), ("America/New_York", -4)],
)
def test_the_time_keeps_its_zone_and_its_instant(zone: str, offset: int) -> None:
    found = event(zone=zone)

    assert found["dtstart"].params["TZID"] == zone
    assert found["dtstart"].dt == INVITATION.starts_at
    assert found["dtstart"].dt.utcoffset().total_seconds() == offset * 3600
    assert (found["dtend"].dt - found["dtstart"].dt).total_seconds() == 90 * 60
    assert [str(part["tzid"]) for part in made(zone=zone).walk("VTIMEZONE")] == [zone]


@pytest.mark.parametrize("year", [2027, 2039, 2060])
def test_the_rules_of_summer_time_reach_the_year_of_the_meeting(year: int) -> None:
    winter = datetime(year, 1, 14, 8, 0, tzinfo=UTC)

    zones = made(starts_at=winter).walk("VTIMEZONE")

    names = {part.name for part in zones[0].subcomponents}
    assert names == {"STANDARD", "DAYLIGHT"}
    assert event(starts_at=winter)["dtstart"].dt == winter


def test_a_change_and_a_cancellation_say_so() -> None:
    cancelled = made(method=Method.CANCEL, sequence=4)

    assert str(cancelled["method"]) == "CANCEL"
    assert str(event(method=Method.CANCEL)["status"]) == "CANCELLED"
    assert int(event(sequence=4)["sequence"]) == 4
    assert str(event()["status"]) == "CONFIRMED"
    assert str(event()["uid"]) == INVITATION.uid


def test_only_people_with_an_address_are_named() -> None:
    found = event()

    assert str(found["attendee"]) == "mailto:costa@iom.example"
    assert str(found["organizer"]) == "mailto:diallo@ilo.example"
    assert b"Rossi" not in icalendar_file(INVITATION)


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b\r\nATTENDEE:mailto:evil@example.org", "a@b;c", "a@b,c@d"]
)
def test_what_is_no_address_names_nobody(email: str) -> None:
    found = event(organizer=Guest("Amina Diallo", email), guests=(Guest("Helena Costa", email),))

    assert str(found["organizer"]) == "invalid:nomail"
    assert "attendee" not in found


@pytest.mark.parametrize("field", ["title", "place", "description"])
def test_text_of_people_adds_no_line_and_no_property(field: str) -> None:
    found = event(**{field: INJECTED})

    plain = event()
    assert set(found) == set(plain)
    assert len(found.subcomponents) == 0
    name = {"title": "summary", "place": "location", "description": "description"}[field]
    assert str(found[name]).startswith("a\nATTENDEE:mailto:evil@example.org\nX-EVIL:1\nBEGIN:VALARM")
    lines = icalendar_file(replace(INVITATION, **{field: INJECTED})).split(b"\r\n")
    assert not [line for line in lines if line.startswith((b"X-EVIL", b"BEGIN:VALARM", b"ATTENDEE:"))]
    assert not any(b"\n" in line or b"\r" in line or b"\x00" in line for line in lines)


def test_a_name_adds_no_line_either() -> None:
    found = event(guests=(Guest(f'"{INJECTED}', "costa@iom.example"),))

    assert str(found["attendee"]) == "mailto:costa@iom.example"
    assert set(found) == set(event())


def test_no_line_is_longer_than_calendars_read() -> None:
    content = icalendar_file(replace(INVITATION, description="ü" * 4000))

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
