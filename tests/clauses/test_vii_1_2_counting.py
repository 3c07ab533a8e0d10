"""VII.1-2: a notice is counted by the Agreement as it stood when it was received; nothing moves it."""

from datetime import date, datetime, time
from typing import Any

import pytest

from bot.agreement.amendments import AmendmentStatus
from bot.agreement.definition_values import RunsFrom
from bot.agreement.desk import Desk
from bot.agreement.notice_countings import Counting, counting_by, counting_of
from tests.clauses import amending
from tests.handlers.noticing import SLIP, expected_end, press, receiving, row, sent
from tests.office import ZURICH, Office, words_of

LATER = datetime(2027, 1, 12, 10, tzinfo=ZURICH)
TWO_MONTHS, THREE_MONTHS = date(2027, 2, 28), date(2027, 3, 31)


def amended(office: Office) -> None:
    """From 12 January 2027 a notice runs three months."""
    office.clock.move_to(LATER)
    amending.sealed(office, effective_on=LATER.date())
    office.tick()
    assert amending.row(office).status is AmendmentStatus.IN_FORCE


def proven(office: Office) -> None:
    """Evidence of receipt on 31 December 2026 is on record."""
    sent(office)
    press(office, "Amina Diallo", "prove", {**receiving(office), "file": SLIP})


def acknowledge(office: Office, **changes: Any) -> Any:
    return press(office, "Helena Costa", "acknowledge", {**receiving(office), **changes})


def counting(office: Office) -> tuple[Counting, Counting]:
    """How the notice is counted, and how one of today would be."""
    with office.reading() as desk:
        return counting_of(desk, row(office)), counting_by(desk.definition)


def test_vii_1_2_an_amendment_between_evidence_and_acknowledgement_moves_nothing(office: Office) -> None:
    proven(office)
    assert expected_end(office) == TWO_MONTHS
    amended(office)

    acknowledge(office)

    assert (row(office).ends_on, expected_end(office)) == (TWO_MONTHS, TWO_MONTHS)
    kept, today = counting(office)
    assert (kept.notice, today.notice) == ("P2M", "P3M")


def test_vii_1_2_the_working_says_by_which_agreement_it_is_counted(office: Office) -> None:
    proven(office)
    amended(office)

    acknowledge(office)

    card = words_of(office.channel("ilo-iom-liaison"))
    assert "in force until the end of Sunday 28 February 2027" in card
    assert "as it stood on the day of receipt, Thursday 31 December 2026 (working rule" in card
    assert "a notice received today would be counted otherwise" in card


def test_vii_1_2_a_receipt_before_the_amendment_counts_by_the_day_of_receipt_however_late_it_is_recorded(
    office: Office,
) -> None:
    sent(office)
    amended(office)

    acknowledge(office, received_on=date(2026, 12, 31), received_time=time(12, 30))

    assert row(office).ends_on == TWO_MONTHS


def test_vii_1_2_a_receipt_after_the_amendment_counts_by_the_amended_agreement(office: Office) -> None:
    sent(office)
    amended(office)

    acknowledge(office)

    assert row(office).ends_on == date(2027, 4, 12)
    assert "counted otherwise" not in words_of(office.channel("ilo-iom-liaison"))


@pytest.mark.parametrize(("policy", "value"), [("notice.runs_from", "sending"), ("day_zero", "counted")])
def test_vii_1_2_another_reading_moves_nothing_of_a_notice_that_was_received(
    office: Office, policy: str, value: str
) -> None:
    proven(office)

    with office.reading() as desk:
        read = Desk(desk.session, desk.now, desk.definition.under({policy: value}), desk.calendar)
        kept = counting_of(read, row(office))
        assert counting_by(read.definition) != kept
    assert (kept.runs_from, kept.notice) == (RunsFrom.RECEIPT, "P2M")
