"""VIII through the door: from a private draft to a note that both parties confirm, for few people only."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.dispute_notes import NoteStatus, digest
from bot.agreement.disputes import DisputeStatus
from bot.agreement.files import Record
from bot.outbox import OutboxRow
from tests.handlers import disputing as d
from tests.handlers.pressing import buttons, home_words, modal_words, press_modal, press_told
from tests.knocking import pressed, sent, user
from tests.office import Office, Servers, words_of

LIAISON = "ilo-iom-liaison"


def actions(office: Office, name: str) -> list[str]:
    found = [action.partition(".")[2] for action, _ in buttons(office.modal(name)["blocks"])]
    return [each for each in found if each not in ("earlier", "read")]


def test_viii_a_draft_is_one_partys_own_and_is_sent_when_it_decides(office: Office) -> None:
    d.drafted(office)
    assert d.status(office) is DisputeStatus.DRAFT
    assert d.row(office).number == ""
    said = d.read_draft(office, "Amina Diallo")
    assert "Draft of ILO*, written by Lucía Romero on Monday 23 November 2026" in said
    assert "The costs of the centre in Jubaland" in said
    assert actions(office, "Amina Diallo") == ["send", "change", "name", "discard"]

    press_modal(office, "Amina Diallo", "disputes.send")
    office.deliver()

    assert "It is *dispute 2026/1*" in modal_words(office, "Amina Diallo")
    assert d.status(office) is DisputeStatus.RAISED
    said = words_of(office.direct("Helena Costa"))
    assert "Dispute 2026/1 is raised and not taken up yet; it waits for IOM" in said
    assert "The text sets no time limit" in said


def test_viii_nobody_hears_of_a_draft_and_one_that_is_given_up_is_gone(office: Office) -> None:
    d.drafted(office)
    for name in ("Amina Diallo", "Samuel Otieno", "Helena Costa"):
        assert office.direct(name) == []
    assert "No dispute is open to you" in office.command("Helena Costa", "/instrument dispute")

    d.read_draft(office, "Lucía Romero")
    press_modal(office, "Lucía Romero", "disputes.discard")
    office.deliver()

    assert d.status(office) is DisputeStatus.DISCARDED
    assert "The draft is given up. Nobody was told." in modal_words(office, "Lucía Romero")
    assert "No dispute is open to you" in office.command("Amina Diallo", "/instrument dispute")
    assert office.direct("Helena Costa") == []


def test_viii_a_draft_is_changed_and_sent_only_as_it_was_seen(office: Office) -> None:
    d.drafted(office)
    d.read_draft(office, "Amina Diallo")
    d.read_draft(office, "Lucía Romero")
    press_modal(office, "Lucía Romero", "disputes.change")
    assert office.submit("Lucía Romero", {"sought": "A refund of one third."}).ok

    press_modal(office, "Amina Diallo", "disputes.send")

    assert "has moved on" in modal_words(office, "Amina Diallo")
    assert "by Lucía Romero (ILO)" in modal_words(office, "Amina Diallo")
    assert d.status(office) is DisputeStatus.DRAFT
    assert d.row(office).sought == "A refund of one third."


def test_viii_people_are_named_by_their_own_party_level_by_level(office: Office) -> None:
    d.taken_up(office)
    d.press(
        office,
        "Helena Costa",
        "name",
        {"level": "heads of the parties", "people": ["Omar Haddad (Headquarters)"]},
    )

    assert d.named(office) == {
        ("working_level", "Samuel Otieno"),
        ("working_level", "Grace Wanjiru"),
        ("heads", "Omar Haddad"),
    }
    assert "Dispute 2026/1" in words_of(office.direct("Omar Haddad"))
    assert "Jubaland" in d.read(office, "Omar Haddad")

    d.press(office, "Helena Costa", "name", {"level": "heads of the parties", "people": []})
    assert "open to you" in d.read(office, "Omar Haddad")
    form = sent(
        office,
        "iom",
        user(office, "Helena Costa"),
        "disputes.name",
        "1",
        {
            "level": {"type": "radio_buttons", "selected_option": {"value": "heads"}},
            "people": {
                "type": "multi_static_select",
                "selected_options": [{"value": str(office.person("Mei Chen").key)}],
            },
        },
    )
    assert "Each party names its own people" in form.body
    assert len(d.named(office)) == 2


def test_viii_from_the_working_level_to_the_heads_and_settled_by_one_note(office: Office) -> None:
    d.taken_up(office)
    d.press(office, "Samuel Otieno", "step", {"kind": "statement", "text": "We paid twice in Jubaland."})
    d.press(office, "Grace Wanjiru", "step", {"kind": "proposal", "text": "A refund of one quarter."})
    d.press(office, "Amina Diallo", "refer", {"reason": "No refund is in sight."})
    assert d.status(office) is DisputeStatus.CONTACT_POINTS
    d.press(office, "Helena Costa", "refer", {"reason": "Heads decide on a refund."})
    assert d.status(office) is DisputeStatus.HEADS
    d.press(office, "Amina Diallo", "note", {"text": d.SETTLEMENT})
    assert d.status(office) is DisputeStatus.HEADS

    d.press(office, "Helena Costa", "confirm")

    assert d.status(office) is DisputeStatus.SETTLED
    assert d.note(office).status is NoteStatus.CONFIRMED
    assert d.deeds(office)[-2:] == ["note_written", "settled"]
    said = d.read(office, "Grace Wanjiru")
    assert d.SETTLEMENT in said
    assert "The joint record is ILO-IOM/2026/001" in said
    assert actions(office, "Grace Wanjiru") == []


def test_viii_the_joint_record_goes_to_those_concerned_in_person_and_into_no_channel(office: Office) -> None:
    d.settled(office)

    record, *others = d.rows(office, Record)
    assert {other.number for other in others} == {record.number}
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    flat = " ".join(text.split())
    for words in ("Settlement of dispute 2026/1", "Marigold training centre", d.SETTLEMENT, "Grace Wanjiru"):
        assert words in flat
    assert digest(d.SETTLEMENT)[:20] in flat.replace(" ", "")
    for name in d.SEES:
        given = [one["files"][0]["title"] for one in office.direct(name) if one.get("files")]
        assert given == ["ILO-IOM/2026/001"] * 3, name
    for name in d.UNSEEN:
        assert office.direct(name) == [], name
    for channel in (LIAISON, "ilo-iom-east-africa", "ilo-iom-horn-of-africa"):
        assert "ispute" not in words_of(office.channel(channel))


def test_viii_a_note_is_confirmed_in_its_exact_words_or_given_back_with_the_reason(office: Office) -> None:
    d.noted(office)
    d.read(office, "Helena Costa")
    press_modal(office, "Helena Costa", "disputes.confirm")
    assert d.SETTLEMENT in modal_words(office, "Helena Costa")
    assert digest(d.SETTLEMENT) in modal_words(office, "Helena Costa")
    d.press(office, "Lucía Romero", "note", {"text": "Other words: no refund."})

    office.submit("Helena Costa", {})

    assert d.status(office) is DisputeStatus.WORKING_LEVEL
    assert "replaced by another note" in str(office.modal("Helena Costa"))
    d.press(office, "Helena Costa", "give_back", {"reason": "We owe an apology."})
    assert d.note(office).status is NoteStatus.RETURNED
    assert d.status(office) is DisputeStatus.WORKING_LEVEL
    assert "We owe an apology." in d.read(office, "Lucía Romero")


def test_viii_while_the_others_note_waits_no_second_one_is_written(office: Office) -> None:
    d.noted(office)

    said = d.read(office, "Nadia Petrova")
    d.knock(office, "Nadia Petrova", "note")
    form = sent(office, "iom", user(office, "Nadia Petrova"), "disputes.note", "1", {"text": "Ours."})

    assert "Write a settlement note" not in said
    assert "A note of settlement that ILO wrote" in words_of(office.told("Nadia Petrova"))
    assert "A note of settlement that ILO wrote" in form.body
    assert len(d.rows(office, type(d.note(office)))) == 1


def test_viii_a_party_that_does_not_take_it_up_cannot_hold_it_back(office: Office) -> None:
    d.raised(office)

    d.press(office, "Amina Diallo", "refer", {"reason": "Nobody answered."})

    assert d.status(office) is DisputeStatus.CONTACT_POINTS


def test_viii_two_who_move_it_at_once_move_it_one_level(office: Office) -> None:
    d.taken_up(office)
    for name in ("Amina Diallo", "Helena Costa"):
        d.read(office, name)
        press_modal(office, name, "disputes.refer")

    office.submit("Amina Diallo", {"reason": "We are stuck."})
    office.submit("Helena Costa", {"reason": "We are stuck, too."})

    assert d.status(office) is DisputeStatus.CONTACT_POINTS
    assert "by Amina Diallo (ILO)" in str(office.modal("Helena Costa"))


def test_viii_the_party_that_raised_it_takes_it_back_and_a_waiting_note_lapses(office: Office) -> None:
    d.noted(office)

    d.press(office, "Amina Diallo", "withdraw", {"reason": "Cleared up over coffee."})

    assert d.status(office) is DisputeStatus.WITHDRAWN
    assert d.note(office).status is NoteStatus.LAPSED
    assert "Nothing more is asked of either party" in words_of(office.direct("Grace Wanjiru"))


def test_viii_messages_say_whose_turn_it_is_and_no_word_of_what_it_says(office: Office) -> None:
    d.taken_up(office)
    d.press(office, "Samuel Otieno", "step", {"kind": "statement", "text": "We paid twice in Jubaland."})

    said = words_of(office.direct("Grace Wanjiru"))
    assert "Dispute 2026/1: statement by Samuel Otieno (ILO); it waits for IOM" in said
    assert "Jubaland" not in said
    assert "Dispute 2026/1* (clause VIII) is at working level" in home_words(office.home("Grace Wanjiru"))
    assert "(clause VIII)" not in home_words(office.home("Samuel Otieno"))
    assert "(clause VIII)" not in home_words(office.home("Nadia Petrova"))


def test_viii_each_reading_is_on_record_once_for_each_press(office: Office) -> None:
    d.raised(office)
    for _ in range(2):
        assert "That you read this is on record" in d.read(office, "Helena Costa")

    entries = d.done(office, "dispute_read")

    assert [each.actor for each in entries] == ["Helena Costa", "Helena Costa"]
    assert all("Marigold" not in str(each.facts) for each in entries)


def test_viii_a_long_log_is_read_page_by_page(office: Office) -> None:
    from bot.agreement.dispute_steps import add_step
    from bot.agreement.disputes import DisputeDeed

    d.taken_up(office)
    for n in range(15):
        office.act("Samuel Otieno", add_step, dispute_id=1, deed=DisputeDeed.STATEMENT, text=f"Point {n}.")

    said = d.read(office, "Samuel Otieno")
    assert "Point 14." in said
    assert "Point 1." not in said
    press_modal(office, "Samuel Otieno", "disputes.read", "1@12")
    said = modal_words(office, "Samuel Otieno")
    assert "Point 1." in said
    assert "Point 14." not in said


@pytest.mark.parametrize("field", ["subject", "about", "sought"])
def test_viii_what_is_empty_is_said_beside_its_field_and_what_was_typed_stays(
    office: Office, field: str
) -> None:
    office.command("Lucía Romero", "/instrument dispute")
    press_told(office, "Lucía Romero", "disputes.raise")

    result = office.submit("Lucía Romero", {**d.GRIEVANCE, field: "   "})

    assert result.errors == {
        field: "Please fill this in: without it the other party cannot tell what is meant (VIII)."
    }
    assert office.slack.modal(office.id("Lucía Romero")) is not None


@pytest.mark.parametrize(
    ("name", "action", "typed", "field"),
    [
        ("Samuel Otieno", "step", {"kind": "statement", "text": " "}, "text"),
        ("Amina Diallo", "refer", {"reason": " "}, "reason"),
        ("Amina Diallo", "withdraw", {"reason": " "}, "reason"),
        ("Amina Diallo", "note", {"text": " "}, "text"),
    ],
)
def test_viii_no_step_is_empty(
    office: Office, name: str, action: str, typed: dict[str, Any], field: str
) -> None:
    d.taken_up(office)
    before = d.deeds(office)

    result = d.press(office, name, action, typed)

    assert list(result.errors) == [field]
    assert d.deeds(office) == before


def test_viii_through_the_other_partys_app_a_dispute_can_only_be_sent_at_once(office: Office) -> None:
    form = sent(office, "iom", user(office, "Lucía Romero"), "disputes.raise", "", forged(d.DRAFT, "keep"))
    assert "Nothing was kept" in form.body

    sent(office, "iom", user(office, "Lucía Romero"), "disputes.raise", "", forged(d.GRIEVANCE, "send"), "V2")
    assert d.status(office) is DisputeStatus.RAISED


def forged(words: dict[str, Any], outcome: str, clause: str = "VIII") -> dict[str, Any]:
    return {
        **{name: words[name] for name in ("subject", "about", "sought")},
        "clauses": {"type": "multi_static_select", "selected_options": [{"value": clause}]},
        "people": {"type": "multi_static_select", "selected_options": []},
        "outcome": {"type": "radio_buttons", "selected_option": {"value": outcome}},
    }


def test_viii_a_clause_that_is_none_of_the_agreements_is_refused(office: Office) -> None:
    form = sent(
        office, "ilo", user(office, "Lucía Romero"), "disputes.raise", "", forged(d.GRIEVANCE, "send", "XI")
    )

    assert '"clauses"' in form.body


def test_viii_what_people_type_calls_nobody_and_is_read_in_full(office: Office) -> None:
    hostile = "<!channel> *bold* & <@U0IOMCOSTA> " + "&" * 2900
    d.write(office, subject="<!here>", about=hostile, sought=hostile)

    d.read(office, "Helena Costa")

    shown = [one["text"] for one in office.modal("Helena Costa")["blocks"] if one["type"] == "section"]
    typed = "".join(one["text"] for one in shown if one["type"] == "plain_text")
    assert typed.count("<!channel> *bold* & <@U0IOMCOSTA>") == 2
    assert "<!" not in "".join(one["text"] for one in shown if one["type"] == "mrkdwn")


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app."""
    with Office(tmp_path, f"sqlite:///{tmp_path / 'comity.db'}", servers, parties=("ilo",)) as made:
        yield made.move_in()


