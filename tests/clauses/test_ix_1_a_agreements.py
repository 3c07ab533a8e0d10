"""IX.1(a): which written agreement a project has, or why none is needed: one party answers, the other confirms."""

from datetime import date
from typing import Any

import pytest

from bot.agreement import project_answers
from bot.agreement.errors import FieldError
from bot.agreement.people import Refusal
from bot.agreement.project_answers import Answer, GateMovedOn
from bot.agreement.project_gates import Gate, GateBasis
from tests.clauses import preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.preparing import look, ready, refusals, start, statuses
from tests.clauses.test_iv_6_1_projects import add
from tests.clauses.test_ix_1_a_projects import PEOPLE, SETTLING
from tests.handlers import test_instruments as instruments
from tests.handlers.pressing import home_words
from tests.office import Office, words_of


@pytest.mark.parametrize(
    ("by", "other", "stranger"),
    [
        ("Lucía Romero", "Nadia Petrova", "Amina Diallo"),
        ("Helena Costa", "Amina Diallo", "Nadia Petrova"),
    ],
)
def test_ix_1_a_that_none_is_needed_counts_once_the_other_party_confirms_it(
    office: Office, by: str, other: str, stranger: str
) -> None:
    add(office)
    preparing.propose(office, by)
    assert statuses(office)["agreement"] == "proposed"

    told = preparing.press(office, stranger, "agreement", "project_gates.confirm")
    assert "In this case it is for the other party" in told
    preparing.confirm(office, other, "agreement")

    assert statuses(office)["agreement"] == "agreed"
    said = look(office, by, "agreement")
    assert "No money passes between the parties." in said
    assert f"*Settled.* {by}" in said
    assert f"{other} (" in said


def test_ix_1_a_the_other_party_is_asked_in_person_and_in_its_home(office: Office) -> None:
    add(office)
    preparing.propose(office)

    assert "Silence is never consent." in home_words(office.home("Nadia Petrova"))
    assert "put on record the written agreement" not in home_words(office.home("Amina Diallo"))
    office.click("Helena Costa", "project_gates.confirm", where="direct")
    preparing.fill(office, "Helena Costa", {})

    assert statuses(office)["agreement"] == "agreed"
    assert "put on record the written agreement" not in home_words(office.home("Nadia Petrova"))


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in SETTLING])
def test_ix_1_a_only_contact_points_and_legal_officers_answer_or_confirm(office: Office, name: str) -> None:
    add(office)
    preparing.propose(office)
    before = len(refusals(office))

    for verb, facts in (
        (project_answers.propose_gate, {"answer": Answer(basis=GateBasis.NOT_NEEDED, reason="x")}),
        (project_answers.confirm_gate, {"seen": 1}),
        (project_answers.send_back_gate, {"note": "x"}),
        (project_answers.reopen_gate, {"note": "x"}),
    ):
        with pytest.raises(Refusal):
            office.act(name, verb, gate_id=1, **facts)

    assert len(refusals(office)) == before + 4
    assert statuses(office)["agreement"] == "proposed"


def test_ix_1_a_whoever_answers_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    preparing.press(office, "Amina Diallo", "agreement", "project_gates.propose")
    preparing.propose(office, "Helena Costa")

    preparing.fill(office, "Amina Diallo", preparing.WHY_NONE)

    assert "Helena Costa (IOM) put an answer on record on Monday 23 November 2026" in preparing.shown(
        office, "Amina Diallo"
    )


def test_ix_1_a_nobody_confirms_what_they_have_not_seen(office: Office) -> None:
    add(office)
    preparing.propose(office)
    preparing.press(office, "Nadia Petrova", "agreement", "project_gates.confirm")
    office.act("Lucía Romero", project_answers.send_back_gate, gate_id=1, note="A mistake.")
    preparing.propose(office, reason="Another reason.")

    preparing.fill(office, "Nadia Petrova", {})

    assert statuses(office)["agreement"] == "proposed"
    assert "it waits for the other party" in preparing.shown(office, "Nadia Petrova")


def test_ix_1_a_a_second_confirmation_is_told_who_confirmed(office: Office) -> None:
    add(office)
    preparing.agreement_settled(office)

    with pytest.raises(GateMovedOn) as refused:
        office.act("Helena Costa", project_answers.confirm_gate, gate_id=1, seen=1)

    assert (refused.value.by, refused.value.status) == ("Nadia Petrova", "agreed")


