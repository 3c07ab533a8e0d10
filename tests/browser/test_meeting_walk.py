"""A meeting at the page: proposed, answered in two zones, moved, and its minutes on record (IV.6, V.3-1)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import expect

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
ZURICH = ZoneInfo("Europe/Zurich")
TITLE = "Yearly consultation"


def propose(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    reader.write("/meeting propose")
    reader.fill("subject", TITLE)
    reader.tick("purposes", ["IV.6-4", "V.3-1"])
    reader.tick("format", ["in person and online"])
    reader.look("meeting-form")
    reader.fill("venue", "Geneva, ILO headquarters, room II; https://meet.example/comity")
    reader.choose("length", "90 minutes")
    reader.fill("day_1", "2026-12-10")
    reader.fill("time_1", "10:00")
    reader.fill("day_2", "2026-12-11")
    reader.fill("time_2", "14:30")
    reader.fill("more", "2026-12-14 8 o'clock")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-more")).to_be_visible()
    reader.look("meeting-form-error")
    reader.fill("more", "2026-12-14 09:00")
    reader.submit()
    reader.reads(f"Meeting 2026/1 · {TITLE}")
    reader.look("meeting-proposed")


def answer(reader: Reader, user: str, first: str, said: list[str]) -> None:
    """Say when somebody could come; the form shows the first time in the zone of their own office."""
    reader.sit_down(user)
    reader.press("meetings.answer")
    expect(reader.field("slot_1")).to_contain_text(first)
    for number, word in enumerate(said, 1):
        reader.field(f"slot_{number}").get_by_text(word, exact=True).click()
    reader.look(f"when-{user}")
    reader.submit()


def agree(reader: Reader, user: str, time: str, purposes: list[str]) -> None:
    reader.sit_down(user)
    reader.press("meetings.agree")
    reader.tick("slot", [time])
    reader.tick("purposes", purposes)
    reader.look(f"agree-{user}")
    reader.submit()


def invitation(reader: Reader, number: int) -> Event:
    """The newest of so many invitations in the open thread, as a calendar reads it."""
    expect(reader.page.get_by_test_id("file-link").filter(has_text=".ics")).to_have_count(number)
    (event,) = Calendar.from_ical(reader.download(".ics")).walk("VEVENT")
    return event


def geneva(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZURICH)  # type: ignore[misc]


def test_from_a_proposal_to_confirmed_minutes_through_two_zones_and_a_move(reader: Reader) -> None:
    propose(reader)
    answer(
        reader, "U0IOMCOSTA", "Thursday 10 December 2026 at 10:00 (Geneva time)", ["yes", "if need be", "no"]
    )
    answer(reader, "U0IOMWANJIRU", "Thursday 10 December 2026 at 12:00 (Nairobi time)", ["yes", "no", "yes"])
    reader.reads("IOM 2 yes, 0 if need be, 0 no")
    agree(reader, "U0ILODIALLO", "10 December", ["IV.6-4", "V.3-1"])
    reader.look("one-side-agreed")
    agree(reader, "U0IOMCOSTA", "10 December", ["IV.6-4"])
    reader.reads("Purposes that both parties confirmed")
    reader.look("meeting-fixed")
    reader.open_thread("Meeting 2026/1")
    first = invitation(reader, 1)
    reader.look("thread-with-invitation")
    assert first["DTSTART"].dt == geneva(2026, 12, 10, 10, 0)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=90)
    assert TITLE in first["SUMMARY"]

    move(reader)
    reader.open_thread("Meeting 2026/1")
    reader.reads("moved to")
    second = invitation(reader, 2)
    reader.look("moved")
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt == geneva(2026, 12, 17, 9, 30)

    reader.pass_to(date(2026, 12, 18))
    write_the_minutes(reader)
    confirm_the_minutes(reader)


def move(reader: Reader) -> None:
    reader.sit_down("U0IOMCOSTA")
    reader.press("meetings.move")
    reader.fill("reason", "The Council of the IOM meets on that day.")
    reader.fill("day_1", "2026-12-17")
    reader.fill("time_1", "09:30")
    reader.fill("day_2", "2026-12-18")
    reader.fill("time_2", "09:30")
    reader.look("move-form")
    reader.submit()
    reader.reads("other times")
    reader.look("other-times-proposed")
    agree(reader, "U0IOMCOSTA", "17 December", ["IV.6-4"])
    agree(reader, "U0ILODIALLO", "17 December", ["IV.6-4", "V.3-1"])


def write_the_minutes(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    reader.look("after-the-meeting")
    reader.press("meetings.minutes")
    reader.fill("present_own", "Amina Diallo, Mei Chen")
    reader.fill("present_other", "Helena Costa; Grace Wanjiru by video")
    reader.fill("summary", "We went through the workplan, country by country.")
    reader.fill("decisions", "To publish the study on recruitment costs together.")
    reader.fill("actions", "Send the draft call | Samuel Otieno | 2027-03-31")
    reader.fill("next_on", "2027-12-09")
    reader.look("minutes-form")
    reader.submit()
    reader.reads("asked to confirm them")
    reader.look("minutes-written")


def confirm_the_minutes(reader: Reader) -> None:
    reader.read_letters("U0IOMCOSTA")
    reader.reads("Send the draft call · Samuel Otieno · by Wednesday 31 March 2027")
    reader.look("letters-of-the-other-side")
    reader.sit_down("U0IOMCOSTA")
    reader.consent("meetings.confirm")
    reader.reads("joint record ILO-IOM/2026/001")
    reader.look("minutes-confirmed")
    reader.open_thread("Meeting 2026/1")
    reader.reads("Joint record ILO-IOM/2026/001")
    assert reader.download(".pdf").startswith(b"%PDF")
    reader.look("thread-with-joint-record")
