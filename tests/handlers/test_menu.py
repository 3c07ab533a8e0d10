"""The short menu: what this person may do, in a channel or in a modal, with or without an app."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.agreement import matters
from bot.agreement.invitation_entries import OwnMeeting, announce_meeting
from bot.vocabulary import WORDS
from bot.waiting import waiting
from handlers.doors import COMMANDS
from handlers.menu import MENU
from tests.handlers.offered import in_sight, offered, within_reach
from tests.handlers.pressing import modal_words, press_modal, press_told
from tests.office import ZURICH, Office, Servers

NAMES = [
    "Amina Diallo",
    "Pierre Favre",
    "Mei Chen",
    "Jonas Weber",
    "Lucía Romero",
    "Samuel Otieno",
    "Ravi Menon",
    "Nadia Petrova",
    "Ines Martin",
]


OWN_MEETING = OwnMeeting(
    title="Workshop on corridors",
    convenor="IOM",
    topic="Corridors",
    starts_on=date(2027, 5, 3),
    ends_on=date(2027, 5, 4),
    register_by=None,
    place="Geneva",
    rule="Rule 7",
)


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app; its prompt for the quarter stands in the shared channel."""
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as made:
        made.move_in()
        made.clock.move_to(datetime(2027, 1, 8, 10, tzinfo=ZURICH))
        made.tick()
        yield made


def open_menu(office: Office, name: str) -> None:
    office.command(name, "/agreement")
    press_told(office, name, "menu.open")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_command_alone_offers_its_own_part_as_far_as_capacities_allow(
    office: Office, command: str, name: str
) -> None:
    office.command(name, command)

    seen = in_sight(office.told(name)[-1]["blocks"])
    part = MENU[command.removeprefix("/")]
    assert seen == {button.action for _, button in (*part.often, *part.rare)} & offered(office, name)


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_menu_leads_to_every_button_that_the_persons_capacities_allow(
    office: Office, name: str
) -> None:
    open_menu(office, name)

    assert within_reach(office, name, office.modal(name)) == offered(office, name)


def test_every_command_has_a_part_in_the_menu() -> None:
    assert {command.removeprefix("/") for command in COMMANDS} == set(MENU)


def test_the_part_takes_the_place_of_the_whole_menu_and_the_menu_that_of_the_part(office: Office) -> None:
    open_menu(office, "Amina Diallo")
    whole = modal_words(office, "Amina Diallo")

    press_modal(office, "Amina Diallo", "menu.part", "emblem")
    part = modal_words(office, "Amina Diallo")
    press_modal(office, "Amina Diallo", "menu.open")

    assert "*Workplans* (IV.5)" in whole
    assert "*Name, emblem and links* (clauses VI.1, VI.3 and IX.2)" in part
    assert "*Workplans*" not in part
    assert modal_words(office, "Amina Diallo") == whole


def test_parts_of_the_menu_in_a_modal_never_pile_up(office: Office) -> None:
    open_menu(office, "Amina Diallo")

    for action in ("menu.part", "menu.open", "menu.waiting", "menu.open", "menu.part"):
        press_modal(office, "Amina Diallo", action, "termination" if action == "menu.part" else None)
    office.slack.close_modal(office.id("Amina Diallo"))

    assert office.slack.modal(office.id("Amina Diallo")) is None


def test_what_waits_is_counted_in_the_menu_and_can_be_dealt_with_from_there(office_of_one: Office) -> None:
    office_of_one.click("Helena Costa", "menu.open")
    assert "things are waiting for you.*" in modal_words(office_of_one, "Helena Costa")

    press_modal(office_of_one, "Helena Costa", "menu.waiting")

    assert "your party has not answered for the period" in modal_words(office_of_one, "Helena Costa")
    assert "As it stood on Friday 8 January 2027 at 10:00" in modal_words(office_of_one, "Helena Costa")


