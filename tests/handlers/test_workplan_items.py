"""IV.5 and III.1 through the door: items are written, filled in, changed, dropped and reported on."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.activities import Activity
from bot.agreement.workplan_items import Funding, ItemStatus, Progress, WorkplanItem
from bot.agreement.workplans import WorkplanStatus
from tests.handlers.pressing import buttons, modal_words, press_modal, press_told
from tests.office import Office, words_of
from tests.planning import KENYA, LIAISON, add, adopt, close_all, in_force, item, plans, propose, refusals

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


def shown(office: Office, name: str = "Amina Diallo", number: str = "2026/1") -> str:
    return office.command(name, f"/workplan show {number}")


def progress(office: Office, name: str, action: str, number: str = "2026/1") -> str:
    """Press one of the buttons of the item's card."""
    shown(office, name, number)
    said = press_told(office, name, f"workplans.{action}")
    office.deliver()
    return said


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


@pytest.mark.parametrize(
    ("action", "said", "status"),
    [
        ("on_track", "on track", ItemStatus.UNDER_WAY),
        ("done", "done", ItemStatus.DONE),
        ("delayed", "delayed", ItemStatus.UNDER_WAY),
    ],
)
def test_one_tap_says_how_an_item_goes(office: Office, action: str, said: str, status: ItemStatus) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    progress(office, "Mei Chen", action)

    assert item(office).status is status
    assert f"Mei Chen (ILO) reports on item *2026/1*, “Study of recruitment costs”: *{said}*." in words_of(
        office.channel(LIAISON)
    )
    assert f"reported by Mei Chen (ILO), {said}" in shown(office)


def test_a_report_is_no_change_of_what_was_adopted(office: Office) -> None:
    in_force(office)

    progress(office, "Amina Diallo", "on_track")

    (plan,) = plans(office)
    assert plan.status is WorkplanStatus.IN_FORCE
    assert "*Progress:* 1 under way" in words_of(office.channel(LIAISON)[:1])


def test_the_other_side_does_not_report_on_what_it_does_not_lead(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    told = progress(office, "Helena Costa", "on_track")

    assert "The other party leads this item" in told
    assert item(office).progress is None
    assert [refused.event for refused in refusals(office)] == ["report_progress"]


@pytest.mark.parametrize("name", ["Amina Diallo", "Helena Costa"])
def test_either_side_reports_on_what_both_lead(office: Office, name: str) -> None:
    add(office, lead_party="both")
    close_all(office, "Amina Diallo")

    progress(office, name, "delayed")

    assert item(office).progress is Progress.DELAYED


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon"])
def test_nobody_without_a_mandate_reports(office: Office, name: str) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    told = progress(office, name, "done")

    assert "can say how an item of a workplan goes (IV.5, III.1)" in told
    assert item(office).progress is None


def test_a_focal_point_of_elsewhere_does_not_report(office: Office) -> None:
    add(office, "Samuel Otieno", KENYA)
    close_all(office, "Samuel Otieno")

    told = progress(office, "Anan Srisai", "done")

    assert "your office (Bangkok) does not serve Kenya" in told
    assert item(office).progress is None


def test_whoever_says_the_same_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    progress(office, "Mei Chen", "on_track")

    told = progress(office, "Pierre Favre", "on_track")

    assert "Mei Chen (ILO) has said so already: item 2026/1 is “on track”" in told
    assert item(office).reported_by == office.person("Mei Chen").key


def test_that_an_item_is_not_funded_needs_its_reason_and_is_lawful(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    progress(office, "Amina Diallo", "not_funded")

    refused = office.submit("Amina Diallo", {"note": " "})
    assert list(refused.errors) == ["note"]
    assert office.submit("Amina Diallo", {"note": "The donor withdrew."}).ok
    office.deliver()

    row = item(office)
    assert (row.status, row.funding) == (ItemStatus.NOT_DONE_RESOURCES, Funding.NOT_FUNDED)
    assert row.funding_reason == "The donor withdrew."
    said = words_of(office.channel(LIAISON)) + shown(office)
    assert "*not funded*. That is a lawful reason (III.1)." in said
    assert "not funded: The donor withdrew. (a lawful reason)" in said
    assert "breach" not in said


def test_a_note_goes_with_what_is_said(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    progress(office, "Amina Diallo", "note")

    office.submit("Amina Diallo", {"progress": "delayed", "note": "Fieldwork begins in May."})
    office.deliver()

    assert "delayed – Fieldwork begins in May." in shown(office)
    assert "Fieldwork begins in May." in words_of(office.channel(LIAISON))


@pytest.mark.parametrize("action", ["note", "not_funded"])
def test_the_note_is_not_offered_to_the_other_side(office: Office, action: str) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    told = progress(office, "Helena Costa", action)

    assert "The other party leads this item" in told
    assert office.slack.modal(office.id("Helena Costa")) is None


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


def test_an_item_opened_in_a_modal_shows_in_it_what_became_of_it(office: Office) -> None:
    add(office, lead_person_id="Amina Diallo (ILO)", due_on=date(2026, 11, 30))
    close_all(office, "Amina Diallo")
    office.home("Amina Diallo")
    office.click("Amina Diallo", "workplans.item", "1", where="home")

    press_modal(office, "Amina Diallo", "workplans.delayed")

    assert "reported by Amina Diallo (ILO), delayed" in modal_words(office, "Amina Diallo")


def test_the_home_shows_what_is_due_soon_to_whoever_leads_it(office: Office) -> None:
    add(office, lead_person_id="Mei Chen (ILO)", due_on=date(2026, 11, 30))
    close_all(office, "Amina Diallo")
    add(office, subject="Later", lead_person_id="Mei Chen (ILO)", due_on=date(2027, 11, 30))

    assert ("workplans.done", "1") in buttons(office.home("Mei Chen")["blocks"])
    assert ("workplans.done", "2") not in buttons(office.home("Mei Chen")["blocks"])
    assert ("workplans.done", "1") not in buttons(office.home("Amina Diallo")["blocks"])
    office.click("Mei Chen", "workplans.done", "1", where="home")

    assert item(office).status is ItemStatus.DONE
    assert ("workplans.done", "1") not in buttons(office.home("Mei Chen")["blocks"])
