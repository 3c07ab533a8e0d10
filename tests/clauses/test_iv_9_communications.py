"""IV.9 and IV.10: what both parties publish is cleared by each, version by version, before anybody sees it."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import communication_clearances, communication_releases
from bot.agreement.activities import Activity
from bot.agreement.communication_drafts import seal
from bot.agreement.communications import CommunicationStatus, NoSuchCommunication, clearances
from bot.agreement.people import Refusal
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

DRAFTERS = ["Amina Diallo", "Pierre Favre", "Samuel Otieno", "Helena Costa", "David Okafor", "Grace Wanjiru"]
VERBS = {
    "communications.clear": communication_clearances.clear,
    "communications.send_back": communication_clearances.send_back,
}
NOT_DRAFTING = ["Jonas Weber", "Lucía Romero", "Ravi Menon", "Yuki Tanaka", "Clara Novak", "Victor Lang"]


def test_iv_9_a_draft_is_shown_in_the_channel_without_its_text_and_sent_to_both_officers(
    office: Office,
) -> None:
    result = draft(office)

    assert result.ok
    card = words_of([m for m in office.channel(LIAISON) if "2026/1" in m["text"]])
    assert "Fair recruitment from Kenya" in card
    assert "Waiting to be cleared by both parties." in card
    assert "Tuesday 1 December 2026 at 06:00 (Geneva time), under embargo" in card
    assert TEXT not in card
    assert "We work together" not in card
    for name in ("Mei Chen", "David Okafor"):
        assert TEXT in words_of(office.direct(name))
        assert "*Link:* <https://example.org/fair>" in words_of(office.direct(name))
    assert TEXT not in words_of(office.direct("Jonas Weber"))


@pytest.mark.parametrize("name", DRAFTERS)
def test_iv_9_those_who_work_on_the_substance_may_draft(office: Office, name: str) -> None:
    assert draft(office, name).ok
    assert row(office).party == ("ilo" if name in DRAFTERS[:3] else "iom")


@pytest.mark.parametrize("name", NOT_DRAFTING)
def test_iv_9_nobody_else_may_draft(office: Office, name: str) -> None:
    if name == "Victor Lang":
        draft(office)
        told = office.click(name, "communications.revise")
    else:
        told = office.command(name, "/communication draft")

    assert told
    assert len(refused(office)) == 1
    assert office.slack.modal(office.id(name)) is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"subject": " "}, "subject", "both parties need it"),
        ({"audience": " "}, "audience", "both parties need it"),
        ({"outlet": " "}, "outlet", "both parties need it"),
        ({"text_en": "", "text_fr": ""}, "text_en", "at least one language"),
        ({"quotes": "We work together."}, "quotes", "does not say who is quoted"),
        ({"link": "example"}, "link", "is not a web address"),
        ({"strategy": "not_relevant"}, "strategy_note", "why the strategy"),
        ({"release_on": date(2026, 11, 22)}, "release_on", "lies in the past"),
        ({"release_on": date(2026, 11, 23)}, "release_time", "lies in the past"),
        (
            {"release_on": date(2027, 3, 28), "release_time": "02:30"},
            "release_time",
            "This time does not exist on that day",
        ),
    ],
)
def test_iv_9_what_is_wrong_is_said_beside_its_field(
    office: Office, changes: dict[str, Any], field: str, sentence: str
) -> None:
    result = draft(office, **changes)

    assert sentence in result.errors[field]
    assert office.modal("Mei Chen")["callback_id"] == "communications.draft"


def test_iv_9_the_time_is_the_one_of_the_zone_that_was_chosen(office: Office) -> None:
    draft(office, zone="Africa/Nairobi")

    assert row(office).release_at.hour == 3
    assert "06:00 (Nairobi time); Tuesday 1 December 2026 at 04:00 (Geneva time)" in words_of(
        office.channel(LIAISON)
    )


def test_iv_9_the_form_begins_in_the_zone_where_the_person_works(office: Office) -> None:
    office.command("Samuel Otieno", "/communication draft")

    blocks = {
        block["block_id"]: block for block in office.modal("Samuel Otieno")["blocks"] if "element" in block
    }
    assert blocks["zone"]["element"]["initial_option"]["value"] == "Africa/Nairobi"


def test_iv_9_each_version_is_sealed_over_all_its_languages(office: Office) -> None:
    draft(office)
    texts = {"en": PRESS["text_en"], "fr": PRESS["text_fr"]}

    sealed = seal(PRESS["subject"], texts, PRESS["quotes"], PRESS["link"])

    assert version(office).sha256 == sealed
    assert sealed != seal(PRESS["subject"], {**texts, "fr": "Autre."}, PRESS["quotes"], PRESS["link"])
    assert sealed in words_of(office.direct("David Okafor"))


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


@pytest.mark.parametrize(
    "name", ["Amina Diallo", "Pierre Favre", "Mei Chen", "Helena Costa", "Omar Haddad", "David Okafor"]
)
def test_iv_9_before_the_release_few_read_the_text(office: Office, name: str) -> None:
    draft(office)

    office.click(name, "communications.read")

    assert TEXT in modal_words(office, name)
    assert "Le recrutement équitable" in modal_words(office, name)


@pytest.mark.parametrize("name", ["Samuel Otieno", "Lucía Romero", "Yuki Tanaka", "Ines Martin"])
def test_iv_9_before_the_release_others_do_not(office: Office, name: str) -> None:
    draft(office)

    told = office.click(name, "communications.read")

    assert "The text of 2026/1 is not released." in told
    assert TEXT not in told
    assert len(refused(office)) == 1


def test_iv_9_the_author_reads_their_own_text(office: Office) -> None:
    draft(office, "Samuel Otieno")

    office.click("Samuel Otieno", "communications.read")

    assert TEXT in modal_words(office, "Samuel Otieno")


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


def test_iv_10_why_the_strategy_is_not_relevant_is_on_the_card(office: Office) -> None:
    draft(office, strategy="not_relevant", strategy_note="A job notice.")

    clear(office, "David Okafor")

    assert "not relevant here. A job notice." in words_of(office.channel(LIAISON))


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


def test_iv_9_a_reminder_that_was_missed_comes_late(office: Office) -> None:
    draft(office)

    office.clock.move_to(row(office).release_at.replace(day=30, month=11, hour=10))
    office.tick()

    (asked,) = [m for m in office.direct("David Okafor") if "not cleared it" in m["text"]]
    assert "ILO and IOM have not cleared" in words_of([asked])


def test_iii_2_a_campaign_is_an_activity(office: Office) -> None:
    draft(office, kind="campaign")
    draft(office)

    with office.reading() as desk:
        (activity,) = desk.session.exec(select(Activity)).all()
    assert (activity.clause, activity.title) == ("III.2", PRESS["subject"])
    assert activity.starts_on == date(2026, 12, 1)


def test_iv_9_hostile_words_stay_words(office: Office) -> None:
    hostile = "<!channel> *bold* & " + "x" * 120
    draft(office, subject=hostile, text_en="<!here> & " * 290, outlet="<@U1>")

    (card,) = [m for m in office.channel(LIAISON) if "2026/1" in m["text"]]
    # The headline is plain text, in which Slack calls nobody.
    said = "\n".join([card["text"], *(b["text"]["text"] for b in card["blocks"] if b["type"] == "section")])
    assert "&lt;!channel&gt; *bold* &amp;" in said
    assert "<!channel>" not in said
    assert "&lt;@U1&gt;" in said
    office.click("David Okafor", "communications.read")
    assert "<!here>" not in modal_words(office, "David Okafor")


def test_iv_9_the_calendar_lists_what_is_to_come(office: Office) -> None:
    assert "Nothing is planned" in office.command("Jonas Weber", "/communication list")
    draft(office, subject="Later", release_on=date(2026, 12, 20))
    draft(office, subject="Sooner")

    told = office.command("Jonas Weber", "/communication list")

    assert told.index("Sooner") < told.index("Later")
    assert "Waiting to be cleared by both parties." in told
    assert TEXT not in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("/communication show 2026/1", "Fair recruitment from Kenya"),
        ("/communication show 2026/9", "There is no communication 2026/9"),
        ("/communication show", "Which communication do you mean?"),
        ("/communication help", "Nothing is ever published from here"),
    ],
)
def test_iv_9_one_communication_by_its_number(office: Office, words: str, sentence: str) -> None:
    draft(office)

    told = office.command("Jonas Weber", words)

    assert sentence in told
    assert TEXT not in told


def test_iv_9_what_waits_for_clearance_is_in_the_home_of_the_officer_alone(office: Office) -> None:
    draft(office)

    view = office.home("David Okafor")

    assert ("communications.read", "1") in buttons(view["blocks"])
    assert ("communications.read", "1") not in buttons(office.home("Helena Costa")["blocks"])
    office.click("David Okafor", "communications.read", where="home")
    press_modal(office, "David Okafor", "communications.clear")
    assert ("communications.read", "1") not in buttons(office.home("David Okafor")["blocks"])
