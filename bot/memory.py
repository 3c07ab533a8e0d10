"""What was worked out from the record and holds for as long as nothing is added to the record."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Memory:
    """Answers of one process, all of them for one state of the record; safe in threads.

    Every act ends in the journal, so the journal's last line and the day say whether an answer still holds.
    """

    def __init__(self) -> None:
        """Know nothing."""
        self._lock = Lock()
        self._state: Hashable = None
        self._answers: dict[Hashable, Any] = {}

    def recall(
        self,
        state: Hashable,
        question: Hashable,
        find: Callable[[], T],
        keep: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """The answer to `question` in this state of the record, found once.

        What `find` raises is not kept, nor is an answer that `keep` does not want kept.
        """
        answers = self._in(state)
        if question in answers:
            return cast(T, answers[question])
        found = find()
        if keep(found):
            answers[question] = found
        return found

    def _in(self, state: Hashable) -> dict[Hashable, Any]:
        with self._lock:
            if state != self._state:
                self._state, self._answers = state, {}
            return self._answers
