"""In which order things are said, and how: after a silence, what is minor comes in one letter to each address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from hashlib import sha256
from typing import Any

from bot.agreement.channels import Channel
from bot.agreement.definition_values import DutyKind
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import Due

FEW = 3
"""How many late things an address is told one by one; with more, the minor ones come together."""
SOON = 30
"""Days before a due date from which it is pressing."""

Verb = Callable[..., Event]
Deed = tuple[Verb, Mapping[str, object]]
"""A verb and the facts to do it with."""


class Importance(IntEnum):
    """What is said before what. This is policy: the text ranks nothing."""

    NOTICE = 1
    """The last day for a notice: whoever misses it is bound for another term."""
    CASE = 2
    """A request that is escalated or closed by being told of."""
    PRESSING = 3
    """What is overdue, or due within thirty days, in the channel it belongs to."""
    REST = 4
    """Everything else; this is what is minor."""


@dataclass(frozen=True, eq=False)
class Matter:
    """One thing that is due to be said: by which verb, how important it is, and whether it comes late.

    `on`, and then `name`, puts what is equally important in order. `told` finds the numbers, in Slack, of the
    channel or the people whom it reaches.
    """

    importance: Importance
    on: date
    name: str
    verb: Verb
    facts: Mapping[str, object]
    late: bool = False
    told: Callable[[], frozenset[str]] = frozenset

    @property
    def deed(self) -> Deed:
        """What is done to say it by itself."""
        return self.verb, self.facts


@dataclass(frozen=True, kw_only=True)
class CaughtUp(Event):
    """Minor things were said late and together; `covers` are the events that each would have been alone."""

    covers: tuple[Event, ...]

    @property
    def once(self) -> str:
        """What it covers."""
        return sha256("\n".join(sorted(event.once for event in self.covers)).encode()).hexdigest()

    def facts(self) -> dict[str, Any]:
        """For the journal: every thing that was said, with all its facts."""
        covered = [{"event": event.name, **event.facts()} for event in self.covers]
        return {"clause": self.clause, "subject": self.subject, "covers": covered}


def importance(desk: Desk, due: Due, channel: Channel) -> Importance:
    """How important it is to speak of a due date in `channel`.

    What the text leaves to the parties is not pressing once its day has passed, nor is what is said in the
    global channel only because its own is gone.
    """
    duty = desk.definition.duty(due.occurrence.duty)
    if duty.kind is DutyKind.NOTICE:
        return Importance.NOTICE
    days_left = (due.occurrence.due_on - desk.today).days
    at_leisure = days_left > SOON or (duty.discretion and days_left < 0)
    elsewhere = channel.scope != due.occurrence.scope
    return Importance.REST if at_leisure or elsewhere else Importance.PRESSING


def in_order(matters: Sequence[Matter]) -> list[Deed]:
    """The deeds that say everything: the most important first, and last what is minor, late and too much."""
    told = _told([matter for matter in matters if matter.late])
    minor = _crowding(told)
    singly = sorted((one for one in matters if one not in minor), key=_rank)
    together: list[Deed] = [(catch_up, {"matters": group}) for group in _sharing_addresses(minor, told)]
    return [*(matter.deed for matter in singly), *together]


def _rank(matter: Matter) -> tuple[Importance, date, str]:
    return matter.importance, matter.on, matter.name


def _told(late: Sequence[Matter]) -> dict[Matter, frozenset[str]]:
    # Whom each thing reaches is only worth asking when there is enough to crowd anybody.
    return {matter: matter.told() for matter in late} if len(late) > FEW else {}


def _crowding(told: Mapping[Matter, frozenset[str]]) -> frozenset[Matter]:
    """What is minor and would go, late, to an address that gets more than a few late things."""
    reaching: dict[str, list[Matter]] = {}
    for matter, addresses in told.items():
        for address in addresses:
            reaching.setdefault(address, []).append(matter)
    crowds = [crowd for crowd in reaching.values() if len(crowd) > FEW]
    minors = [[one for one in crowd if one.importance is Importance.REST] for crowd in crowds]
    # A single minor thing says more in a letter of its own than in a list of one.
    return frozenset(matter for minor in minors if len(minor) > 1 for matter in minor)


def _sharing_addresses(
    matters: Iterable[Matter], told: Mapping[Matter, frozenset[str]]
) -> list[list[Matter]]:
    """Grouped so that no address is in two groups: each then gets one letter, and a channel its own key."""
    groups: list[tuple[frozenset[str], list[Matter]]] = []
    for matter in sorted(matters, key=_rank):
        joined = [group for group in groups if group[0] & told[matter]]
        addresses = told[matter].union(*(group[0] for group in joined))
        members = [matter, *(member for group in joined for member in group[1])]
        groups = [*(group for group in groups if group not in joined), (addresses, members)]
    return [sorted(members, key=_rank) for _, members in groups]


def catch_up(desk: Desk, *, matters: Sequence[Matter]) -> CaughtUp:
    """Say several things late and together, each on record as it would be alone.

    Raises NothingToSay, and leaves all of them unsaid, when one of them has been said or settled meanwhile.
    """
    covers = tuple(matter.verb(desk, **matter.facts) for matter in matters)
    clauses = sorted({event.clause for event in covers})
    return CaughtUp(clause=", ".join(clauses), subject="catching-up", covers=covers)
