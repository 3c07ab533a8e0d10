"""VIII: the tables by which disputes and notes move, walked at random: nothing is settled by one side alone."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.agreement.dispute_entries import Grievance, raise_now
from bot.agreement.dispute_notes import NOTES, DisputeNote, NoteStatus
from bot.agreement.dispute_settlements import confirm, give_back, write_note
from bot.agreement.dispute_steps import add_step, refer, take_up, withdraw
from bot.agreement.disputes import (
    DEALT_WITH,
    MACHINE,
    REFERRALS,
    Dispute,
    DisputeDeed,
    DisputeStatus,
)
from bot.agreement.errors import AgreementError
from bot.agreement.people import Person
from bot.agreement.rights import RIGHTS, Act, Side
from tests.office import Office

PEOPLE = (
    "Amina Diallo",
    "Lucía Romero",
    "Samuel Otieno",
    "Pierre Favre",
    "Helena Costa",
    "Nadia Petrova",
    "Grace Wanjiru",
    "Ines Martin",
)
VERBS = ("take_up", "statement", "refer", "note", "confirm", "give_back", "withdraw")
LIKELY = (
    ("Nadia Petrova", "take_up"),
    ("Amina Diallo", "note"),
    ("Helena Costa", "confirm"),
    ("Helena Costa", "note"),
    ("Amina Diallo", "confirm"),
    ("Helena Costa", "give_back"),
    ("Amina Diallo", "refer"),
)
"""What leads on; drawn more often, so that many walks come to a settlement."""
OVER = (DisputeStatus.SETTLED, DisputeStatus.WITHDRAWN)


def facts_of(office: Office, key: int, verb: str, seen: DisputeStatus) -> tuple[Any, dict[str, Any]]:
    with office.reading() as desk:
        notes = select(DisputeNote).where(DisputeNote.dispute_id == key).order_by(col(DisputeNote.id).desc())
        note = desk.session.exec(notes).first()
    mine = {"dispute_id": key}
    return {
        "take_up": (take_up, {**mine, "people": []}),
        "statement": (add_step, {**mine, "deed": DisputeDeed.STATEMENT, "text": "x"}),
        "refer": (refer, {**mine, "seen": seen, "reason": "x"}),
        "note": (write_note, {**mine, "text": "The note."}),
        "confirm": (confirm, {"note_id": note.key if note else 0, "seen": note.sha256 if note else ""}),
        "give_back": (give_back, {"note_id": note.key if note else 0, "reason": "x"}),
        "withdraw": (withdraw, {**mine, "reason": "x"}),
    }[verb]


def stands(office: Office, key: int) -> tuple[DisputeStatus, list[DisputeNote]]:
    with office.reading() as desk:
        row = desk.session.get_one(Dispute, key)
        return row.status, list(
            desk.session.exec(select(DisputeNote).where(DisputeNote.dispute_id == key)).all()
        )


def check(office: Office, status: DisputeStatus, notes: list[DisputeNote]) -> None:
    """Settled if and only if a note is confirmed, and then by the party that did not write it."""
    confirmed = [note for note in notes if note.status is NoteStatus.CONFIRMED]
    assert (status is DisputeStatus.SETTLED) == (len(confirmed) == 1)
    assert len([note for note in notes if note.status is NoteStatus.PROPOSED]) <= (status in DEALT_WITH)
    for note in confirmed:
        with office.reading() as desk:
            answerer = desk.session.get_one(Person, note.answered_by)
            writer = desk.session.get_one(Person, note.written_by)
        assert {answerer.party, writer.party} == {"ilo", "iom"}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    walk=st.lists(
        st.one_of(st.sampled_from(LIKELY), st.tuples(st.sampled_from(PEOPLE), st.sampled_from(VERBS))),
        max_size=14,
    )
)
@example(walk=[*LIKELY[:3], ("Amina Diallo", "withdraw")])
def test_viii_no_walk_settles_a_dispute_without_the_word_of_both_sides(
    office: Office, walk: list[tuple[str, str]]
) -> None:
    grievance = Grievance(title="T", clauses=["VIII"], about="A", sought="S")
    key: int = office.house.secretariat.act(
        office.who("Lucía Romero"), raise_now, grievance=grievance, people=[]
    ).dispute_id
    status = DisputeStatus.RAISED
    for name, verb in walk:
        act, facts = facts_of(office, key, verb, status)
        before = status
        try:
            office.house.secretariat.act(office.who(name), act, **facts)
        except AgreementError:
            assert stands(office, key)[0] is before
        status, notes = stands(office, key)
        check(office, status, notes)
        ways = {(source, way.target) for way in MACHINE.moves.values() for source in way.sources}
        assert status is before or (before, status) in ways


def test_viii_settled_is_reached_by_the_confirmed_note_alone() -> None:
    assert DisputeStatus.SETTLED not in MACHINE.reachable(without=frozenset({"settle"}))
    assert MACHINE.moves["settle"].act is Act.CONFIRM_SETTLEMENT
    assert MACHINE.moves["settle"].written
    assert RIGHTS[Act.CONFIRM_SETTLEMENT].side is Side.RESPONDING
    assert NoteStatus.CONFIRMED not in NOTES.reachable(without=frozenset({"confirm"}))


def test_viii_every_status_can_be_reached_and_only_the_ends_are_final() -> None:
    assert MACHINE.reachable() == frozenset(DisputeStatus)
    assert MACHINE.final == {*OVER, DisputeStatus.DISCARDED}
    assert NOTES.reachable() == frozenset(NoteStatus)
    assert NOTES.final == frozenset(NoteStatus) - {NoteStatus.PROPOSED}


@pytest.mark.parametrize("seen", sorted(REFERRALS))
def test_viii_a_referral_leaves_the_level_it_was_seen_at(seen: DisputeStatus) -> None:
    assert seen in MACHINE.moves[REFERRALS[seen]].sources
    assert MACHINE.moves[REFERRALS[seen]].target is not seen


def test_viii_a_draft_is_never_the_other_partys_to_move() -> None:
    ways = [way for way in MACHINE.moves.values() if DisputeStatus.DRAFT in way.sources]
    assert {way.act for way in ways} == {Act.RAISE_DISPUTE}
