"""IV.11: funding leads are for few, who are told in person; nobody else finds a trace of them anywhere."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import funding
from bot.agreement.funding import FundingLead, Lead, LeadStatus
from bot.agreement.people import Refusal
from bot.journal import Entry
from bot.outbox import OutboxRow
from handlers.errors import sentence
from tests.clauses.drafting import events, refused
from tests.handlers.pressing import modal_words, press_modal, press_rare
from tests.office import Office, everything, texts, words_of

SECRET = "Kilimanjaro facility"
DONOR = "Ruritania"
LEAD: dict[str, Any] = {
    "subject": SECRET,
    "donor": DONOR,
    "amount": "2 to 3 million US dollars",
    "area": "A-STRAT",
    "scope": "KE",
    "deadline": date(2027, 1, 29),
    "lead_party": "iom",
    "status": "idea",
    "notes": "Ask the embassy.",
}
READERS = ["Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"]
OTHERS = [
    "Mei Chen",
    "Jonas Weber",
    "Lucía Romero",
    "Samuel Otieno",
    "Anan Srisai",
    "Ravi Menon",
    "Yuki Tanaka",
    "Nadia Petrova",
    "Grace Wanjiru",
    "Linh Tran",
    "David Okafor",
    "Ines Martin",
    "Clara Novak",
    "Victor Lang",
]
CHANNELS = [
    "ilo-iom-liaison",
    "ilo-iom-horn-of-africa",
    "ilo-iom-east-africa",
    "ilo-communications",
    "iom-brand",
]


def leads_of(office: Office, name: str) -> str:
    office.command(name, "/communication funding")
    return modal_words(office, name) + str(office.modal(name))


def log(office: Office, name: str = "Amina Diallo", **changes: Any) -> Any:
    office.command(name, "/communication funding")
    press_modal(office, name, "funding.log")
    result = office.submit(name, {**LEAD, **changes})
    office.deliver()
    return result


def named(office: Office, name: str) -> list[str]:
    return [str(office.person(name).key)]


def change(office: Office, name: str, **changes: Any) -> Any:
    office.command(name, "/communication funding")
    press_modal(office, name, "funding.show", "1")
    press_modal(office, name, "funding.change")
    result = office.submit(name, changes)
    office.deliver()
    return result


def traces(office: Office, allowed: list[str]) -> list[str]:
    """Where the lead's title or donor can be read by somebody who may not."""
    found = []
    for channel in CHANNELS:
        found += [channel for word in (SECRET, DONOR) if word in str(office.channel(channel))]
    ids = {office.id(name) for name in allowed}
    for person in office.slack.state.people.values():
        if person.id in ids:
            continue
        seen = [
            office.slack.ephemerals(person.id),
            office.slack.modal(person.id),
            office.slack.home(person.id),
        ]
        if office.slack.app_of(person.team_id) is not None:
            seen.append(office.direct(person.name))
        found += [person.name for word in (SECRET, DONOR) if word in str(seen)]
    with office.reading() as desk:
        rows = desk.session.exec(select(OutboxRow)).all()
        found += [row.channel for row in rows if row.channel not in ids and SECRET in row.payload]
        found += [row.channel for row in rows if DONOR in row.payload and row.channel not in ids]
        lines = desk.session.exec(select(Entry)).all()
        found += [f"journal {line.id}" for line in lines if SECRET in line.facts or DONOR in line.facts]
    return found


def test_iv_11_a_lead_leaves_no_trace_with_anybody_else_in_slack_outbox_or_journal(office: Office) -> None:
    assert log(office, named=named(office, "Samuel Otieno")).ok
    change(office, "Helena Costa", status="contacted")
    office.pass_to(date(2027, 1, 29))
    for name in OTHERS:
        if office.slack.app_of(office.slack.state.people[office.id(name)].team_id):
            office.home(name)
            office.command(name, "/communication list")
            office.command(name, "/communication funding") if name != "Samuel Otieno" else None
    office.deliver()

    assert traces(office, [*READERS, "Samuel Otieno"]) == []
    for name in [*READERS[1:], "Samuel Otieno"]:
        assert SECRET in words_of(office.direct(name))


