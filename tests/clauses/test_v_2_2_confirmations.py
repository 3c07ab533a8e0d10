"""V.2-2: each quarter each party confirms its own contact points; both words together settle the date."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.confirmations import (
    ContactConfirmation,
    NobodyToConfirm,
    NotAConfirmation,
    confirm_contacts,
)
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.journal import Entry, Outcome
from tests.clauses.test_v_2_2_vacancies import expire
from tests.handlers.pressing import home_words, modal_words
from tests.office import ZURICH, Office, words_of

LIAISON = "ilo-iom-liaison"
DUE = date(2027, 1, 23)
REMINDED = date(2027, 1, 18)


@pytest.fixture
def asked(office: Office) -> Office:
    """A week before the quarter's day; both parties' offices have been reminded."""
    office.clock.move_to(datetime(2027, 1, 18, 10, tzinfo=ZURICH))
    office.tick()
    return office


def quarter(office: Office) -> Occurrence:
    with office.reading() as desk:
        query = select(Occurrence).where(
            Occurrence.duty == "contact-points-confirmed", Occurrence.due_on == DUE
        )
        return desk.session.exec(query).one()


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)).all())


def confirm(office: Office, name: str, where: str = "direct") -> Any:
    office.click(name, "contacts.review", str(quarter(office).id), where=where)
    result = office.submit(name, {})
    office.deliver()
    return result


def test_v_2_2_the_reminder_shows_a_button_and_the_form_the_people(asked: Office) -> None:
    asked.click("Omar Haddad", "contacts.review", str(quarter(asked).id), where="direct")

    said = modal_words(asked, "Omar Haddad")
    assert "*Helena Costa*, contact point, Headquarters." in said
    assert "*Linh Tran*, field focal point, Bangkok." in said
    assert "Amina Diallo" not in said
    assert "To be confirmed by Saturday 23 January 2027, a working rule" in said


def test_v_2_2_each_party_confirms_and_the_second_word_settles_the_quarter(asked: Office) -> None:
    assert confirm(asked, "Pierre Favre").ok
    first = words_of(asked.channel(LIAISON))
    assert "*ILO:* confirmed by Pierre Favre on Monday 18 January 2027 at 10:00" in first
    assert "*IOM:* not confirmed yet." in first
    assert quarter(asked).status is OccurrenceStatus.OPEN

    confirm(asked, "Helena Costa")

    row = quarter(asked)
    assert (row.status, row.met_on) == (OccurrenceStatus.MET, date(2027, 1, 18))
    assert "ILO: Amina Diallo; Pierre Favre" in row.evidence
    card = words_of(asked.channel(LIAISON))
    assert "Both parties have confirmed; the date is settled." in card
    assert "not confirmed yet" not in card


def test_v_2_2_a_party_that_has_answered_is_not_asked_again(asked: Office) -> None:
    confirm(asked, "Pierre Favre")
    before = {name: len(asked.direct(name)) for name in ("Amina Diallo", "Pierre Favre", "Helena Costa")}

    asked.pass_to(date(2027, 1, 26))

    after = {name: words_of(asked.direct(name)[count:]) for name, count in before.items()}
    assert "Confirm the contact points" not in after["Amina Diallo"] + after["Pierre Favre"]
    assert "Confirm the contact points" in after["Helena Costa"]


def test_v_2_2_when_both_have_answered_nobody_is_asked_again(asked: Office) -> None:
    confirm(asked, "Pierre Favre")
    confirm(asked, "Omar Haddad")
    before = len(asked.direct("Helena Costa"))

    asked.pass_to(date(2027, 1, 26))

    assert "Confirm the contact points" not in words_of(asked.direct("Helena Costa")[before:])


def test_v_2_2_the_second_of_one_party_is_told_who_was_first(asked: Office) -> None:
    asked.click("Amina Diallo", "contacts.review", str(quarter(asked).id), where="direct")
    confirm(asked, "Pierre Favre")

    asked.submit("Amina Diallo", {})
    again = asked.click("Amina Diallo", "contacts.review", where="direct")

    assert "Pierre Favre (ILO) has confirmed ILO's contact points" in modal_words(asked, "Amina Diallo")
    assert "Pierre Favre (ILO) has confirmed" in again
    assert refusals(asked) == ["already_confirmed", "already_confirmed"]
    with asked.reading() as desk:
        assert len(desk.session.exec(select(ContactConfirmation)).all()) == 1


def test_v_2_2_the_card_in_the_channel_lets_the_other_party_confirm_and_nobody_else(asked: Office) -> None:
    confirm(asked, "Pierre Favre")

    for name in ("Victor Lang", "Yuki Tanaka", "Ines Martin", "Clara Novak"):
        asked.click(name, "contacts.review")
        assert asked.slack.modal(asked.id(name)) is None
    assert refusals(asked) == ["from_third_organisation", "not_mandated", "not_mandated", "not_on_roster"]
    confirm(asked, "Omar Haddad", where=LIAISON)

    assert quarter(asked).status is OccurrenceStatus.MET


def test_v_2_2_a_party_without_a_contact_point_has_none_to_confirm(asked: Office) -> None:
    expire(asked, "Helena Costa", date(2027, 1, 15))

    asked.click("Omar Haddad", "contacts.review", str(quarter(asked).id), where="direct")
    asked.submit("Omar Haddad", {})

    assert "Please designate one first" in modal_words(asked, "Omar Haddad")
    with pytest.raises(NobodyToConfirm):
        asked.act("Omar Haddad", confirm_contacts, occurrence_id=quarter(asked).key)


def test_v_2_2_another_duty_cannot_be_confirmed_so(asked: Office) -> None:
    with asked.reading() as desk:
        other = desk.session.exec(select(Occurrence).where(Occurrence.duty == "field-offices-told")).one()

    with pytest.raises(NotAConfirmation):
        asked.act("Omar Haddad", confirm_contacts, occurrence_id=other.key)


def test_v_2_2_what_is_to_be_confirmed_waits_at_home(asked: Office) -> None:
    assert "*Contact points of IOM* (clause V.2-2): to be confirmed" in home_words(asked.home("Omar Haddad"))
    assert "Contact points of" not in home_words(asked.home("Nadia Petrova"))

    asked.click("Omar Haddad", "contacts.review", where="home")
    asked.submit("Omar Haddad", {})

    assert "Contact points of" not in home_words(asked.home("Omar Haddad"))
