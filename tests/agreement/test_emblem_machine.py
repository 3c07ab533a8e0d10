"""VI.1: the table of the ways of a permission, walked at random: nothing is approved but by its owner."""

from hypothesis import given
from hypothesis import strategies as st

from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_machine import MACHINE
from bot.agreement.emblems import VALID, EmblemStatus
from bot.agreement.rights import RIGHTS, Act, Role, Side
from bot.agreement.surviving_acts import SURVIVING

WRITTEN = frozenset(name for name, move in MACHINE.moves.items() if move.act is Act.RECORD_LETTER)
DECIDING = WRITTEN | {name for name, move in MACHINE.moves.items() if move.act is Act.DECIDE_EMBLEM}
BY_PEOPLE = set(EmblemDeed) - {EmblemDeed.ASK, EmblemDeed.KEEP}


@given(st.sampled_from(sorted(MACHINE.begins)), st.lists(st.sampled_from(sorted(MACHINE.moves)), max_size=40))
def test_vi_1_no_path_reaches_an_approved_status_without_a_decision_on_what_was_last_submitted(
    begin: EmblemStatus, names: list[str]
) -> None:
    status, decided = begin, False
    for name in names:
        way = MACHINE.moves[name]
        if status not in way.sources:
            continue
        status = way.target
        decided = (decided or name in DECIDING) and status is not EmblemStatus.SUBMITTED
        assert decided or status not in VALID


def test_vi_1_without_the_owners_decision_nothing_is_ever_approved_or_in_use() -> None:
    assert not MACHINE.reachable(without=DECIDING) & VALID


def test_vi_1_only_the_owners_emblem_approvers_decide_and_revoke() -> None:
    for act in (Act.DECIDE_EMBLEM, Act.REVOKE_EMBLEM):
        assert RIGHTS[act].side is Side.RESPONDING
        assert RIGHTS[act].roles == {Role.EMBLEM_APPROVER}


def test_vi_1_a_letter_decides_as_its_owners_side_puts_it_on_record_and_only_with_the_paper() -> None:
    assert RIGHTS[Act.RECORD_LETTER].side is Side.RESPONDING
    assert all(MACHINE.moves[name].written for name in WRITTEN)
    assert {MACHINE.moves[name].target for name in WRITTEN} == {
        EmblemStatus.APPROVED,
        EmblemStatus.APPROVED_WITH_CONDITIONS,
        EmblemStatus.REFUSED,
    }
    assert not [name for name, move in MACHINE.moves.items() if move.written and name not in WRITTEN]


def test_every_status_can_be_reached_and_the_clock_alone_approves_nothing() -> None:
    assert MACHINE.reachable() == set(EmblemStatus)
    by_the_clock = {name: move.target for name, move in MACHINE.moves.items() if move.act is None}
    assert by_the_clock == {"lapse": EmblemStatus.LAPSED, "expire": EmblemStatus.EXPIRED}
    assert MACHINE.final == {EmblemStatus.TAKEN_DOWN}
    assert set(MACHINE.moves) == BY_PEOPLE


def test_vii_2_after_the_end_uses_are_reported_revoked_and_taken_down_and_nothing_new_is_asked() -> None:
    acts = {move.act for move in MACHINE.moves.values() if move.act}

    assert acts & SURVIVING == {Act.REPORT_EMBLEM_USE, Act.REVOKE_EMBLEM, Act.TAKE_DOWN_EMBLEM}
    assert Act.REQUEST_EMBLEM not in SURVIVING
