"""Ending the Agreement by fewer people, fewer papers or earlier days than the room asks for; and two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from threading import Barrier
from typing import Any

import pytest

from bot.agreement import notice_drafts, notice_letters, notice_receipts, renewal_decisions
from bot.agreement.errors import AgreementError
from bot.agreement.notice_receipts import PeriodOver
from bot.agreement.renewal_rooms import RenewalChoice, RenewalStatus
from bot.agreement.standing import end_of
from bot.agreement.terminations import NoticeMovedOn, TerminationStatus
from tests.clauses import renewing
from tests.handlers.noticing import (
    FILE,
    SLIP,
    agree,
    approved,
    draft,
    expected_end,
    press,
    receiving,
    row,
    sending,
    sent,
)
from tests.office import ZURICH, Office

LONG_AGO = {"dated_on": date(2026, 1, 5), "sent_on": date(2026, 1, 5), "sent_time": time(9)}


def test_vii_1_2_no_side_ends_the_agreement_at_once_by_evidence_of_a_receipt_long_ago(office: Office) -> None:
    approved(office)
    assert press(office, "Amina Diallo", "record_sent", sending(office, **LONG_AGO)).ok
    early = {**receiving(office, received_on=date(2026, 1, 6)), "file": SLIP}

    refused = press(office, "Amina Diallo", "prove", early)

    assert "would have ended on Friday 6 March 2026" in refused.errors["received_on"]
    assert "please ask IOM to acknowledge" in refused.errors["received_on"]
    assert row(office).status is TerminationStatus.SENT
    assert expected_end(office) is None


def test_vii_1_2_evidence_counts_as_long_as_its_last_day_is_not_over(office: Office) -> None:
    sent(office)
    received = {"received_on": date(2026, 12, 31), "received_time": time(12), "how": "Slip"}
    facts: dict[str, Any] = {"termination_id": 1, **received, "file": None, "through": "ilo"}
    facts["file"] = notice_receipts.Attachment("slip.pdf", b"slip")

    office.clock.move_to(datetime(2027, 3, 1, 0, 0, 1, tzinfo=ZURICH))
    with pytest.raises(PeriodOver):
        office.act("Amina Diallo", notice_receipts.prove_receipt, **facts)
    assert expected_end(office) is None


def test_vii_1_2_on_its_last_day_evidence_still_counts(office: Office) -> None:
    sent(office)
    received = {"received_on": date(2026, 12, 31), "received_time": time(12), "how": "Slip"}
    facts: dict[str, Any] = {"termination_id": 1, **received, "through": "ilo"}
    facts["file"] = notice_receipts.Attachment("slip.pdf", b"slip")

    office.clock.move_to(datetime(2027, 2, 28, 23, 59, 59, tzinfo=ZURICH))
    office.act("Amina Diallo", notice_receipts.prove_receipt, **facts)
    assert expected_end(office) == date(2027, 2, 28)


def test_vii_1_2_a_sending_form_of_an_earlier_wording_puts_nothing_on_record(office: Office) -> None:
    approved(office)
    office.click("Amina Diallo", "notices.record_sent", where="direct")
    again: dict[str, Any] = {"seen": 1, "through": "ilo", "termination_id": 1}
    letter = notice_drafts.Letter(
        notice_letters.NoticeLanguage.EN,
        "IOM",
        "Geneva",
        date(2026, 11, 23),
        "G. Houngbo",
        "Director-General",
        date(2026, 12, 31),
    )
    office.act("Lucía Romero", notice_drafts.revise, letter=letter, **again)
    for name in ("Lucía Romero", "Amina Diallo"):
        typed = {"typed": "ILO-2026/1 SEND", "termination_id": 1, "seen": 2, "through": "ilo"}
        office.act(name, notice_drafts.approve, **typed)

    office.submit("Amina Diallo", sending(office))

    assert row(office).status is TerminationStatus.APPROVED
    facts: dict[str, Any] = {"dated_on": date(2026, 11, 23), "sent_on": date(2026, 11, 23)}
    facts |= {"sent_time": time(9), "travelled": notice_letters.NoticeChannel.HAND, "file": FILE}
    with pytest.raises(NoticeMovedOn):
        office.act("Amina Diallo", notice_receipts.record_sent, **again, **facts, typed="ILO-2026/1 SENT")


def at_once(office: Office, verb: Callable[..., Any], each: dict[str, dict[str, Any]]) -> list[str]:
    """What comes of it when these people do the same at the same moment, each with facts of their own."""
    ready = Barrier(len(each))

    def act(name: str) -> str:
        ready.wait()
        try:
            return type(office.house.secretariat.act(office.who(name), verb, **each[name])).__name__
        except AgreementError as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(each)) as pool:
        return sorted(pool.map(act, each))


@pytest.mark.postgres
def test_vii_1_2_of_two_who_agree_at_once_one_completes_it_on_postgresql(office_on_postgres: Office) -> None:
    office = office_on_postgres
    draft(office)
    facts = {"termination_id": 1, "typed": "ILO-2026/1 SEND", "seen": 1, "through": "ilo"}

    said = at_once(office, notice_drafts.approve, dict.fromkeys(("Lucía Romero", "Amina Diallo"), facts))

    assert said == ["NoticeAgreed", "NoticeAgreed"]
    assert row(office).status is TerminationStatus.APPROVED


@pytest.mark.postgres
def test_vii_1_4_of_two_parties_that_release_at_once_both_are_shown_on_postgresql(
    office_on_postgres: Office,
) -> None:
    office = office_on_postgres
    facts: dict[str, Any] = {"seen": 0, "choice": RenewalChoice.LET_RENEW, "reasons": "Why."}
    for name, party in (("Amina Diallo", "ilo"), ("Helena Costa", "iom")):
        office.act(name, renewal_decisions.decide, **facts, through=party)
    each = {
        "Amina Diallo": {"room_id": 1, "seen": 1, "through": "ilo"},
        "Helena Costa": {"room_id": 2, "seen": 1, "through": "iom"},
    }

    said = at_once(office, renewal_decisions.release, each)

    assert said == ["RenewalDecisionsShown", "RenewalReleased"]
    assert {room.status for room in renewing.rooms(office).values()} == {RenewalStatus.RELEASED}


def test_vii_1_2_an_alternate_neither_sees_nor_agrees_to_nor_sends_a_notice(office: Office) -> None:
    draft(office)
    assert agree(office, "Lucía Romero").ok
    each: dict[str, Any] = {"termination_id": 1, "through": "ilo"}

    for name in ("Pierre Favre", "Mei Chen", "Helena Costa", "Nadia Petrova"):
        with pytest.raises(AgreementError):
            office.act(name, notice_drafts.approve, typed="ILO-2026/1 SEND", seen=1, **each)
    assert row(office).status is TerminationStatus.DRAFT
    with office.reading() as desk:
        assert end_of(desk.session) is None
