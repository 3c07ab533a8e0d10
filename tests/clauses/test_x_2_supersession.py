"""X.2: what the Agreement replaced, and what an amendment replaces, each with its date."""

from datetime import date

from tests.clauses.amending import sealed
from tests.handlers import test_instruments as instruments
from tests.office import Office

LETTERS = "Exchange of letters between the ILO and IOM's predecessor, PICMME"
REPLACED = "dated Wednesday 9 April 1952 and Wednesday 7 May 1952"
ENDING = {
    "ending": "replaced",
    "ending_on": date(2026, 11, 23),
    "note": "The amendment says it all.",
}


def test_x_2_the_letters_of_1952_are_shown_as_replaced_on_entry_into_force(office: Office) -> None:
    for command in ("/agreement clause X.2", "/instrument list", "/instrument amendment"):
        said = office.command("Mei Chen", command)
        assert LETTERS in said
        assert REPLACED in said
        assert "eplaced from Friday 23 October 2020, on entry into force" in said


def test_x_1_and_x_2_a_clause_tells_since_when_its_first_text_stands(office: Office) -> None:
    said = office.command("Mei Chen", "/agreement clause X.1")

    assert "the first text, since Friday 23 October 2020; no amendment has changed it" in said


def test_x_2_an_instrument_can_be_replaced_by_an_amendment_that_both_signed(office: Office) -> None:
    instruments.in_force(office)
    office.click("Amina Diallo", "instruments.end")
    result = office.submit("Amina Diallo", {**ENDING, "replaced_by": "amendment 2026/1"})
    assert "“amendment 2026/1” is not another instrument" in result.errors["replaced_by"]
    office.slack.close_modal(office.id("Amina Diallo"))
    sealed(office)

    instruments.press(office, "Amina Diallo", "end", {**ENDING, "replaced_by": "Amendment 2026/1"})

    assert instruments.row(office).replaced_by == "amendment 2026/1"
    assert "Replaced by amendment 2026/1" in office.command("Mei Chen", "/instrument show 2026/1")
