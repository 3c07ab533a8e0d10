"""IV.6-3 through the door: a meeting is proposed, answered, agreed to by both sides, moved and cancelled."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.agreement.meetings import Meeting, MeetingStatus
from tests.handlers.meeting_days import (
    DAY,
    FIELD,
    KENYA,
    LIAISON,
    OTHER_DAY,
    agree,
    answer,
    card_of,
    fixed,
    meeting,
    offered,
    propose,
    refused,
    rows,
    thread,
)
from tests.handlers.pressing import buttons, home_words, modal_words
from tests.office import ZURICH, Office, Servers, words_of

NOT_PROPOSING = ["Mei Chen", "Jonas Weber", "Lucía Romero", "Ravi Menon", "Clara Novak"]


@pytest.mark.parametrize(("name", "party"), [("Amina Diallo", "ILO"), ("Omar Haddad", "IOM")])
def test_a_meeting_is_proposed_in_the_channel_and_to_both_contact_points(
    office: Office, name: str, party: str
) -> None:
    assert propose(office, name).ok

    said = card_of(office)
    assert f"{name} ({party}) proposed this meeting" in said
    assert "Wednesday 3 February 2027 at 14:00 (Geneva time): ILO no answer yet; IOM no answer yet" in said
    assert "A global meeting each year (IV.6-4); Review meetings (V.3-1)" in said
    assert "No time is fixed until both parties agree to the same one." in said
    assert [action for action, _ in buttons(office.channel(LIAISON)[0]["blocks"])] == [
        "meetings.answer",
        "meetings.agree",
        "meetings.move",
        "meetings.cancel",
    ]
    for told in ("Amina Diallo", "Helena Costa"):
        assert "Yearly consultation" in words_of(office.direct(told))
    assert not office.direct("Grace Wanjiru")


def test_a_field_meeting_is_proposed_in_its_own_channel_and_to_the_focal_points_there(office: Office) -> None:
    propose(office, "Samuel Otieno", KENYA, **FIELD)

    assert "Wednesday 3 February 2027 at 14:00 (Nairobi time)" in card_of(office, KENYA)
    assert not office.channel(LIAISON)
    for told in ("Samuel Otieno", "Grace Wanjiru", "Amina Diallo", "Helena Costa"):
        assert "Kenya (country)" in words_of(office.direct(told))
    assert not office.direct("Linh Tran")


def test_whoever_proposes_from_elsewhere_reads_where_it_was_posted(office: Office) -> None:
    propose(office, "Amina Diallo", LIAISON, place="Kenya (country)", **FIELD)

    assert "Kenya (country), <#C0KENYA>" in str(office.modal("Amina Diallo")["blocks"])
    assert not office.channel(LIAISON)


def test_the_form_names_the_zone_and_offers_only_places_of_the_person(office: Office) -> None:
    office.command("Samuel Otieno", "/meeting propose", channel=KENYA)

    assert "All times are in *Nairobi time*" in modal_words(office, "Samuel Otieno")
    (place,) = [block for block in office.modal("Samuel Otieno")["blocks"] if block["block_id"] == "place"]
    offered_places = [option["text"]["text"] for option in place["element"]["options"]]
    assert offered_places == ["Africa (region)", "Kenya (country)"]


def test_a_focal_point_of_a_place_without_a_channel_reads_who_can_propose(office: Office) -> None:
    told = office.command("Linh Tran", "/meeting propose")

    assert "A contact point or alternate of your party can propose the meeting" in told
    assert len(refused(office)) == 1


@pytest.mark.parametrize("name", NOT_PROPOSING)
def test_nobody_without_a_mandate_opens_the_form(office: Office, name: str) -> None:
    assert office.command(name, "/meeting propose")

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("subject", {"subject": "  "}, "Please fill this in"),
        ("venue", {"venue": " "}, "Please fill this in"),
        ("day_1", {"day_1": date(2026, 11, 22)}, "has passed"),
        ("day_1", {"day_1": date(2026, 11, 23), "time_1": time(10, 0)}, "has passed"),
        ("day_2", {"day_2": date(2029, 1, 1)}, "more than two years ahead"),
        ("day_2", {"day_2": DAY, "time_2": time(14, 0)}, "is given twice"),
        ("day_1", {"day_1": date(2027, 3, 28), "time_1": time(2, 30)}, "never show 02:30"),
        ("more", {"more": "next Tuesday"}, "“next Tuesday” is not a day and a time"),
        ("more", {"more": "2027-02-30 10:00"}, "is not a day and a time"),
        ("more", {"more": "2027-02-20 25:00"}, "is not a day and a time"),
        ("more", {"more": "2027-02-03 14:00"}, "is given twice"),
        (
            "more",
            {"more": "\n".join(f"2027-03-0{n} 10:00" for n in range(1, 8))},
            "9 times; people can answer 8",
        ),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_the_form_keeps_what_was_typed(
    office: Office, field: str, changes: dict[str, Any], sentence: str
) -> None:
    result = propose(office, **changes)

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert not rows(office, Meeting)
    assert "Geneva, room II" in str(office.modal("Amina Diallo")) or field == "venue"


@pytest.mark.parametrize("purpose", ["IV.6-4", "V.3-2"])
def test_a_field_meeting_cannot_serve_what_is_asked_of_the_global_level(office: Office, purpose: str) -> None:
    result = propose(office, "Samuel Otieno", KENYA, **{**FIELD, "purposes": [purpose]})

    assert list(result.errors) == ["purposes"]
    assert purpose in result.errors["purposes"]


def test_lines_of_further_times_are_read_generously(office: Office) -> None:
    propose(office, more="2027-02-20 9:30\n\n 2027-2-21T16.15 ")

    assert len(offered(office)) == 4
    assert "Sunday 21 February 2027 at 16:15 (Geneva time)" in card_of(office)


def test_everybody_answers_in_their_own_zone_and_sees_closed_days_and_hours(office: Office) -> None:
    propose(office, more="2027-02-06 19:00")

    office.click("Mei Chen", "meetings.answer")
    assert "Wednesday 3 February 2027 at 14:00 (Geneva time)" in modal_words(office, "Mei Chen")
    office.command("Anan Srisai", "/meeting show 2026/1")
    office.click("Anan Srisai", "meetings.answer")
    said = modal_words(office, "Anan Srisai")

    assert "Wednesday 3 February 2027 at 20:00 (Bangkok time)" in said
    assert "ILO is closed that day (Saturday). IOM is closed that day (Saturday)." in said
    assert "Outside working hours for ILO Headquarters, where it is 19:00." in said


def test_the_card_counts_the_answers_by_side_and_names_nobody(office: Office) -> None:
    propose(office)

    answer(office, "Mei Chen", ["yes", "no"])
    answer(office, "Lucía Romero", ["if_need_be", "yes"])
    answer(office, "Helena Costa", ["yes", "yes"])

    said = card_of(office)
    assert (
        "14:00 (Geneva time): ILO 1 yes, 1 if need be, 0 no; IOM 1 yes, 0 if need be, 0 no. *Suits both"
        in said
    )
    assert "10:30 (Geneva time): ILO 1 yes, 0 if need be, 1 no; IOM 1 yes, 0 if need be, 0 no.\n" in said
    assert "Mei Chen" not in said


def test_an_answer_can_be_changed_and_the_form_begins_with_it(office: Office) -> None:
    propose(office)
    answer(office, "Mei Chen", ["no", "no"])

    office.click("Mei Chen", "meetings.answer")
    first = office.modal("Mei Chen")["blocks"][1]["element"]["initial_option"]
    assert first["text"]["text"] == "no"
    answer(office, "Mei Chen", ["yes", "yes"])

    assert card_of(office).count("ILO 1 yes, 0 if need be, 0 no") == 2


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Clara Novak", "Victor Lang"])
def test_who_does_not_work_on_the_substance_does_not_answer(office: Office, name: str) -> None:
    propose(office)

    assert office.click(name, "meetings.answer")

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Mei Chen",
        "Lucía Romero",
        "Samuel Otieno",
        "Grace Wanjiru",
        "Yuki Tanaka",
        "Clara Novak",
        "Victor Lang",
    ],
)
def test_only_contact_points_and_alternates_agree_to_a_global_meeting(office: Office, name: str) -> None:
    propose(office)

    assert office.click(name, "meetings.agree")

    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 1


def test_one_sides_word_fixes_nothing_and_the_other_is_asked(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")

    assert meeting(office).status is MeetingStatus.PROPOSED
    assert "*ILO agreed to Wednesday 3 February 2027 at 14:00" in card_of(office)
    assert "nothing is fixed until both agree" in card_of(office)
    assert "IOM has not agreed to that time" in words_of(office.direct("Helena Costa"))
    assert "your party has not agreed to a time; ILO has" in home_words(office.home("Helena Costa"))
    assert "has not agreed to a time" not in home_words(office.home("Amina Diallo"))


def test_a_different_time_from_the_other_side_is_shown_as_such(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo", 0)
    agree(office, "Helena Costa", 1)

    assert meeting(office).status is MeetingStatus.PROPOSED
    assert "The parties agreed to different times" in card_of(office)
    assert "ILO had agreed to another time, *Wednesday 3 February 2027 at 14:00" in thread(office)
    agree(office, "Amina Diallo", 1)
    assert meeting(office).day == OTHER_DAY


def test_the_date_is_fixed_when_both_agree_and_everybody_concerned_is_told(office: Office) -> None:
    fixed(office)

    assert meeting(office).status is MeetingStatus.FIXED
    assert "is fixed for *Wednesday 3 February 2027 at 14:00 (Geneva time)*, 90 minutes" in thread(office)
    for name in ("Amina Diallo", "Helena Costa"):
        assert "Both parties have agreed: meeting 2026/1" in words_of(office.direct(name))
    actions = [action for action, _ in buttons(office.channel(LIAISON)[0]["blocks"])]
    assert actions == ["meetings.move", "meetings.cancel"]


def test_purposes_count_only_when_both_confirmed_each(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo", 0, ["IV.6-4", "V.3-1"])
    agree(office, "Helena Costa", 0, ["V.3-1"])

    assert meeting(office).confirmed == "V.3-1"
    assert "*Purposes that both parties confirmed:* Review meetings (V.3-1)" in card_of(office)


def test_that_a_meeting_is_to_meet_no_clause_is_said_and_never_left_out(office: Office) -> None:
    propose(office)
    office.click("Amina Diallo", "meetings.agree")
    slot = str(offered(office)[0])

    left_out = office.submit("Amina Diallo", {"slot": slot})
    both = office.submit("Amina Diallo", {"slot": slot, "purposes": ["none", "IV.6-4"]})
    said = office.submit("Amina Diallo", {"slot": slot, "purposes": ["none"]})

    assert list(left_out.errors) == ["purposes"]
    assert "but not both (IV.6-3)" in both.errors["purposes"]
    assert said.ok


def test_the_second_of_one_side_is_told_who_agreed_first(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")

    agree(office, "Pierre Favre")

    assert "Amina Diallo has agreed for ILO to this time" in str(office.modal("Pierre Favre"))
    assert meeting(office).status is MeetingStatus.PROPOSED


def test_two_forms_open_at_once_have_one_outcome_and_the_second_reads_who_was_first(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")
    first, second = offered(office)
    for name in ("Helena Costa", "Omar Haddad"):
        office.click(name, "meetings.agree")
    office.submit("Helena Costa", {"slot": str(first), "purposes": ["none"]})
    office.submit("Omar Haddad", {"slot": str(second), "purposes": ["none"]})
    office.deliver()

    assert meeting(office).day == DAY
    told = str(office.modal("Omar Haddad"))
    assert "is fixed already: Helena Costa (IOM) was the last to agree" in told
    assert "It begins on Wednesday 3 February 2027 at 14:00" in told


def test_a_focal_point_of_the_place_agrees_to_a_field_meeting_and_one_of_another_does_not(
    office: Office,
) -> None:
    propose(office, "Samuel Otieno", KENYA, **FIELD)
    agree(office, "Grace Wanjiru", 0, ["IV.6-2"], KENYA)
    agree(office, "Samuel Otieno", 0, ["IV.6-2"], KENYA)
    assert meeting(office).status is MeetingStatus.FIXED
    propose(office, "Samuel Otieno", KENYA, **FIELD)

    told = office.command("Linh Tran", "/meeting show 2026/2")
    assert "Yearly consultation" in told
    with pytest.raises(Exception, match="Linh Tran"):
        office.act("Linh Tran", _agree, meeting_id=meeting(office).key, slot_id=offered(office)[0])


def _agree(desk: Any, *, meeting_id: int, slot_id: int) -> Any:
    from bot.agreement.meeting_dates import agree as verb

    return verb(desk, meeting_id=meeting_id, round=1, slot_id=slot_id, purposes=[])


def test_nobody_agrees_to_a_time_that_has_passed(office: Office) -> None:
    propose(office)
    agree(office, "Amina Diallo")
    office.clock.move_to(datetime(2027, 2, 3, 14, tzinfo=ZURICH))

    result = agree(office, "Helena Costa")

    assert list(result.errors) == ["slot"]
    assert "14:00 (Geneva time) has passed" in result.errors["slot"]
    assert meeting(office).status is MeetingStatus.PROPOSED


def test_a_meeting_is_shown_by_its_number_and_an_unknown_one_is_refused(office: Office) -> None:
    propose(office)

    assert "Yearly consultation" in office.command("Ravi Menon", "/meeting show 2026/1")
    assert "There is no meeting 2026/9" in office.command("Ravi Menon", "/meeting show 2026/9")
    assert "Which meeting do you mean?" in office.command("Ravi Menon", "/meeting show")


def test_meetings_are_listed_with_the_count_of_each_active_office(office: Office) -> None:
    assert "No meeting has been proposed yet" in office.command("Mei Chen", "/meeting list")
    fixed(office)

    said = office.command("Mei Chen", "/meeting list")
    assert "*2026/1* · “Yearly consultation” · Global · Wednesday 3 February 2027 at 14:00" in said
    assert "Kenya (ILO Nairobi, IOM Nairobi): 0 held; 2 expected by working rule" in said
    assert "breach" not in said


def test_help_and_the_menu_lead_on(office: Office) -> None:
    said = office.command("Amina Diallo", "/meeting help")
    assert "/meeting minutes 2027/1" in said
    assert "Propose a meeting" in office.command("Amina Diallo", "/meeting")
    assert "Propose a meeting" in home_words(office.home("Amina Diallo"))
    assert "Propose a meeting" not in home_words(office.home("Ravi Menon"))


def test_a_party_without_the_app_agrees_by_buttons_in_the_shared_channel(
    tmp_path: Path, servers: Servers
) -> None:
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as office:
        office.move_in()
        fixed(office)

        assert meeting(office).status is MeetingStatus.FIXED
        assert "Both parties have agreed" in thread(office)
