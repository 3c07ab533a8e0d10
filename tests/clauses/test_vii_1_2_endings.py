"""VII.1-2: at the end of its last day the Agreement ends, once; every routine is closed, nothing is decided."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.closed_cases import NAMED, ClosedCase, Routine, closed_lines
from bot.agreement.communications import Communication, CommunicationStatus
from bot.agreement.consultations import Consultation, ConsultationStatus
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.endings import ENDING_KINDS, SURVIVING_KINDS, end_agreement
from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.files import Record
from bot.agreement.follow_ups import FollowUp
from bot.agreement.ledger import NothingToSay, Occurrence, OccurrenceStatus, Reminder
from bot.agreement.meetings import Meeting, MeetingStatus
from bot.agreement.people import AgreementOver
from bot.agreement.standing import AgreementEnd
from bot.agreement.workplans import Workplan, WorkplanStatus
from bot.cards.endings import LIVING
from bot.journal import Entry, Outcome
from schedules.endings import end
from schedules.follow_ups import VERBS
from schedules.ledger import enter
from schedules.timetable import ENDING, QUESTIONS, run_due
from tests.clauses import drafting
from tests.clauses.archiving import closing_letter
from tests.clauses.ending import (
    LAST_DAY,
    PRIVATE_TO_ILO,
    after,
    ended,
    everything_open,
    give_notice,
)
from tests.clauses.exchanging import UPDATE, share
from tests.handlers import meeting_days
from tests.handlers.pressing import buttons, home_words
from tests.office import ZURICH, Office, words_of

LATER = {Routine.EMBLEM_DRAFTS, Routine.FORMULAS, Routine.AMENDMENTS, Routine.NOTICES}
"""What `test_vii_1_2_treaty_endings` opens, and sees closed."""
LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
OFFICES = ["Amina Diallo", "Pierre Favre", "Lucía Romero", "Ravi Menon"]


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def endings(office: Office) -> list[Entry]:
    return [row for row in rows(office, Entry) if row.event == "agreement_ended"]


def counts(office: Office) -> dict[str, int]:
    """How many messages there are in each place that speaks of the end."""
    places = {room: office.channel(room) for room in (LIAISON, KENYA)}
    places |= {name: office.direct(name) for name in ("Amina Diallo", "Helena Costa")}
    return {place: len(messages) for place, messages in places.items()}


def test_vii_1_2_it_ends_with_the_first_tick_after_midnight_of_geneva_and_once(office: Office) -> None:
    everything_open(office)
    give_notice(office)
    office.clock.move_to(datetime(2026, 11, 27, 23, 59, tzinfo=ZURICH))
    office.tick()
    assert endings(office) == []

    assert after(office) >= 1
    before = counts(office)
    assert [office.tick(), run_due(office.house.secretariat)] == [0, 0]

    assert len(endings(office)) == 1
    assert counts(office) == before
    closed_at = rows(office, AgreementEnd)[0].closed_at
    assert closed_at
    assert closed_at.astimezone(ZURICH).date() == date(2026, 11, 28)


def test_vii_1_2_of_two_clocks_one_ends_it(office: Office) -> None:
    everything_open(office)
    give_notice(office)
    office.clock.move_to(datetime(2026, 11, 28, 0, 0, tzinfo=ZURICH))
    with office.reading() as one, office.reading() as another:
        first, second = end(one), end(another)

    assert first == second == [(end_agreement, {})]
    office.act(None, end_agreement)
    with pytest.raises(NothingToSay):
        office.act(None, end_agreement)
    assert len(endings(office)) == 1


def test_vii_1_2_without_a_notice_on_record_nothing_ends(office: Office) -> None:
    with pytest.raises(NothingToSay):
        office.act(None, end_agreement)
    with office.reading() as desk:
        assert end(desk) == []


def test_vii_1_2_on_its_last_day_everything_still_works(office: Office) -> None:
    give_notice(office)
    office.clock.move_to(datetime(2026, 11, 27, 23, 50, tzinfo=ZURICH))
    office.tick()

    assert share(office).ok
    assert len(rows(office, Exchange)) == 1


def test_vii_1_2_a_form_opened_before_midnight_and_sent_after_is_refused_with_the_reason(
    office: Office,
) -> None:
    give_notice(office)
    office.clock.move_to(datetime(2026, 11, 27, 23, 59, tzinfo=ZURICH))
    office.command("Mei Chen", "/exchange share")
    office.clock.move_to(datetime(2026, 11, 28, 0, 0, tzinfo=ZURICH))
    office.submit("Mei Chen", UPDATE)

    assert rows(office, Exchange) == []
    refused = [row for row in rows(office, Entry) if row.outcome is Outcome.REFUSED]
    assert [row.subject for row in refused] == [AgreementOver.key()]


def test_vii_1_2_every_routine_is_closed_and_named_in_the_record(office: Office) -> None:
    ended(office)

    kept = Counter(row.routine for row in rows(office, ClosedCase))
    assert set(Routine) - set(kept) == {Routine.ACTIONS, *LATER}
    assert rows(office, EmblemRequest)[0].status is EmblemStatus.LAPSED
    assert rows(office, Consultation)[0].status is ConsultationStatus.CLOSED
    assert rows(office, Communication)[0].status is CommunicationStatus.WITHDRAWN
    assert rows(office, Meeting)[0].status is MeetingStatus.CANCELLED
    assert rows(office, Workplan)[0].status is WorkplanStatus.VOID
    assert [row.kind for row in rows(office, FollowUp) if row.said_at is None] == []
    assert [row.step for row in rows(office, Reminder) if row.said_at is None] == []


def test_vii_1_2_nothing_is_acknowledged_for_anybody(office: Office) -> None:
    ended(office)

    (row,) = rows(office, Exchange)
    assert (row.status, row.nudge_on, row.acknowledged_by) == (ExchangeStatus.SHARED, None, None)


def test_vii_1_2_what_fell_due_before_stays_and_what_would_come_is_not_due(office: Office) -> None:
    def standing(last: date) -> dict[OccurrenceStatus, set[bool]]:
        found: dict[OccurrenceStatus, set[bool]] = {}
        for row in rows(office, Occurrence):
            found.setdefault(row.status, set()).add(row.due_on > last)
        return found

    last = date(2027, 1, 22)
    give_notice(office, last)
    after(office, last)

    assert standing(last) == {
        OccurrenceStatus.UNKNOWN: {False},
        OccurrenceStatus.OPEN: {False},
        OccurrenceStatus.ENDED: {True},
    }


def test_vii_1_2_cards_say_so_and_offer_nothing(office: Office) -> None:
    ended(office)

    cards = [
        message for message in office.channel(LIAISON) if "Closed: the Agreement ended." in message["text"]
    ]
    assert len(cards) >= 6
    for card in cards:
        assert {action for action, _ in buttons(card["blocks"])} <= LIVING
        assert "*Closed because the Agreement ended at the end of Friday 27 November 2026*" in words_of(
            [card]
        )
    said = words_of(cards)
    assert "The request was not decided, and the use is not approved: silence is never consent." in said
    assert "*Called off* on Saturday 28 November 2026" in said
    assert "Withdrawn on Saturday 28 November 2026" in said
    assert "*Closed* because the Agreement ended (VII.1-2)" in said
    assert "The Agreement ended before the request was decided (VII.1-2)" in said


def test_vii_1_2_calendars_lose_the_meeting_that_was_called_off(office: Office) -> None:
    meeting_days.fixed(office)
    before = rows(office, Meeting)[0].sequence
    give_notice(office)
    after(office)

    files = [
        message for message in office.channel(LIAISON) if "is cancelled. Open it to take" in message["text"]
    ]
    assert len(files) == 1
    assert rows(office, Meeting)[0].sequence == before + 1


def test_vii_1_2_a_meeting_that_was_held_before_is_not_called_off(office: Office) -> None:
    meeting_days.fixed(office)
    give_notice(office, date(2027, 2, 3))
    after(office, date(2027, 2, 3))

    assert rows(office, Meeting)[0].status is MeetingStatus.FIXED
    assert "Nothing is asked about it any more" in words_of(office.channel(LIAISON)[:1])


@pytest.mark.parametrize("name", OFFICES)
def test_vii_1_2_each_office_reads_what_ended_its_own_side_and_what_lives_on(
    office: Office, name: str
) -> None:
    ended(office)

    said = words_of(closing_letter(office, name))
    assert "ended *at the end of Friday 27 November 2026*" in said
    assert "Updates not acknowledged: 1" in said
    assert all(title in said for title in PRIVATE_TO_ILO)
    assert "Other agreements between the parties on the subject stay in force on their own terms" in said
    assert "ILO-IOM/2026/" in said


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "Nadia Petrova", "Ines Martin"])
def test_vii_1_2_what_is_private_to_one_party_is_told_to_that_one_alone(office: Office, name: str) -> None:
    ended(office)

    places = [office.direct(name), office.channel(LIAISON), office.channel(KENYA)]
    for place in places:
        assert not any(title in words_of(place) for title in PRIVATE_TO_ILO)
    (line,) = endings(office)
    assert not any(title in line.facts for title in PRIVATE_TO_ILO)
    assert "matters" not in line.facts


def test_vii_1_2_funding_leads_are_named_to_those_alone_who_keep_the_log(office: Office) -> None:
    ended(office)
    with office.reading() as desk:
        (lead,) = [line for line in closed_lines(desk.session) if line.kept_to == NAMED]

    assert lead.title in words_of(closing_letter(office, "Helena Costa"))
    for name in ("Lucía Romero", "Nadia Petrova"):
        assert lead.title not in words_of(office.direct(name))
    assert lead.title not in words_of(office.channel(LIAISON))


def test_vii_1_2_the_global_channel_has_one_card_with_the_report_in_its_thread(office: Office) -> None:
    ended(office)

    (card,) = [m for m in office.channel(LIAISON) if m["text"].startswith("The ILO–IOM Agreement ended")]
    (report,) = [m for m in office.channel(LIAISON) if m["text"].startswith("Survivor report")]
    assert report["thread_ts"] == card["ts"]
    assert {action for action, _ in buttons(card["blocks"])} == {
        "terminations.status",
        "instruments.list",
        "arrangements.list",
    }
    made = [row for row in rows(office, Record) if row.subject.startswith("ending:")]
    assert {row.language for row in made} == {"en", "es", "fr"}
    (number,) = {row.number for row in made}
    assert words_of([card]).count(number) == 1


def test_vii_1_2_other_channels_are_told_in_a_few_words(office: Office) -> None:
    ended(office)

    said = words_of(office.channel(KENYA)[-1:])
    assert "nothing is asked for under the Agreement any more" in said
    assert "said late" not in said


def test_vii_1_2_after_days_away_it_ends_late_and_says_so(office: Office) -> None:
    everything_open(office)
    give_notice(office)
    after(office, at=time(10), days=5)

    assert len(endings(office)) == 1
    assert "This is said late: the service was not running." in words_of(office.channel(KENYA)[-1:])


def test_vii_1_2_what_was_cleared_and_not_released_in_time_is_not_released_after_the_end(
    office: Office,
) -> None:
    drafting.cleared(office)
    give_notice(office, date(2026, 12, 1))
    after(office, date(2026, 12, 1), days=3)

    assert rows(office, Communication)[0].status is CommunicationStatus.WITHDRAWN
    assert drafting.lifted(office) == []


def test_vii_1_2_nothing_is_asked_for_a_year_and_nothing_new_is_planned(office: Office) -> None:
    ended(office)
    before, known = counts(office), len(rows(office, Occurrence))
    for month in range(1, 13):
        office.clock.move_to(datetime(2026, 12, 1, 10, tzinfo=ZURICH) + timedelta(days=30 * month))
        assert office.tick() == 0

    assert counts(office) == before
    assert (enter(office.house.secretariat), len(rows(office, Occurrence))) == (0, known)


def test_vii_1_2_while_a_notice_runs_what_falls_due_after_the_last_day_is_not_brought_to_mind(
    office: Office,
) -> None:
    give_notice(office, date(2026, 12, 18))
    office.pass_to(date(2026, 12, 18))

    said = words_of([*office.channel(LIAISON), *office.channel(KENYA), *office.direct("Amina Diallo")])
    assert "23 December 2026" not in said


def test_vii_1_2_of_every_question_and_every_reminder_it_is_decided_whether_it_lives_on() -> None:
    assert set(QUESTIONS) - ENDING == {"follow_ups", "emblems"}
    assert set(VERBS) == SURVIVING_KINDS | ENDING_KINDS
    assert not SURVIVING_KINDS & ENDING_KINDS


@pytest.mark.parametrize("name", ["Amina Diallo", "Helena Costa", "Grace Wanjiru", "Yuki Tanaka", "Mei Chen"])
def test_vii_1_2_nothing_of_what_ended_waits_for_anybody(office: Office, name: str) -> None:
    ended(office)

    view = office.home(name)
    said = home_words(view)
    assert "Waiting to be acknowledged" not in said
    assert "*It ended at the end of Friday 27 November 2026*" in said
    kept = (
        "agreement.",
        "terminations.",
        "instruments.",
        "arrangements.",
        "settlements.",
        "contacts.",
        "menu.",
    )
    offered = buttons(view["blocks"])
    for action, part in list(offered):
        if action == "menu.part":
            office.click(name, action, part, where="home")
            offered += buttons(office.modal(name)["blocks"])
    asking = [action for action, _ in offered if not action.startswith(kept)]
    assert all(action.endswith((".list", ".show", ".report")) for action in asking), asking


def test_vii_1_2_status_and_due_say_that_it_ended_and_what_lives_on(office: Office) -> None:
    ended(office)

    status = office.command("Grace Wanjiru", "/agreement status")
    assert "ILO–IOM Agreement: ended" in status
    assert "What lives on: what protects confidential material (IV.2-3)" in status
    due = office.command("Grace Wanjiru", "/agreement due")
    assert "nothing is due under it any more" in due
    assert "Next" not in status


def test_vii_1_2_while_a_notice_runs_status_says_until_when(office: Office) -> None:
    give_notice(office, LAST_DAY)

    assert "the Agreement ends at the end of Friday 27 November 2026*" in office.command(
        "Amina Diallo", "/agreement status"
    )
    assert "nothing falls due after that day" in office.command("Amina Diallo", "/agreement due")
