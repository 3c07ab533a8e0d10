"""The report's arithmetic, which every figure depends on."""

import pytest

from tests.bench.measuring import Pairs, interleaved, percentile
from tests.bench.report import Figure, Goal, alone, as_dict, at_least, at_most


def test_the_ratio_is_the_median_of_the_pairs_ratios_and_not_the_ratio_of_the_medians() -> None:
    figure = Figure("a", "a", "s", Pairs([1.0, 2.0, 9.0], [1.0, 4.0, 3.0]), at_most(1))

    assert (figure.measured, figure.baseline, figure.value) == (2.0, 3.0, 1.0)


@pytest.mark.parametrize(
    ("goal", "value", "reached"),
    [
        (at_least(0.7), 0.70, True),
        (at_least(0.7), 0.69, False),
        (at_most(1.25), 1.25, True),
        (at_most(1.25), 1.26, False),
    ],
)
def test_a_goal_is_reached_up_to_its_bound(goal: Goal, value: float, reached: bool) -> None:
    assert alone("a", "a", "s", [value], goal).reached is reached


def test_a_figure_that_stands_for_itself_is_not_divided_even_beside_a_baseline() -> None:
    figure = Figure("a", "a", "lost", Pairs([0.0], [0.0]), at_most(0), alone=True)

    assert (figure.value, figure.reached, as_dict(figure)["ratio"]) == (0.0, True, None)


def test_what_was_skipped_is_neither_reached_nor_missed() -> None:
    assert Figure("a", "a", "s", goal=at_most(1), skipped="no openssl").reached is None


def test_measurements_are_taken_in_turn_and_the_warm_up_does_not_count() -> None:
    taken: list[str] = []

    pairs = interleaved(lambda: float(len(taken.append("A") or taken)), lambda: taken.append("B") or 1.0, 2)

    assert taken == ["A", "B", "A", "B", "A", "B"]
    assert pairs.ours == [3.0, 5.0]


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_the_value_that_so_many_do_not_exceed(share: float, value: int) -> None:
    assert percentile(list(range(1, 101)), share) == value
