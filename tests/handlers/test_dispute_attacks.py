"""VIII under attack: for everybody else a dispute is not there, and nothing tells of it, not even a number."""

from datetime import date
from typing import Any

import pytest

from bot.agreement.disputes import DisputeStatus
from bot.dossiers.facts import dossier
from tests.handlers import disputing as d
from tests.handlers.pressing import home_words
from tests.handlers.restricting import everything_in_slack, everything_kept
from tests.knocking import sent, user
from tests.office import Office, words_of

BUTTONS = (
    "read",
    "change",
    "send",
    "discard",
    "name",
    "take_up",
    "step",
    "refer",
    "withdraw",
    "note",
    "confirm",
    "give_back",
)


def chosen(value: str) -> dict[str, Any]:
    return {"type": "radio_buttons", "selected_option": {"value": value}}


def several(*values: str) -> dict[str, Any]:
    return {"type": "multi_static_select", "selected_options": [{"value": value} for value in values]}


WORDS = {"subject": "Forged", "clauses": several("VIII"), "about": "Forged", "sought": "Forged"}
FORMS: dict[str, dict[str, Any]] = {
    "change": WORDS,
    "name": {"level": chosen("heads"), "people": several()},
    "take_up": {"people": several()},
    "step": {"kind": chosen("statement"), "text": "Forged"},
    "refer": {"reason": "Forged"},
    "withdraw": {"reason": "Forged"},
    "note": {"text": "Forged"},
    "confirm": {},
    "give_back": {"reason": "Forged"},
}
BEHIND = {"change": "@0", "refer": "@working_level", "confirm": "@0", "give_back": "@0"}


def answers(office: Office, name: str, key: str) -> list[str]:
    """What somebody is told who forges every button and form about one dispute, through both apps."""
    said = []
    for party in ("ilo", "iom"):
        for action in BUTTONS:
            before = len(office.told(name))
            d.knock(office, name, action, key, party)
            said += [words_of([one]) for one in office.told(name)[before:]]
        for form, values in FORMS.items():
            behind = f"{key}{BEHIND.get(form, '')}"
            view = f"V{form}{key}{party}"
            body = sent(office, party, user(office, name), f"disputes.{form}", behind, values, view).body
            said.append(body)
    return said


def before_and_after(office: Office) -> tuple[object, ...]:
    kept = d.row(office)
    return kept.status, kept.version, kept.title, len(d.deeds(office)), d.named(office)


@pytest.mark.parametrize("name", [*d.UNSEEN, "Clara Novak", "Victor Lang"])
def test_viii_for_everybody_else_a_dispute_is_answered_as_one_that_is_not(office: Office, name: str) -> None:
    d.noted(office)
    known = before_and_after(office)
    journalled = len(d.refused(office))

    assert answers(office, name, "1") == answers(office, name, "7")

    assert before_and_after(office) == known
    assert [each for each in d.done(office, "dispute_read") if each.actor == name] == []
    assert office.slack.modal(office.id(name)) is None
    why = {what for _, what in d.refused(office)[journalled:]}
    strangers = {"Clara Novak": {"not_on_roster"}, "Victor Lang": {"from_third_organisation"}}
    assert why == strangers.get(name, {"no_such_dispute"})


@pytest.mark.parametrize("name", [*d.UNSEEN, "Clara Novak"])
def test_viii_a_number_that_is_guessed_is_answered_as_one_that_is_not(office: Office, name: str) -> None:
    d.raised(office)

    told = {
        office.command(name, f"/instrument dispute {number}") for number in ("2026/1", "2026/2", "x", "9/9")
    }

    assert len(told) == 1
    listed = office.command(name, "/instrument dispute")
    assert "2026/1" not in listed
    assert "(clause VIII)" not in home_words(office.home(name))


@pytest.mark.parametrize(
    "name", ["Helena Costa", "Nadia Petrova", "Grace Wanjiru", "Mei Chen", "Pierre Favre"]
)
def test_viii_a_draft_of_the_other_party_is_not_there_even_for_those_who_will_see_it(
    office: Office, name: str
) -> None:
    d.drafted(office)
    known = before_and_after(office)

    assert answers(office, name, "1") == answers(office, name, "7")

    assert before_and_after(office) == known
    assert {what for _, what in d.refused(office)} == {"no_such_dispute"}


def test_viii_through_the_other_partys_app_the_own_draft_is_not_there_either(office: Office) -> None:
    d.drafted(office)

    for action in BUTTONS:
        d.knock(office, "Lucía Romero", action, "1", "iom")

    assert {what for _, what in d.refused(office)} == {"no_such_dispute"}
    assert d.status(office) is DisputeStatus.DRAFT
    assert d.done(office, "dispute_read") == []


def test_viii_a_draft_takes_no_number_so_that_numbers_tell_nothing_of_it(office: Office) -> None:
    d.drafted(office)
    d.write(office, "Helena Costa", people=[])

    assert sorted(each.number for each in d.rows(office, type(d.row(office)))) == ["", "2026/1"]


