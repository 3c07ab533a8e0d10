"""V.3-2 through the door: one version is signed by both, the clock asks in time, and nothing is done twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.files import Record
from bot.agreement.follow_ups import to_be_said
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.review_contributions import NotTheirColleague, name_contributor
from bot.agreement.review_contributions import contribute as write_contribution
from bot.agreement.review_days import NoDayProposed, agree_day
from bot.agreement.review_signatures import ReviewNotHeld, sign_off
from bot.agreement.reviews import (
    PROMPT,
    NoSuchReview,
    Review,
    ReviewSection,
    ReviewStatus,
)
from tests.handlers.pressing import buttons, home_words, modal_words, press_modal
from tests.handlers.reviewing import (
    HELD,
    HOSTILE,
    LIAISON,
    NOT_PREPARING,
    OPENS,
    STRANGERS,
    contribute,
    held,
    hold,
    move_to,
    occurrence,
    opened,
    refusals,
    review,
    sign,
    written,
    yes,
)
from tests.office import Office, Servers, words_of
from tests.settling import both_record_met


def test_v_3_2_both_parties_sign_one_version_and_the_window_is_met(office: Office) -> None:
    opened(office)
    contribute(office, "Amina Diallo", "Prospects and priorities for the next period", "ILO looks ahead")
    contribute(office, "Helena Costa", "Prospects and priorities for the next period", "IOM looks ahead")
    move_to(office, date(2027, 10, 21))
    hold(office)
    assert "waits for the sign-off of your party" in home_words(office.home("Helena Costa"))

    sign(office, "Amina Diallo")
    first = review(office).version
    sign(office, "Helena Costa")

    row = review(office)
    assert (row.status, row.version) == (ReviewStatus.SIGNED, first)
    due = occurrence(office)
    assert (due.status, due.met_on, due.evidence) == (OccurrenceStatus.MET, HELD, "ILO-IOM/2027/001")
    with office.reading() as desk:
        record = desk.session.exec(select(Record)).one()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    for expected in ("ILO looks ahead", "IOM looks ahead", "Amina Diallo", "Helena Costa"):
        assert expected in text
    assert first in text.replace("\n", "").replace(" ", "")
    assert "Record ILO-IOM/2027/001" in words_of(office.channel(LIAISON))
    (card, *_) = office.channel(LIAISON)
    assert [action for action, _ in buttons(card["blocks"])] == ["reviews.dossier"]


def test_a_dossier_that_both_have_signed_is_not_changed_any_more(office: Office) -> None:
    held(office)
    office.click("Pierre Favre", "reviews.contribute")
    office.submit("Pierre Favre", {"section": "Meetings and consultations"})
    sign(office, "Amina Diallo")
    sign(office, "Helena Costa")

    office.submit("Pierre Favre", {"text": "Too late", "handing": "Submit it to both parties"})

    assert "2026/1 was signed off by both parties on" in modal_words(office, "Pierre Favre")
    assert written(office, "meetings")["ilo"].text == ""


def test_a_change_after_a_sign_off_voids_it(office: Office) -> None:
    held(office)
    sign(office, "Amina Diallo")

    contribute(office, "Helena Costa", "Difficulties, money and staff included", "Money was short")

    assert review(office).version == ""
    assert "The sign-off of ILO is void" in words_of(office.channel(LIAISON))
    assert "waits for the sign-off" in home_words(office.home("Amina Diallo"))


def test_another_review_day_voids_a_sign_off_too(office: Office) -> None:
    held(office)
    sign(office, "Helena Costa")

    hold(office, "Omar Haddad", date(2027, 10, 19))

    assert review(office).version == ""
    assert "The sign-off of IOM is void, because the day has changed" in words_of(office.channel(LIAISON))


def test_a_version_that_changed_since_it_was_shown_is_not_signed(office: Office) -> None:
    held(office)
    office.click("Amina Diallo", "reviews.sign")
    contribute(office, "Helena Costa", "Difficulties, money and staff included", "Money was short")

    result = office.submit("Amina Diallo", {"confirmed": [yes(office, "Amina Diallo")]})

    assert "no longer the version you were shown" in result.errors["confirmed"]


def test_nobody_signs_without_saying_so_or_before_the_review_was_held(office: Office) -> None:
    held(office)

    result = sign(office, "Amina Diallo", tick=False)

    assert "Please tick the box" in result.errors["confirmed"]
    assert review(office).version == ""


def test_the_second_of_one_party_is_told_who_signed_first(office: Office) -> None:
    held(office)
    sign(office, "Amina Diallo")

    told = office.click("Amina Diallo", "reviews.sign")

    assert "Amina Diallo (ILO) has signed off this version of dossier 2026/1 already" in told


@pytest.mark.parametrize("name", [*NOT_PREPARING, "Pierre Favre", "Omar Haddad", *STRANGERS])
def test_only_contact_points_and_signatories_sign(office: Office, name: str) -> None:
    held(office)
    before = len(refusals(office))

    assert office.click(name, "reviews.sign")

    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == before + 1


def test_hostile_words_stay_words_in_the_channel_and_in_the_record(office: Office) -> None:
    opened(office)
    contribute(office, "Amina Diallo", "Meetings and consultations", HOSTILE[:3000])
    office.click("Helena Costa", "reviews.dossier")
    office.deliver()

    assert "<!channel>" not in words_of(office.channel(LIAISON))
    file = office.channel(LIAISON)[-1]
    assert "asked for by Helena Costa (IOM)" in words_of([file])


def test_the_dossier_is_sent_once_though_two_ask_at_once_and_again_later(office: Office) -> None:
    opened(office)
    office.click("Helena Costa", "reviews.dossier")

    told = office.click("Amina Diallo", "reviews.dossier")
    office.deliver()

    assert "Helena Costa had the dossier 2026/1 sent a moment ago" in told
    assert words_of(office.channel(LIAISON)).count("as it stands, asked for by") == 1
    office.clock.move_to(office.clock.now() + timedelta(minutes=6))
    office.click("Amina Diallo", "reviews.dossier")
    office.deliver()
    assert words_of(office.channel(LIAISON)).count("as it stands, asked for by") == 2


def test_v_3_2_the_clock_opens_the_dossier_months_ahead_and_says_so_once(office: Office) -> None:
    move_to(office, date(2027, 4, 21))
    office.tick()
    assert "General review 2027" not in words_of(office.channel(LIAISON))

    move_to(office, OPENS)
    office.tick()
    office.tick()

    assert (
        words_of(office.channel(LIAISON)).count("General review 2027/1 (clause V.3-2) is in preparation") == 1
    )
    assert review(office).opened_by is None


def test_it_opens_late_after_days_away_and_only_once(office: Office) -> None:
    move_to(office, date(2027, 6, 1))
    office.tick()
    office.tick()

    assert review(office).window_closes == date(2027, 10, 22)
    (card,) = [each for each in office.channel(LIAISON) if "General review 2027/1" in each["text"]]
    assert "to be opened on Thursday 22 April 2027 and was opened late, on Tuesday 1 June 2027" in words_of(
        [card]
    )


def test_none_is_opened_by_itself_once_a_review_is_on_record(office: Office) -> None:
    both_record_met(
        office,
        occurrence_id=occurrence(office).key,
        met_on=date(2026, 11, 20),
        evidence="Minutes 9",
    )
    move_to(office, OPENS)
    office.tick()

    told = office.command("Amina Diallo", "/agreement report")
    assert "A general review is on record for this window" in told
    with office.reading() as desk:
        assert not desk.session.exec(select(Review)).all()


def test_v_3_2_where_the_term_cuts_the_window_short_no_dossier_is_opened(office: Office) -> None:
    move_to(office, date(2029, 11, 5))
    office.tick()

    told = office.command("Amina Diallo", "/agreement report")

    assert "No whole review window is open on Monday 5 November 2029" in told


def test_v_3_2_the_rolling_reading_counts_from_the_last_review_on_record(office: Office) -> None:
    with office.reading() as desk:
        query = select(Occurrence).where(
            Occurrence.duty == "general-review", Occurrence.due_on == date(2025, 10, 22)
        )
        earlier = desk.session.exec(query).one().key
    both_record_met(
        office,
        occurrence_id=earlier,
        met_on=date(2025, 6, 10),
        evidence="Minutes 3",
    )

    told = office.command("Amina Diallo", "/agreement report")

    assert "by Thursday 10 June 2027, no more than 24 months after the last review on record" in told


def test_v_3_2_whoever_has_not_contributed_is_asked_once_a_step_and_no_more_when_all_is_there(
    office: Office,
) -> None:
    move_to(office, OPENS)
    office.tick()
    contribute(office, "Amina Diallo", "Workplan and activities", "Done")
    move_to(office, date(2027, 6, 24))
    office.tick()
    office.tick()

    told = words_of(office.direct("Amina Diallo"))
    assert told.count("General review 2027/1: 9 sections of your party are missing") == 1
    assert "General review 2027/1: 10 sections" in words_of(office.direct("Helena Costa"))
    assert "Workplan and activities" not in told.rpartition("contributions")[2]


def test_a_dossier_is_shown_by_its_number_and_no_other(office: Office) -> None:
    opened(office)

    assert "General review 2026/1" in office.command("Jonas Weber", "/agreement report 2026/1")
    assert "There is no review dossier 2031/7" in office.command("Jonas Weber", "/agreement report 2031/7")


def test_v_3_2_the_day_is_agreed_from_the_home_and_what_waited_is_gone(office: Office) -> None:
    opened(office)
    office.click("Helena Costa", "reviews.day")
    office.submit("Helena Costa", {"day": HELD})

    assert ("reviews.report", "2026/1") in buttons(office.home("Amina Diallo")["blocks"])
    office.click("Amina Diallo", "reviews.agree", where="home")

    assert review(office).day_agreed
    assert "proposes Wednesday 20 October 2027" not in home_words(office.home("Amina Diallo"))


def test_once_a_day_is_agreed_contributions_are_asked_for_before_that_day(office: Office) -> None:
    opened(office)
    office.click("Amina Diallo", "reviews.day")
    office.submit("Amina Diallo", {"day": date(2027, 3, 3)})
    office.deliver()
    office.click("Helena Costa", "reviews.agree")
    move_to(office, date(2027, 2, 17))
    office.tick()

    told = words_of(office.direct("Helena Costa"))

    assert "The review is agreed for *Wednesday 3 March 2027*, in 14 days" in told


def test_a_colleague_of_the_other_side_cannot_be_named(office: Office) -> None:
    key = opened(office).key
    stranger = office.person("Helena Costa").key

    with pytest.raises(NotTheirColleague):
        office.act(
            "Amina Diallo",
            name_contributor,
            review_id=key,
            section=ReviewSection.MEETINGS,
            person_id=stranger,
        )


def test_nobody_is_asked_any_more_once_every_section_is_submitted(office: Office) -> None:
    key = opened(office).key
    for name in ("Amina Diallo", "Helena Costa"):
        for section in ReviewSection:
            office.act(
                name,
                write_contribution,
                review_id=key,
                section=section,
                text="Nothing to report",
                submit=True,
                seen=0,
            )
    move_to(office, date(2027, 10, 15))
    office.tick()

    assert "are missing" not in words_of(office.direct("Amina Diallo") + office.direct("Helena Costa"))
    with office.reading() as desk:
        assert not [each for each in to_be_said(desk.session, date.max) if each.kind == PROMPT]


def test_there_is_nothing_to_agree_to_or_to_sign_before_its_time(office: Office) -> None:
    key = opened(office).key

    with pytest.raises(NoDayProposed):
        office.act("Helena Costa", agree_day, review_id=key, seen=0)
    with pytest.raises(ReviewNotHeld):
        office.act("Helena Costa", sign_off, review_id=key, version="x", confirmed=True, seal=lambda *_: "x")
    with pytest.raises(NoSuchReview):
        office.act("Helena Costa", agree_day, review_id=999, seen=0)


@pytest.mark.postgres
def test_v_3_2_on_postgresql_both_parties_sign_too(office_on_postgres: Office) -> None:
    held(office_on_postgres)
    contribute(office_on_postgres, "Helena Costa", "Meetings and consultations", "Two")
    sign(office_on_postgres, "Amina Diallo")
    sign(office_on_postgres, "Helena Costa")

    assert review(office_on_postgres).status is ReviewStatus.SIGNED
    assert occurrence(office_on_postgres).status is OccurrenceStatus.MET


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app."""
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as made:
        yield made.move_in()


