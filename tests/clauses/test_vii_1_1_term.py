"""VII.1-1: the ten years, the working by which their last day is found, and what is said as it comes near."""

from datetime import date, datetime

import pytest

from tests.office import DEFINITION, ZURICH, Office, words_of

LIAISON = "ilo-iom-liaison"


@pytest.mark.parametrize("name", ["Amina Diallo", "Nadia Petrova", "Linh Tran"])
def test_vii_1_1_either_side_reads_the_last_day_of_the_term_with_its_working(
    office: Office, name: str
) -> None:
    said = office.command(name, "/agreement status")

    assert (
        "*The initial term ends on Wednesday 23 October 2030*, at 24:00 (Geneva time; clause VII.1-1)" in said
    )
    assert "10 years from the Effective Date (our reading; the day of signature is not counted)" in said


def test_vii_1_1_the_clause_shows_the_date_its_reading_and_the_slip_in_the_text(office: Office) -> None:
    said = office.command("Lucía Romero", "/agreement clause VII.1-1")

    assert "*Wednesday 23 October 2030* · End of the term (clause VII.1-1)" in said
    assert "Read as: the day of signature is not counted (our reading)" in said
    assert "Article XI, which does not exist; it is read as X.1" in said
    assert "`/agreement status`, `/termination status`" in said


@pytest.mark.parametrize(
    ("reading", "last"),
    [
        ("exclusive_of_signature_day", date(2030, 10, 23)),
        ("inclusive_of_signature_day", date(2030, 10, 22)),
    ],
)
def test_vii_1_1_the_other_reading_moves_the_last_day_by_one(reading: str, last: date) -> None:
    assert DEFINITION.under({"term.end": reading}).term_end() == last


def test_vii_1_1_the_end_of_the_term_is_said_once_a_step_and_late_after_days_away(office: Office) -> None:
    office.clock.move_to(datetime(2029, 10, 25, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    said = [one for one in office.channel(LIAISON) if "End of the term" in words_of([one])]

    assert len(said) == 1
    assert "VII.1-1" in words_of(said)
    assert "Wednesday 23 October 2030" in words_of(said)
