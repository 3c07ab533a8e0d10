"""How cases move, drawn from the tables that the verbs move by: diagrams for people who check or build."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.agreement.rights import RIGHTS, Act
from bot.agreement.transitions import Machine, Move
from bot.letters import Mrkdwn, say, term, words


def states_page(machines: Iterable[Machine[StrEnum]]) -> str:
    """A Markdown page with a diagram and a table for each kind of case."""
    parts = [say("agreement/states", "opening", {}), *(_part(machine) for machine in machines)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def diagram(machine: Machine[StrEnum]) -> str:
    """The ways of one kind of case, in the language of Mermaid diagrams."""
    begins = [f"    [*] --> {status}" for status in sorted(machine.begins)]
    ways = [
        f"    {source} --> {move.target}: {name}"
        for name, move in machine.moves.items()
        for source in sorted(move.sources)
    ]
    ends = [f"    {status} --> [*]" for status in sorted(machine.final)]
    return "\n".join(["stateDiagram-v2", *begins, *ways, *ends])


def besides(machine: Machine[StrEnum], name: str) -> str:
    """What must be on record for a move besides the press of a button; empty where that is enough."""
    return _words()[f"{machine.name}_{name}"] if machine.moves[name].written else ""


def _words() -> Mapping[str, str]:
    return words("agreement/machines", {})


def _part(machine: Machine[StrEnum]) -> str:
    facts: Mapping[str, object] = {
        "name": _words()[machine.name],
        "diagram": Mrkdwn(diagram(machine)),
        "moves": [_row(machine, name, move) for name, move in machine.moves.items()],
    }
    return say("agreement/states", "part", facts)


def _row(machine: Machine[StrEnum], name: str, move: Move[StrEnum]) -> dict[str, object]:
    right = RIGHTS[move.act] if move.act else None
    return {
        "verb": name,
        "from_words": [source.value for source in sorted(move.sources)],
        "to": move.target.value,
        "who": _who(move.act),
        "side": term(right.side) if right and right.side else "",
        "written": besides(machine, name),
    }


def _who(act: Act | None) -> list[str]:
    """The capacities that may, or none for what the clock does."""
    return [term(role) for role in sorted(RIGHTS[act].roles)] if act else []
