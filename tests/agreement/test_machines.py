"""The registry of every way in which a case may move, and the page that is drawn from it."""

import pkgutil
from importlib import import_module
from pathlib import Path

import bot.agreement
from bot.agreement.machines import MACHINES
from bot.agreement.transitions import Machine
from bot.drawings import states_page
from bot.letters import words

PAGE = Path(bot.agreement.__file__).parent / "STATES.md"


def declared() -> dict[int, str]:
    """Every machine that a module under `bot/agreement` declares, by its identity, with where it stands."""
    found: dict[int, str] = {}
    for module in pkgutil.iter_modules(bot.agreement.__path__, "bot.agreement."):
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, Machine):
                found.setdefault(id(value), f"{module.name}.{name}")
    return found


def test_every_machine_of_the_product_is_in_the_registry_once() -> None:
    listed = [id(machine) for machine in MACHINES.values()]

    assert len(listed) == len(set(listed))
    missing = [where for key, where in declared().items() if key not in listed]
    assert missing == []
    assert set(listed) == set(declared())


def test_the_registry_and_the_words_know_every_machine_by_its_own_name() -> None:
    assert {name: machine.name for name, machine in MACHINES.items()} == {name: name for name in MACHINES}


def test_what_a_move_needs_besides_is_said_of_those_moves_and_of_no_others() -> None:
    needed = {
        f"{machine.name}_{name}"
        for machine in MACHINES.values()
        for name, move in machine.moves.items()
        if move.written
    }

    assert set(words("agreement/machines", {})) - set(MACHINES) == needed


def test_the_page_of_state_machines_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == states_page(MACHINES.values()), (
        "write it anew: comity agreement states > bot/agreement/STATES.md"
    )
