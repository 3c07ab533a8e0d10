"""IV.2-1 series by series: kept by the own side, asked about in private, listed by side, met for the year."""

from datetime import date, timedelta

import pytest

from bot.agreement import documents, report_series
from bot.agreement.documents import Document
from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.report_series import ReportSeries
from tests.handlers.offering import (
    DOCUMENT,
    LIAISON,
    NOT_KEEPING,
    asked,
    forged,
    forged_series,
    keep,
    listed,
    offer,
    plain_facts,
    refused,
    rows,
    year,
)
from tests.handlers.pressing import home_words, press_told
from tests.knocking import pressed, sent, user
from tests.office import Office, words_of


def test_a_forged_form_offers_no_issue_of_the_other_sides_series(office: Office) -> None:
    keep(office, "Helena Costa")

    choice = {"type": "static_select", "selected_option": {"value": "1"}}
    receipt = sent(office, "ilo", user(office, "Mei Chen"), "documents.offer", "", forged(series=choice))

    assert "series" in receipt.body
    assert rows(office, Document) == []


def test_a_series_is_kept_and_changed_by_its_own_side(office: Office) -> None:
    keep(office)
    assert "The next issue is expected from Tuesday 1 December 2026" in str(office.modal("Mei Chen"))

    office.command("Mei Chen", "/exchange documents")
    press_told(office, "Mei Chen", "documents.series", "1")
    office.submit("Mei Chen", {"month": "March", "languages": "English"})

    (row,) = rows(office, ReportSeries)
    assert (row.party, row.month, row.languages, row.awaited_on) == ("ilo", 3, "English", date(2027, 3, 1))


@pytest.mark.parametrize("name", NOT_KEEPING)
def test_nobody_without_a_mandate_keeps_a_series(office: Office, name: str) -> None:
    pressed(office, "ilo", user(office, name), "documents.series", "new")

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


def test_the_other_side_changes_no_series(office: Office) -> None:
    keep(office)

    pressed(office, "iom", user(office, "Helena Costa"), "documents.series", "1")
    sent(office, "iom", user(office, "Helena Costa"), "documents.series", "1", forged_series())

    assert rows(office, ReportSeries)[0].title == "Annual report"
    assert [what for _, what in refused(office)] == ["wrong_side", "wrong_side"]
    assert "documents.series" not in str(listed(office, "Helena Costa")).replace(
        "'documents.series', 'new'", ""
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [("subject", " "), ("languages", " "), ("every", "P1D"), ("month", "13"), ("month", "x")],
)
def test_a_series_that_cannot_be_kept_is_refused_at_its_field(office: Office, field: str, typed: str) -> None:
    values = forged_series(**{field: typed})

    receipt = sent(office, "ilo", user(office, "Mei Chen"), "documents.series", "", values)

    assert f'"{field}"' in receipt.body
    assert rows(office, ReportSeries) == []


def test_two_series_of_one_party_have_two_titles(office: Office) -> None:
    keep(office)

    result = keep(office, month="June")

    assert "called “Annual report”" in result.errors["subject"]


@pytest.mark.parametrize("value", ["99999", "abc", "9" * 40])
def test_a_series_that_does_not_exist_is_nobodys(office: Office, value: str) -> None:
    pressed(office, "ilo", user(office, "Mei Chen"), "documents.series", value)

    assert refused(office) == [("Mei Chen", "no_such_series")]


def test_iv_2_1_the_own_side_is_asked_in_private_twice_and_then_next_year(office: Office) -> None:
    keep(office)

    office.pass_to(date(2026, 11, 30))
    assert asked(office, "Amina Diallo") == []
    office.pass_to(date(2027, 1, 15))
    office.tick()

    first, second = asked(office, "Amina Diallo")
    assert "usually appears in December" in words_of([first])
    assert "You were asked before" in words_of([second])
    assert len(asked(office, "Pierre Favre")) == 2
    assert not asked(office, "Helena Costa")
    assert "Annual report" not in words_of(office.channel(LIAISON))
    assert not [word for word in ("overdue", "breach", "must") if word in words_of([first, second])]


def test_what_was_offered_is_not_asked_for_and_the_button_fills_in_the_series(office: Office) -> None:
    keep(office)
    office.pass_to(date(2026, 12, 1))

    office.click("Amina Diallo", "documents.offer", where="direct")
    typed = str(office.modal("Amina Diallo")["blocks"])
    office.submit("Amina Diallo", {**DOCUMENT, "published_on": "2026-11-30"})
    office.pass_to(date(2027, 1, 15))

    assert "Annual report" in typed
    assert len(asked(office, "Amina Diallo")) == 1
    (row,) = rows(office, ReportSeries)
    assert row.awaited_on == date(2027, 12, 1)


