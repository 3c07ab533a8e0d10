"""V.3-1 through the door: action items have an owner and a side, which says what became of them."""

import pytest

from bot.agreement.meeting_actions import ActionStatus
from tests.handlers.meeting_days import (
    LIAISON,
    actions,
    card_of,
    close,
    closed,
    press_action,
    refused,
    thread,
)
from tests.handlers.pressing import home_words
from tests.office import Office


def test_action_items_name_their_owner_and_side(office: Office) -> None:
    lines = ("Write | mei chen | 2027-03-01", "Read | IOM: Helena Costa | 2027-03-02")
    closed(office, actions="\n".join((*lines, "Book | iom Maria Rossi | 2027-03-03")))

    found = [(row.number, row.party, row.owner, row.owner_id is None) for row in actions(office)]
    assert found == [
        ("2027/1", "ilo", "Mei Chen", False),
        ("2027/2", "iom", "Helena Costa", False),
        ("2027/3", "iom", "Maria Rossi", True),
    ]
    assert "Action 2027/1" in home_words(office.home("Mei Chen"))
    assert "Action 2027/1" not in home_words(office.home("Helena Costa"))
    assert "*Action 2027/3:* Book · Maria Rossi (IOM) · by Wednesday 3 March 2027" in card_of(office)


@pytest.mark.parametrize(
    ("outcome", "status", "note"),
    [("done", ActionStatus.DONE, ""), ("dropped", ActionStatus.DROPPED, "The call was withdrawn.")],
)
def test_the_owners_side_says_what_became_of_an_action(
    office: Office, outcome: str, status: ActionStatus, note: str
) -> None:
    closed(office, actions="Send the call | Samuel Otieno | 2027-03-31")

    assert close(office, "Amina Diallo", outcome, note).ok

    (row,) = actions(office)
    assert (row.status, row.note) == (status, note)
    assert "Recorded by Amina Diallo (ILO)." in thread(office)
    assert "*Action items that are closed:*" in card_of(office)
    assert "meetings.action" not in str(office.channel(LIAISON)[0]["blocks"])
    assert "Action 2027/1" not in home_words(office.home("Samuel Otieno"))


def test_an_owner_closes_their_action_from_the_home(office: Office) -> None:
    closed(office, actions="Send the call | Mei Chen | 2027-03-31")
    office.home("Mei Chen")

    assert close(office, "Mei Chen", "done", "Sent.", home=True).ok

    assert actions(office)[0].status is ActionStatus.DONE


def test_an_action_is_not_given_up_without_a_reason(office: Office) -> None:
    closed(office, actions="Send the call | Samuel Otieno | 2027-03-31")

    assert list(close(office, "Amina Diallo", "dropped").errors) == ["note"]
    assert actions(office)[0].status is ActionStatus.OPEN


@pytest.mark.parametrize(
    "name", ["Helena Costa", "Grace Wanjiru", "Jonas Weber", "Ravi Menon", "Victor Lang"]
)
def test_nobody_else_closes_an_action(office: Office, name: str) -> None:
    closed(office, actions="Send the call | Samuel Otieno | 2027-03-31")

    assert press_action(office, name)

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


def test_the_second_to_close_an_action_is_told_who_was_first(office: Office) -> None:
    closed(office, actions="Send the call | Samuel Otieno | 2027-03-31")
    press_action(office, "Pierre Favre")
    close(office, "Amina Diallo", "done")

    office.submit("Pierre Favre", {"outcome": "dropped", "note": "No longer needed."})

    assert "Amina Diallo (ILO) has recorded already" in str(office.modal("Pierre Favre"))
    assert actions(office)[0].status is ActionStatus.DONE
