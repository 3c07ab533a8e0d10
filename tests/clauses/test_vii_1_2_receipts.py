"""VII.1-2 through the door: a notice that was sent, its receipt, the countdown, and what both withdraw."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.errors import AgreementError
from bot.agreement.files import Record
from bot.agreement.follow_ups import FollowUp
from bot.agreement.notice_receipts import acknowledge
from bot.agreement.notice_withdrawals import agree_to_withdrawal
from bot.agreement.terminations import TerminationStatus
from bot.letters import say
from tests.handlers.noticing import (
    FILE,
    LIAISON,
    NOON,
    SLIP,
    acknowledged,
    approved,
    draft,
    expected_end,
    press,
    press_home,
    receiving,
    refused,
    row,
    said,
    sending,
    sent,
    typed,
)
from tests.handlers.pressing import home_words, modal_words, press_told
from tests.office import ZURICH, Office, Servers, words_of

LAST = date(2027, 2, 28)
ANSWERING = ["Helena Costa"]


def test_vii_1_2_once_sent_the_other_side_learns_in_person_and_nobody_else(office: Office) -> None:
    sent(office)

    seal = sha256(FILE[1]).hexdigest()
    assert "Notice 2026/1 of ILO to end the Agreement" in said(office, "Helena Costa")
    assert seal in said(office, "Helena Costa")
    assert "This service does not deliver it." in said(office, "Helena Costa")
    assert "Thursday 31 December 2026 at 11:00" in said(office, "Helena Costa")
    assert "It was ILO-2026/1 in your room, and is 2026/1 for both parties." in said(office, "Lucía Romero")
    for name in ("Omar Haddad", "David Okafor", "Mei Chen", "Pierre Favre"):
        assert "otice 2026/1" not in said(office, name)
    assert words_of(office.channel(LIAISON)) == ""
    assert expected_end(office) is None
    assert "asked to acknowledge when it was received" in home_words(office.home("Helena Costa"))


def test_vii_1_2_the_receiving_side_acknowledges_and_two_months_run_from_the_receipt(office: Office) -> None:
    acknowledged(office)

    known = row(office)
    assert known.status is TerminationStatus.ACKNOWLEDGED
    assert (known.runs_from, known.starts_on, known.ends_on) == ("receipt", date(2026, 12, 31), LAST)
    assert expected_end(office) == LAST
    for words in (said(office, "Amina Diallo"), words_of(office.channel(LIAISON))):
        assert "in force until the end of Sunday 28 February 2027" in words
    assert "Helena Costa (IOM) acknowledged the receipt" in said(office, "Amina Diallo")
    assert "Sunday 28 February 2027" in office.command("Mei Chen", "/termination status")


def test_vii_1_2_the_civil_day_of_the_agreements_zone_counts(office: Office) -> None:
    sent(office, datetime(2027, 1, 1, 0, 30, tzinfo=ZURICH))
    press(office, "Helena Costa", "acknowledge", receiving(office, received_time=time(0, 10)))

    assert row(office).received_at == datetime(2026, 12, 31, 23, 10, tzinfo=row(office).received_at.tzinfo)  # type: ignore[union-attr]
    assert row(office).ends_on == date(2027, 3, 1)


def test_vii_1_2_a_joint_record_holds_the_four_moments_and_the_hash(office: Office) -> None:
    acknowledged(office)

    with office.reading() as desk:
        record = desk.session.exec(select(Record)).all()[0]
    reader = PdfReader(BytesIO(record.content))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert record.number == "ILO-IOM/2026/001"
    for words in (
        "Dated",
        "Sent",
        "Received",
        "Acknowledged",
        "the agreed reading",
        "Sunday 28 February 2027",
    ):
        assert words in text
    for words in ("Amina Diallo, ILO", "Helena Costa, IOM", "by courier", "February 2027 has no 31st"):
        assert words in text
    assert sha256(FILE[1]).hexdigest() in text.replace(" ", "")
    shown = [m for m in office.channel(LIAISON) if m.get("files")]
    assert [m["files"][0]["title"] for m in shown] == ["ILO-IOM/2026/001"] * 3
    names = [m["files"][0]["name"] for m in shown]
    assert names == ["ILO-IOM-2026-001.pdf", "ILO-IOM-2026-001-es.pdf", "ILO-IOM-2026-001-fr.pdf"]
    assert "notice-signed.pdf" not in [f["name"] for m in shown for f in m["files"]]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("received_on", date(2027, 1, 1), "has not come yet"),
        ("received_time", time(12, 1), "has not come yet"),
        ("received_time", time(10, 59), "before the letter was sent"),
        ("received_on", date(2026, 11, 22), "before the date of the letter"),
        ("how", "  ", "please fill it in"),
    ],
)
def test_vii_1_2_what_is_wrong_about_a_receipt_is_said_beside_its_field(
    office: Office, field: str, value: Any, sentence: str
) -> None:
    result = acknowledged(office, **{field: value})

    assert sentence in next(iter(result.errors.values()))
    assert row(office).status is TerminationStatus.SENT
    assert expected_end(office) is None


def test_vii_1_2_an_hour_that_the_clocks_leave_out_is_refused(office: Office) -> None:
    sent(office, datetime(2027, 3, 28, 12, tzinfo=ZURICH), sent_on=date(2027, 3, 27))

    result = press(office, "Helena Costa", "acknowledge", receiving(office, received_time=time(2, 30)))

    assert "never show 02:30 on Sunday 28 March 2027" in result.errors["received_time"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Nadia Petrova", "not_mandated"),
        ("Omar Haddad", "no_such_notice"),
        ("Amina Diallo", "wrong_side"),
        ("Mei Chen", "no_such_notice"),
    ],
)
def test_vii_1_2_only_the_other_sides_contact_point_or_signatory_acknowledges(
    office: Office, name: str, why: str
) -> None:
    sent(office)
    facts = {"termination_id": 1, "received_on": date(2026, 12, 31), "received_time": time(11), "how": "Post"}

    with pytest.raises(AgreementError):
        office.act(name, acknowledge, **facts)

    assert refused(office) == [why]
    assert row(office).status is TerminationStatus.SENT


def test_vii_1_2_twenty_who_acknowledge_at_once_make_one_receipt(office: Office) -> None:
    sent(office)
    facts = {"termination_id": 1, "received_on": date(2026, 12, 31), "received_time": time(11), "how": "Post"}

    def once(_: int) -> str:
        try:
            office.house.secretariat.act(office.who("Helena Costa"), acknowledge, **facts)
        except AgreementError as error:
            return say(f"{error.routine}/errors", error.key(), error.facts())
        return "done"

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(once, range(20)))

    told = [each for each in outcomes if "The last to act was Helena Costa, on Thursday 31" in each]
    assert (len(told), outcomes.count("done")) == (19, 1)
    assert expected_end(office) == LAST


def test_vii_1_2_evidence_of_receipt_counts_where_the_other_side_is_silent(office: Office) -> None:
    sent(office)
    office.clock.move_to(NOON + timedelta(days=20))
    day = {"received_on": date(2026, 12, 31), "received_time": time(11, 30), "how": "Slip 12345"}
    assert list(press(office, "Lucía Romero", "prove", {**day, "file": SLIP, "how": " "}).errors) == ["how"]
    office.submit("Lucía Romero", {"how": "Slip 12345"})
    office.deliver()

    assert row(office).status is TerminationStatus.RECEIVED
    assert expected_end(office) == LAST
    card = words_of(office.channel(LIAISON))
    assert "The period runs from that evidence, which ILO put on record; IOM has not acknowledged it" in card
    assert sha256(SLIP[1]).hexdigest() in card
    assert "IOM has not acknowledged it, and may still do so" in said(office, "Helena Costa")

    press(office, "Helena Costa", "acknowledge", receiving(office, received_on=date(2027, 1, 4)))
    assert row(office).status is TerminationStatus.ACKNOWLEDGED
    assert expected_end(office) == LAST
    assert "The days differ" in words_of(office.channel(LIAISON))
    assert "states another day than the evidence does" in said(office, "Amina Diallo")


def test_vii_1_2_the_days_left_are_said_once_and_late_ones_too(office: Office) -> None:
    acknowledged(office)
    office.tick()
    office.pass_to(date(2027, 1, 28))
    for name in ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"):
        assert "The Agreement ends in" not in said(office, name)
    office.pass_to(date(2027, 2, 1))
    office.tick()
    for name in ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"):
        assert said(office, name).count("The Agreement ends in 30 days") == 1
    office.clock.move_to(datetime(2027, 2, 22, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()
    assert said(office, "Helena Costa").count("The Agreement ends in 6 days") == 1
    assert "and comes late" in said(office, "Helena Costa")
    office.pass_to(date(2027, 2, 27))
    with office.reading() as desk:
        steps = desk.session.exec(select(FollowUp).where(FollowUp.subject == "termination:1")).all()
    assert [each.step for each in steps] == ["P30D", "P14D", "P7D", "P3D", "P1D"]
    assert all(each.said_at for each in steps)
    assert "Agreement ends" not in said(office, "Mei Chen")


def test_vii_1_2_once_the_agreement_has_ended_no_notice_is_given_or_withdrawn(office: Office) -> None:
    acknowledged(office)
    office.clock.move_to(datetime(2027, 3, 1, 0, 1, tzinfo=ZURICH))

    for command in ("notice", "receipt", "withdraw"):
        told = office.command("Amina Diallo", f"/termination {command}")
        assert "The Agreement ended at the end of Sunday 28 February 2027" in told
    assert set(refused(office)) == {"agreement_over"}
    assert "Sunday 28 February 2027" in office.click("Mei Chen", "notices.effect", where=LIAISON)


def test_vii_1_2_a_notice_is_withdrawn_by_both_or_not_at_all(office: Office) -> None:
    acknowledged(office)
    press(
        office,
        "Amina Diallo",
        "withdraw",
        {"reason": "Agreed on the phone.", **typed(office, "WITHDRAW")},
        LIAISON,
    )

    assert expected_end(office) == LAST
    assert "It stands until your party agrees, too." in said(office, "Helena Costa")
    assert "proposes to withdraw it" in home_words(office.home("Helena Costa"))
    office.click("Amina Diallo", "notices.agree_withdrawal", where=LIAISON)
    assert refused(office) == ["withdrawal_of_own_side"]
    result = press(office, "Helena Costa", "agree_withdrawal", {"typed": "yes"})
    assert list(result.errors) == ["typed"]
    office.submit("Helena Costa", typed(office, "WITHDRAW"))
    office.deliver()

    assert row(office).status is TerminationStatus.WITHDRAWN
    assert expected_end(office) is None
    assert "The Agreement goes on as if it had not been given" in said(office, "Amina Diallo")
    assert "was withdrawn by both parties" in words_of(office.channel(LIAISON))
    assert "no notice is on record" in office.command("Mei Chen", "/termination status")
    office.pass_to(date(2027, 2, 15))
    assert "The Agreement ends in" not in said(office, "Helena Costa")
    draft(office)
    assert row(office, 2).status is TerminationStatus.DRAFT


def test_vii_1_2_a_proposal_to_withdraw_may_be_dropped_by_either_side(office: Office) -> None:
    acknowledged(office)
    facts = {"reason": "Why.", **typed(office, "WITHDRAW")}
    press(office, "Helena Costa", "withdraw", facts, LIAISON)
    office.click("Amina Diallo", "notices.agree_withdrawal", where=LIAISON)
    office.click("Helena Costa", "notices.drop_withdrawal", where=LIAISON)
    office.deliver()

    assert "It stands as it did." in said(office, "Amina Diallo")
    office.submit("Amina Diallo", typed(office, "WITHDRAW"))
    assert "Nothing is proposed any more" in modal_words(office, "Amina Diallo")
    assert expected_end(office) == LAST
    with pytest.raises(AgreementError):
        office.act("Amina Diallo", agree_to_withdrawal, termination_id=1, typed="2026/1 WITHDRAW", seen=1)
    assert refused(office) == ["no_withdrawal_proposed"] * 2


def test_vii_1_2_the_second_to_propose_a_withdrawal_is_told_who_was_first(office: Office) -> None:
    sent(office)
    facts = {"reason": "Why.", "typed": "2026/1 WITHDRAW"}
    office.click("Helena Costa", "notices.withdraw", where="direct")
    told = office.command("Amina Diallo", "/termination withdraw")
    assert "Notice 2026/1 of ILO" in told
    press_told(office, "Amina Diallo", "notices.withdraw")
    office.submit("Amina Diallo", facts)
    office.deliver()

    office.submit("Helena Costa", facts)

    assert "Amina Diallo proposed to withdraw notice 2026/1" in modal_words(office, "Helena Costa")
    assert "agree" in office.command("Helena Costa", "/termination withdraw").lower()
    press_home(office, "Helena Costa", "agree_withdrawal", {"typed": "2026/1 WITHDRAW"})
    assert row(office).status is TerminationStatus.WITHDRAWN
    assert words_of(office.channel(LIAISON)) == ""


@pytest.mark.parametrize("name", ["Mei Chen", "Lucía Romero", "Omar Haddad", "Nadia Petrova"])
def test_vii_1_2_who_may_not_withdraw_is_refused(office: Office, name: str) -> None:
    acknowledged(office)

    office.click(name, "notices.withdraw", where=LIAISON)

    assert refused(office) == ["not_mandated"]


def test_vii_1_2_the_other_party_gives_notice_in_the_same_way(office: Office) -> None:
    approved(office, ("Nadia Petrova", "Helena Costa"), addressee="The Director-General, ILO")
    office.clock.move_to(NOON)
    press(office, "Helena Costa", "record_sent", sending(office))
    press_home(office, "Amina Diallo", "acknowledge", receiving(office))

    assert row(office).party == "iom"
    assert expected_end(office) == LAST
    assert "Notice 2026/1 of IOM" in words_of(office.channel(LIAISON))


def test_vii_1_2_of_two_notices_the_first_to_end_counts(office: Office) -> None:
    acknowledged(office)
    office.clock.move_to(datetime(2027, 1, 4, 12, tzinfo=ZURICH))
    draft(office, "Nadia Petrova", addressee="The Director-General, ILO", dated_on=date(2027, 1, 4))
    for name in ("Nadia Petrova", "Helena Costa"):
        press(office, name, "approve", {"typed": "IOM-2027/1 SEND"})
    form = sending(office, dated_on=date(2027, 1, 4), typed="IOM-2027/1 SENT")
    press(office, "Helena Costa", "record_sent", form)
    press(office, "Amina Diallo", "acknowledge", receiving(office))
    assert row(office, 2).ends_on == date(2027, 3, 4)
    assert expected_end(office) == LAST

    facts = {"reason": "Why.", "typed": "2026/1 WITHDRAW"}
    office.command("Amina Diallo", "/termination withdraw")
    press_told(office, "Amina Diallo", "notices.withdraw", "1")
    office.submit("Amina Diallo", facts)
    office.deliver()
    press_home(office, "Helena Costa", "agree_withdrawal", {"typed": "2026/1 WITHDRAW"})
    assert expected_end(office) == date(2027, 3, 4)


def test_vii_1_2_a_party_without_an_app_acknowledges_by_the_channels_app(
    tmp_path: Path, servers: Servers
) -> None:
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as office:
        office.move_in()
        sent(office)
        room = office.slack.dm("U0ILOBOT", office.id("Helena Costa"))
        press(office, "Helena Costa", "acknowledge", receiving(office), room)

        assert expected_end(office) == LAST


def test_vii_1_2_two_hostile_words_in_a_receipt_harm_nobody(office: Office) -> None:
    acknowledged(office, how="<!channel> *bold* & " + "x" * 100)

    words = words_of(office.channel(LIAISON))
    assert "<!channel>" not in words
    assert "&lt;!channel&gt; *bold* &amp;" in words
