"""IX.1(b): each party answers for its own acts: every item of a project has a party, a person, and a history."""

import pytest

from bot.agreement import project_items
from bot.agreement.people import Refusal
from bot.agreement.project_answers import GateMovedOn, NothingListed
from bot.agreement.project_items import ItemMovedOn, OwnerUnknown
from bot.agreement.projects import NotAProject
from tests.clauses import preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.preparing import add_item, confirm, fill, look, press, refusals, statuses
from tests.clauses.test_iv_6_1_projects import add
from tests.handlers.pressing import home_words
from tests.office import Office, words_of

LISTING = {"Amina Diallo", "Pierre Favre", "Samuel Otieno", "Mei Chen", "Lucía Romero"}
CONFIRMING = {"Helena Costa", "Omar Haddad", "Grace Wanjiru", "Nadia Petrova", "Linh Tran"}
OTHERS = ["Jonas Weber", "Ravi Menon", "Clara Novak", "Yuki Tanaka", "Ines Martin", "Victor Lang"]


def test_ix_1_b_an_item_has_one_person_who_answers_for_it_and_the_other_party_confirms(
    office: Office,
) -> None:
    add(office)
    add_item(office)

    said = look(office, "Grace Wanjiru", "items")
    assert "*1.* The workshops\nAnswers for it: *Samuel Otieno (ILO)*" in said
    assert "IOM has still to confirm it" in said
    confirm(office, "Grace Wanjiru", "items")

    assert statuses(office)["items"] == "agreed"
    assert "confirmed what ILO had put on record. It is settled." in words_of(office.channel(KENYA))


def test_ix_1_b_the_other_party_is_asked_once_and_not_for_every_line(office: Office) -> None:
    add(office)
    for item in ("The workshops", "The manual", "The budget"):
        add_item(office, item=item)

    asked = [m for m in office.direct("Grace Wanjiru") if "please confirm" in words_of([m])]
    assert len(asked) == 1
    assert "who answers for what of" in home_words(office.home("Grace Wanjiru"))
    assert "who answers for what of" not in home_words(office.home("Samuel Otieno"))


def test_ix_1_b_whoever_changes_the_list_last_puts_the_whole_of_it_to_the_other(office: Office) -> None:
    add(office)
    preparing.items_settled(office)

    add_item(office, "Grace Wanjiru", "The manual")

    assert statuses(office)["items"] == "proposed"
    assert "In this case it is for the other party" in press(
        office, "Helena Costa", "items", "project_gates.confirm"
    )
    confirm(office, "Samuel Otieno", "items")
    assert statuses(office)["items"] == "agreed"


def change(office: Office, name: str, owner: str) -> None:
    press(office, name, "items", "project_items.change")
    fill(office, name, {"owner": owner})


def test_ix_1_b_a_hand_over_within_a_party_needs_nobody_and_the_history_is_kept(office: Office) -> None:
    add(office)
    preparing.items_settled(office)

    change(office, "Samuel Otieno", "Mei Chen (ILO)")

    assert statuses(office)["items"] == "agreed"
    said = look(office, "Grace Wanjiru", "items")
    assert (
        "Answers for it: *Mei Chen (ILO)*; before: Samuel Otieno (ILO) from Monday 23 November 2026" in said
    )


@pytest.mark.parametrize(
    ("name", "owner"),
    [("Samuel Otieno", "Grace Wanjiru (IOM)"), ("Grace Wanjiru", "Mei Chen (ILO)")],
)
def test_ix_1_b_a_hand_over_to_the_other_party_or_by_it_is_to_be_confirmed(
    office: Office, name: str, owner: str
) -> None:
    add(office)
    preparing.items_settled(office)

    change(office, name, owner)

    assert statuses(office)["items"] == "proposed"


def test_ix_1_b_an_item_can_be_dropped_and_an_empty_list_settles_nothing(office: Office) -> None:
    add(office)
    preparing.items_settled(office)

    change(office, "Grace Wanjiru", "Drop this item")

    assert "dropped “The workshops”" in words_of(office.channel(KENYA))
    assert "*No item is listed yet.*" in look(office, "Samuel Otieno", "items")
    with pytest.raises(NothingListed):
        office.act("Samuel Otieno", project_items.confirm_items, gate_id=2, seen=3)
    with pytest.raises(ItemMovedOn) as refused:
        office.act("Samuel Otieno", project_items.drop_item, item_id=1)
    assert refused.value.by == "Grace Wanjiru"


