"""The short menu: what this person may do, in a channel or in a modal, with or without an app."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.vocabulary import WORDS
from handlers.doors import COMMANDS
from tests.handlers.offered import offered
from tests.handlers.pressing import buttons, modal_words, press_modal, press_told
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


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app; its prompt for the quarter stands in the shared channel."""
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as made:
        made.move_in()
        made.clock.move_to(datetime(2027, 1, 8, 10, tzinfo=ZURICH))
        made.tick()
        yield made


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", NAMES)
def test_the_menu_offers_what_the_persons_capacities_allow(office: Office, command: str, name: str) -> None:
    office.command(name, command)

    assert {action for action, _ in buttons(office.told(name)[-1]["blocks"])} == offered(office, name)


def test_the_menu_names_the_capacities_and_the_clauses(office: Office) -> None:
    told = office.command("Nadia Petrova", "/emblem")

    assert "Nadia Petrova (IOM), you are designated as emblem approver and legal officer." in told
    assert "*Name, emblem and links* (clauses VI.1 and VI.3)" in told
    assert "you decide on the card" in told


@pytest.mark.parametrize(
    ("command", "heading"),
    [("/meeting", "*Meetings*"), ("/contacts", "*Contacts and field offices*"), ("/workplan", "*Workplans*")],
)
def test_the_part_of_the_command_that_was_typed_comes_first(
    office: Office, command: str, heading: str
) -> None:
    told = office.command("Amina Diallo", command)

    assert told.index(heading) < min(told.index("*Information exchange*"), told.index("*The Agreement*"))


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
