"""An older copy of the database was put back: Slack may know more than the outbox does."""

from datetime import timedelta

from bot import restorations
from bot.outbox import Kind, OutboxState
from tests.delivery.outgoing import (
    LIAISON,
    lane,
    queue,
    queue_file,
    rows,
    said,
    states,
)
from tests.office import Office


def forget(office: Office) -> None:
    """Put the outbox back as it was before anything these tests queued was sent, as an older copy would."""
    with office.database.recording() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET state = 'ready', attempts = 0, tried_at = NULL, ts = '', sent_channel = '', "
            "file_id = '' WHERE letter = 'test'"
        )


def restored(office: Office, hours: float = 1) -> None:
    """Say that a copy made some hours ago has just taken the database's place."""
    now = office.clock.now()
    with office.database.writing() as session:
        restorations.note(session, now - timedelta(hours=hours), now)


def test_what_waited_in_the_copy_and_left_since_is_not_said_again(quiet: Office) -> None:
    queue(quiet, "said on Monday", "and on Tuesday")
    quiet.deliver()
    forget(quiet)

    restored(quiet)
    quiet.deliver()

    assert [text for text in said(quiet) if "day" in text][-2:] == ["said on Monday", "and on Tuesday"]
    assert said(quiet).count("said on Monday") == 1
    assert set(states(quiet)) == {OutboxState.SENT}
    assert rows(quiet)[0].ts


def test_what_the_clock_says_anew_is_looked_for_in_slack_first(quiet: Office) -> None:
    queue(quiet, "reminder")
    quiet.deliver()
    with quiet.database.recording() as connection:
        connection.exec_driver_sql("DELETE FROM outbox WHERE letter = 'test'")

    restored(quiet)
    queue(quiet, "reminder", "something new")
    quiet.deliver()

    assert said(quiet).count("reminder") == 1
    assert said(quiet)[-1] == "something new"


def test_answers_in_threads_and_files_are_looked_for_in_their_thread(quiet: Office) -> None:
    root = queue(quiet, "root")[0]
    queue(quiet, "answer", of=root)
    queue_file(quiet, root, "record.pdf")
    quiet.deliver()
    forget(quiet)

    restored(quiet)
    quiet.deliver()

    assert said(quiet).count("answer") == 1
    files = [file["name"] for one in quiet.slack.messages(LIAISON) for file in one.get("files", ())]
    assert files == ["record.pdf"]
    assert set(states(quiet)) == {OutboxState.SENT}


def test_changes_of_messages_are_made_again(quiet: Office) -> None:
    root = queue(quiet, "before")[0]
    queue(quiet, "after", kind=Kind.UPDATE, of=root)
    quiet.deliver()
    forget(quiet)

    restored(quiet)
    quiet.deliver()

    assert "before" not in said(quiet)
    assert said(quiet).count("after") == 1


def test_a_number_that_was_given_twice_is_not_taken_for_the_same_message(quiet: Office) -> None:
    number = queue(quiet, "lost with the newer database")[0]
    quiet.deliver()
    with quiet.database.recording() as connection:
        connection.exec_driver_sql("DELETE FROM outbox WHERE letter = 'test'")

    restored(quiet)
    assert queue(quiet, "another with its number") == [number]
    quiet.deliver()

    assert said(quiet)[-1] == "another with its number"


def test_after_two_weeks_nothing_is_looked_for_any_more(quiet: Office) -> None:
    restored(quiet)
    quiet.clock.move_to(quiet.clock.now() + timedelta(days=15))
    before = len(quiet.slack.calls)

    queue(quiet, "long after")
    quiet.deliver()

    assert [call.method for call in quiet.slack.calls[before:]] == ["chat.postMessage"]
    assert lane(quiet).error == ""
