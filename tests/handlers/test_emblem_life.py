"""VI.1 through the door: a permission from its use to the day it is over, and how it ends before that."""

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.emblem_history import EmblemProof, versions
from bot.agreement.emblem_plans import Mark
from bot.agreement.emblem_uses import to_take_down
from bot.agreement.emblems import EmblemStatus
from bot.agreement.files import Attachment, Record
from bot.agreement.standing import AgreementEnd
from tests.handlers import permitting
from tests.handlers.permitting import granted, in_use, next_morning, press, revoked, row
from tests.handlers.test_emblems import ask
from tests.knocking import pressed, put, user
from tests.office import ZURICH, Office, words_of

LIAISON = "ilo-iom-liaison"
TODAY = permitting.TODAY
PROOF = {"place": "Our website", "seen_on": TODAY, "link": "https://www.example.org/study"}


def said(office: Office) -> str:
    return words_of(office.channel(LIAISON))


def card(office: Office) -> str:
    return words_of([m for m in office.channel(LIAISON) if m["text"].startswith("Request 2026/1")][:1])


def asked_again(office: Office) -> int:
    """How often the asking side was asked to confirm that the use is over."""
    return sum("please confirm that the use is over" in m["text"] for m in office.direct("Mei Chen"))


def record(office: Office) -> str:
    """The words of the latest record."""
    with office.reading() as desk:
        found = desk.session.exec(select(Record).order_by(col(Record.id).desc())).first()
    assert found is not None
    return "".join(page.extract_text() for page in PdfReader(BytesIO(found.content)).pages)


@pytest.mark.parametrize(
    ("asking", "user_", "owner"), [("ilo", "Mei Chen", "Yuki Tanaka"), ("iom", "David Okafor", "Jonas Weber")]
)
def test_an_approved_use_begins_is_proved_expires_and_is_taken_down(
    office: Office, asking: str, user_: str, owner: str
) -> None:
    granted(office, asking)

    assert press(office, user_, "begin_use", {"began_on": TODAY}).ok
    assert row(office).status is EmblemStatus.IN_USE
    assert press(office, user_, "file_proof", {**PROOF, "proof_file": ("page.png", b"seen")}).ok
    assert row(office).status is EmblemStatus.PROOF_FILED
    assert f"*File:* in this thread (SHA-256 {sha256(b'seen').hexdigest()})" in said(office)
    assert "https://www.example.org/study" in card(office)

    office.pass_to(date(2027, 4, 1))
    assert row(office).status is EmblemStatus.EXPIRED
    assert "Thursday 1 April 2027" in card(office)
    assert "please take the use down" in words_of(office.direct(user_))
    assert press(office, user_, "taken_down", {"down_on": date(2027, 4, 1), "note": "Removed."}, "direct").ok

    assert row(office).status is EmblemStatus.TAKEN_DOWN
    assert "is over, from Thursday 1 April 2027" in words_of(office.direct(owner))
    assert "Over since *Thursday 1 April 2027*" in card(office)
    office.pass_to(date(2027, 4, 30))
    assert "please confirm that the use is over" not in words_of(office.direct(user_))


def test_the_last_day_is_said_beforehand_by_policy_once_and_late_after_days_away(office: Office) -> None:
    in_use(office)

    office.pass_to(date(2027, 3, 2))
    office.tick()
    told = words_of(office.direct("Mei Chen"))
    assert told.count("Request 2026/1: the approval ends soon") == 1
    assert "until the end of *Wednesday 31 March 2027*, 30 days from today" in told

    next_morning(office, date(2027, 3, 30))
    office.tick()
    told = words_of(office.direct("Mei Chen"))
    assert told.count("Request 2026/1: the approval ends soon") == 2
    assert ", 1 day from today" in told


def test_an_expiry_missed_for_days_is_said_once_and_the_taking_down_asked_for_until_it_is_confirmed(
    office: Office,
) -> None:
    in_use(office)

    next_morning(office, date(2027, 4, 20))
    office.tick()
    assert row(office).status is EmblemStatus.EXPIRED
    assert words_of(office.direct("Mei Chen")).count("please take the use down") == 1
    office.pass_to(date(2027, 5, 14))

    assert asked_again(office) == 3
    assert "Request 2026/1: please confirm" in words_of(office.direct("Amina Diallo"))
    assert "It has not been approved since Thursday 1 April 2027" in words_of(office.direct("Mei Chen"))


