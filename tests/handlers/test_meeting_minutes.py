"""V.3-1 through the door: joint minutes, what they settle, and the action items that follow."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.files import Record
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.meeting_minutes import Minutes, MinutesStatus
from bot.agreement.meetings import MeetingStatus
from tests.handlers.meeting_days import (
    CALLING,
    DAY,
    LIAISON,
    MINUTES,
    actions,
    after_the_day,
    agree,
    card_of,
    close,
    closed,
    fixed,
    meeting,
    minutes,
    propose,
    refused,
    rows,
    thread,
    write,
)
from tests.handlers.pressing import buttons, home_words, modal_words
from tests.knocking import pressed, user
from tests.office import Office, words_of

NOT_WRITING = ["Mei Chen", "Lucía Romero", "Samuel Otieno", "Yuki Tanaka", "Clara Novak", "Victor Lang"]


def confirm(office: Office, name: str = "Helena Costa") -> str:
    told = office.click(name, "meetings.confirm")
    office.deliver()
    return told


def correct(office: Office, name: str = "Helena Costa", text: str = "Mei Chen was not there.") -> Any:
    office.click(name, "meetings.correct")
    result = office.submit(name, {"correction": text})
    office.deliver()
    return result


def forged(office: Office, action: str, value: str) -> str:
    """Press a button that is shown no more, or never was, as the other party's alternate."""
    pressed(office, "iom", user(office, "Omar Haddad"), action, value)
    return words_of(office.told("Omar Haddad")[-1:])


def settled(office: Office) -> set[tuple[str, date, date | None, str]]:
    with office.reading() as desk:
        met = select(Occurrence).where(Occurrence.status == OccurrenceStatus.MET)
        return {(row.clause, row.due_on, row.met_on, row.evidence) for row in desk.session.exec(met).all()}


def test_the_other_party_reads_who_does_what_by_when_and_is_not_offered_to_move_what_was_held(
    office: Office,
) -> None:
    after_the_day(office)
    assert "meetings.cancel" in [name for name, _ in buttons(office.channel(LIAISON)[0]["blocks"])]

    write(office)

    letter = words_of(office.direct("Helena Costa"))
    assert "• Send the draft call · Samuel Otieno · by Wednesday 31 March 2027" in letter
    assert "• Book the room · IOM Maria Rossi · by Monday 1 March 2027" in letter
    offered = [name for name, _ in buttons(office.channel(LIAISON)[0]["blocks"])]
    assert offered == ["meetings.confirm", "meetings.correct"]


def test_there_are_no_minutes_before_the_day(office: Office) -> None:
    propose(office)
    assert "has no date yet" in office.command("Amina Diallo", "/meeting minutes 2026/1")
    agree(office, "Amina Diallo")
    agree(office, "Helena Costa")

    told = office.command("Amina Diallo", "/meeting minutes 2026/1")

    assert "is on Wednesday 3 February 2027, so there are no minutes to write yet" in told
    assert "meetings.minutes" not in [action for action, _ in buttons(office.channel(LIAISON)[0]["blocks"])]


@pytest.mark.parametrize(
    ("writer", "other"), [("Amina Diallo", "Helena Costa"), ("Omar Haddad", "Pierre Favre")]
)
def test_the_minutes_of_one_side_wait_for_the_other(office: Office, writer: str, other: str) -> None:
    after_the_day(office)
    assert "please write the minutes" in home_words(office.home(writer))

    assert write(office, writer).ok

    assert minutes(office).status is MinutesStatus.PROPOSED
    assert meeting(office).status is MeetingStatus.FIXED
    assert "We went through the workplan." in thread(office)
    assert "• Send the draft call · Samuel Otieno · by Wednesday 31 March 2027\n" in thread(office)
    assert "your party is asked to confirm them" in home_words(office.home(other))
    assert "your party is asked to confirm them" not in home_words(office.home(writer))
    assert "please write the minutes" not in home_words(office.home(writer))
    assert not settled(office)


def test_the_other_side_is_asked_in_person_with_its_buttons(office: Office) -> None:
    after_the_day(office)
    write(office)

    asked = office.direct("Helena Costa")[-1]
    assert [action for action, _ in buttons(asked["blocks"])] == ["meetings.confirm", "meetings.correct"]
    assert "*Present for ILO:* Amina Diallo, Mei Chen" in words_of([asked])
    assert "wrote these minutes" not in words_of(office.direct("Amina Diallo"))


