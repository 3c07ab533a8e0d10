"""IV.6-5: a place whose offices work together hears, by a working rule, when it meets seldom."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.meeting_cadence import FieldAlert
from bot.agreement.meetings import Meeting, MeetingFormat, MeetingStatus
from bot.agreement.offices import Office as Place
from tests.handlers.meeting_days import KENYA, agree, propose
from tests.office import Office, words_of
from tests.schedules.test_meetings import at, said


def hold(office: Office, scope: str, channel_id: str, held_on: date) -> None:
    """A meeting that was held, as it stands on record."""
    with office.database.writing() as session:
        row = Meeting(
            year=held_on.year,
            seq=held_on.timetuple().tm_yday,
            party="ilo",
            proposed_by=office.person("Samuel Otieno").key,
            proposed_at=office.clock.now(),
            channel_id=channel_id,
            scope=scope,
            title="Field meeting",
            purposes="IV.6-2",
            format=MeetingFormat.ONLINE,
            venue="https://meet.example",
            length=60,
            zone="Africa/Nairobi",
            status=MeetingStatus.CLOSED,
            held_on=held_on,
        )
        session.add(row)


@pytest.mark.parametrize(
    ("day", "times"),
    [
        (date(2027, 6, 23), 0),
        (date(2027, 6, 24), 1),
        (date(2027, 8, 23), 1),
        (date(2027, 10, 22), 1),
    ],
    ids=str,
)
def test_iv_6_5_a_place_with_fewer_meetings_is_told_before_the_agreement_year_ends(
    office: Office, day: date, times: int
) -> None:
    hold(office, "KE", "C0KENYA", date(2027, 1, 12))
    hold(office, "KE", "C0KENYA", date(2026, 10, 22))

    at(office, day)

    assert len(said(office, "Kenya: 1 of 2 meetings expected by working rule", KENYA)) == times
    assert not said(office, "meetings expected by working rule")


def test_iv_6_5_each_step_is_said_once_with_what_is_left_of_the_year(office: Office) -> None:
    for day in (date(2027, 6, 24), date(2027, 8, 23), date(2027, 9, 22)):
        at(office, day)

    heard = words_of([message for message in office.channel(KENYA) if "meetings expected" in message["text"]])
    assert [days in heard for days in ("in 120 days", "in 60 days", "in 30 days")] == [True] * 3
    assert "Friday 22 October 2027" in heard
    assert "ILO Nairobi, IOM Nairobi" in heard
    assert "breach" not in heard
    with office.reading() as desk:
        assert len(desk.session.exec(select(FieldAlert)).all()) == 3


def test_iv_6_5_steps_that_were_missed_are_said_as_one_and_late(office: Office) -> None:
    at(office, date(2027, 9, 1))

    assert len(said(office, "Kenya: 0 of 2", KENYA)) == 1
    assert "This was to be said on Monday 23 August 2027 and comes late." in words_of(office.channel(KENYA))


def test_iv_6_5_a_place_that_met_often_enough_hears_nothing_and_regional_meetings_count(
    office: Office,
) -> None:
    hold(office, "KE", "C0KENYA", date(2027, 1, 12))
    hold(office, "Africa", "C0AFRICA", date(2027, 2, 12))

    at(office, date(2027, 9, 22))

    assert not said(office, "meetings expected", KENYA)
    assert "Kenya (ILO Nairobi, IOM Nairobi): 2 held; 2 expected" in office.command(
        "Mei Chen", "/meeting list"
    )


def test_iv_6_5_only_offices_marked_active_are_counted(office: Office) -> None:
    with office.database.writing() as session:
        for place in session.exec(select(Place)).all():
            place.active = False
            session.add(place)

    at(office, date(2027, 9, 22))

    assert not said(office, "meetings expected", KENYA)
    assert "expected by working rule" not in office.command("Mei Chen", "/meeting list")


def test_a_planned_meeting_is_counted_beside_those_that_were_held(office: Office) -> None:
    facts: dict[str, Any] = {"purposes": ["IV.6-2"], "day_1": date(2027, 9, 29)}
    propose(office, "Samuel Otieno", KENYA, **facts)
    agree(office, "Samuel Otieno", 0, [], KENYA)
    agree(office, "Grace Wanjiru", 0, [], KENYA)

    at(office, date(2027, 9, 1))

    assert "1 more is fixed before then." in words_of(office.channel(KENYA))
