"""IV.6 and V.3-1: what the clock says of meetings, minutes and action items, and of places that meet seldom."""

from datetime import date, datetime, time

from sqlmodel import select

from bot.agreement.follow_ups import FollowUp
from tests.handlers.meeting_days import (
    KENYA,
    LIAISON,
    actions,
    after_the_day,
    agree,
    closed,
    fixed,
    meeting,
    propose,
    write,
)
from tests.office import ZURICH, Office, words_of


def at(office: Office, day: date) -> None:
    """Be at a day at ten, without the days between, and let the clock tick twice."""
    office.clock.move_to(datetime.combine(day, time(10), ZURICH))
    office.tick()
    office.tick()


def said(office: Office, text: str, channel: str = LIAISON) -> list[str]:
    return [message["text"] for message in office.channel(channel) if text in message["text"]]


def told(office: Office, name: str, text: str) -> list[str]:
    return [message["text"] for message in office.direct(name) if text in message["text"]]


def test_a_party_that_has_not_agreed_is_asked_again_with_growing_pauses(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")

    for day, times in (
        (date(2026, 11, 27), 0),
        (date(2026, 11, 30), 1),
        (date(2026, 12, 7), 2),
        (date(2026, 12, 21), 3),
    ):
        at(office, day)
        assert len(told(office, "Helena Costa", "IOM has not agreed to a time for meeting 2026/1")) == times
    assert not told(office, "Amina Diallo", "not agreed to a time for meeting")
    at(office, date(2027, 1, 29))
    assert len(told(office, "Helena Costa", "not agreed to a time for meeting")) == 3


def test_parties_that_agreed_to_different_times_are_both_asked_until_one_is_fixed(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo", 0)
    agree(office, "Helena Costa", 1)
    at(office, date(2026, 11, 30))
    assert told(office, "Amina Diallo", "ILO and IOM have not agreed to a time for meeting 2026/1")
    assert told(office, "Helena Costa", "ILO and IOM have not agreed to a time for meeting 2026/1")

    agree(office, "Amina Diallo", 1)
    at(office, date(2026, 12, 7))

    assert not told(office, "Amina Diallo", "not agreed to a time")


def test_a_meeting_is_brought_to_mind_on_three_days_and_once_each(office: Office) -> None:
    fixed(office)

    for day, times in (
        (date(2027, 1, 19), 0),
        (date(2027, 1, 20), 1),
        (date(2027, 1, 27), 2),
        (date(2027, 2, 2), 3),
    ):
        at(office, day)
        assert len(said(office, "“Yearly consultation”, is in")) == times
        assert len(told(office, "Helena Costa", "“Yearly consultation”, is in")) == times
    assert "is in 1 day: *Wednesday 3 February 2027 at 14:00" in words_of(office.channel(LIAISON))


def test_the_reminder_holds_what_is_open_between_the_parties(office: Office) -> None:
    fixed(office)
    office.command("Mei Chen", "/exchange share")
    office.submit(
        "Mei Chen",
        {
            "subject": "A & B",
            "summary": "S",
            "area": "A-COOP",
            "classification": "public",
            "counterparts": "",
            "asked": "",
        },
    )
    office.command("Mei Chen", "/emblem request")
    office.submit(
        "Mei Chen",
        {
            "mark": "emblem",
            "purpose": "P",
            "product": "Study on recruitment",
            "audience": "A",
            "use_from": date(2027, 3, 1),
            "use_until": date(2027, 4, 1),
            "mockup_text": "T",
            "needed_by": date(2027, 2, 26),
        },
    )
    at(office, date(2026, 12, 1))
    propose(office, subject="Second", day_1=date(2026, 12, 3))
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")
    at(office, date(2026, 12, 2))

    near = words_of([message for message in office.channel(LIAISON) if "“Second”, is in" in message["text"]])
    assert "Update 2026/1 of ILO, “A &amp; B” (clause IV.1), not acknowledged yet" in near
    assert "Request 2026/1: ILO asks IOM about “Study on recruitment” (clause VI.1)" in near


def test_what_could_not_be_said_in_time_is_said_once_and_late_but_not_after_the_day(office: Office) -> None:
    fixed(office)

    at(office, date(2027, 1, 29))
    assert len(said(office, "is in 5 days")) == 1
    assert "This was to be said on Wednesday 27 January 2027 and comes late." in words_of(
        office.channel(LIAISON)
    )
    at(office, date(2027, 2, 8))

    assert len(said(office, "“Yearly consultation”, is in")) == 1
    assert len(said(office, "Was meeting 2026/1")) == 1
    with office.reading() as desk:
        waiting = select(FollowUp).where(FollowUp.kind == "meeting_near", FollowUp.said_at == None)  # noqa: E711
        assert not desk.session.exec(waiting).all()


def test_whether_it_was_held_is_asked_on_the_next_working_day_and_with_growing_pauses(office: Office) -> None:
    fixed(office)

    for day, times in (
        (date(2027, 2, 3), 0),
        (date(2027, 2, 4), 1),
        (date(2027, 2, 10), 2),
        (date(2027, 2, 24), 3),
        (date(2027, 3, 17), 4),
        (date(2027, 6, 1), 4),
    ):
        at(office, day)
        assert len(said(office, "Was meeting 2026/1")) == times
        assert bool(told(office, "Helena Costa", "Was meeting 2026/1")) is (times > 0)
    assert "meetings.minutes" in str(office.channel(LIAISON)[0]["blocks"])


def test_a_focal_point_is_asked_with_the_button_that_they_may_use(office: Office) -> None:
    propose(office, "Samuel Otieno", KENYA, purposes=["IV.6-2"])
    agree(office, "Samuel Otieno", 0, [], KENYA)
    agree(office, "Grace Wanjiru", 0, [], KENYA)
    at(office, date(2027, 2, 4))

    asked = [
        [str(message["blocks"]) for message in office.direct(name) if "Was meeting" in message["text"]]
        for name in ("Grace Wanjiru", "Helena Costa")
    ]
    assert ["meetings.minutes" in said for (said,) in asked] == [True, True]
    assert ["meetings.cancel" in said for (said,) in asked] == [False, True]


def test_nothing_more_is_asked_once_the_minutes_wait_or_the_meeting_is_cancelled(office: Office) -> None:
    after_the_day(office)
    write(office)
    at(office, date(2027, 3, 30))
    assert len(said(office, "Was meeting 2026/1")) == 1

    propose(office, subject="Second", day_1=date(2027, 4, 14), day_2=date(2027, 4, 15))
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")
    office.click("Helena Costa", "meetings.cancel", value=str(meeting(office).key))
    office.submit("Helena Costa", {"reason": "Not needed."})
    at(office, date(2027, 4, 16))

    assert not said(office, "“Second”, is in")
    assert not said(office, "Was meeting 2027/1")


def test_a_moved_meeting_is_brought_to_mind_for_its_new_day_only(office: Office) -> None:
    fixed(office)
    office.click("Helena Costa", "meetings.move")
    office.submit(
        "Helena Costa",
        {
            "reason": "A clash",
            "day_1": date(2027, 3, 3),
            "time_1": time(9),
            "day_2": date(2027, 3, 4),
            "time_2": time(9),
        },
    )
    office.deliver()
    agree(office, "Helena Costa")
    agree(office, "Amina Diallo")

    at(office, date(2027, 2, 4))
    assert not said(office, "“Yearly consultation”, is in")
    assert not said(office, "Was meeting")
    at(office, date(2027, 2, 17))

    assert len(said(office, "is in 14 days: Wednesday 3 March 2027 at 09:00")) == 1


def test_while_another_time_is_proposed_the_fixed_one_is_still_brought_to_mind(office: Office) -> None:
    fixed(office)
    office.click("Helena Costa", "meetings.move")
    office.submit(
        "Helena Costa",
        {
            "reason": "A clash",
            "day_1": date(2027, 3, 3),
            "time_1": time(9),
            "day_2": date(2027, 3, 4),
            "time_2": time(9),
        },
    )
    office.deliver()

    at(office, date(2027, 1, 20))

    assert "Another time is proposed; this one stands" in words_of(office.channel(LIAISON))


def test_the_other_party_is_reminded_of_minutes_with_growing_pauses(office: Office) -> None:
    after_the_day(office)
    write(office)

    for day, times in (
        (date(2027, 2, 11), 1),
        (date(2027, 2, 18), 2),
        (date(2027, 3, 4), 3),
        (date(2027, 6, 1), 3),
    ):
        at(office, day)
        assert len(told(office, "Helena Costa", "still wait for IOM")) == times
    assert not told(office, "Amina Diallo", "still wait for IOM")


def test_after_a_correction_it_is_asked_again_whether_there_are_minutes(office: Office) -> None:
    after_the_day(office)
    write(office)
    office.click("Helena Costa", "meetings.correct")
    office.submit("Helena Costa", {"correction": "A name is missing."})
    at(office, date(2027, 2, 5))

    assert len(said(office, "Was meeting 2026/1")) == 2
    assert not told(office, "Helena Costa", "still wait for IOM")


def test_the_owner_of_an_action_is_reminded_before_on_and_after_its_day(office: Office) -> None:
    closed(office, actions="Send the call | Samuel Otieno | 2027-03-31")

    for day, times in (
        (date(2027, 3, 23), 0),
        (date(2027, 3, 24), 1),
        (date(2027, 3, 31), 2),
        (date(2027, 4, 1), 3),
        (date(2027, 4, 7), 4),
        (date(2027, 4, 21), 5),
        (date(2027, 7, 1), 5),
    ):
        at(office, day)
        assert len(told(office, "Samuel Otieno", "“Send the call”")) == times
        assert len(told(office, "Amina Diallo", "“Send the call”")) == max(0, times - 2)
    assert not told(office, "Helena Costa", "“Send the call”")
    assert len(said(office, "“Send the call”")) == 3


def test_where_the_owner_is_not_on_the_roster_the_contact_point_is_told(office: Office) -> None:
    closed(office, actions="Book the room | IOM Maria Rossi | 2027-03-31")

    at(office, date(2027, 3, 24))

    assert (
        len(
            told(
                office,
                "Helena Costa",
                "“Book the room” (Maria Rossi, IOM), of meeting 2026/1 is due in 7 days",
            )
        )
        == 1
    )


def test_a_done_action_is_asked_about_no_more(office: Office) -> None:
    closed(office, actions="Send the call | Samuel Otieno | 2027-03-31")
    at(office, date(2027, 3, 24))
    office.click("Samuel Otieno", "meetings.action", where="direct")
    office.submit("Samuel Otieno", {"outcome": "done", "note": ""})

    at(office, date(2027, 4, 1))

    assert len(told(office, "Samuel Otieno", "“Send the call”")) == 1
    assert actions(office)[0].note == ""
