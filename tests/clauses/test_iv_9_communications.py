"""III.2, IV.9 and IV.10: what both parties publish is drafted, and its text is shown to few before its release."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.activities import Activity
from bot.agreement.communication_drafts import seal
from tests.clauses.drafting import (
    LIAISON,
    PRESS,
    TEXT,
    clear,
    draft,
    refused,
    row,
    version,
)
from tests.handlers.pressing import modal_words
from tests.office import Office, words_of

DRAFTERS = ["Amina Diallo", "Pierre Favre", "Samuel Otieno", "Helena Costa", "David Okafor", "Grace Wanjiru"]


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


def test_iv_10_why_the_strategy_is_not_relevant_is_on_the_card(office: Office) -> None:
    draft(office, strategy="not_relevant", strategy_note="A job notice.")

    clear(office, "David Okafor")

    assert "not relevant here. A job notice." in words_of(office.channel(LIAISON))


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
