"""The line to Slack: through a proxy with its password, and the books at rest while it is busy."""

import socket
from collections.abc import Iterator
from contextlib import closing
from threading import Thread
from time import sleep

import pytest

from bot.delivery import Delivery
from bot.lanes import Claimed
from bot.outbox import Address, OutboxState
from bot.slack import tls
from bot.wire import IDLE, Kept, NotSent, Wire
from tests.delivery.outgoing import KENYA, queue, states
from tests.delivery.test_work import until, working
from tests.office import Office

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"ok":true}'


@pytest.fixture
def proxy() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that answers by itself, and what it was asked."""
    asked: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                asked.append(connection.recv(65_536))
                connection.sendall(ANSWER)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], asked
        thread.join(5)


@pytest.mark.parametrize("written", ["http://liaison:s%40fe@127.0.0.1:{}", "liaison:s%40fe@127.0.0.1:{}"])
def test_a_proxy_is_given_its_password(
    proxy: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    port, asked = proxy
    monkeypatch.setenv("http_proxy", written.format(port))
    monkeypatch.delenv("no_proxy", raising=False)

    reply = Wire("http://slack.example/api/", tls(), 5).post("chat.postMessage", b"{}", {})

    assert reply.json() == {"ok": True}
    assert asked[0].startswith(b"POST http://slack.example/api/chat.postMessage ")
    assert b"proxy-authorization: Basic bGlhaXNvbjpzQGZl" in asked[0].replace(b"Proxy-A", b"proxy-a")


def test_what_never_left_is_told_apart_from_what_was_not_answered() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]

    with pytest.raises(NotSent):
        Wire(f"http://127.0.0.1:{port}/api/", tls(), 1).post("auth.test", b"{}", {})


@pytest.mark.parametrize(("rested", "again"), [(IDLE - 5, True), (IDLE + 5, False)], ids=["briefly", "long"])
def test_a_connection_that_rested_for_long_is_not_used_again(rested: float, again: bool) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        connection = Kept("127.0.0.1", server.getsockname()[1])
        connection.connect()
        with closing(connection):
            connection.rests_since -= rested
            assert connection.is_connected is again


class Counting(Delivery):
    """Counts how often the books are opened."""

    opened = 0

    def turn(self, ended: object, free: int) -> Claimed:  # type: ignore[override]
        self.opened += 1
        return super().turn(ended, free)  # type: ignore[arg-type]


def test_while_every_sender_waits_for_slack_the_books_rest(quiet: Office) -> None:
    quiet.slack.faults.slow_ms = 2000
    here = quiet.house.delivery
    busy = Counting(here.database, here.clock, here.clients, pace=here.pace, senders=2)
    for n, channel in enumerate(("C0LIAISON", "C0ILOCOMMS")):
        queue(quiet, f"slowly {n}", to=Address("ilo", channel))
    queue(quiet, "next", to=Address("iom", KENYA))

    with working(busy):
        sleep(1.5)
        opened = busy.opened
        quiet.slack.faults.slow_ms = 0
        until(lambda: set(states(quiet)) == {OutboxState.SENT})

    assert opened < 20
