"""IX.1: what it says prevails over anything contrary elsewhere, and each of its clauses bears that mark."""

import pytest

from tests.office import DEFINITION, Office

MARK = "*Priority:* prevails over anything contrary elsewhere in the Agreement"


@pytest.mark.parametrize("clause", ["IX.1(a)", "IX.1(b)", "IX.1(c)", "IX.1(d)"])
def test_ix_1_what_stands_under_it_bears_the_mark_of_priority(office: Office, clause: str) -> None:
    assert f"{MARK} (IX.1)\n" in office.command("Nadia Petrova", f"/agreement clause {clause}")


def test_ix_1_itself_prevails_and_no_clause_outside_it_does(office: Office) -> None:
    assert f"{MARK}\n" in office.command("Lucía Romero", "/agreement clause IX.1")
    for clause in DEFINITION.clauses:
        if not clause.id.startswith("IX.1"):
            assert "*Priority:*" not in office.command("Lucía Romero", f"/agreement clause {clause.id}")
