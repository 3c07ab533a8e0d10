"""IV.2-1 through the door: series, documents, acknowledgements, and what each side has outstanding."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import document_acknowledgements, documents, report_series
from bot.agreement.documents import Document
from bot.agreement.exchanges import Classification, ExchangeStatus
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.people import Refusal
from bot.agreement.report_series import ReportSeries
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, home_words, press_told
from tests.knocking import pressed, sent, user
from tests.office import Office, everything, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
SERIES: dict[str, Any] = {
    "subject": "Annual report",
    "every": "1 year",
    "month": "December",
    "languages": "English, French and Spanish",
    "kept": "Yes",
}
DOCUMENT: dict[str, Any] = {
    "subject": "World labour report",
    "issue": "2026",
    "languages": "English",
    "published_on": "2026-11-02",
    "classification": "Public: anyone may have it",
    "link": "https://www.ilo.org/report?a=1&b=2",
}
NOT_OFFERING = ["Jonas Weber", "Ravi Menon", "Clara Novak", "Yuki Tanaka", "Ines Martin"]
NOT_KEEPING = [*NOT_OFFERING, "Lucía Romero", "Samuel Otieno"]
NOT_ACKNOWLEDGING = [
    ("Mei Chen", "wrong_side"),
    ("Amina Diallo", "wrong_side"),
    ("Ravi Menon", "wrong_side"),
    ("Yuki Tanaka", "not_mandated"),
    ("David Okafor", "not_mandated"),
    ("Ines Martin", "not_mandated"),
    ("Clara Novak", "not_on_roster"),
    ("Victor Lang", "from_third_organisation"),
]


def keep(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange documents")
    press_told(office, name, "documents.series", "new")
    return office.submit(name, {**SERIES, **changes})


def offer(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange documents")
    press_told(office, name, "documents.offer", "new")
    result = office.submit(name, {**DOCUMENT, **changes})
    office.deliver()
    return result


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def refused(office: Office) -> list[tuple[str, str]]:
    return [(row.actor, row.subject) for row in rows(office, Entry) if row.outcome is Outcome.REFUSED]


def asked(office: Office, name: str) -> list[dict[str, Any]]:
    return [said for said in office.direct(name) if "been published?" in said["text"]]


def year(office: Office) -> Occurrence:
    """The year of the Agreement that ends on 23 October 2027."""
    wanted = select(Occurrence).filter_by(duty="annual-reports", due_on=date(2027, 10, 23))
    with office.reading() as desk:
        return desk.session.exec(wanted).one()


def test_a_document_is_posted_with_all_that_finds_it_and_told_to_the_other_side(office: Office) -> None:
    result = offer(office)

    assert result.ok
    (card,) = office.channel(LIAISON)
    said = words_of([card])
    assert "Mei Chen (ILO) offered this publication to *IOM*" in said
    assert "*Published:* Monday 2 November 2026" in said
    assert "within the 30 days from publication at which both parties aim (working rule)" in said
    assert "*Classification:* Public: anyone may have it" in said
    assert "<https://www.ilo.org/report?a=1&amp;b=2>" in said
    assert buttons(card["blocks"]) == [("documents.acknowledge", "1")]
    assert len(office.direct("Helena Costa")) == 1
    assert not office.direct("Amina Diallo")


def test_a_file_is_kept_whole_and_its_fingerprint_shown(office: Office) -> None:
    offer(office, link="", file=("report.pdf", b"the whole report"))

    card, enclosed = office.channel(LIAISON)
    assert sha256(b"the whole report").hexdigest() in words_of([card])
    assert enclosed["thread_ts"] == card["ts"]
    assert [file["name"] for file in enclosed["files"]] == ["report.pdf"]


def test_what_is_offered_later_than_both_aim_at_says_by_how_much_and_blames_nobody(office: Office) -> None:
    offer(office, published_on="2026-10-20")

    said = words_of(office.channel(LIAISON))
    assert "4 days after the 30 days from publication at which both parties aim (working rule)" in said
    assert not [word for word in ("overdue", "breach", "late") if word in said.lower().split()]


def test_a_document_offered_from_elsewhere_says_where_it_is(office: Office) -> None:
    offer(office, place="Kenya (country)")

    assert "Kenya (country), <#C0KENYA>" in str(office.modal("Mei Chen")["blocks"])
    assert "World labour report" in words_of(office.direct("Grace Wanjiru"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("subject", " "),
        ("issue", " "),
        ("languages", " "),
        ("published_on", "2026-11-24"),
        ("link", "www.ilo.org"),
        ("link", ""),
        ("classification", "Restricted: only for people named"),
        ("classification", "Confidential: not to be shared"),
    ],
)
def test_iv_2_2_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    office: Office, field: str, typed: str
) -> None:
    result = offer(office, **{field: typed})

    assert list(result.errors) == [field]
    assert rows(office, Document) == []
    assert not office.channel(LIAISON)
    office.submit("Mei Chen", {field: DOCUMENT[field]})
    assert len(rows(office, Document)) == 1


def test_iv_2_3_what_is_confidential_never_travels_and_the_cure_is_named(office: Office) -> None:
    said = offer(office, classification="Confidential: not to be shared").errors["classification"]
    named = offer(office, classification="Restricted: only for people named").errors["classification"]

    assert "never travels through this service: hand it over as the arrangement says" in said
    assert "Send it to named people with `/exchange restricted`" in named


@pytest.mark.parametrize("name", NOT_OFFERING)
def test_nobody_without_a_mandate_offers_a_document(office: Office, name: str) -> None:
    pressed(office, "ilo", user(office, name), "documents.offer", "new")
    sent(office, "ilo", user(office, name), "documents.offer", "", forged())

    assert rows(office, Document) == []
    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 2


def forged(**changes: Any) -> dict[str, Any]:
    option = {"type": "static_select", "selected_option": {"value": "public"}}
    typed = {**DOCUMENT, "place": {"type": "static_select", "selected_option": {"value": "C0LIAISON"}}}
    day = {"type": "datepicker", "selected_date": "2026-11-02"}
    return {**typed, "classification": option, "published_on": day, **changes}


def test_a_forged_form_offers_no_issue_of_the_other_sides_series(office: Office) -> None:
    keep(office, "Helena Costa")

    choice = {"type": "static_select", "selected_option": {"value": "1"}}
    receipt = sent(office, "ilo", user(office, "Mei Chen"), "documents.offer", "", forged(series=choice))

    assert "series" in receipt.body
    assert rows(office, Document) == []


def test_a_day_that_is_no_day_is_refused_at_its_field(office: Office) -> None:
    values = forged(published_on="soon")

    receipt = sent(office, "ilo", user(office, "Mei Chen"), "documents.offer", "", values)

    assert "published_on" in receipt.body
    assert rows(office, Document) == []


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "Grace Wanjiru"])
def test_the_other_side_acknowledges_and_the_author_hears(office: Office, name: str) -> None:
    offer(office)

    office.click(name, "documents.acknowledge")
    office.deliver()

    said = words_of(office.channel(LIAISON))
    assert f"*Acknowledged* by {name} (IOM)" in said
    assert buttons(office.channel(LIAISON)[0]["blocks"]) == []
    assert f"{name} (IOM) has acknowledged document 2026/1" in words_of(office.direct("Mei Chen"))


@pytest.mark.parametrize(("name", "why"), NOT_ACKNOWLEDGING)
def test_nobody_else_acknowledges_a_document(office: Office, name: str, why: str) -> None:
    offer(office)

    party = "iom" if office.who(name).team_id == "T0IOM" else "ilo"
    pressed(office, party, user(office, name), "documents.acknowledge", "1")

    assert rows(office, Document)[0].status is ExchangeStatus.SHARED
    assert [what for _, what in refused(office)] == [why]


def test_the_second_to_acknowledge_is_told_who_was_first(office: Office) -> None:
    offer(office)
    office.click("Helena Costa", "documents.acknowledge")

    told = pressed(office, "iom", user(office, "Omar Haddad"), "documents.acknowledge", "1")

    assert told.status == 200
    assert "Helena Costa (IOM) has acknowledged document 2026/1 already" in words_of(
        office.told("Omar Haddad")
    )
    assert refused(office) == [("Omar Haddad", "document_has_arrived")]


@pytest.mark.postgres
def test_of_two_who_acknowledge_at_once_one_is_first(office_on_postgres: Office) -> None:
    office = office_on_postgres
    office.act("Mei Chen", documents.offer, **plain_facts())
    names = ("Helena Costa", "Omar Haddad")

    def press(name: str) -> bool:
        try:
            office.house.secretariat.act(
                office.who(name), document_acknowledgements.acknowledge, document_id=1
            )
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, names)) == [False, True]


def plain_facts(**changes: Any) -> dict[str, Any]:
    facts = {
        "channel_id": "C0LIAISON",
        "title": "World labour report",
        "issue": "2026",
        "languages": "English",
        "published_on": date(2026, 11, 2),
        "classification": Classification.PUBLIC,
        "link": "https://www.ilo.org/report",
    }
    return {**facts, **changes}


@pytest.mark.parametrize(
    ("day", "contact_point", "alternate"),
    [
        (date(2026, 11, 27), 0, 0),
        (date(2026, 11, 30), 1, 0),
        (date(2026, 12, 14), 2, 1),
        (date(2027, 2, 26), 3, 2),
    ],
    ids=str,
)
def test_an_acknowledgement_is_asked_for_again_with_growing_pauses(
    office: Office, day: date, contact_point: int, alternate: int
) -> None:
    office.act("Mei Chen", documents.offer, **plain_facts())

    office.pass_to(day)
    office.tick()

    def nudged(name: str) -> int:
        return sum(
            "have not" in m["text"] or "has not acknowledged" in m["text"] for m in office.direct(name)
        )

    assert (nudged("Helena Costa"), nudged("Omar Haddad")) == (contact_point, alternate)
    assert nudged("Amina Diallo") == 0


def test_what_was_to_be_asked_while_nobody_was_there_is_asked_once_and_says_so(office: Office) -> None:
    office.act("Mei Chen", documents.offer, **plain_facts())
    office.clock.move_to(office.clock.now() + timedelta(days=21))

    office.tick()
    office.tick()

    late = [said for said in office.direct("Helena Costa") if "comes late" in words_of([said])]
    assert len(late) == 1


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


def listed(office: Office, name: str) -> list[tuple[str, str]]:
    office.command(name, "/exchange documents")
    return buttons(office.told(name)[-1]["blocks"])


def forged_series(**changes: str) -> dict[str, Any]:
    return {"subject": "Mine", "every": "P1Y", "month": "6", "languages": "E", "kept": "kept", **changes}


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

    assert "“Annual report”, every 1 year, usually in December" in told
    assert "nothing outstanding; the next is expected from Tuesday 1 December 2026" in told
    assert "outstanding: the issue expected from Sunday 1 November 2026" in told
    assert "*Offered and not acknowledged yet:*\n• document 2026/1 “World labour report”" in told
    assert "%" not in told


def test_a_document_is_shown_by_its_number_and_an_unknown_one_is_not(office: Office) -> None:
    offer(office)

    assert "Published:" in office.command("Linh Tran", "/exchange documents 2026/1")
    assert "There is no document 2026/9" in office.command("Linh Tran", "/exchange documents 2026/9")
    pressed(office, "iom", user(office, "Helena Costa"), "documents.acknowledge", "9")
    assert "There is no document 9" in words_of(office.told("Helena Costa"))


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


def test_what_people_type_calls_nobody(office: Office) -> None:
    offer(office, subject="<!channel> *all* & " + "x" * 120, issue="<@U0IOMCOSTA>", languages="<!here>")
    keep(office, subject="<!channel> & co", languages="<!everyone>")

    (card,) = office.channel(LIAISON)
    sections = [text for text in everything(card) if text != card["blocks"][0]["text"]["text"]]
    said = "\n".join([*sections, office.command("Linh Tran", "/exchange documents")])

    assert not [call for call in ("<!channel>", "<@U0IOMCOSTA>", "<!here>", "<!everyone>") if call in said]
    assert "&lt;!channel&gt;" in card["text"]


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
