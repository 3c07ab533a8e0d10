"""VI.1 and IX.2-3: the owner's side in the life of a permission: drafts, letters, versions, delegates."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import emblem_decisions, emblem_endings, emblem_instructions
from bot.agreement.emblem_cases import language_of
from bot.agreement.emblem_history import EmblemDeed, steps
from bot.agreement.emblem_instructions import read_for
from bot.agreement.emblem_letters import EmblemLetter
from bot.agreement.emblems import EmblemStatus
from bot.agreement.follow_ups import FollowUp
from bot.agreement.people import Refusal
from tests.clauses.owning import LETTER, LIAISON, delegate, instruct, letter
from tests.handlers.permitting import draft, granted, in_use, press, row
from tests.handlers.test_emblems import USE, ask
from tests.office import Office, words_of

SERIES = "Six briefs, one a quarter"


def card(office: Office) -> str:
    return words_of([one for one in office.channel(LIAISON) if "Request 2026/1" in one["text"]])


def language(office: Office) -> str:
    with office.reading() as desk:
        return language_of(desk.session, 1).value


def read_versions(office: Office) -> list[int]:
    with office.reading() as desk:
        return [version.version for _, version in read_for(desk.session, 1)]


def letters(office: Office) -> list[int]:
    with office.reading() as desk:
        return [one.version for one in desk.session.exec(select(EmblemLetter)).all()]


def decided_anew(office: Office) -> None:
    """A use approved in a letter, whose text has then changed."""
    ask(office)
    letter(office)
    press(office, "Mei Chen", "change_material", {"mockup_text": "Other words"})


def test_vi_1_a_draft_keeps_the_language_of_its_record_until_it_is_put(office: Office) -> None:
    draft(office, language="fr")
    assert language(office) == "fr"

    assert press(office, "Mei Chen", "open_draft", {**USE, "send": "draft", "language": "es"}, "direct").ok
    assert language(office) == "es"
    assert press(office, "Mei Chen", "open_draft", {**USE, "send": "submit"}, "direct").ok

    assert (language(office), row(office).status) == ("es", EmblemStatus.SUBMITTED)
    assert "*Language of the record:* Spanish" in card(office)


def test_ix_2_3_a_draft_is_kept_unread_and_put_only_once_the_instructions_are_read(office: Office) -> None:
    instruct(office)
    assert draft(office).ok

    refused = press(office, "Mei Chen", "open_draft", {**USE, "send": "submit"}, "direct")
    assert list(refused.errors) == ["instructions_read"]
    assert (row(office).status, read_versions(office)) == (EmblemStatus.DRAFT, [])
    values = {**USE, "send": "submit", "instructions_read": ["1"]}
    assert press(office, "Mei Chen", "open_draft", values, "direct").ok

    assert (row(office).status, read_versions(office)) == (EmblemStatus.SUBMITTED, [1])


@pytest.mark.parametrize("approved", ["approved", "approved_with_conditions"])
def test_vi_1_a_letter_shortens_the_period_and_allows_the_series_as_an_approver_does(
    office: Office, approved: str
) -> None:
    ask(office, series=SERIES)
    until = date(2027, 6, 30)
    told = letter(office, answer=approved, reason="In blue.", use_until=until, whole_series=["yes"])
    assert told.ok

    found = row(office)
    assert (found.use_until, found.asked_until, found.whole_series) == (until, date(2027, 12, 31), True)
    with office.reading() as desk:
        waiting = desk.session.exec(select(FollowUp).where(FollowUp.subject == found.subject)).all()
        done = [step.deed for step in steps(desk.session, 1)]
    assert {one.kind for one in waiting} == {"emblem_end_near"}
    assert done[-1].startswith("letter_approves")


@pytest.mark.parametrize(
    ("until", "says"),
    [(date(2028, 1, 1), "Friday 31 December 2027"), (date(2026, 12, 31), "Monday 11 January 2027")],
    ids=["longer", "before it begins"],
)
def test_vi_1_a_letter_cannot_allow_more_than_was_asked(office: Office, until: date, says: str) -> None:
    ask(office)

    told = letter(office, use_until=until)

    assert says in told.errors["use_until"]
    assert (row(office).status, letters(office)) == (EmblemStatus.SUBMITTED, [])


def test_vi_1_a_letter_does_not_count_for_material_that_its_recorder_did_not_see(office: Office) -> None:
    ask(office)
    office.click("Helena Costa", "emblems.record_letter", where=LIAISON)
    press(office, "Yuki Tanaka", "ask_for_more", {"question": "In which blue?"})
    press(office, "Mei Chen", "give_information", {"information": "Ours.", "mockup_text": "Other words"})

    office.submit("Helena Costa", LETTER)

    assert "version 2" in str(office.modal("Helena Costa"))
    assert (row(office).status, letters(office)) == (EmblemStatus.SUBMITTED, [])


def test_vi_1_changed_material_is_decided_by_a_letter_of_its_own(office: Office) -> None:
    decided_anew(office)
    assert row(office).status is EmblemStatus.SUBMITTED

    assert letter(office, signer="Bea Lindqvist").ok

    assert letters(office) == [1, 2]
    assert "signed by Bea Lindqvist" in card(office)
    assert "Decided in a letter of Friday 20 November 2026 signed by Amara Okonkwo" not in card(office)


def test_vi_1_a_decision_in_slack_after_a_letter_on_earlier_material_names_no_letter(office: Office) -> None:
    decided_anew(office)

    press(office, "Yuki Tanaka", "approve")

    assert "Decided by *Yuki Tanaka (IOM)*" in card(office)


def test_vi_1_conditions_of_a_letter_stay_conditions_and_a_reason_a_reason(office: Office) -> None:
    ask(office)
    letter(office, answer="refused", reason="It is not ours alone.")

    assert "Reason: It is not ours alone." in card(office)


def test_vi_1_a_delegate_decides_and_revokes_in_the_days_named(office: Office) -> None:
    ask(office)
    with pytest.raises(Refusal):
        office.act("David Okafor", emblem_decisions.decide, request_id=1, status=EmblemStatus.APPROVED)
    delegate(office, "Helena Costa", "Yuki Tanaka", "David Okafor", first_day=office.today)

    press(office, "David Okafor", "approve")
    assert "Decided by *David Okafor (IOM)*, for Yuki Tanaka" in card(office)
    office.act("David Okafor", emblem_endings.revoke, request_id=1, reason="Misused.", effect_on=office.today)

    assert row(office).status is EmblemStatus.REVOKED


def entered(office: Office) -> Any:
    facts = {"seen": 0, "text": "Blue on white.", "valid_from": office.today}
    return office.act("Yuki Tanaka", emblem_instructions.enter_instructions, **facts)


def test_ix_2_3_new_instructions_are_told_to_those_whose_use_goes_on(office: Office) -> None:
    in_use(office)
    granted(office)
    ask(office)

    assert set(entered(office).affected) == {1, 2}


def test_ix_2_3_a_use_that_is_over_is_not_affected(office: Office) -> None:
    in_use(office)
    facts = {"request_id": 1, "reason": "Misused.", "effect_on": office.today}
    office.act("Yuki Tanaka", emblem_endings.revoke, **facts)

    assert entered(office).affected == ()


def test_vi_1_every_deed_of_a_letter_is_in_the_history(office: Office) -> None:
    ask(office)
    letter(office, answer="approved_with_conditions", reason="In blue.")

    with office.reading() as desk:
        known = steps(desk.session, 1)
    assert [step.deed for step in known] == [EmblemDeed.ASK, EmblemDeed.LETTER_APPROVES_WITH_CONDITIONS]
    assert known[-1].note == "In blue."
