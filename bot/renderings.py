"""Words that were found once are not looked for again: a block of a template says the same of the same facts."""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, Template, meta, nodes

MOST = 2048
"""Renderings kept in mind, some kilobytes each at the most."""
SIMPLE = (str, int, float, date, time, timedelta, Enum, type(None))


class Unlike(Exception):
    """A fact of which nobody can tell whether it is the same as another."""


class Asked:
    """One block with the facts it depends on; alike where those are, whatever else was known."""

    __slots__ = ("block", "environment", "facts", "like", "template")

    def __init__(
        self, environment: Environment, template: str, block: str, facts: Mapping[str, object]
    ) -> None:
        """Raises Unlike where the facts cannot be compared."""
        self.environment, self.template, self.block, self.facts = environment, template, block, facts
        needed = _needs(environment, template)[block]
        self.like = (
            template,
            block,
            tuple(_alike(facts[name]) if name in facts else None for name in needed),
        )

    def __eq__(self, other: object) -> bool:
        """Whether the words would be the same."""
        return isinstance(other, Asked) and self.like == other.like and self.environment is other.environment

    def __hash__(self) -> int:
        """By what the words depend on."""
        return hash(self.like)


def render(environment: Environment, template: str, block: str, facts: Mapping[str, object]) -> str:
    """The words of one block. Raises jinja2.UndefinedError when a fact is missing."""
    try:
        return _remembered(Asked(environment, template, block, facts))
    except Unlike:
        return _rendered(environment.get_template(template), block, facts)


@lru_cache(MOST)
def _remembered(asked: Asked) -> str:
    return _rendered(asked.environment.get_template(asked.template), asked.block, asked.facts)


def _rendered(template: Template, block: str, facts: Mapping[str, object]) -> str:
    return "".join(template.blocks[block](template.new_context(dict(facts))))


def _alike(value: Any) -> object:
    """What stands for a value in a comparison: its type too, since True is 1 and safe text equals unsafe."""
    if isinstance(value, SIMPLE) or (is_dataclass(value) and _is_frozen(value)):
        return (type(value), value)
    if isinstance(value, Mapping):
        return (type(value), tuple((key, _alike(value[key])) for key in value))
    if isinstance(value, tuple | list):
        return (type(value), tuple(map(_alike, value)))
    if isinstance(value, frozenset | set):
        return (type(value), frozenset(map(_alike, value)))
    raise Unlike


def _is_frozen(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return bool(value.__dataclass_params__.frozen)


@cache
def _needs(environment: Environment, template: str) -> Mapping[str, tuple[str, ...]]:
    """The facts that each block of a template depends on, those of what it includes among them."""
    blocks = {block.name: block for block in _tree(environment, template).find_all(nodes.Block)}
    needs = {name: _named(environment, block.body) for name, block in blocks.items()}
    everything = set[str]().union(*needs.values())
    # A block that quotes another of its template depends on what that one depends on.
    quoting = {
        name for name, block in blocks.items() if any(n.name == "self" for n in block.find_all(nodes.Name))
    }
    return {name: tuple(sorted(everything if name in quoting else found)) for name, found in needs.items()}


def _named(environment: Environment, body: Iterable[nodes.Node]) -> set[str]:
    part = nodes.Template(list(body))
    part.set_environment(environment)
    found = meta.find_undeclared_variables(part)
    for inner in part.find_all(nodes.Include):
        assert isinstance(inner.template, nodes.Const), "a template includes another by its name"
        found |= _named(environment, _tree(environment, inner.template.value).body)
    return found


def _tree(environment: Environment, template: str) -> nodes.Template:
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, template)
    return environment.parse(source)
