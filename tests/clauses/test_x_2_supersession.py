"""X.2: what the Agreement replaced, and what an amendment replaces, each with its date."""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import col, select

from bot.agreement.amending import Change, ChangedPart, Target, amended
from bot.agreement.desk import Desk
from bot.agreement.ledger import Occurrence, Reminder
from bot.agreement.replanning import replan
from tests.clauses.amending import sealed
from tests.handlers import test_instruments as instruments
from tests.office import DEFINITION, ZURICH, Office

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
        assert "eplaced from Friday 23 October 2020, on entry into force. Read so:" in said
        assert "on the day of the last signature (X.1)" in said


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


def reminders(office: Office) -> dict[str, bool]:
    """The steps towards the last safe day, and whether each was said."""
    with office.reading() as desk:
        rows = desk.session.exec(
            select(Reminder)
            .join(Occurrence, col(Occurrence.id) == col(Reminder.occurrence_id))
            .where(Occurrence.duty == "renewal-notice", Occurrence.due_on == date(2030, 8, 22))
        ).all()
        return {one.step: one.said_at is not None for one in rows}


def test_vii_3_another_ladder_replaces_what_is_unsaid_and_a_date_that_comes_back_is_open(
    office: Office,
) -> None:
    office.clock.move_to(datetime(2027, 8, 23, 10, tzinfo=ZURICH))
    office.tick()
    assert reminders(office)["P36M"]
    ladder = Change("VII.1-4", Target(ChangedPart.STEPS, "renewal-notice"), "P36M P5M")
    longer = Change("VII.1-2", Target(ChangedPart.NOTICE), "P3M")
    with office.database.writing() as session:
        desk = Desk(session, office.clock.now(), DEFINITION, office.house.secretariat.calendar)
        first = amended(DEFINITION, [ladder], desk.today, "1")
        replan(replace(desk, definition=first), DEFINITION, desk.today)
    assert reminders(office) == {"P36M": True, "P5M": False}

    with office.database.writing() as session:
        desk = Desk(session, office.clock.now(), DEFINITION, office.house.secretariat.calendar)
        second = amended(first, [longer], desk.today, "2")
        replan(replace(desk, definition=second), first, desk.today)
        replan(replace(desk, definition=second), first, desk.today)
        assert replan(replace(desk, definition=first), second, desk.today).superseded == 1
    assert reminders(office) == {"P36M": True, "P5M": False}
