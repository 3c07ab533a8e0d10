"""An answer that never came: Slack is looked through for the message, and only then is it sent or marked."""

from datetime import timedelta

import pytest

from bot import lanes
from bot.lanes import Outcome
from bot.outbox import Address, OutboxState
from bot.slack import Posted
from tests.delivery.outgoing import (
    LIAISON,
    grant,
    lane,
    queue,
    queue_file,
    queue_update,
    rows,
    said,
    scopes,
    states,
)
from tests.office import Office

TAKEN = ("lost_answer", "server_error_after", "internal_error")
"""Faults after which Slack has done the work without saying so."""


@pytest.mark.parametrize("fault", TAKEN)
def test_an_answer_in_a_thread_is_found_again_in_its_thread(quiet: Office, fault: str) -> None:
    root = queue(quiet, "root")[0]
    quiet.deliver()
    quiet.slack.faults.next("chat.postMessage", fault)
    queue(quiet, "answer", of=root)

    quiet.deliver()

    assert said(quiet)[-2:] == ["root", "answer"]
    assert states(quiet) == [OutboxState.SENT] * 2


@pytest.mark.parametrize("fault", TAKEN)
def test_a_change_of_a_message_is_made_again_and_shows_once(quiet: Office, fault: str) -> None:
    root = queue(quiet, "before")[0]
    quiet.deliver()
    quiet.slack.faults.next("chat.update", fault)
    queue_update(quiet, root, "after")

    quiet.deliver()

    assert said(quiet)[-1] == "after"
    assert "before" not in said(quiet)
    assert states(quiet) == [OutboxState.SENT] * 2


@pytest.mark.parametrize("fault", TAKEN)
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_a_file_is_handed_over_once_whichever_answer_is_lost(quiet: Office, method: str, fault: str) -> None:
    root = queue(quiet, "root")[0]
    quiet.deliver()
    quiet.slack.faults.next(method, fault)
    queue_file(quiet, root, "record.pdf")

    quiet.deliver()

    shown = [file["name"] for message in quiet.slack.messages(LIAISON) for file in message.get("files", ())]
    assert shown == ["record.pdf"]
    assert states(quiet) == [OutboxState.SENT] * 2


def test_it_is_found_however_much_was_said_since(quiet: Office) -> None:
    quiet.house.delivery.look_again = timedelta(seconds=5)
    quiet.house.clients["ilo"].page = 15
    quiet.slack.faults.next("chat.postMessage", "lost_answer")
    queue(quiet, "in the middle of a busy hour")
    quiet.house.delivery.round()
    for n in range(40):
        quiet.slack.say(quiet.id("Mei Chen"), LIAISON, f"chatter {n}")
    quiet.clock.move_to(quiet.clock.now() + timedelta(seconds=6))

    quiet.deliver()

    assert said(quiet).count("in the middle of a busy hour") == 1
    pages = [call for call in quiet.slack.calls if call.method == "conversations.history"]
    assert len(pages) == 3


def half_sent(office: Office, text: str) -> None:
    """Leave a message as a sender does that dies, or freezes, with the message in its hands."""
    queue(office, text)
    office.house.delivery.turn((), 1)


def test_what_a_dead_sender_held_is_left_alone_until_its_lease_ends(quiet: Office) -> None:
    half_sent(quiet, "who knows")

    quiet.deliver()

    assert states(quiet) == [OutboxState.SENDING]
    assert "who knows" not in said(quiet)


def test_what_is_found_half_sent_may_still_arrive_before_it_is_looked_for(quiet: Office) -> None:
    quiet.house.delivery.look_again = timedelta(seconds=5)
    half_sent(quiet, "on its way")
    quiet.clock.move_to(quiet.clock.now() + lanes.LEASE + timedelta(seconds=1))
    quiet.deliver()
    number = rows(quiet)[0]
    quiet.house.clients["ilo"].post(LIAISON, number.message, number.mark)

    quiet.clock.move_to(quiet.clock.now() + timedelta(seconds=6))
    quiet.deliver()

    assert said(quiet).count("on its way") == 1
    assert states(quiet) == [OutboxState.SENT]


def test_a_sender_whose_lane_was_taken_over_cannot_write_in_the_books(quiet: Office) -> None:
    queue(quiet, "slowly")
    job = quiet.house.delivery.turn((), 1).jobs[0]
    quiet.clock.move_to(quiet.clock.now() + lanes.LEASE + timedelta(seconds=1))
    quiet.house.delivery.round()

    quiet.house.delivery.turn([Outcome(job, OutboxState.SENT, timedelta(0), at=Posted(LIAISON, "1.1"))], 0)

    assert states(quiet) == [OutboxState.UNKNOWN]


def test_a_sender_that_was_frozen_hands_back_instead_of_sending_late(quiet: Office) -> None:
    queue(quiet, "too late")
    job = quiet.house.delivery.turn((), 1).jobs[0]
    quiet.clock.move_to(quiet.clock.now() + timedelta(seconds=6))

    outcome = quiet.house.delivery.sender.handle(job)

    assert (outcome.state, "too late" in said(quiet)) == (OutboxState.READY, False)


def test_where_history_may_not_be_read_nothing_is_sent_until_somebody_knows(quiet: Office) -> None:
    grant(quiet, "ilo", (scope for scope in scopes(quiet, "ilo") if not scope.endswith(":history")))
    quiet.slack.faults.next("chat.postMessage", "lost_answer")
    queue(quiet, "did it arrive?", "next")

    quiet.deliver()

    assert states(quiet) == [OutboxState.UNKNOWN, OutboxState.READY]
    assert said(quiet)[-1] == "did it arrive?"
    assert lane(quiet).error == "missing_scope"


def test_a_direct_message_is_found_in_the_conversation_with_the_person(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "lost_answer")
    queue(quiet, "for your eyes", to=Address("ilo", quiet.id("Mei Chen")))

    quiet.deliver()

    assert [message["text"] for message in quiet.direct("Mei Chen")].count("for your eyes") == 1
