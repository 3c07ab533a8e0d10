"""What Slack could not take for a while says when it was written."""

from datetime import date, timedelta

from bot import outbox
from bot.shapes import message
from tests.delivery.outgoing import GLOBAL, said
from tests.office import Office, words_of


def queue_letter(office: Office) -> None:
    with office.database.writing() as session:
        made = message({"notice": "Due in 7 days.", "body": "It is due in 7 days."})
        outbox.put(session, key="letter", to=GLOBAL, message=made, letter="test", now=office.clock.now())


def test_a_message_that_waited_for_days_says_when_it_was_written(quiet: Office) -> None:
    queue_letter(quiet)
    quiet.slack.faults.next("chat.postMessage", "server_error_before", times=3)
    for _ in range(3):
        quiet.house.delivery.round()
    quiet.clock.move_to(quiet.clock.now() + timedelta(days=3))

    quiet.deliver()

    shown = quiet.slack.messages("C0LIAISON")[-1]
    assert shown["text"] == "Due in 7 days. (Written on Monday 23 November 2026 at 10:00 (Geneva time).)"
    assert "This was written on Monday 23 November 2026 at 10:00 (Geneva time)" in words_of([shown])


def test_a_message_that_leaves_at_once_says_nothing_of_it(quiet: Office) -> None:
    queue_letter(quiet)

    quiet.deliver()

    assert said(quiet)[-1] == "Due in 7 days."


def test_of_the_steps_to_one_date_only_the_last_is_said_when_the_channel_can_be_spoken_in_again(
    quiet: Office,
) -> None:
    """Two reminders of 23 January 2027 fell due while nobody could post there."""
    quiet.slack.change_channel("C0LIAISON", archived=True)
    quiet.pass_to(date(2027, 1, 25))
    quiet.slack.change_channel("C0LIAISON", archived=False)
    quiet.clock.move_to(quiet.clock.now() + timedelta(minutes=6))

    quiet.deliver()

    about = [text for text in said(quiet) if text.startswith("Consult on acknowledging")]
    assert about == [
        "Consult on acknowledging the collaboration: Saturday 23 January 2027, in 8 days. "
        "(Written on Friday 15 January 2027 at 10:00 (Geneva time).)"
    ]
