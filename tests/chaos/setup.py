"""What every process of one run is told, and the clock they all share."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Zurich"))
"""When every run begins on its own clock: a morning on which the secretariat may speak."""


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's clock, `ahead` of its time by the same span in every process."""

    ahead: timedelta

    def now(self) -> datetime:
        """This instant on the shifted clock, aware, in UTC."""
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Size:
    """How much is said, and where: messages in all, shared channels, and people who are written to directly."""

    messages: int
    channels: int
    seed: int = 2020

    @property
    def people(self) -> int:
        """People of either party who get direct messages."""
        return max(1, self.channels // 20)


@dataclass(frozen=True)
class Setup:
    """Where everything is. `api` is the local Slack's address; `pace` and `look_again` are in seconds."""

    url: str
    api: str
    folder: Path
    size: Size
    ahead: timedelta
    pace: float = 1.0
    look_again: float = 5.0

    @property
    def clock(self) -> ShiftedClock:
        """The clock of every process."""
        return ShiftedClock(self.ahead)

    @property
    def notes(self) -> Path:
        """Where the senders note what they met."""
        return self.folder / "notes.txt"


def until_monday() -> timedelta:
    """How far the run's clock is ahead of the machine's."""
    return MONDAY - datetime.now(UTC)
