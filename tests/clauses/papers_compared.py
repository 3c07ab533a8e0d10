"""What a paper in another language may not have kept of the English one, for the tests of joint papers."""

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import nodes

from bot.letters import environment
from bot.resources import resource

NUMBERED = re.compile(r"[\dIVX./-]*(\([a-d]\))?|[0-9a-f]{64}|20\d\d/\d+ .*")
"""Clauses, numbers of cases with the title somebody gave them, and hashes."""


def leaves(value: Any) -> Iterator[str]:
    """Every text in the facts of a paper, in reading order."""
    if isinstance(value, dict):
        for name in sorted(value):
            yield from leaves(value[name])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, str):
        yield value


def left_in_english(english: Any, other: Any, typed: set[str]) -> list[str]:
    """The texts that are the same in both papers, though nobody typed them and they are no numbers."""
    pairs = list(zip(leaves(english), leaves(other), strict=True))
    same = {one for one, another in pairs if one == another and one not in typed}
    return sorted(text for text in same if not NUMBERED.fullmatch(text))


def literal(template: str) -> set[str]:
    """What an English template says in its own words: runs of two words or more, without what is filled in."""
    env = environment(resource("templates"))
    tree = env.parse((resource("templates") / f"{template}.j2").read_text(encoding="utf-8"))
    texts = [part.data for part in tree.find_all(nodes.TemplateData)]
    texts += [part.value for part in tree.find_all(nodes.Const) if isinstance(part.value, str)]
    return {run for run in (flat(text).strip(" ;:,.“”()") for text in texts) if " " in run}


def flat(text: str) -> str:
    """In one line; spaces that do not break count as spaces."""
    return " ".join(text.split())
