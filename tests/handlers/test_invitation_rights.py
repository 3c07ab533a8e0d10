"""IV.4: who may do what, what is asked again, and what is counted."""

from datetime import date, datetime

import pytest

from bot.agreement.invitation_answers import (
    MeetingNotBegun,
    decide_interest,
    record_attendance,
    reply,
)
from bot.agreement.invitations import (
    InvitationReply,
    InvitationStatus,
    NoSuchInvitation,
)
from bot.agreement.people import Refusal
from tests.handlers.pressing import home_words, modal_words
from tests.handlers.test_invitations import (
    LIAISON,
    STRANGERS,
    announce,
    card_buttons,
    invited,
    press,
    refusals,
    row,
)
from tests.office import ZURICH, Office, everything, words_of


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Yuki Tanaka", "Clara Novak"])
def test_nobody_without_a_mandate_announces_a_meeting(office: Office, name: str) -> None:
    told = office.command(name, "/meeting announce")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


OPENING = ["accept", "tentative", "decline", "postpone", "cancel"]


@pytest.mark.parametrize("action", OPENING)
@pytest.mark.parametrize("name", ["Mei Chen", "Lucía Romero", "David Okafor", "Nadia Petrova", *STRANGERS])
def test_nobody_but_those_who_act_for_the_head_touches_an_invitation(
    office: Office, name: str, action: str
) -> None:
    invited(office)

    told = office.click(name, f"invitations.{action}", where=LIAISON)

    assert told
    assert office.slack.modal(office.id(name)) is None or "on record as" in modal_words(office, name)
    assert len(refusals(office)) == 1
    assert row(office).status is InvitationStatus.ISSUED


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("Amina Diallo", "accept"),
        ("Pierre Favre", "decline"),
        ("Amina Diallo", "tentative"),
        ("Helena Costa", "postpone"),
        ("Omar Haddad", "cancel"),
    ],
)
def test_each_side_does_its_own_part_only(office: Office, name: str, action: str) -> None:
    invited(office)

    told = office.click(name, f"invitations.{action}", where=LIAISON)

    assert "it is for the other party" in told
    assert len(refusals(office)) == 1


@pytest.mark.parametrize("name", ["Helena Costa", "Mei Chen", "Victor Lang"])
def test_nobody_else_decides_for_the_convening_side_even_with_its_number(office: Office, name: str) -> None:
    announce(office)

    with pytest.raises(Refusal):
        office.act(name, decide_interest, invitation_id=1, of_interest=True, reason="Yes.")

    assert row(office).status is InvitationStatus.ANNOUNCED
    assert len(refusals(office)) == 1


def test_an_unissued_meeting_is_no_invitation_for_the_other_side(office: Office) -> None:
    announce(office)
    office.command("Helena Costa", "/meeting help")
    answer = home_words(office.home("Helena Costa"))

    assert "Committee on Labour Migration" not in answer
    with pytest.raises(NoSuchInvitation):
        office.act("Helena Costa", reply, invitation_id=1, reply=InvitationReply.TENTATIVE)


def test_what_waits_is_in_the_home_of_whoever_has_to_act(office: Office) -> None:
    announce(office)
    assert "of mutual interest? Only your own party sees this." in home_words(office.home("Amina Diallo"))
    office.click("Amina Diallo", "invitations.interest", where="home")
    office.submit("Amina Diallo", {"reason": "Yes."})
    assert "the invitation is still to be issued" in home_words(office.home("Pierre Favre"))
    office.click("Pierre Favre", "invitations.issue", where="home")
    office.submit("Pierre Favre", {"signed_by": "The Director-General"})
    office.deliver()

    assert "ILO invites your party to “Committee" in home_words(office.home("Omar Haddad"))
    office.click("Omar Haddad", "invitations.accept", where="home")
    office.submit("Omar Haddad", {"note": "Omar Haddad"})
    assert "ILO invites your party" not in home_words(office.home("Omar Haddad"))
    office.clock.move_to(datetime(2027, 3, 18, 10, tzinfo=ZURICH))
    assert "who attended “Committee" in home_words(office.home("Amina Diallo"))


