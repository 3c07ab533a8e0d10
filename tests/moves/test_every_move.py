"""Every move of every machine × everybody of both parties and outside × each party as the one that began."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.machines import MACHINES
from bot.agreement.people import Refusal
from bot.agreement.standing import AgreementEnd
from bot.journal import Outcome
from tests.moves import disputing, ending, permissions, projecting, renewing
from tests.moves.scenes import Recipe, Scene, Someone, everybody
from tests.record import PARTIES, Point, Record

ELSEWHERE = {"emblems"}
"""Permissions have a table like this one of their own, in tests/handlers/test_emblem_transitions.py."""
RECEIVED = {"received", "acknowledged"}
"""Where a notice stands that ends the Agreement."""
HIDDEN = {"NoSuchAmendment", "NoSuchEntry"}
"""What is the other party's draft is not there for anybody else, which is no refusal to put on record."""
RECIPES: dict[tuple[str, str], Recipe] = {
    **permissions.RECIPES,
    **ending.RECIPES,
    **renewing.RECIPES,
    **disputing.RECIPES,
    **projecting.RECIPES,
}
CASES = [pytest.param(*name, own, id="-".join((*name, own))) for name in RECIPES for own in PARTIES]


def test_every_move_that_people_make_has_a_recipe_from_every_status_it_leaves() -> None:
    wanted = {
        (machine, name, str(source))
        for machine, ways in MACHINES.items()
        for name, way in ways.moves.items()
        for source in way.sources
        if way.act and machine not in ELSEWHERE
    }
    known = {(*name, state) for name, recipe in RECIPES.items() for state in recipe.states}

    assert wanted - known == set()
    assert known - wanted == set()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, Point]]:
    """Everybody, where nothing is on record but the dates that were due."""
    with closing(Record(tmp_path_factory.mktemp("moves"), everybody())) as record:
        record.tick()
        yield record, record.keep()


@pytest.mark.parametrize(("machine", "name", "own"), CASES)
def test_every_move_is_open_to_whom_it_belongs_and_to_nobody_else(
    begun: tuple[Record, Point], machine: str, name: str, own: str
) -> None:
    record, start = begun
    recipe, target = RECIPES[machine, name], str(MACHINES[machine].moves[name].target)

    wrong = []
    for source, build in recipe.states.items():
        record.back_to(start)
        scene = Scene(record, own)
        scene.keys["case"] = build(scene)
        assert status(scene, recipe) == source
        here, begins, before = record.keep(), record.lines(), shown(scene, recipe)
        lines = begins
        for one in record.people.values():
            moved, aside = recipe.may(scene, one), recipe.aside(scene, one)
            expected = ("done" if moved or aside else "refused", target if moved else source)
            found, new = tried(scene, recipe, one, lines, before)
            lines += new
            if found != expected:
                wrong.append((source, one.name, found))
            if found[0] == "done":
                assert ends(record) is (machine == "terminations" and found[1] in RECEIVED)
                record.back_to(here)
                lines = begins

    assert wrong == []


def ends(record: Record) -> bool:
    """Whether the Agreement has an end on record (VII.1-2): only the receipt of a notice brings it."""
    with record.reading() as desk:
        return desk.session.exec(select(AgreementEnd)).first() is not None


def status(scene: Scene, recipe: Recipe) -> str:
    """Where the case stands; a room in which nobody has been is open."""
    row = case(scene, recipe)
    return str(row.status) if row else "open"


def case(scene: Scene, recipe: Recipe) -> Any:
    """The row of the case; that of a room is made by the first who enters it."""
    key = scene.keys["case"]
    return scene.get(recipe.table, key) if key else renewing.room(scene, scene.own)


def tried(
    scene: Scene, recipe: Recipe, one: Someone, lines: int, before: dict[str, Any]
) -> tuple[tuple[str, str], int]:
    """Whether it was done and where the case stands then, and how many lines the journal has more."""
    verb, facts = recipe.doing(scene, one)
    error = scene.record.tried(one.name, verb, **facts)
    new = [line.outcome for line in scene.record.journal(lines)]
    if error is None:
        assert new == [Outcome.DONE]
        return ("done", status(scene, recipe)), 1
    hidden = type(error).__name__ in HIDDEN
    assert isinstance(error, Refusal) is not hidden, (one.name, error)
    assert new == ([] if hidden else [Outcome.REFUSED])
    assert shown(scene, recipe) == before
    return ("refused", str(before.get("status", "open"))), len(new)


def shown(scene: Scene, recipe: Recipe) -> dict[str, Any]:
    """Everything that the row says."""
    row = case(scene, recipe)
    return row.model_dump() if row else {}