def test_viii_a_party_without_the_app_takes_part_by_the_other_partys_app_and_keeps_no_draft_there(
    office_of_one: Office,
) -> None:
    office = office_of_one
    pressed(office, "ilo", user(office, "Helena Costa"), "disputes.list", "all")
    assert "disputes.raise" in str(office.told("Helena Costa")[-1]["blocks"])
    kept = sent(
        office, "ilo", user(office, "Helena Costa"), "disputes.raise", "", forged(d.DRAFT, "keep"), "V1"
    )
    assert "Nothing was kept" in kept.body
    sent(office, "ilo", user(office, "Helena Costa"), "disputes.raise", "", forged(d.GRIEVANCE, "send"), "V2")
    office.deliver()
    assert d.press(office, "Amina Diallo", "take_up", {}).ok
    d.press(office, "Amina Diallo", "note", {"text": d.SETTLEMENT})
    seal = f"{d.note(office).key}@{d.note(office).sha256}"
    sent(office, "ilo", user(office, "Nadia Petrova"), "disputes.confirm", seal, {}, "V3")
    assert d.status(office) is DisputeStatus.WORKING_LEVEL

    sent(office, "ilo", user(office, "Helena Costa"), "disputes.confirm", seal, {}, "V4")
    office.deliver()

    assert d.status(office) is DisputeStatus.SETTLED
    with office.reading() as desk:
        told = {(row.party, row.channel) for row in desk.session.exec(select(OutboxRow)).all() if row.subject}
    assert ("ilo", office.id("Helena Costa")) in told
    assert not any(channel.startswith("C") for _, channel in told if channel != "C0LIAISON")


def test_viii_people_may_name_themselves_and_stay_named(office: Office) -> None:
    d.raised(office)
    d.press(
        office, "Amina Diallo", "name", {"level": "working level", "people": ["Amina Diallo (Headquarters)"]}
    )
    assert ("working_level", "Amina Diallo") in d.named(office)

    d.press(office, "Amina Diallo", "name", {"level": "working level"})

    assert ("working_level", "Amina Diallo") in d.named(office)


def test_viii_how_a_draft_came_about_stays_with_the_party_that_wrote_it(office: Office) -> None:
    d.drafted(office)
    d.read_draft(office, "Lucía Romero")
    press_modal(office, "Lucía Romero", "disputes.change")
    office.submit("Lucía Romero", {"sought": "A refund of one third."})
    assert "Draft changed" in d.read_draft(office, "Amina Diallo")
    press_modal(office, "Amina Diallo", "disputes.send")
    office.deliver()

    for name in ("Amina Diallo", "Helena Costa"):
        said = d.read(office, name)
        assert "*Raised* by Amina Diallo (ILO)" in said
        assert "raft" not in said