@pytest.mark.parametrize("name", READERS)
def test_iv_11_contact_points_and_alternates_of_both_sides_log_and_see_leads(
    office: Office, name: str
) -> None:
    assert log(office, name).ok

    for reader in READERS:
        assert SECRET in leads_of(office, reader)


@pytest.mark.parametrize("name", [name for name in OTHERS if name not in ("Clara Novak", "Victor Lang")])
def test_iv_11_others_see_no_lead_and_cannot_log_open_or_change_one(office: Office, name: str) -> None:
    log(office)

    assert "No funding lead is open to you." in leads_of(office, name)
    lead = Lead(
        title="x",
        donor="y",
        amount="",
        scope="",
        area="A-COOP",
        deadline=None,
        lead_party="ilo",
        status=LeadStatus.IDEA,
        notes="",
    )
    for verb, facts in (
        (funding.read_lead, {"lead_id": 1}),
        (funding.change_lead, {"lead_id": 1, "seen": 0, "lead": lead}),
        (funding.log_lead, {"lead": lead}),
    ):
        with pytest.raises(Refusal):
            office.act(name, verb, **facts)
    assert len(refused(office)) == 3


@pytest.mark.parametrize("name", ["Clara Novak", "Victor Lang"])
def test_iv_11_strangers_are_refused(office: Office, name: str) -> None:
    log(office)

    with pytest.raises(Refusal):
        office.act(name, funding.read_lead, lead_id=1)
    assert len(refused(office)) == 1


def test_iv_11_whether_there_is_a_lead_is_not_said(office: Office) -> None:
    log(office)
    said = []
    for number in ("2026/1", "2026/9"):
        with office.house.secretariat.reading(office.who("Amina Diallo")) as desk:
            stranger = replace(desk, by=office.person("Mei Chen"))
            with pytest.raises(Refusal) as refusal:
                funding.lead_by_number(stranger, number)
        said.append(sentence(refusal.value).replace(number, "N"))

    assert said[0] == said[1]
    with office.house.secretariat.reading(office.who("Amina Diallo")) as desk:
        assert funding.lead_by_number(desk, "2026/1").title == SECRET


def test_iv_11_who_is_named_on_a_lead_sees_it_until_they_are_not(office: Office) -> None:
    log(office, named=named(office, "Grace Wanjiru"))

    assert SECRET in leads_of(office, "Grace Wanjiru")
    assert SECRET in words_of(office.direct("Grace Wanjiru"))
    change(office, "Amina Diallo", named=[], status="proposal")

    assert SECRET not in leads_of(office, "Grace Wanjiru")
    assert "changed funding lead" not in words_of(office.direct("Grace Wanjiru"))


def test_iv_11_reading_a_lead_in_detail_is_put_on_record(office: Office) -> None:
    log(office)
    assert events(office, "lead_read") == []

    office.click("Helena Costa", "funding.show", where="direct")

    assert "Ask the embassy." in modal_words(office, "Helena Costa")
    assert "That you read this is put on record." in modal_words(office, "Helena Costa")
    (read,) = events(office, "lead_read")
    assert (read.actor, read.subject, read.clause) == ("Helena Costa", "lead:1", "IV.11")


def test_iv_11_a_lead_is_told_of_in_person_and_not_to_whoever_logged_it(office: Office) -> None:
    log(office)

    assert "Amina Diallo (ILO) put funding lead 2026/1 on the restricted log." in words_of(
        office.direct("Helena Costa")
    )
    assert SECRET not in words_of(office.direct("Amina Diallo"))


