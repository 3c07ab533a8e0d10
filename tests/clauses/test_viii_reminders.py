"""VIII: both sides are asked privately when nothing is done, also for a time after the Agreement ended."""

from datetime import date

from bot.agreement.disputes import DisputeStatus
from bot.agreement.standing import AgreementEnd
from tests.handlers import disputing as d
from tests.handlers.pressing import press_told
from tests.knocking import put
from tests.office import Office, words_of

LIAISON = "ilo-iom-liaison"


def test_viii_after_ten_working_days_without_a_step_both_sides_are_asked_privately_once(
    office: Office,
) -> None:
    d.taken_up(office)
    office.pass_to(date(2026, 12, 4))
    before = len(office.direct("Helena Costa"))
    assert "the next step is awaited" not in words_of(office.direct("Helena Costa"))

    office.pass_to(date(2026, 12, 7))
    office.tick()

    for name in ("Amina Diallo", "Samuel Otieno", "Helena Costa", "Grace Wanjiru"):
        said = words_of(office.direct(name))
        assert said.count("Dispute 2026/1: the next step is awaited") == 1, name
        assert "10 working days of both parties without a step (working rule)" in said
        assert "no step since Monday 23 November 2026" in said
    assert len(office.direct("Helena Costa")) == before + 1
    assert "the next step is awaited" not in words_of(office.direct("Lucía Romero"))
    assert all("ispute" not in words_of(office.channel(name)) for name in (LIAISON, "ilo-iom-east-africa"))

    office.pass_to(date(2026, 12, 21))
    assert words_of(office.direct("Amina Diallo")).count("Dispute 2026/1: the next step is awaited") == 2


def test_viii_a_step_begins_the_working_days_anew_and_a_settlement_ends_them(office: Office) -> None:
    d.taken_up(office)
    office.pass_to(date(2026, 12, 4))
    d.press(office, "Samuel Otieno", "step", {"kind": "statement", "text": "Wait."})
    office.pass_to(date(2026, 12, 10))
    assert "the next step is awaited" not in words_of(office.direct("Helena Costa"))
    d.press(office, "Amina Diallo", "note", {"text": d.SETTLEMENT})
    d.press(office, "Helena Costa", "confirm")

    office.pass_to(date(2027, 2, 1))

    assert "the next step is awaited" not in words_of(office.direct("Helena Costa"))


def over(office: Office, ends_on: date) -> None:
    put(
        office,
        AgreementEnd(agreement="ilo-iom-2020", ends_on=ends_on, notice_id=1, recorded_at=office.clock.now()),
    )


def test_viii_once_the_agreement_ended_disputes_go_on_as_its_survival_is_read(office: Office) -> None:
    d.taken_up(office)
    over(office, date(2026, 11, 23))
    office.pass_to(date(2026, 11, 24))

    assert d.press(office, "Samuel Otieno", "step", {"kind": "statement", "text": "It goes on."}).ok
    d.write(office, "Helena Costa", people=[], subject="Another")

    assert d.deeds(office).count("raised") == 2


def test_viii_a_year_after_the_end_none_is_raised_and_reminders_stop_with_a_last_one(office: Office) -> None:
    d.taken_up(office)
    over(office, date(2025, 11, 30))
    office.pass_to(date(2026, 12, 8))

    said = words_of(office.direct("Amina Diallo"))
    assert "This is the last reminder" in said
    assert "until Monday 30 November 2026 (working rule" in said
    office.command("Lucía Romero", "/instrument dispute")
    told = press_told(office, "Lucía Romero", "disputes.raise")
    assert "disputes could be raised until Monday 30 November 2026" in told
    office.pass_to(date(2027, 1, 15))
    assert words_of(office.direct("Amina Diallo")).count("Dispute 2026/1: the next step is awaited") == 1
    assert d.press(office, "Amina Diallo", "note", {"text": d.SETTLEMENT}).ok
    assert d.press(office, "Helena Costa", "confirm").ok
    assert d.status(office) is DisputeStatus.SETTLED