def test_an_older_issue_answers_for_no_newer_one(office: Office) -> None:
    keep(office)

    offer(office, series="Annual report", published_on="2024-12-10")

    assert rows(office, ReportSeries)[0].awaited_on == date(2026, 12, 1)


def test_a_series_that_no_longer_appears_is_asked_about_no_more(office: Office) -> None:
    keep(office)
    office.command("Mei Chen", "/exchange documents")
    press_told(office, "Mei Chen", "documents.series", "1")
    office.submit("Mei Chen", {"kept": "No, ask about it no more"})

    office.pass_to(date(2027, 1, 15))

    assert asked(office, "Amina Diallo") == []
    assert "no longer appears" in office.command("Helena Costa", "/exchange documents")


def test_after_years_away_a_series_is_asked_about_once_and_again_in_its_next_year(office: Office) -> None:
    keep(office)
    office.clock.move_to(office.clock.now() + timedelta(days=3 * 365))

    office.tick()
    office.tick()

    (only,) = asked(office, "Amina Diallo")
    assert "comes late" in words_of([only])
    office.pass_to(date(2029, 12, 3))
    assert len(asked(office, "Amina Diallo")) == 2


def test_iv_2_1_the_list_shows_by_side_what_is_outstanding_and_scores_nobody(office: Office) -> None:
    keep(office)
    keep(office, "Helena Costa", subject="World migration report", month="November")
    offer(office)

    pressed(office, "ilo", user(office, "Victor Lang"), "documents.list", "all")
    assert "World" not in words_of(office.told("Victor Lang"))
    told = office.command("Linh Tran", "/exchange documents")

    assert "“Annual report”, every year, usually in December" in told
    assert "nothing outstanding; the next is expected from Tuesday 1 December 2026" in told
    assert "outstanding: the issue expected from Sunday 1 November 2026" in told
    assert "*Offered and not acknowledged yet:*\n• document 2026/1 “World labour report”" in told
    assert "%" not in told


def test_what_waits_is_in_the_home_of_those_who_can_deal_with_it(office: Office) -> None:
    keep(office, "Helena Costa", month="November")
    offer(office)

    home = home_words(office.home("Helena Costa"))
    assert "*Document 2026/1* (clause IV.2-1): ILO offered “World labour report”" in home
    assert "*“Annual report”* (clause IV.2-1): an issue is expected" in home
    assert "Document 2026/1" not in home_words(office.home("Amina Diallo"))
    office.click("Helena Costa", "documents.acknowledge", where="home")
    assert "Document 2026/1" not in home_words(office.slack.home(office.id("Helena Costa")) or {"blocks": []})


def test_iv_2_1_the_years_date_is_met_once_both_sides_have_exchanged_all_there_was(office: Office) -> None:
    keep(office)
    keep(office, "Helena Costa", month="November")
    offer(office, series="Annual report", published_on="2026-11-20")
    office.click("Helena Costa", "documents.acknowledge")
    assert year(office).status is OccurrenceStatus.OPEN

    offer(office, "Helena Costa", series="Annual report", published_on="2026-11-20", place="Global")
    office.click("Amina Diallo", "documents.acknowledge", "2")
    office.deliver()

    met = year(office)
    assert (met.status, met.met_on) == (OccurrenceStatus.MET, office.today)
    assert met.evidence == "/exchange documents 2026/1, 2026/2"
    assert "on record as done* for the year of the Agreement to Saturday 23 October 2027" in words_of(
        office.channel(LIAISON)
    )


def test_one_sides_documents_or_an_issue_still_awaited_do_not_meet_the_years_date(office: Office) -> None:
    keep(office, month="June")
    offer(office)
    office.click("Helena Costa", "documents.acknowledge")
    offer(office, "Helena Costa")

    office.click("Amina Diallo", "documents.acknowledge", "2")

    assert year(office).status is OccurrenceStatus.OPEN


def test_somebodys_endless_titles_do_not_keep_the_others_from_the_list(office: Office) -> None:
    for number in range(10):
        facts = plain_facts(title=f"{number}" + "&" * 149, issue="&" * 60, languages="&" * 150)
        office.act("Mei Chen", documents.offer, **facts)
        for name in ("Mei Chen", "Helena Costa"):
            kept = {"title": f"{number}" + "&" * 149, "every": "P1Y", "month": 6, "languages": "&" * 150}
            office.act(name, report_series.keep_series, **kept)

    told = office.command("Linh Tran", "/exchange documents")

    assert "The list is longer than can be shown here" in told
    assert "*ILO*" in told
    assert "*IOM*" in told


def test_whoever_records_a_series_after_its_issue_was_expected_is_not_told_they_were_asked(
    office: Office,
) -> None:
    keep(office, month="November")

    office.pass_to(date(2026, 12, 2))

    (only,) = asked(office, "Amina Diallo")
    assert "asked before" not in words_of([only])
    assert "asked once more" not in words_of([only])
