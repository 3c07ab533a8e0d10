"""VII.1-2: what is planned for a day after the last one is told once, and not prompted for until the closing."""

from datetime import date

import pytest
from sqlmodel import select

from bot.agreement.after_the_end import AFTER_END
from bot.agreement.follow_ups import FollowUp
from bot.agreement.meetings import MeetingStatus
from bot.agreement.standing import take_back
from tests.clauses.ending import give_notice
from tests.handlers import meeting_days
from tests.handlers.meeting_days import LIAISON, fixed, meeting, propose, thread
from tests.office import Office, words_of

LAST = date(2027, 1, 29)
"""Before the meeting of 3 February 2027."""
NEAR = "Yearly consultation"


def prompts(office: Office, name: str) -> int:
    """How often somebody was reminded in person of the meeting, or asked about it."""
    return sum(NEAR in words_of([message]) for message in office.direct(name))


def told(office: Office) -> int:
    return sum("after the last day of the Agreement" in words_of([m]) for m in office.channel(LIAISON))


def test_vii_1_2_a_meeting_after_the_last_day_is_told_of_once_and_not_prompted_for(office: Office) -> None:
    fixed(office)
    give_notice(office, LAST)
    before = prompts(office, "Helena Costa")

    office.pass_to(LAST)
    office.tick()

    assert prompts(office, "Helena Costa") == before
    assert told(office) == 1
    said = thread(office)
    assert "is planned for *Wednesday 3 February 2027*, after the last day" in said
    assert "*Friday 29 January 2027*" in said
    assert meeting(office).status is MeetingStatus.FIXED


def test_vii_1_2_nobody_is_asked_to_agree_on_times_that_all_come_after_the_last_day(office: Office) -> None:
    propose(office)
    give_notice(office, LAST)
    before = prompts(office, "Helena Costa")

    office.pass_to(date(2027, 1, 15))

    assert prompts(office, "Helena Costa") == before
    assert told(office) == 1


def test_vii_1_2_a_meeting_on_the_last_day_is_prompted_for_as_ever(office: Office) -> None:
    fixed(office)
    give_notice(office, meeting_days.DAY)
    before = prompts(office, "Helena Costa")

    office.pass_to(date(2027, 2, 2))

    assert prompts(office, "Helena Costa") > before
    assert told(office) == 0


def test_vii_1_2_once_the_notice_is_withdrawn_reminders_go_on(office: Office) -> None:
    fixed(office)
    give_notice(office, LAST)
    office.pass_to(date(2027, 1, 28))
    before = prompts(office, "Helena Costa")
    with office.database.writing() as session:
        take_back(session, "ilo-iom-2020")

    office.pass_to(date(2027, 2, 2))

    assert prompts(office, "Helena Costa") > before
    assert told(office) == 1


@pytest.mark.parametrize("ticks", [1, 3])
def test_vii_1_2_it_is_told_once_however_often_the_clock_looks(office: Office, ticks: int) -> None:
    fixed(office)
    give_notice(office, LAST)
    office.pass_to(date(2027, 1, 27))

    for _ in range(ticks):
        office.tick()

    with office.reading() as desk:
        rows = desk.session.exec(select(FollowUp).where(FollowUp.kind == AFTER_END)).all()
    assert ([(row.subject, row.due_on) for row in rows], told(office)) == ([("meeting:1", LAST)], 1)
