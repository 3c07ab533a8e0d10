"""Minutes of one year, 23 November 2026 to 23 November 2027, as the two organisations lived it."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot.agreement.calendars import GenevaCalendar
from bot.agreement.exchanges import Exchange
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.journal import Entry, faults
from bot.outbox import OutboxRow, OutboxState
from tests.office import ZURICH, Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
UPDATE = {
    "subject": "Fair recruitment corridor study",
    "summary": "Field work begins in March; the questionnaire can be shared.",
    "area": "A-STRAT",
    "classification": "shareable",
}
EMBLEM = {
    "mark": "emblem",
    "purpose": "To show that the study was made together.",
    "product": "Study on fair recruitment, 500 copies",
    "audience": "Governments and social partners, Kenya",
    "use_from": date(2027, 5, 3),
    "use_until": date(2027, 12, 31),
    "mockup_text": "Published by the ILO and the IOM",
    "needed_by": date(2027, 4, 30),
}


def test_a_year_under_the_agreement(office: Office) -> None:
    nothing_is_shouted_about_the_years_before(office)
    the_first_quarter_is_answered_by_both(office)
    the_emblem_is_asked_for_and_granted(office)
    the_yearly_meeting_is_reminded_of_and_recorded(office)
    the_general_review_passes_without_word(office)
    the_record_holds(office)


def nothing_is_shouted_about_the_years_before(office: Office) -> None:
    """What fell due from 2020 on is unknown, evidence wanted; nobody is told of it in a channel."""
    with office.reading() as desk:
        rows = desk.session.exec(select(Occurrence).where(Occurrence.due_on < date(2026, 11, 23))).all()
    assert {row.status for row in rows} == {OccurrenceStatus.UNKNOWN}
    assert ("workplan-global", date(2021, 4, 23)) in {(row.duty, row.due_on) for row in rows}
    assert "2021" not in words_of(office.channel(LIAISON))


def the_first_quarter_is_answered_by_both(office: Office) -> None:
    """IV.1: on 8 January the channel is asked; the ILO shares, the IOM acknowledges and has nothing to add."""
    office.pass_to(date(2027, 1, 8))
    prompts = [m for m in office.channel(LIAISON) if "Information exchange" in words_of([m])]
    assert len(prompts) == 1

    office.click("Amina Diallo", "exchanges.share")
    assert office.submit("Amina Diallo", UPDATE).ok
    office.deliver()
    assert "Fair recruitment corridor study" in words_of(office.direct("Helena Costa"))
    office.click("Helena Costa", "exchanges.acknowledge", where="direct")
    office.click("Helena Costa", "exchanges.nothing")
    office.deliver()

    with office.reading() as desk:
        period = desk.session.exec(
            select(Occurrence).where(Occurrence.clause == "IV.1", Occurrence.due_on == date(2027, 1, 23))
        ).all()
        share = desk.session.exec(select(Exchange)).one()
    assert {row.scope: row.status for row in period}[""] is OccurrenceStatus.MET
    assert share.status.value == "acknowledged"


def the_emblem_is_asked_for_and_granted(office: Office) -> None:
    """VI.1: asked in April, granted on conditions by the IOM's brand officer, on record as IOM/2027/001."""
    office.pass_to(date(2027, 4, 7))
    office.command("Mei Chen", "/emblem request")
    assert office.submit("Mei Chen", EMBLEM).ok
    office.deliver()

    office.click("Yuki Tanaka", "emblems.approve_with_conditions", where="direct")
    assert office.submit("Yuki Tanaka", {"reason": "Equal height, in alphabetical order."}).ok
    office.deliver()

    assert "IOM/2027/001" in words_of(office.direct("Mei Chen"))


def the_yearly_meeting_is_reminded_of_and_recorded(office: Office) -> None:
    """IV.6-4: 120 and 60 days before the year closes; the meeting of 14 September is put on record."""
    office.pass_to(date(2027, 9, 15))
    reminders = [m for m in office.channel(LIAISON) if "Hold the global meeting" in m["text"]]
    assert [day_of(m) for m in reminders] == [date(2027, 6, 24), date(2027, 8, 23)]

    office.click("Amina Diallo", "settlements.open", value=occurrence(office, "meeting-global"))
    office.submit(
        "Amina Diallo",
        {"outcome": "done", "met_on": date(2027, 9, 14), "evidence": "Minutes, registry RL 27/3"},
    )
    office.deliver()
    office.click("Helena Costa", "settlements.confirm", where=LIAISON)
    office.deliver()

    office.pass_to(date(2027, 10, 1))
    assert len([m for m in office.channel(LIAISON) if "closes" in m["text"]]) == 0
    assert "registry RL 27/3" in words_of(office.channel(LIAISON))


def the_general_review_passes_without_word(office: Office) -> None:
    """V.3-2: said three times before 22 October 2027, and afterwards shown as open, not as a breach."""
    office.pass_to(date(2027, 11, 23))

    reviews = [m for m in office.channel(LIAISON) if m["text"].startswith("Hold the general review")]
    assert [day_of(m) for m in reviews] == [date(2027, 4, 23), date(2027, 7, 23), date(2027, 9, 22)]
    assert "Hold the general review" in office.command("Helena Costa", "/agreement due")


def the_record_holds(office: Office) -> None:
    """Everything was said on a working day in working hours, once, and the journal is one chain."""
    geneva = GenevaCalendar()
    with office.reading() as desk:
        rows = desk.session.exec(select(OutboxRow)).all()
        assert list(faults(desk.session)) == []
        assert len(desk.session.exec(select(Entry)).all()) > 20
    assert {row.state for row in rows} == {OutboxState.SENT}
    said = [row.created_at.astimezone(ZURICH) for row in rows]
    assert all(9 <= instant.hour < 17 and geneva.is_working(instant.date()) for instant in said)
    marks = [m["metadata"]["event_payload"]["mark"] for m in office.channel(LIAISON) if m.get("metadata")]
    assert len(marks) == len(set(marks))


def occurrence(office: Office, duty: str) -> str:
    with office.reading() as desk:
        soon = desk.today + timedelta(days=60)
        rows = desk.session.exec(select(Occurrence).where(Occurrence.duty == duty)).all()
    return str(next(row.key for row in rows if row.window_start <= office.today <= row.due_on <= soon))


def day_of(message: dict[str, str]) -> date:
    return datetime.fromtimestamp(float(message["ts"]), UTC).astimezone(ZURICH).date()
