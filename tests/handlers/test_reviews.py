"""V.3-2 through the door: the dossier is opened, both sides write in it and agree on a day."""

from datetime import date

import pytest
from sqlmodel import select

from bot.journal import Entry
from tests.handlers.pressing import buttons, home_words, modal_words, press_told
from tests.handlers.reviewing import (
    HELD,
    LIAISON,
    NOT_PREPARING,
    PREPARING,
    STRANGERS,
    contribute,
    opened,
    refusals,
    review,
    write,
    written,
)
from tests.office import Office, words_of


def test_v_3_2_before_the_dossier_is_open_the_answer_shows_every_reading_and_posts_nothing(
    office: Office,
) -> None:
    told = office.command("Lucía Romero", "/agreement report")
    office.deliver()

    assert "opens by itself on *Thursday 22 April 2027*" in told
    assert "*To be held by Friday 22 October 2027* (clause V.3-2)" in told
    assert "*Suggested: Friday 22 October 2027*" in told
    assert "The fixed anniversary is Saturday 23 October 2027" in told
    assert "the next one is Monday 25 October 2027, for information" in told
    assert "one day after the window closes" in told
    assert "not known, since no earlier review is on record" in told
    assert not office.channel(LIAISON)
    assert buttons(office.told("Lucía Romero")[-1]["blocks"]) == []


@pytest.mark.parametrize("name", PREPARING)
def test_v_3_2_either_party_may_open_the_dossier_early(office: Office, name: str) -> None:
    row = opened(office, name)

    (card,) = office.channel(LIAISON)
    assert (row.window_opens, row.window_closes) == (date(2025, 10, 23), date(2027, 10, 22))
    assert "Workplan and activities: waiting for ILO and IOM" in words_of([card])
    assert [action for action, _ in buttons(card["blocks"])] == [
        "reviews.contribute",
        "reviews.contributor",
        "reviews.day",
        "reviews.held",
        "reviews.dossier",
    ]


@pytest.mark.parametrize("name", [*NOT_PREPARING, *STRANGERS])
def test_nobody_else_opens_it_names_contributors_or_sets_its_day(office: Office, name: str) -> None:
    opened(office)

    for action in ("reviews.contributor", "reviews.day", "reviews.held"):
        before = len(refusals(office))
        assert office.click(name, action)
        assert office.slack.modal(office.id(name)) is None
        assert len(refusals(office)) == before + 1


def test_the_second_who_opens_it_is_told_who_was_first(office: Office) -> None:
    office.command("Helena Costa", "/agreement report")
    opened(office)

    told = press_told(office, "Helena Costa", "reviews.open")

    assert "Dossier 2026/1 was opened for this window already by Amina Diallo" in told
    assert len(office.channel(LIAISON)) == 1


def test_a_draft_is_read_by_its_own_side_and_what_is_submitted_by_both(office: Office) -> None:
    opened(office)

    write(office, "Lucía Romero", "Proposals to adjust the Agreement", "A secret idea")
    own, other = (
        office.command("Amina Diallo", "/agreement report"),
        office.command("Helena Costa", "/agreement report"),
    )

    assert "*Drafts of ILO*, which only your own side reads: Proposals to adjust the Agreement" in own
    assert "Drafts" not in other
    with office.reading() as desk:
        assert not any("A secret idea" in entry.facts for entry in desk.session.exec(select(Entry)).all())
    office.click("Helena Costa", "reviews.contribute")
    office.submit("Helena Costa", {"section": "Proposals to adjust the Agreement"})
    assert "A secret idea" not in str(office.modal("Helena Costa"))
    office.click("Amina Diallo", "reviews.contribute")
    office.submit("Amina Diallo", {"section": "Proposals to adjust the Agreement"})
    assert "A secret idea" in str(office.modal("Amina Diallo"))
    office.submit("Amina Diallo", {"text": "A shared idea", "handing": "Submit it to both parties"})
    office.deliver()
    assert "Proposals to adjust the Agreement: submitted by ILO; waiting for IOM" in words_of(
        office.channel(LIAISON)
    )


def test_the_form_says_who_reads_what_and_warns_of_the_channel(office: Office) -> None:
    opened(office)
    office.click("Mei Chen", "reviews.contribute")
    office.submit("Mei Chen", {"section": "Joint communications and resources"})

    said = modal_words(office, "Mei Chen")

    assert "A draft is read by ILO only. What is submitted is read by ILO and IOM" in said
    assert "Please write nothing restricted or confidential (IV.2-3)." in said
    assert "A contact point, an alternate, or whoever is named for this section submits it." in said
    assert "Submit it to both parties" not in str(office.modal("Mei Chen"))


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Yuki Tanaka", *STRANGERS])
def test_whoever_deals_with_no_substance_does_not_write(office: Office, name: str) -> None:
    opened(office)

    for action in ("reviews.contribute", "reviews.dossier"):
        before = len(refusals(office))
        assert office.click(name, action)
        assert office.slack.modal(office.id(name)) is None
        assert len(refusals(office)) == before + 1


