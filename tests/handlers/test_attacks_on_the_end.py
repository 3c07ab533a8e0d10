"""Between 24:00 of the last day and the first tick, and after it: nothing slips through or is forgotten."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import select

from bot.agreement import emblem_endings, emblem_uses, notice_receipts, notice_withdrawals
from bot.agreement.emblem_plans import PlannedUse
from bot.agreement.emblems import EmblemStatus
from bot.agreement.follow_ups import FollowUp
from bot.agreement.people import AgreementOver
from bot.agreement.survivors import survivors, tasks
from bot.agreement.terminations import TerminationStatus
from bot.waiting import LIVING, waiting
from tests.clauses.ending import LAST_DAY, after, give_notice
from tests.handlers import disputing, noticing, permitting
from tests.handlers.pressing import buttons
from tests.office import ZURICH, Office, words_of

END = date(2027, 2, 28)


def midnight(office: Office, day: date = END) -> None:
    """One second into the next day, before any clock has ticked."""
    office.clock.move_to(datetime.combine(day + timedelta(days=1), time(0, 0, 1), ZURICH))


def test_vii_1_2_after_midnight_and_before_the_first_tick_no_notice_is_withdrawn(office: Office) -> None:
    noticing.acknowledged(office)
    words = {"termination_id": 1, "reason": "Peace.", "typed": "2026/1 WITHDRAW"}
    office.act("Amina Diallo", notice_withdrawals.propose_withdrawal, **words)
    midnight(office)

    with pytest.raises(AgreementOver):
        office.act(
            "Helena Costa",
            notice_withdrawals.agree_to_withdrawal,
            termination_id=1,
            typed="2026/1 WITHDRAW",
            seen=1,
        )

    office.tick()
    assert noticing.expected_end(office) == END
    assert noticing.row(office).status is TerminationStatus.EFFECTIVE


def test_vii_1_2_once_its_last_day_is_over_the_notice_took_effect_and_nothing_of_it_waits(
    office: Office,
) -> None:
    noticing.acknowledged(office)
    midnight(office)
    office.tick()
    office.tick()

    assert noticing.row(office).status is TerminationStatus.EFFECTIVE
    with office.reading() as desk:
        assert not desk.session.exec(select(FollowUp).where(FollowUp.subject == "termination:1")).all()
    offered = [
        action for card in office.direct("Helena Costa") for action, _ in buttons(card.get("blocks", []))
    ]
    assert "notices.withdraw" not in offered


def test_vii_1_2_a_notice_that_only_evidence_proved_takes_effect_too(office: Office) -> None:
    noticing.sent(office)
    noticing.press(office, "Amina Diallo", "prove", {**noticing.receiving(office), "file": noticing.SLIP})
    midnight(office)
    with pytest.raises(AgreementOver):
        office.act(
            "Helena Costa",
            notice_receipts.acknowledge,
            termination_id=1,
            received_on=date(2026, 12, 31),
            received_time=time(12),
            how="Late",
        )
    office.tick()

    assert noticing.row(office).status is TerminationStatus.EFFECTIVE


def planned(office: Office, kind: str) -> list[date]:
    with office.reading() as desk:
        rows = desk.session.exec(select(FollowUp).where(FollowUp.kind == kind)).all()
        return [row.on for row in rows if row.said_at is None]


def test_vi_1_and_vii_2_what_is_in_use_expires_after_the_end_and_is_asked_to_come_down(
    office: Office,
) -> None:
    use = PlannedUse(**{**vars(permitting.USE), "use_until": date(2026, 12, 10)})
    number = permitting.granted(office, use=use)
    office.act("Mei Chen", emblem_uses.begin_use, request_id=number, began_on=office.today)
    give_notice(office)
    after(office)
    office.pass_to(date(2026, 12, 14))

    assert permitting.row(office).status is EmblemStatus.EXPIRED
    office.pass_to(date(2027, 1, 15))
    assert "taken down" in words_of(office.direct("Mei Chen"))
    assert planned(office, emblem_uses.TAKE_DOWN)


def test_vi_1_and_vii_2_what_is_in_use_outlives_the_agreement_by_name_and_is_to_be_taken_down(
    office: Office,
) -> None:
    permitting.in_use(office)

    with office.reading() as desk:
        named = [row.number for each in survivors(desk, LAST_DAY) for row in each.entries]
        due = [(task.number, task.by) for task in tasks(desk, LAST_DAY)]
    assert named == ["2026/1"]
    assert due == [("2026/1", date(2027, 3, 31))]


def test_vi_1_and_vii_2_a_use_that_was_revoked_is_among_what_is_to_be_taken_down(office: Office) -> None:
    permitting.revoked(office)

    with office.reading() as desk:
        assert [(task.number, task.by) for task in tasks(desk, LAST_DAY)] == [("2026/1", office.today)]


def test_vi_1_and_vii_2_a_use_whose_new_material_nobody_approved_in_time_has_to_come_down(
    office: Office,
) -> None:
    number = permitting.in_use(office)
    office.act("Mei Chen", emblem_endings.change_material, request_id=number, text="Other words")
    give_notice(office)
    after(office)

    assert permitting.row(office).status is EmblemStatus.LAPSED
    assert planned(office, emblem_uses.TAKE_DOWN)
    with office.reading() as desk:
        assert [task.number for task in tasks(desk, LAST_DAY)] == ["2026/1"]


def test_viii_a_dispute_is_asked_about_after_the_end_and_waits_in_the_home(office: Office) -> None:
    disputing.raised(office)
    give_notice(office)
    after(office)

    with office.house.secretariat.reading(office.who("Helena Costa"), "read") as desk:
        assert waiting(desk)["disputes"]
    office.pass_to(date(2026, 12, 10))
    assert "the next step is awaited" in words_of(office.direct("Helena Costa"))


def test_vii_2_what_may_still_be_done_after_the_end_waits_in_the_home() -> None:
    assert {
        "disputes",
        "emblem_take_downs",
        "project_holdings",
        "project_data",
        "costs",
        "statements",
    } <= LIVING
    assert not {"decisions", "notices_to_acknowledge", "amendment_answers", "renewal_decisions"} & LIVING