def test_iv_11_of_two_changes_at_once_the_second_is_told(office: Office) -> None:
    log(office)
    for name in ("Amina Diallo", "Helena Costa"):
        office.command(name, "/communication funding")
        press_modal(office, name, "funding.show", "1")
        press_modal(office, name, "funding.change")
    office.submit("Helena Costa", {"status": "contacted"})

    office.submit("Amina Diallo", {"status": "declined"})

    assert "Helena Costa changed lead 2026/1 on Monday 23 November 2026" in modal_words(
        office, "Amina Diallo"
    )
    with office.reading() as desk:
        assert desk.session.exec(select(FundingLead)).one().status is LeadStatus.CONTACTED


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"subject": " "}, "subject", "it says what this lead is"),
        ({"donor": " "}, "donor", "it says what this lead is"),
        ({"deadline": date(2026, 11, 22)}, "deadline", "This day has passed"),
    ],
)
def test_iv_11_what_is_wrong_is_said_beside_its_field(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    assert said in log(office, **changes).errors[field]


def test_iv_11_a_leading_party_is_a_party(office: Office) -> None:
    lead = Lead(
        title="x",
        donor="y",
        amount="",
        scope="",
        area="A-COOP",
        deadline=None,
        lead_party="wlo",
        status=LeadStatus.IDEA,
        notes="",
    )
    with pytest.raises(funding.NoSuchParty):
        office.act("Amina Diallo", funding.log_lead, lead=lead)


def test_iv_11_a_deadline_is_mentioned_once_a_step_to_those_few_alone(office: Office) -> None:
    log(office)

    office.pass_to(date(2026, 12, 30))
    office.tick()

    def told(name: str) -> list[dict[str, Any]]:
        return [m for m in office.direct(name) if "The deadline of funding lead" in m["text"]]

    assert [len(told(name)) for name in READERS] == [1, 1, 1, 1]
    assert "30 days, on *Friday 29 January 2027*" in words_of(told("Amina Diallo"))
    change(office, "Amina Diallo", status="agreed")
    office.pass_to(date(2027, 1, 29))
    assert [len(told(name)) for name in READERS] == [1, 1, 1, 1]
    assert traces(office, READERS) == []


def test_iv_11_a_deadline_that_was_missed_comes_late(office: Office) -> None:
    log(office)

    office.clock.move_to(office.clock.now().replace(year=2027, month=2, day=1))
    office.tick()

    (told,) = [m for m in office.direct("Omar Haddad") if "The deadline of funding lead" in m["text"]]
    assert "passed 3 days ago" in words_of([told])
    assert "comes late" in words_of([told])


def test_iv_11_a_lead_whose_deadline_has_passed_can_still_be_changed(office: Office) -> None:
    log(office)
    office.clock.move_to(office.clock.now().replace(year=2027, month=2, day=1))

    assert change(office, "Amina Diallo", status="declined").ok


def test_iv_11_a_lead_without_deadline_asks_for_nothing(office: Office) -> None:
    log(office, deadline=None, scope="global", amount="", notes="")

    office.click("Helena Costa", "funding.show", where="direct")
    said = modal_words(office, "Helena Costa")

    assert "*Amount:* not known" in said
    assert "*Deadline:* none" in said
    assert "*Place:* global" in said
    assert "Others who may see it:* nobody" in said


def test_iv_11_hostile_words_stay_words(office: Office) -> None:
    log(office, subject="<!channel> & *x*", notes="<@U1> " * 500)
    office.click("Helena Costa", "funding.show", where="direct")

    said = "\n".join(everything(office.direct("Helena Costa")[-1])) + "\n".join(
        texts(office.modal("Helena Costa")["blocks"][1:])
    )
    assert "&lt;!channel&gt; &amp; *x*" in said
    assert "<!channel>" not in said
    assert "<@U1>" not in said


def test_iv_11_the_home_leads_to_the_leads(office: Office) -> None:
    log(office)
    office.home("Omar Haddad")

    press_rare(office, "Omar Haddad", "communication", "funding.list")

    assert SECRET in modal_words(office, "Omar Haddad")
