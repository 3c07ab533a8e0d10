"""Each clause of Articles I to V has tests that bear its number: `test_iv_5_2_…` tries IV.5-2."""

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


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_a_test_bears_the_number_of_the_clause(clause: Clause) -> None:
    mine = re.compile(rf"(^|_and_){numbered(clause)}_(?!\d)")

    assert [name for name in NAMES if mine.search(name)] != []
