"""What can go wrong between a bot and Slack, switched on by the page or queued by a test."""

from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """One way for a Web API call to go wrong."""

    RATE_LIMITED = "rate_limited"
    """Nothing is done; HTTP 429 with Retry-After."""
    LOST_ANSWER = "lost_answer"
    """The work is done; the connection closes without an answer."""
    SERVER_ERROR_BEFORE = "server_error_before"
    """Nothing is done; HTTP 500."""
    SERVER_ERROR_AFTER = "server_error_after"
    """The work is done; HTTP 500."""
    PROXY_REFUSAL = "proxy_refusal"
    """Nothing is done; a page of something between the bot and Slack, HTTP 407."""
    INTERNAL_ERROR = "internal_error"
    """The work is done; HTTP 200 saying `internal_error`."""
    LATE_WORK = "late_work"
    """The work is begun late; by then, whoever asked may be gone."""
    SLOW = "slow"
    """The work is done, and answered late."""


SWITCHES = (
    "rate_limited",
    "lost_answer",
    "server_error",
    "server_error_before",
    "slow_ms",
    "deliver_twice",
    "pace",
)


@dataclass
class Faults:
    """Switches. The five rates are shares of all calls, 0 to 1; `retry_after` is in seconds.

    A server error comes after the work is done, or before it; late work begins `late_ms` after it was asked for.
    `pace` turns on Slack's own limit of one message a second in a channel. `happened` counts what went wrong.
    """

    rate_limited: float = 0.0
    lost_answer: float = 0.0
    server_error: float = 0.0
    server_error_before: float = 0.0
    slow_ms: int = 0
    deliver_twice: bool = False
    pace: bool = False
    retry_after: int = 1
    late_work: float = 0.0
    late_ms: int = 0
    seed: int = 2020
    happened: Counter[Fault] = field(default_factory=Counter, repr=False)
    _queues: dict[str, deque[tuple[Fault, float]]] = field(default_factory=dict, repr=False)
    _random: Random | None = field(default=None, repr=False)

    def next(self, method: str, fault: str, *, amount: float | None = None, times: int = 1) -> None:
        """Let the next `times` calls of `method` fail; `amount` is Retry-After or the delay, in seconds."""
        queue = self._queues.setdefault(method, deque())
        queue.extend([(Fault(fault), 1.0 if amount is None else amount)] * times)

    def pick(self, method: str) -> tuple[Fault, float] | None:
        """What happens to this call: a queued fault first, else by the rates."""
        queue = self._queues.get(method)
        picked = queue.popleft() if queue else self._by_rate()
        if picked:
            self.happened[picked[0]] += 1
        return picked

    def _by_rate(self) -> tuple[Fault, float] | None:
        if self._random is None:
            self._random = Random(self.seed)
        drawn = self._random.random()
        rates = (
            (Fault.RATE_LIMITED, self.rate_limited, float(self.retry_after)),
            (Fault.LOST_ANSWER, self.lost_answer, 0.0),
            (Fault.SERVER_ERROR_AFTER, self.server_error, 0.0),
            (Fault.SERVER_ERROR_BEFORE, self.server_error_before, 0.0),
            (Fault.LATE_WORK, self.late_work, self.late_ms / 1000),
        )
        for fault, rate, amount in rates:
            if drawn < rate:
                return fault, amount
            drawn -= rate
        return (Fault.SLOW, self.slow_ms / 1000) if self.slow_ms else None

    def switches(self) -> dict[str, float | int | bool]:
        """The switches the page shows."""
        return {name: getattr(self, name) for name in SWITCHES}

    def switch(self, values: dict[str, object]) -> None:
        """Set switches by name; unknown names and wrong types raise ValueError."""
        for name, value in values.items():
            if name not in self.switches():
                raise ValueError(name)
            kind = type(getattr(self, name))
            if not isinstance(value, bool | int | float) or isinstance(value, bool) != (kind is bool):
                raise ValueError(name)
            setattr(self, name, kind(value))
