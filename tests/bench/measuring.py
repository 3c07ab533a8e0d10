"""Pairs taken in turn: our figure and its baseline under the same conditions, so that only their ratio counts."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

Measure = Callable[[], float]


@dataclass(frozen=True)
class Pairs:
    """What was measured in turn, in the same unit: ours[n] and baseline[n] stand beside each other."""

    ours: list[float]
    baseline: list[float]

    @property
    def ratios(self) -> list[float]:
        """One ratio for each pair."""
        return [ours / baseline for ours, baseline in zip(self.ours, self.baseline, strict=True)]


def interleaved(ours: Measure, baseline: Measure, pairs: int, warm_up: int = 1) -> Pairs:
    """A B A B …: `pairs` of them, after `warm_up` that do not count."""
    taken = [(ours(), baseline()) for _ in range(warm_up + pairs)][warm_up:]
    return Pairs([pair[0] for pair in taken], [pair[1] for pair in taken])


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def unevenness(latencies: Sequence[float]) -> float:
    """p99 ÷ p50."""
    return percentile(latencies, 0.99) / statistics.median(latencies)
