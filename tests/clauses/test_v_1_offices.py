"""V.1 through the door: each party keeps its own offices, tells those in the field, and each of them confirms."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from bot.agreement.distributions import (
    Distribution,
    DistributionStatus,
    NoOfficeChosen,
    NoSuchDistribution,
    NotToBeTold,
    acknowledge_telling,
    tell_offices,
)
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.office_register import NoSuchOffice, OfficeFacts, keep_office
from bot.agreement.offices import Office as OfficeRow
from bot.agreement.people import Person, WrongSide
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, home_words, modal_words, press_told
from tests.office import Office, words_of

LIAISON = "ilo-iom-liaison"
DAKAR: dict[str, Any] = {
    "name": "Dakar",
    "level": "Country office",
    "country": "Senegal",
    "region": "Africa",
    "tz": "africa/dakar",
    "active": "Yes",
    "opened_on": date(2026, 11, 2),
    "head": "Awa Ndiaye",
    "head_since": date(2026, 11, 2),
}
NOT_KEEPING = ["Mei Chen", "Jonas Weber", "Lucía Romero", "Samuel Otieno", "Ravi Menon", "Clara Novak"]


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind).order_by(col(kind.id))).all())


def office_row(office: Office, name: str, party: str = "ilo") -> OfficeRow:
    with office.reading() as desk:
        query = select(OfficeRow).where(OfficeRow.party == party, OfficeRow.name == name)
        return desk.session.exec(query).one()


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)
        return list(desk.session.exec(query.order_by(col(Entry.id))).all())


def add(office: Office, by: str = "Amina Diallo", **changes: Any) -> Any:
    office.command(by, "/contacts office")
    press_told(office, by, "offices.new")
    result = office.submit(by, {**DAKAR, **changes})
    office.deliver()
    return result


def change(office: Office, by: str, which: str, **changes: Any) -> Any:
    office.command(by, f"/contacts office {which}")
    result = office.submit(by, changes)
    office.deliver()
    return result


def tell(office: Office, name: str, which: str, party: str, **changes: Any) -> Any:
    office.command(name, "/contacts office")
    press_told(office, name, "distributions.tell", str(office_row(office, which, party).id))
    result = office.submit(name, changes)
    office.deliver()
    return result


def listing(office: Office, name: str) -> str:
    return office.command(name, "/contacts office")


def test_v_1_a_party_puts_its_office_on_record_and_the_other_side_reads_it(office: Office) -> None:
    result = add(office)

    row = office_row(office, "Dakar")
    assert result.ok
    assert (row.country, row.tz, row.active, row.head) == ("SN", "Africa/Dakar", True, "Awa Ndiaye")
    assert "Amina Diallo (ILO) put the *Dakar* office on record" in words_of(office.channel(LIAISON))
    assert "Please tell it about the Agreement" in words_of(office.direct("Pierre Favre"))
    assert "Dakar" not in words_of(office.direct("Helena Costa"))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": "  "}, "name", "Please fill this in"),
        ({"name": "nairobi"}, "name", "has an office called “nairobi” on record already"),
        ({"country": "Senegall"}, "country", "Did you mean Senegal?"),
        ({"country": "Qwertyland"}, "country", "No country is called “Qwertyland”."),
        ({"country": ""}, "country", "Please fill this in"),
        ({"level": "Regional office", "region": ""}, "region", "Please fill this in"),
        ({"tz": "Dakar"}, "tz", "Did you mean Africa/Dakar?"),
        ({"tz": "Mars/Base"}, "tz", "There is no time zone “Mars/Base”."),
        ({"closed_on": date(2026, 11, 1)}, "closed_on", "the office opened on Monday 2 November 2026"),
        ({"head_since": date(2026, 11, 24)}, "head_since", "after today, Monday 23 November 2026"),
        ({"head": ""}, "head", "Please fill this in"),
    ],
)
def test_v_1_what_is_wrong_about_an_office_is_said_at_its_field(
    office: Office, changes: dict[str, Any], field: str, sentence: str
) -> None:
    result = add(office, **changes)

    assert sentence in result.errors[field]
    assert office.modal("Amina Diallo")
    assert len(rows(office, OfficeRow)) == 6


@pytest.mark.parametrize("name", NOT_KEEPING)
def test_v_1_offices_are_changed_by_contact_points_and_alternates_only(office: Office, name: str) -> None:
    office.command(name, "/contacts office Nairobi")

    assert office.slack.modal(office.id(name)) is None
    assert refusals(office) == ["not_on_roster" if name == "Clara Novak" else "not_mandated"]


def test_v_1_nobody_changes_or_tells_an_office_of_the_other_party(office: Office) -> None:
    office.command("Amina Diallo", "/contacts office")
    foreign = str(office_row(office, "Nairobi", "iom").id)
    own = str(office_row(office, "Nairobi", "ilo").id)

    shown = {value for _, value in buttons(office.told("Amina Diallo")[-1]["blocks"])}
    assert own in shown
    assert foreign not in shown
    press_told(office, "Amina Diallo", "offices.edit", own)
    view = office.slack.state.views[office.modal("Amina Diallo")["id"]]
    view.body["private_metadata"] = foreign
    office.submit("Amina Diallo", {"head": "Mole"})
    assert office_row(office, "Nairobi", "iom").head == ""
    assert refusals(office) == ["wrong_side"]


def test_v_1_an_office_that_does_not_exist_is_answered_with_those_there_are(office: Office) -> None:
    told = office.command("Amina Diallo", "/contacts office Timbuktu")

    assert "It has: Headquarters, Bangkok, Nairobi." in told


def test_v_1_an_office_that_is_renamed_keeps_its_people(office: Office) -> None:
    change(office, "Omar Haddad", "nairobi", name="Nairobi Hub")

    assert office.person("Grace Wanjiru").office == "Nairobi Hub"
    assert office.person("Samuel Otieno").office == "Nairobi"


def test_v_1_an_office_the_roster_names_and_nobody_knows_is_pointed_out(office: Office) -> None:
    change(office, "Omar Haddad", "nairobi", name="Nairobi Hub")
    with office.database.writing() as session:
        linh = session.exec(select(Person).where(Person.name == "Linh Tran")).one()
        linh.office = "Hanoi"
        session.add(linh)

    assert "not on record as offices: Hanoi." in listing(office, "Omar Haddad")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "English",
            ["Dear colleagues of the Nairobi office", "Friday 23 October 2020", "Confirm for my office"],
        ),
        ("French", ["Chères et chers collègues", "le vendredi 23 octobre 2020", "Confirmer pour mon bureau"]),
        (
            "Spanish",
            ["Estimadas y estimados colegas", "23 de octubre de 2020", "Confirmar por mi oficina"],
        ),
    ],
)
def test_v_1_an_office_is_told_in_three_languages(office: Office, language: str, words: list[str]) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo", language=language, note="Karibu! <!here> *all*")

    said = words_of(office.direct("Samuel Otieno"))
    assert [word for word in words if word not in said] == []
    assert "Karibu! &lt;!here&gt;" in said
    assert words_of(office.direct("Amina Diallo")).count("Karibu!") == 1
    assert not office.direct("Grace Wanjiru")


def test_v_1_each_office_confirms_for_itself_and_the_card_shows_it(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo", offices=["Nairobi (country)", "Bangkok (regional)"])

    office.click("Samuel Otieno", "distributions.acknowledge", where="direct")
    office.deliver()

    nairobi, bangkok = rows(office, Distribution)
    assert (nairobi.status, nairobi.acknowledger) == (DistributionStatus.ACKNOWLEDGED, "Samuel Otieno")
    assert bangkok.status is DistributionStatus.SENT
    assert "*Confirmed* by Samuel Otieno on Monday 23 November 2026" in words_of(
        office.direct("Samuel Otieno")
    )
    assert "*Confirmed* by Samuel Otieno" in words_of(office.direct("Amina Diallo"))
    told = listing(office, "Helena Costa")
    assert "*ILO:* 2 field offices open, 2 told about the Agreement, 1 confirmed." in told
    assert "*IOM:* 2 field offices open, 0 told about the Agreement, 0 confirmed." in told
    assert "Samuel Otieno" not in told


def test_v_1_nobody_confirms_for_another_office(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    told = office.click("Amina Diallo", "distributions.acknowledge", where="direct")

    assert "This is for the Nairobi office to confirm" in told
    assert refusals(office) == ["not_of_this_office"]


def test_v_1_two_who_confirm_at_once_are_told_who_was_first(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    card = office.direct("Amina Diallo")[-1]
    room = office._direct_room("Amina Diallo")
    office.click("Samuel Otieno", "distributions.acknowledge", where="direct")

    office.slack.click(office.id("Amina Diallo"), room, card["ts"], "distributions.record", None)
    office.submit("Amina Diallo", {"acknowledger": "Head", "evidence": "A letter"})

    assert "Samuel Otieno confirmed for the Nairobi office already" in modal_words(office, "Amina Diallo")
    assert rows(office, Distribution)[0].evidence == ""
    assert refusals(office) == ["office_has_acknowledged"]


def test_v_1_a_party_records_what_an_office_answered_elsewhere_with_evidence(office: Office) -> None:
    add(office)
    office.click("Pierre Favre", "distributions.tell", where="direct")
    office.submit("Pierre Favre", {})
    office.deliver()
    office.click("Pierre Favre", "distributions.record", where="direct")

    empty = office.submit("Pierre Favre", {"acknowledger": " ", "evidence": " "})
    half = office.submit("Pierre Favre", {"acknowledger": "Awa Ndiaye", "evidence": " "})
    office.submit("Pierre Favre", {"acknowledger": "Awa Ndiaye", "evidence": "E-mail of 23 November"})

    assert "who answered" in empty.errors["acknowledger"]
    assert "where the answer is kept" in half.errors["evidence"]
    (row,) = rows(office, Distribution)
    assert (row.acknowledger, row.evidence) == ("Awa Ndiaye", "E-mail of 23 November")
    assert "recorded on the office's behalf by Pierre Favre: E-mail of 23 November" in listing(
        office, "Amina Diallo"
    )


def test_v_1_an_office_is_told_once_for_each_head(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    button = str(office_row(office, "Nairobi").id)

    office.command("Pierre Favre", "/contacts office")
    assert button not in {
        value
        for action, value in buttons(office.told("Pierre Favre")[-1]["blocks"])
        if action == "distributions.tell"
    }
    change(office, "Amina Diallo", "Nairobi", head="Wanjiku Kamau", head_since=date(2026, 11, 20))

    assert "has a new head (Wanjiku Kamau)" in words_of(office.direct("Pierre Favre"))
    assert tell(office, "Pierre Favre", "Nairobi", "ilo").ok
    assert [row.head for row in rows(office, Distribution)] == ["", "Wanjiku Kamau"]


def test_v_1_the_second_who_tells_an_office_learns_who_was_first(office: Office) -> None:
    office.command("Pierre Favre", "/contacts office")
    press_told(office, "Pierre Favre", "distributions.tell", str(office_row(office, "Nairobi").id))
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    office.submit("Pierre Favre", {})

    assert "Amina Diallo has told the Nairobi office already, under 2026/1" in modal_words(
        office, "Pierre Favre"
    )
    assert len(rows(office, Distribution)) == 1


@pytest.mark.parametrize(
    ("which", "changes"), [("Headquarters", {}), ("Bangkok", {"closed_on": date(2026, 11, 20)})]
)
def test_v_1_headquarters_and_closed_offices_are_not_told(
    office: Office, which: str, changes: dict[str, Any]
) -> None:
    if changes:
        change(office, "Amina Diallo", which, **changes)
    office.command("Amina Diallo", "/contacts office")
    row = str(office_row(office, which).id)

    shown = [one for one in buttons(office.told("Amina Diallo")[-1]["blocks"]) if one[1] == row]

    assert [action for action, _ in shown] == ["offices.edit"]


def test_v_1_when_every_office_of_both_parties_has_confirmed_the_duty_is_met(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo", offices=["Nairobi (country)", "Bangkok (regional)"])
    tell(office, "Helena Costa", "Nairobi", "iom", offices=["Nairobi (country)", "Bangkok (regional)"])
    for name in ("Samuel Otieno", "Anan Srisai", "Grace Wanjiru"):
        office.click(name, "distributions.acknowledge", where="direct")
    assert "All field offices have been told" not in words_of(office.channel(LIAISON))

    office.click("Linh Tran", "distributions.acknowledge", where="direct")
    office.deliver()

    with office.reading() as desk:
        due = desk.session.exec(select(Occurrence).where(Occurrence.duty == "field-offices-told")).one()
    assert (due.status, due.met_on) == (OccurrenceStatus.MET, date(2026, 11, 23))
    assert due.evidence == "2026/1, 2026/2, 2026/3, 2026/4"
    assert "All field offices have been told" in words_of(office.channel(LIAISON))


def test_v_1_what_waits_is_shown_at_home(office: Office) -> None:
    assert "Field offices to be told about the Agreement* (clause V.1): Bangkok, Nairobi." in home_words(
        office.home("Amina Diallo")
    )
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    view = office.home("Samuel Otieno")
    assert "*Your office, Nairobi* (clause V.1)" in home_words(view)
    office.click("Samuel Otieno", "distributions.acknowledge", where="home")

    assert rows(office, Distribution)[0].status is DistributionStatus.ACKNOWLEDGED
    assert "Your office" not in home_words(office.home("Samuel Otieno"))


def test_v_1_an_unknown_message_or_office_is_refused_kindly(office: Office) -> None:
    with pytest.raises(NoSuchDistribution):
        office.act("Samuel Otieno", acknowledge_telling, distribution_id=99)
    headquarters = office_row(office, "Headquarters").key
    foreign = office_row(office, "Nairobi", "iom").key
    with pytest.raises(NotToBeTold):
        office.act("Amina Diallo", tell_offices, office_ids=[headquarters], language="en")
    with pytest.raises(NoOfficeChosen):
        office.act("Amina Diallo", tell_offices, office_ids=[], language="en")
    with pytest.raises(WrongSide):
        office.act("Amina Diallo", tell_offices, office_ids=[foreign], language="en")
    with pytest.raises(NoSuchOffice):
        office.act(
            "Amina Diallo",
            keep_office,
            facts=OfficeFacts("X", office_row(office, "Nairobi").level),
            office_id=99,
        )
