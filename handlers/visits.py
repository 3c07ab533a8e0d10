"""One request from the moment it is let in: what its log lines carry, how it is counted, what may be quoted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from secrets import token_hex

from structlog import get_logger
from structlog.contextvars import bind_contextvars, bound_contextvars

from bot.metrics import Outcome, RequestKind, requests

TOKEN_BYTES = 4
log = get_logger()


@dataclass
class Visit:
    """What is known of a request: never what somebody typed, and `door` only if it is one of ours.

    `token` is what a person may quote when something went wrong, and what the log is searched for.
    """

    party: str
    token: str = field(default_factory=lambda: token_hex(TOKEN_BYTES))
    kind: RequestKind = RequestKind.OTHER
    outcome: Outcome = Outcome.DONE

    def comes_to(self, kind: RequestKind, door: str) -> None:
        """It is at this door, and every log line from now on says so."""
        self.kind = kind
        bind_contextvars(kind=kind.value, door=door)

    def ends(self, outcome: Outcome, **facts: str) -> None:
        """It ended otherwise than asked; a fault counts for more than a refusal."""
        if self.outcome is not Outcome.FAILED:
            self.outcome = outcome
        if outcome is not Outcome.FAILED:
            log.warning("request_refused", outcome=outcome.value, **facts)


_current: ContextVar[Visit] = ContextVar("visit")


@contextmanager
def visit(party: str) -> Iterator[Visit]:
    """A request to the app of `party` while it is under way; counted once, at its end."""
    now = Visit(party)
    before = _current.set(now)
    with bound_contextvars(party=party, kind=now.kind.value, door="", token=now.token):
        try:
            yield now
        finally:
            _current.reset(before)
            requests.labels(party, now.kind, now.outcome).inc()
            if now.outcome is Outcome.DONE:
                log.debug("request_done", outcome=now.outcome.value)


def current() -> Visit:
    """The request under way; outside of any, such as in Socket Mode's own threads, a visit of nobody's."""
    return _current.get(Visit(""))
