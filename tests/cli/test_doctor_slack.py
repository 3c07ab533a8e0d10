"""What the doctor makes of a Slack that says less than usual, nothing, or another time."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic

import pytest

from bot.clock import SystemClock
from bot.doctor.apps import examine_app
from bot.doctor.asking import Asker
from bot.doctor.checks import Check, Verdict, clock_check, difference
from bot.slack import Installation, SlackClient

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
INSTALLED = Installation("ilo", "T0ILO", "xoxb-1", "secret")


class Terse(BaseHTTPRequestHandler):
    """A Slack that knows one token, and neither tells scopes nor has the right time."""

    def do_POST(self) -> None:
        """Answer everything alike."""
        body = json.dumps({"ok": True, "team_id": "T0ILO", "team": "ILO"}).encode()
        self.send_response_only(200)
        self.send_header("Date", format_datetime(datetime.now(UTC) - timedelta(minutes=5), usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the console."""


@pytest.fixture
def terse() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Terse) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()
        thread.join()


def examined(address: str) -> dict[str, Check]:
    client = SlackClient(INSTALLED, address)
    client.web.timeout = 1
    return {check.block: check for check in examine_app(Asker(client), SystemClock())}


def test_scopes_that_slack_does_not_tell_are_unknown_and_no_finding(terse: str) -> None:
    assert examined(terse)["scopes"].verdict is Verdict.UNKNOWN


def test_a_clock_that_slack_contradicts_is_a_finding_that_names_the_difference(terse: str) -> None:
    clocks = examined(terse)["clocks"]

    assert clocks.verdict is Verdict.FINDING
    assert (clocks.facts["seconds"], clocks.facts["ahead"]) in {(299, True), (300, True)}


def test_a_slack_that_accepts_and_never_answers_is_a_finding_after_its_time() -> None:
    start = monotonic()
    with closing(socket.create_server(("127.0.0.1", 0))) as deaf:
        found = examined(f"http://127.0.0.1:{deaf.getsockname()[1]}/api/")

    assert list(found) == ["slack_silent"]
    assert monotonic() - start < 5


def test_whoever_kept_silent_once_is_not_waited_for_again() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as deaf:
        client = SlackClient(INSTALLED, f"http://127.0.0.1:{deaf.getsockname()[1]}/api/")
        client.web.timeout = 1
        asker = Asker(client)
        start = monotonic()
        answers = [asker.ask("users.info", user=f"U{n}") for n in range(50)]

    assert not any(answer.reached for answer in answers)
    assert monotonic() - start < 5


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ((NOON, NOON), NOON, 0),
        ((NOON, NOON + timedelta(seconds=9)), NOON + timedelta(seconds=4), 0),
        ((NOON + timedelta(seconds=5), NOON + timedelta(seconds=6)), NOON, 4),
        ((NOON, NOON + timedelta(seconds=1)), NOON + timedelta(seconds=6), -5),
    ],
)
def test_clocks_differ_by_no_more_than_the_question_can_tell(
    ours: tuple[datetime, datetime], theirs: datetime, expected: int
) -> None:
    found = difference(*ours, theirs, theirs + timedelta(seconds=1))

    assert found == timedelta(seconds=expected)


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(0, "fine"), (2, "fine"), (-2, "fine"), (2.1, "finding"), (-3, "finding")]
)
def test_more_than_two_seconds_are_a_finding(seconds: float, verdict: str) -> None:
    assert clock_check("slack", timedelta(seconds=seconds)).verdict == verdict
