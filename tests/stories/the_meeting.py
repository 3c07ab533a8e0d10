"""A meeting from the first proposal to the last action item, with its entries in the calendars of both parties."""

from datetime import date, datetime, time
from typing import Any

from icalendar import Calendar

from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.meetings import MeetingStatus
from tests.handlers.meeting_days import agree, answer, meeting, move, propose, write
from tests.handlers.pressing import home_words, modal_words
from tests.office import ZURICH, Office, words_of
from tests.stories.setting import KENYA, LIAISON, days_of, due, fill, press, said, told

FIRST: dict[str, Any] = {"day_1": date(2027, 2, 10), "day_2": date(2027, 2, 17)}
OTHER: dict[str, Any] = {"day_1": date(2027, 3, 3), "day_2": date(2027, 3, 4)}
HELD = date(2027, 3, 3)
MINUTES: dict[str, Any] = {
    "held_on": HELD,
    "next_on": date(2028, 3, 1),
    "actions": "Send the draft call | Samuel Otieno | 2027-04-30",
}
FIELD: dict[str, Any] = {"purposes": ["IV.6-2"], "venue": "Nairobi, UN complex"}


def entries(office: Office, number: str) -> list[Any]:
    """The entry in each calendar file that was sent of this meeting, read back."""
    files = [file for message in office.channel(LIAISON) for file in message.get("files", [])]
    read = [
        Calendar.from_ical(office.slack.contents(file["id"]))
        for file in files
        if file["name"].endswith(".ics")
    ]
    events = [event for calendar in read for event in calendar.walk("VEVENT")]
    return [event for event in events if str(event["uid"]).startswith(f"meeting-{number}@")]


def the_yearly_meeting_is_proposed_answered_and_moved(office: Office) -> None:
    """IV.6-3: times are answered in Geneva, Nairobi and Bangkok, one is fixed, and both move it for a reason."""
    office.pass_to(date(2027, 1, 27))
    propose(office, **FIRST)
    for name, zone in (("Mei Chen", "Geneva"), ("Grace Wanjiru", "Nairobi"), ("Anan Srisai", "Bangkok")):
        office.click(name, "meetings.answer")
        assert f"The times below are in *{zone} time*" in modal_words(office, name)
        office.slack.close_modal(office.id(name))
        answer(office, name, ["yes", "no"])
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")
    assert meeting(office).day == date(2027, 2, 10)

    office.pass_to(date(2027, 2, 4))
    move(office, "Helena Costa", **OTHER)
    agree(office, "Helena Costa")
    agree(office, "Amina Diallo")

    first, second = entries(office, "2027-1")
    assert (first["uid"], int(first["sequence"])) == (second["uid"], 0)
    assert int(second["sequence"]) == 1
    assert [each["dtstart"].dt for each in (first, second)] == [
        datetime(2027, 2, 10, 14, tzinfo=ZURICH),
        datetime(2027, 3, 3, 9, tzinfo=ZURICH),
    ]


def it_is_held_and_both_confirm_the_minutes(office: Office) -> None:
    """IV.6-4 and V.3-1: it is held on 3 March; joint minutes settle the year's meeting and the review meeting."""
    office.pass_to(date(2027, 3, 4))
    reminders = said(office, "“Yearly consultation”, is in")
    moved = date(2027, 2, 4)
    after = [date(2027, 2, 17), date(2027, 2, 24), date(2027, 3, 2)]
    assert [day for day in days_of(reminders) if day > moved] == after

    write(office, **MINUTES)
    press(office, "Helena Costa", "meetings.confirm")

    assert meeting(office).status is MeetingStatus.CLOSED
    assert "09:00 (Geneva time). Reason: The Governing Body meets that week.\n" in words_of(
        said(office, "Yearly consultation")
    )
    assert "joint record ILO-IOM/2027/001" in words_of(said(office, "Yearly consultation"))
    for duty, due_on in (("meeting-global", date(2027, 10, 22)), ("review-meeting", date(2027, 4, 23))):
        row = due(office, duty, due_on)
        assert (row.status, row.met_on) == (OccurrenceStatus.MET, HELD)


def its_action_item_is_chased_and_done(office: Office) -> None:
    """V.3-1: Nairobi is reminded of the draft call, asked again once it is late, and says that it is done."""
    office.pass_to(date(2027, 5, 20))
    asked = days_of(told(office, "Samuel Otieno", "Action 2027/1"))
    assert [day for day in asked if day <= date(2027, 4, 30)]
    assert [day for day in asked if day > date(2027, 4, 30)]

    assert "Action 2027/1" in home_words(office.home("Samuel Otieno"))
    office.click("Samuel Otieno", "meetings.action", where="home")
    fill(office, "Samuel Otieno", {"outcome": "done", "note": "Sent on 19 May."})
    assert "Action 2027/1" not in home_words(office.home("Samuel Otieno"))


def offices_meet_in_the_field(office: Office, day: date, subject: str) -> None:
    """IV.6-2 and IV.6-5: Nairobi's two offices meet, write minutes, and their meeting is counted."""
    propose(office, "Samuel Otieno", KENYA, subject=subject, day_1=day, day_2=day, time_2=time(16), **FIELD)
    agree(office, "Samuel Otieno", 0, [], KENYA)
    agree(office, "Grace Wanjiru", 0, [], KENYA)
    office.pass_to(date.fromordinal(day.toordinal() + 1))
    minutes = {"held_on": day, "actions": "", "next_on": None, "no_next": "When the season begins."}
    write(office, "Grace Wanjiru", KENYA, **minutes)
    press(office, "Samuel Otieno", "meetings.confirm", KENYA)
    assert meeting(office).status is MeetingStatus.CLOSED


def the_field_is_heard_of_when_it_meets_seldom(office: Office) -> None:
    """IV.6-5: Nairobi is told three times in the seventh year, and not in the eighth, when it met twice."""
    heard = days_of(said(office, "meetings expected", KENYA))
    assert heard == [date(2027, 6, 24), date(2027, 8, 23), date(2027, 9, 22)]
    assert "2 held; 2 expected" in office.command("Mei Chen", "/meeting list")


def the_second_year_has_its_meeting_too(office: Office) -> None:
    """IV.6-4 and V.3-1: ILO hosts on 1 March 2028, as the minutes of the first meeting foresaw."""
    office.pass_to(date(2028, 2, 7))
    day = date(2028, 3, 1)
    propose(office, "Omar Haddad", subject="Second yearly consultation", day_1=day, day_2=date(2028, 3, 2))
    agree(office, "Omar Haddad")
    agree(office, "Amina Diallo")
    office.pass_to(date(2028, 3, 2))
    agenda = words_of(said(office, "“Second yearly consultation”, is in 1 day"))
    open_since = "which was due by Friday 23 October 2026 and Saturday 23 October 2027"
    assert agenda.count(f"Hold a review meeting (clause V.3-1), {open_since}") == 1
    write(office, "Omar Haddad", **{**MINUTES, "held_on": day, "actions": "", "next_on": date(2029, 3, 1)})
    press(office, "Amina Diallo", "meetings.confirm")

    for duty, due_on in (("meeting-global", date(2028, 10, 22)), ("review-meeting", date(2028, 4, 23))):
        assert due(office, duty, due_on).met_on == day