def test_the_owner_revokes_from_a_later_day_and_the_taking_down_is_asked_for_on_it(office: Office) -> None:
    in_use(office)

    office.command("Yuki Tanaka", "/emblem revoke 2026/1")
    assert office.submit("Yuki Tanaka", {"reason": "Misused.", "effect_on": date(2026, 12, 7)}).ok
    office.deliver()

    assert row(office).status is EmblemStatus.REVOKED
    assert "with effect from *Monday 7 December 2026*. Reason: Misused." in card(office)
    assert "with effect from *Monday 7 December 2026*" in words_of(office.direct("Mei Chen"))
    office.pass_to(date(2026, 12, 4))
    assert "please confirm that the use is over" not in words_of(office.direct("Mei Chen"))
    office.pass_to(date(2026, 12, 7))
    office.tick()
    assert asked_again(office) == 1
    office.pass_to(date(2026, 12, 14))
    assert asked_again(office) == 2


@pytest.mark.parametrize("typed", ["", "2026/9", "x", "9" * 30])
def test_a_number_nobody_has_is_answered_plainly(office: Office, typed: str) -> None:
    told = office.command("Yuki Tanaka", f"/emblem revoke {typed}".strip())

    assert "its number as it is shown" in told


def test_new_material_voids_the_approval_and_asks_the_owner_again(office: Office) -> None:
    granted(office, mockup=Attachment("cover.png", b"one"))
    press(office, "Mei Chen", "begin_use", {"began_on": TODAY})
    before = len(office.direct("Nadia Petrova"))

    new = {"mockup_text": "Other words", "mockup_file": ("cover-2.png", b"two")}
    assert press(office, "Mei Chen", "change_material", new).ok

    assert (row(office).status, row(office).version) == (EmblemStatus.SUBMITTED, 2)
    assert "Nothing" not in card(office)
    assert "Its approval is void" in card(office)
    assert sha256(b"two").hexdigest() in card(office)
    assert sha256(b"Other words").hexdigest() in card(office)
    assert "asked to decide on version 2 by" in said(office)
    assert len(office.direct("Nadia Petrova")) == before + 1
    press(office, "Nadia Petrova", "approve")
    with office.reading() as desk:
        kept = versions(desk.session, 1)
    assert [each.file_sha256 for each in kept] == [sha256(b).hexdigest() for b in (b"one", b"two")]
    assert "Version 2" in record(office)
    assert sha256(b"Other words").hexdigest() in record(office).replace("\n", "")
    assert "the material changed, which voided the approval (Mei Chen, ILO), version 2" in card(office)


def test_what_is_voided_in_use_and_then_refused_has_to_be_taken_down(office: Office) -> None:
    in_use(office)
    press(office, "Mei Chen", "change_material", {"mockup_text": "Other words"})

    press(office, "Yuki Tanaka", "refuse", {"reason": "Not these words."})

    assert "is asked to take the use down" in card(office)
    office.pass_to(date(2026, 11, 30))
    assert "please confirm that the use is over" in words_of(office.direct("Mei Chen"))
    assert press(office, "Mei Chen", "taken_down", {"down_on": TODAY, "note": ""}, "direct").ok
    assert row(office).status is EmblemStatus.TAKEN_DOWN
    assert "Reason: Not these words." in card(office)


def test_what_is_voided_in_use_and_then_withdrawn_or_lapsed_has_to_be_taken_down(office: Office) -> None:
    for _ in range(2):
        in_use(office)
    for number, name in ((1, "first"), (2, "second")):
        office.click("Mei Chen", "emblems.change_material", str(number))
        office.submit("Mei Chen", {"mockup_text": f"The {name} words"})
    office.deliver()

    press(office, "Mei Chen", "withdraw")
    office.pass_to(date(2026, 12, 15))

    assert (row(office, 2).status, row(office, 1).status) == (EmblemStatus.WITHDRAWN, EmblemStatus.LAPSED)
    told = words_of(office.direct("Mei Chen"))
    assert "Request 2026/2: please confirm that the use is over" in told
    with office.reading() as desk:
        assert [each.number for each in to_take_down(desk.session, desk.today)] == ["2026/1", "2026/2"]


def test_an_approval_of_an_older_version_is_refused_with_the_reason(office: Office) -> None:
    ask(office)
    press(office, "Yuki Tanaka", "ask_for_more", {"question": "Smaller?"})
    answer = {"information": "Redrawn.", "mockup_text": "Smaller words"}
    press(office, "Mei Chen", "give_information", answer, "direct")

    pressed(office, "iom", user(office, "Nadia Petrova"), "emblems.approve", "1")

    assert row(office).status is EmblemStatus.SUBMITTED
    told = words_of(office.told("Nadia Petrova"))
    assert "your card shows version 1, and 2026/1 is now at version 2" in told
    press(office, "Nadia Petrova", "approve")
    assert row(office).status is EmblemStatus.APPROVED


