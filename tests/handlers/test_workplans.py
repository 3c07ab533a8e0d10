"""IV.5 through the door: a workplan is drafted, proposed, adopted by both, changed and compared."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement import workplan_adoptions
from bot.agreement.errors import AgreementError
from bot.agreement.files import Record
from bot.agreement.workplan_adoptions import Adoption
from bot.agreement.workplans import WorkplanStatus
from tests.handlers.pressing import buttons, modal_words, press_modal, press_told
from tests.knocking import pressed, user
from tests.office import Office, words_of
from tests.planning import KENYA, LIAISON, add, adopt, close_all, in_force, plans, propose, refusals

STRANGERS = ["Clara Novak", "Victor Lang"]
NOT_PROPOSING = ["Mei Chen", "Lucía Romero", "Jonas Weber", "Ravi Menon", "Grace Wanjiru", *STRANGERS]
NOT_ADOPTING = ["Pierre Favre", "Omar Haddad", "Mei Chen", "Nadia Petrova", "Samuel Otieno", *STRANGERS]


def statuses(office: Office) -> list[tuple[str, int, WorkplanStatus]]:
    return [(plan.scope, plan.version, plan.status) for plan in plans(office)]


def adopted(office: Office) -> list[tuple[int, str]]:
    with office.reading() as desk:
        return [(row.workplan_id, row.party) for row in desk.session.exec(select(Adoption)).all()]


def files(office: Office, channel: str = LIAISON) -> list[dict[str, Any]]:
    return [file for message in office.channel(channel) for file in message.get("files", [])]


def proposed(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    propose(office)


def test_the_first_item_begins_the_workplan_whose_card_both_parties_see(office: Office) -> None:
    result = add(office)

    assert result.ok
    card, told, compared = office.channel(LIAISON)
    assert "Which existing inter-agency channels were thought of" in words_of([compared])
    assert "*A draft; nothing is adopted yet.*" in words_of([card])
    assert "1 item; begun by Amina Diallo (ILO) on Monday 23 November 2026" in words_of([card])
    assert told["thread_ts"] == card["ts"]
    assert "Amina Diallo (ILO) added item *2026/1*, “Study of recruitment costs”" in words_of([told])
    assert statuses(office) == [("", 1, WorkplanStatus.DRAFT)]


def test_both_parties_adopt_the_same_content_and_it_is_in_force_with_a_joint_record(office: Office) -> None:
    proposed(office)
    (plan,) = plans(office)

    assert adopt(office, "Amina Diallo") == ""
    assert statuses(office) == [("", 1, WorkplanStatus.ADOPTED_BY_ONE)]
    assert adopt(office, "Helena Costa", "direct") == ""

    assert statuses(office) == [("", 1, WorkplanStatus.IN_FORCE)]
    said = words_of(office.channel(LIAISON))
    assert said.count(f"`{plan.sha256}`") == 4
    assert "*Adopted* for ILO: Amina Diallo, contact point, signatory, on Monday 23 November 2026" in said
    assert "*Adopted* for IOM: Helena Costa" in said
    content, record = files(office)
    assert (content["name"], record["name"]) == ("workplan-global-v1.json", "ILO-IOM-2026-001.pdf")
    assert sha256(office.slack.contents(content["id"])).hexdigest() == plan.sha256


def test_the_joint_record_names_both_adoptions_the_fingerprint_and_the_items(office: Office) -> None:
    in_force(office, subject="Étude <b>&</b> *coûts*")

    with office.reading() as desk:
        record = desk.session.exec(select(Record)).one()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    for said in ("Amina Diallo", "Helena Costa", "contact point, signatory", "Étude <b>&</b> *coûts*"):
        assert said in text
    assert "late by 2,040 days" in text


@pytest.mark.parametrize("name", NOT_PROPOSING)
def test_only_contact_points_and_alternates_propose_the_global_workplan(office: Office, name: str) -> None:
    add(office)

    told = office.click(name, "workplans.propose")

    assert told
    assert statuses(office) == [("", 1, WorkplanStatus.DRAFT)]
    assert [refused.event for refused in refusals(office)] == ["propose"]


@pytest.mark.parametrize("name", NOT_ADOPTING)
def test_only_contact_points_and_signatories_adopt_the_global_workplan(office: Office, name: str) -> None:
    proposed(office)

    told = office.click(name, "workplans.adopt")

    assert told
    assert adopted(office) == []
    assert [refused.event for refused in refusals(office)] == ["adopt"]


def test_a_focal_point_reads_that_the_global_workplan_is_adopted_by_headquarters(office: Office) -> None:
    proposed(office)

    told = office.click("Grace Wanjiru", "workplans.adopt")

    assert "Only IOM's contact point or signatory can adopt the global workplan (IV.5-2)." in told


def test_the_focal_points_of_a_country_propose_and_adopt_its_workplan(office: Office) -> None:
    add(office, "Grace Wanjiru", KENYA)
    propose(office, "Grace Wanjiru", "Kenya")

    adopt(office, "Grace Wanjiru", KENYA)
    adopt(office, "Samuel Otieno", KENYA)

    assert statuses(office) == [("KE", 1, WorkplanStatus.IN_FORCE)]
    assert "Grace Wanjiru, field focal point" in words_of(office.channel(KENYA))
    assert "Workplan for Kenya" in words_of(office.direct("Samuel Otieno"))
    assert not office.direct("Linh Tran")
    assert "Date in the Agreement" not in words_of(office.channel(KENYA))


@pytest.mark.parametrize(("name", "office_name"), [("Linh Tran", "Bangkok"), ("Anan Srisai", "Bangkok")])
@pytest.mark.parametrize("action", ["workplans.propose", "workplans.adopt"])
def test_a_focal_point_of_elsewhere_does_neither(
    office: Office, name: str, office_name: str, action: str
) -> None:
    add(office, "Grace Wanjiru", KENYA)
    if action == "workplans.adopt":
        propose(office, "Grace Wanjiru", "KE")

    office.command(name, "/workplan show KE")
    told = press_told(office, name, action)

    assert f"your office ({office_name}) does not serve Kenya" in told
    assert adopted(office) == []
    assert len(refusals(office)) == 1


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("Mei Chen", "workplans.propose"),
        ("Nadia Petrova", "workplans.propose"),
        ("Ravi Menon", "workplans.propose"),
        ("Mei Chen", "workplans.adopt"),
        ("Pierre Favre", "workplans.adopt"),
        ("Ines Martin", "workplans.adopt"),
    ],
)
def test_iv_5_3_without_the_capacity_nobody_proposes_or_adopts_for_a_country(
    office: Office, name: str, action: str
) -> None:
    add(office, "Grace Wanjiru", KENYA)
    if action == "workplans.adopt":
        propose(office, "Grace Wanjiru", "KE")
    before = [plan.status for plan in plans(office)]

    for party in ("ilo", "iom"):
        pressed(office, party, user(office, name), action, str(plans(office)[-1].key))

    assert [plan.status for plan in plans(office)] == before
    assert adopted(office) == []
    assert [(each.actor, each.subject) for each in refusals(office)] == [(name, "not_mandated")] * 2


def test_whoever_proposes_second_is_told_who_was_first(office: Office) -> None:
    proposed(office)

    told = propose(office, "Helena Costa")

    assert "was proposed by Amina Diallo (ILO) on Monday 23 November 2026" in told
    assert statuses(office) == [("", 1, WorkplanStatus.PROPOSED)]


def test_whoever_adopts_second_for_a_party_is_told_who_was_first(office: Office) -> None:
    proposed(office)
    adopt(office, "Amina Diallo")

    told = adopt(office, "Amina Diallo")

    assert "Amina Diallo (ILO) has adopted the global workplan, version 1, already" in told
    assert adopted(office) == [(1, "ilo")]
    assert statuses(office) == [("", 1, WorkplanStatus.ADOPTED_BY_ONE)]


def test_adoptions_at_the_same_moment_have_one_outcome_each(office: Office) -> None:
    proposed(office)
    names = ["Amina Diallo", "Helena Costa"] * 3

    def press(name: str) -> str:
        try:
            office.house.secretariat.act(office.who(name), workplan_adoptions.adopt, workplan_id=1)
        except AgreementError as error:
            return error.key()
        return "adopted"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(press, names))
    office.deliver()

    assert sorted(outcomes) == sorted(["adopted", "adopted", *["already_adopted"] * 4])
    assert statuses(office) == [("", 1, WorkplanStatus.IN_FORCE)]
    with office.reading() as desk:
        assert len(desk.session.exec(select(Record)).all()) == 1


def test_a_draft_without_an_item_is_not_proposed_and_the_cure_is_said(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    office.command("Amina Diallo", "/workplan show 2026/1")
    press_told(office, "Amina Diallo", "workplans.drop")

    told = propose(office)

    assert "There is nothing to propose yet: the global workplan has no item." in told
    assert statuses(office) == [("", 1, WorkplanStatus.DRAFT)]


def test_what_is_not_proposed_cannot_be_adopted(office: Office) -> None:
    add(office)

    with pytest.raises(AgreementError) as refused:
        office.act("Amina Diallo", workplan_adoptions.adopt, workplan_id=1)

    assert refused.value.key() == "not_adoptable"
    assert adopted(office) == []


def test_an_adoption_by_command_shows_what_is_adopted_before_anything_is(office: Office) -> None:
    proposed(office)

    said = office.command("Helena Costa", "/workplan adopt")
    assert plans(office)[0].sha256 in said
    assert adopted(office) == []
    press_told(office, "Helena Costa", "workplans.adopt")

    assert adopted(office) == [(1, "iom")]


@pytest.mark.parametrize("name", ["Mei Chen", "Grace Wanjiru", "Clara Novak"])
def test_an_adoption_by_command_is_refused_to_others(office: Office, name: str) -> None:
    proposed(office)

    told = office.command(name, "/workplan adopt")

    assert plans(office)[0].sha256 not in told
    assert len(refusals(office)) == 1


def test_a_proposal_can_be_adopted_from_the_home_by_whoever_has_not(office: Office) -> None:
    proposed(office)
    adopt(office, "Amina Diallo")
    assert ("workplans.plan", "1") not in buttons(office.home("Amina Diallo")["blocks"])
    assert ("workplans.plan", "1") not in buttons(office.home("Omar Haddad")["blocks"])
    assert ("workplans.plan", "1") in buttons(office.home("Helena Costa")["blocks"])

    office.click("Helena Costa", "workplans.plan", "1", where="home")
    press_modal(office, "Helena Costa", "workplans.adopt")

    assert "In force: adopted by both parties." in modal_words(office, "Helena Costa")
    assert statuses(office) == [("", 1, WorkplanStatus.IN_FORCE)]
    assert ("workplans.plan", "1") not in buttons(office.home("Helena Costa")["blocks"])


def test_the_list_shows_every_place_and_leads_on(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    add(office, "Grace Wanjiru", KENYA, subject="Pilot")

    said = office.command("Helena Costa", "/workplan show")

    assert "*Global* · version 1: A draft; nothing is adopted yet." in said
    assert "*Kenya* · version 1" in said
    assert "1 without an item of the global workplan (IV.5-3)" in said
    assert "*Africa* · no workplan yet" in said
    assert "Workplan for Kenya" in press_told(office, "Helena Costa", "workplans.plan", "2")
    assert "*2026/2* Pilot" in press_told(office, "Helena Costa", "workplans.items")
    assert "Item 2026/2 · Pilot" in press_told(office, "Helena Costa", "workplans.item")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("show KE", "Workplan for Kenya · version 1"),
        ("show kenya", "Workplan for Kenya · version 1"),
        ("show Atlantis", "No shared channel serves “Atlantis”"),
        ("show Africa", "There is no workplan for Africa yet."),
        ("show global", "There is no such workplan yet."),
        ("show 2026/9", "There is no item 2026/9."),
        ("show <!channel>/1", "There is no item &lt;!channel&gt;/1."),
        ("update", "Which item do you mean?"),
        (
            "compare KE",
            "The workplan for Kenya has version 1 only, so there is nothing to compare",
        ),
        (
            "compare KE 1 7",
            "The workplan for Kenya has version 1 only, so there is nothing to compare",
        ),
        ("help", "`/workplan compare Kenya 1 3` names them"),
    ],
)
def test_what_is_typed_is_understood_or_explained(office: Office, words: str, said: str) -> None:
    add(office, "Grace Wanjiru", KENYA)

    assert said in office.command("Helena Costa", f"/workplan {words}")


@pytest.mark.parametrize("words", ["show", "show KE", "show 2026/1", "compare KE", "export KE"])
@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_reads_nothing(office: Office, words: str, name: str) -> None:
    add(office, "Grace Wanjiru", KENYA, subject="Secret pilot")

    said = office.command(name, f"/workplan {words}") if name == "Clara Novak" else ""

    assert "Secret pilot" not in said


def test_everything_can_be_done_with_the_buttons_of_the_shared_channel(office: Office) -> None:
    add(office, "Samuel Otieno", KENYA)
    close_all(office, "Samuel Otieno")
    (card, *_) = office.channel(KENYA)
    assert [action for action, _ in buttons(card["blocks"])] == [
        "workplans.propose",
        "workplans.add",
        "workplans.items",
        "workplans.import",
        "workplans.export",
    ]

    office.click("Samuel Otieno", "workplans.add", where=KENYA)
    office.submit("Samuel Otieno", {"subject": "Second", "area": "A-COOP"})
    office.deliver()
    office.click("Samuel Otieno", "workplans.propose", where=KENYA)
    office.deliver()
    adopt(office, "Samuel Otieno", KENYA)
    adopt(office, "Grace Wanjiru", KENYA)

    assert statuses(office) == [("KE", 1, WorkplanStatus.IN_FORCE)]
    assert "2 items; proposed by Samuel Otieno" in words_of(office.channel(KENYA)[:1])
