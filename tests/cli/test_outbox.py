"""`comity outbox`: messages that nobody but a person can settle, and what to do after a database came back."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot import outbox
from bot.database import Database
from bot.journal import Entry
from bot.outbox import Address, Lane, Message, OutboxRow, OutboxState
from bot.restorations import Restoration
from tests.cli.conftest import CommandLine

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


def opened(comity: CommandLine) -> Database:
    return Database(comity.settings["DATABASE_URL"] or f"sqlite:///{comity.folder / 'data' / 'comity.db'}")


@pytest.fixture
def in_doubt(migrated: CommandLine) -> CommandLine:
    """Message 1 may have arrived where nobody can look, Slack will never take 2, and 3 waits as it should."""
    with closing(opened(migrated)) as database, database.writing() as session:
        for n, channel in enumerate(("C0LIAISON", "C0AFRICA", "C0KENYA")):
            words = Message(f"The {('first', 'second', 'third')[n]} message.")
            to = Address("ilo", channel)
            outbox.put(session, key=str(n), to=to, message=words, letter="reminder_due", now=START)
            session.flush()
        first, second, _ = session.exec(select(OutboxRow).order_by(OutboxRow.id)).all()
        first.state, first.tried_at, first.error = OutboxState.UNKNOWN, START, "missing_scope"
        second.state, second.error = OutboxState.DEAD, "msg_too_long"
        lane = session.get_one(Lane, "ilo:C0LIAISON")
        lane.error, lane.error_since = "missing_scope", START
    return migrated


def state(comity: CommandLine, number: int) -> OutboxState:
    with comity.looking() as session:
        return session.get_one(OutboxRow, number).state


def test_each_message_in_doubt_is_listed_with_what_to_do(in_doubt: CommandLine) -> None:
    shown = in_doubt.done("outbox", "list")

    assert "Message 1 by ILO's app to C0LIAISON: it is not known whether it arrived" in shown
    assert "since Friday 20 November 2026 at 10:00" in shown
    assert "“The first message.”" in shown
    assert "Slack's last word: missing_scope." in shown
    assert "“comity outbox settle 1 --arrived”" in shown
    assert "Message 2 by ILO's app to C0AFRICA: Slack will never take it as it is" in shown
    assert "third" not in shown
    assert "2 messages need your word" in shown


def test_without_doubt_nothing_is_asked(migrated: CommandLine) -> None:
    assert migrated.done("outbox", "list").strip() == "No message needs your word."


@pytest.mark.parametrize(
    ("word", "expected"), [("--arrived", OutboxState.SENT), ("--send-again", OutboxState.READY)]
)
@pytest.mark.parametrize("number", [1, 2])
def test_an_operators_word_settles_it_and_is_journalled(
    in_doubt: CommandLine, number: int, word: str, expected: OutboxState
) -> None:
    in_doubt.done("outbox", "settle", str(number), word)

    assert state(in_doubt, number) is expected
    with in_doubt.looking() as session:
        entry = session.exec(select(Entry)).one()
    assert (entry.event, entry.subject) == ("message_settled", f"message:{number}")


def test_a_message_that_needs_nobodys_word_is_refused(in_doubt: CommandLine) -> None:
    assert "3" in in_doubt.refused("outbox", "settle", "3", "--arrived")
    assert "99" in in_doubt.refused("outbox", "settle", "99", "--arrived")
    assert state(in_doubt, 3) is OutboxState.READY


@pytest.mark.parametrize("words", [(), ("--arrived", "--send-again")])
def test_one_of_the_two_outcomes_must_be_given(in_doubt: CommandLine, words: tuple[str, ...]) -> None:
    assert in_doubt.refused("outbox", "settle", "1", *words).startswith("Say which it is: --arrived")


def test_after_pg_restore_what_slack_has_had_since_the_copy_is_looked_through(in_doubt: CommandLine) -> None:
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)

    shown = in_doubt.done("outbox", "reread", "--since", since.isoformat().replace("+00:00", "Z"))

    assert "nothing is said again" in shown
    with in_doubt.looking() as session:
        assert session.exec(select(Restoration)).one().copied_at == since
    assert state(in_doubt, 3) is OutboxState.UNKNOWN


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("yesterday", "“yesterday” is not an instant"),
        ("2026-11-22T10:00", "“2026-11-22T10:00” is not an instant"),
        ("2199-01-01T00:00Z", "2199-01-01T00:00Z has not come yet"),
    ],
)
def test_the_time_of_the_copy_must_be_an_instant_that_has_come(
    in_doubt: CommandLine, since: str, said: str
) -> None:
    assert in_doubt.refused("outbox", "reread", "--since", since).startswith(said)
