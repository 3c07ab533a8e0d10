"""IV.8 and IV.10: joint events and briefings are noted by one party and confirmed by the other."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import event_notes
from bot.agreement.event_notes import EventNote, EventNoteKind, EventNoteStatus, event_counts
from bot.agreement.people import Person, Refusal
from handlers.errors import sentence
from tests.clauses.drafting import LIAISON, events, refused
from tests.handlers.pressing import buttons, press_told
from tests.office import Office, words_of

BRIEFING: dict[str, Any] = {
    "kind": "donors",
    "subject": "Briefing on fair recruitment",
    "held_on": date(2026, 11, 20),
    "venue": "Geneva",
    "audience": "Twelve donors",
    "said": "Results of the joint programme.",
    "speakers": "Amina Diallo and Helena Costa",
    "links": "https://example.org/a https://example.org/b",
}


def note(office: Office, name: str = "Mei Chen", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/communication event", channel=channel)
    result = office.submit(name, {**BRIEFING, **changes})
    office.deliver()
    return result


def status(office: Office) -> EventNoteStatus:
    with office.reading() as desk:
        return desk.session.exec(select(EventNote)).one().status


def test_iv_8_a_joint_event_is_noted_in_the_shared_channel(office: Office) -> None:
    assert note(office).ok

    said = words_of(office.channel(LIAISON))
    assert "Event 2026/1 · Briefing on fair recruitment" in said
    assert "*Held on:* Friday 20 November 2026" in said
    assert "Results of the joint programme." in said
    assert "• <https://example.org/b>" in said
    assert "Somebody of IOM is asked to confirm" in said
    assert "Clause IV.8." in said


def test_iv_10_other_advocacy_is_noted_under_its_own_clause(office: Office) -> None:
    note(office, kind="other")

    assert "Clause IV.10." in words_of(office.channel(LIAISON))


def test_iv_8_a_note_from_the_field_is_posted_in_the_channel_of_its_place(office: Office) -> None:
    note(office, "Samuel Otieno", "ilo-iom-east-africa")

    assert "Briefing on fair recruitment" in words_of(office.channel("ilo-iom-east-africa"))
    assert "Briefing on fair recruitment" not in words_of(office.channel(LIAISON))


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "David Okafor", "Grace Wanjiru"])
def test_iv_8_the_other_party_confirms_and_the_author_hears_of_it(office: Office, name: str) -> None:
    note(office)

    office.click(name, "event_notes.confirm")
    office.deliver()

    assert status(office) is EventNoteStatus.CONFIRMED
    assert f"*Confirmed* by {name} (IOM)" in words_of(office.channel(LIAISON))
    assert f"{name} (IOM) has confirmed your note" in words_of(office.direct("Mei Chen"))
    card = next(m for m in office.channel(LIAISON) if "noted a joint event" in m["text"])
    assert buttons(card["blocks"]) == []


def test_iv_8_an_author_who_has_left_is_not_written_to(office: Office) -> None:
    note(office)
    with office.database.writing() as session:
        session.get_one(Person, office.person("Mei Chen").key).valid_until = date(2026, 11, 22)

    office.act("Helena Costa", event_notes.confirm_event, note_id=1)

    assert status(office) is EventNoteStatus.CONFIRMED
    assert "has confirmed your note" not in words_of(office.direct("Mei Chen"))


def test_iv_8_either_party_notes_and_the_first_confirmation_stands(office: Office) -> None:
    note(office, "David Okafor")
    office.click("Amina Diallo", "event_notes.confirm")

    with pytest.raises(Refusal) as refusal:
        office.act("Mei Chen", event_notes.confirm_event, note_id=1)

    assert "Amina Diallo (ILO) has confirmed 2026/1 already, on Monday 23 November 2026" in sentence(
        refusal.value
    )
    assert len(events(office, "event_confirmed")) == 1


@pytest.mark.parametrize(
    "name", ["Mei Chen", "Amina Diallo", "Yuki Tanaka", "Nadia Petrova", "Clara Novak", "Victor Lang"]
)
def test_iv_8_nobody_else_confirms(office: Office, name: str) -> None:
    note(office)

    assert office.click(name, "event_notes.confirm")

    assert status(office) is EventNoteStatus.NOTED
    assert len(refused(office)) == 1


@pytest.mark.parametrize("name", ["Jonas Weber", "Lucía Romero", "Ravi Menon", "Clara Novak"])
def test_iv_8_nobody_else_notes(office: Office, name: str) -> None:
    assert office.command(name, "/communication event")

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"subject": " "}, "subject", "the other party confirms it"),
        ({"venue": " "}, "venue", "the other party confirms it"),
        ({"audience": " "}, "audience", "the other party confirms it"),
        ({"said": " "}, "said", "the other party confirms it"),
        ({"speakers": " "}, "speakers", "the other party confirms it"),
        ({"held_on": date(2026, 11, 24)}, "held_on", "today is Monday 23 November 2026"),
        ({"links": "https://example.org nonsense"}, "links", "is not a web address"),
    ],
)
def test_iv_8_what_is_wrong_is_said_beside_its_field(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    assert said in note(office, **changes).errors[field]


def test_iv_8_hostile_words_stay_words(office: Office) -> None:
    note(office, said="<!channel> *bold* & " + "y" * 2900, venue="<@U1>")

    card = next(m for m in office.channel(LIAISON) if "noted a joint event" in m["text"])
    said = "\n".join([card["text"], *(b["text"]["text"] for b in card["blocks"] if b["type"] == "section")])
    assert "&lt;!channel&gt; *bold* &amp;" in said
    assert "<!channel>" not in said


def test_iv_8_an_unconfirmed_note_is_mentioned_again_to_the_other_party_once(office: Office) -> None:
    note(office)

    office.pass_to(date(2026, 11, 30))
    office.tick()

    for name, times in (("Helena Costa", 1), ("David Okafor", 1), ("Amina Diallo", 0), ("Mei Chen", 0)):
        told = [m for m in office.direct(name) if "has not confirmed the note" in m["text"]]
        assert len(told) == times
    office.click("Helena Costa", "event_notes.confirm", where="direct")
    office.pass_to(date(2026, 12, 31))
    assert len([m for m in office.direct("David Okafor") if "has not confirmed the note" in m["text"]]) == 1


def test_iv_8_the_reminder_comes_late_after_days_away(office: Office) -> None:
    note(office)

    office.clock.move_to(office.clock.now().replace(day=16, month=12))
    office.tick()

    (told,) = [m for m in office.direct("Helena Costa") if "has not confirmed the note" in m["text"]]
    assert "comes late" in words_of([told])


def test_iv_8_confirmed_notes_are_counted_for_the_reports(office: Office) -> None:
    note(office)
    note(office, kind="governments")
    office.act("Helena Costa", event_notes.confirm_event, note_id=1)

    with office.reading() as desk:
        year = event_counts(desk.session, date(2026, 1, 1), date(2026, 12, 31))
        before = event_counts(desk.session, date(2026, 1, 1), date(2026, 11, 19))
    assert year == {
        EventNoteKind.ADVOCACY: 0,
        EventNoteKind.GOVERNMENTS: 0,
        EventNoteKind.DONORS: 1,
        EventNoteKind.OTHER: 0,
    }
    assert set(before.values()) == {0}


def test_iv_8_notes_are_listed_and_shown(office: Office) -> None:
    office.command("Jonas Weber", "/communication")
    assert "Nothing has been noted yet" in press_told(office, "Jonas Weber", "event_notes.list")
    note(office)

    office.command("Jonas Weber", "/communication")
    assert "Briefing on fair recruitment" in press_told(office, "Jonas Weber", "event_notes.list")
    assert "Results of the joint programme." in press_told(
        office, "Jonas Weber", "event_notes.show", "2026/1"
    )
    assert "Results of the joint programme." in office.command("Jonas Weber", "/communication event 2026/1")


def test_iv_8_a_note_waits_in_the_home_of_those_who_may_confirm_it(office: Office) -> None:
    note(office)

    for name, waits in (("Helena Costa", True), ("Grace Wanjiru", True), ("Mei Chen", False)):
        assert (("event_notes.confirm", "1") in buttons(office.home(name)["blocks"])) is waits
    office.home("Helena Costa")
    office.click("Helena Costa", "event_notes.show", where="home")
    office.slack.close_modal(office.id("Helena Costa"))
    office.click("Helena Costa", "event_notes.confirm", where="home")
    assert status(office) is EventNoteStatus.CONFIRMED


@pytest.mark.parametrize("number", ["2026/9", "nonsense"])
def test_iv_8_a_note_that_does_not_exist_is_not_shown(office: Office, number: str) -> None:
    with office.reading() as desk, pytest.raises(event_notes.NoSuchEventNote) as unknown:
        event_notes.event_note_by_number(desk.session, number)

    assert "There is no note" in sentence(unknown.value)


def test_iv_8_an_unknown_note_cannot_be_confirmed(office: Office) -> None:
    with pytest.raises(event_notes.NoSuchEventNote):
        office.act("Helena Costa", event_notes.confirm_event, note_id=7)
