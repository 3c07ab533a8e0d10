"""Small checks of JSON values that together say all that is wrong with a Block Kit object."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any


class Problems(list[str]):
    """What is wrong, each with the JSON pointer of its place."""

    def add(self, path: str, message: str) -> None:
        """Note one problem."""
        self.append(f"[ERROR] {message} [json-pointer:{path}]")


Check = Callable[[Any, str, Problems], None]


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.add(path, "must be a string")
        elif len(value) > most:
            problems.add(path, f"must be less than {most + 1} characters")
        elif len(value) < least:
            problems.add(path, f"must be more than {least - 1} characters")

    return check


def boolean(value: Any, path: str, problems: Problems) -> None:
    """True or false."""
    if not isinstance(value, bool):
        problems.add(path, "must be a boolean")


def whole(least: int, most: int) -> Check:
    """An integer between the two, both included."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add(path, "must be an integer")
        elif not least <= value <= most:
            problems.add(path, f"must be between {least} and {most}")

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if value not in values:
            problems.add(path, f"must be a valid enum value: {value}")

    return check


def array(item: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` such items."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.add(path, "must be an array")
            return
        if len(value) > most:
            problems.add(path, f"no more than {most} items allowed")
        if len(value) < least:
            problems.add(path, f"no less than {least} items allowed")
        for index, entry in enumerate(value):
            item(entry, f"{path}/{index}", problems)

    return check


def anything(value: Any, path: str, problems: Problems) -> None:
    """No rule of ours."""


def record(required: Mapping[str, Check], optional: Mapping[str, Check], *more: Check) -> Check:
    """An object with exactly these keys; `more` look at it as a whole."""
    known = {**required, **optional}

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.add(path, "must be an object")
            return
        for key in required:
            if value.get(key) is None:
                problems.add(path, f"missing required field: {key}")
        for key, entry in value.items():
            if key not in known:
                problems.add(f"{path}/{key}", f"invalid additional property: {key}")
            elif entry is not None:
                known[key](entry, f"{path}/{key}", problems)
        for rule in more:
            rule(value, path, problems)

    return check


def typed(kinds: Mapping[str, Check], allowed: Sequence[str] | None = None) -> Check:
    """An object whose `type` says which check applies; types outside `allowed` are refused here."""

    def check(value: Any, path: str, problems: Problems) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(value, dict):
            problems.add(path, "must be an object")
        elif kind is None:
            problems.add(path, "missing required field: type")
        elif str(kind) not in kinds or (allowed is not None and kind not in allowed):
            problems.add(f"{path}/type", f"unsupported type: {kind}")
        else:
            kinds[kind](value, path, problems)

    return check


def distinct(key: Callable[[Any], object], name: str) -> Check:
    """No two items of the list share a key."""

    def check(value: Any, path: str, problems: Problems) -> None:
        seen: set[str] = set()
        for index, entry in enumerate(value if isinstance(value, list) else []):
            found = key(entry) if isinstance(entry, dict) else None
            if found is not None and str(found) in seen:
                problems.add(f"{path}/{index}", f"`{name}` {found} already exists")
            seen.add(str(found))

    return check
