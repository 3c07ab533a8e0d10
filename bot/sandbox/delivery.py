"""Signed deliveries to an app's HTTP endpoint: three seconds to answer, and retries for events only."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import SimpleQueue
from threading import Condition, Thread, Timer
from urllib.parse import quote, urlsplit

from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from bot.sandbox.persistence import JSON
from bot.sandbox.world import App

FORM = "application/x-www-form-urlencoded"
RETRIES = (0.0, 60.0, 300.0)


@dataclass(frozen=True)
class Receipt:
    """What the endpoint answered; `failure` is Slack's word when it did not do so well or in time."""

    status: int = 0
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    failure: str | None = None

    @property
    def operation(self) -> str:
        """The word a person sees after a failed command or click."""
        return "operation_timeout" if self.failure == "http_timeout" else "dispatch_failed"


@dataclass(frozen=True)
class Delivery:
    """One delivery as it went out, for tests to look at."""

    app_id: str
    kind: str
    body: JSON
    receipt: Receipt
    retry: int = 0


def form_body(fields: JSON) -> bytes:
    """Fields url-encoded as Slack does."""
    return "&".join(f"{key}={quote(str(value), safe='')}" for key, value in fields.items()).encode()


class Courier:
    """Posts to endpoints and keeps trying with events; background work runs in one thread, in order."""

    def __init__(self, real: Clock, base_url: str | None = None) -> None:
        """`base_url` is the bot's address; without one nothing is delivered. Seconds throughout."""
        self.real, self.base_url = real, base_url
        self.timeout = 3.0
        self.retries = RETRIES
        self.sent: list[Delivery] = []
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._idle = Condition()
        self._pending = 0
        self._thread: Thread | None = None
        self._timers: list[Timer] = []

    def post(
        self, app: App, body: bytes, content_type: str, headers: dict[str, str] | None = None
    ) -> Receipt:
        """One signed request, and what came of it."""
        if self.base_url is None:
            return Receipt(failure="connection_failed")
        signed = self._signed(app, body, content_type) | (headers or {})
        parts = urlsplit(self.base_url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=self.timeout)
        try:
            connection.request("POST", parts.path.rstrip("/") + app.path, body, signed)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except TimeoutError:
            return Receipt(failure="http_timeout")
        except (OSError, HTTPException):
            return Receipt(failure="connection_failed")
        finally:
            connection.close()
        failure = None if 200 <= response.status < 300 else "http_error"
        answered = {key.lower(): value for key, value in response.getheaders()}
        return Receipt(response.status, text, answered, failure)

    def _signed(self, app: App, body: bytes, content_type: str) -> dict[str, str]:
        stamp = str(int(self.real.now().timestamp()))
        signature = SignatureVerifier(app.signing_secret).generate_signature(timestamp=stamp, body=body)
        return {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature or "",
        }

    def command(self, app: App, fields: JSON) -> Receipt:
        """A slash command, once."""
        receipt = self.post(app, form_body(fields), FORM)
        self._note(Delivery(app.id, "command", fields, receipt))
        return receipt

    def interaction(self, app: App, payload: JSON) -> Receipt:
        """A click, submission or closing, once."""
        receipt = self.post(app, form_body({"payload": json.dumps(payload)}), FORM)
        self._note(Delivery(app.id, str(payload["type"]), payload, receipt))
        return receipt

    def event(self, app: App, envelope: JSON, retry: int = 0, reason: str = "") -> None:
        """An event; after a failure again at once, after 1 and after 5 minutes."""
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        body = json.dumps(envelope).encode()
        receipt = self.post(app, body, "application/json", headers)
        self._note(Delivery(app.id, "event", envelope, receipt, retry))
        final = receipt.headers.get("x-slack-no-retry") == "1" or retry >= len(self.retries)
        if receipt.failure and not final:
            again = retry + 1
            self._later(self.retries[retry], lambda: self.event(app, envelope, again, receipt.failure or ""))

    def _later(self, delay: float, work: Callable[[], None]) -> None:
        if delay <= 0:
            work()
            return
        timer = Timer(delay, work)
        timer.daemon = True
        self._timers = [one for one in self._timers if one.is_alive()] + [timer]
        timer.start()

    def _note(self, delivery: Delivery) -> None:
        self.sent.append(delivery)
        if len(self.sent) > 5000:
            del self.sent[:2500]

    def soon(self, work: Callable[[], None]) -> None:
        """Do it in the background thread, after what was asked before."""
        with self._idle:
            self._pending += 1
            if self._thread is None:
                self._thread = Thread(target=self._work, name="local-slack-events", daemon=True)
                self._thread.start()
        self._queue.put(work)

    def _work(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            finally:
                with self._idle:
                    self._pending -= 1
                    self._idle.notify_all()

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until the background thread has nothing left; False when it took longer."""
        with self._idle:
            return self._idle.wait_for(lambda: self._pending == 0, seconds)

    def close(self) -> None:
        """Stop retries and the background thread."""
        for timer in self._timers:
            timer.cancel()
        thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join(5)
