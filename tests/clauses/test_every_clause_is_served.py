"""Every clause of Articles I to X is a working routine: the register names commands, and each can be typed."""

import pytest

from bot.agreement.definition import Clause, load
from bot.vocabulary import understood
from handlers.doors import COMMANDS

CLAUSES = load("ilo-iom-2020").clauses


def test_the_register_covers_all_ten_articles() -> None:
    articles = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

    assert tuple(dict.fromkeys(clause.article for clause in CLAUSES)) == articles


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_every_clause_is_served_by_commands_that_exist(clause: Clause) -> None:
    assert clause.routine
    assert clause.serves
    assert [command for command in clause.serves if not understood(command)] == []


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_a_door_opens_for_each_of_those_commands(clause: Clause) -> None:
    for line in clause.serves:
        command, _, word = line.partition(" ")
        assert word in COMMANDS.get(command, {}), line
