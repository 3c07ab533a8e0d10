"""What is queued is said once, in order, whatever Slack does with it."""

from datetime import timedelta

import pytest

from bot.outbox import Address, OutboxState
from tests.delivery.outgoing import LIAISON, queue, said, states
from tests.office import Office


def test_messages_of_one_channel_leave_in_the_order_they_were_queued(quiet: Office) -> None:
    queue(quiet, *(f"line {n}" for n in range(12)))

    quiet.deliver()

    assert said(quiet)[-12:] == [f"line {n}" for n in range(12)]
    assert set(states(quiet)) == {OutboxState.SENT}


@pytest.mark.parametrize("fault", ["lost_answer", "server_error_after", "internal_error"])
def test_a_message_slack_took_without_saying_so_is_found_again_and_not_repeated(
    quiet: Office, fault: str
) -> None:
    quiet.slack.faults.next("chat.postMessage", fault)
    queue(quiet, "once")

    quiet.deliver()

    assert said(quiet).count("once") == 1
    assert states(quiet) == [OutboxState.SENT]


def test_a_message_slack_lost_is_sent_again(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "server_error_before", times=2)
    queue(quiet, "again")

    quiet.deliver()

    assert said(quiet).count("again") == 1


def test_a_limit_holds_the_whole_channel_back_for_as_long_as_slack_asks(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "rate_limited", amount=30)
    queue(quiet, "first", "second")

    quiet.deliver()
    assert "first" not in said(quiet)
    quiet.clock.move_to(quiet.clock.now() + timedelta(seconds=31))
    quiet.deliver()

    assert said(quiet)[-2:] == ["first", "second"]


def test_a_direct_message_whose_answer_was_lost_is_found_again(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "lost_answer")
    queue(quiet, "for Mei", to=Address("ilo", quiet.id("Mei Chen")))

    quiet.deliver()

    assert [message["text"] for message in quiet.direct("Mei Chen")].count("for Mei") == 1


def test_a_message_that_cannot_arrive_waits_and_goes_when_the_cause_is_cured(quiet: Office) -> None:
    quiet.slack.change_channel(LIAISON, archived=True)
    queue(quiet, "patience")
    quiet.deliver()
    assert states(quiet) == [OutboxState.READY]

    quiet.slack.change_channel(LIAISON, archived=False)
    quiet.clock.move_to(quiet.clock.now() + timedelta(minutes=6))
    quiet.deliver()

    assert said(quiet).count("patience") == 1


def test_a_message_slack_will_never_take_does_not_stop_the_next(quiet: Office) -> None:
    queue(quiet, "x" * 40_001, "after it")

    quiet.deliver()

    assert states(quiet) == [OutboxState.DEAD, OutboxState.SENT]
    assert said(quiet)[-1] == "after it"


def test_two_channels_do_not_wait_for_each_other(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "rate_limited", amount=60)
    queue(quiet, "held back")
    quiet.house.delivery.round()
    queue(quiet, "elsewhere", to=Address("iom", "C0KENYA"))

    quiet.deliver()

    assert said(quiet, "C0KENYA")[-1] == "elsewhere"
    assert "held back" not in said(quiet)


def test_the_same_thing_cannot_be_queued_twice(quiet: Office) -> None:
    queue(quiet, "unique")

    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        queue(quiet, "unique")


def test_a_channel_hears_at_most_one_message_a_second(quiet: Office) -> None:
    quiet.house.delivery.pace = timedelta(seconds=1)
    queue(quiet, "one", "two")

    assert quiet.house.delivery.round() == 1
    assert quiet.house.delivery.round() == 0
    quiet.clock.move_to(quiet.clock.now() + timedelta(seconds=1.1))
    quiet.deliver()

    assert said(quiet)[-2:] == ["one", "two"]
