"""VII.1-4: at the end of its term the Agreement renews itself by silence, and what was due goes on."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.agreement import ledger, renewals
from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.ledger import NothingToSay, Occurrence, duty_facts
from bot.agreement.planning import plan
from bot.agreement.renewals import AgreementRenewal
from bot.agreement.renewed_terms import RenewalLength, RenewedTerm, expected, renewal_of, term_end_on
from bot.agreement.review_windows import window_on
from bot.journal import Entry
from bot.simulation import occasions, speak
from schedules.timetable import run_due
from tests.clauses.renewing import TERM_END, house, notice_on_record, under
from tests.handlers.pressing import home_words
from tests.office import DEFINITION, ZURICH, Office, Servers, words_of
from tests.stories.setting import days_of, said, told

LIAISON = "ilo-iom-liaison"
HEADS = ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad")


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations on Monday 21 October 2030, two days before the end of the term."""
    with house(tmp_path, servers, date(2030, 10, 21)) as made:
        yield made


def on_record(office: Office) -> list[AgreementRenewal]:
    with office.reading() as desk:
        rows = list(desk.session.exec(select(AgreementRenewal)).all())
        desk.session.expunge_all()
    return rows


def dates(office: Office, duty: str) -> list[date]:
    with office.reading() as desk:
        query = select(Occurrence.due_on).where(Occurrence.duty == duty).order_by(col(Occurrence.due_on))
        return list(desk.session.exec(query).all())


def test_vii_1_4_without_a_notice_the_agreement_is_renewed_on_the_day_after_its_term(office: Office) -> None:
    office.pass_to(TERM_END)
    assert on_record(office) == []
    assert "Its term ends on Wednesday 23 October 2030" in office.command("Mei Chen", "/termination status")

    office.pass_to(date(2030, 10, 24))

    (row,) = on_record(office)
    assert (row.term_end, row.length, row.ends_on) == (TERM_END, RenewalLength.UNSPECIFIED, None)


def test_vii_1_4_both_parties_are_told_once_with_the_working_and_the_readings(office: Office) -> None:
    office.pass_to(date(2030, 10, 25))
    office.tick()

    letters = [
        said(office, "renewed by silence"),
        *(told(office, name, "renewed by silence") for name in HEADS),
    ]
    assert [days_of(each) for each in letters] == [[date(2030, 10, 24)]] * 5
    letter = words_of(letters[0])
    assert "goes on without a break from Thursday 24 October 2030 (clause VII.1-4)" in letter
    assert "Ten years from Friday 23 October 2020: the day itself is not counted." in letter
    assert "On the other reading the term ended on Tuesday 22 October 2030; no notice had ended" in letter
    assert "it is in force, renewed, with no stated end (our reading)" in letter
    assert "Either party may still end it by a written notice" in letter
    assert "comes late" not in letter


