"""Starting a joint project on what one side has not seen, or beside a gate that is closed."""

from typing import Any

import pytest

from bot.agreement import project_results, project_stages
from bot.agreement.people import Refusal
from bot.agreement.project_results import ResultKind
from tests.clauses.preparing import KEPT, add_result, fill, press, say_where, statuses
from tests.clauses.test_iv_6_1_projects import add
from tests.handlers.pressing import modal_words
from tests.office import Office, words_of


def their_line(office: Office) -> None:
    """IOM says of something that is to be produced that it alone will own it."""
    facts: dict[str, Any] = {"kind": ResultKind.PRODUCED, "result": "All data", "owner": "iom", "licence": ""}
    office.act("Nadia Petrova", project_results.add_result, project_id=1, **facts)


def test_ix_2_4_nobody_answers_on_a_line_that_the_other_added_while_the_form_was_open(office: Office) -> None:
    add(office)
    add_result(office)
    press(office, "Lucía Romero", "ownership", "project_gates.propose")
    before = len(office.told("Lucía Romero"))
    their_line(office)

    fill(office, "Lucía Romero", KEPT)

    assert statuses(office)["ownership"] == "missing"
    said = words_of(office.told("Lucía Romero")[before:]) + modal_words(office, "Lucía Romero")
    assert "was changed while you answered, so nothing was put on record" in said
    assert say_where(office).ok
    assert statuses(office)["ownership"] == "proposed"


def test_ix_1_a_a_project_with_one_gate_open_of_four_is_not_started(office: Office) -> None:
    add(office)
    add_result(office)
    say_where(office)

    for name in ("Amina Diallo", "Helena Costa", "Samuel Otieno", "Grace Wanjiru", "Pierre Favre"):
        with pytest.raises(Refusal):
            office.act(name, project_stages.start_project, project_id=1)