def test_confirmed_minutes_close_the_meeting_and_make_a_joint_record(office: Office) -> None:
    closed(office)

    row = meeting(office)
    assert (row.status, row.held_on) == (MeetingStatus.CLOSED, DAY)
    (record,) = rows(office, Record)
    assert (record.number, record.name) == ("ILO-IOM/2027/001", "ILO-IOM-2027-001.pdf")
    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages).split())
    for said in (
        "Minutes of meeting 2026/1",
        "We went through the workplan.",
        "To publish the study together.",
        "Send the draft call",
        "Samuel Otieno (ILO)",
        "Clause IV.6-4",
        "Proposed for Wednesday 2 February 2028.",
        "Written by Amina Diallo (ILO)",
        "Confirmed by Helena Costa (IOM)",
    ):
        assert said in text
    handed = [message for message in office.channel(LIAISON) if message.get("files")][-1]
    assert [file["name"] for file in handed["files"]] == ["ILO-IOM-2027-001.pdf"]
    assert "joint record ILO-IOM/2027/001" in card_of(office)
    assert "they are joint" in words_of(office.direct("Amina Diallo"))


def test_it_settles_the_due_date_of_each_purpose_that_both_confirmed_and_no_other(office: Office) -> None:
    closed(office)

    assert settled(office) == {
        ("IV.6-4", date(2027, 10, 22), DAY, "Joint minutes of meeting 2026/1"),
        ("V.3-1", date(2027, 4, 23), DAY, "Joint minutes of meeting 2026/1"),
    }
    assert "Clause IV.6-4: met on Wednesday 3 February 2027" in thread(office)


@pytest.mark.parametrize("name", NOT_WRITING)
def test_nobody_without_a_mandate_writes_minutes(office: Office, name: str) -> None:
    after_the_day(office)

    assert office.click(name, "meetings.minutes")

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Amina Diallo",
        "Pierre Favre",
        "Nadia Petrova",
        "David Okafor",
        "Grace Wanjiru",
        "Clara Novak",
        "Victor Lang",
    ],
)
@pytest.mark.parametrize("action", ["meetings.confirm", "meetings.correct"])
def test_only_the_other_sides_contact_point_or_alternate_answers_minutes(
    office: Office, name: str, action: str
) -> None:
    after_the_day(office)
    write(office)

    assert office.click(name, action)

    assert minutes(office).status is MinutesStatus.PROPOSED
    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


def test_the_own_side_reads_that_the_other_party_confirms(office: Office) -> None:
    after_the_day(office)
    write(office)

    assert "ILO wrote these minutes itself" in office.click("Pierre Favre", "meetings.confirm")


def test_the_second_to_write_or_to_answer_is_told_who_was_first(office: Office) -> None:
    after_the_day(office)
    office.click("Helena Costa", "meetings.minutes")
    write(office)
    office.submit("Helena Costa", MINUTES)
    assert "Amina Diallo (ILO) wrote the minutes of meeting 2026/1" in str(office.modal("Helena Costa"))
    office.click("Omar Haddad", "meetings.correct")
    key = str(minutes(office).key)

    confirm(office)

    office.submit("Omar Haddad", {"correction": "Too late."})
    assert "Helena Costa (IOM) has confirmed these minutes" in str(office.modal("Omar Haddad"))
    assert "Helena Costa (IOM) has confirmed these minutes" in forged(office, "meetings.confirm", key)
    assert len(rows(office, Record)) == 1


def test_a_correction_returns_the_minutes_and_either_side_writes_the_next_version(office: Office) -> None:
    after_the_day(office)
    write(office)

    assert correct(office).ok

    assert minutes(office).status is MinutesStatus.RETURNED
    assert "Mei Chen was not there." in words_of(office.direct("Amina Diallo")[-1:])
    assert "please write the minutes" in home_words(office.home("Amina Diallo"))
    office.click("Helena Costa", "meetings.minutes")
    assert "*Correction asked for:* Mei Chen was not there." in modal_words(office, "Helena Costa")
    office.submit("Helena Costa", {"present_other": "Amina Diallo"})
    office.deliver()
    second = minutes(office)
    assert (second.version, second.party, second.present_own) == (2, "iom", "Helena Costa")
    office.click("Amina Diallo", "meetings.confirm", where="direct")
    assert meeting(office).status is MeetingStatus.CLOSED
    assert len(rows(office, Minutes)) == 2


def test_a_correction_needs_words(office: Office) -> None:
    after_the_day(office)
    write(office)

    assert list(correct(office, text=" ").errors) == ["correction"]
    assert minutes(office).status is MinutesStatus.PROPOSED