def test_ix_1_b_two_hand_overs_at_once_make_one_and_the_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    add_item(office)
    press(office, "Grace Wanjiru", "items", "project_items.change")
    change(office, "Amina Diallo", "Mei Chen (ILO)")

    fill(office, "Grace Wanjiru", {"owner": "Grace Wanjiru (IOM)"})

    assert "Amina Diallo changed “The workshops”" in preparing.shown(office, "Grace Wanjiru")
    assert "*Mei Chen (ILO)*" in look(office, "Grace Wanjiru", "items")


def test_ix_1_b_nobody_confirms_a_list_they_have_not_seen(office: Office) -> None:
    add(office)
    add_item(office)
    press(office, "Grace Wanjiru", "items", "project_gates.confirm")
    add_item(office, item="The manual")

    fill(office, "Grace Wanjiru", {})

    assert statuses(office)["items"] == "proposed"


@pytest.mark.parametrize("name", OTHERS)
def test_ix_1_b_nobody_without_a_mandate_for_the_substance_lists_or_confirms(
    office: Office, name: str
) -> None:
    add(office)
    add_item(office)
    before = len(refusals(office))

    for verb, facts in (
        (project_items.add_item, {"project_id": 1, "item": "x", "owner_id": 1}),
        (project_items.assign_item, {"item_id": 1, "owner_id": 1, "seen": 1}),
        (project_items.drop_item, {"item_id": 1}),
        (project_items.confirm_items, {"gate_id": 2, "seen": 1}),
    ):
        with pytest.raises(Refusal):
            office.act(name, verb, **facts)

    assert len(refusals(office)) == before + 4
    assert statuses(office)["items"] == "proposed"


@pytest.mark.parametrize("name", sorted(LISTING | CONFIRMING))
def test_ix_1_b_only_the_party_that_did_not_state_the_list_confirms_it(office: Office, name: str) -> None:
    add(office)
    add_item(office)

    if name in CONFIRMING:
        office.act(name, project_items.confirm_items, gate_id=2, seen=1)
    else:
        with pytest.raises(Refusal):
            office.act(name, project_items.confirm_items, gate_id=2, seen=1)

    assert (statuses(office)["items"] == "agreed") is (name in CONFIRMING)


def test_ix_1_b_a_field_that_cannot_be_used_is_named_and_keeps_what_was_typed(office: Office) -> None:
    add(office)

    assert list(add_item(office, item="  ").errors) == ["item"]
    with pytest.raises(OwnerUnknown):
        office.act("Samuel Otieno", project_items.add_item, project_id=1, item="x", owner_id=999)
    with pytest.raises(GateMovedOn):
        office.act("Grace Wanjiru", project_items.confirm_items, gate_id=1, seen=0)


def test_ix_1_b_an_opportunity_has_no_list(office: Office) -> None:
    add(office, kind="opportunity", starts_on=None, ends_on=None)

    with pytest.raises(NotAProject):
        office.act("Samuel Otieno", project_items.add_item, project_id=1, item="x", owner_id=1)


def test_ix_1_b_an_item_in_a_running_project_is_confirmed_and_the_project_goes_on(office: Office) -> None:
    preparing.started(office)

    add_item(office, item="The second phase")
    assert (statuses(office)["items"], preparing.project(office).status.value) == ("proposed", "running")
    confirm(office, "Grace Wanjiru", "items")
    assert statuses(office)["items"] == "agreed"


def test_ix_1_b_hostile_and_long_words_stay_words(office: Office) -> None:
    add(office)
    for _ in range(25):
        add_item(office, item="<!channel> & *x* " + "y" * 120)

    said = look(office, "Grace Wanjiru", "items")
    assert "<!channel>" not in said
    assert "&lt;!channel&gt; &amp;" in said
    assert "The latest 20 of 25 items" in said
    assert "<!channel>" not in words_of(office.channel(KENYA))
    press(office, "Grace Wanjiru", "items", "project_gates.confirm")
    assert "and 10 more" in preparing.shown(office, "Grace Wanjiru")
