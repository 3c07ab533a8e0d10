"""V.2-2: a party without a contact point is told at once, the other after ten working days, and each once."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.agreement.channels import Channel
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Mandate, Person
from bot.agreement.rights import Role
from bot.agreement.vacancies import Vacancy, note_filled, raise_vacancy, tell_others
from tests.clauses.test_v_2_2_designations import put
from tests.handlers.pressing import home_words, press_told
from tests.office import ZURICH, Office, Servers, words_of

VACANT = "IOM has had no serving contact point since"
OWN = ("Helena Costa", "Omar Haddad", "Ines Martin")
OTHERS = ("Amina Diallo", "Pierre Favre")


def expire(office: Office, name: str, last_day: date) -> None:
    """Let the contact point's capacity run out, as a designation with an end does."""
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == name)).one()
        mandate = session.get_one(Mandate, (person.key, Role.CONTACT_POINT))
        mandate.valid_until = last_day
        session.add(mandate)


def vacancies(office: Office) -> list[Vacancy]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Vacancy).order_by(col(Vacancy.id))).all())


def told(office: Office, name: str) -> int:
    return words_of(office.direct(name)).count(f"{VACANT} *")


@pytest.fixture
def vacant(office: Office) -> Office:
    """The IOM's contact point served for the last time on Friday 27 November 2026."""
    expire(office, "Helena Costa", date(2026, 11, 27))
    return office


def test_v_2_2_the_vacant_party_is_told_at_the_next_tick_and_the_other_is_not(vacant: Office) -> None:
    vacant.pass_to(date(2026, 11, 27))
    assert vacancies(vacant) == []

    vacant.pass_to(date(2026, 11, 30))
    vacant.tick()

    assert [told(vacant, name) for name in OWN] == [1, 1, 1]
    assert [told(vacant, name) for name in OTHERS] == [0, 0]
    said = words_of(vacant.direct("Omar Haddad"))
    assert "since *Saturday 28 November 2026*" in said
    assert "if there is none by Monday 14 December 2026, the other party is told" in said
    assert "working days are a working rule of both parties" in said
    assert "comes late" not in said


def test_v_2_2_the_other_side_is_told_once_after_ten_working_days(vacant: Office) -> None:
    vacant.pass_to(date(2026, 12, 11))
    assert [told(vacant, name) for name in OTHERS] == [0, 0]

    vacant.pass_to(date(2026, 12, 14))
    vacant.tick()
    vacant.pass_to(date(2026, 12, 18))

    assert [told(vacant, name) for name in OTHERS] == [1, 1]
    assert [told(vacant, name) for name in OWN] == [1, 1, 1]
    assert "nothing is asked of you" in words_of(vacant.direct("Amina Diallo"))


def test_v_2_2_after_days_away_everything_is_said_once_and_late(vacant: Office) -> None:
    vacant.clock.move_to(datetime(2027, 1, 12, 10, tzinfo=ZURICH))
    for _ in range(3):
        vacant.tick()

    assert [told(vacant, name) for name in (*OWN, *OTHERS)] == [1, 1, 1, 1, 1]
    assert "This was to be said on Monday 30 November 2026 and comes late." in words_of(
        vacant.direct("Omar Haddad")
    )
    assert "This was to be said on Monday 14 December 2026 and comes late." in words_of(
        vacant.direct("Amina Diallo")
    )


def test_v_2_2_a_designation_fills_the_vacancy_and_the_other_side_is_never_told(vacant: Office) -> None:
    vacant.pass_to(date(2026, 12, 1))
    assert "*No contact point* (clause V.2-2): IOM" in home_words(vacant.home("Omar Haddad"))

    put(
        vacant,
        "Omar Haddad",
        person="Yuki Tanaka, Headquarters",
        capacity="contact point",
        valid_from=date(2026, 12, 1),
    )
    vacant.pass_to(date(2026, 12, 18))

    assert vacancies(vacant)[0].closed_on == date(2026, 12, 1)
    assert [told(vacant, name) for name in OTHERS] == [0, 0]
    assert "No contact point" not in home_words(vacant.home("Omar Haddad"))


