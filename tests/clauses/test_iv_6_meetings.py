"""IV.6, clause by clause: views, consultation, the date, the yearly meeting, and meetings in the field."""

from datetime import date, datetime

from sqlmodel import select

from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.meetings import MeetingStatus
from tests.handlers.meeting_days import (
    DAY,
    FIELD,
    KENYA,
    LIAISON,
    MINUTES,
    agree,
    closed,
    fixed,
    meeting,
    propose,
    write,
)
from tests.handlers.pressing import buttons
from tests.handlers.test_exchanges import share
from tests.office import ZURICH, Office, words_of


def due(office: Office, clause: str) -> list[tuple[date, OccurrenceStatus, date | None]]:
    """The due dates of a clause that were met."""
    with office.reading() as desk:
        rows = desk.session.exec(select(Occurrence).where(Occurrence.clause == clause)).all()
        return [(row.due_on, row.status, row.met_on) for row in rows if row.status is OccurrenceStatus.MET]


def held(office: Office, channel: str, first: str, second: str, **facts: object) -> None:
    """A meeting on 3 February 2027 that both sides agreed to, held, and minuted."""
    aims = facts["purposes"]
    assert isinstance(aims, list)
    propose(office, first, channel, **facts)
    agree(office, first, 0, aims, channel)
    agree(office, second, 0, aims, channel)
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    office.tick()
    write(office, first, channel, actions="")
    office.click(second, "meetings.confirm", where=channel)
    office.deliver()


def test_iv_6_1_updates_that_nobody_acknowledged_come_on_the_agenda(office: Office) -> None:
    fixed(office)
    share(office)

    office.clock.move_to(datetime(2027, 2, 2, 10, tzinfo=ZURICH))
    office.tick()

    near = [message for message in office.channel(LIAISON) if "is in 1 day" in message["text"]]
    assert "Update 2026/1 of ILO, “Labour mobility fund” (clause IV.1)" in words_of(near)


def test_iv_6_4_what_reminds_of_a_meeting_has_the_button_that_proposes_one(office: Office) -> None:
    office.clock.move_to(datetime(2027, 3, 24, 10, tzinfo=ZURICH))
    office.tick()
    (review,) = [message for message in office.channel(LIAISON) if "Hold a review meeting" in message["text"]]
    assert buttons(review["blocks"])[0][0] == "meetings.propose"
    office.clock.move_to(datetime(2027, 6, 24, 10, tzinfo=ZURICH))
    office.tick()

    reminders = [message for message in office.channel(LIAISON) if "global meeting of the" in message["text"]]
    assert [name for name, _ in buttons(reminders[-1]["blocks"])] == ["meetings.propose", "settlements.open"]
    office.click("Helena Costa", "meetings.propose")

    assert office.modal("Helena Costa")["callback_id"] == "meetings.propose"


def test_iv_6_2_a_consultation_is_kept_on_record_and_settles_no_due_date(office: Office) -> None:
    held(office, LIAISON, "Amina Diallo", "Helena Costa", purposes=["IV.6-2"])

    assert meeting(office).confirmed == "IV.6-2"
    said = words_of(office.channel(LIAISON))
    assert "Joint record ILO-IOM/2027/001: the minutes of meeting 2026/1" in said
    assert "It meets no due date" in said
    assert not due(office, "IV.6-4")


def test_iv_6_3_a_date_is_fixed_only_by_both_and_the_next_is_asked_before_closing(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")
    assert meeting(office).starts_at is None
    agree(office, "Helena Costa")
    assert meeting(office).day == DAY
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))

    office.tick()
    result = write(office, next_on=None, no_next="")

    assert list(result.errors) == ["next_on"]
    assert "IV.6-3; a working rule" in result.errors["next_on"]
    assert meeting(office).status is MeetingStatus.FIXED


def test_iv_6_3_silence_fixes_nothing(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")

    office.clock.move_to(datetime(2027, 3, 1, 10, tzinfo=ZURICH))
    office.tick()

    assert meeting(office).status is MeetingStatus.PROPOSED


def test_iv_6_4_the_global_meeting_settles_the_agreement_year_in_which_it_was_held(office: Office) -> None:
    closed(office)

    assert due(office, "IV.6-4") == [(date(2027, 10, 22), OccurrenceStatus.MET, DAY)]


def test_iv_6_4_a_second_global_meeting_in_the_year_settles_nothing_more(office: Office) -> None:
    closed(office)
    propose(office, day_1=date(2027, 3, 3), day_2=date(2027, 3, 4))
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")
    office.clock.move_to(datetime(2027, 3, 5, 10, tzinfo=ZURICH))
    office.tick()
    office.click("Amina Diallo", "meetings.minutes", value=str(meeting(office).key))
    office.submit("Amina Diallo", {**MINUTES, "held_on": date(2027, 3, 3), "actions": ""})
    office.deliver()
    office.click("Helena Costa", "meetings.confirm")
    office.deliver()

    assert len(due(office, "IV.6-4")) == 1
    assert meeting(office).status is MeetingStatus.CLOSED


def test_iv_6_4_a_purpose_that_one_party_did_not_confirm_is_not_met(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo", 0, ["IV.6-4", "V.3-1"])
    agree(office, "Helena Costa", 0, ["V.3-1"])
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    office.tick()
    write(office)
    office.click("Helena Costa", "meetings.confirm")

    assert not due(office, "IV.6-4")
    assert len(due(office, "V.3-1")) == 1


def test_iv_6_5_a_field_meeting_is_counted_for_its_place_and_settles_nothing_at_headquarters(
    office: Office,
) -> None:
    held(office, KENYA, "Samuel Otieno", "Grace Wanjiru", **{**FIELD, "purposes": ["V.3-1"]})

    said = office.command("Mei Chen", "/meeting list")
    assert "Kenya (ILO Nairobi, IOM Nairobi): 1 held; 2 expected by working rule" in said
    assert not due(office, "V.3-1")
    assert "held on Wednesday 3 February 2027" in said