def test_viii_whoever_lost_the_capacity_or_is_named_no_more_reads_nothing_more(office: Office) -> None:
    d.raised(office)
    assert "Jubaland" in d.read(office, "Samuel Otieno")
    d.press(office, "Amina Diallo", "name", {"level": "working level", "people": []})

    office.click("Samuel Otieno", "disputes.read", where="direct")

    assert d.refused(office)[-1] == ("Samuel Otieno", "no_such_dispute")
    before = office.direct("Samuel Otieno")
    d.press(office, "Amina Diallo", "withdraw", {"reason": "Cleared up."})
    assert office.direct("Samuel Otieno") == before


def test_viii_no_message_queue_journal_home_list_or_count_holds_a_word_of_it(office: Office) -> None:
    """The whole of Slack and of the database but the tables of disputes, with nobody reading any more."""
    before = counted(office)
    d.drafted(office)
    d.write(office, "Helena Costa", people=["Grace Wanjiru (Nairobi)"])
    d.close(office, "Helena Costa")
    d.press(office, "Amina Diallo", "take_up", {"people": []})
    d.press(office, "Grace Wanjiru", "step", {"kind": "statement", "text": "Jubaland was ours."})
    d.press(office, "Amina Diallo", "note", {"text": d.SETTLEMENT})
    d.press(office, "Helena Costa", "confirm")
    people = [
        one for one in office.slack.state.people.values() if one.team_id != "T0WORLDLAB" and not one.guest
    ]
    for person in people:
        office.home(person.name)
        for words in ("/instrument list", "/instrument dispute", "/agreement status", "/agreement due"):
            office.command(person.name, words)
        office.command(person.name, "/agreement clause VIII")
        d.close(office, person.name)
    office.pass_to(date(2026, 12, 9))

    assert d.leaks(everything_kept(office)) == []
    readers = frozenset(office.id(name) for name in d.SEES)
    assert d.leaks(everything_in_slack(office, readers)) == []
    for room in ("ilo-iom-liaison", "ilo-iom-east-africa", "ilo-iom-horn-of-africa"):
        assert "ispute" not in words_of(office.channel(room))
    assert counted(office) == before


def counted(office: Office) -> dict[tuple[str, ...], int]:
    """How often each party did something, clause by clause, as the dossier tells both of them."""
    with office.reading() as desk:
        found = dossier(desk, date(2026, 11, 1), date(2026, 11, 30), None)
    (part,) = [each for each in found.parts if each.name == "all_acts"]
    return {row.keys[:2]: row.count for tally in part.tallies for row in tally.rows}


MAY = {
    "take_up": {"Helena Costa", "Nadia Petrova"},
    "refer": {"Amina Diallo", "Helena Costa"},
    "withdraw": {"Amina Diallo", "Lucía Romero"},
    "note": {"Amina Diallo", "Lucía Romero", "Helena Costa", "Nadia Petrova"},
    "name": {"Amina Diallo", "Lucía Romero", "Helena Costa", "Nadia Petrova"},
    "step": set(d.SEES),
    "confirm": {"Helena Costa"},
    "give_back": {"Helena Costa"},
}
"""Of those who may know of a dispute, who may do what; the ILO raised it and wrote the note."""


@pytest.mark.parametrize("action", MAY)
@pytest.mark.parametrize("name", d.SEES)
def test_viii_of_those_who_know_of_it_each_may_do_what_their_capacity_and_side_allow(
    office: Office, name: str, action: str
) -> None:
    {"take_up": d.raised, "note": d.taken_up}.get(action, d.noted)(office)
    if action == "take_up" and name == "Grace Wanjiru":
        d.press(
            office, "Helena Costa", "name", {"level": "working level", "people": ["Grace Wanjiru (Nairobi)"]}
        )
    offered = f"disputes.{action}" in str((d.read(office, name), office.modal(name))[1])
    d.close(office, name)
    before = len(d.refused(office))

    d.knock(office, name, action)
    key = str(d.note(office).key) if action in ("confirm", "give_back") else "1"
    behind = f"@{d.note(office).sha256}" if action == "confirm" else BEHIND.get(action, "")
    party = "ilo" if name in d.ILO_SEES else "iom"
    sent(office, party, user(office, name), f"disputes.{action}", f"{key}{behind}", FORMS[action])

    may = name in MAY[action]
    assert offered is may
    assert len(d.refused(office)) - before == (0 if may else 2)
    assert {what for _, what in d.refused(office)[before:]} <= {"not_mandated", "wrong_side"}


@pytest.mark.parametrize("name", [*d.UNSEEN, "Samuel Otieno", "Grace Wanjiru", "Clara Novak", "Victor Lang"])
def test_viii_nobody_without_a_mandate_raises_one(office: Office, name: str) -> None:
    d.knock(office, name, "raise", "new")
    values = {**WORDS, "people": several(), "outcome": chosen("send")}
    for party in ("ilo", "iom"):
        sent(office, party, user(office, name), "disputes.raise", "", values, f"V{party}")

    assert len(d.refused(office)) == 3


def test_viii_the_answers_to_a_note_are_not_there_for_whoever_may_not_know_of_it(office: Office) -> None:
    d.noted(office)
    key, digest = d.note(office).key, d.note(office).sha256

    body = sent(office, "iom", user(office, "Omar Haddad"), "disputes.confirm", f"{key}@{digest}", {}).body

    assert "open to you" in body
    assert d.status(office) is DisputeStatus.WORKING_LEVEL
