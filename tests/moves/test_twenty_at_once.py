"""Twenty who may, at the same moment: one decides, the others are told, and each of them is on record."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from threading import Barrier

import pytest

from bot.agreement.errors import AgreementError
from bot.agreement.machines import MACHINES
from bot.agreement.people import Refusal
from tests.moves.scenes import Scene, everybody
from tests.moves.test_every_move import RECIPES, status
from tests.record import Record

TIMES = 20
DECIDING = [
    ("terminations", "approve"),
    ("terminations", "record_sent"),
    ("terminations", "acknowledge"),
    ("terminations", "confirm_letter"),
    ("terminations", "withdraw"),
    ("renewals", "release"),
    ("renewals", "show"),
    ("amendments", "agree"),
    ("amendments", "decline"),
    ("amendments", "sign"),
    ("amendments", "confirm_file"),
    ("notes", "confirm"),
    ("disputes", "take_up"),
    ("gates", "propose_gate"),
    ("gates", "confirm_gate"),
    ("formulas", "agree"),
    ("costs", "confirm"),
    ("statements", "confirm"),
    ("holdings", "confirm_purged"),
]
"""Where one decision is to count. Permissions are raced in tests/handlers/test_emblem_transitions.py."""


def one_decides(record: Record, machine: str, name: str) -> None:
    record.tick()
    recipe, scene = RECIPES[machine, name], Scene(record, "ilo")
    scene.keys["case"] = next(iter(recipe.states.values()))(scene)
    able = [one for one in record.people.values() if recipe.may(scene, one)]
    # Each party signs for itself: the race is within one of them.
    able = [one for one in able if (machine, name) != ("amendments", "sign") or one.party == "ilo"]
    tries = [(one.name, *recipe.doing(scene, one)) for one in islice(cycle(able), TIMES)]
    ready, lines = Barrier(TIMES), record.lines()

    def attempt(which: int) -> str:
        who, verb, facts = tries[which]
        ready.wait()
        try:
            record.act(who, verb, **facts)
        except AgreementError as error:
            return "told" if isinstance(error, Refusal) else type(error).__name__
        return "done"

    with ThreadPoolExecutor(TIMES) as pool:
        assert Counter(pool.map(attempt, range(TIMES))) == {"done": 1, "told": TIMES - 1}

    assert status(scene, recipe) == MACHINES[machine].moves[name].target
    assert Counter(str(line.outcome) for line in record.journal(lines)) == {"done": 1, "refused": TIMES - 1}


@pytest.mark.parametrize(("machine", "name"), DECIDING)
def test_of_twenty_at_once_one_decides(tmp_path: Path, machine: str, name: str) -> None:
    with closing(Record(tmp_path, everybody())) as record:
        one_decides(record, machine, name)


@pytest.mark.postgres
@pytest.mark.parametrize(("machine", "name"), DECIDING)
def test_of_twenty_at_once_one_decides_on_postgresql(
    tmp_path: Path, postgres_url: str, machine: str, name: str
) -> None:
    with closing(Record(tmp_path, everybody(), url=postgres_url)) as record:
        one_decides(record, machine, name)