def test_a_form_opened_on_the_older_version_decides_nothing(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.approve_with_conditions")
    press(office, "Nadia Petrova", "ask_for_more", {"question": "Smaller?"})
    answer = {"information": "Redrawn.", "mockup_file": ("small.png", b"small")}
    press(office, "Mei Chen", "give_information", answer, "direct")

    office.submit("Yuki Tanaka", {"reason": "In blue."})

    assert row(office).status is EmblemStatus.SUBMITTED
    assert "The material of request 2026/1 has changed since" in str(office.modal("Yuki Tanaka"))


@pytest.mark.parametrize(
    ("button", "values", "field", "words"),
    [
        ("begin_use", {"began_on": date(2026, 11, 22)}, "began_on", "does not reach back so far"),
        ("begin_use", {"began_on": date(2026, 11, 24)}, "began_on", "has not come yet"),
        ("change_material", {"mockup_text": " "}, "mockup_text", "attach a mock-up"),
        ("change_material", {"mockup_text": "Published by both"}, "mockup_text", "unchanged"),
        ("file_proof", {**PROOF, "place": " "}, "place", "fill this in"),
        ("file_proof", {**PROOF, "seen_on": date(2026, 12, 1)}, "seen_on", "has not come yet"),
        ("file_proof", {**PROOF, "link": ""}, "link", "attach a file"),
        ("file_proof", {**PROOF, "link": "www.example.org"}, "link", "beginning with https://"),
        ("revoke", {"reason": " ", "effect_on": TODAY}, "reason", "fill this in"),
        ("revoke", {"reason": "Misused.", "effect_on": date(2026, 11, 22)}, "effect_on", "has passed"),
        (
            "revoke",
            {"reason": "Misused.", "effect_on": date(2027, 4, 1)},
            "effect_on",
            "ends on Wednesday 31",
        ),
        ("taken_down", {"down_on": date(2026, 11, 24)}, "down_on", "has not come yet"),
        ("taken_down", {"down_on": date(2026, 11, 1)}, "down_on", "Monday 23 November 2026"),
    ],
)
def test_what_is_wrong_in_a_later_form_is_said_beside_its_field(
    office: Office, button: str, values: dict[str, Any], field: str, words: str
) -> None:
    ready = {"file_proof": in_use, "taken_down": revoked}.get(button, granted)
    ready(office)
    before = row(office).status

    result = press(office, "Yuki Tanaka" if button == "revoke" else "Mei Chen", button, values)

    assert list(result.errors) == [field]
    assert words in result.errors[field]
    assert row(office).status is before


@pytest.mark.parametrize(
    ("ready", "button", "values", "field"),
    [(granted, "begin_use", {}, "began_on"), (in_use, "file_proof", PROOF, "seen_on")],
    ids=["begun", "seen"],
)
def test_a_use_after_its_last_day_is_not_covered_even_before_the_clock_has_said_so(
    office: Office, ready: Callable[[Office], int], button: str, values: dict[str, Any], field: str
) -> None:
    ready(office)
    office.clock.move_to(datetime(2027, 4, 1, 8, tzinfo=ZURICH))
    before = row(office).status

    result = press(office, "Mei Chen", button, {**values, field: date(2027, 4, 1)})

    assert "ended on Wednesday 31 March 2027" in result.errors[field]
    assert row(office).status is before


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Helena Costa", "Victor Lang", "Clara Novak"])
@pytest.mark.parametrize("button", ["begin_use", "change_material", "revoke"])
def test_the_wrong_people_open_no_form(office: Office, name: str, button: str) -> None:
    granted(office)

    told = office.click(name, f"emblems.{button}")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert row(office).status is EmblemStatus.APPROVED


def test_a_request_is_withdrawn_before_it_is_decided_and_its_owner_told(office: Office) -> None:
    ask(office)

    press(office, "Lucía Romero", "withdraw")

    assert row(office).status is EmblemStatus.WITHDRAWN
    assert "Lucía Romero (ILO) has withdrawn request 2026/1" in said(office)
    assert "There is nothing more to decide" in words_of(office.direct("Nadia Petrova"))
    pressed(office, "iom", user(office, "Yuki Tanaka"), "emblems.approve", "1")
    told = words_of(office.told("Yuki Tanaka"))
    assert "the request was withdrawn by Lucía Romero (ILO) on Monday 23 November 2026" in told


def test_the_home_holds_the_way_on_for_the_asking_side(office: Office) -> None:
    granted(office)
    assert "Please say when it began" in words_of([{"blocks": office.home("Mei Chen")["blocks"]}])

    press(office, "Mei Chen", "begin_use", {"began_on": TODAY}, "home")
    assert "Please file proof" in words_of([{"blocks": office.home("Mei Chen")["blocks"]}])
    press(office, "Yuki Tanaka", "revoke", {"reason": "Misused.", "effect_on": TODAY})

    assert "is no longer approved" in words_of([{"blocks": office.home("Mei Chen")["blocks"]}])
    assert "is no longer approved" not in words_of([{"blocks": office.home("Yuki Tanaka")["blocks"]}])
    assert press(office, "Mei Chen", "taken_down", {"down_on": TODAY, "note": ""}, "home").ok


def test_words_meant_to_call_everybody_are_inert_all_the_way(office: Office) -> None:
    in_use(office)
    loud = "<!channel> *bold* & " + "x" * 1400

    press(office, "Mei Chen", "file_proof", {**PROOF, "place": loud[:140]})
    press(office, "Yuki Tanaka", "revoke", {"reason": loud, "effect_on": TODAY})
    press(office, "Mei Chen", "taken_down", {"down_on": TODAY, "note": loud})

    for words in (said(office), words_of(office.direct("Mei Chen")), words_of(office.direct("Yuki Tanaka"))):
        assert "<!channel>" not in words
        assert "&lt;!channel&gt; " in words


def test_the_register_says_where_each_stands_and_what_is_to_be_taken_down(office: Office) -> None:
    revoked(office)
    granted(office)
    ask(office)

    told = office.command("Helena Costa", "/emblem list")

    assert told.index("*Waiting for the owner's decision.*") < told.index("*Approved.*")
    assert told.index("*Approved.*") < told.index("*Revoked by the owner: the use is to be taken down.*")
    assert "to be taken down by Monday 23 November 2026" in told
    assert "until Wednesday 31 March 2027" in told


def ended(office: Office, on: date = date(2027, 1, 29)) -> None:
    """The Agreement ends by a notice on record, and its last day passes."""
    put(
        office,
        AgreementEnd(agreement="ilo-iom-2020", ends_on=on, notice_id=1, recorded_at=office.clock.now()),
    )
    next_morning(office, date(2027, 2, 1))


def test_vii_2_after_the_end_nothing_is_asked_and_what_is_in_use_is_proved_revoked_and_taken_down(
    office: Office,
) -> None:
    in_use(office)
    ask(office, use_from=date(2027, 3, 1), needed_by=date(2027, 2, 26))
    ended(office)

    assert "The Agreement ended" in office.command("Mei Chen", "/emblem request")
    assert "The Agreement ended" in office.command("Mei Chen", "/emblem mention")
    assert "The Agreement ended" in office.click("Mei Chen", "emblems.change_material")
    with office.reading() as desk:
        assert [each.number for each in to_take_down(desk.session, desk.today)] == ["2026/1"]
    assert press(office, "Mei Chen", "file_proof", PROOF).ok
    assert press(office, "Yuki Tanaka", "revoke", {"reason": "Over.", "effect_on": office.today}).ok
    assert press(office, "Mei Chen", "taken_down", {"down_on": office.today, "note": ""}).ok
    with office.reading() as desk:
        assert to_take_down(desk.session, desk.today) == []


def test_several_proofs_are_kept(office: Office) -> None:
    in_use(office)
    for page in ("a", "b"):
        press(office, "Mei Chen", "file_proof", {**PROOF, "link": f"https://www.example.org/{page}"})

    with office.reading() as desk:
        links = [proof.link for proof in desk.session.exec(select(EmblemProof)).all()]
    assert links == ["https://www.example.org/a", "https://www.example.org/b"]


def test_once_the_asker_has_left_their_contact_point_hears_of_the_end(office: Office) -> None:
    granted(office)
    with office.database.writing() as session:
        left = office.person("Mei Chen")
        left.valid_until = TODAY
        session.merge(left)

    office.pass_to(date(2027, 4, 1))

    assert "please take the use down" in words_of(office.direct("Amina Diallo"))
    assert "please take the use down" not in words_of(office.direct("Mei Chen"))
    assert row(office).mark is Mark.EMBLEM
