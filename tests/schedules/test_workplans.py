"""IV.5: whoever leads an item is reminded before it is due, on the day, and asked once it is overdue."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.agreement.workplan_items import ItemStatus, Progress
from tests.handlers.pressing import press_told
from tests.office import ZURICH, Office, words_of
from tests.planning import KENYA, add, adopt, close_all, in_force, item, propose

DUE = date(2027, 2, 3)


def reminders(office: Office, name: str) -> list[dict[str, Any]]:
    return [message for message in office.direct(name) if "Item 2026/1" in message["text"]]


def due(office: Office, **changes: Any) -> None:
    add(office, **{"due_on": DUE, "lead_person_id": "Mei Chen (ILO)", **changes})
    close_all(office, "Amina Diallo")


def test_the_lead_person_is_reminded_on_each_step_once_and_nobody_else_is(office: Office) -> None:
    due(office)
    said = []

    for day in (date(2027, 1, 4), date(2027, 1, 27), DUE, date(2027, 2, 10)):
        office.pass_to(day)
        office.tick()
        said.append([message["text"].partition(", ")[2] for message in reminders(office, "Mei Chen")])

    assert [len(one) for one in said] == [1, 2, 3, 4]
    assert "is due in 30 days, on Wednesday 3 February 2027" in said[-1][0]
    assert "is due in 7 days" in said[-1][1]
    assert "is due today, Wednesday 3 February 2027" in said[-1][2]
    assert "was due on Wednesday 3 February 2027: how does it stand?" in said[-1][3]
    assert not reminders(office, "Amina Diallo")


def test_after_days_away_the_last_step_alone_is_said_and_marked_late(office: Office) -> None:
    due(office)

    office.clock.move_to(datetime(2027, 2, 5, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    (said,) = reminders(office, "Mei Chen")
    assert "was due on *Wednesday 3 February 2027*, 2 days ago" in words_of([said])
    assert "This was to be said on Wednesday 3 February 2027 and comes late." in words_of([said])


@pytest.mark.parametrize(
    ("name", "place", "told"),
    [("Amina Diallo", "ilo-iom-liaison", "Amina Diallo"), ("Samuel Otieno", KENYA, "Samuel Otieno")],
)
def test_without_a_lead_person_the_focal_point_of_the_place_or_the_contact_point_is_told(
    office: Office, name: str, place: str, told: str
) -> None:
    add(office, name, place, due_on=DUE)
    close_all(office, name)

    office.pass_to(DUE)

    assert reminders(office, told)
    assert not reminders(office, "Helena Costa")
    assert not reminders(office, "Grace Wanjiru")
    assert not reminders(office, "Anan Srisai")


def test_what_both_lead_is_asked_of_both(office: Office) -> None:
    due(office, lead_party="both", lead_person_id=None)

    office.pass_to(DUE)

    assert reminders(office, "Amina Diallo")
    assert reminders(office, "Helena Costa")


def test_one_tap_in_the_letter_answers_and_the_letter_shows_it(office: Office) -> None:
    due(office)
    office.pass_to(DUE)

    assert office.click("Mei Chen", "workplans.done", where="direct") == ""
    office.deliver()

    assert item(office).status is ItemStatus.DONE
    assert "reported by Mei Chen (ILO), done" in words_of(office.direct("Mei Chen"))
    before = len(reminders(office, "Mei Chen"))
    office.pass_to(date(2027, 2, 12))
    assert len(reminders(office, "Mei Chen")) == before


def test_what_is_not_funded_is_not_asked_for_until_it_is_taken_up_again(office: Office) -> None:
    due(office)
    office.command("Mei Chen", "/workplan show 2026/1")
    press_told(office, "Mei Chen", "workplans.not_funded")
    office.submit("Mei Chen", {"note": "No donor."})
    office.pass_to(date(2027, 1, 28))
    assert not reminders(office, "Mei Chen")

    office.command("Mei Chen", "/workplan show 2026/1")
    press_told(office, "Mei Chen", "workplans.note")
    office.submit("Mei Chen", {"progress": Progress.ON_TRACK.value, "note": "A donor was found."})
    office.pass_to(DUE)

    assert len(reminders(office, "Mei Chen")) == 1


def test_a_day_changed_in_a_draft_counts_once_both_parties_have_adopted_it(office: Office) -> None:
    in_force(office, due_on=DUE, lead_person_id="Mei Chen (ILO)")
    office.command("Helena Costa", "/workplan update 2026/1")
    office.submit("Helena Costa", {"due_on": date(2027, 6, 2)})

    said = office.command("Mei Chen", "/workplan show 2026/1")
    assert "Wednesday 2 June 2027 in the draft; Wednesday 3 February 2027 in version 1" in said
    office.pass_to(date(2027, 1, 5))
    (first,) = reminders(office, "Mei Chen")
    assert "The date is that of version 1, which is in force." in words_of([first])

    propose(office)
    adopt(office, "Amina Diallo")
    adopt(office, "Helena Costa")
    office.pass_to(date(2027, 2, 12))
    assert len(reminders(office, "Mei Chen")) == 1
    office.pass_to(date(2027, 6, 2))
    assert "is due today, Wednesday 2 June 2027" in words_of(reminders(office, "Mei Chen"))


def test_one_side_alone_does_not_silence_an_item_in_force_by_dropping_it(office: Office) -> None:
    in_force(office, due_on=DUE, lead_person_id="Mei Chen (ILO)")
    add(office, subject="Another")
    close_all(office, "Amina Diallo")
    office.command("Helena Costa", "/workplan show 2026/1")
    press_told(office, "Helena Costa", "workplans.drop")
    office.pass_to(date(2027, 1, 5))
    assert len(reminders(office, "Mei Chen")) == 1

    propose(office)
    adopt(office, "Amina Diallo")
    adopt(office, "Helena Costa")
    office.pass_to(date(2027, 2, 12))

    assert len(reminders(office, "Mei Chen")) == 1


def test_a_lead_who_has_left_is_replaced_by_the_contact_point(office: Office) -> None:
    from bot.agreement.people import Person

    due(office)
    with office.database.writing() as session:
        session.get_one(Person, office.person("Mei Chen").key).valid_until = date(2026, 12, 31)

    office.pass_to(DUE)

    assert not reminders(office, "Mei Chen")
    assert reminders(office, "Amina Diallo")
