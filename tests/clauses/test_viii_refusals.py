"""VIII: what comes too late, was seen otherwise or says nothing is refused, and changes nothing."""

import pytest

from bot.agreement.dispute_entries import Grievance, change, discard, send
from bot.agreement.dispute_people import name
from bot.agreement.dispute_settlements import NoteMovedOn, confirm, give_back
from bot.agreement.dispute_steps import add_step
from bot.agreement.disputes import (
    DisputeBlank,
    DisputeDeed,
    DisputeLevel,
    DisputeMovedOn,
    DisputeStatus,
    NoSuchDispute,
)
from tests.handlers import disputing as d
from tests.office import Office, words_of

WORDS = Grievance(title="T", clauses=["VIII"], about="A", sought="S")


def test_viii_a_draft_that_somebody_changed_meanwhile_is_neither_changed_nor_sent_unseen(
    office: Office,
) -> None:
    d.drafted(office)
    office.act("Amina Diallo", change, dispute_id=1, grievance=WORDS, seen=0, through="ilo")

    for verb, facts in ((change, {"grievance": WORDS}), (send, {})):
        with pytest.raises(DisputeMovedOn) as refused:
            office.act("Lucía Romero", verb, dispute_id=1, seen=0, through="ilo", **facts)
        assert refused.value.by == "Amina Diallo"
    assert d.status(office) is DisputeStatus.DRAFT


def test_viii_what_was_sent_is_no_draft_any_more(office: Office) -> None:
    d.drafted(office)
    office.act("Amina Diallo", send, dispute_id=1, seen=0, through="ilo")

    for verb, facts in ((change, {"grievance": WORDS, "seen": 0}), (send, {"seen": 0}), (discard, {})):
        with pytest.raises(DisputeMovedOn):
            office.act("Lucía Romero", verb, dispute_id=1, through="ilo", **facts)
        with pytest.raises(NoSuchDispute):
            office.act("Helena Costa", verb, dispute_id=1, through="iom", **facts)
    d.knock(office, "Lucía Romero", "change")
    assert "has moved on" in words_of(office.told("Lucía Romero"))
    assert d.row(office).title == d.GRIEVANCE["subject"]


def test_viii_a_note_is_confirmed_only_by_the_hash_that_was_seen_and_once(office: Office) -> None:
    d.noted(office)
    key, seal = d.note(office).key, d.note(office).sha256

    with pytest.raises(NoteMovedOn):
        office.act("Helena Costa", confirm, note_id=key, seen="0" * 64)
    with pytest.raises(DisputeBlank):
        office.act("Helena Costa", give_back, note_id=key, reason=" ")
    with pytest.raises(NoSuchDispute):
        office.act("Helena Costa", confirm, note_id=77, seen=seal)
    office.act("Helena Costa", confirm, note_id=key, seen=seal)
    with pytest.raises(NoteMovedOn) as late:
        office.act("Helena Costa", give_back, note_id=key, reason="Too late.")

    assert late.value.by == "Helena Costa"
    assert d.status(office) is DisputeStatus.SETTLED


def test_viii_once_it_is_over_nobody_is_named_and_nothing_is_added(office: Office) -> None:
    d.settled(office)

    with pytest.raises(DisputeMovedOn):
        office.act("Amina Diallo", name, dispute_id=1, level=DisputeLevel.HEADS, people=[], through="ilo")
    with pytest.raises(DisputeMovedOn):
        office.act("Samuel Otieno", add_step, dispute_id=1, deed=DisputeDeed.STATEMENT, text="More.")
    for action in ("step", "note", "refer", "withdraw", "take_up"):
        d.knock(office, "Helena Costa", action)
    d.knock(office, "Helena Costa", "confirm")

    assert d.deeds(office)[-1] == "settled"


def test_viii_a_button_for_a_note_that_nobody_wrote_says_how_it_stands(office: Office) -> None:
    d.taken_up(office)

    for person, app in (("Helena Costa", "iom"), ("Amina Diallo", "ilo")):
        d.knock(office, person, "confirm", "1", app)

    told = words_of(office.told("Helena Costa")) + words_of(office.told("Amina Diallo"))
    assert "has moved on" in told
    assert d.status(office) is DisputeStatus.WORKING_LEVEL
