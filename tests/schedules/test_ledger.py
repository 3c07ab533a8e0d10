"""The ledger's clock: entered once, said once, in working hours, and marked late when it comes late."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import settlements
from bot.agreement.channels import Channel
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.planning import Place, plan
from bot.journal import Entry
from bot.outbox import OutboxRow
from schedules import ledger
from schedules.hours import WorkingHoursRefused, may_speak
from schedules.timetable import run, speaking
from tests.office import DEFINITION, ZURICH, Office, words_of
from tests.settling import both_record_met

LIAISON, KENYA, AFRICA = "ilo-iom-liaison", "ilo-iom-east-africa", "ilo-iom-horn-of-africa"


def at(office: Office, *when: int) -> None:
    office.clock.move_to(datetime(*when, tzinfo=ZURICH))  # type: ignore[arg-type, misc]


def occurrences(office: Office, **wanted: Any) -> list[Occurrence]:
    with office.reading() as desk:
        query = select(Occurrence).filter_by(**wanted).order_by(Occurrence.due_on)
        return list(desk.session.exec(query).all())


def prompts(office: Office, channel: str) -> list[dict[str, Any]]:
    return [said for said in office.channel(channel) if "Information exchange" in said["text"]]


def test_what_fell_due_before_the_secretariat_came_is_unknown_and_is_not_shouted_about(
    office: Office,
) -> None:
    (workplan,) = occurrences(office, duty="workplan-global")

    assert workplan.due_on == date(2021, 4, 23)
    assert workplan.status is OccurrenceStatus.UNKNOWN
    assert not office.channel(LIAISON)


def test_due_dates_are_entered_to_the_end_of_the_term_once(office: Office) -> None:
    before = occurrences(office)

    office.tick()

    assert max(row.due_on for row in before) == date(2030, 10, 23)
    assert occurrences(office) == before
    with office.reading() as desk:
        assert len(desk.session.exec(select(Entry).where(Entry.event == "ledger_entered")).all()) == 1


def test_a_channel_is_asked_only_for_what_falls_due_after_it_was_registered(office: Office) -> None:
    assert occurrences(office, scope="KE")[0].due_on == date(2026, 12, 23)
    assert occurrences(office, duty="exchange-prompt", scope="")[0].due_on == date(2027, 1, 23)


def test_a_channel_registered_later_is_entered_by_the_next_tick(office: Office) -> None:
    with office.database.writing() as session:
        session.add(
            Channel(
                channel_id="C0ILOCOMMS",
                level="country",
                scope="UG",
                posting_party="ilo",
                since=office.today,
            )
        )

    office.tick()

    assert [row.due_on for row in occurrences(office, scope="UG")][:1] == [date(2026, 12, 23)]


def test_a_channel_is_prompted_once_and_reminded_once_in_its_thread(office: Office) -> None:
    office.pass_to(date(2027, 1, 25))

    prompt, reminded = prompts(office, LIAISON)
    assert "ILO and IOM* are each asked, by *Saturday 23 January 2027*" in words_of([prompt])
    assert reminded["thread_ts"] == prompt["ts"]
    assert "ILO and IOM* are still asked to answer" in words_of([reminded])


def test_the_second_call_names_only_the_party_that_has_still_to_answer(office: Office) -> None:
    office.pass_to(date(2027, 1, 11))
    office.click("Helena Costa", "exchanges.nothing")

    office.pass_to(date(2027, 1, 22))

    reminded = prompts(office, LIAISON)[-1]
    assert "*ILO* is still asked to answer" in words_of([reminded])


def test_nothing_more_is_said_once_both_parties_have_answered(office: Office) -> None:
    office.pass_to(date(2027, 1, 11))
    office.click("Helena Costa", "exchanges.nothing")
    office.click("Amina Diallo", "exchanges.nothing")
    office.deliver()

    office.pass_to(date(2027, 1, 25))

    assert "are still asked to answer" not in words_of(prompts(office, LIAISON)[1:])
    assert "is still asked to answer" not in words_of(prompts(office, LIAISON)[1:])
    assert "Both parties have now answered" in words_of(office.channel(LIAISON))


def test_a_duty_that_is_met_is_not_reminded_of(office: Office) -> None:
    (annual,) = occurrences(office, duty="annual-reports", due_on=date(2027, 10, 23))
    facts = {"occurrence_id": annual.key, "met_on": office.today, "evidence": "Letter of 20 November 2026"}

    both_record_met(office, **facts)

    with office.reading() as desk:
        left = desk.session.exec(select(Reminder).where(Reminder.occurrence_id == annual.key)).all()
    assert not left


@pytest.mark.parametrize(
    ("when", "speaks"),
    [
        ((2026, 12, 9, 8, 59), False),
        ((2026, 12, 9, 9, 0), True),
        ((2026, 12, 9, 16, 59), True),
        ((2026, 12, 9, 17, 0), False),
        ((2026, 12, 12, 10, 0), False),
        ((2026, 12, 25, 10, 0), False),
    ],
    ids=str,
)
def test_the_secretariat_speaks_unasked_in_working_hours_of_working_days(
    office: Office, when: tuple[int, ...], speaks: bool
) -> None:
    at(office, *when)

    assert may_speak(office.house.secretariat) is speaks


@pytest.mark.parametrize("text", ["nine to five", "09:00", "17:00-09:00", "09:00-12:00-17:00", ""])
def test_working_hours_that_cannot_be_read_are_refused(office: Office, text: str) -> None:
    from dataclasses import replace

    changed = replace(office.house.secretariat, definition=DEFINITION.under({"working_hours": text}))

    with pytest.raises(WorkingHoursRefused):
        may_speak(changed)


def test_a_reminder_waits_for_the_morning(office: Office) -> None:
    at(office, 2026, 12, 9, 7, 0)
    office.tick()
    assert not office.channel(KENYA)

    at(office, 2026, 12, 9, 9, 0)
    office.tick()

    (prompt,) = prompts(office, KENYA)
    assert "comes late" not in words_of([prompt])


def test_what_was_missed_is_said_once_and_says_for_which_day_it_was_planned(office: Office) -> None:
    at(office, 2026, 12, 14, 10)

    office.tick()
    office.tick()

    (prompt,) = prompts(office, KENYA)
    assert "This was to be asked on Wednesday 9 December 2026 and comes late." in words_of([prompt])


def test_both_missed_steps_of_a_prompt_are_one_message(office: Office) -> None:
    at(office, 2026, 12, 28, 10)

    office.tick()

    (prompt,) = prompts(office, KENYA)
    assert "to be asked on Wednesday 23 December 2026 and comes late" in words_of([prompt])
    assert "That period is over; an answer is still welcome." in words_of([prompt])


def test_after_half_a_year_of_silence_each_channel_is_asked_once(office: Office) -> None:
    """Six monthly periods wait; only the latest is asked about, and it names the others."""
    at(office, 2027, 5, 18, 10)

    office.tick()

    (prompt,) = prompts(office, AFRICA)
    assert "Sunday 23 May 2027" in words_of([prompt])
    assert "Wednesday 23 December 2026; Saturday 23 January 2027" in words_of([prompt])
    assert "Still open from before: the period" in words_of([prompt])


def test_a_second_clock_finds_nothing_left_to_say(office: Office) -> None:
    at(office, 2026, 12, 9, 10)

    assert run(office.house.secretariat, [speaking(ledger.due)]) > 0
    assert run(office.house.secretariat, [speaking(ledger.due)]) == 0


def test_without_a_channel_nothing_is_said_and_nothing_fails(office: Office) -> None:
    with office.database.writing() as session:
        for channel in session.exec(select(Channel)).all():
            session.delete(channel)
    at(office, 2027, 1, 8, 10)

    assert run(office.house.secretariat, [speaking(ledger.due)]) == 0
    with office.reading() as desk:
        assert not desk.session.exec(select(OutboxRow)).all()


def test_the_contact_points_are_reminded_privately_of_what_each_party_does_alone(office: Office) -> None:
    office.pass_to(date(2027, 1, 15))

    for name in ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"):
        assert "Confirm the contact points" in words_of(office.direct(name))
    assert "Confirm the contact points" not in words_of(office.channel(LIAISON))


def test_every_reminder_says_its_clause_its_rule_and_who_set_its_date(office: Office) -> None:
    office.pass_to(date(2027, 1, 15))

    said = words_of(office.direct("Amina Diallo"))
    assert (
        "Clause V.2-2. Saturday 23 January 2027 is one of the dates reached by counting 3 months at a time"
        in said
    )
    assert "from the Effective Date (Friday 23 October 2020)" in said
    assert "this one is a working rule of both parties" in said


def test_every_interval_of_a_level_is_explained_by_that_level(office: Office) -> None:
    office.pass_to(date(2026, 12, 9))

    assert "counting one month at a time from the Effective Date" in words_of(office.channel(KENYA))


def test_no_reminder_falls_on_a_closed_day(office: Office) -> None:
    calendar = office.house.secretariat.calendar
    places = [Place("global", "", office.today), Place("country", "KE", office.today)]

    days = {on for item in plan(DEFINITION, places, calendar, date(2030, 10, 23)) for _, on in item.reminders}

    assert days
    assert all(calendar.is_working(day) for day in days)


def test_a_waiver_takes_both_parties_and_names_the_one_that_is_missing(office: Office) -> None:
    (workplan,) = occurrences(office, duty="workplan-global")

    office.act("Amina Diallo", settlements.waive, occurrence_id=workplan.key, note="")
    assert "It remains due until IOM agrees" in words_of(office.channel(LIAISON))
    with pytest.raises(settlements.AlreadyWaived):
        office.act("Pierre Favre", settlements.waive, occurrence_id=workplan.key, note="")
    office.act("Helena Costa", settlements.waive, occurrence_id=workplan.key, note="Agreed by letter")

    assert occurrences(office, duty="workplan-global")[0].status is OccurrenceStatus.WAIVED
    assert "Both parties have now said so" in words_of(office.channel(LIAISON))
    with pytest.raises(settlements.AlreadySettled):
        office.act("Pierre Favre", settlements.waive, occurrence_id=workplan.key, note="")