def test_whoever_is_named_hears_of_it_and_may_submit(office: Office) -> None:
    opened(office)
    office.click("Amina Diallo", "reviews.contributor")
    assert "Helena Costa" not in str(office.modal("Amina Diallo"))
    office.submit("Amina Diallo", {"section": "Contacts and field offices", "contributor": "Samuel Otieno"})
    office.deliver()

    assert "Amina Diallo (ILO) asks you to write" in words_of(office.direct("Samuel Otieno"))
    assert "*General review 2026/1*" in home_words(office.home("Samuel Otieno"))
    contribute(office, "Samuel Otieno", "Contacts and field offices", "All told")
    assert written(office, "contacts")["ilo"].submitted_at
    assert "General review" not in home_words(office.home("Samuel Otieno")).replace("General review\n", "")


def test_an_empty_section_is_refused_beside_its_field(office: Office) -> None:
    opened(office)

    result = contribute(office, "Helena Costa", "Meetings and consultations", "   ")

    assert "“Nothing to report” is an answer, too." in result.errors["text"]


def test_a_submitted_section_is_replaced_only_by_submitting_again(office: Office) -> None:
    opened(office)
    contribute(office, "Helena Costa", "Meetings and consultations", "Two meetings")

    result = write(office, "Grace Wanjiru", "Meetings and consultations", "Three meetings")

    assert "please choose to submit your new text" in result.errors["text"]
    contribute(office, "Omar Haddad", "Meetings and consultations", "Three meetings")
    assert written(office, "meetings")["iom"].text == "Three meetings"
    assert "has replaced *Meetings and consultations*" in words_of(office.channel(LIAISON))


def test_two_colleagues_who_write_at_once_do_not_undo_each_other(office: Office) -> None:
    opened(office)
    for name in ("Amina Diallo", "Pierre Favre"):
        office.click(name, "reviews.contribute")
        office.submit(name, {"section": "Meetings and consultations"})

    office.submit("Pierre Favre", {"text": "First", "handing": "Keep it as a draft for ILO"})
    result = office.submit("Amina Diallo", {"text": "Second", "handing": "Submit it to both parties"})

    assert "Pierre Favre has changed this section since you opened the form" in result.errors["text"]
    assert written(office, "meetings")["ilo"].text == "First"


def test_v_3_2_a_day_is_proposed_by_one_party_and_agreed_by_the_other(office: Office) -> None:
    opened(office)
    office.click("Amina Diallo", "reviews.day")
    assert "Friday 22 October 2027" in modal_words(office, "Amina Diallo")
    office.submit("Amina Diallo", {"day": HELD})
    office.deliver()

    assert "ILO proposes Wednesday 20 October 2027" in words_of(office.channel(LIAISON))
    assert "the other party proposes Wednesday 20 October 2027" in home_words(office.home("Helena Costa"))
    assert "In this case it is for the other party" in office.click("Pierre Favre", "reviews.agree")
    assert "Only IOM's" in office.click("Nadia Petrova", "reviews.agree")
    office.click("Omar Haddad", "reviews.agree")
    office.deliver()
    assert "*Agreed day: Wednesday 20 October 2027.*" in words_of(office.channel(LIAISON))


def test_nobody_agrees_to_another_day_than_the_one_they_saw(office: Office) -> None:
    opened(office)
    office.click("Amina Diallo", "reviews.day")
    office.submit("Amina Diallo", {"day": HELD})
    office.deliver()
    office.click("Pierre Favre", "reviews.day")
    office.submit("Pierre Favre", {"day": date(2027, 10, 21)})

    told = office.click("Helena Costa", "reviews.agree")

    assert "Pierre Favre has changed the day of the review 2026/1 in the meantime" in told
    assert not review(office).day_agreed


@pytest.mark.parametrize(
    ("action", "field", "day", "sentence"),
    [
        ("reviews.day", "day", date(2027, 10, 23), "counts in the window from Thursday 23 October 2025"),
        ("reviews.day", "day", date(2026, 11, 20), "This day has passed"),
        ("reviews.held", "held_on", date(2025, 10, 22), "counts in the window from"),
        ("reviews.held", "held_on", date(2027, 10, 20), "This day has not come"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    office: Office, action: str, field: str, day: date, sentence: str
) -> None:
    opened(office)
    office.click("Amina Diallo", action)

    result = office.submit("Amina Diallo", {field: day})

    assert sentence in result.errors[field]
