"""How a case moves from one status to the next: tables that verbs move by and documents are drawn from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, update
from sqlmodel import SQLModel, col

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.rights import Act

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[S]):
    """One way from one of `sources` to `target`; without an act it is the clock's.

    `written` is whether something must be on record for it besides the press of a button, such as a signed letter;
    what that is, is said in `templates/agreement/machines.j2`.
    """

    sources: frozenset[S]
    target: S
    act: Act | None = None
    written: bool = False


@dataclass(frozen=True)
class Machine(Generic[S]):
    """All the ways of one kind of case; `begins` are the statuses in which it may come into being.

    Moves are named by the verb that makes them; `name` is what the registry and the words know the kind by.
    """

    name: str
    begins: frozenset[S]
    moves: Mapping[str, Move[S]]

    @property
    def statuses(self) -> tuple[S, ...]:
        """Every status, in the order of their enum."""
        return tuple(type(next(iter(self.begins))))

    @property
    def final(self) -> frozenset[S]:
        """The statuses that no way leaves."""
        left = frozenset[S]().union(*(move.sources for move in self.moves.values()))
        return frozenset(self.statuses) - left

    def reachable(self, *, without: frozenset[str] = frozenset()) -> frozenset[S]:
        """The statuses that can be reached from the beginnings, leaving out some moves."""
        ways = [move for name, move in self.moves.items() if name not in without]
        reached, grown = frozenset[S](), self.begins
        while reached != grown:
            reached = grown
            grown = reached | {move.target for move in ways if move.sources & reached}
        return reached


def move(
    desk: Desk,
    row: SQLModel,
    machine: Machine[Any],
    name: str,
    refuse: Callable[[], AgreementError],
    *conditions: ColumnElement[bool],
    **values: object,
) -> None:
    """Take `row` along the way `name`, with `values`, if it stands where that way begins and `conditions` hold.

    The database decides who was first; whoever was not is told so by the error that `refuse` makes of the
    row as it stands now.
    """
    way, table = machine.moves[name], type(row)
    columns: Any = table
    mine = (col(columns.id) == _key(row)) & col(columns.status).in_(way.sources)
    for condition in conditions:
        mine &= condition
    done = desk.session.exec(update(table).where(mine).values(status=way.target, **values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise refuse()


def _key(row: Any) -> int:
    key: int = row.id
    return key
