"""IV.5 and III.1 through the door: items are written, filled in, changed, dropped and reported on."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.activities import Activity
from bot.agreement.workplan_items import ItemStatus, Progress, WorkplanItem
from bot.agreement.workplans import WorkplanStatus
from tests.handlers.pressing import buttons, modal_words, press_told
from tests.office import Office, words_of
from tests.planning import (
    KENYA,
    LIAISON,
    add,
    adopt,
    close_all,
    in_force,
    item,
    plans,
    progress,
    propose,
    refusals,
    shown,
)

REST: dict[str, Any] = {
    "themes": ["research", "data"],
    "partner": "Ministry of Labour",
    "constituents": ["governments", "workers"],
    "country": "ke",
    "indicator": "Study published",
    "target": "One study",
    "tags": ["SDG 10.7", "GCM 6", "whole_of_society"],
    "funding": "funded",
}
NOT_WRITING = ["Jonas Weber", "Ravi Menon", "Yuki Tanaka", "Ines Martin", "Clara Novak"]


def items(office: Office) -> list[WorkplanItem]:
    with office.reading() as desk:
        return list(desk.session.exec(select(WorkplanItem)).all())


def option(office: Office, name: str, field: str) -> list[str]:
    (block,) = [block for block in office.modal(name)["blocks"] if block.get("block_id") == field]
    return [option["text"]["text"] for option in block["element"].get("options", [])]


def test_an_item_is_written_in_two_forms_and_shown_in_full(office: Office) -> None:
    add(office, priority="c", means=["1", "2"], due_on=date(2027, 1, 20))
    office.submit("Amina Diallo", REST)
    office.deliver()

    said = shown(office, "Helena Costa")

    for line in (
        "*Where it stands:* planned",
        "*Money and staff* (III.1): funded",
        "*Lead:* ILO",
        "*Due:* Wednesday 20 January 2027",
        "*Area:* Joint strategies, Data, Research",
        "*Priority:* Fair recruitment",
        "*Means of action:* Knowledge and communication, Technical assistance",
        "*Place:* Kenya",
        "*Partner:* Ministry of Labour",
        "*Constituents* (IV.5-4): governments, workers' organizations",
        "*Indicator:* Study published",
        "*Target:* One study",
        "*Tags* (II): GCM 6 (Fair recruitment and decent work), SDG 10.7",
        "whole of society",
        "added by Amina Diallo (ILO)",
        "changed by Amina Diallo (ILO): themes, partner, constituents, country",
    ):
        assert line in said
    assert office.slack.modal(office.id("Amina Diallo")) is None


def test_the_form_begins_with_the_place_of_the_channel_and_offers_people_of_both_parties(
    office: Office,
) -> None:
    office.command("Grace Wanjiru", "/workplan add", channel=KENYA)

    (place,) = [
        block for block in office.modal("Grace Wanjiru")["blocks"] if block.get("block_id") == "place"
    ]
    assert place["element"]["initial_option"]["text"]["text"] == "Kenya (country)"
    people = option(office, "Grace Wanjiru", "lead_person_id")
    assert "Samuel Otieno (ILO)" in people
    assert "Helena Costa (IOM)" in people
    assert "Jonas Weber (ILO)" not in people


@pytest.mark.parametrize("name", NOT_WRITING)
def test_nobody_without_a_mandate_for_the_substance_writes_items(office: Office, name: str) -> None:
    told = office.command(name, "/workplan add")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


@pytest.mark.parametrize(
    ("name", "place", "sentence"),
    [
        ("Grace Wanjiru", "Global", "the global workplan is kept by headquarters (IV.5-2)"),
        ("Linh Tran", "Kenya (country)", "your office (Bangkok) does not serve Kenya"),
        ("Anan Srisai", "Africa (region)", "your office (Bangkok) does not serve Africa"),
    ],
)
def test_people_of_the_field_write_for_their_own_place_only(
    office: Office, name: str, place: str, sentence: str
) -> None:
    office.command(name, "/workplan add")
    office.submit(name, {"subject": "X", "area": "A-COOP", "place": place})

    assert sentence in modal_words(office, name)
    assert items(office) == []
    assert len(refusals(office)) == 1


def test_people_of_the_field_write_for_their_country_and_its_region(office: Office) -> None:
    for place in ("Kenya (country)", "Africa (region)"):
        add(office, "Grace Wanjiru", place=place)
        close_all(office, "Grace Wanjiru")

    assert [row.scope for row in items(office)] == ["KE", "Africa"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"subject": "   "}, "subject", "Please fill this in"),
        ({"due_on": date(2026, 11, 22)}, "due_on", "today is Monday 23 November 2026"),
        ({"lead_person_id": "Helena Costa (IOM)"}, "lead_person_id", "does not belong to ILO, which leads"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    office: Office, changes: dict[str, Any], field: str, sentence: str
) -> None:
    result = add(office, **changes)

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert items(office) == []
    assert office.slack.modal(office.id("Amina Diallo")) is not None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"country": "XX"}, "country", "“XX” is not the code of a country"),
        ({"funding": "partly"}, "funding_reason", "Please say why money or staff are missing"),
        ({"funding": "not_funded", "funding_reason": " "}, "funding_reason", "a lawful one (III.1)"),
    ],
)
def test_the_rest_of_an_item_is_checked_too(
    office: Office, changes: dict[str, Any], field: str, sentence: str
) -> None:
    add(office)

    result = office.submit("Amina Diallo", changes)

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert item(office).country == ""


def test_a_global_item_follows_no_other(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    result = add(office, maps_to="2026/1 Study of recruitment costs")

    assert list(result.errors) == ["maps_to"]


def test_what_people_type_is_inert(office: Office) -> None:
    add(office, subject="<!channel> & *bold* " + "x" * 120)
    office.submit("Amina Diallo", {"partner": "<@U0IOMCOSTA>", "target": "a & b"})
    office.deliver()

    said = words_of(office.channel(LIAISON)) + shown(office)

    assert "<!channel>" not in words_of(
        [{"text": message["text"], "blocks": message["blocks"][1:]} for message in office.channel(LIAISON)]
    )
    assert "&lt;!channel&gt; &amp; *bold*" in said
    assert "&lt;@U0IOMCOSTA&gt;" in said
    assert "a &amp; b" in said


def test_an_item_is_changed_and_its_history_says_by_whom(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    office.command("Helena Costa", "/workplan update 2026/1")
    assert office.submit("Helena Costa", {"subject": "Study of costs", "due_on": date(2027, 3, 1)}).ok
    office.deliver()

    assert "changed by Helena Costa (IOM): title, due date" in shown(office)
    assert "Helena Costa (IOM) changed item *2026/1*, “Study of costs”: title, due date." in words_of(
        office.channel(LIAISON)
    )
    assert item(office).revision == 1
    with office.reading() as desk:
        (activity,) = desk.session.exec(select(Activity)).all()
        assert (activity.subject, activity.title, activity.ends_on) == (
            "item:1",
            "Study of costs",
            date(2027, 3, 1),
        )


def test_a_form_that_says_nothing_new_changes_nothing(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    office.command("Helena Costa", "/workplan update 2026/1")
    assert "Study of recruitment costs" in str(office.modal("Helena Costa"))
    office.submit("Helena Costa", {})

    assert "item 2026/1 says this already" in modal_words(office, "Helena Costa")
    assert item(office).revision == 0


@pytest.mark.parametrize("first", ["update", "more"])
def test_whoever_sends_an_older_form_in_second_is_told_who_was_first(office: Office, first: str) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    for name in ("Amina Diallo", "Helena Costa"):
        shown(office, name)
        press_told(office, name, f"workplans.{first}")
    change = {"subject": "By the first"} if first == "update" else {"target": "First"}
    office.submit("Helena Costa", change)

    result = office.submit("Amina Diallo", dict.fromkeys(change, "Second"))

    (said,) = result.errors.values()
    assert "Helena Costa (IOM) changed item 2026/1 on Monday 23 November 2026" in said
    assert "Second" not in (item(office).title, item(office).target)


@pytest.mark.parametrize("name", NOT_WRITING)
@pytest.mark.parametrize("action", ["update", "more", "drop"])
def test_nobody_without_a_mandate_changes_an_item(office: Office, name: str, action: str) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    shown(office, "Helena Costa")
    with office.reading() as desk:
        before = desk.session.exec(select(WorkplanItem)).one().model_dump()

    told = office.command(name, "/workplan update 2026/1") if action == "update" else "x"
    if action != "update" and name != "Clara Novak":
        told = progress(office, name, action)

    assert told
    assert office.slack.modal(office.id(name)) is None
    with office.reading() as desk:
        assert desk.session.exec(select(WorkplanItem)).one().model_dump() == before


def test_a_dropped_item_leaves_the_draft_and_can_be_put_back(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    shown(office, "Omar Haddad")

    progress(office, "Helena Costa", "drop")
    assert item(office).status is ItemStatus.DROPPED
    told = press_told_again(office, "Omar Haddad", "workplans.drop")
    assert "Helena Costa (IOM) has dropped item 2026/1 already" in told
    assert "was dropped from the workplan" in report_by_old_card(office, "Amina Diallo")

    progress(office, "Omar Haddad", "take_up")
    assert item(office).status is ItemStatus.PLANNED
    said = words_of(office.channel(LIAISON))
    assert "Helena Costa (IOM) dropped item *2026/1*" in said
    assert "Omar Haddad (IOM) put item *2026/1*" in said


def press_told_again(office: Office, name: str, action: str) -> str:
    """Press a button of an answer that was given before things moved on."""
    return press_told(office, name, action)


def report_by_old_card(office: Office, name: str) -> str:
    from bot.agreement.people import Refusal
    from bot.agreement.workplan_progress import report_progress
    from handlers.errors import sentence

    with pytest.raises(Refusal) as refused:
        office.act(name, report_progress, item_id=1, progress=Progress.DONE)
    return sentence(refused.value)


def test_a_change_after_the_proposal_makes_a_new_version_and_voids_the_adoption(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    propose(office)
    adopt(office, "Amina Diallo")

    office.command("Helena Costa", "/workplan update 2026/1")
    assert "Version 1 has been proposed. If you change what it says" in modal_words(office, "Helena Costa")
    office.submit("Helena Costa", {"subject": "Another study"})
    office.deliver()

    assert [(plan.version, plan.status) for plan in plans(office)] == [
        (1, WorkplanStatus.VOID),
        (2, WorkplanStatus.DRAFT),
    ]
    assert "does not stand any more" in words_of(office.direct("Amina Diallo"))
    old = office.channel(LIAISON)[0]
    assert "Changed after it was proposed; it does not stand any more." in words_of([old])
    assert "*Adopted, but changed afterwards, so this does not count:* Amina Diallo" in words_of([old])
    assert "workplans.adopt" not in dict(buttons(old["blocks"]))


def test_money_is_reported_without_a_new_version(office: Office) -> None:
    in_force(office)
    shown(office, "Helena Costa")
    press_told(office, "Helena Costa", "workplans.more")

    office.submit("Helena Costa", {"funding": "partly", "funding_reason": "Half is pledged."})
    office.deliver()

    assert [plan.version for plan in plans(office)] == [1]
    assert "This is no part of what the parties adopt" in words_of(office.channel(LIAISON))
    assert "*Money and staff* (III.1): 1 funded in part." in words_of(office.channel(LIAISON)[:1])
