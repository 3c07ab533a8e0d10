"""IV.6-3 through the door: a date is moved or cancelled, and calendars are told."""

from datetime import date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from bot.agreement.meetings import MeetingStatus
from tests.handlers.meeting_days import (
    CALLING,
    DAY,
    LIAISON,
    OTHER_TIMES,
    agree,
    cancel,
    card_of,
    fixed,
    meeting,
    move,
    offered,
    propose,
    refused,
    thread,
)
from tests.handlers.pressing import buttons
from tests.office import ZURICH, Office, words_of


def invitations(office: Office) -> list[Calendar]:
    """Every calendar file in the thread of the liaison channel, read back."""
    files = [file for message in office.channel(LIAISON) for file in message.get("files", [])]
    return [Calendar.from_ical(office.slack.contents(file["id"])) for file in files]


def event(calendar: Calendar) -> Any:
    (found,) = calendar.walk("VEVENT")
    return found


@pytest.mark.parametrize("name", ["Helena Costa", "Pierre Favre"])
def test_a_fixed_date_stands_until_both_agree_to_another(office: Office, name: str) -> None:
    fixed(office)

    assert move(office, name).ok

    assert (meeting(office).status, meeting(office).day) == (MeetingStatus.MOVING, DAY)
    assert "The Governing Body meets that week." in thread(office)
    assert "stands until both parties have agreed to another" in thread(office)
    agree(office, "Helena Costa")
    assert meeting(office).day == DAY
    agree(office, "Amina Diallo")
    assert (meeting(office).status, meeting(office).day) == (MeetingStatus.FIXED, date(2027, 2, 17))
    assert "and one was fixed: Wednesday 3 February 2027 at 14:00" in card_of(office)
    assert "is moved to *Wednesday 17 February 2027 at 09:00" in thread(office)


def test_a_form_from_before_other_times_were_proposed_is_refused(office: Office) -> None:
    propose(office)
    first = offered(office)[0]
    office.click("Amina Diallo", "meetings.agree")
    office.click("Mei Chen", "meetings.answer")
    office.click("Pierre Favre", "meetings.move")
    move(office)

    office.submit("Amina Diallo", {"slot": str(first), "purposes": ["none"]})
    office.submit("Mei Chen", {"slot_1": f"{first}:yes", "slot_2": f"{first + 1}:yes"})
    office.submit("Pierre Favre", OTHER_TIMES)

    for name in ("Amina Diallo", "Mei Chen", "Pierre Favre"):
        assert "Helena Costa (IOM) proposed other times for meeting 2026/1" in str(office.modal(name))
    assert meeting(office).round == 2


@pytest.mark.parametrize(
    ("field", "changes"), [("reason", {"reason": " "}), ("day_1", {"day_1": date(2026, 1, 1)})]
)
def test_other_times_need_a_reason_and_lie_ahead(office: Office, field: str, changes: dict[str, Any]) -> None:
    fixed(office)

    assert list(move(office, **changes).errors) == [field]
    assert meeting(office).status is MeetingStatus.FIXED


@pytest.mark.parametrize("action", ["meetings.move", "meetings.cancel"])
@pytest.mark.parametrize("name", ["Mei Chen", "Grace Wanjiru", "Nadia Petrova", "Clara Novak", "Victor Lang"])
def test_only_contact_points_and_alternates_move_or_cancel(office: Office, action: str, name: str) -> None:
    fixed(office)

    assert office.click(name, action)

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


def test_a_cancelled_meeting_keeps_its_history_and_the_second_reads_who_was_first(office: Office) -> None:
    fixed(office)
    office.click("Amina Diallo", "meetings.cancel")
    assert cancel(office).ok
    office.submit("Amina Diallo", {"reason": "We are ill."})

    assert meeting(office).status is MeetingStatus.CANCELLED
    assert "*Cancelled* by Helena Costa (IOM)" in card_of(office)
    assert "The room is not free." in card_of(office)
    assert "*Date:* *Wednesday 3 February 2027" in card_of(office)
    assert "Helena Costa (IOM) cancelled it" in str(office.modal("Amina Diallo"))
    assert not buttons(office.channel(LIAISON)[0]["blocks"])
    assert "which was fixed for *Wednesday 3 February 2027" in words_of(office.direct("Amina Diallo"))


def test_a_meeting_is_not_cancelled_without_a_reason(office: Office) -> None:
    fixed(office)

    assert list(cancel(office, reason="  ").errors) == ["reason"]
    assert meeting(office).status is MeetingStatus.FIXED


def test_a_meeting_without_a_date_is_cancelled_without_a_calendar_file(office: Office) -> None:
    propose(office)
    cancel(office)

    assert not invitations(office)
    assert "Helena Costa (IOM) cancelled meeting 2026/1" in thread(office)


def test_the_invitation_is_posted_moved_and_cancelled_under_one_uid(office: Office) -> None:
    fixed(office)
    move(office)
    agree(office, "Helena Costa")
    agree(office, "Amina Diallo")
    cancel(office)

    made = invitations(office)
    assert [str(each["method"]) for each in made] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(event(each)["sequence"]) for each in made] == [0, 1, 2]
    assert {str(event(each)["uid"]) for each in made} == {"meeting-2026-1@ilo-iom-2020.comity"}
    assert event(made[0])["dtstart"].dt == datetime(2027, 2, 3, 14, 0, tzinfo=ZURICH)
    assert event(made[0])["dtend"].dt == datetime(2027, 2, 3, 15, 30, tzinfo=ZURICH)
    assert event(made[0])["dtstart"].params["TZID"] == "Europe/Zurich"
    assert [str(each["tzid"]) for each in made[0].walk("VTIMEZONE")] == ["Europe/Zurich"]
    assert [str(event(each)["status"]) for each in made] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_the_invitation_names_only_addresses_of_the_roster(office: Office) -> None:
    with office.database.writing() as session:
        for name, email in (
            ("Helena Costa", "costa@iom.example"),
            ("Amina Diallo", "x\r\nATTENDEE:mailto:e@vil"),
        ):
            person = office.person(name)
            person.email = email
            session.merge(person)
    fixed(office)

    (made,) = invitations(office)
    guests = event(made)["attendee"]
    assert str(guests) == "mailto:costa@iom.example"
    assert guests.params["CN"] == "Helena Costa"
    assert str(event(made)["organizer"]) == "invalid:nomail"


def test_hostile_text_is_inert_on_the_card_and_in_the_calendar(office: Office) -> None:
    propose(office, subject=CALLING, venue=f"{CALLING} room")
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")
    cancel(office, reason=f"{CALLING}\r\nX-EVIL:1")

    said = "\n".join(
        block["text"]["text"]
        for message in office.channel(LIAISON)
        for block in message.get("blocks", [])
        if block["type"] == "section"
    )
    assert "&lt;!channel&gt;" in said
    assert "<!channel>" not in said
    assert "<https://evil" not in said
    assert " 49" not in said
    made = invitations(office)[0]
    assert CALLING in str(event(made)["summary"])
    assert f"{CALLING} room" == str(event(made)["location"])


def test_very_long_text_is_kept_whole_and_shown_short(office: Office) -> None:
    propose(office, subject="consultation " * 11)
    move(office, reason="reason " * 140)

    assert len(meeting(office).title) == 142
    assert "…" in card_of(office)
