"""IV.4 through the door: what a party convenes, whether it invites the other, what is replied, who attended."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.invitation_answers import (
    decide_interest,
    issue,
)
from bot.agreement.invitations import (
    Invitation,
    InvitationReply,
    InvitationStatus,
    InvitationStep,
)
from bot.agreement.people import Refusal
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, modal_words
from tests.office import ZURICH, Office, words_of

LIAISON = "ilo-iom-liaison"
MEETING: dict[str, Any] = {
    "meeting": "Committee on Labour Migration",
    "convenor": "Governing Body",
    "topic": "Fair recruitment across borders.",
    "starts_on": date(2027, 3, 15),
    "ends_on": date(2027, 3, 17),
    "place": "Geneva, Room II, also online",
    "rule": "Standing Orders, article 5",
}
CONVENING = {"ilo": "Amina Diallo", "iom": "Helena Costa"}
STRANGERS = ["Clara Novak", "Victor Lang"]
Rows = list[Invitation]


def announce(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/meeting announce")
    result = office.submit(name, {**MEETING, **changes})
    office.deliver()
    return result


def press(office: Office, name: str, action: str, typed: dict[str, Any], where: str = "direct") -> Any:
    told = office.click(name, f"invitations.{action}", where=where)
    assert told == "", told
    result = office.submit(name, typed)
    office.deliver()
    return result


def invited(office: Office, name: str = "Mei Chen", **changes: Any) -> None:
    """A meeting that was announced by `name`, found of interest and issued by their contact point."""
    announce(office, name, **changes)
    point = CONVENING[office.person(name).party]
    press(office, point, "interest", {"reason": "It concerns migrants."})
    press(office, point, "issue", {"signed_by": "The Director-General", "reference": "GB/12"})


def rows(office: Office) -> Rows:
    with office.reading() as desk:
        return list(desk.session.exec(select(Invitation)).all())


def row(office: Office) -> Invitation:
    (found,) = rows(office)
    return found


def deeds(office: Office) -> list[str]:
    with office.reading() as desk:
        return [step.deed.value for step in desk.session.exec(select(InvitationStep)).all()]


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def card_buttons(message: dict[str, Any]) -> list[str]:
    return [action for action, _ in buttons(message["blocks"])]


def test_iv_4_1_the_ilo_puts_an_own_meeting_on_record_and_only_its_side_is_asked(office: Office) -> None:
    result = announce(office)

    assert result.ok
    assert "on record as *2026/1* (clause IV.4-1)" in modal_words(office, "Mei Chen")
    (asked,) = office.direct("Amina Diallo")
    assert "Own meeting 2026/1 · Committee on Labour Migration" in words_of([asked])
    assert "*ILO's rule relied on (IV.0):* Standing Orders, article 5" in words_of([asked])
    assert "from Monday 15 March 2027 to Wednesday 17 March 2027" in words_of([asked])
    assert card_buttons(asked) == [
        f"invitations.{name}" for name in ("interest", "no_interest", "postpone", "cancel")
    ]
    assert not office.channel(LIAISON)
    assert not office.direct("Helena Costa")


def test_iv_4_2_the_iom_asks_its_own_contact_point_under_the_mirror_clause(office: Office) -> None:
    announce(office, "David Okafor")

    (asked,) = office.direct("Helena Costa")
    assert "Clause IV.4-2: the Director General of IOM" in words_of([asked])
    assert not office.direct("Amina Diallo")
    assert not office.channel(LIAISON)


def test_iv_4_1_an_invitation_goes_to_the_shared_channel_and_to_the_other_sides_contact_point(
    office: Office,
) -> None:
    announce(office)
    press(office, "Amina Diallo", "interest", {"reason": "SECRET REASON"})
    assert not office.channel(LIAISON)
    office.click("Amina Diallo", "invitations.issue", where="direct")
    office.submit(
        "Amina Diallo", {"signed_by": "G. Houngbo", "reference": "GB/12", "letter": ("letter.pdf", b"%PDF")}
    )
    office.deliver()

    card, enclosed = office.channel(LIAISON)
    (told,) = office.direct("Helena Costa")
    for message in (card, told):
        said = words_of([message])
        assert "*ILO invites IOM* to attend" in said
        assert "signed by G. Houngbo" in said
        assert "*Reference of the letter:* GB/12" in said
        assert "SECRET REASON" not in said
        assert card_buttons(message)[:3] == [
            f"invitations.{name}" for name in ("accept", "tentative", "decline")
        ]
    assert [file["name"] for file in enclosed["files"]] == ["letter.pdf"]
    assert enclosed["thread_ts"] == card["ts"]


def test_iv_4_1_acceptance_and_attendance_are_on_record_as_evidence(office: Office) -> None:
    invited(office)

    press(office, "Helena Costa", "accept", {"note": "Grace Wanjiru, Programme officer"}, LIAISON)
    assert "IOM has replied to ILO's invitation 2026/1: accepted." in words_of(office.direct("Amina Diallo"))
    office.clock.move_to(datetime(2027, 3, 18, 10, tzinfo=ZURICH))
    office.tick()
    press(office, "Pierre Favre", "attendance", {"attended": "Grace Wanjiru", "attendance_note": "Observer"})

    found = row(office)
    assert (found.status, found.reply) == (InvitationStatus.HELD, InvitationReply.ACCEPTED)
    card, line = office.channel(LIAISON)[0], office.channel(LIAISON)[-1]
    assert "*Attended for IOM:* Grace Wanjiru (Observer)" in words_of([card])
    assert not card_buttons(card)
    assert "Evidence on record: the invitation (GB/12), the reply, and who attended." in words_of([line])
    assert deeds(office) == ["announced", "found_of_interest", "issued", "accepted", "attendance_recorded"]


def test_iv_4_2_the_ilo_declines_an_invitation_of_the_iom_with_its_reason(office: Office) -> None:
    invited(office, "David Okafor")

    press(office, "Pierre Favre", "decline", {"note": "The Governing Body meets then."}, LIAISON)

    assert "*ILO:* declined: The Governing Body meets then." in words_of(office.channel(LIAISON))
    assert "ILO has replied to IOM's invitation 2026/1: declined." in words_of(office.direct("Helena Costa"))


def test_a_changed_reply_keeps_what_was_replied_before(office: Office) -> None:
    invited(office)
    press(office, "Helena Costa", "tentative", {"note": "Budget pending."}, LIAISON)
    press(office, "Omar Haddad", "accept", {"note": "Omar Haddad"}, LIAISON)

    said = words_of(office.channel(LIAISON)[:1])
    assert "*IOM:* accepted: Omar Haddad" in said
    assert "answered with “cannot say yet” by Helena Costa (IOM): Budget pending." in said
    assert "Omar Haddad (IOM) has changed the reply" in words_of(office.direct("Amina Diallo"))


def test_whoever_replies_second_from_a_form_opened_before_is_told_who_was_first(office: Office) -> None:
    invited(office)
    office.click("Helena Costa", "invitations.decline", where=LIAISON)
    press(office, "Omar Haddad", "accept", {"note": "Omar Haddad"}, LIAISON)

    office.submit("Helena Costa", {"note": "No time."})

    assert "it was accepted by Omar Haddad (IOM) on Monday 23 November 2026" in modal_words(
        office, "Helena Costa"
    )
    assert row(office).reply is InvitationReply.ACCEPTED
    assert len(refusals(office)) == 1


def test_whoever_decides_second_is_told_who_was_first(office: Office) -> None:
    announce(office)
    office.act("Amina Diallo", decide_interest, invitation_id=1, of_interest=False, reason="Internal.")

    with pytest.raises(Refusal) as caught:
        office.act("Pierre Favre", decide_interest, invitation_id=1, of_interest=True, reason="Yes.")

    assert caught.value.facts()["by"] == "Amina Diallo"
    assert row(office).of_interest is False


def test_a_meeting_is_invited_to_once(office: Office) -> None:
    invited(office)

    with pytest.raises(Refusal):
        office.act("Pierre Favre", issue, invitation_id=1, signed_by="The Director-General")

    assert deeds(office).count("issued") == 1


def test_a_no_stays_with_the_convening_side_and_can_be_decided_otherwise(office: Office) -> None:
    announce(office)
    press(office, "Amina Diallo", "no_interest", {"reason": "Internal budget."})

    assert "Only ILO is told of this." in words_of(office.direct("Mei Chen"))
    assert "There is no invitation 2026/1" in office.command("Helena Costa", "/meeting invitation 2026/1")
    assert "Committee" not in office.command("Helena Costa", "/meeting invitations")
    assert not office.channel(LIAISON)
    assert "Internal budget." in office.command("Lucía Romero", "/meeting invitation 2026/1")

    press(office, "Amina Diallo", "reconsider", {"reason": "It was widened."})
    assert row(office).status is InvitationStatus.OF_INTEREST
    press(office, "Amina Diallo", "issue", {"signed_by": "The Director-General"})
    assert "Internal budget." not in words_of(office.channel(LIAISON))
    assert "found not to be" not in office.command("Helena Costa", "/meeting invitation 2026/1")


def test_postponement_tells_the_invited_side_and_asks_it_anew(office: Office) -> None:
    invited(office)
    press(office, "Helena Costa", "accept", {"note": "Helena Costa"}, LIAISON)
    moved = {"starts_on": date(2027, 5, 10), "ends_on": date(2027, 5, 10), "reason": "The room is taken."}

    press(office, "Amina Diallo", "postpone", moved, LIAISON)

    found = row(office)
    assert (found.starts_on, found.reply, found.moves) == (date(2027, 5, 10), None, 1)
    assert found.reply_by == date(2027, 4, 26)
    said = words_of(office.direct("Helena Costa"))
    assert "It is now *on Monday 10 May 2027*." in said
    assert "which was to begin on Monday 15 March 2027" in said
    assert "accepted by Helena Costa (IOM): Helena Costa" in words_of(office.channel(LIAISON)[:1])
    assert "*No reply yet.*" in words_of(office.channel(LIAISON)[:1])


@pytest.mark.parametrize("stage", ["announced", "of_interest"])
def test_postponement_before_the_invitation_stays_with_the_convening_side(office: Office, stage: str) -> None:
    announce(office)
    if stage == "of_interest":
        press(office, "Amina Diallo", "interest", {"reason": "Yes."})
    moved = {"starts_on": date(2027, 6, 10), "ends_on": date(2027, 6, 11), "reason": "The room is taken."}

    press(office, "Amina Diallo", "postpone", moved)

    assert "now from Thursday 10 June 2027 to Friday 11 June 2027" in words_of(office.direct("Amina Diallo"))
    assert not office.direct("Helena Costa")
    assert not office.channel(LIAISON)


def test_two_who_move_the_same_meeting_are_told_of_each_other(office: Office) -> None:
    invited(office)
    moved = {"starts_on": date(2027, 5, 10), "ends_on": date(2027, 5, 10), "reason": "The room is taken."}
    office.click("Pierre Favre", "invitations.postpone", where=LIAISON)
    press(office, "Amina Diallo", "postpone", moved, LIAISON)

    office.submit("Pierre Favre", {**moved, "starts_on": date(2027, 5, 3)})

    assert "it was moved to other dates by Amina Diallo (ILO)" in modal_words(office, "Pierre Favre")
    assert row(office).starts_on == date(2027, 5, 10)


def test_cancellation_is_told_and_nothing_more_is_asked(office: Office) -> None:
    invited(office)

    press(office, "Amina Diallo", "cancel", {"reason": "No quorum."}, LIAISON)

    assert "has cancelled “Committee on Labour Migration”" in words_of(office.direct("Helena Costa"))
    assert not card_buttons(office.channel(LIAISON)[0])
    before = len(office.direct("Helena Costa")), len(office.direct("Amina Diallo"))
    office.clock.move_to(datetime(2027, 4, 30, 10, tzinfo=ZURICH))
    office.tick()
    assert not [m for m in office.direct("Amina Diallo")[before[1] :] if "2026/1" in words_of([m])]
    assert not [m for m in office.direct("Helena Costa")[before[0] :] if "2026/1" in words_of([m])]


def test_cancelled_before_the_invitation_the_other_side_never_hears_of_it(office: Office) -> None:
    announce(office)

    press(office, "Amina Diallo", "cancel", {"reason": "No quorum."})

    assert not office.direct("Helena Costa")
    assert "There is no invitation" in office.command("Helena Costa", "/meeting invitation 2026/1")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("meeting", "  ", "Please fill this in"),
        ("convenor", "  ", "Please fill this in"),
        ("topic", " \n", "Please fill this in"),
        ("place", "  ", "Please fill this in"),
        ("rule", "  ", "Please fill this in"),
        ("starts_on", date(2026, 11, 23), "has to begin after today"),
        ("ends_on", date(2027, 3, 14), "would end before it begins on Monday 15 March 2027"),
        ("register_by", date(2027, 3, 16), "lies between today"),
        ("register_by", date(2026, 11, 20), "lies between today"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    office: Office, field: str, typed: object, said: str
) -> None:
    result = announce(office, **{field: typed})

    assert list(result.errors) == [field]
    assert said in result.errors[field]
    assert not rows(office)
    assert "Fair recruitment" in str(office.modal("Mei Chen")) or field == "topic"


@pytest.mark.parametrize(
    ("action", "field"),
    [("interest", "reason"), ("no_interest", "reason"), ("postpone", "reason"), ("cancel", "reason")],
)
def test_a_decision_needs_its_reason(office: Office, action: str, field: str) -> None:
    announce(office)

    result = press(office, "Amina Diallo", action, {field: "  "})

    assert list(result.errors) == [field]
    assert row(office).status is InvitationStatus.ANNOUNCED


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_a_reply_needs_names_or_a_reason(office: Office, action: str) -> None:
    invited(office)

    result = press(office, "Helena Costa", action, {"note": "  "}, LIAISON)

    assert list(result.errors) == ["note"]
    assert row(office).reply is None


def test_an_invitation_says_who_signs_it(office: Office) -> None:
    announce(office)
    press(office, "Amina Diallo", "interest", {"reason": "Yes."})

    result = press(office, "Amina Diallo", "issue", {"signed_by": "  "})

    assert list(result.errors) == ["signed_by"]
