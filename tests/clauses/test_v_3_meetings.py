"""V.3: review meetings with their actions, and the general review as a purpose of a meeting."""

from datetime import date, datetime

import pytest

from bot.agreement.ledger import OccurrenceStatus
from tests import planning
from tests.clauses.test_iv_6_2_consultations import consult
from tests.clauses.test_iv_6_meetings import due
from tests.handlers.meeting_days import DAY, LIAISON, agree, closed, fixed, propose, write
from tests.handlers.offering import offer
from tests.handlers.test_exchanges import share
from tests.office import ZURICH, Office, words_of


def test_v_3_1_a_review_meeting_settles_its_half_year_and_its_actions_come_on_the_next_agenda(
    office: Office,
) -> None:
    closed(office)
    assert due(office, "V.3-1") == [(date(2027, 4, 23), OccurrenceStatus.MET, DAY)]
    propose(office, subject="Second", day_1=date(2027, 2, 9), day_2=date(2027, 2, 10))
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")

    office.clock.move_to(datetime(2027, 2, 8, 10, tzinfo=ZURICH))
    office.tick()

    near = words_of([each for each in office.channel(LIAISON) if "“Second”, is in 1 day" in each["text"]])
    assert "Action 2027/1 of meeting 2026/1: Send the draft call (Samuel Otieno, ILO" in near


@pytest.mark.parametrize(
    ("confirmed", "met"), [(["V.3-2"], [(date(2027, 10, 22), OccurrenceStatus.MET, DAY)]), ([], [])]
)
def test_v_3_2_the_general_review_is_met_only_where_both_confirmed_the_meeting_as_one(
    office: Office, confirmed: list[str], met: list[tuple[date, OccurrenceStatus, date]]
) -> None:
    propose(office, purposes=["V.3-2"])
    agree(office, "Amina Diallo", 0, ["V.3-2"])
    agree(office, "Helena Costa", 0, confirmed)
    office.clock.move_to(datetime(2027, 2, 4, 10, tzinfo=ZURICH))
    office.tick()
    write(office)
    office.click("Helena Costa", "meetings.confirm")

    assert due(office, "V.3-2") == met


def test_v_3_1_what_is_open_between_the_parties_comes_on_the_agenda(office: Office) -> None:
    share(office, subject="The labour mobility fund")
    offer(office)
    consult(office, topic="Recruitment fees")
    planning.add(office, subject="Study of costs", due_on=date(2027, 1, 29))
    planning.close_all(office, "Amina Diallo")
    share(office, "Samuel Otieno", "ilo-iom-east-africa", subject="Only for Kenya")
    fixed(office)

    office.clock.move_to(datetime(2027, 2, 2, 10, tzinfo=ZURICH))
    office.tick()

    said = words_of([each for each in office.channel(LIAISON) if "is in 1 day" in each["text"]])
    assert "Update 2026/1 of ILO, “The labour mobility fund” (clause IV.1), not acknowledged yet" in said
    assert "Document 2026/1 of ILO" in said
    assert "Consultation 2026/1, asked for by ILO: Recruitment fees (clause IV.6-2)" in said
    assert (
        "Item 2026/1 of the workplan, “Study of costs” (clause IV.5-2), due by Friday 29 January 2027" in said
    )
    assert "Only for Kenya" not in said
