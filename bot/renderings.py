"""Words that were found once are not looked for again: a block of a template says the same of the same facts."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import Any

from jinja2 import Environment, meta, nodes

MOST = 2048
"""Renderings kept in mind, some kilobytes each at the most; then all are forgotten."""
PLAIN = frozenset({str, int, date, type(None)})
"""Of exactly these types, values that are equal are alike; of their subclasses they need not be."""
SIMPLE = (str, int, float, date, time, timedelta, Enum, type(None))


MISSING = (None, None)
"""Stands for a fact that was not given."""


class Unlike(Exception):
    """A fact of which nobody can tell whether it is the same as another."""


class Renderings:
    """The templates of one environment, and what their blocks said of which facts; safe in threads."""

    def __init__(self, environment: Environment, finish: Callable[[str], str]) -> None:
        """`finish` is what is done to the words of a block before anybody reads them."""
        self._environment, self._finish = environment, finish
        self._said: dict[Hashable, str] = {}
        self._needs: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def blocks(self, template: str) -> Iterable[str]:
        """The names of a template's blocks."""
        return self._of(template)

    def say(self, template: str, blocks: Iterable[str], facts: Mapping[str, object]) -> dict[str, str]:
        """The words of some blocks. Raises jinja2.UndefinedError when a fact is missing."""
        needs = self._of(template)
        alike: dict[str, object] = {}
        return {block: self._block(template, block, needs[block], facts, alike) for block in blocks}

    def _block(
        self,
        template: str,
        block: str,
        needed: tuple[str, ...],
        facts: Mapping[str, object],
        alike: dict[str, object],
    ) -> str:
        try:
            for name in needed:
                if name not in alike:
                    alike[name] = _alike(facts[name]) if name in facts else MISSING
        except Unlike:
            return self._render(template, block, facts)
        about = (template, block, *[alike[name] for name in needed])
        found = self._said.get(about)
        if found is None:
            if len(self._said) >= MOST:
                self._said.clear()
            found = self._said[about] = self._render(template, block, facts)
        return found

    def _render(self, template: str, block: str, facts: Mapping[str, object]) -> str:
        made = self._environment.get_template(template)
        return self._finish("".join(made.blocks[block](made.new_context(dict(facts)))))

    def _of(self, template: str) -> Mapping[str, tuple[str, ...]]:
        if template not in self._needs:
            self._environment.get_template(template)
            self._needs[template] = _needs(self._environment, template)
        return self._needs[template]


def _alike(value: Any) -> object:
    """What stands for a value in a comparison: its type too, since True is 1 and safe text equals unsafe."""
    if type(value) in PLAIN:
        return value
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
