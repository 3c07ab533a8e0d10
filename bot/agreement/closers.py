"""VII.1-2: how one routine is closed by the end of the Agreement: what is open in it, and what becomes of that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.agreement.closed_cases import Line
from bot.agreement.desk import Desk

Find = Callable[[Desk, date], list[Line]]
"""What is open, or would be once the last day `date` is over."""
Close = Callable[[Desk, date], None]
"""Brings it to the status in which it ends; called once, after everything was found."""


@dataclass(frozen=True)
class Closer:
    """How one routine is closed; without `close` its cases keep the status in which they stood."""

    find: Find
    close: Close | None = None
