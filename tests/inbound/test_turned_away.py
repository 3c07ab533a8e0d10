"""What Slack did not sign lately for this party is turned away before it costs anything, and is counted."""

import hmac
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from tests.handlers.test_emblems import ask
from tests.inbound.acts import knock, pressed
from tests.inbound.counting import counted, journalled, trace
from tests.knocking import PATH, app_of, command, interaction, post, signature
from tests.office import Office

Headers = dict[str, str]
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


def signed(office: Office, body: bytes, party: str = "iom", late: float = 0) -> Headers:
    return signature(office, body, app_of(office, party).signing_secret, late)


def without(headers: Headers, name: str) -> Headers:
    return {key: value for key, value in headers.items() if key != name}


ATTACKS: list[tuple[str, int, str, Callable[[Office, bytes], Headers]]] = [
    ("no signature", 401, "unsigned", lambda o, b: without(signed(o, b), SIGNATURE)),
    ("no timestamp", 401, "unsigned", lambda o, b: without(signed(o, b), STAMP)),
    ("nothing at all", 401, "unsigned", lambda *_: {}),
    ("invented signature", 401, "unsigned", lambda o, b: {**signed(o, b), SIGNATURE: f"v0={'0' * 64}"}),
    ("signature beyond ASCII", 401, "unsigned", lambda o, b: {**signed(o, b), SIGNATURE: "v0=é"}),
    ("another body's signature", 401, "unsigned", lambda o, _: signed(o, b"payload=%7B%7D")),
    ("the other party's secret", 401, "unsigned", lambda o, b: signed(o, b, "ilo")),
    ("signed five minutes ago", 401, "too_old", lambda o, b: signed(o, b, late=302)),
    ("signed in five minutes", 401, "too_old", lambda o, b: signed(o, b, late=-302)),
    ("a younger timestamp", 401, "unsigned", lambda o, b: {**signed(o, b, late=302), STAMP: now(o)}),
]


def now(office: Office) -> str:
    return str(int(office.slack.courier.real.now().timestamp()))


@contextmanager
def turned_away(office: Office, outcome: str, party: str = "iom") -> Iterator[None]:
    """Whatever is sent meanwhile leaves no trace but one line in the log, and one in the count."""
    before, lines, counts = trace(office), journalled(office), counted(office)
    with capture_logs() as log:
        yield
    assert (trace(office), journalled(office)) == (before, lines)
    assert counted(office) - counts == {(party, "other", outcome): 1}
    known = {"log_level": "warning", "party": party, "kind": "other", "outcome": outcome}
    assert log == [{"event": "request_turned_away", **known}]


def approval(office: Office) -> bytes:
    """What would decide a request, if it were let in."""
    ask(office)
    return interaction(pressed(office, "iom", "Yuki Tanaka", "emblems.approve", 1))


@pytest.mark.parametrize(
    ("status", "outcome", "forge"), [one[1:] for one in ATTACKS], ids=[a[0] for a in ATTACKS]
)
def test_whoever_did_not_sign_it_now_with_this_partys_secret_stays_outside(
    office: Office, status: int, outcome: str, forge: Callable[[Office, bytes], Headers]
) -> None:
    body = approval(office)

    with turned_away(office, outcome):
        answer = post(office, "/slack/iom/events", body, forge(office, body))

    assert answer == (status, "")


def test_a_signature_is_good_for_five_minutes(office: Office) -> None:
    body = command(office, "Yuki Tanaka", "/emblem list")

    answers = [
        post(office, "/slack/iom/events", body, signed(office, body, late=late)) for late in (298, -298)
    ]

    assert [status for status, _ in answers] == [200, 200]


@contextmanager
def line(office: Office, headers: Headers) -> Iterator[socket.socket]:
    """A connection on which the head of a request has been sent."""
    address = urlsplit(office.servers.bot.url)
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "x", **headers}.items())
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=8) as opened:
        opened.sendall(f"POST /slack/iom/events HTTP/1.1\r\n{head}\r\n".encode())
        yield opened


def test_a_body_announced_as_too_large_is_not_waited_for(office: Office) -> None:
    headers = {**signed(office, b""), "Content-Length": "1000001"}

    with turned_away(office, "too_large"), line(office, headers) as opened:
        assert b" 413 " in opened.recv(100)


def test_a_body_that_grows_too_large_is_read_no_further(office: Office) -> None:
    headers = {**signed(office, b""), "Transfer-Encoding": "chunked"}

    with turned_away(office, "too_large"), line(office, headers) as opened:
        opened.sendall((b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 16)
        assert b" 413 " in opened.recv(100)


def test_a_body_that_does_not_arrive_is_waited_for_three_seconds(office: Office) -> None:
    headers = {**signed(office, b"x"), "Content-Length": "100"}

    with turned_away(office, "malformed"), line(office, headers) as opened:
        assert b" 400 " in opened.recv(100)


@pytest.mark.parametrize("body", [b"payload=%7B", b"payload=[]", b"{", b"\xff\xfe"], ids=repr)
def test_a_signed_body_that_cannot_be_read_is_malformed(office: Office, body: bytes) -> None:
    secret = app_of(office, "iom").signing_secret
    stamp = signed(office, b"")[STAMP]
    headers = {**sealed(secret, stamp, body), "Content-Type": "application/x-www-form-urlencoded"}

    with turned_away(office, "malformed"):
        assert post(office, "/slack/iom/events", body, headers)[0] == 400


def sealed(secret: str, stamp: str, body: bytes) -> Headers:
    """Signed byte for byte: Slack's own helper cannot sign what is no text."""
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, "sha256").hexdigest()
    return {STAMP: stamp, SIGNATURE: f"v0={digest}"}


INCOMPLETE: list[dict[str, Any]] = [
    {"type": "block_actions", "user": {}, "actions": []},
    {"type": "block_actions", "actions": 5},
    {"type": "block_actions", "user": {"id": "U0IOMTANAKA"}, "actions": [{"action_id": "emblems.approve"}]},
    {"type": "view_submission", "user": {"id": "U0IOMTANAKA"}, "view": {"callback_id": "emblems.refusal"}},
]


@pytest.mark.parametrize("payload", INCOMPLETE, ids=str)
def test_a_signed_payload_with_parts_missing_is_malformed(office: Office, payload: dict[str, Any]) -> None:
    before, counts = journalled(office), counted(office)

    assert knock(office, "iom", payload) == 400

    assert journalled(office) == before
    assert counted(office) - counts == {("iom", "other", "malformed"): 1}


def test_a_button_of_another_time_has_no_door(office: Office) -> None:
    counts = counted(office)

    assert knock(office, "iom", pressed(office, "iom", "Yuki Tanaka", "emblems.abolish", 1)) == 404

    assert counted(office) - counts == {("iom", "other", "unknown_door"): 1}


def test_parties_that_nobody_has_are_counted_under_one_name(office: Office) -> None:
    counts = counted(office)

    for path in ("/slack/lab/events", "/slack/ILO/events"):
        post(office, path, b"", {})

    assert counted(office) - counts == {("none", "other", "unknown_door"): 2}


def test_every_attempt_is_counted_and_one_a_minute_is_written_about(office: Office) -> None:
    counts = counted(office)

    with capture_logs() as log:
        for _ in range(5):
            post(office, PATH, b"x", {})

    assert counted(office) - counts == {("ilo", "other", "unsigned"): 5}
    assert len(log) == 1
