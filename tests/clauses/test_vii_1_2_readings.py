"""VII.1-2 under other readings of the parties, and what nobody does at the door."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.follow_ups import FollowUp, Waiting
from bot.agreement.ledger import NothingToSay
from bot.agreement.notice_copies import LetterHandedOver, make_letter
from bot.agreement.notice_effects import effect, take_effect
from bot.agreement.notice_receipts import acknowledge, count_down, moment, prove_receipt
from bot.agreement.notice_withdrawals import NoWithdrawalProposed, agree_to_withdrawal, drop_withdrawal
from bot.agreement.standing import AgreementEnd, end_of
from bot.agreement.terminations import NoticeMovedOn, Termination, TerminationStatus
from tests.clauses.test_vii_1_2_vectors import DEFINITION, FILE, ZONE, desk, sent_before
from tests.clauses.test_vii_1_2_vectors import session as session
from tests.handlers.noticing import draft, expected_end, sent
from tests.office import Office

NOW = datetime(2027, 1, 30, 18, tzinfo=ZONE)
RECEIVED: dict[str, Any] = {"received_on": date(2027, 1, 29), "received_time": time(20), "how": "By courier"}


@pytest.mark.parametrize(
    ("runs_from", "starts", "ends"),
    [
        ("dating", date(2026, 12, 1), date(2027, 2, 1)),
        ("sending", date(2027, 1, 29), date(2027, 3, 29)),
        ("receipt", date(2027, 1, 29), date(2027, 3, 29)),
        ("acknowledgement", date(2027, 1, 30), date(2027, 3, 30)),
    ],
)
def test_vii_1_2_the_two_months_run_from_the_moment_that_the_parties_agree(
    session: Session, runs_from: str, starts: date, ends: date
) -> None:
    made = sent_before(session, NOW)
    definition = DEFINITION.under({"notice.runs_from": runs_from})
    other = replace(desk(session, 3, NOW), definition=definition)
    acknowledge(other, termination_id=made.key, **RECEIVED)

    assert (made.runs_from, made.starts_on, made.ends_on) == (runs_from, starts, ends)
    agreed = effect(other, made).agreed
    assert agreed is not None
    assert agreed.last.date == ends
    session.rollback()


@pytest.mark.parametrize(
    ("readings", "ends"),
    [
        ({"day_zero": "counted"}, date(2027, 3, 28)),
        ({"roll.notice_effect": "next_working_day"}, date(2027, 3, 30)),
        ({}, date(2027, 3, 29)),
    ],
)
def test_vii_1_2_the_last_day_is_counted_and_moved_as_the_parties_agree(
    session: Session, readings: dict[str, Any], ends: date
) -> None:
    made = sent_before(session, NOW)
    other = replace(desk(session, 3, NOW), definition=DEFINITION.under(readings))
    acknowledge(other, termination_id=made.key, **RECEIVED)

    # Monday 29 March 2027 is Easter Monday in Geneva.
    assert made.ends_on == ends
    assert end_of(session).ends_on == ends  # type: ignore[union-attr]
    session.rollback()


def test_vii_1_2_where_acknowledgement_counts_evidence_alone_ends_nothing(session: Session) -> None:
    made = sent_before(session, NOW)
    definition = DEFINITION.under({"notice.runs_from": "acknowledgement"})
    own = replace(desk(session, 1, NOW), definition=definition)
    prove_receipt(own, termination_id=made.key, **RECEIVED, file=FILE, through="ilo")

    assert made.status is TerminationStatus.RECEIVED
    assert made.ends_on is None
    assert not made.is_public
    assert session.exec(select(AgreementEnd)).first() is None
    with pytest.raises(NoticeMovedOn):
        prove_receipt(own, termination_id=made.key, **RECEIVED, file=FILE, through="ilo")
    session.rollback()


def test_vii_1_2_a_moment_without_its_day_or_hour_is_no_moment(session: Session) -> None:
    own = desk(session, 1, NOW)

    for day, at, field in ((None, time(9), "sent_on"), (date(2027, 1, 29), None, "sent_time")):
        with pytest.raises(FieldError) as refused:
            moment(own, "sent", day, at)
        assert refused.value.field == field


def test_vii_1_2_nothing_is_counted_down_that_does_not_run(session: Session) -> None:
    made = sent_before(session, NOW)
    facts = {
        "subject": made.subject,
        "kind": "termination_countdown",
        "due_on": date(2027, 3, 29),
        "step": "P1D",
    }
    row = FollowUp(**facts, on=NOW.date())
    session.add(row)
    session.flush()

    with pytest.raises(NothingToSay):
        count_down(
            desk(session, 1, NOW), waiting=Waiting(**facts, planned_for=NOW.date(), rows=(row.id or 0,))
        )
    session.rollback()


def test_vii_1_2_nothing_proposed_is_nothing_to_agree_to_or_to_drop(session: Session) -> None:
    made = sent_before(session, NOW)
    other = desk(session, 3, NOW)

    with pytest.raises(NoWithdrawalProposed):
        agree_to_withdrawal(other, termination_id=made.key, typed=f"{made.number} WITHDRAW", seen=0)
    with pytest.raises(NoWithdrawalProposed):
        drop_withdrawal(other, termination_id=made.key, seen=0)
    session.rollback()


def test_vii_1_2_each_wording_of_the_letter_comes_to_each_person_once(office: Office) -> None:
    draft(office)
    office.act("Amina Diallo", make_letter, termination_id=1, through="ilo")

    for name in ("Amina Diallo", "Lucía Romero"):
        with pytest.raises(LetterHandedOver):
            office.act(name, make_letter, termination_id=1, through="ilo")


@pytest.mark.postgres
def test_vii_1_2_twenty_at_once_make_one_receipt_on_postgresql(office_on_postgres: Office) -> None:
    office = office_on_postgres
    sent(office)
    facts = {"termination_id": 1, "received_on": date(2026, 12, 31), "received_time": time(11), "how": "Post"}

    def once(_: int) -> str:
        try:
            return type(
                office.house.secretariat.act(office.who("Helena Costa"), acknowledge, **facts)
            ).__name__
        except AgreementError as error:
            return type(error).__name__

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(once, range(20)))

    assert outcomes == ["NoticeAcknowledged"] + ["NoticeMovedOn"] * 19
    assert expected_end(office) == date(2027, 2, 28)
    with office.reading() as reading:
        assert reading.session.get_one(Termination, 1).ends_on == date(2027, 2, 28)


def test_vii_1_2_a_notice_takes_effect_once_its_last_day_is_over_and_not_before(session: Session) -> None:
    made = sent_before(session, NOW)
    acknowledge(desk(session, 3, NOW), termination_id=made.key, **RECEIVED)
    last = datetime(2027, 3, 29, 23, 59, tzinfo=ZONE)

    with pytest.raises(NothingToSay):
        take_effect(desk(session, 1, last), made.key)
    take_effect(desk(session, 1, last + timedelta(minutes=2)), made.key)
    session.refresh(made)

    assert made.status is TerminationStatus.EFFECTIVE
    assert not session.exec(select(FollowUp).where(FollowUp.subject == made.subject)).all()
    with pytest.raises(NothingToSay):
        take_effect(desk(session, 1, last + timedelta(minutes=3)), made.key)
    take_effect(desk(session, 1, last), 99)
    session.rollback()
