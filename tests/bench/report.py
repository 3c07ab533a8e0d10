"""What was found, as a table for people and as JSON with every raw pair for machines."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rich.table import Table

from tests.bench.measuring import Pairs


class Sense(StrEnum):
    """On which side of its goal a figure should lie."""

    AT_LEAST = "at least"
    """The more the better."""
    AT_MOST = "at most"
    """The less the better."""


@dataclass(frozen=True)
class Goal:
    """What is to be reached."""

    sense: Sense
    bound: float

    def reached_by(self, figure: float) -> bool:
        """Whether the figure lies on the right side; the bound itself does."""
        return figure >= self.bound if self.sense is Sense.AT_LEAST else figure <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.sense is Sense.AT_LEAST else '≤'} {self.bound:g}"


def at_least(bound: float) -> Goal:
    """A goal for what should be much."""
    return Goal(Sense.AT_LEAST, bound)


def at_most(bound: float) -> Goal:
    """A goal for what should be little."""
    return Goal(Sense.AT_MOST, bound)


@dataclass(frozen=True)
class Figure:
    """One line: `measured` beside `baseline` in the same `unit`.

    `alone` says that the measured figure itself is held against the goal, and no ratio. Without a goal it is
    told for comparison only; where nothing could be measured, `skipped` says why.
    """

    name: str
    title: str
    unit: str
    pairs: Pairs = field(default_factory=lambda: Pairs([], []))
    goal: Goal | None = None
    against: str = ""
    alone: bool = False
    note: str = ""
    skipped: str = ""

    @property
    def measured(self) -> float:
        """The median of ours."""
        return statistics.median(self.pairs.ours)

    @property
    def baseline(self) -> float | None:
        """The median of the baseline, if there is one."""
        return statistics.median(self.pairs.baseline) if self.pairs.baseline else None

    @property
    def value(self) -> float:
        """What is held against the goal: the median of the pairs' ratios, or the figure itself."""
        return self.measured if self.alone else statistics.median(self.pairs.ratios)

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or nothing was measured."""
        return None if self.goal is None or self.skipped else self.goal.reached_by(self.value)


def alone(name: str, title: str, unit: str, values: Iterable[float], goal: Goal, note: str = "") -> Figure:
    """A figure that stands for itself."""
    return Figure(name, title, unit, Pairs(list(values), []), goal, alone=True, note=note)


def as_dict(figure: Figure) -> dict[str, Any]:
    """One figure for JSON, with its raw pairs."""
    found: dict[str, Any] = {"name": figure.name, "title": figure.title, "unit": figure.unit}
    if figure.skipped:
        return {**found, "skipped": figure.skipped}
    return {
        **found,
        "measured": figure.measured,
        "against": figure.against,
        "baseline": figure.baseline,
        "ratio": None if figure.alone else figure.value,
        "goal": str(figure.goal) if figure.goal else None,
        "reached": figure.reached,
        "note": figure.note,
        "pairs": {"measured": figure.pairs.ours, "baseline": figure.pairs.baseline},
    }


def table(figures: Iterable[Figure], caption: str) -> Table:
    """All of it for people."""
    shown = Table("", "measured", "baseline", "ratio", "goal", "", title="comity, measured", caption=caption)
    for column in shown.columns[1:5]:
        column.justify = "right"
    for figure in figures:
        shown.add_row(*row(figure))
    return shown


def row(figure: Figure) -> tuple[str, ...]:
    """One line of the table."""
    if figure.skipped:
        return figure.title, "", "", "", "", f"skipped: {figure.skipped}"
    beside = "" if figure.baseline is None else f"{number(figure.baseline)} {figure.unit}"
    ratio = "absolute" if figure.alone else f"{figure.value:.2f}"
    verdict = {True: "reached", False: "MISSED", None: ""}[figure.reached]
    title = f"{figure.title} ÷ {figure.against}" if figure.against else figure.title
    goal = str(figure.goal or "")
    return title, f"{number(figure.measured)} {figure.unit}", beside, ratio, goal, verdict


def number(value: float) -> str:
    """Three digits that count, or whole numbers where there are more."""
    return f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.3g}"
