"""A workplan that was due on 23 April 2021, and a contact point's place that was empty for some days."""

from datetime import date

from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.workplan_items import Funding, ItemStatus
from tests import planning
from tests.clauses.test_v_2_2_designations import end, held, put
from tests.clauses.test_v_2_2_vacancies import vacancies
from tests.office import Office, words_of
from tests.stories.setting import KENYA, LIAISON, days_of, due, fill, said, told

DUE = date(2021, 4, 23)
LATE = "late by 2,174 days (IV.5-2)"
"""From 23 April 2021 to 6 April 2027; it stays so."""


def the_late_workplan_is_adopted(office: Office) -> None:
    """IV.5-2: drafted by both in March 2027 and adopted on 6 April: in force, and late for ever."""
    office.pass_to(date(2027, 3, 15))
    items = (
        ("Amina Diallo", {"due_on": date(2027, 9, 15), "lead_person_id": "Mei Chen (ILO)"}),
        ("Helena Costa", {"subject": "Data on return", "area": "A-COOP", "lead_party": "iom"}),
        ("Amina Diallo", {"subject": "Training of inspectors", "area": "A-COHER"}),
    )
    for name, facts in items:
        planning.add(office, name, **facts)
        planning.close_all(office, name)

    office.pass_to(date(2027, 4, 6))
    planning.propose(office)
    planning.adopt(office, "Amina Diallo")
    assert due(office, "workplan-global", DUE).status is OccurrenceStatus.UNKNOWN
    planning.adopt(office, "Helena Costa")

    row = due(office, "workplan-global", DUE)
    assert (row.status, row.met_on) == (OccurrenceStatus.MET, date(2027, 4, 6))
    assert LATE in office.command("Omar Haddad", "/workplan show global")


def kenya_has_a_plan_of_its_own(office: Office) -> None:
    """IV.5-3: Nairobi adopts a plan whose pilot carries out no item of the global one, and that is listed."""
    planning.add(office, "Grace Wanjiru", KENYA, subject="Pilot in Kisumu", lead_party="iom")
    planning.close_all(office, "Grace Wanjiru")
    planning.propose(office, "Grace Wanjiru", "Kenya")
    planning.adopt(office, "Grace Wanjiru", KENYA)
    planning.adopt(office, "Samuel Otieno", KENYA)

    assert "1 without an item of the global workplan (IV.5-3)" in office.command(
        "Amina Diallo", "/workplan show"
    )


def items_go_well_or_lack_money(office: Office) -> None:
    """III.1: the study is reminded of and done; for the training there is no money, which is a lawful reason."""
    office.pass_to(date(2027, 9, 16))
    reminders = told(office, "Mei Chen", "Item 2027/1")
    assert days_of(reminders) == [date(2027, 8, 16), date(2027, 9, 8), date(2027, 9, 15)]
    planning.progress(office, "Mei Chen", "done", "2027/1")
    planning.progress(office, "Omar Haddad", "on_track", "2027/2")
    planning.progress(office, "Amina Diallo", "not_funded", "2027/3")
    fill(office, "Amina Diallo", {"note": "The donor withdrew."})

    assert planning.item(office, 1).status is ItemStatus.DONE
    row = planning.item(office, 3)
    assert (row.status, row.funding) == (ItemStatus.NOT_DONE_RESOURCES, Funding.NOT_FUNDED)
    assert "That is a lawful reason (III.1)" in words_of(office.channel(LIAISON))


def it_is_still_late_in_the_second_year(office: Office) -> None:
    """IV.5-2: what was late on the day of adoption is late by as many days ever after, and no breach."""
    shown = office.command("Amina Diallo", "/workplan show global")
    assert LATE in shown
    assert "breach" not in shown


def a_contact_point_leaves(office: Office) -> None:
    """V.2-2: IOM's contact point serves until 30 April 2027; IOM hears at once, ILO after ten working days."""
    office.pass_to(date(2027, 4, 29))
    end(office, "Omar Haddad", "Helena Costa: contact point", date(2027, 4, 30), "A new post in Dakar.")

    office.pass_to(date(2027, 5, 18))
    vacant = "no serving contact point"
    for name in ("Helena Costa", "Omar Haddad", "Ines Martin"):
        assert days_of(told(office, name, vacant)) == [date(2027, 5, 3)]
    for name in ("Amina Diallo", "Pierre Favre"):
        assert days_of(told(office, name, vacant)) == [date(2027, 5, 17)]


def her_successor_is_designated_and_takes_over(office: Office) -> None:
    """V.2-2: Omar Haddad is designated on 19 May 2027 before both sides, and her work is handed over."""
    office.pass_to(date(2027, 5, 19))
    capacity = {"capacity": "contact point", "valid_from": date(2027, 5, 19)}
    facts = {"person": "Omar Haddad, Headquarters", "message": "IOM designates him."}
    put(office, "Helena Costa", **facts, **capacity)
    assert "contact_point" in held(office, "Omar Haddad")
    assert vacancies(office)[0].closed_on == date(2027, 5, 19)
    assert said(office, "IOM designated Omar Haddad as contact point")

    office.command("Omar Haddad", "/contacts handover")
    parting = {"leaving": "Helena Costa, Headquarters", "successor": "Omar Haddad, Headquarters"}
    fill(office, "Omar Haddad", {**parting, "note": "The seal is in the safe."})
    assert "The seal is in the safe." in words_of(office.direct("Omar Haddad"))
    assert "The seal is in the safe." not in words_of(office.direct("Amina Diallo"))
