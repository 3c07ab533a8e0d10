"""What a sceptic found: looks and uploads that take long, files of one name, and ways out for an operator."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot import outbox, restorations
from bot.agreement.files import Attachment, StoredFile
from bot.clock import MovableClock
from bot.delivery import Delivery
from bot.outbox import Kind, OutboxState
from bot.outbox_desk import settle
from bot.slack import Posted, SlackClient, SlackRefused
from schedules.timetable import run, tell_troubles
from tests.delivery.outgoing import (
    LIAISON,
    grant,
    later,
    queue,
    queue_file,
    queue_update,
    rows,
    said,
    scopes,
    states,
)
from tests.office import Office


class Dawdling(SlackClient):
    """A Slack at which looking and uploading take `seconds`, in which others may be at work."""

    def __init__(self, like: SlackClient, clock: MovableClock, seconds: float, meanwhile: Any = None) -> None:
        super().__init__(like.installation, like.web.base_url)
        self.clock, self.seconds, self.meanwhile = clock, seconds, meanwhile

    def _dawdle(self) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=self.seconds))
        if self.meanwhile:
            self.meanwhile()

    def find(self, channel: str, mark: str, since: float, thread: str = "") -> Posted | None:
        self._dawdle()
        return super().find(channel, mark, since, thread)

    def reserve_file(self, attachment: Attachment) -> str:
        found = super().reserve_file(attachment)
        self._dawdle()
        return found


@dataclass
class Refusing:
    """A Slack that refuses every change of a message."""

    client: SlackClient
    word: str

    def update(self, *_: object) -> Posted:
        raise SlackRefused(self.word)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


def machine(office: Office, client: Any) -> Delivery:
    """A sender of its own on the office's database."""
    pause = timedelta(0)
    return Delivery(office.database, office.clock, {"ilo": client}, pace=pause, look_again=pause)


def restored(office: Office) -> None:
    now = office.clock.now()
    with office.database.writing() as session:
        restorations.note(session, now - timedelta(hours=1), now)


def blind(office: Office) -> None:
    """Take from the ILO's app what it needs to read history."""
    grant(office, "ilo", (scope for scope in scopes(office, "ilo") if not scope.endswith(":history")))


def files(office: Office) -> list[str]:
    return [file["id"] for one in office.slack.messages(LIAISON) for file in one.get("files", ())]


def test_a_look_that_takes_long_is_followed_by_the_message(quiet: Office) -> None:
    restored(quiet)
    queue(quiet, "important")

    machine(quiet, Dawdling(quiet.house.clients["ilo"], quiet.clock, 12)).round()

    assert states(quiet) == [OutboxState.SENT]


def test_after_a_look_in_which_another_took_the_lane_nothing_is_sent(quiet: Office) -> None:
    restored(quiet)
    queue(quiet, "important")
    slow = Dawdling(quiet.house.clients["ilo"], quiet.clock, 25, lambda: quiet.house.delivery.turn((), 1))

    machine(quiet, slow).round()

    assert "important" not in said(quiet)


def test_a_file_whose_upload_outlasts_the_lease_is_shown_once(quiet: Office) -> None:
    root = queue(quiet, "root")[0]
    quiet.deliver()
    queue_file(quiet, root, "record.pdf")
    slow = Dawdling(quiet.house.clients["ilo"], quiet.clock, 25, quiet.deliver)

    machine(quiet, slow).round()
    later(quiet, seconds=30)
    quiet.deliver()

    assert len(files(quiet)) == 1
    assert states(quiet)[1] is OutboxState.SENT


def enclose(office: Office, root: int, name: str, content: bytes) -> None:
    with office.database.writing() as session:
        file = StoredFile(name=name, sha256="0" * 64, content=content)
        session.add(file)
        session.flush()
        number = file.id
    queue(office, f"Here is {content!r}.", kind=Kind.FILE, of=root, enclosed_id=number)


@pytest.mark.parametrize("after", ["a fault", "a restoration"])
def test_a_corrected_file_of_the_same_name_is_not_taken_for_the_first(quiet: Office, after: str) -> None:
    root = queue(quiet, "root")[0]
    enclose(quiet, root, "scan.pdf", b"first")
    quiet.deliver()
    if after == "a restoration":
        restored(quiet)
    else:
        quiet.slack.faults.next("files.getUploadURLExternal", "server_error_before")
    enclose(quiet, root, "scan.pdf", b"second, corrected")

    quiet.deliver()

    assert len(set(files(quiet))) == 2


def test_an_upload_that_slack_dropped_is_made_anew(quiet: Office) -> None:
    root = queue(quiet, "root")[0]
    quiet.deliver()
    quiet.slack.faults.next("files.completeUploadExternal", "rate_limited", amount=1)
    queue_file(quiet, root, "record.pdf")
    quiet.deliver()
    del quiet.slack.state.files[rows(quiet)[1].file_id]
    later(quiet, seconds=5)

    quiet.deliver()

    assert (states(quiet)[1], len(files(quiet))) == (OutboxState.SENT, 1)


def test_a_card_that_may_not_be_changed_any_more_does_not_silence_its_channel(quiet: Office) -> None:
    root = queue(quiet, "root")[0]
    quiet.deliver()
    queue_update(quiet, root, "after")
    queue(quiet, "all later words")
    sender = machine(quiet, Refusing(quiet.house.clients["ilo"], "edit_window_closed"))

    while sender.round():
        pass

    assert states(quiet) == [OutboxState.SENT, OutboxState.DEAD, OutboxState.SENT]


def test_an_operator_may_send_what_nobody_can_look_for_after_a_restoration(quiet: Office) -> None:
    blind(quiet)
    restored(quiet)
    number = queue(quiet, "hello")[0]
    quiet.deliver()
    assert states(quiet) == [OutboxState.READY]
    with quiet.reading() as desk:
        assert [row.number for row in outbox.held_back(desk.session)] == [number]

    quiet.act(None, settle, number=number, arrived=False)

    assert (states(quiet), said(quiet).count("hello")) == ([OutboxState.SENT], 1)


def test_what_answers_a_message_that_is_only_known_to_have_arrived_goes_to_the_channel(quiet: Office) -> None:
    blind(quiet)
    quiet.slack.faults.next("chat.postMessage", "lost_answer")
    root = queue(quiet, "root")[0]
    quiet.deliver()
    quiet.act(None, settle, number=root, arrived=True)

    queue(quiet, "answer", of=root)
    quiet.deliver()

    assert states(quiet) == [OutboxState.SENT] * 2


def test_a_hiccup_between_two_refusals_is_no_new_trouble(quiet: Office) -> None:
    quiet.slack.change_channel(LIAISON, archived=True)
    queue(quiet, "patience")
    told = 0
    for hiccup in ("server_error_before", "rate_limited", "internal_error"):
        quiet.deliver()
        told += run(quiet.house.secretariat, [tell_troubles])
        later(quiet, minutes=6)
        quiet.slack.faults.next("chat.postMessage", hiccup)
        quiet.house.delivery.round()
        later(quiet, seconds=10)

    assert told == 1
