"""Small guards of the promise that nothing is said twice: each of these fails when its guard is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import restorations
from bot.allowances import Purse
from bot.delivery import Delivery
from bot.lanes import Outcome
from bot.outbox import Address, Kind, OutboxRow, OutboxState
from bot.slack import SlackClient
from tests.delivery.outgoing import lane, later, queue, queue_file, rows, said, states
from tests.office import Office


def in_doubt(office: Office, text: str) -> None:
    """A message that Slack took without saying so."""
    office.slack.faults.next("chat.postMessage", "lost_answer")
    queue(office, text)
    office.house.delivery.round()
    assert states(office) == [OutboxState.UNKNOWN]


def restored(office: Office, *, copied: timedelta) -> None:
    now = office.clock.now()
    with office.database.writing() as session:
        restorations.note(session, now - copied, now)


@pytest.mark.parametrize("hindrance", ["rate_limited", "server_error_before", "lost_answer"])
def test_a_look_that_fails_is_made_again_before_anything_is_sent(quiet: Office, hindrance: str) -> None:
    in_doubt(quiet, "once")
    quiet.slack.faults.next("conversations.history", hindrance)
    quiet.house.delivery.round()
    later(quiet, seconds=2)

    quiet.deliver()

    assert said(quiet).count("once") == 1


def test_a_message_in_doubt_stays_in_doubt_while_slack_is_away(quiet: Office) -> None:
    in_doubt(quiet, "once")
    here = quiet.house.delivery
    nowhere = SlackClient(here.clients["ilo"].installation, "http://127.0.0.1:9/api/")
    Delivery(here.database, here.clock, {"ilo": nowhere}, look_again=timedelta(0)).round()

    quiet.deliver()

    assert said(quiet).count("once") == 1


def test_a_message_in_doubt_that_is_handed_back_is_still_in_doubt(quiet: Office) -> None:
    in_doubt(quiet, "gone")
    job = quiet.house.delivery.turn((), 1).jobs[0]
    quiet.house.delivery._stopping.set()

    outcome = quiet.house.delivery.sender.handle(replace(job, key="never arrived"))

    assert outcome.state is OutboxState.UNKNOWN


def test_history_is_searched_since_the_first_attempt_however_many_looks_failed(quiet: Office) -> None:
    in_doubt(quiet, "once")
    for _ in range(3):
        quiet.slack.faults.next("conversations.history", "server_error_before")
        later(quiet, minutes=4)
        quiet.house.delivery.round()
    later(quiet, minutes=4)

    quiet.deliver()

    assert said(quiet).count("once") == 1


def test_what_was_in_doubt_before_the_copy_was_made_is_searched_since_then(quiet: Office) -> None:
    in_doubt(quiet, "once")
    later(quiet, hours=2)
    restored(quiet, copied=timedelta(hours=1))

    quiet.deliver()

    assert said(quiet).count("once") == 1


def test_of_two_restorations_the_older_copy_counts(quiet: Office) -> None:
    queue(quiet, "once")
    quiet.deliver()
    later(quiet, hours=5)
    with quiet.database.recording() as connection:
        connection.exec_driver_sql("DELETE FROM outbox WHERE letter = 'test'")
    restored(quiet, copied=timedelta(hours=6))
    restored(quiet, copied=timedelta(hours=1))
    queue(quiet, "once")

    quiet.deliver()

    assert said(quiet).count("once") == 1


def test_what_was_under_way_in_the_copy_is_searched_since_the_copy(quiet: Office) -> None:
    queue(quiet, "once")
    quiet.house.delivery.turn((), 1)
    later(quiet, hours=1)
    copied_at = quiet.clock.now() - timedelta(minutes=30)

    with quiet.database.writing() as session:
        restorations.note(session, copied_at, quiet.clock.now())

    assert (states(quiet), rows(quiet)[0].tried_at) == ([OutboxState.UNKNOWN], copied_at)


def test_a_sender_whose_lane_was_taken_over_does_not_free_it(quiet: Office) -> None:
    queue(quiet, "slowly")
    job = quiet.house.delivery.turn((), 1).jobs[0]
    later(quiet, seconds=21)
    quiet.house.delivery.turn((), 1)
    later(quiet, seconds=1)
    new = quiet.house.delivery.turn((), 1).jobs[0]

    quiet.house.delivery.turn([Outcome(job, OutboxState.READY, timedelta(0))], 0)

    assert lane(quiet).owner == new.claim


def test_a_file_that_was_uploaded_is_not_uploaded_again(quiet: Office) -> None:
    root = queue(quiet, "root")[0]
    quiet.deliver()
    quiet.slack.faults.next("files.completeUploadExternal", "rate_limited", amount=1)
    queue_file(quiet, root, "record.pdf")
    quiet.deliver()
    later(quiet, seconds=2)

    quiet.deliver()

    assert [call.method for call in quiet.slack.calls].count("files.getUploadURLExternal") == 1


def test_a_machine_whose_clock_is_three_minutes_fast_finds_its_message(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "lost_answer")
    queue(quiet, "once")
    quiet.house.delivery.round()
    fast = quiet.clock.now() + timedelta(minutes=3)
    with quiet.database.recording() as connection:
        connection.execute(update(OutboxRow).where(OutboxRow.letter == "test").values(tried_at=fast))

    quiet.deliver()

    assert said(quiet).count("once") == 1


def test_a_shorter_pause_does_not_end_a_longer_one(quiet: Office) -> None:
    now = quiet.clock.now()
    for seconds in (60, 1):
        with quiet.database.recording() as connection:
            purse = Purse(connection, now, {})
            purse.pause("ilo", Kind.POST, now + timedelta(seconds=seconds))
            purse.keep()

    with quiet.database.recording() as connection:
        assert Purse(connection, now, {}).spend("ilo", Kind.POST) == now + timedelta(seconds=60)


def test_a_quiet_hour_saves_up_no_more_than_a_minutes_worth(quiet: Office) -> None:
    now, budget = quiet.clock.now(), {Kind.POST: 4}
    with quiet.database.recording() as connection:
        purse = Purse(connection, now, budget)
        purse.spend("ilo", Kind.POST)
        purse.keep()

    with quiet.database.recording() as connection:
        purse = Purse(connection, now + timedelta(hours=1), budget)
        assert sum(purse.spend("ilo", Kind.POST) is None for _ in range(100)) == 5


def test_a_limit_on_reading_history_does_not_pause_posting(quiet: Office) -> None:
    in_doubt(quiet, "in doubt")
    quiet.slack.faults.next("conversations.history", "rate_limited", amount=60)
    quiet.house.delivery.round()
    queue(quiet, "elsewhere", to=Address("ilo", "C0ILOCOMMS"))

    quiet.deliver()

    assert states(quiet)[-1] is OutboxState.SENT


def test_what_a_clock_that_was_days_ahead_put_off_is_said_when_the_clock_is_right_again(
    quiet: Office,
) -> None:
    ahead = quiet.clock.now() + timedelta(days=3)
    queue(quiet, "put off")
    with quiet.database.recording() as connection:
        connection.exec_driver_sql(f"UPDATE lane SET next_at = '{ahead:%Y-%m-%d %H:%M:%S}'")
        purse = Purse(connection, ahead, {Kind.POST: 300})
        purse.pause("ilo", Kind.POST, ahead)
        purse.keep()

    quiet.deliver()

    assert states(quiet) == [OutboxState.SENT]