def test_what_people_type_is_inert_and_cut(office: Office) -> None:
    text = "<!channel> & *bold* " + "x" * 100
    invited(office, meeting=text, topic="<!everyone>" * 130, rule=text[:120], convenor=text, place=text)
    press(office, "Helena Costa", "accept", {"note": "<@U0ILODIALLO>" * 90}, LIAISON)

    said = words_of(office.channel(LIAISON))
    assert "&lt;!channel&gt; &amp;" in said
    for message in (*office.channel(LIAISON), *office.direct("Amina Diallo"), *office.direct("Helena Costa")):
        texts = everything(message)
        assert not any("<!" in each or "<@" in each for each in [texts[0], *texts[2:]])


def test_iv_4_1_the_decision_is_chased_privately_once_a_step_and_alternates_join_when_it_is_late(
    office: Office,
) -> None:
    announce(office)
    office.pass_to(date(2027, 1, 15))
    office.tick()

    mine = [m for m in office.direct("Amina Diallo") if "is it of mutual interest?" in words_of([m])]
    assert len(mine) == 2
    assert "Please decide by Thursday 14 January 2027" in mine[0]["text"]
    assert not [m for m in office.direct("Pierre Favre") if "2026/1" in words_of([m])]

    office.pass_to(date(2027, 2, 5))
    assert "the alternate contact points are told as well" in words_of(office.direct("Pierre Favre"))
    assert len([m for m in office.direct("Pierre Favre") if "2026/1:" in words_of([m])]) == 2
    assert not [m for m in office.direct("Helena Costa") if "Committee" in words_of([m])]
    assert "Committee" not in words_of(office.channel(LIAISON))

    press(office, "Pierre Favre", "interest", {"reason": "Yes."})
    assert not [
        button
        for message in office.direct("Amina Diallo")
        for button in card_buttons(message)
        if button == "invitations.interest"
    ]


def test_iv_4_2_the_invitation_and_the_reply_are_chased_on_their_days(office: Office) -> None:
    announce(office, "David Okafor")
    press(office, "Helena Costa", "interest", {"reason": "Yes."})
    office.pass_to(date(2027, 2, 12))
    chased = [m for m in office.direct("Helena Costa") if "the invitation is still to be issued" in str(m)]
    assert len(chased) == 2
    assert "to be issued by Friday 12 February 2027" in chased[0]["text"]

    press(office, "Helena Costa", "issue", {"signed_by": "The Director General"})
    assert row(office).reply_by == date(2027, 3, 1)
    office.pass_to(date(2027, 3, 8))

    asked = [m for m in office.direct("Amina Diallo") if "2026/1: a reply is asked for" in words_of([m])]
    assert len(asked) == 3
    assert [m for m in office.direct("Pierre Favre") if "2026/1: a reply" in words_of([m])]
    press(office, "Amina Diallo", "tentative", {}, LIAISON)
    assert "*ILO:* cannot say yet" in words_of(office.channel(LIAISON))


