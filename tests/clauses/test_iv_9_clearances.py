"""IV.9 and IV.10: each side clears exactly one version, and a new version needs both clearances anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from bot.agreement import communication_clearances, communication_releases
from bot.agreement.communications import CommunicationStatus, NoSuchCommunication, clearances
from bot.agreement.people import Mandate, Refusal
from bot.agreement.rights import Role
from handlers.errors import sentence
from tests.clauses.drafting import (
    LIAISON,
    PRESS,
    TEXT,
    clear,
    draft,
    events,
    refused,
    row,
    version,
)
from tests.handlers.pressing import buttons, modal_words, press_modal
from tests.office import Office, words_of

VERBS = {
    "communications.clear": communication_clearances.clear,
    "communications.send_back": communication_clearances.send_back,
}


def test_iv_9_both_sides_clear_and_everybody_sees_who_in_which_capacity_and_when(office: Office) -> None:
    draft(office)

    clear(office, "Mei Chen")
    assert row(office).status is CommunicationStatus.IN_CLEARANCE
    clear(office, "David Okafor")

    assert row(office).status is CommunicationStatus.CLEARED
    said = words_of(office.channel(LIAISON))
    assert "ILO: cleared by Mei Chen, communications officer, on Monday 23 November 2026" in said
    assert "IOM: cleared by David Okafor, communications officer, on Monday 23 November 2026" in said
    assert "Both parties have cleared version 1" in said
    assert ("communications.clear", "1") not in buttons(office.direct("David Okafor")[-1]["blocks"])


@pytest.mark.parametrize("action", ["clear", "send_back"])
@pytest.mark.parametrize(
    "name", ["Amina Diallo", "Helena Costa", "Omar Haddad", "Grace Wanjiru", "Yuki Tanaka", "Nadia Petrova"]
)
def test_iv_9_only_communications_officers_clear_and_contact_points_do_not(
    office: Office, name: str, action: str
) -> None:
    draft(office)

    told = press_version(office, name, f"communications.{action}")

    assert "communications officer can clear a text for its party" in told
    assert len(refused(office)) == 1
    assert row(office).status is CommunicationStatus.IN_CLEARANCE


@pytest.mark.parametrize("name", ["Clara Novak", "Victor Lang"])
def test_iv_9_strangers_clear_nothing(office: Office, name: str) -> None:
    draft(office)

    assert office.click(name, "communications.read")
    assert office.click(name, "communications.withdraw")
    assert len(refused(office)) == 2
    assert office.slack.modal(office.id(name)) is None


def press_version(office: Office, name: str, action: str) -> str:
    """Press a button as if an old message had it: whoever comes by must be asked for their right."""
    verb = VERBS[action]
    facts = {"comments": "No."} if action.endswith("send_back") else {}
    with pytest.raises(Refusal) as refusal:
        office.act(name, verb, version_id=1, **facts)
    return sentence(refusal.value)


def test_iv_9_the_author_cannot_clear_for_the_other_side(office: Office) -> None:
    draft(office)
    clear(office, "Mei Chen")

    with office.reading() as desk:
        said = clearances(desk.session, version(office))
    assert [(one.party, one.status.value) for one in said] == [("ilo", "cleared"), ("iom", "waiting")]


def test_iv_9_the_second_officer_of_a_party_is_told_who_was_first(office: Office) -> None:
    draft(office)
    clear(office, "Mei Chen")

    told = press_version(office, "Mei Chen", "communications.clear")

    assert "Mei Chen (ILO) was first, on Monday 23 November 2026 at 10:00 (Geneva time)" in told
    assert "version 1 of 2026/1 is cleared for ILO" in told
    assert len(events(office, "communication_cleared")) == 1


def test_iv_9_a_version_is_sent_back_with_comments_that_only_the_drafting_side_reads(office: Office) -> None:
    draft(office, "Samuel Otieno")

    office.click("David Okafor", "communications.send_back", where="direct")
    result = office.submit("David Okafor", {"comments": "Please name the *donor* & <!channel>."})
    office.deliver()

    assert result.ok
    assert row(office).status is CommunicationStatus.RETURNED
    assert "Sent back with comments" in words_of(office.channel(LIAISON))
    assert "name the *donor*" not in words_of(office.channel(LIAISON))
    for name in ("Samuel Otieno", "Mei Chen"):
        assert "Please name the *donor* &amp; &lt;!channel&gt;." in words_of(office.direct(name))


def test_iv_9_comments_are_needed(office: Office) -> None:
    draft(office)
    office.click("David Okafor", "communications.send_back", where="direct")

    result = office.submit("David Okafor", {"comments": "  "})

    assert "both parties need it" in result.errors["comments"]


def test_iv_9_a_new_version_voids_the_clearances_and_the_old_one_cannot_be_cleared(office: Office) -> None:
    draft(office)
    clear(office, "Mei Chen")
    clear(office, "David Okafor")

    office.click("Mei Chen", "communications.revise")
    result = office.submit("Mei Chen", {"text_en": "A better text."})
    office.deliver()

    assert result.ok
    assert row(office).status is CommunicationStatus.IN_CLEARANCE
    assert row(office).version == 2
    assert version(office).text_fr == PRESS["text_fr"]
    assert "Replaced by version 2" in words_of(office.direct("David Okafor"))
    told = press_version(office, "David Okafor", "communications.clear")
    assert "Version 1 of 2026/1 is not the current one any more: version 2 has replaced it" in told
    clear(office, "David Okafor")
    with office.reading() as desk:
        assert [one.status.value for one in clearances(desk.session, version(office))] == [
            "waiting",
            "cleared",
        ]


def test_iv_9_what_the_other_party_sent_back_is_not_cleared_any_more(office: Office) -> None:
    draft(office)
    office.click("David Okafor", "communications.send_back", where="direct")
    office.submit("David Okafor", {"comments": "Shorter, please."})

    told = press_version(office, "Mei Chen", "communications.clear")

    assert "Sent back with comments; a new version is awaited." in told


def test_iv_9_what_was_withdrawn_is_not_written_anew(office: Office) -> None:
    draft(office)
    office.click("Mei Chen", "communications.revise")
    office.click("Helena Costa", "communications.withdraw")
    office.submit("Helena Costa", {"reason": "Overtaken."})

    office.submit("Mei Chen", {"text_en": "Another text."})

    assert "That was done by Helena Costa (IOM)" in modal_words(office, "Mei Chen")
    assert version(office).text_en == TEXT


@pytest.mark.parametrize("verb", ["clear", "withdraw"])
def test_iv_9_what_does_not_exist_cannot_be_cleared_or_withdrawn(office: Office, verb: str) -> None:
    acts: dict[str, Any] = {
        "clear": (communication_clearances.clear, {"version_id": 9}),
        "withdraw": (communication_releases.withdraw, {"communication_id": 9, "reason": "Because."}),
    }
    act, facts = acts[verb]

    with pytest.raises(NoSuchCommunication):
        office.act("Mei Chen", act, **facts)


def test_iv_9_of_two_new_versions_at_once_the_second_is_told(office: Office) -> None:
    draft(office)
    office.click("Mei Chen", "communications.revise")
    office.click("Amina Diallo", "communications.revise")
    office.submit("Amina Diallo", {"text_en": "Amina's text."})

    office.submit("Mei Chen", {"text_en": "Mei's text."})

    assert "version 2 has replaced it" in modal_words(office, "Mei Chen")
    assert version(office).text_en == "Amina's text."


@pytest.mark.parametrize("name", ["Helena Costa", "David Okafor", "Samuel Otieno", "Jonas Weber"])
def test_iv_9_a_new_version_is_for_the_drafting_side(office: Office, name: str) -> None:
    draft(office)

    assert office.click(name, "communications.revise")

    assert len(refused(office)) == 1
    assert office.slack.modal(office.id(name)) is None


def test_iv_9_whoever_reads_the_text_in_full_can_clear_it_there(office: Office) -> None:
    draft(office)
    office.click("David Okafor", "communications.read")

    press_modal(office, "David Okafor", "communications.clear")

    assert "IOM: cleared by David Okafor" in modal_words(office, "David Okafor")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"strategy": "not_yet"}, "nobody has said whether the strategy of the UN Network on Migration"),
    ],
)
def test_iv_10_nobody_clears_before_the_networks_strategy_is_looked_at(
    office: Office, changes: dict[str, Any], sentence: str
) -> None:
    draft(office, kind="op_ed", **changes)

    assert sentence in clear(office, "David Okafor")

    assert row(office).status is CommunicationStatus.IN_CLEARANCE
    assert row(office).clause == "IV.10"


def test_iv_9_what_was_planned_for_a_time_that_has_passed_cannot_be_cleared(office: Office) -> None:
    draft(office)
    office.pass_to(date(2026, 12, 2))

    told = clear(office, "David Okafor")

    assert "Please postpone the release first" in told


def test_iv_9_missing_clearances_are_asked_for_again_before_the_release_once(office: Office) -> None:
    draft(office)
    clear(office, "Mei Chen")
    before = words_of(office.direct("Mei Chen"))

    office.pass_to(date(2026, 11, 27))
    office.tick()

    asked = [m for m in office.direct("David Okafor") if "not cleared it" in m["text"]]
    assert len(asked) == 1
    assert "IOM has not cleared version 1" in words_of(asked)
    assert words_of(office.direct("Mei Chen")) == before


def test_iv_9_what_waits_for_clearance_is_in_the_home_of_the_officer_alone(office: Office) -> None:
    draft(office)

    view = office.home("David Okafor")

    assert ("communications.read", "1") in buttons(view["blocks"])
    assert ("communications.read", "1") not in buttons(office.home("Helena Costa")["blocks"])
    office.click("David Okafor", "communications.read", where="home")
    press_modal(office, "David Okafor", "communications.clear")
    assert ("communications.read", "1") not in buttons(office.home("David Okafor")["blocks"])


@pytest.mark.parametrize("kind", ["office", pytest.param("office_on_postgres", marks=pytest.mark.postgres)])
def test_iv_9_of_two_officers_of_a_party_who_clear_at_once_one_wins_and_the_other_is_told(
    kind: str, request: pytest.FixtureRequest
) -> None:
    office: Office = request.getfixturevalue(kind)
    with office.database.writing() as session:
        session.add(Mandate(person_id=office.person("Amina Diallo").key, role=Role.COMMUNICATIONS))
    draft(office)

    def press(name: str) -> str:
        try:
            office.house.secretariat.act(office.who(name), communication_clearances.clear, version_id=1)
        except Refusal as refusal:
            return sentence(refusal)
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, ["Amina Diallo", "Mei Chen"]))

    assert told[0] == ""
    assert "(ILO) was first" in told[1]
    assert len(events(office, "communication_cleared")) == 1