def test_vii_1_4_after_days_away_it_is_put_on_record_late_and_once(office: Office) -> None:
    office.clock.move_to(datetime(2030, 11, 4, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    (letter,) = said(office, "renewed by silence")
    assert "This was to be said on Thursday 24 October 2030 and comes late." in words_of([letter])
    with pytest.raises(NothingToSay):
        office.act(None, renewals.renew, channel_id="C0LIAISON")


def test_vii_1_4_at_night_nothing_is_said_and_the_status_is_right_already(office: Office) -> None:
    office.clock.move_to(datetime(2030, 10, 24, 0, 5, tzinfo=ZURICH))
    office.tick()

    status = office.command("Mei Chen", "/termination status")
    assert said(office, "renewed by silence") == []
    assert "it renews itself by silence. That goes on record on the next working morning" in status


def test_vii_1_4_status_due_and_home_say_renewed_and_what_is_due_goes_on(office: Office) -> None:
    office.pass_to(date(2030, 10, 24))

    sentence = "*It renewed itself at the end of Wednesday 23 October 2030* (clause VII.1-4)"
    assert sentence in office.command("Mei Chen", "/agreement status")
    assert sentence in office.command("Helena Costa", "/termination status")
    assert sentence in home_words(office.home("Omar Haddad"))
    due = office.command("Helena Costa", "/agreement due")
    assert "*Saturday 23 November 2030* · Information exchange, Kenya" in due
    assert "*Wednesday 22 October 2031* · Hold the general review" in due
    assert "no stated end at which it would renew itself" in office.command(
        "Amina Diallo", "/termination renewal"
    )


def test_vii_1_4_no_earlier_date_is_entered_again_or_changed(office: Office) -> None:
    with office.reading() as desk:
        before = {
            row.key: (row.duty, row.scope, row.due_on, row.window_start, row.status)
            for row in desk.session.exec(select(Occurrence)).all()
        }

    office.pass_to(date(2030, 10, 24))

    with office.reading() as desk:
        rows = desk.session.exec(select(Occurrence)).all()
        after = {row.key: (row.duty, row.scope, row.due_on, row.window_start, row.status) for row in rows}
    assert {key: after[key] for key in before} == before
    new = [row for key, row in after.items() if key not in before]
    assert new
    assert min(row[2] for row in new) > TERM_END
    assert dates(office, "renewal-notice") == [date(2030, 8, 22)]
    assert dates(office, "meeting-global")[-2:] == [date(2031, 10, 22), date(2032, 10, 22)]


def test_vii_1_4_the_dates_go_on_from_year_to_year(office: Office) -> None:
    office.pass_to(date(2030, 10, 24))
    office.clock.move_to(datetime(2031, 1, 6, 10, tzinfo=ZURICH))
    office.tick()

    assert dates(office, "contact-points-confirmed")[-1] == date(2033, 10, 23)


def test_vii_1_4_a_notice_that_is_over_by_then_stands_against_renewal(office: Office) -> None:
    notice_on_record(office, TERM_END)

    office.pass_to(date(2030, 10, 25))

    assert on_record(office) == []
    status = office.command("Mei Chen", "/agreement status")
    assert "*It ended at the end of Wednesday 23 October 2030*, by a notice (clause VII.1-2)." in status
    assert "renewed" not in status.partition("*Open now*")[0]
    assert "ended at the end of Wednesday 23 October 2030" in office.command(
        "Mei Chen", "/termination status"
    )
    assert max(dates(office, "exchange-prompt")) <= TERM_END


LATE = date(2030, 12, 4)


def test_vii_1_4_a_notice_that_is_not_over_by_then_is_shown_on_both_readings(office: Office) -> None:
    notice_on_record(office, LATE)
    before = office.command("Mei Chen", "/termination status")

    office.pass_to(date(2030, 10, 24))

    (row,) = on_record(office)
    assert row.notice_ends_on == LATE
    both = (
        "Read as: they must be over (our reading). So the Agreement renews itself at the end of its term, and "
        "this notice ends the renewed Agreement at the end of Wednesday 4 December 2030. On the other reading it "
        "does not renew itself, and ends with this notice on the same day."
    )
    assert both in before
    assert both in words_of(said(office, "renewed by silence"))
    assert both in office.command("Mei Chen", "/agreement status")


def test_vii_1_4_on_the_other_reading_a_notice_that_was_given_stands_against_renewal(office: Office) -> None:
    notice_on_record(office, LATE)
    office.clock.move_to(datetime(2030, 10, 24, 10, tzinfo=ZURICH))
    reading = {"renewal.notice_must": "given_by_term_end"}

    run_due(under(office, reading))

    assert on_record(office) == []


def test_vii_1_4_a_notice_given_after_the_term_ends_the_renewed_agreement(office: Office) -> None:
    office.pass_to(date(2030, 10, 24))
    notice_on_record(office, date(2031, 1, 15))

    status = office.command("Mei Chen", "/agreement status")
    assert "*It renewed itself at the end of Wednesday 23 October 2030*" in status
    assert "the end of Wednesday 15 January 2031" in status
    assert "Read as: they must be over" not in status


def test_vii_1_4_if_the_day_of_signature_is_counted_the_term_ends_a_day_earlier(office: Office) -> None:
    secretariat = under(office, {"term.end": "inclusive_of_signature_day"})
    office.clock.move_to(datetime(2030, 10, 23, 10, tzinfo=ZURICH))

    run_due(secretariat)
    office.deliver()

    (row,) = on_record(office)
    assert row.term_end == date(2030, 10, 22)
    letter = words_of(said(office, "renewed by silence"))
    assert "goes on without a break from Wednesday 23 October 2030" in letter
    assert (
        "Our reading: the day of signature is counted. On the other reading the term ended on Wednesday 23"
        in letter
    )


def test_vii_1_4_a_notice_for_the_later_of_the_two_last_days_is_said_to_split_the_readings(
    office: Office,
) -> None:
    notice_on_record(office, TERM_END)
    secretariat = under(office, {"term.end": "inclusive_of_signature_day"})
    office.clock.move_to(datetime(2030, 10, 23, 10, tzinfo=ZURICH))

    run_due(secretariat)
    office.deliver()

    assert "then the notice on record ended the Agreement on that day, and it was not renewed." in words_of(
        said(office, "renewed by silence")
    )


@pytest.mark.parametrize(
    ("reading", "ends_on", "safe"),
    [
        ("same_term", date(2040, 10, 23), date(2040, 8, 22)),
        ("n_years", date(2035, 10, 23), date(2035, 8, 22)),
    ],
)
def test_vii_1_4_a_term_of_stated_length_brings_a_new_end_and_a_new_ladder(
    office: Office, reading: str, ends_on: date, safe: date
) -> None:
    office.clock.move_to(datetime(2030, 10, 24, 10, tzinfo=ZURICH))

    run_due(under(office, {"renewal.length": reading}))
    office.deliver()

    (row,) = on_record(office)
    assert row.ends_on == ends_on
    assert dates(office, "renewal-notice") == [date(2030, 8, 22), safe]
    assert dates(office, "term-end") == [TERM_END, ends_on]
    assert "it is read as renewed until" in words_of(said(office, "renewed by silence"))
    with under(office, {"renewal.length": reading}).reading() as desk:
        second = desk.session.exec(select(Occurrence).where(Occurrence.due_on == safe)).first()
        assert second is not None
        assert duty_facts(desk.definition, second)["anchor_on"] == ends_on


def test_vii_1_4_without_the_same_notice_a_renewed_term_has_no_ladder() -> None:
    definition = DEFINITION.under({"renewal.length": "same_term", "renewal.notice": "none"})
    terms = expected(definition, date(2040, 1, 1))

    found = [
        item.due_on
        for item in plan(definition, (), _calendar(), date(2045, 1, 1), terms)
        if item.duty.id == "renewal-notice"
    ]
    assert found == [date(2030, 8, 22)]


def _calendar() -> JointCalendar:
    return JointCalendar([load_calendar(Path("/nowhere"), party.calendar) for party in DEFINITION.parties])


@pytest.mark.parametrize(
    ("readings", "terms"),
    [
        ({}, [(TERM_END, None)]),
        ({"renewal.length": "evergreen"}, [(TERM_END, None)]),
        (
            {"renewal.length": "same_term"},
            [(TERM_END, date(2040, 10, 23)), (date(2040, 10, 23), date(2050, 10, 23))],
        ),
        ({"renewal.length": "same_term", "renewal.times": "once"}, [(TERM_END, date(2040, 10, 23))]),
        (
            {"renewal.length": "n_years", "renewal.years": 8, "term.end": "inclusive_of_signature_day"},
            [(date(2030, 10, 22), date(2038, 10, 22)), (date(2038, 10, 22), date(2046, 10, 22))],
        ),
    ],
)
def test_vii_1_4_the_terms_follow_one_another_as_they_are_read(
    readings: dict[str, str], terms: list[tuple[date, date | None]]
) -> None:
    definition = DEFINITION.under(readings)

    assert expected(definition, date(2041, 1, 1)) == tuple(RenewedTerm(*term) for term in terms)
    assert expected(definition, terms[0][0]) == ()
    assert term_end_on(definition, terms[0][0]) == terms[0][0]
    assert term_end_on(definition, terms[0][0] + timedelta(days=1)) == terms[0][1]
    assert renewal_of(definition, date(2029, 1, 1)) is None


def test_vii_1_4_a_window_of_reviews_is_found_after_renewal() -> None:
    assert window_on(DEFINITION, date(2031, 3, 1)).closes == date(2031, 10, 22)


def test_vii_1_4_the_simulation_says_what_the_bot_says_across_the_end_of_the_term(office: Office) -> None:
    first, last = date(2030, 10, 22), date(2030, 12, 20)
    calendar = office.house.secretariat.calendar
    reminders = ("ledger/reminder_due", "exchanges/exchange_prompted", "exchanges/exchange_reminded")
    foretold = {
        (saying.on, saying.due_on, saying.clause)
        for occasion in occasions(DEFINITION, calendar, first, last)
        if occasion.template in reminders
        for saying in speak(DEFINITION, occasion)
    }

    office.pass_to(last)

    with office.reading() as desk:
        query = select(Entry).where(col(Entry.event).in_(("reminder_due", "exchange_prompted")))
        entries = desk.session.exec(query).all()
    heard = {
        (one.at.astimezone(ZURICH).date(), date.fromisoformat(json.loads(one.facts)["due_on"]), one.clause)
        for one in entries
    }
    assert {one for one in heard if one[0] >= first} == foretold
    assert max(one[1] for one in foretold) > TERM_END


def test_vii_1_4_a_ledger_without_the_renewal_holds_nothing_after_the_term(office: Office) -> None:
    assert max(dates(office, "exchange-prompt")) == TERM_END
    with office.reading() as desk:
        assert ledger.next_reminder_on(desk.session) is not None
