"""III.1 and IV.5 through the door: how items go, in one tap, by whoever leads them."""

from datetime import date

import pytest

from bot.agreement.workplan_items import Funding, ItemStatus, Progress
from bot.agreement.workplans import WorkplanStatus
from tests.handlers.pressing import buttons, modal_words, press_modal, press_told
from tests.office import Office, words_of
from tests.planning import KENYA, LIAISON, add, close_all, in_force, item, plans, progress, refusals, shown


@pytest.mark.parametrize(
    ("action", "said", "status"),
    [
        ("on_track", "on track", ItemStatus.UNDER_WAY),
        ("done", "done", ItemStatus.DONE),
        ("delayed", "delayed", ItemStatus.UNDER_WAY),
    ],
)
def test_one_tap_says_how_an_item_goes(office: Office, action: str, said: str, status: ItemStatus) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    progress(office, "Mei Chen", action)

    assert item(office).status is status
    assert f"Mei Chen (ILO) reports on item *2026/1*, “Study of recruitment costs”: *{said}*." in words_of(
        office.channel(LIAISON)
    )
    assert f"reported by Mei Chen (ILO), {said}" in shown(office)


def test_the_card_that_only_the_reporter_sees_shows_what_they_said_in_its_own_place(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    shown(office)
    before = len(office.told("Amina Diallo"))

    press_told(office, "Amina Diallo", "workplans.on_track")

    told = office.told("Amina Diallo")
    assert len(told) == before
    assert "*Where it stands:* under way, said by Amina Diallo (ILO)" in words_of([told[-1]])

    press_told(office, "Amina Diallo", "workplans.on_track")
    assert len(office.told("Amina Diallo")) == before + 1, "a refusal stands below, and the card stays"


def test_a_report_is_no_change_of_what_was_adopted(office: Office) -> None:
    in_force(office)

    progress(office, "Amina Diallo", "on_track")

    (plan,) = plans(office)
    assert plan.status is WorkplanStatus.IN_FORCE
    assert "*Progress:* 1 under way" in words_of(office.channel(LIAISON)[:1])


def test_the_other_side_does_not_report_on_what_it_does_not_lead(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    told = progress(office, "Helena Costa", "on_track")

    assert "The other party leads this item" in told
    assert item(office).progress is None
    assert [refused.event for refused in refusals(office)] == ["report_progress"]


@pytest.mark.parametrize("name", ["Amina Diallo", "Helena Costa"])
def test_either_side_reports_on_what_both_lead(office: Office, name: str) -> None:
    add(office, lead_party="both")
    close_all(office, "Amina Diallo")

    progress(office, name, "delayed")

    assert item(office).progress is Progress.DELAYED


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon"])
def test_nobody_without_a_mandate_reports(office: Office, name: str) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    told = progress(office, name, "done")

    assert "can say how an item of a workplan goes (IV.5, III.1)" in told
    assert item(office).progress is None


def test_a_focal_point_of_elsewhere_does_not_report(office: Office) -> None:
    add(office, "Samuel Otieno", KENYA)
    close_all(office, "Samuel Otieno")

    told = progress(office, "Anan Srisai", "done")

    assert "your office (Bangkok) does not serve Kenya" in told
    assert item(office).progress is None


def test_whoever_says_the_same_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    progress(office, "Mei Chen", "on_track")

    told = progress(office, "Pierre Favre", "on_track")

    assert "Mei Chen (ILO) has said so already: item 2026/1 is “on track”" in told
    assert item(office).reported_by == office.person("Mei Chen").key


def test_that_an_item_is_not_funded_needs_its_reason_and_is_lawful(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    progress(office, "Amina Diallo", "not_funded")

    refused = office.submit("Amina Diallo", {"note": " "})
    assert list(refused.errors) == ["note"]
    assert office.submit("Amina Diallo", {"note": "The donor withdrew."}).ok
    office.deliver()

    row = item(office)
    assert (row.status, row.funding) == (ItemStatus.NOT_DONE_RESOURCES, Funding.NOT_FUNDED)
    assert row.funding_reason == "The donor withdrew."
    said = words_of(office.channel(LIAISON)) + shown(office)
    assert "*not funded*. That is a lawful reason (III.1)." in said
    assert "not funded: The donor withdrew. (a lawful reason)" in said
    assert "breach" not in said


def test_a_note_goes_with_what_is_said(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    progress(office, "Amina Diallo", "note")

    office.submit("Amina Diallo", {"progress": "delayed", "note": "Fieldwork begins in May."})
    office.deliver()

    assert "delayed – Fieldwork begins in May." in shown(office)
    assert "Fieldwork begins in May." in words_of(office.channel(LIAISON))


@pytest.mark.parametrize("action", ["note", "not_funded"])
def test_the_note_is_not_offered_to_the_other_side(office: Office, action: str) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    told = progress(office, "Helena Costa", action)

    assert "The other party leads this item" in told
    assert office.slack.modal(office.id("Helena Costa")) is None


def test_an_item_opened_in_a_modal_shows_in_it_what_became_of_it(office: Office) -> None:
    add(office, lead_person_id="Amina Diallo (ILO)", due_on=date(2026, 11, 30))
    close_all(office, "Amina Diallo")
    office.home("Amina Diallo")
    office.click("Amina Diallo", "workplans.item", "1", where="home")

    press_modal(office, "Amina Diallo", "workplans.delayed")

    assert "reported by Amina Diallo (ILO), delayed" in modal_words(office, "Amina Diallo")


def test_the_home_shows_what_is_due_soon_to_whoever_leads_it(office: Office) -> None:
    add(office, lead_person_id="Mei Chen (ILO)", due_on=date(2026, 11, 30))
    close_all(office, "Amina Diallo")
    add(office, subject="Later", lead_person_id="Mei Chen (ILO)", due_on=date(2027, 11, 30))

    assert ("workplans.done", "1") in buttons(office.home("Mei Chen")["blocks"])
    assert ("workplans.done", "2") not in buttons(office.home("Mei Chen")["blocks"])
    assert ("workplans.done", "1") not in buttons(office.home("Amina Diallo")["blocks"])
    office.click("Mei Chen", "workplans.done", "1", where="home")

    assert item(office).status is ItemStatus.DONE
    assert ("workplans.done", "1") not in buttons(office.home("Mei Chen")["blocks"])
