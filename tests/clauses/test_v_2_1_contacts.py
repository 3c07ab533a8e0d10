"""V.2-1 through the door: who serves which topic and place in both parties, as each party keeps it."""

from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.contact_topics import ContactTopic
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, modal_words, press_told
from tests.office import Office, words_of

KEEPERS_NOT = ["Mei Chen", "Jonas Weber", "Lucía Romero", "Samuel Otieno", "Ravi Menon", "Clara Novak"]


def keep(office: Office, name: str, person: str, topics: str) -> Any:
    office.command(name, "/contacts list")
    press_told(office, name, "contacts.topics")
    return office.submit(name, {"person": person, "topics": topics})


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def test_v_2_1_the_list_shows_both_sides_with_capacity_office_and_local_time(office: Office) -> None:
    told = office.command("Mei Chen", "/contacts list")

    assert "*Helena Costa*, Headquarters: contact point, signatory." in told
    assert "*Samuel Otieno*, Nairobi: field focal point." in told
    assert "where it is 12:00 (Nairobi time)." in told
    assert "where it is 16:00 (Bangkok time)." in told
    assert "Clara Novak" not in told


@pytest.mark.parametrize(
    ("asked", "found", "left_out"),
    [
        ("emblem", ["Jonas Weber", "Yuki Tanaka", "Nadia Petrova"], ["Mei Chen", "Amina Diallo"]),
        ("communications", ["Mei Chen", "David Okafor"], ["Jonas Weber"]),
        ("legal", ["Lucía Romero", "Nadia Petrova"], ["Mei Chen"]),
        ("notices", ["Amina Diallo", "Lucía Romero", "Helena Costa"], ["Pierre Favre", "Mei Chen"]),
        ("workplan", ["Amina Diallo", "Pierre Favre", "Omar Haddad"], ["Lucía Romero"]),
        ("personal data", ["Ravi Menon", "Ines Martin"], ["Amina Diallo"]),
        ("research", ["Amina Diallo", "Helena Costa"], ["Mei Chen"]),
        ("Global Compact for Migration", ["Amina Diallo", "Helena Costa"], ["Mei Chen"]),
        ("meetings Kenya", ["Samuel Otieno", "Grace Wanjiru"], ["Amina Diallo", "Linh Tran"]),
        ("emblem Kenya", ["Samuel Otieno", "Jonas Weber", "Grace Wanjiru", "Yuki Tanaka"], ["Mei Chen"]),
        ("research KE", ["Samuel Otieno", "Grace Wanjiru"], ["Linh Tran"]),
        ("research Asia and the Pacific", ["Anan Srisai", "Linh Tran"], ["Grace Wanjiru"]),
        ("Bangkok", ["Anan Srisai", "Linh Tran"], ["Amina Diallo"]),
        ("kenya", ["Samuel Otieno", "Grace Wanjiru"], ["Amina Diallo"]),
    ],
)
def test_v_2_1_a_topic_and_a_place_find_the_people_of_both_sides(
    office: Office, asked: str, found: list[str], left_out: list[str]
) -> None:
    told = office.command("Mei Chen", f"/contacts who {asked}")

    assert [name for name in found if f"*{name}*" not in told] == []
    assert [name for name in left_out if f"*{name}*" in told] == []


def test_v_2_1_where_nobody_serves_a_place_whom_to_ask_instead_is_said(office: Office) -> None:
    emblem = office.command("Mei Chen", "/contacts who emblem South Africa")
    anything = office.command("Mei Chen", "/contacts who Peru")

    assert "IOM has nobody on its list for this in South Africa; please write to:" in emblem
    assert "*Yuki Tanaka*" in emblem
    assert "*Helena Costa*" in anything
    assert "*Yuki Tanaka*" not in anything


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("emblm", "Did you mean “emblem”?"),
        ("comunications Kenya", "Nobody is on record for “comunications kenya”."),
        ("zebra", "Topics are, among others: emblem, communications"),
    ],
)
def test_v_2_1_a_topic_that_nobody_knows_is_answered_with_those_there_are(
    office: Office, asked: str, sentence: str
) -> None:
    assert sentence in office.command("Mei Chen", f"/contacts who {asked}")


def test_v_2_1_somebody_is_found_by_a_form_too(office: Office) -> None:
    office.command("Helena Costa", "/contacts who")
    office.submit("Helena Costa", {"topic": "legal", "place": ""})

    assert "*Lucía Romero*" in modal_words(office, "Helena Costa")


def test_v_2_1_a_form_without_words_asks_for_some(office: Office) -> None:
    office.command("Helena Costa", "/contacts who")
    office.submit("Helena Costa", {"topic": "", "place": ""})

    assert "Please name a topic, a place, or both" in modal_words(office, "Helena Costa")


def test_v_2_1_what_a_person_covers_is_kept_by_their_own_side_and_found_by_both(office: Office) -> None:
    assert keep(office, "Amina Diallo", "Mei Chen", "Fair recruitment; media law, fair recruitment").ok
    office.deliver()
    assert "Mei Chen covers: fair recruitment, media law" in words_of(office.direct("Mei Chen"))

    told = office.command("Helena Costa", "/contacts who fair recruitment")
    assert "*Mei Chen*" in told
    assert "covers fair recruitment, media law" in told
    keep(office, "Pierre Favre", "Mei Chen", "")
    assert "Nobody is on record for" in office.command("Helena Costa", "/contacts who fair recruitment")


def test_v_2_1_topics_that_are_too_long_are_refused_at_their_field(office: Office) -> None:
    result = keep(office, "Amina Diallo", "Mei Chen", "x" * 41)

    assert "40 characters" in result.errors["topics"]
    with office.reading() as desk:
        assert not desk.session.exec(select(ContactTopic)).all()


@pytest.mark.parametrize("name", KEEPERS_NOT)
def test_v_2_1_nobody_else_is_offered_to_keep_topics(office: Office, name: str) -> None:
    office.command(name, "/contacts list")

    assert "contacts.topics" not in {
        action for action, _ in buttons(office.told(name)[-1]["blocks"])
    } or not (office.told(name))


@pytest.mark.parametrize("words", ["list", "who legal", "who", "office", "designate", "handover"])
@pytest.mark.parametrize("name", ["Clara Novak"])
def test_v_2_1_a_stranger_sees_no_directory(office: Office, name: str, words: str) -> None:
    told = office.command(name, f"/contacts {words}")

    assert "Helena Costa*" not in told
    assert len(refusals(office)) == 1
    assert office.slack.modal(office.id(name)) is None


def test_v_2_1_hostile_words_call_nobody(office: Office) -> None:
    told = office.command("Mei Chen", "/contacts who <!channel> *bold* & more")

    assert "&lt;!channel&gt;" in told
    assert "<!channel>" not in told


def test_v_2_1_help_says_what_the_command_does(office: Office) -> None:
    told = office.command("Mei Chen", "/contacts help")

    assert "`/contacts who research Kenya`" in told
    assert "nobody does so for the other party" in told
