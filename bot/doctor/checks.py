"""What the doctor says: each check has a verdict, and facts for its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(seconds=2)
"""By how much two clocks may differ before it is a finding."""


class Verdict(StrEnum):
    """How a check ended; each is a block of `templates/cli/doctor.j2`."""

    FINE = "fine"
    """It is as it should be."""
    FINDING = "finding"
    """Something has to be put right."""
    UNKNOWN = "unknown"
    """It could not be found out."""


@dataclass(frozen=True)
class Check:
    """One line: the block of `templates/cli/doctor.j2` that says it, and what it has to say."""

    block: str
    verdict: Verdict
    facts: Mapping[str, object] = field(default_factory=dict)


def fine(block: str, **facts: object) -> Check:
    """All is well."""
    return Check(block, Verdict.FINE, facts)


def finding(block: str, **facts: object) -> Check:
    """Something has to be put right."""
    return Check(block, Verdict.FINDING, facts)


def unknown(block: str, **facts: object) -> Check:
    """It could not be found out."""
    return Check(block, Verdict.UNKNOWN, facts)


def difference(before: datetime, after: datetime, earliest: datetime, latest: datetime) -> timedelta:
    """By how much our clock is ahead of another at least; negative when it is behind.

    Ours said `before` and `after` around the question, and the other's answer lies from `earliest` to `latest`.
    """
    if before > latest:
        return before - latest
    return min(after - earliest, timedelta(0))


def clock_check(other: str, ahead: timedelta) -> Check:
    """What to say of our clock beside another: `other` is "slack" or "database"."""
    facts = {"other": other, "seconds": round(abs(ahead).total_seconds()), "ahead": ahead > timedelta(0)}
    return Check("clocks", Verdict.FINDING if abs(ahead) > TOLERANCE else Verdict.FINE, facts)
