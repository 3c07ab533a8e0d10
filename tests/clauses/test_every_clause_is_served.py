"""Every clause of Articles I to V is a working routine: the register names commands, and each can be typed."""

import pytest

from bot.agreement.definition import Clause, load
from handlers.doors import COMMANDS
from handlers.vocabulary import understood

ARTICLES = ("I", "II", "III", "IV", "V")
CLAUSES = [clause for clause in load("ilo-iom-2020").clauses if clause.article in ARTICLES]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_every_clause_of_articles_one_to_five_is_served_by_commands_that_exist(clause: Clause) -> None:
    assert clause.routine
    assert clause.serves
    assert [command for command in clause.serves if not understood(command)] == []


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_a_door_opens_for_each_of_those_commands(clause: Clause) -> None:
    for line in clause.serves:
        command, _, word = line.partition(" ")
        assert word in COMMANDS.get(command, {}), line
