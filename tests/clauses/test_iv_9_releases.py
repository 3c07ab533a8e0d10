"""IV.9 and IV.10: an embargo ends by the clock, at whatever hour, once."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import delete

from bot.agreement import communication_releases as releases
from bot.agreement.communications import Clearance, Communication, CommunicationStatus, CommunicationVersion
from bot.agreement.desk import Desk
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Mandate
from bot.agreement.rights import Role
from tests.clauses.drafting import (
    LIAISON,
    PRESS,
    RELEASE,
    TEXT,
    at,
    clear,
    cleared,
    draft,
    events,
    lifted,
    refused,
    row,
    say,
    version,
)
from tests.handlers.pressing import modal_words
from tests.office import ZURICH, Office, words_of

EMBLEM = ["ilo:emblem"]


BEFORE = datetime(2026, 12, 1, 5, 59, tzinfo=ZURICH)


NOON = datetime(2026, 12, 1, 12, 0, tzinfo=ZURICH)


def test_iv_9_the_clock_lifts_the_embargo_at_its_instant_before_working_hours_and_once(
    office: Office,
) -> None:
    cleared(office)

    at(office, BEFORE)
    assert lifted(office) == []
    assert TEXT not in words_of(office.channel(LIAISON))
    at(office, RELEASE)
    at(office, RELEASE)
    office.tick()

    (message,) = lifted(office)
    said = words_of(office.channel(LIAISON))
    assert said.count(TEXT) == 1
    assert said.count(PRESS["text_fr"]) == 1
    assert version(office).sha256 in words_of([message])
    assert "Cleared for IOM by David Okafor, communications officer" in words_of([message])
    assert "Quoted: Helena Costa, IOM:* So do we." in words_of([message])
    assert "comes late" not in words_of([message])
    assert row(office).status is CommunicationStatus.RELEASED
    assert len(events(office, "communication_released")) == 1


def test_iv_9_an_embargo_is_lifted_on_a_closed_day_too(office: Office) -> None:
    cleared(office, release_on=date(2026, 12, 6), release_time="23:30")

    at(office, datetime(2026, 12, 6, 23, 31, tzinfo=ZURICH))

    assert len(lifted(office)) == 1


def test_iv_9_an_embargo_that_ended_while_the_clock_stood_still_is_lifted_once_and_late(
    office: Office,
) -> None:
    cleared(office)

    at(office, datetime(2026, 12, 3, 10, 0, tzinfo=ZURICH))
    office.tick()

    (message,) = lifted(office)
    assert "was to be said on Tuesday 1 December 2026 at 06:00 (Geneva time) and comes late" in words_of(
        [message]
    )


@pytest.mark.parametrize("missing", ["Mei Chen", "David Okafor"])
def test_iv_9_without_both_clearances_nothing_is_released(office: Office, missing: str) -> None:
    draft(office)
    clear(office, "Mei Chen" if missing == "David Okafor" else "David Okafor")

    at(office, NOON)

    assert lifted(office) == []
    assert TEXT not in words_of(office.channel(LIAISON))


def test_iv_9_before_the_embargo_ends_nobody_can_release(office: Office) -> None:
    cleared(office)

    told = office.click("David Okafor", "communications.release")

    assert "is under embargo until Tuesday 1 December 2026 at 06:00 (Geneva time)" in told
    assert lifted(office) == []


def test_iv_9_without_embargo_an_officer_may_release_earlier_and_the_second_is_told(office: Office) -> None:
    cleared(office, embargo="no")

    office.click("David Okafor", "communications.release")
    told = say(office, "Mei Chen", releases.release, communication_id=1)
    office.deliver()

    (message,) = lifted(office)
    assert "David Okafor (IOM) released communication 2026/1" in words_of([message])
    assert message["text"].startswith("Released:")
    assert "This cannot be done with 2026/1 now." in told
    assert "by David Okafor (IOM) on Monday 23 November 2026 at 10:00" in told
    at(office, NOON)
    assert len(lifted(office)) == 1


def test_iv_9_what_is_not_cleared_cannot_be_released(office: Office) -> None:
    draft(office)

    told = say(office, "Mei Chen", releases.release, communication_id=1)

    assert "Waiting to be cleared by both parties." in told


@pytest.mark.parametrize("name", ["Amina Diallo", "Helena Costa", "Grace Wanjiru", "Yuki Tanaka"])
def test_iv_9_only_communications_officers_release(office: Office, name: str) -> None:
    cleared(office, embargo="no")

    assert "communications officer can release" in office.click(name, "communications.release")
    assert len(refused(office)) == 1


@pytest.mark.parametrize("name", ["Clara Novak", "Victor Lang"])
@pytest.mark.parametrize("action", ["release", "postpone", "withdraw", "approvals", "revise"])
def test_iv_9_strangers_change_nothing(office: Office, name: str, action: str) -> None:
    cleared(office, embargo="no", marks=EMBLEM)

    assert office.click(name, f"communications.{action}")

    assert row(office).status is CommunicationStatus.CLEARED
    assert len(refused(office)) == 1
    assert office.slack.modal(office.id(name)) is None


def test_iv_9_what_cannot_be_released_does_not_keep_the_clock_from_the_rest(office: Office) -> None:
    cleared(office)
    with office.database.writing() as session:
        session.exec(delete(Clearance))
        session.exec(delete(CommunicationVersion))

    before = len(office.channel("ilo-iom-east-africa"))

    at(office, datetime(2026, 12, 9, 10, 0, tzinfo=ZURICH))

    assert lifted(office) == []
    assert len(office.channel("ilo-iom-east-africa")) == before + 1


def test_iv_9_a_clock_that_was_slower_says_nothing(office: Office) -> None:
    cleared(office)
    office.clock.move_to(RELEASE)
    office.act(None, releases.lift, communication_id=1)

    with pytest.raises(NothingToSay):
        office.act(None, releases.lift, communication_id=1)

    def late_clock(desk: Desk, *, communication_id: int) -> Any:
        found = desk.session.get_one(Communication, communication_id)
        return releases._release(desk, found)

    with pytest.raises(NothingToSay):
        office.act(None, late_clock, communication_id=1)
    assert len(lifted(office)) == 1


def test_iv_9_what_is_out_may_be_read_by_all(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)

    office.click("Lucía Romero", "communications.read")
    assert "Clear this version" not in modal_words(office, "Lucía Romero")

    assert TEXT in modal_words(office, "Lucía Romero")


def test_iv_9_while_a_party_has_no_communications_officer_its_contact_points_are_told(office: Office) -> None:
    with office.database.writing() as session:
        session.delete(session.get_one(Mandate, (office.person("David Okafor").key, Role.COMMUNICATIONS)))

    draft(office)

    assert TEXT in words_of(office.direct("Helena Costa"))
    assert TEXT in words_of(office.direct("Omar Haddad"))
