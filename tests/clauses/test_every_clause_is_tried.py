"""Each clause of Articles I to X has tests that bear its number: `test_iv_5_2_…` tries IV.5-2."""

import re
from pathlib import Path

import pytest

from bot.agreement.definition import Clause
from tests.clauses.test_every_clause_is_served import CLAUSES

TESTS = Path(__file__).parent.parent
NAMED = re.compile(r"^def test_(\w+)", re.MULTILINE)
NAMES = [name for path in TESTS.rglob("test_*.py") for name in NAMED.findall(path.read_text())]


def numbered(clause: Clause) -> str:
    """A clause's number as names of tests spell it: III.1(a) is iii_1_a."""
    return re.sub(r"\W+", "_", clause.id.casefold()).strip("_")


def bearing(clause: Clause) -> set[str]:
    """The tests whose names bear the number of a clause; test_ix_1_c_… bears IX.1(c), but IX.1 as well."""
    mine = re.compile(rf"(^|_and_){numbered(clause)}_(?!\d)")
    return {name for name in NAMES if mine.search(name)}


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_a_test_bears_the_number_of_the_clause(clause: Clause) -> None:
    under = [one for one in CLAUSES if one.id.startswith(f"{clause.id}(")]

    assert bearing(clause) - {name for one in under for name in bearing(one)} != set()