def test_the_menu_names_the_capacities_and_the_clauses(office: Office) -> None:
    told = office.command("Nadia Petrova", "/emblem")

    assert "Nadia Petrova (IOM), you are designated as emblem approver and legal officer." in told
    assert "*Name, emblem and links* (clauses VI.1, VI.3 and IX.2)" in told
    assert "you decide on the card" in told


def test_people_whose_workspace_has_no_app_open_the_menu_from_the_shared_channel(
    office_of_one: Office,
) -> None:
    office_of_one.click("Helena Costa", "menu.open")

    assert "Helena Costa (IOM), you are designated as" in modal_words(office_of_one, "Helena Costa")


def test_an_answer_inside_the_menu_is_laid_over_it(office_of_one: Office) -> None:
    office_of_one.click("Helena Costa", "menu.open")

    press_modal(office_of_one, "Helena Costa", "agreement.status")
    answer = modal_words(office_of_one, "Helena Costa")
    office_of_one.slack.close_modal(office_of_one.id("Helena Costa"))

    assert "ILO–IOM Agreement: in force" in answer
    assert "you are designated" in modal_words(office_of_one, "Helena Costa")


def test_answers_inside_the_menu_take_each_others_place_so_that_they_never_end(office_of_one: Office) -> None:
    office_of_one.click("Helena Costa", "menu.open")
    press_modal(office_of_one, "Helena Costa", "agreement.status")

    for action in ("agreement.due", "agreement.status", "agreement.due"):
        press_modal(office_of_one, "Helena Costa", action)

    assert "what is due" in modal_words(office_of_one, "Helena Costa")


def test_a_form_opens_over_an_answer_in_the_menu_and_can_be_sent_in(office_of_one: Office) -> None:
    office_of_one.click("Helena Costa", "menu.open")
    press_modal(office_of_one, "Helena Costa", "agreement.status")

    press_modal(office_of_one, "Helena Costa", "agreement.clause")
    office_of_one.submit("Helena Costa", {"clause": "VI.3"})

    assert "VI.3 · Hyperlinks" in modal_words(office_of_one, "Helena Costa")


def test_a_refusal_inside_the_menu_is_said_inside_the_menu(office: Office) -> None:
    office.command("Jonas Weber", "/agreement fly")
    press_told(office, "Jonas Weber", "menu.open")
    press_modal(office, "Jonas Weber", "agreement.status")
    press_modal(office, "Jonas Weber", "settlements.list")

    assert (
        "Contact points, alternates and legal officers of either party may record how these were met"
        in modal_words(office, "Jonas Weber")
    )


def test_the_vocabulary_names_every_word_that_has_a_door() -> None:
    doors = {command: tuple(filter(None, words)) for command, words in COMMANDS.items()}

    assert doors == WORDS


def test_what_is_private_to_a_party_does_not_wait_in_the_menu_of_the_other_partys_app(
    office_of_one: Office,
) -> None:
    """IOM's matters and own meetings were entered while it had an app; the ILO's app must not carry them."""
    facts = {"title": "A new corridor", "area": "A-COOP", "channel_id": "C0LIAISON"}
    noted = {**facts, "arose_on": date(2027, 1, 7), "through": "iom"}
    office_of_one.act("Helena Costa", matters.note_matter, **noted)
    announced = {"channel_id": "C0LIAISON", "meeting": OWN_MEETING, "through": "iom"}
    office_of_one.act("Helena Costa", announce_meeting, **announced)
    with office_of_one.house.secretariat.reading(office_of_one.who("Helena Costa"), "read") as desk:
        assert [len(waiting(desk)[kind]) for kind in ("matters", "interest")] == [1, 1]

    office_of_one.click("Helena Costa", "menu.open")
    press_modal(office_of_one, "Helena Costa", "menu.waiting")

    told = modal_words(office_of_one, "Helena Costa")
    assert "your party has not answered for the period" in told
    assert "A new corridor" not in told
    assert OWN_MEETING.title not in told
