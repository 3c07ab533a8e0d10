"""V.3-2 through the door: the dossier is opened, both sides write, agree on a day, and sign one version."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement import settlements
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
    ReviewContribution,
    ReviewSection,
    ReviewStatus,
)
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, home_words, modal_words, press_modal, press_told
from tests.office import ZURICH, Office, Servers, words_of

LIAISON = "ilo-iom-liaison"
OPENS = date(2027, 4, 22)
HELD = date(2027, 10, 20)
HOSTILE = "<!channel> *bold* & _more_ </td><script>alert(1)</script> " + "long " * 300
PREPARING = ["Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"]
NOT_PREPARING = ["Mei Chen", "Jonas Weber", "Lucía Romero", "Samuel Otieno", "Ravi Menon", "Nadia Petrova"]
STRANGERS = ["Clara Novak", "Victor Lang"]


def opened(office: Office, name: str = "Amina Diallo") -> Review:
    """The dossier, opened by a person before its day."""
    office.command(name, "/agreement report")
    press_told(office, name, "reviews.open")
    office.deliver()
    return review(office)


def review(office: Office) -> Review:
    with office.reading() as desk:
        return desk.session.exec(select(Review)).one()


def written(office: Office, section: str) -> dict[str, ReviewContribution]:
    with office.reading() as desk:
        rows = desk.session.exec(select(ReviewContribution)).all()
        return {row.party: row for row in rows if row.section.value == section}


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def contribute(
    office: Office, name: str, section: str, text: str, handing: str = "Submit it to both parties"
) -> Any:
    office.click(name, "reviews.contribute")
    office.submit(name, {"section": section})
    result = office.submit(name, {"text": text, "handing": handing})
    office.deliver()
    return result


def write(office: Office, name: str, section: str, text: str, handing: str | None = None) -> Any:
    """A draft; whoever may not submit is offered nothing else."""
    office.click(name, "reviews.contribute")
    office.submit(name, {"section": section})
    return office.submit(name, {"text": text} | ({"handing": handing} if handing else {}))


def move_to(office: Office, day: date) -> None:
    office.clock.move_to(datetime(day.year, day.month, day.day, 10, tzinfo=ZURICH))


def hold(office: Office, name: str = "Amina Diallo", on: date = HELD) -> Any:
    office.click(name, "reviews.held")
    result = office.submit(name, {"held_on": on})
    office.deliver()
    return result


def sign(office: Office, name: str, tick: bool = True) -> Any:
    office.click(name, "reviews.sign")
    answers = {"confirmed": [yes(office, name)]} if tick else {}
    result = office.submit(name, answers)
    office.deliver()
    return result


def yes(office: Office, name: str) -> str:
    (block,) = [block for block in office.modal(name)["blocks"] if block.get("block_id") == "confirmed"]
    return str(block["element"]["options"][0]["text"]["text"])


def held(office: Office) -> Review:
    opened(office)
    move_to(office, date(2027, 10, 21))
    hold(office)
    return review(office)


def occurrence(office: Office) -> Occurrence:
    with office.reading() as desk:
        query = select(Occurrence).where(
            Occurrence.duty == "general-review", Occurrence.due_on == date(2027, 10, 22)
        )
        return desk.session.exec(query).one()


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
    office.act(
        "Amina Diallo",
        settlements.record_met,
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
    office.act(
        "Amina Diallo",
        settlements.record_met,
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

    assert "The review is planned for *Wednesday 3 March 2027*, in 14 days" in told


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
    press_modal(office_of_one, "Helena Costa", "reviews.report")
    assert "General review 2026/1" in modal_words(office_of_one, "Helena Costa")
    press_modal(office_of_one, "Helena Costa", "reviews.contribute")
    office_of_one.submit("Helena Costa", {"section": "Meetings and consultations"})
    office_of_one.submit("Helena Costa", {"text": "Two", "handing": "Submit it to both parties"})

    assert written(office_of_one, "meetings")["iom"].submitted_at
