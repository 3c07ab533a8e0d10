"""Whether Slack signed a request lately with one party's secret: what it did not must cost next to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from slack_sdk.signature import Clock as SlackClock
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from bot.metrics import Outcome

BODY_LIMIT = 1_000_000
"""Bytes: Slack's largest payload is far smaller."""
AGE_LIMIT = 300
"""Seconds a signature is good for, either way: nobody may keep a request and send it again later."""
STAMP_LIMIT = 12
"""Digits of a timestamp in seconds, which is enough for some thousand years."""
STAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"


@dataclass
class NotLetIn(Exception):
    """A request goes no further; `outcome` says why."""

    outcome: Outcome


class Seal:
    """One party's signing secret, and the watch that tells how old a signature is."""

    def __init__(self, secret: str, watch: Clock) -> None:
        """Raises ValueError for an empty secret, with which anybody could sign."""
        self._watch = watch
        self._verifier = SignatureVerifier(secret, _Watch(watch))

    def look_at(self, headers: Mapping[str, str]) -> None:
        """Refuse what the headers alone show to be no request of Slack's; raises NotLetIn."""
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length[:STAMP_LIMIT]) > BODY_LIMIT:
            raise NotLetIn(Outcome.TOO_LARGE)
        stamp = headers.get(STAMP, "")
        if not (stamp.isdecimal() and len(stamp) <= STAMP_LIMIT and headers.get(SIGNATURE, "")):
            raise NotLetIn(Outcome.UNSIGNED)
        if abs(self._watch.now().timestamp() - int(stamp)) > AGE_LIMIT:
            raise NotLetIn(Outcome.TOO_OLD)

    def opened(self, body: bytes, headers: Mapping[str, str]) -> str:
        """The text of a body that this party's app signed; raises NotLetIn."""
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise NotLetIn(Outcome.MALFORMED) from error
        signature = headers[SIGNATURE]
        if not (signature.isascii() and self._verifier.is_valid(text, headers[STAMP], signature)):
            raise NotLetIn(Outcome.UNSIGNED)
        return text


class _Watch(SlackClock):
    def __init__(self, watch: Clock) -> None:
        self._watch = watch

    def now(self) -> float:
        return self._watch.now().timestamp()


def checks_certificate(body: bytes) -> bool:
    """Whether Slack only looks at our certificate: it signs that with nothing, and wants no more than a 200."""
    return parse_qs(body.decode("utf-8", "replace")).get("ssl_check") == ["1"]
