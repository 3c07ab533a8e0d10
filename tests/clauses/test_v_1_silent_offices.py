"""V.1 and the clock: an office that is silent is asked again, and one that opens later is told then."""

from datetime import date, datetime

from tests.clauses.test_v_1_offices import add, change, tell
from tests.handlers.pressing import home_words
from tests.office import ZURICH, Office, words_of


def test_v_1_a_silent_office_is_asked_again_once_and_its_party_told(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    office.pass_to(date(2026, 12, 7))
    office.tick()

    assert words_of(office.direct("Samuel Otieno")).count("Please confirm for it") == 1
    assert "Its staff on the list are asked again today." in words_of(office.direct("Pierre Favre"))
    assert "has not confirmed" not in words_of(office.direct("Helena Costa"))
    office.pass_to(date(2026, 12, 21))
    assert words_of(office.direct("Samuel Otieno")).count("This is the last reminder") == 1
    office.click("Samuel Otieno", "distributions.acknowledge", where="direct")
    office.deliver()
    count = len(office.direct("Samuel Otieno"))
    assert "Please confirm for it" not in words_of(office.direct("Samuel Otieno"))
    office.pass_to(date(2027, 1, 20))
    assert len(office.direct("Samuel Otieno")) == count


def test_v_1_after_days_away_a_silent_office_is_asked_once_and_late(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    office.clock.move_to(datetime(2027, 1, 20, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    said = words_of(office.direct("Samuel Otieno"))
    assert said.count("Please confirm for it") == 1
    assert "This was to be said on Monday 21 December 2026 and comes late." in said


def test_v_1_an_office_that_opens_later_is_to_be_told_on_that_day(office: Office) -> None:
    add(office, opened_on=date(2026, 12, 9), head_since=None)
    assert "Please tell it" not in words_of(office.direct("Pierre Favre"))
    assert "Dakar" not in home_words(office.home("Pierre Favre"))

    office.pass_to(date(2026, 12, 9))
    office.tick()

    assert words_of(office.direct("Pierre Favre")).count("Please tell it about the Agreement") == 1
    assert "Dakar" in home_words(office.home("Pierre Favre"))


def test_v_1_an_office_that_opens_another_day_is_not_spoken_of_on_the_first(office: Office) -> None:
    add(office, opened_on=date(2026, 12, 9), head_since=None)
    change(office, "Amina Diallo", "Dakar", opened_on=date(2026, 12, 16))

    office.pass_to(date(2026, 12, 15))

    assert "Please tell it" not in words_of(office.direct("Pierre Favre"))


def test_v_1_a_new_head_is_told_and_the_old_note_is_not_chased(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    change(office, "Amina Diallo", "Nairobi", head="Wanjiku Kamau", head_since=date(2026, 11, 20))
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    office.pass_to(date(2026, 12, 7))

    said = words_of(office.direct("Samuel Otieno"))
    assert "2026/2 has not been confirmed yet" in said
    assert "2026/1 has not been confirmed yet" not in said


def test_v_1_an_office_that_has_closed_is_not_chased(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    change(office, "Amina Diallo", "Nairobi", closed_on=date(2026, 11, 30))

    office.pass_to(date(2026, 12, 22))

    assert "Please confirm for it" not in words_of(office.direct("Samuel Otieno"))
