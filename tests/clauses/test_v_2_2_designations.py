"""V.2-2 through the door: each party designates its own people, and what was open at an end is handed over."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from bot.agreement.designation_ends import end_designation
from bot.agreement.designations import (
    DayOfDesignationMissing,
    Designation,
    NewDesignation,
    NoSuchPerson,
    NotDesignable,
    designate,
)
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.follow_ups import foresee
from bot.agreement.own_matters import OwnMatter
from bot.agreement.people import Mandate, Person, WrongSide, holders, may, roles_of
from bot.agreement.rights import Act, Role
from bot.journal import Entry, Outcome
from tests.handlers.pressing import modal_words, press_rare
from tests.office import ZURICH, Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
NEW: dict[str, Any] = {
    "person": "Mei Chen, Headquarters",
    "capacity": "alternate contact point",
    "valid_from": date(2026, 11, 23),
    "message": "The Office designates Mei Chen.",
}
NOT_DESIGNATING = [
    "Mei Chen",
    "Jonas Weber",
    "Lucía Romero",
    "Samuel Otieno",
    "Ravi Menon",
    "David Okafor",
    "Ines Martin",
    "Clara Novak",
]


def register(office: Office) -> list[Designation]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Designation).order_by(col(Designation.id))).all())


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)
        return list(desk.session.exec(query.order_by(col(Entry.id))).all())


def put(house: Office, by: str = "Amina Diallo", **changes: Any) -> Any:
    house.command(by, "/contacts designate")
    result = house.submit(by, {**NEW, **changes})
    house.deliver()
    return result


def end(office: Office, by: str, which: str, last_day: date, note: str = "") -> Any:
    office.home(by)
    press_rare(office, by, "contacts", "contacts.end")
    result = office.submit(by, {"designation": which, "last_day": last_day, "note": note})
    office.deliver()
    return result


def held(office: Office, name: str) -> set[str]:
    with office.reading() as desk:
        person = desk.session.exec(select(Person).where(Person.name == name)).one()
        return (
            {role.value for role in roles_of(desk.session, person)} if person.serves_on(desk.today) else set()
        )


def test_v_2_2_a_designation_is_put_on_record_before_both_sides_and_the_roster_follows(
    office: Office,
) -> None:
    result = put(office, valid_until=date(2027, 6, 30))

    assert result.ok
    assert held(office, "Mei Chen") == {"communications", "alternate"}
    for said in (office.channel(LIAISON), office.direct("Helena Costa"), office.direct("Mei Chen")):
        assert "designated *Mei Chen* (ILO) as *alternate contact point*" in words_of(said)
        assert "The Office designates Mei Chen." in words_of(said)
    assert "*Last day:* Wednesday 30 June 2027" in words_of(office.direct("Amina Diallo"))
    (row,) = register(office)
    assert (row.number, row.party, row.role, row.valid_until) == (
        "2026/1",
        "ilo",
        "alternate",
        date(2027, 6, 30),
    )
    assert "under 2026/1. Both parties are told." in modal_words(office, "Amina Diallo")


def test_v_2_2_the_other_party_designates_in_the_same_way(office: Office) -> None:
    put(office, "Omar Haddad", person="David Okafor, Headquarters")

    assert held(office, "David Okafor") == {"communications", "alternate"}
    assert "IOM: David Okafor, alternate contact point" in words_of(office.direct("Pierre Favre"))


def test_v_2_2_somebody_who_is_not_on_the_list_is_designated_by_name_and_member_id(office: Office) -> None:
    put(
        office,
        person=None,
        name="Clara Novak",
        member="u0ilonovak",
        capacity="contact point",
        office="Headquarters",
    )

    assert held(office, "Clara Novak") == {"contact_point"}
    assert "Clara Novak" in office.command("Clara Novak", "/contacts list")


def test_v_2_1_a_focal_point_is_designated_in_the_channel_of_the_country(office: Office) -> None:
    put(office, person="Samuel Otieno, Nairobi", capacity="field focal point", valid_until=date(2027, 6, 30))

    assert "ILO: Samuel Otieno, field focal point" in words_of(office.channel(KENYA))
    assert "Samuel Otieno" not in words_of(office.channel(LIAISON))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"person": None}, "name", "Please choose somebody of your list"),
        ({"person": None, "name": "X", "member": "@x"}, "member", "“@x” is not a member ID"),
        ({"person": None, "name": "X", "member": "U0IOMCOSTA"}, "member", "Helena Costa is on IOM's list."),
        (
            {"valid_until": date(2026, 11, 22)},
            "valid_until",
            "can be Monday 23 November 2026 or later",
        ),
        (
            {"valid_from": date(2026, 12, 7), "valid_until": date(2026, 12, 1)},
            "valid_until",
            "the last day can be Monday 7 December 2026 or later",
        ),
        ({"message": "  "}, "message", "Please write the words of the designation"),
    ],
)
def test_v_2_2_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    office: Office, changes: dict[str, Any], field: str, sentence: str
) -> None:
    result = put(office, **changes)

    assert sentence in result.errors[field]
    assert register(office) == []
    assert office.modal("Amina Diallo")["callback_id"] == "contacts.designate"


@pytest.mark.parametrize("name", NOT_DESIGNATING)
def test_v_2_2_administrators_and_others_do_not_designate(office: Office, name: str) -> None:
    told = office.command(name, "/contacts designate")

    assert office.slack.modal(office.id(name)) is None
    assert refusals(office) == ["not_on_roster" if name == "Clara Novak" else "not_mandated"]
    if name == "Ravi Menon":
        assert "Only ILO's contact point, alternate contact point or signatory can designate people" in told


def test_v_2_2_nobody_designates_for_the_other_party(office: Office) -> None:
    yuki = office.person("Yuki Tanaka").key
    new = NewDesignation(yuki, "", "", Role.ALTERNATE, "", date(2026, 11, 23), None, "For you")

    with pytest.raises(WrongSide):
        office.act("Amina Diallo", designate, new=new)
    with pytest.raises(WrongSide):
        office.act(
            "Amina Diallo",
            end_designation,
            person_id=office.person("Helena Costa").key,
            role=Role.CONTACT_POINT,
            last_day=office.today,
        )

    assert register(office) == []
    assert refusals(office) == ["wrong_side", "wrong_side"]


def test_v_2_2_other_capacities_are_not_designated_here_and_nobody_unknown_is(office: Office) -> None:
    mei = office.person("Mei Chen").key
    for new, fault in (
        (NewDesignation(mei, "", "", Role.SIGNATORY, "", office.today, None, "x"), NotDesignable),
        (NewDesignation(mei, "", "", Role.ALTERNATE, "", None, None, "x"), DayOfDesignationMissing),
        (NewDesignation(99, "", "", Role.ALTERNATE, "", office.today, None, "x"), NoSuchPerson),
    ):
        with pytest.raises(fault):
            office.act("Amina Diallo", designate, new=new)


def test_v_2_2_the_same_designation_twice_says_who_made_the_first(office: Office) -> None:
    office.command("Pierre Favre", "/contacts designate")
    put(office)

    office.submit("Pierre Favre", NEW)

    assert "Amina Diallo designated them under 2026/1" in modal_words(office, "Pierre Favre")
    assert len(register(office)) == 1
    assert refusals(office) == ["already_designated"]


def test_v_2_2_a_capacity_holds_on_its_own_days_and_on_no_others(office: Office) -> None:
    put(office, valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 31))

    assert held(office, "Mei Chen") == {"communications"}
    office.clock.move_to(datetime(2026, 12, 31, 23, tzinfo=ZURICH))
    assert held(office, "Mei Chen") == {"communications", "alternate"}
    office.clock.move_to(datetime(2027, 1, 1, 1, tzinfo=ZURICH))
    assert held(office, "Mei Chen") == {"communications"}
    told = office.command("Mei Chen", "/contacts designate")
    assert "Only ILO's" in told
    with office.reading() as desk:
        alternates = holders(desk.session, "ilo", frozenset({Role.ALTERNATE}), desk.today)
        assert [person.name for person in alternates] == ["Pierre Favre"]


def test_v_2_2_whose_service_had_ended_serves_again_in_the_new_capacity_only(office: Office) -> None:
    with office.database.writing() as session:
        mei = session.exec(select(Person).where(Person.name == "Mei Chen")).one()
        mei.valid_until = date(2026, 11, 20)
        session.add(mei)
    assert "ended on Friday 20 November 2026" in office.command("Mei Chen", "/contacts list")

    put(office, valid_until=date(2026, 12, 31))

    assert held(office, "Mei Chen") == {"alternate"}
    with office.reading() as desk:
        assert not may(desk.session, office.person("Mei Chen"), Act.HAND_OVER, OwnMatter("iom"))


def test_v_2_2_a_designation_ends_with_its_last_day_and_both_sides_are_told(office: Office) -> None:
    end(office, "Amina Diallo", "Pierre Favre: alternate contact point", date(2026, 11, 23), "He retires.")

    said = words_of(office.direct("Helena Costa"))
    assert "ended the designation of *Pierre Favre* as alternate contact point" in said
    assert "He retires." in said
    assert "The last day is *Monday 23 November 2026*" in words_of(office.channel(LIAISON))
    assert held(office, "Pierre Favre") == {"alternate"}
    office.clock.move_to(datetime(2026, 11, 24, 10, tzinfo=ZURICH))
    assert held(office, "Pierre Favre") == set()
    (row,) = register(office)
    assert (row.valid_until, row.end_note) == (date(2026, 11, 23), "He retires.")


def test_v_2_2_the_card_of_a_designation_shows_its_end(office: Office) -> None:
    put(office)
    end(office, "Pierre Favre", "Mei Chen: alternate contact point", date(2026, 12, 31))

    assert "*Ended* by Pierre Favre (ILO)" in words_of(office.channel(LIAISON))
    assert "*Ended* by Pierre Favre (ILO)" in words_of(office.direct("Helena Costa"))


def test_v_2_2_the_second_who_ends_it_is_told_who_was_first(office: Office) -> None:
    for name in ("Amina Diallo", "Pierre Favre"):
        office.home(name)
        press_rare(office, name, "contacts", "contacts.end")
    ending = {"designation": "Pierre Favre: alternate contact point", "last_day": date(2026, 11, 30)}
    office.submit("Amina Diallo", ending)

    office.submit("Pierre Favre", ending)

    assert "Amina Diallo ended the designation, and its last day is Monday 30 November 2026" in modal_words(
        office, "Pierre Favre"
    )
    assert refusals(office) == ["not_held"]


def test_v_2_2_a_last_day_long_gone_is_refused_at_its_field(office: Office) -> None:
    result = end(office, "Amina Diallo", "Pierre Favre: alternate contact point", date(2026, 11, 20))

    assert "the last day can be Sunday 22 November 2026 or later" in result.errors["last_day"]


def test_v_2_2_the_end_of_a_contact_points_designation_is_said_thirty_and_seven_days_ahead(
    office: Office,
) -> None:
    put(office, capacity="contact point", valid_until=date(2027, 1, 29))

    office.pass_to(date(2026, 12, 30))
    office.tick()
    first = words_of(office.direct("Pierre Favre")).count("Please designate again")
    office.pass_to(date(2027, 1, 22))
    office.tick()

    said = words_of(office.direct("Pierre Favre"))
    assert (first, said.count("Please designate again")) == (1, 2)
    assert "ends with *Friday 29 January 2027*, in 7 days" in said
    assert "Please designate again" not in words_of(office.direct("Helena Costa"))


def test_v_2_2_a_new_designation_takes_back_what_was_to_be_said_of_the_old(office: Office) -> None:
    put(office, capacity="contact point", valid_until=date(2027, 1, 29))
    put(office, capacity="contact point", valid_until=date(2027, 12, 31))

    office.pass_to(date(2027, 1, 25))

    assert "Please designate again" not in words_of(office.direct("Pierre Favre"))


def test_v_2_2_after_days_away_the_end_is_said_once_and_late(office: Office) -> None:
    put(office, capacity="contact point", valid_until=date(2027, 1, 29))

    office.clock.move_to(datetime(2027, 1, 27, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    said = words_of(office.direct("Pierre Favre"))
    assert said.count("Please designate again") == 1
    assert "This was to be said on Friday 22 January 2027 and comes late." in said


def test_v_2_2_hostile_words_in_a_designation_call_nobody(office: Office) -> None:
    put(office, message="<!channel> *bold* & " + "long " * 500)

    said = words_of(office.channel(LIAISON))
    assert "&lt;!channel&gt; *bold* &amp;" in said
    assert "<!channel>" not in said


def test_v_2_2_the_capacities_of_two_rows_are_one_person(office: Office) -> None:
    with office.reading() as desk:
        both = holders(desk.session, "ilo", frozenset({Role.CONTACT_POINT, Role.SIGNATORY}), desk.today)
        mandates = desk.session.exec(select(Mandate).where(Mandate.person_id == both[0].key)).all()
    assert ([person.name for person in both], len(mandates)) == (["Amina Diallo"], 2)


def plan_end(desk: Desk, *, person_id: int, until: date) -> Event:
    foresee(desk, f"person:{person_id}", "designation_ends", until, ("P30D", "P7D"))
    return Event(clause="V.2-2", subject="roster")


@pytest.mark.parametrize(("until", "said"), [(date(2027, 1, 29), 2), (date(2027, 6, 30), 0)])
def test_v_2_2_the_end_of_a_contact_point_of_the_roster_is_said_as_long_as_it_stands(
    office: Office, until: date, said: int
) -> None:
    with office.database.writing() as session:
        amina = session.exec(select(Person).where(Person.name == "Amina Diallo")).one()
        amina.valid_until = until
        session.add(amina)
    office.act(None, plan_end, person_id=office.person("Amina Diallo").key, until=date(2027, 1, 29))

    office.pass_to(date(2027, 1, 22))

    assert words_of(office.direct("Pierre Favre")).count("Please designate again") == said