def test_v_2_2_a_vacancy_that_fills_of_itself_is_closed_and_said(vacant: Office) -> None:
    vacant.pass_to(date(2026, 12, 1))
    put(
        vacant,
        "Omar Haddad",
        person="Yuki Tanaka, Headquarters",
        capacity="contact point",
        valid_from=date(2026, 12, 4),
    )
    assert vacancies(vacant)[0].closed_on is None

    vacant.pass_to(date(2026, 12, 4))
    vacant.tick()

    assert vacancies(vacant)[0].closed_on == date(2026, 12, 4)
    assert words_of(vacant.direct("Omar Haddad")).count("IOM has a serving contact point again.") == 1


def test_v_2_2_each_vacancy_is_said_anew(vacant: Office) -> None:
    vacant.pass_to(date(2026, 12, 1))
    put(
        vacant,
        "Omar Haddad",
        person="Yuki Tanaka, Headquarters",
        capacity="contact point",
        valid_from=date(2026, 12, 1),
        valid_until=date(2026, 12, 3),
    )

    vacant.pass_to(date(2026, 12, 7))

    assert [row.since for row in vacancies(vacant)] == [date(2026, 11, 28), date(2026, 12, 4)]
    assert told(vacant, "Omar Haddad") == 2


def test_v_2_2_an_administrator_is_told_and_cannot_designate(vacant: Office) -> None:
    vacant.pass_to(date(2026, 11, 30))

    refusal = vacant.click("Ines Martin", "contacts.designate", where="direct")

    assert "Only IOM's" in refusal
    assert "No contact point" not in home_words(vacant.home("Ines Martin"))


def test_v_2_2_what_another_clock_has_said_is_not_said_again(vacant: Office) -> None:
    with pytest.raises(NothingToSay):
        vacant.act(None, raise_vacancy, party="iom")
    with pytest.raises(NothingToSay):
        vacant.act(None, note_filled, party="iom")
    vacant.pass_to(date(2026, 11, 30))
    (row,) = vacancies(vacant)
    with pytest.raises(NothingToSay):
        vacant.act(None, raise_vacancy, party="iom")
    with pytest.raises(NothingToSay):
        vacant.act(None, tell_others, vacancy_id=row.key)


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app."""
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as made:
        yield made.move_in()


def test_v_2_2_a_party_without_the_app_designates_by_the_buttons_in_the_shared_channel(
    office_of_one: Office,
) -> None:
    put(office_of_one)
    office_of_one.click("Helena Costa", "contacts.list")

    told_her = words_of(office_of_one.told("Helena Costa"))
    assert "*Mei Chen*" in told_her
    press_told(office_of_one, "Helena Costa", "contacts.designate")
    office_of_one.submit(
        "Helena Costa",
        {
            "person": "David Okafor, Headquarters",
            "capacity": "alternate contact point",
            "message": "The Organization designates.",
        },
    )
    office_of_one.deliver()

    assert "IOM: David Okafor, alternate contact point" in words_of(office_of_one.channel("ilo-iom-liaison"))


def test_v_2_2_where_no_channel_is_shared_yet_nobody_can_be_told_and_nothing_is_lost(vacant: Office) -> None:
    with vacant.database.writing() as session:
        kept = [row.model_dump() for row in session.exec(select(Channel)).all()]
        for row in session.exec(select(Channel)).all():
            session.delete(row)
    vacant.clock.move_to(datetime(2026, 11, 30, 10, tzinfo=ZURICH))
    vacant.tick()
    assert vacancies(vacant) == []

    with vacant.database.writing() as session:
        session.add_all(Channel(**row) for row in kept)
    vacant.tick()

    assert told(vacant, "Omar Haddad") == 1
