"""IX.2-3: the owner's written instructions by version, read before asking, and told to whose approvals run."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.emblem_instructions import (
    InstructionsRead,
    OwnerInstructions,
    VersionTaken,
    enter_instructions,
)
from bot.agreement.emblems import EmblemRequest
from bot.agreement.files import Record
from bot.agreement.people import Refusal
from tests.clauses.owning import LIAISON, instruct, refusals
from tests.handlers.pressing import buttons, modal_words
from tests.handlers.test_emblems import USE, ask
from tests.office import Office, words_of

HOSTILE = "<!channel> *bold* _x_ & <https://evil.example|here> " + "a" * 2000
KEEPING = {"Jonas Weber", "Mei Chen", "Yuki Tanaka", "Nadia Petrova", "David Okafor"}
OTHERS = ["Amina Diallo", "Pierre Favre", "Lucía Romero", "Samuel Otieno", "Ravi Menon", "Helena Costa"]


def versions(office: Office) -> list[OwnerInstructions]:
    with office.reading() as desk:
        return list(desk.session.exec(select(OwnerInstructions).order_by(col(OwnerInstructions.id))).all())


def read(office: Office) -> list[InstructionsRead]:
    with office.reading() as desk:
        return list(desk.session.exec(select(InstructionsRead)).all())


def requests(office: Office) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(EmblemRequest)).all())


def approved(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.approve")
    office.deliver()


@pytest.mark.parametrize("name", sorted(KEEPING))
def test_ix_2_3_approvers_and_communications_officers_enter_their_own_partys(
    office: Office, name: str
) -> None:
    result = instruct(office, name)

    assert result.ok
    (row,) = versions(office)
    party = "ilo" if name in ("Jonas Weber", "Mei Chen") else "iom"
    assert (row.party, row.version, row.text) == (party, 1, "Blue on white, never in a box.")
    shown = words_of(office.channel(LIAISON))
    assert f"{party.upper()}'s instructions, version 1" in shown
    assert "in force from *Monday 23 November 2026*" in shown
    assert "Blue on white, never in a box." in shown


@pytest.mark.parametrize("name", [*OTHERS, "Clara Novak"])
def test_ix_2_3_nobody_else_is_offered_the_form(office: Office, name: str) -> None:
    office.command(name, "/emblem instructions")

    offered = [action for message in office.told(name) for action, _ in buttons(message["blocks"])]
    assert "emblem_instructions.enter" not in offered


@pytest.mark.parametrize("name", [*OTHERS, "Victor Lang", "Clara Novak"])
def test_ix_2_3_nobody_else_enters_a_version(office: Office, name: str) -> None:
    with pytest.raises(Refusal):
        office.act(name, enter_instructions, seen=0, text="Mine.", valid_from=office.today)

    assert versions(office) == []
    assert len(refusals(office)) == 1


def test_ix_2_3_both_parties_are_shown_what_is_in_force_and_what_follows(office: Office) -> None:
    instruct(office)
    instruct(office, text="Version two.", valid_from=date(2026, 12, 1))

    shown = office.command("Samuel Otieno", "/emblem instructions")

    assert "Version 1, in force from Monday 23 November 2026, entered by Yuki Tanaka" in shown
    assert "Blue on white" in shown
    assert "Version 2 follows on Tuesday 1 December 2026: Version two." in shown
    assert "*ILO*\nNo instructions are in force." in shown
    first = next(m for m in office.channel(LIAISON) if "version 1 of its" in m["text"])
    assert "Version 2 follows it on Tuesday 1 December 2026" in words_of([first])


def test_ix_2_3_a_file_is_kept_with_its_sha_256_and_stands_in_the_thread(office: Office) -> None:
    instruct(office, text="", instructions_file=("rules.pdf", b"do and do not"))

    digest = sha256(b"do and do not").hexdigest()
    assert digest in words_of(office.channel(LIAISON))
    assert digest in office.command("Mei Chen", "/emblem instructions")
    card = next(m for m in office.channel(LIAISON) if "version 1 of its" in m["text"])
    (shown,) = [m for m in office.channel(LIAISON) if m.get("files") and m.get("thread_ts") == card["ts"]]
    assert office.slack.contents(shown["files"][0]["id"]) == b"do and do not"


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"text": " "}, "text", "type the instructions or attach a file"),
        ({"valid_from": date(2026, 11, 22)}, "valid_from", "Monday 23 November 2026 or later"),
        ({"valid_from": None}, "valid_from", ""),
    ],
    ids=["empty", "earlier", "no day"],
)
def test_ix_2_3_a_field_that_will_not_do_is_named_and_nothing_is_lost(
    office: Office, changes: dict[str, Any], field: str, says: str
) -> None:
    result = instruct(office, **changes)

    assert not result.ok
    assert says in str(result.errors.get(field, ""))
    assert versions(office) == []
    assert office.modal("Yuki Tanaka")["title"]["text"] == "Owner's instructions"


def test_ix_2_3_a_version_never_holds_before_the_one_it_follows(office: Office) -> None:
    instruct(office, valid_from=date(2026, 12, 1))

    result = instruct(office, text="Second.", valid_from=date(2026, 11, 30))

    assert "Tuesday 1 December 2026 or later" in result.errors["valid_from"]


def test_ix_2_3_of_two_who_enter_the_next_version_at_once_the_second_hears_of_the_first(
    office: Office,
) -> None:
    office.act("Yuki Tanaka", enter_instructions, seen=0, text="One.", valid_from=office.today)

    with pytest.raises(VersionTaken) as refused:
        office.act("Nadia Petrova", enter_instructions, seen=0, text="Other.", valid_from=office.today)

    assert (refused.value.by, refused.value.version) == ("Yuki Tanaka", 1)
    assert [row.text for row in versions(office)] == ["One."]


def test_ix_2_3_whoever_asks_ticks_the_version_in_force_and_it_is_on_the_card_and_in_the_record(
    office: Office,
) -> None:
    instruct(office)
    office.command("Mei Chen", "/emblem request")
    assert "IOM's instructions, version 1" in modal_words(office, "Mei Chen")
    assert "Blue on white" in modal_words(office, "Mei Chen")

    office.submit("Mei Chen", {**USE, "instructions_read": ["1"]})
    office.deliver()

    (row,) = read(office)
    assert (row.request_id, row.person_id) == (1, office.person("Mei Chen").key)
    card = words_of([m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"]])
    assert "version 1 of IOM's, in force from Monday 23 November 2026, by Mei Chen (IX.2-3)" in card
    office.click("Yuki Tanaka", "emblems.approve")
    with office.reading() as desk:
        content = desk.session.exec(select(Record)).one().content
    text = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert "Version 1 of the owner’s instructions, in force from Monday 23 November 2026" in text


def test_ix_2_3_without_the_tick_nothing_is_asked_and_nothing_typed_is_lost(office: Office) -> None:
    instruct(office)
    office.command("Mei Chen", "/emblem request")

    result = office.submit("Mei Chen", USE)

    assert not result.ok
    assert "instructions_read" in result.errors
    assert requests(office) == 0
    assert read(office) == []


def test_ix_2_3_the_tick_of_a_version_that_was_replaced_meanwhile_does_not_count(office: Office) -> None:
    instruct(office)
    office.command("Mei Chen", "/emblem request")
    office.act("Nadia Petrova", enter_instructions, seen=1, text="Two.", valid_from=office.today)

    result = office.submit("Mei Chen", {**USE, "instructions_read": ["1"]})

    assert "version 2 of IOM's instructions" in result.errors["instructions_read"]
    assert requests(office) == 0


def test_ix_2_3_the_instructions_of_the_asking_side_are_not_asked_about(office: Office) -> None:
    instruct(office, "Jonas Weber")

    assert ask(office).ok
    assert read(office) == []


def test_ix_2_3_those_whose_approvals_run_are_told_of_a_new_version_once(office: Office) -> None:
    approved(office)
    ask(office, product="Another, undecided")
    before = len(office.direct("Mei Chen"))

    instruct(office)

    told = words_of(office.direct("Mei Chen")[before:])
    assert told.count("IOM's instructions have changed") == 1
    assert "approved and still runs: 2026/1. An approved use" in told
    assert "instructions have changed" not in words_of(office.direct("Amina Diallo"))


def test_ix_2_3_a_use_that_is_over_is_nobodys_concern(office: Office) -> None:
    approved(office)
    office.pass_to(date(2028, 1, 3))
    before = len(office.direct("Mei Chen"))

    instruct(office)

    assert "instructions have changed" not in words_of(office.direct("Mei Chen")[before:])


def test_ix_2_3_hostile_text_stays_text(office: Office) -> None:
    instruct(office, text=HOSTILE)

    shown = words_of(office.channel(LIAISON)) + office.command("Mei Chen", "/emblem instructions")
    assert "<!channel>" not in shown
    assert "&lt;!channel&gt;" in shown
    assert office.command("Mei Chen", "/emblem request") == ""
    assert "<!channel>" not in modal_words(office, "Mei Chen")
