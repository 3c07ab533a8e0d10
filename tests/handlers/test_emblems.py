"""VI.1 and VI.3 through the door: who may ask, who may decide, and what everybody then sees."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.files import Record
from bot.journal import Entry, Outcome, faults
from tests.office import ZURICH, Office, everything, words_of

LIAISON = "ilo-iom-liaison"
USE: dict[str, Any] = {
    "mark": "emblem",
    "purpose": "To show that the study was made together.",
    "product": "Study on fair recruitment, 500 printed copies",
    "audience": "Governments and social partners, Kenya",
    "use_from": date(2027, 1, 11),
    "use_until": date(2027, 12, 31),
    "mockup_text": "Published by the ILO and the IOM",
    "needed_by": date(2026, 12, 18),
}
NOT_DECIDING = [
    "Amina Diallo",
    "Jonas Weber",
    "Mei Chen",
    "Helena Costa",
    "David Okafor",
    "Ines Martin",
    "Victor Lang",
    "Clara Novak",
]


def ask(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/emblem request")
    result = office.submit(name, {**USE, **changes})
    if result.ok:
        office.slack.close_modal(office.id(name))  # It says that the owner is asked.
    office.deliver()
    return result


def question(office: Office) -> None:
    office.click("Yuki Tanaka", "emblems.ask_for_more")
    office.submit("Yuki Tanaka", {"question": "Who prints it?"})
    office.deliver()


def question_asked(office: Office) -> None:
    ask(office)
    question(office)


def status(office: Office) -> EmblemStatus:
    with office.reading() as desk:
        return desk.session.exec(select(EmblemRequest)).one().status


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def test_a_request_is_put_to_the_owner_in_the_shared_channel_and_to_its_approvers_in_person(
    office: Office,
) -> None:
    ask(office)

    (card,) = [message for message in office.channel(LIAISON) if "Request 2026/1" in message["text"]]
    assert "Mei Chen (ILO) asks IOM" in words_of([card])
    assert "Monday 11 January 2027 to Friday 31 December 2027" in words_of([card])
    assert "Monday 7 December 2026" in words_of([card])
    assert "incurs the cost (VI.2)\n*Needed by:* Friday 18 December 2026" in words_of([card])
    assert "Request 2026/1" in words_of(office.direct("Yuki Tanaka"))
    assert "Request 2026/1" in words_of(office.direct("Nadia Petrova"))
    assert "Request 2026/1" not in words_of(office.direct("Jonas Weber"))


@pytest.mark.parametrize("name", NOT_DECIDING)
@pytest.mark.parametrize("action", ["approve", "approve_with_conditions", "ask_for_more", "refuse"], ids=str)
def test_nobody_but_the_owners_approvers_can_decide(office: Office, name: str, action: str) -> None:
    ask(office)

    told = office.click(name, f"emblems.{action}")

    assert told
    assert status(office) is EmblemStatus.SUBMITTED
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


def test_the_asking_side_is_refused_through_the_other_sides_app_too(office: Office) -> None:
    """The Kenya channel is spoken in by the IOM's app; the click still counts as the ILO officer's own."""
    office.command("Samuel Otieno", "/emblem request", channel="ilo-iom-east-africa")
    office.submit("Samuel Otieno", USE)
    office.deliver()

    told = office.click("Samuel Otieno", "emblems.approve", where="ilo-iom-east-africa")

    assert "here ILO is the party that asks" in told
    assert status(office) is EmblemStatus.SUBMITTED


def test_the_owners_approver_approves_on_conditions_and_everybody_sees_it(office: Office) -> None:
    ask(office)

    office.click("Yuki Tanaka", "emblems.approve_with_conditions")
    result = office.submit("Yuki Tanaka", {"reason": "Equal height, IOM second."})
    office.deliver()

    assert result.ok
    assert status(office) is EmblemStatus.APPROVED_WITH_CONDITIONS
    card, *thread = [m for m in office.channel(LIAISON) if "2026/1" in words_of([m])]
    assert "Decided by *Yuki Tanaka (IOM)*" in words_of([card])
    assert "Equal height, IOM second." in words_of([card])
    (offered,) = [block for block in card["blocks"] if block["type"] == "actions"]
    names = [button["action_id"] for button in offered["elements"]]
    assert names == ["emblems.begin_use", "emblems.change_material", "emblems.revoke"]
    assert "Yuki Tanaka (IOM) has decided" in words_of(thread)
    assert "Equal height, IOM second." in words_of(office.direct("Mei Chen"))
    assert "Decided by *Yuki Tanaka (IOM)*" in words_of(office.direct("Nadia Petrova"))


def test_the_decision_is_written_down_numbered_and_posted_in_the_thread(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.approve")
    office.deliver()

    with office.reading() as desk:
        record = desk.session.exec(select(Record)).one()
    assert record.number == "IOM/2026/001"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    assert "Yuki Tanaka" in text
    assert "Study on fair recruitment" in text
    (file,) = [file for file in office.slack.files if file["name"] == "IOM-2026-001.pdf"]
    assert office.slack.contents(file["id"]) == record.content
    card = next(m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"])
    assert any(m.get("files") and m.get("thread_ts") == card["ts"] for m in office.channel(LIAISON))


def test_the_second_decision_is_told_who_decided_first(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.approve")

    told = office.click("Nadia Petrova", "emblems.approve")

    assert "Yuki Tanaka" in told
    assert "first decision stands" in told


def test_a_form_opened_before_the_decision_comes_too_late_and_changes_nothing(office: Office) -> None:
    ask(office)
    office.click("Nadia Petrova", "emblems.refuse")
    office.click("Yuki Tanaka", "emblems.approve")

    office.submit("Nadia Petrova", {"reason": "Not in this form."})

    assert status(office) is EmblemStatus.APPROVED
    assert "Yuki Tanaka" in str(office.modal("Nadia Petrova"))


def test_one_form_sent_twice_counts_once(office: Office) -> None:
    office.slack.faults.deliver_twice = True

    ask(office)

    with office.reading() as desk:
        assert len(desk.session.exec(select(EmblemRequest)).all()) == 1


def test_more_information_is_asked_for_and_given_by_the_right_sides(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.ask_for_more")
    office.submit("Yuki Tanaka", {"question": "Who prints it?"})
    office.deliver()
    assert "Who prints it?" in words_of(office.direct("Mei Chen"))
    assert "IOM" in office.click("David Okafor", "emblems.give_information")

    office.click("Mei Chen", "emblems.give_information", where="direct")
    office.submit("Mei Chen", {"information": "The ILO's own print shop."})
    office.deliver()

    assert status(office) is EmblemStatus.SUBMITTED
    card = words_of([m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"]][:1])
    assert "*IOM asked* (Yuki Tanaka, Monday 23 November 2026" in card
    assert "Who prints it?" in card
    assert "*ILO answered* (Mei Chen, Monday 23 November 2026" in card


def test_an_answer_calls_the_approvers_again_and_takes_its_button_away(office: Office) -> None:
    question_asked(office)
    before = len(office.direct("Nadia Petrova"))

    office.click("Mei Chen", "emblems.give_information", where="direct")
    office.submit("Mei Chen", {"information": "The ILO's own print shop."})
    office.deliver()

    assert len(office.direct("Nadia Petrova")) == before + 1
    assert "ILO has answered IOM's question" in office.direct("Nadia Petrova")[-1]["text"]
    assert "give_information" not in str(office.direct("Mei Chen"))


def test_a_second_mock_up_says_that_it_takes_the_place_of_the_first(office: Office) -> None:
    ask(office, mockup_file=("cover.png", b"picture"))
    question(office)
    office.click("Mei Chen", "emblems.give_information", where="direct")
    office.submit("Mei Chen", {"information": "Redrawn.", "mockup_file": ("cover-2.png", b"another")})
    office.deliver()

    said = words_of(office.channel(LIAISON))
    assert "(ILO): this is what the request is about." in said
    assert "It takes the place of the earlier one." in said


def test_a_lapse_after_a_question_says_that_the_asking_party_did_not_reply(office: Office) -> None:
    question_asked(office)
    office.pass_to(date(2026, 12, 8))
    assert "still without an answer" in words_of(office.direct("Mei Chen"))

    office.pass_to(date(2026, 12, 15))

    missed = "ILO did not reply by Monday 14 December 2026"
    assert all(missed in words_of(office.direct(name)) for name in ("Mei Chen", "Yuki Tanaka"))
    assert missed in words_of(office.channel(LIAISON))
    assert "IOM did not answer" not in words_of(office.channel(LIAISON))
    with office.reading() as desk:
        assert desk.session.exec(select(EmblemRequest)).one().awaited == "ilo"
        content = desk.session.exec(select(Record)).one().content
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "Not approved: the information asked for was not received" in text
    assert "No decision was taken." in text
    assert "Who prints it?" in text


def test_a_card_says_when_the_answer_is_needed_sooner_than_usual(office: Office) -> None:
    ask(office, needed_by=date(2026, 12, 1))

    said = words_of(office.channel(LIAISON))
    assert "ILO would need the answer by *Tuesday 1 December 2026*; the usual time runs to Monday 7" in said


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"use_from": date(2026, 11, 1)}, "use_from", "must come before the use"),
        ({"use_until": date(2027, 1, 10)}, "use_until", "before the first"),
        ({"needed_by": date(2026, 11, 20)}, "needed_by", "This day has passed. Please choose"),
        ({"needed_by": date(2027, 1, 12)}, "needed_by", "before the use begins, on Monday 11 January 2027"),
        ({"mockup_text": ""}, "mockup_text", "attach a mock-up"),
        ({"purpose": "   "}, "purpose", "fill this in"),
        ({"product": " "}, "product", "fill this in"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    result = ask(office, **changes)

    assert list(result.errors) == [field]
    assert said in result.errors[field]
    assert office.modal("Mei Chen")["callback_id"] == "emblems.request"


def test_a_mock_up_file_is_stored_with_its_fingerprint(office: Office) -> None:
    ask(office, mockup_text="", mockup_file=("cover.png", b"picture"))

    assert "cover.png (SHA-256 " in words_of(office.channel(LIAISON))
    card = next(m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"])
    (shown,) = [m for m in office.channel(LIAISON) if m.get("files") and m.get("thread_ts") == card["ts"]]
    assert office.slack.contents(shown["files"][0]["id"]) == b"picture"


def test_words_meant_to_call_everybody_are_inert(office: Office) -> None:
    ask(office, product="<!channel> & <@U0ILOCHEN>")

    card = next(m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"])
    assert "<!channel>" not in words_of([card])
    assert "&lt;!channel&gt; &amp; &lt;@U0ILOCHEN&gt;" in words_of([card])


@pytest.mark.parametrize("name", ["Clara Novak", "Victor Lang"])
def test_a_person_not_on_the_roster_is_refused_kindly_and_journalled(office: Office, name: str) -> None:
    ask(office)

    told = office.click(name, "emblems.approve")

    assert ("not yet on ILO's list" in told) is (name == "Clara Novak")
    assert ("under their Agreement" in told) is (name == "Victor Lang")
    assert [entry.party for entry in refusals(office)] == [""]


def test_an_unanswered_request_is_escalated_once_and_then_lapses_as_not_approved(office: Office) -> None:
    ask(office)

    office.pass_to(date(2026, 12, 8))
    assert "still without an answer" in words_of(office.direct("Yuki Tanaka"))
    assert "still without an answer" in words_of(office.direct("Helena Costa"))
    office.pass_to(date(2026, 12, 14))
    assert status(office) is EmblemStatus.SUBMITTED
    office.pass_to(date(2026, 12, 15))

    assert status(office) is EmblemStatus.LAPSED
    assert words_of(office.direct("Helena Costa")).count("still without an answer") == 1
    assert "not approved" in words_of(office.direct("Mei Chen"))
    with office.reading() as desk:
        text = PdfReader(BytesIO(desk.session.exec(select(Record)).one().content)).pages[0].extract_text()
    assert "Yuki Tanaka" not in text


def test_who_was_reminded_late_has_all_the_days_from_the_reminder(office: Office) -> None:
    """The clock stood still from before the answer was due until long after the lapse."""
    ask(office)

    office.clock.move_to(datetime(2027, 1, 18, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()
    assert status(office) is EmblemStatus.SUBMITTED
    assert "after Monday 25 January 2027" in words_of(office.direct("Yuki Tanaka"))
    office.pass_to(date(2027, 1, 25))
    assert status(office) is EmblemStatus.SUBMITTED
    office.pass_to(date(2027, 1, 26))

    assert status(office) is EmblemStatus.LAPSED


def test_a_decision_after_the_lapse_is_refused(office: Office) -> None:
    ask(office)
    office.pass_to(date(2026, 12, 15))
    card = next(m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"])

    assert not [block for block in card["blocks"] if block["type"] == "actions"]
    assert "2026/1" in office.command("Yuki Tanaka", "/emblem show 2026/1")


def test_requests_are_listed_and_shown_by_number(office: Office) -> None:
    ask(office)

    assert "2026/1" in office.command("Helena Costa", "/emblem list")
    assert "Study on fair recruitment" in office.command("Helena Costa", "/emblem show 2026/1")
    assert "no request 2026/9" in office.command("Helena Costa", "/emblem show 2026/9")
    assert "VI.1" in office.command("Helena Costa", "/emblem help")


def test_the_journal_holds_every_step_in_one_chain(office: Office) -> None:
    ask(office)
    office.click("Jonas Weber", "emblems.approve")
    office.click("Yuki Tanaka", "emblems.approve")

    with office.reading() as desk:
        told = [(entry.event, entry.outcome.value) for entry in desk.session.exec(select(Entry)).all()]
        assert list(faults(desk.session)) == []
    assert told[-3:] == [
        ("emblem_requested", "done"),
        ("decide", "refused"),
        ("emblem_decided", "done"),
    ]


@pytest.mark.postgres
def test_the_same_on_postgresql(office_on_postgres: Office) -> None:
    ask(office_on_postgres)
    assert "the party that asks" in office_on_postgres.click("Jonas Weber", "emblems.approve")

    office_on_postgres.click("Yuki Tanaka", "emblems.approve")
    office_on_postgres.deliver()

    assert status(office_on_postgres) is EmblemStatus.APPROVED
    assert "Decided by *Yuki Tanaka (IOM)*" in words_of(office_on_postgres.channel(LIAISON))


def test_a_message_that_was_sent_says_its_words_to_a_screen_reader_too(office: Office) -> None:
    ask(office)

    assert all(everything(message)[0] for message in office.channel(LIAISON))
