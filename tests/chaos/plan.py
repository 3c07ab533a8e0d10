"""What is to be said in a run, decided beforehand: the same seed gives the same messages in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tests.chaos.setup import Size

DUTIES = (
    "exchange-prompt",
    "review-meeting",
    "meeting-global",
    "general-review",
    "annual-reports",
    "acknowledgement-consultation",
    "workplan-global",
    "term-end",
)
"""Duties whose reminders go to a channel; of each, a region is reminded once."""
SHARE_OF_CLOCKS = 0.16
DIRECT = 0.08
"""How many of the messages go to people directly."""
RECENT = 60
"""A reply, an update or a file belongs to one of the last so many posts."""
BATCH = 20


class Sort(StrEnum):
    """What kind of thing is to be said."""

    POST = "post"
    """A message of its own."""
    REPLY = "reply"
    """A message in the thread of an earlier one."""
    UPDATE = "update"
    """Other words for an earlier message."""
    FILE = "file"
    """A stored file for the thread of an earlier message."""
    RECORD = "record"
    """A numbered record for the thread of an earlier message."""
    DUE = "due"
    """A due date in the ledger, of which a clock reminds the channel of a region."""


WEIGHTS = {Sort.POST: 70, Sort.REPLY: 11, Sort.UPDATE: 13, Sort.FILE: 3, Sort.RECORD: 3}


@dataclass(frozen=True)
class Order:
    """One thing to be said, at the address `place`; `root` is the order it belongs to."""

    n: int
    sort: Sort
    place: int
    root: int | None = None
    duty: str = ""

    @property
    def key(self) -> str:
        """The key of its outbox row."""
        return f"chaos:{self.n}"


def orders(size: Size) -> list[Order]:
    """Everything that is to be said."""
    random = Random(size.seed)
    due = _due(size, random)
    posts: list[Order] = []
    made = []
    for n in range(size.messages):
        order = next(due) if n in _turns(size) else _order(n, size, posts, random)
        made.append(Order(n, order.sort, order.place, order.root, order.duty))
        if order.sort is Sort.POST:
            posts.append(made[-1])
    return made


def _turns(size: Size) -> range:
    """At which of the messages a due date is entered instead, evenly over the run."""
    wanted = min(len(DUTIES) * size.channels, int(size.messages * SHARE_OF_CLOCKS))
    every = size.messages // wanted if wanted else size.messages + 1
    return range(0, every * wanted, every)


def _due(size: Size, random: Random) -> Iterator[Order]:
    pairs = [(duty, place) for duty in DUTIES for place in range(size.channels)]
    random.shuffle(pairs)
    yield from (Order(-1, Sort.DUE, place, duty=duty) for duty, place in pairs)


def _order(n: int, size: Size, posts: list[Order], random: Random) -> Order:
    sort = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0] if posts else Sort.POST
    if sort is not Sort.POST:
        root = random.choice(posts[-RECENT:])
        if root.place < size.channels or sort not in (Sort.FILE, Sort.RECORD):
            return Order(n, sort, root.place, root.n)
    if random.random() < DIRECT:
        return Order(n, Sort.POST, size.channels + random.randrange(2 * size.people))
    return Order(n, Sort.POST, random.randrange(size.channels))


def batches(made: list[Order]) -> list[list[Order]]:
    """The orders in the portions that are written in one transaction each."""
    return [made[start : start + BATCH] for start in range(0, len(made), BATCH)]
