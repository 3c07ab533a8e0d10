"""IV.9, IV.10, VI.1 and VI.3: an embargo ends by the clock, once, and never without the owner's approval."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import delete
from sqlmodel import select

from bot.agreement import communication_marks
from bot.agreement import communication_releases as releases
from bot.agreement.communication_marks import MarkUse, Missing, UsedMark, missing_approvals
from bot.agreement.communications import Clearance, Communication, CommunicationStatus, CommunicationVersion
from bot.agreement.desk import Desk
from bot.agreement.emblems import Mark
from bot.agreement.files import Record
from bot.agreement.ledger import NothingToSay
from bot.agreement.people import Refusal
from handlers.errors import sentence
from tests.clauses.drafting import (
    LIAISON,
    PRESS,
    RELEASE,
    TEXT,
    approved,
    at,
    clear,
    cleared,
    draft,
    events,
    refused,
    row,
    version,
)
from tests.handlers.pressing import modal_words, press_told
from tests.office import ZURICH, Office, words_of

EMBLEM = ["ilo:emblem"]
BEFORE = datetime(2026, 12, 1, 5, 59, tzinfo=ZURICH)
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=ZURICH)


def lifted(office: Office) -> list[dict[str, Any]]:
    return [m for m in office.channel(LIAISON) if m["text"].startswith(("Embargo lifted", "Released:"))]


def say(office: Office, name: str, verb: Any, **facts: Any) -> str:
    """What somebody is told who tries this with a button of an old message."""
    with pytest.raises(Refusal) as refusal:
        office.act(name, verb, **facts)
    return sentence(refusal.value)


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
    assert "David Okafor (IOM) released 2026/1" in words_of([message])
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
    from dataclasses import replace

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


def test_iv_9_what_cannot_be_released_does_not_keep_the_clock_from_the_rest(office: Office) -> None:
    cleared(office)
    with office.database.writing() as session:
        session.exec(delete(Clearance))
        session.exec(delete(CommunicationVersion))

    before = len(office.channel("ilo-iom-east-africa"))

    at(office, datetime(2026, 12, 9, 10, 0, tzinfo=ZURICH))

    assert lifted(office) == []
    assert len(office.channel("ilo-iom-east-africa")) == before + 1


def test_iv_9_a_request_that_is_not_decided_can_be_named_and_stops_the_release_until_it_is(
    office: Office,
) -> None:
    from bot.agreement import emblem_decisions, emblems
    from bot.agreement.emblems import EmblemStatus, PlannedUse

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


def postpone(office: Office, name: str, **changes: Any) -> Any:
    office.click(name, "communications.postpone")
    later = {"release_on": date(2026, 12, 3), "release_time": "18:00", "reason": "The minister is away."}
    result = office.submit(name, {**later, **changes})
    office.deliver()
    return result


@pytest.mark.parametrize("name", ["Helena Costa", "Pierre Favre", "David Okafor"])
def test_iv_9_either_side_may_postpone_with_a_reason_and_the_clearances_stay(
    office: Office, name: str
) -> None:
    cleared(office)

    assert postpone(office, name).ok

    said = words_of(office.channel(LIAISON))
    assert "to *Thursday 3 December 2026 at 18:00 (Geneva time)*" in said
    assert "The minister is away." in said
    assert "The minister is away." in words_of(office.direct("Mei Chen"))
    at(office, NOON)
    assert lifted(office) == []
    at(office, datetime(2026, 12, 3, 18, 0, tzinfo=ZURICH))
    assert len(lifted(office)) == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"release_on": date(2026, 11, 30)}, "release_on", "To postpone is to move to a later time"),
        ({"release_on": date(2026, 11, 1)}, "release_on", "lies in the past"),
        ({"reason": " "}, "reason", "both parties need it"),
    ],
)
def test_iv_9_a_postponement_is_to_later_and_has_its_reason(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    cleared(office)

    assert said in postpone(office, "Helena Costa", **changes).errors[field]


def test_iv_9_after_a_postponement_the_missing_clearance_is_asked_for_in_time_for_the_new_day(
    office: Office,
) -> None:
    draft(office)
    postpone(office, "Helena Costa", release_on=date(2026, 12, 17))

    office.pass_to(date(2026, 12, 4))
    assert not [m for m in office.direct("David Okafor") if "not cleared it" in m["text"]]
    office.pass_to(date(2026, 12, 14))

    assert len([m for m in office.direct("David Okafor") if "not cleared it" in m["text"]]) == 1


def withdraw(office: Office, name: str, reason: str = "Overtaken by events.") -> Any:
    office.click(name, "communications.withdraw")
    result = office.submit(name, {"reason": reason})
    office.deliver()
    return result


def test_iv_9_what_either_side_withdraws_is_never_released(office: Office) -> None:
    cleared(office)
    office.click("Helena Costa", "communications.withdraw")
    assert withdraw(office, "David Okafor").ok

    office.submit("Helena Costa", {"reason": "Me too."})
    told = modal_words(office, "Helena Costa")
    at(office, NOON)

    assert "Withdrawn. That was done by David Okafor (IOM) on Monday 23 November 2026" in told
    assert lifted(office) == []
    said = words_of(office.channel(LIAISON))
    assert "Withdrawn by *David Okafor (IOM)*" in said
    assert "Overtaken by events." in said
    assert TEXT not in said


def test_iv_9_a_withdrawal_has_its_reason(office: Office) -> None:
    cleared(office)

    assert "both parties need it" in withdraw(office, "Helena Costa", " ").errors["reason"]


@pytest.mark.parametrize("action", ["postpone", "withdraw"])
@pytest.mark.parametrize("name", ["Samuel Otieno", "Lucía Romero", "Yuki Tanaka"])
def test_iv_9_others_neither_postpone_nor_withdraw(office: Office, name: str, action: str) -> None:
    cleared(office)

    assert "postpone or withdraw" in office.click(name, f"communications.{action}")
    assert len(refused(office)) == 1


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


def test_iv_9_the_final_text_is_a_numbered_joint_record(office: Office) -> None:
    cleared(office, marks=["ilo:mention"], strategy="not_relevant", strategy_note="A local matter.")
    at(office, RELEASE)

    with office.reading() as desk:
        record = desk.session.exec(select(Record)).one()
    assert record.number == "ILO-IOM/2026/001"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    flat = " ".join(text.split())
    for words in (
        TEXT,
        "commence avant le départ",
        "Mei Chen",
        "David Okafor",
        "So do we.",
        "A local matter.",
    ):
        assert words in flat
    assert version(office).sha256 in flat.replace(" ", "")
    (file,) = [file for file in office.slack.files if file["name"] == "ILO-IOM-2026-001.pdf"]
    assert office.slack.contents(file["id"]) == record.content
    assert "Joint record: ILO-IOM/2026/001" in words_of(office.channel(LIAISON))


def publish(office: Office, name: str = "David Okafor", **changes: Any) -> Any:
    office.click(name, "communications.publish")
    result = office.submit(
        name, {"live_link": "https://iom.example/fair", "published_on": date(2026, 12, 1), **changes}
    )
    office.deliver()
    return result


def test_iv_9_people_record_where_it_was_published_and_the_second_is_told(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)
    office.click("Mei Chen", "communications.publish")

    assert publish(office).ok
    office.submit("Mei Chen", {"live_link": "https://ilo.example", "published_on": date(2026, 12, 1)})

    assert "Published. That was done by David Okafor (IOM)" in modal_words(office, "Mei Chen")
    said = words_of(office.channel(LIAISON))
    assert "*Published* on Tuesday 1 December 2026: <https://iom.example/fair>" in said
    assert row(office).status is CommunicationStatus.PUBLISHED


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"live_link": "iom"}, "live_link", "is not a web address"),
        ({"published_on": date(2026, 11, 30)}, "published_on", "lies between the release"),
        ({"published_on": date(2026, 12, 2)}, "published_on", "lies between the release"),
    ],
)
def test_iv_9_a_proof_is_a_link_and_a_day_since_the_release(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    cleared(office)
    at(office, RELEASE)

    assert said in publish(office, **changes).errors[field]


@pytest.mark.parametrize("name", ["Lucía Romero", "Yuki Tanaka", "Clara Novak", "Victor Lang"])
def test_iv_9_others_record_no_publication(office: Office, name: str) -> None:
    cleared(office)
    at(office, RELEASE)

    assert office.click(name, "communications.publish")
    assert len(refused(office)) == 1
    assert office.slack.modal(office.id(name)) is None


def test_iv_9_the_proof_is_asked_for_with_growing_pauses_until_it_is_there(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)

    def asked() -> int:
        return len([m for m in office.direct("David Okafor") if "The link is not on record yet" in m["text"]])

    office.pass_to(date(2026, 12, 2))
    office.tick()
    assert asked() == 1
    office.pass_to(date(2026, 12, 4))
    assert asked() == 2
    publish(office)
    office.pass_to(date(2026, 12, 20))
    assert asked() == 2


def test_iv_9_a_missing_proof_waits_in_the_home_of_both_officers(office: Office) -> None:
    from tests.handlers.pressing import buttons

    cleared(office)
    at(office, RELEASE)

    for name, waits in (("Mei Chen", True), ("David Okafor", True), ("Amina Diallo", False)):
        assert (("communications.publish", "1") in buttons(office.home(name)["blocks"])) is waits


def test_iv_9_what_is_out_may_be_read_by_all(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)

    office.click("Lucía Romero", "communications.read")
    assert "Clear this version" not in modal_words(office, "Lucía Romero")

    assert TEXT in modal_words(office, "Lucía Romero")


def test_iv_9_while_a_party_has_no_communications_officer_its_contact_points_are_told(office: Office) -> None:
    from bot.agreement.people import Mandate
    from bot.agreement.rights import Role

    with office.database.writing() as session:
        session.delete(session.get_one(Mandate, (office.person("David Okafor").key, Role.COMMUNICATIONS)))

    draft(office)

    assert TEXT in words_of(office.direct("Helena Costa"))
    assert TEXT in words_of(office.direct("Omar Haddad"))
