"""What many things that are said in one transaction need, read once for all of them."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlmodel import Session

Found = TypeVar("Found")


def at_hand(session: Session, name: Hashable, read: Callable[[], Found]) -> Found:
    """What was read under `name` in this transaction; `read` is asked only the first time."""
    if name not in session.info:
        session.info[name] = read()
    found: Found = session.info[name]
    return found