def test_minutes_of_a_meeting_cancelled_meanwhile_are_refused(office: Office) -> None:
    after_the_day(office)
    office.click("Amina Diallo", "meetings.minutes")
    office.click("Helena Costa", "meetings.cancel")
    office.submit("Helena Costa", {"reason": "It was not held."})

    office.submit("Amina Diallo", MINUTES)

    assert "Helena Costa (IOM) cancelled it" in str(office.modal("Amina Diallo"))
    assert not rows(office, Minutes)


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("held_on", {"held_on": date(2027, 2, 5)}, "This day has not come yet"),
        ("held_on", {"held_on": date(2026, 11, 1)}, "only proposed on Monday 23 November 2026"),
        ("present_own", {"present_own": " "}, "Please fill this in"),
        ("present_other", {"present_other": " "}, "Please fill this in"),
        ("summary", {"summary": "\n"}, "Please fill this in"),
        ("next_on", {"next_on": None, "no_next": " "}, "say in the last field why none"),
        ("next_on", {"next_on": DAY}, "comes after this one"),
        ("actions", {"actions": "Send it"}, "Line 1, “Send it”, needs three parts"),
        ("actions", {"actions": "Send it | | 2027-03-01"}, "needs three parts"),
        (
            "actions",
            {"actions": "\nSend it | Nobody Here | 2027-03-01"},
            "Line 2: “Nobody Here” is not on the roster",
        ),
        ("actions", {"actions": "Send it | ILO | 2027-03-01"}, "is not on the roster"),
        ("actions", {"actions": "Send it | Mei Chen | March"}, "“March” is not a date"),
        ("actions", {"actions": "Send it | Mei Chen | 2027-02-02"}, "lies before the meeting"),
    ],
)
def test_a_field_of_the_minutes_that_cannot_be_used_is_named(
    office: Office, field: str, changes: dict[str, Any], sentence: str
) -> None:
    after_the_day(office)

    result = write(office, **changes)

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert not rows(office, Minutes)
    assert "To publish the study together." in str(office.modal("Amina Diallo"))


def test_why_no_next_day_is_proposed_is_an_answer_too(office: Office) -> None:
    closed(office, next_on=None, no_next="After the elections.")

    assert "no day proposed; After the elections." in card_of(office)


def test_hostile_minutes_are_inert_in_the_thread_and_whole_in_the_record(office: Office) -> None:
    hostile = dict.fromkeys(("present_own", "present_other", "summary", "decisions"), CALLING)
    closed(
        office,
        **hostile,
        actions=f"{CALLING.replace('|', '/')} | IOM {CALLING.replace('|', '/')} | 2027-03-01",
    )
    close(office, "Helena Costa", "done", CALLING)

    said = [
        block["text"]["text"]
        for message in office.channel(LIAISON)
        for block in message.get("blocks", [])
        if block["type"] == "section"
    ]
    assert [text for text in said if "&lt;!channel&gt;" in text]
    assert not [text for text in said if "<!channel>" in text or "<https://evil" in text or " 49" in text]
    (record,) = rows(office, Record)
    assert "<!channel>" in PdfReader(BytesIO(record.content)).pages[0].extract_text()


def test_numbers_that_are_no_row_are_refused_in_words(office: Office) -> None:
    fixed(office)

    for name, kind in (
        ("meetings.confirm", "minutes"),
        ("meetings.correct", "minutes"),
        ("meetings.action", "action"),
    ):
        assert f"no such {kind}" in forged(office, name, "999")


def test_minutes_at_every_limit_of_their_form_are_sent_and_the_card_still_fits(office: Office) -> None:
    lines = [f"Do {n} | Mei Chen | 2027-03-{n:02}" for n in range(1, 31)]
    long = {
        "present_own": "&" * 600,
        "present_other": "<" * 600,
        "summary": "& " * 1500,
        "decisions": "x" * 2000,
    }

    closed(office, **long, actions="\n".join(lines))

    assert len(actions(office)) == 30
    assert len(office.channel(LIAISON)[0]["blocks"]) <= 50
    assert len([block for block in office.channel(LIAISON)[0]["blocks"] if "accessory" in block]) == 15
    assert "and 15 more action items" in card_of(office)
    assert "they are joint" in thread(office)
    assert minutes(office).summary == ("& " * 1500).strip()
    assert "and 25 more" in home_words(office.home("Mei Chen"))


def test_the_other_party_reads_action_items_in_words_before_it_confirms(office: Office) -> None:
    after_the_day(office)
    write(office)

    for said in (thread(office), words_of(office.direct("Helena Costa"))):
        assert "• Send the draft call · Samuel Otieno · by Wednesday 31 March 2027" in said
        assert "• Book the room · IOM Maria Rossi · by Monday 1 March 2027" in said
        assert "|" not in said
