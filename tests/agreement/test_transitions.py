"""Tables of moves: what can be reached, what is an end, and how they are drawn."""

from enum import StrEnum

from bot.agreement.machines import MACHINES
from bot.agreement.rights import Act
from bot.agreement.transitions import Machine, Move
from bot.drawings import diagram, states_page


class Door(StrEnum):
    """A door, as an example."""

    SHUT = "shut"
    OPEN = "open"
    BRICKED_UP = "bricked_up"


DOORS: Machine[StrEnum] = Machine(
    "Doors",
    frozenset({Door.SHUT}),
    {
        "open": Move(frozenset({Door.SHUT}), Door.OPEN, Act.SIGN_REVIEW, written=True),
        "shut": Move(frozenset({Door.OPEN}), Door.SHUT),
        "brick_up": Move(frozenset({Door.OPEN, Door.SHUT}), Door.BRICKED_UP),
    },
)


def test_an_end_is_a_status_that_no_way_leaves() -> None:
    assert DOORS.final == {Door.BRICKED_UP}


def test_what_can_be_reached_shrinks_with_the_ways_left_out() -> None:
    assert DOORS.reachable() == set(Door)
    assert DOORS.reachable(without=frozenset({"open"})) == {Door.SHUT, Door.BRICKED_UP}


def test_a_diagram_shows_every_way_once() -> None:
    lines = diagram(DOORS).splitlines()

    assert lines.count("    shut --> open: open") == 1
    assert [line for line in lines if line.endswith(": brick_up")] == [
        "    open --> bricked_up: brick_up",
        "    shut --> bricked_up: brick_up",
    ]
    assert lines[1] == "    [*] --> shut"
    assert lines[-1] == "    bricked_up --> [*]"


def test_the_page_says_who_may_make_a_move_and_what_paper_it_needs() -> None:
    page = states_page([MACHINES["amendments"]])

    assert page.count("\n## amendment\n") == 1
    (confirmed,) = (line for line in page.splitlines() if line.startswith("| confirm_file |"))
    assert confirmed.endswith("| the signed amendment, with the signatures of both parties |")
    assert "| take_effect | signed | in_force | the clock |  |  |" in page