def test_v_3_2_people_without_the_app_do_all_of_it_from_the_shared_channel(office_of_one: Office) -> None:
    opened(office_of_one)

    contribute(office_of_one, "Helena Costa", "Meetings and consultations", "Two meetings")
    office_of_one.click("Helena Costa", "reviews.day")
    office_of_one.submit("Helena Costa", {"day": HELD})
    office_of_one.deliver()
    office_of_one.click("Amina Diallo", "reviews.agree")
    move_to(office_of_one, date(2027, 10, 21))
    hold(office_of_one, "Helena Costa")
    sign(office_of_one, "Helena Costa")
    sign(office_of_one, "Amina Diallo")

    assert review(office_of_one).status is ReviewStatus.SIGNED


def test_the_dossier_is_reached_from_the_menu_inside_a_modal(office_of_one: Office) -> None:
    opened(office_of_one)
    move_to(office_of_one, date(2027, 1, 8))
    office_of_one.tick()

    office_of_one.click("Helena Costa", "menu.open")
    press_modal(office_of_one, "Helena Costa", "menu.part", "agreement")
    press_modal(office_of_one, "Helena Costa", "reviews.report")
    assert "General review 2026/1" in modal_words(office_of_one, "Helena Costa")
    press_modal(office_of_one, "Helena Costa", "reviews.contribute")
    office_of_one.submit("Helena Costa", {"section": "Meetings and consultations"})
    office_of_one.submit("Helena Costa", {"text": "Two", "handing": "Submit it to both parties"})

    assert written(office_of_one, "meetings")["iom"].submitted_at
