"""The only file that looks at a watch; everything else is told the time."""

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that runs at the usual pace but can be set forward, for demonstrations and tests."""

    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start` (aware) or at the machine's own time."""
        self._lock = Lock()
        self._ahead = (start - datetime.now(UTC)) if start else timedelta(0)

    def now(self) -> datetime:
        """This instant on the moved clock, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def move_to(self, instant: datetime) -> None:
        """Set the clock to `instant`; an earlier one is ignored, since the past has been journalled."""
        with self._lock:
            self._ahead = max(self._ahead, instant - datetime.now(UTC))