def test_a_reminder_that_was_missed_is_said_once_and_says_that_it_is_late(office: Office) -> None:
    announce(office)
    office.clock.move_to(datetime(2027, 1, 26, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    late = [m for m in office.direct("Amina Diallo") if "2026/1: is it of mutual interest?" in words_of([m])]
    assert len(late) == 1
    assert "and comes late" in words_of(late)


def test_a_meeting_announced_too_late_for_the_working_rule_is_asked_about_from_today(office: Office) -> None:
    announce(office, starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 7))

    assert "by Monday 23 November 2026" in modal_words(office, "Mei Chen")
    office.pass_to(date(2026, 12, 20))
    chased = [m for m in office.direct("Amina Diallo") if "is it of mutual interest?" in words_of([m])]
    assert len(chased) == 1


def test_an_invitation_cannot_be_issued_once_the_meeting_has_begun(office: Office) -> None:
    announce(office)
    press(office, "Amina Diallo", "interest", {"reason": "Yes."})
    office.clock.move_to(datetime(2027, 3, 15, 10, tzinfo=ZURICH))

    press(office, "Amina Diallo", "issue", {"signed_by": "The Director-General"})

    assert "an invitation would come too late" in modal_words(office, "Amina Diallo")
    assert row(office).status is InvitationStatus.OF_INTEREST


def test_once_it_has_begun_its_card_asks_the_convening_side_who_attended(office: Office) -> None:
    invited(office)
    office.clock.move_to(datetime(2027, 3, 15, 10, tzinfo=ZURICH))

    office.command("Amina Diallo", "/meeting invitation 2026/1")

    assert card_buttons(office.told("Amina Diallo")[-1]) == ["invitations.attendance"]


def test_attendance_is_asked_for_after_the_meeting_and_nobody_is_an_answer(office: Office) -> None:
    invited(office, register_by=date(2027, 2, 26))
    assert row(office).reply_by == date(2027, 2, 26)
    with pytest.raises(MeetingNotBegun):
        office.act("Amina Diallo", record_attendance, invitation_id=1, attended="Somebody")
    office.pass_to(date(2027, 3, 18))
    asked = [m for m in office.direct("Amina Diallo") if "2026/1: who attended?" in words_of([m])]
    assert len(asked) == 1

    press(office, "Amina Diallo", "attendance", {"attended": "", "attendance_note": ""})

    assert "*Attended for IOM:* nobody" in words_of(office.channel(LIAISON)[:1])
    office.pass_to(date(2027, 3, 30))
    assert len([m for m in office.direct("Amina Diallo") if "who attended?" in words_of([m])]) == 0


def test_reciprocity_is_counted_by_side_and_by_year_of_the_agreement(office: Office) -> None:
    invited(office)
    press(office, "Helena Costa", "accept", {"note": "Helena Costa"}, LIAISON)
    announce(office, "David Okafor", starts_on=date(2027, 10, 22), ends_on=date(2027, 10, 23))
    announce(office, "Mei Chen", starts_on=date(2027, 10, 23), ends_on=date(2027, 10, 23))

    said = office.command("Amina Diallo", "/meeting invitations")

    assert "*From Friday 23 October 2026 to Friday 22 October 2027*" in said
    assert "*From Thursday 23 October 2025 to Thursday 22 October 2026*" in said
    ilo = "• ILO (IV.4-1): 1 announced, 1 of mutual interest, 1 invited, 1 accepted, 0 attended"
    assert ilo in said
    assert "• IOM (IV.4-2): 0 invited, 0 accepted, 0 attended" in said
    assert "• IOM (IV.4-2): 1 announced, 0 of mutual interest" in office.command(
        "Helena Costa", "/meeting invitations"
    )
    assert "Helena Costa" not in said


@pytest.mark.parametrize("number", ["", "3", "2026/9", "<!channel>"])
def test_an_unknown_number_is_explained(office: Office, number: str) -> None:
    said = office.command("Helena Costa", f"/meeting invitation {number}")

    assert "`/meeting invitations` lists the latest" in said
    assert "<!channel>" not in said


def test_the_list_is_empty_at_first_and_help_says_what_there_is(office: Office) -> None:
    assert "No meeting is on record yet." in office.command("Helena Costa", "/meeting invitations")
    said = office.command("Helena Costa", "/meeting help")

    assert "60 days before it, and for the invitation 30 days" in said
    for command in ("announce", "invitations", "invitation 2026/3"):
        assert f"/meeting {command}" in said


@pytest.mark.parametrize("words", ["/meeting invitations", "/meeting invitation 2026/1"])
def test_a_stranger_reads_nothing(office: Office, words: str) -> None:
    invited(office)

    assert "Committee" not in office.command("Clara Novak", words)
    assert len(refusals(office)) == 1
