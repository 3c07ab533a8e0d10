"""IV.5-5: two versions of a workplan side by side: what is added, removed and changed, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.workplan_contents import content
from bot.agreement.workplans import NoSuchWorkplan, NothingToCompare, Workplan, WorkplanStatus, versions


@dataclass(frozen=True)
class Difference:
    """One item that says something else: each field with what it said before and says after."""

    number: str
    title: str
    fields: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True)
class Comparison:
    """What became of an earlier version in a later one; items are (number, title)."""

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    changed: tuple[Difference, ...]

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.changed)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Comparison:
    """What differs between two contents."""
    old = {item["number"]: item for item in before["items"]}
    new = {item["number"]: item for item in after["items"]}
    pairs = [(old[number], item) for number, item in new.items() if number in old]
    return Comparison(
        added=tuple((number, item["title"]) for number, item in new.items() if number not in old),
        removed=tuple((number, item["title"]) for number, item in old.items() if number not in new),
        changed=tuple(_difference(one, two) for one, two in pairs if one != two),
    )


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    fields = tuple((name, before[name], after[name]) for name in after if before[name] != after[name])
    return Difference(after["number"], after["title"], fields)


def compare_versions(desk: Desk, before: Workplan, after: Workplan) -> Comparison:
    """What differs between two versions of a workplan; of the newest, as it stands now."""
    return compare(content(desk, before), content(desk, after))


def pair(desk: Desk, scope: str, first: int = 0, second: int = 0) -> tuple[Workplan, Workplan]:
    """The two versions to compare: those asked for, else the newest and the one before it that was agreed.

    Raises NoSuchWorkplan where there is none, and NothingToCompare where there are not two.
    """
    known = {row.version: row for row in versions(desk.session, scope)}
    newest = known.get(second or max(known, default=0))
    earlier = [row for row in known.values() if newest and row.version < newest.version]
    agreed = [row for row in earlier if row.status in (WorkplanStatus.IN_FORCE, WorkplanStatus.REPLACED)]
    base = known.get(first) if first else next(reversed(agreed or earlier), None)
    if not known:
        raise NoSuchWorkplan(scope)
    if newest is None or base is None:
        raise NothingToCompare(scope, tuple(sorted(known)))
    return base, newest