def test_ix_1_a_an_answer_is_sent_back_with_a_reason_and_its_author_is_told(office: Office) -> None:
    add(office)
    preparing.propose(office)
    preparing.press(office, "Nadia Petrova", "agreement", "project_gates.send_back")
    assert list(preparing.fill(office, "Nadia Petrova", {"note": " "}).errors) == ["note"]
    preparing.fill(office, "Nadia Petrova", {"note": "Money does pass."})

    assert statuses(office)["agreement"] == "missing"
    assert "sent the answer back: Money does pass." in words_of(office.direct("Lucía Romero"))
    assert "Money does pass." in look(office, "Helena Costa", "agreement")


def test_ix_1_a_what_was_settled_can_be_opened_again_before_the_start_alone(office: Office) -> None:
    ready(office)
    preparing.press(office, "Helena Costa", "agreement", "project_gates.reopen")
    assert list(preparing.fill(office, "Helena Costa", {"note": " "}).errors) == ["note"]
    preparing.fill(office, "Helena Costa", {"note": "The budget changed."})
    assert statuses(office)["agreement"] == "missing"
    assert "cannot start yet" in start(office, "Grace Wanjiru")

    preparing.agreement_settled(office)
    start(office, "Grace Wanjiru")

    with pytest.raises(project_answers.HasStarted):
        office.act("Helena Costa", project_answers.reopen_gate, gate_id=1, note="Again.")
    shown = look(office, "Helena Costa", "agreement")
    assert "Open again" not in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"answer": "file", "reason": None}, "file"),
    ],
)
def test_ix_1_a_an_answer_that_rests_on_nothing_is_refused_by_field(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    add(office)

    assert list(preparing.propose(office, **changes).errors) == [field]
    assert statuses(office)["agreement"] == "missing"


def test_ix_1_a_a_signed_file_is_kept_with_its_fingerprint_and_shown_to_both(office: Office) -> None:
    add(office)
    preparing.propose(office, answer="file", reason=None, file=("signed.pdf", b"the signed agreement"))

    said = look(office, "Nadia Petrova", "agreement")
    assert "signed.pdf (SHA-256 " in said
    files = [file["name"] for message in office.channel(KENYA) for file in message.get("files", [])]
    assert files == ["signed.pdf"]


def test_ix_1_a_an_instrument_counts_only_when_all_have_signed_it_and_while_it_stands(office: Office) -> None:
    instruments.in_force(office, KENYA, kind="agreement of a joint project")
    add(office)
    preparing.press(office, "Lucía Romero", "agreement", "project_gates.propose")
    answer = {
        "answer": "instrument",
        "reason": None,
        "instrument": f"2026/1 {instruments.PARTICULARS['instrument']}",
    }
    preparing.fill(office, "Lucía Romero", answer)
    preparing.confirm(office, "Nadia Petrova", "agreement")
    for gate in (Gate.ITEMS, Gate.OWNERSHIP, Gate.DATA):
        preparing.SETTLED[gate](office)
    assert "*In writing:* instrument 2026/1" in look(office, "Mei Chen", "agreement")

    instruments.press(office, "Amina Diallo", "end", instruments.END, KENYA)
    instruments.press(office, "Helena Costa", "confirm_ending", {}, KENYA)

    assert "the written agreement (IX.1(a))" in start(office, "Grace Wanjiru")
    assert "This instrument has ended" in look(office, "Mei Chen", "agreement")


def test_ix_1_a_an_instrument_that_is_not_signed_or_not_of_a_project_is_no_basis(office: Office) -> None:
    instruments.add(office)
    add(office)

    for wrong in (1, 99):
        answer = Answer(basis=GateBasis.INSTRUMENT, instrument_id=wrong)
        with pytest.raises(FieldError) as refused:
            office.act("Lucía Romero", project_answers.propose_gate, gate_id=1, answer=answer)
        assert refused.value.field == "instrument"


def test_ix_1_a_the_other_party_is_asked_again_once_for_each_step_and_late_after_a_silence(
    office: Office,
) -> None:
    add(office)
    preparing.propose(office)

    def asked() -> list[Any]:
        return [m for m in office.direct("Helena Costa") if "This was asked before" in words_of([m])]

    office.pass_to(date(2026, 12, 1))
    office.tick()
    assert len(asked()) == 1
    office.pass_to(date(2026, 12, 16))
    assert len(asked()) == 2
    preparing.confirm(office, "Nadia Petrova", "agreement")
    office.pass_to(date(2027, 2, 1))
    assert len(asked()) == 2
