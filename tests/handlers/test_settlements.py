"""Settling due dates: done with evidence, waived by both parties, or no longer known."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from bot.agreement import settlements
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.journal import Entry, Outcome
from tests.handlers.pressing import LIAISON, buttons, modal_words, press_told
from tests.office import ZURICH, Office, words_of
from tests.settling import both_record_met

SETTLERS = ["Amina Diallo", "Pierre Favre", "Lucía Romero", "Helena Costa", "Omar Haddad", "Nadia Petrova"]
READERS = ["Mei Chen", "Jonas Weber", "Ravi Menon", "Yuki Tanaka", "David Okafor", "Ines Martin"]


def workplan(office: Office) -> Occurrence:
    """The global workplan, due on Friday 23 April 2021."""
    with office.reading() as desk:
        return desk.session.exec(select(Occurrence).where(Occurrence.duty == "workplan-global")).one()


def list_dates(office: Office, name: str) -> str:
    office.command(name, "/agreement status")
    return press_told(office, name, "settlements.list")


def oldest(office: Office) -> Occurrence:
    with office.reading() as desk:
        query = select(Occurrence).where(Occurrence.status == OccurrenceStatus.UNKNOWN)
        found = desk.session.exec(query.order_by(col(Occurrence.due_on), col(Occurrence.id))).first()
    assert found is not None
    return found


def after(office: Office, row: Occurrence) -> Occurrence:
    with office.reading() as desk:
        return desk.session.get_one(Occurrence, row.id)


def open_form(office: Office, name: str, row: Occurrence) -> None:
    list_dates(office, name)
    press_told(office, name, "settlements.open", str(row.id))


def settle(office: Office, name: str, row: Occurrence, **values: Any) -> Any:
    open_form(office, name, row)
    result = office.submit(name, values)
    office.deliver()
    return result


def test_the_list_shows_the_first_fifteen_and_counts_the_rest(office: Office) -> None:
    told = list_dates(office, "Amina Diallo")

    rows = [action for action, _ in buttons(office.told("Amina Diallo")[-1]["blocks"])]
    assert rows == ["settlements.open"] * 15
    assert (
        "*Sunday 22 November 2020* · Tell field offices about the Agreement (clause V.1): evidence missing"
        in told
    )
    assert "And 44 more" in told


def test_what_is_overdue_comes_before_what_wants_evidence(office: Office) -> None:
    office.clock.move_to(datetime(2026, 12, 28, 10, tzinfo=ZURICH))

    told = list_dates(office, "Amina Diallo")

    assert told.index("*overdue by 5 days*") < told.index("*Sunday 22 November 2020*")


@pytest.mark.parametrize("name", SETTLERS)
def test_contact_points_alternates_and_legal_officers_may_settle(office: Office, name: str) -> None:
    open_form(office, name, oldest(office))

    assert "Tell field offices about the Agreement (clause V.1)" in modal_words(office, name)


@pytest.mark.parametrize("name", READERS)
def test_others_read_the_list_without_buttons_and_who_may_settle(office: Office, name: str) -> None:
    told = list_dates(office, name)

    assert buttons(office.told(name)[-1]["blocks"]) == []
    assert (
        "Contact points, alternates and legal officers of either party may record how these were met" in told
    )


def test_a_button_pressed_by_somebody_else_is_refused_kindly_and_journalled(office: Office) -> None:
    office.clock.move_to(datetime(2027, 1, 22, 10, tzinfo=ZURICH))
    office.tick()

    told = office.click("Yuki Tanaka", "settlements.open")

    holders = "IOM's contact point, alternate contact point or legal officer"
    assert f"Only {holders} can put on record how a due date was met." in told
    with office.reading() as desk:
        refused = desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).one()
    assert (refused.subject, refused.actor) == ("not_mandated", "Yuki Tanaka")


def test_a_date_is_recorded_as_met_with_its_day_its_evidence_and_who_said_so(office: Office) -> None:
    row = workplan(office)

    values = {"met_on": date(2021, 5, 3), "evidence": "Registry, file 12/3", "note": "Adopted by letter"}
    result = settle(office, "Helena Costa", row, outcome="done", **values)
    office.click("Amina Diallo", "settlements.confirm")
    office.deliver()

    settled = after(office, row)
    assert result.ok
    assert (settled.status, settled.met_on, settled.days_late) == (OccurrenceStatus.MET, date(2021, 5, 3), 10)
    assert (settled.evidence, settled.note) == ("Registry, file 12/3", "Adopted by letter")
    assert "Recorded by Helena Costa (IOM) and confirmed by Amina Diallo." in words_of(
        office.channel(LIAISON)
    )


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"evidence": "File 1"}, "met_on", "Please say on which day it was done"),
        (
            {"met_on": date(2027, 1, 1), "evidence": "File 1"},
            "met_on",
            "Please choose Monday 23 November 2026",
        ),
        (
            {"met_on": date(2020, 10, 22), "evidence": "File 1"},
            "met_on",
            "The Agreement was concluded on Friday 23 October 2020. Please choose that day or a later one.",
        ),
        ({"met_on": date(2021, 5, 3)}, "evidence", "Please say where the evidence is"),
        ({"met_on": date(2021, 5, 3), "evidence": "   "}, "evidence", "Please say where the evidence is"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    office: Office, values: dict[str, Any], field: str, sentence: str
) -> None:
    row = oldest(office)

    result = settle(office, "Amina Diallo", row, outcome="done", note="Kept", **values)

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert office.modal("Amina Diallo")["state"]["values"]["note"]["note"]["value"] == "Kept"
    assert after(office, row).status is OccurrenceStatus.UNKNOWN


def test_what_is_done_once_in_a_window_cannot_have_been_done_before_it_opened(office: Office) -> None:
    with office.reading() as desk:
        query = select(Occurrence).where(
            Occurrence.duty == "general-review", Occurrence.due_on == date(2025, 10, 22)
        )
        review = desk.session.exec(query).one()

    facts = {"occurrence_id": review.key, "evidence": "Registry, file 12/3"}
    with pytest.raises(settlements.MetBeforeWindow) as early:
        office.act("Amina Diallo", settlements.record_met, met_on=date(2023, 10, 22), **facts)
    both_record_met(office, met_on=date(2023, 10, 23), **facts)

    assert early.value.opened == date(2023, 10, 23)
    assert after(office, review).status is OccurrenceStatus.MET


def test_the_form_says_what_closes_the_date_for_both_parties(office: Office) -> None:
    open_form(office, "Amina Diallo", oldest(office))

    form = modal_words(office, "Amina Diallo")

    assert "This closes the date for both parties, except that a waiver needs the agreement of both." in form
    assert "a day from Friday 23 October 2020 on, and not later than today" in form


@pytest.mark.parametrize("note", ["", "   "])
def test_that_it_is_no_longer_known_takes_a_reason(office: Office, note: str) -> None:
    row = oldest(office)

    result = settle(office, "Amina Diallo", row, outcome="not_known", note=note)

    assert "Please say why it is no longer known" in result.errors["note"]
    assert after(office, row).status is OccurrenceStatus.UNKNOWN


def test_nothing_is_put_on_record_without_saying_what_happened(office: Office) -> None:
    result = settle(office, "Amina Diallo", oldest(office), note="Hm")

    assert list(result.errors) == ["outcome"]


def test_a_waiver_takes_the_word_of_both_parties(office: Office) -> None:
    row = oldest(office)

    settle(office, "Amina Diallo", row, outcome="waived")
    between = after(office, row).status
    open_form(office, "Omar Haddad", row)
    form = modal_words(office, "Omar Haddad")
    office.submit("Omar Haddad", {"outcome": "waived"})

    assert between is OccurrenceStatus.UNKNOWN
    assert "ILO has already agreed that this need not be done." in form
    assert "A waiver counts at once, since ILO has agreed already." in form
    assert after(office, row).status is OccurrenceStatus.WAIVED


@pytest.mark.parametrize(
    ("name", "told", "status"),
    [
        ("Helena Costa", "", OccurrenceStatus.WAIVED),
        ("Nadia Petrova", "", OccurrenceStatus.WAIVED),
        ("Pierre Favre", "ILO has said already", OccurrenceStatus.UNKNOWN),
        ("Yuki Tanaka", "Only IOM's", OccurrenceStatus.UNKNOWN),
        ("Victor Lang", "This service is for the staff", OccurrenceStatus.UNKNOWN),
    ],
)
def test_a_waiver_proposed_is_agreed_to_by_button_and_by_the_other_party_alone(
    office: Office, name: str, told: str, status: OccurrenceStatus
) -> None:
    row = oldest(office)
    settle(office, "Amina Diallo", row, outcome="waived")
    proposal = words_of(office.channel(LIAISON))

    said = office.click(name, "settlements.agree")
    office.deliver()

    assert "A contact point, alternate contact point or legal officer of IOM may agree." in proposal
    assert told in said
    assert after(office, row).status is status


def test_a_waiver_that_is_complete_offers_nothing_more_to_agree_to(office: Office) -> None:
    settle(office, "Amina Diallo", oldest(office), outcome="waived")
    office.click("Helena Costa", "settlements.agree")
    office.deliver()

    proposed, waived = office.channel(LIAISON)

    assert "settlements.agree" in dict(buttons(proposed["blocks"]))
    assert buttons(waived["blocks"]) == []


def test_one_party_cannot_waive_twice_for_both(office: Office) -> None:
    row = oldest(office)
    settle(office, "Amina Diallo", row, outcome="waived")

    settle(office, "Lucía Romero", row, outcome="waived")

    assert after(office, row).status is OccurrenceStatus.UNKNOWN
    assert "ILO has said already" in modal_words(office, "Lucía Romero")


def test_what_is_no_longer_known_is_settled_too(office: Office) -> None:
    row = oldest(office)

    settle(office, "Nadia Petrova", row, outcome="not_known", note="Nobody of that time is left")

    assert after(office, row).status is OccurrenceStatus.NOT_KNOWN
    assert after(office, row).note == "Nobody of that time is left"


def test_a_date_settled_meanwhile_is_not_settled_again(office: Office) -> None:
    row = oldest(office)
    open_form(office, "Omar Haddad", row)
    settle(office, "Amina Diallo", row, outcome="not_known", note="Nobody of that time is left")

    office.submit("Omar Haddad", {"outcome": "done", "met_on": date(2021, 1, 4), "evidence": "File"})

    assert "is closed already: it is no longer known" in modal_words(office, "Omar Haddad")
    assert after(office, row).status is OccurrenceStatus.NOT_KNOWN


def test_a_button_of_a_date_settled_meanwhile_says_so(office: Office) -> None:
    row = oldest(office)
    list_dates(office, "Omar Haddad")
    settle(office, "Amina Diallo", row, outcome="not_known", note="Nobody of that time is left")

    told = press_told(office, "Omar Haddad", "settlements.open", str(row.id))

    assert "is closed already" in told
