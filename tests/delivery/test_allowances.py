"""How much may be asked of Slack in a minute, kept by all senders together."""

from datetime import timedelta

import pytest

from bot.delivery import Delivery
from bot.outbox import Address, Kind, OutboxState
from tests.delivery.outgoing import KENYA, LIAISON, later, queue, said, states
from tests.office import Office


def test_a_limit_on_one_channel_holds_back_every_channel_of_that_app(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "rate_limited", amount=30)
    queue(quiet, "limited")
    quiet.deliver()

    queue(quiet, "another channel", to=Address("ilo", "C0ILOCOMMS"))
    quiet.deliver()
    assert states(quiet) == [OutboxState.READY] * 2

    later(quiet, seconds=31)
    quiet.deliver()
    assert states(quiet) == [OutboxState.SENT] * 2


def test_a_limit_on_one_app_does_not_hold_back_the_other(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "rate_limited", amount=30)
    queue(quiet, "limited")
    quiet.deliver()

    queue(quiet, "elsewhere", to=Address("iom", KENYA))
    quiet.deliver()

    assert said(quiet, KENYA)[-1] == "elsewhere"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Office:
    """An office on each of the two databases."""
    office: Office = request.getfixturevalue("office" if request.param == "sqlite" else "office_on_postgres")
    office.deliver()
    return office


def test_two_senders_share_one_budget_a_minute(either: Office) -> None:
    budget = {Kind.POST: 4}
    machines = [
        Delivery(either.database, either.clock, either.house.clients, pace=timedelta(0), allowances=budget)
        for _ in range(2)
    ]
    queue(either, *(f"line {n}" for n in range(12)))
    for _ in range(10):
        for machine in machines:
            machine.round()
    assert states(either).count(OutboxState.SENT) == 5

    later(either, seconds=31)
    for _ in range(10):
        for machine in machines:
            machine.round()

    assert states(either).count(OutboxState.SENT) == 7
    assert [text for text in said(either, LIAISON) if text.startswith("line")] == [
        f"line {n}" for n in range(7)
    ]
