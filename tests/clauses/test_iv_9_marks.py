"""IV.9, VI.1 and VI.3: nothing is released under a mark whose owner has not approved that use for that day."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import communication_marks, emblem_decisions, emblems
from bot.agreement.communication_marks import MarkUse, Missing, UsedMark, missing_approvals
from bot.agreement.communications import Communication, CommunicationStatus
from bot.agreement.emblems import EmblemStatus, Mark, PlannedUse
from tests.clauses.drafting import (
    LIAISON,
    RELEASE,
    TEXT,
    approved,
    at,
    cleared,
    draft,
    lifted,
    refused,
    row,
)
from tests.handlers.pressing import modal_words, press_told
from tests.office import ZURICH, Office, words_of

EMBLEM = ["ilo:emblem"]


BEFORE = datetime(2026, 12, 1, 5, 59, tzinfo=ZURICH)


NOON = datetime(2026, 12, 1, 12, 0, tzinfo=ZURICH)


@pytest.mark.parametrize(
    ("mark", "said", "clause"),
    [
        ("ilo:emblem", "ILO uses IOM's emblem or logo", "VI.1"),
        ("iom:name", "IOM uses ILO's name in a headline or branding", "VI.1"),
        ("ilo:abbreviation", "ILO uses IOM's abbreviation", "VI.1"),
        ("iom:hyperlink", "IOM uses ILO's website, by a link", "VI.3"),
    ],
)
def test_iv_9_a_mark_without_approval_stops_the_release_and_says_which(
    office: Office, mark: str, said: str, clause: str
) -> None:
    cleared(office, embargo="no", marks=[mark])
    assert "This cannot be released yet" in words_of(office.channel(LIAISON))

    told = office.click("Mei Chen", "communications.release")

    assert f"{said}" in told
    assert f"(clause {clause})" in told
    assert "Ask for approval" in told
    assert row(office).status is CommunicationStatus.CLEARED
    press_told(office, "Mei Chen", "emblems.request")
    assert office.modal("Mei Chen")["callback_id"] == "emblems.request"


def test_iv_9_a_mention_in_plain_text_is_told_and_needs_no_approval_by_the_policy(office: Office) -> None:
    cleared(office, marks=["ilo:mention"])

    at(office, RELEASE)

    assert len(lifted(office)) == 1
    assert "ILO uses IOM's name in plain text: told here" in words_of(office.channel(LIAISON))


def test_iv_9_a_mention_needs_an_approval_where_the_parties_say_so(office: Office) -> None:
    cleared(office, marks=["ilo:mention"])

    with office.reading() as desk:
        strict = desk.definition.under({"permission.plain_text_mention": "approval"})
        found = desk.session.exec(select(Communication)).one()
        missing = missing_approvals(replace(desk, definition=strict), found, date(2026, 12, 1))
        assert missing_approvals(desk, found, date(2026, 12, 1)) == []
    assert missing == [Missing(UsedMark.MENTION, "ILO", "IOM", "VI.1")]


def name_approval(office: Office, key: int, who: str = "Mei Chen") -> Any:
    office.click(who, "communications.approvals")
    result = office.submit(who, {"approvals": [str(key)]})
    office.deliver()
    return result


def test_iv_9_with_the_owners_approval_it_is_released_and_clearances_stay(office: Office) -> None:
    cleared(office, marks=EMBLEM)

    assert name_approval(office, approved(office)).ok

    assert "approved under request 2026/1 (clause VI.1)" in words_of(office.channel(LIAISON))
    at(office, RELEASE)
    assert len(lifted(office)) == 1


def test_iv_9_the_approval_can_be_chosen_with_the_draft(office: Office) -> None:
    key = approved(office)

    cleared(office, marks=EMBLEM, approvals=[str(key)])
    at(office, RELEASE)

    assert len(lifted(office)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"use_until": date(2026, 11, 30), "use_from": date(2026, 11, 25)},
        {"use_from": date(2026, 12, 2)},
    ],
    ids=["over before", "begins after"],
)
def test_iv_9_an_approval_must_cover_the_day_of_release(office: Office, changes: dict[str, Any]) -> None:
    key = approved(office, **changes)

    cleared(office, marks=EMBLEM, approvals=[str(key)])
    at(office, RELEASE)

    assert lifted(office) == []
    assert "and does not cover the day of release" in words_of(office.channel(LIAISON))


@pytest.mark.parametrize(
    "changes",
    [
        {"mark": Mark.NAME},
        {"asker": "David Okafor", "decider": "Jonas Weber", "owner": "ilo"},
    ],
    ids=["another mark", "the other party's"],
)
def test_iv_9_an_approval_of_something_else_covers_nothing(office: Office, changes: dict[str, Any]) -> None:
    key = approved(office, **changes)

    result = draft(office, marks=EMBLEM, approvals=[str(key)])

    assert "covers none of the marks" in result.errors["approvals"]


def test_iv_9_a_request_that_does_not_exist_covers_nothing(office: Office) -> None:
    draft(office, marks=EMBLEM)

    with pytest.raises(communication_marks.NotOfThis):
        office.act("Mei Chen", communication_marks.name_approvals, communication_id=1, approvals=[9])


def test_iv_9_a_mark_that_is_no_longer_used_needs_no_approval_any_more(office: Office) -> None:
    draft(office, marks=[*EMBLEM, "iom:mention"])

    office.click("Mei Chen", "communications.revise")
    office.submit("Mei Chen", {"marks": ["iom:mention"]})
    office.deliver()

    with office.reading() as desk:
        left = desk.session.exec(select(MarkUse)).all()
    assert [(use.party, use.mark) for use in left] == [("iom", UsedMark.MENTION)]
    assert "This cannot be released yet" not in words_of(office.channel(LIAISON))


def test_iv_9_a_request_that_is_not_decided_can_be_named_and_stops_the_release_until_it_is(
    office: Office,
) -> None:
    use = PlannedUse(
        mark=Mark.EMBLEM,
        purpose="p",
        product="p",
        audience="a",
        use_from=date(2026, 12, 1),
        use_until=date(2026, 12, 31),
        needed_by=date(2026, 11, 30),
        mockup_text="t",
    )
    office.act("Mei Chen", emblems.request, owner="iom", channel_id="C0LIAISON", use=use)
    cleared(office, marks=EMBLEM, approvals=["1"])
    at(office, RELEASE)
    assert lifted(office) == []

    office.act("Yuki Tanaka", emblem_decisions.decide, request_id=1, status=EmblemStatus.APPROVED)
    office.click("David Okafor", "communications.release")
    office.deliver()

    assert len(lifted(office)) == 1


def test_iv_9_the_check_is_made_again_at_the_instant_and_both_officers_are_told_once(office: Office) -> None:
    cleared(office, marks=EMBLEM)

    at(office, RELEASE)
    office.tick()
    at(office, NOON)

    assert lifted(office) == []
    assert TEXT not in words_of(office.channel(LIAISON))
    for name in ("Mei Chen", "David Okafor"):
        (told,) = [m for m in office.direct(name) if "was not released" in m["text"]]
        assert "ILO uses IOM's emblem or logo (clause VI.1)" in words_of([told])
    assert not [m for m in office.direct("Amina Diallo") if "was not released" in m["text"]]
    name_approval(office, approved(office), "David Okafor")
    office.click("Mei Chen", "communications.release")
    office.deliver()
    assert len(lifted(office)) == 1


def test_iv_9_where_nothing_was_asked_for_the_way_to_ask_is_shown(office: Office) -> None:
    draft(office, marks=EMBLEM)

    office.click("Mei Chen", "communications.approvals")

    assert "There is no request under clauses VI.1 and VI.3" in modal_words(office, "Mei Chen")


@pytest.mark.parametrize("name", ["Lucía Romero", "Yuki Tanaka", "Ravi Menon"])
def test_iv_9_approvals_are_named_by_those_who_draft(office: Office, name: str) -> None:
    draft(office, marks=EMBLEM)

    assert "name the approvals that cover a use" in office.click(name, "communications.approvals")
    assert len(refused(office)) == 1
