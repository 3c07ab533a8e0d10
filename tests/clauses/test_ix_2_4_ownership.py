"""IX.2-1 and IX.2-4: what is brought in stays its owner's; who owns what is produced is agreed in writing."""

from typing import Any

import pytest

from bot.agreement import project_results
from bot.agreement.people import Refusal
from bot.agreement.project_answers import Answer, BasisMissing, NothingListed, propose_gate
from bot.agreement.project_gates import GateBasis
from bot.agreement.project_results import ListIsClosed, ResultDropped, ResultKind
from tests.clauses import preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.preparing import (
    DIGEST,
    add_result,
    confirm,
    fill,
    look,
    press,
    refusals,
    say_where,
    statuses,
)
from tests.clauses.test_iv_6_1_projects import add
from tests.office import Office, words_of


def test_ix_2_4_ownership_is_listed_said_to_be_in_writing_and_confirmed(office: Office) -> None:
    add(office)
    add_result(office)
    say_where(office)
    confirm(office, "Nadia Petrova", "ownership")

    said = look(office, "Mei Chen", "ownership")
    assert "A training manual (produced by the project)\nOwner: *both parties together*" in said
    assert f"*In writing:* kept at Registry, IR/12 (SHA-256 {DIGEST})." in said
    assert statuses(office)["ownership"] == "agreed"


def test_ix_2_1_what_a_party_brings_in_stays_its_own(office: Office) -> None:
    add(office)

    assert list(add_result(office, kind="brought", owner="joint").errors) == ["owner"]
    add_result(office, kind="brought", owner="ilo", result="The ILO course")

    said = look(office, "Grace Wanjiru", "ownership")
    assert "What a party brings in stays its own (clause IX.2-1)" in said
    assert "The ILO course (brought in)\nOwner: *ILO*" in said


def test_ix_2_4_something_that_will_be_produced_has_to_be_listed_first(office: Office) -> None:
    add(office)
    add_result(office, kind="brought", owner="ilo")

    answer = Answer(kept_at="Registry", digest=DIGEST)
    with pytest.raises(NothingListed):
        office.act("Lucía Romero", propose_gate, gate_id=3, answer=answer)

    assert statuses(office)["ownership"] == "missing"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kept_at": " ", "digest": None}, "kept_at"),
        ({"digest": None}, "digest"),
        ({"digest": "ab" * 31}, "digest"),
        ({"digest": "zz" * 32}, "digest"),
    ],
)
def test_ix_2_4_what_is_kept_elsewhere_is_known_by_its_fingerprint(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    add(office)
    add_result(office)

    assert list(say_where(office, **changes).errors) == [field]
    assert statuses(office)["ownership"] == "missing"


def test_ix_2_4_a_file_needs_no_fingerprint_typed(office: Office) -> None:
    add(office)
    add_result(office)

    say_where(office, kept_at=None, digest=None, file=("ownership.pdf", b"who owns what"))

    assert "ownership.pdf (SHA-256 " in look(office, "Nadia Petrova", "ownership")
    assert statuses(office)["ownership"] == "proposed"


def test_ix_2_4_that_no_agreement_is_needed_is_no_answer_on_ownership(office: Office) -> None:
    add(office)
    add_result(office)

    answer = Answer(basis=GateBasis.NOT_NEEDED, reason="x")
    with pytest.raises(BasisMissing):
        office.act("Lucía Romero", propose_gate, gate_id=3, answer=answer)


def test_ix_2_4_the_list_stays_as_it_is_while_it_is_answered_on(office: Office) -> None:
    add(office)
    add_result(office)
    say_where(office)

    facts = {"project_id": 1, "kind": ResultKind.PRODUCED, "result": "x", "owner": "ilo", "licence": ""}
    with pytest.raises(ListIsClosed):
        office.act("Samuel Otieno", project_results.add_result, **facts)
    confirm(office, "Nadia Petrova", "ownership")
    with pytest.raises(ListIsClosed):
        office.act("Samuel Otieno", project_results.drop_result, result_id=1)
    press(office, "Helena Costa", "ownership", "project_gates.reopen")
    fill(office, "Helena Costa", {"note": "One more result."})
    add_result(office, result="A data set", owner="iom")

    assert "A data set" in look(office, "Mei Chen", "ownership")


def test_ix_2_4_a_line_is_dropped_once_and_the_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    add_result(office)
    press(office, "Grace Wanjiru", "ownership", "project_results.drop")

    with pytest.raises(ResultDropped) as refused:
        office.act("Samuel Otieno", project_results.drop_result, result_id=1)

    assert refused.value.by == "Grace Wanjiru"
    assert "*Nothing is listed yet.*" in look(office, "Mei Chen", "ownership")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"result": " "}, "result"), ({"owner": "other", "licence": None}, "licence")],
)
def test_ix_2_4_a_field_that_cannot_be_used_is_named(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    add(office)

    assert list(add_result(office, **changes).errors) == [field]


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Clara Novak", "Ines Martin", "Victor Lang"])
def test_ix_2_4_nobody_without_a_mandate_changes_the_list(office: Office, name: str) -> None:
    add(office)
    add_result(office)
    facts = {"project_id": 1, "kind": ResultKind.PRODUCED, "result": "x", "owner": "ilo", "licence": ""}
    before = len(refusals(office))

    with pytest.raises(Refusal):
        office.act(name, project_results.add_result, **facts)
    with pytest.raises(Refusal):
        office.act(name, project_results.drop_result, result_id=1)

    assert len(refusals(office)) == before + 2


def test_ix_2_4_an_owner_that_no_form_offers_is_refused(office: Office) -> None:
    add(office)
    facts = {"project_id": 1, "kind": ResultKind.PRODUCED, "result": "x", "owner": "lab", "licence": ""}

    with pytest.raises(project_results.NotFilledIn):
        office.act("Mei Chen", project_results.add_result, **facts)


def test_ix_2_4_hostile_and_long_words_stay_words(office: Office) -> None:
    add(office)
    for _ in range(22):
        add_result(office, result="<!channel> & *x* " + "y" * 120, licence="<!here> " * 15)

    said = look(office, "Nadia Petrova", "ownership")
    assert "<!channel>" not in said
    assert "<!here>" not in said
    assert "The latest 20 of 22 lines" in said
    say_where(office, kept_at="<!channel> & registry")
    press(office, "Nadia Petrova", "ownership", "project_gates.confirm")
    assert "and 10 more" in preparing.shown(office, "Nadia Petrova")
    assert "<!channel>" not in words_of(office.channel(KENYA) + office.direct("Helena Costa"))
