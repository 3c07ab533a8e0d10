"""VII.3 through the door: an amendment takes both signatures and a file, and from its day the dates are new."""

from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.amendments import AmendmentStatus
from bot.agreement.files import record_of
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from tests.clauses.amending import (
    FILE,
    LIAISON,
    begin,
    both_signed,
    change,
    deeds,
    drafted,
    press,
    proposed,
    row,
    sealed,
)
from tests.handlers.pressing import buttons, modal_words
from tests.office import ZURICH, Office, words_of

MOVED = "Thursday 22 August 2030 → *Monday 22 July 2030*"


@pytest.fixture(params=["office", "office_on_postgres"], ids=["SQLite", "PostgreSQL"])
def either(request: pytest.FixtureRequest) -> Office:
    """The same office on each of the databases."""
    made: Office = request.getfixturevalue(request.param)
    return made


def actions(message: dict[str, Any]) -> list[str]:
    return [action.partition(".")[2] for action, _ in buttons(message["blocks"])]


def occurrences(office: Office, duty: str) -> dict[date, OccurrenceStatus]:
    with office.reading() as desk:
        rows = desk.session.exec(select(Occurrence).where(Occurrence.duty == duty)).all()
        return {one.due_on: one.status for one in rows}


def test_vii_3_a_draft_is_its_own_partys_until_it_is_proposed(office: Office) -> None:
    drafted(office)

    assert office.channel(LIAISON) == []
    assert "Draft of amendment ILO-2026/1" in words_of(office.direct("Lucía Romero"))
    assert "Only ILO sees this until it is proposed" in words_of(office.direct("Lucía Romero"))
    assert MOVED in words_of(office.direct("Lucía Romero"))
    assert "2026/1" not in words_of(office.direct("Helena Costa"))
    assert "No amendment is on record" in office.command("Helena Costa", "/instrument amendment")
    assert "There is no amendment 2026/1" in office.command("Helena Costa", "/instrument amendment 2026/1")
    assert "A longer notice" in office.command("Amina Diallo", "/instrument amendment")


def test_vii_3_the_other_party_reads_both_texts_and_what_moves_before_it_agrees(office: Office) -> None:
    proposed(office)

    (card,) = office.channel(LIAISON)
    said = words_of([card])
    assert "Now *2 months*, proposed *3 months*" in said
    assert "giving the other two months' written notice" in said
    assert "giving the other three months' written notice" in said
    assert f"Clause VII.1-4, Last safe day for a notice before tacit renewal: {MOVED}" in said
    assert actions(card) == ["agree", "decline", "moves", "revise", "withdraw"]
    assert "please answer" in words_of(office.direct("Helena Costa"))
    assert "please answer" not in words_of(office.direct("Amina Diallo"))

    office.click("Helena Costa", "amendments.agree", where="direct")
    shown = modal_words(office, "Helena Costa")
    assert MOVED in shown
    assert row(office).digest in shown
    assert office.submit("Helena Costa", {}).ok
    office.deliver()

    assert row(office).status is AmendmentStatus.AGREED
    said = words_of(office.channel(LIAISON))
    assert "Helena Costa (IOM) agreed to exactly this version" in said
    assert "It still takes the signature of ILO and IOM" in said
    assert "please sign" in words_of(office.direct("Amina Diallo"))
    assert "please sign" in words_of(office.direct("Nadia Petrova"))


def test_vii_3_what_moves_is_shown_with_the_working_of_both_dates(office: Office) -> None:
    proposed(office)

    told = office.click("Mei Chen", "amendments.moves")

    assert MOVED in told
    assert "a notice of 2 months is in time under every reading" in told
    assert "a notice of 3 months is in time under every reading" in told


def test_vii_3_it_takes_both_signatures_and_a_file_that_the_other_confirmed(either: Office) -> None:
    office = either
    both_signed(office)
    assert row(office).status is AmendmentStatus.AGREED
    assert "cannot be confirmed" not in words_of(office.channel(LIAISON))
    assert "the signed file, please" in words_of(office.direct("Helena Costa"))

    press(office, "Amina Diallo", "file", {"file": FILE})
    assert row(office).status is AmendmentStatus.AGREED
    assert f"SHA-256 {sha256(FILE[1]).hexdigest()}" in words_of(office.channel(LIAISON)[:1])
    assert "please confirm the file" in words_of(office.direct("Helena Costa"))

    press(office, "Helena Costa", "confirm", {}, "direct")

    found = row(office)
    assert (found.status, found.in_force_on) == (AmendmentStatus.SIGNED, date(2026, 11, 23))
    office.tick()
    assert row(office).status is AmendmentStatus.IN_FORCE
    assert deeds(office) == [
        "drafted",
        "proposed",
        "agreed",
        "signed",
        "signed",
        "filed",
        "confirmed",
        "began",
    ]


def test_vii_3_from_its_day_the_agreement_is_the_amended_one(either: Office) -> None:
    office = either
    sealed(office)
    office.tick()

    status = office.command("Mei Chen", "/agreement status")
    assert "(clause VII.1-4): 3 months" in status
    assert "to be received is *Monday 22 July 2030*" in status
    said = words_of(office.channel(LIAISON))
    assert "The Agreement is amended from Monday 23 November 2026: amendment 2026/1" in said
    assert MOVED in said
    assert "The Agreement is amended" in words_of(office.direct("Nadia Petrova"))
    assert occurrences(office, "renewal-notice") == {
        date(2030, 8, 22): OccurrenceStatus.SUPERSEDED,
        date(2030, 7, 22): OccurrenceStatus.OPEN,
    }
    told = office.command("Mei Chen", "/agreement clause VII.1-2")
    assert "as amended by amendment 2026/1, since Monday 23 November 2026 (VII.3)" in told
    assert "in the first text, from Friday 23 October 2020: Either party may end" in told
    office.tick()
    assert len([m for m in office.channel(LIAISON) if m["text"].startswith("The Agreement is amended")]) == 1


def test_vii_3_the_last_safe_day_is_warned_of_once_and_on_the_new_day_alone(office: Office) -> None:
    sealed(office)
    office.tick()

    with office.reading() as desk:
        rows = desk.session.exec(
            select(Occurrence, Reminder)
            .join(Reminder, col(Reminder.occurrence_id) == col(Occurrence.id))
            .where(Occurrence.duty == "renewal-notice", col(Reminder.said_at).is_(None))
        ).all()
    assert {one.due_on for one, _ in rows} == {date(2030, 7, 22)}
    office.clock.move_to(datetime(2030, 7, 22, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()
    said = [m["text"] for m in office.direct("Helena Costa") if "Monday 22 July 2030" in m["text"]]
    assert len(said) == 1
    assert "Thursday 22 August 2030" not in "\n".join(said)


def test_vii_3_a_later_day_that_is_stated_is_waited_for_and_said_before(office: Office) -> None:
    sealed(office, effective_on=date(2027, 2, 1))
    assert row(office).in_force_on == date(2027, 2, 1)
    assert "(clause VII.1-4): 2 months" in office.command("Mei Chen", "/agreement status")

    office.pass_to(date(2027, 1, 29))
    near = [m["text"] for m in office.channel(LIAISON) if "counts from Monday 1 February 2027" in m["text"]]
    assert len(near) == 2
    assert "(clause VII.1-4): 2 months" in office.command("Mei Chen", "/agreement status")
    office.pass_to(date(2027, 2, 1))

    assert row(office).status is AmendmentStatus.IN_FORCE
    assert "(clause VII.1-4): 3 months" in office.command("Mei Chen", "/agreement status")


def test_vii_3_after_days_away_it_counts_from_its_own_day_and_is_said_late(office: Office) -> None:
    sealed(office, effective_on=date(2027, 2, 1))
    office.clock.move_to(datetime(2027, 2, 17, 8, 0, tzinfo=ZURICH))
    # Before the clock looked: from its day on nobody works with the old text.
    assert "(clause VII.1-4): 3 months" in office.command("Mei Chen", "/agreement status")

    office.clock.move_to(datetime(2027, 2, 17, 10, 0, tzinfo=ZURICH))
    office.tick()
    office.tick()

    told = [m for m in office.channel(LIAISON) if m["text"].startswith("The Agreement is amended from")]
    assert len(told) == 1
    assert "Monday 1 February 2027" in told[0]["text"]
    assert "comes late" in words_of(told)


def test_vii_3_the_ledger_changes_at_night_and_words_wait_for_the_morning(office: Office) -> None:
    sealed(office, effective_on=date(2027, 2, 1))
    office.clock.move_to(datetime(2027, 2, 1, 0, 5, tzinfo=ZURICH))
    office.tick()

    assert row(office).status is AmendmentStatus.IN_FORCE
    assert occurrences(office, "renewal-notice")[date(2030, 8, 22)] is OccurrenceStatus.SUPERSEDED
    assert not [m for m in office.channel(LIAISON) if m["text"].startswith("The Agreement is amended from")]
    office.clock.move_to(datetime(2027, 2, 1, 10, 0, tzinfo=ZURICH))
    office.tick()
    assert [m for m in office.channel(LIAISON) if m["text"].startswith("The Agreement is amended from")]


def test_vii_3_the_past_stays_and_what_is_not_due_any_more_is_superseded(office: Office) -> None:
    begin(office)
    typed = {"number": "1", "unit": "years", "summary": "Reviews are held once a year.", "rule": "each year"}
    assert change(office, "V.3-1", "every:review-meeting:", typed).ok
    before = occurrences(office, "review-meeting")
    press(office, "Lucía Romero", "propose", {}, "direct")
    press(office, "Helena Costa", "agree", {})
    for name, head in (("Amina Diallo", "G. Houngbo"), ("Helena Costa", "A. Pope")):
        press(office, name, "sign", {"signatory": head, "capacity": "Head", "signed_on": date(2026, 11, 23)})
    press(office, "Helena Costa", "file", {"file": FILE})
    press(office, "Lucía Romero", "confirm", {})
    office.tick()

    after = occurrences(office, "review-meeting")
    past = {day: status for day, status in before.items() if day < date(2026, 11, 23)}
    assert past
    assert past == {day: status for day, status in after.items() if day < date(2026, 11, 23)}
    superseded = {day for day, status in after.items() if status is OccurrenceStatus.SUPERSEDED}
    assert superseded == {date(year, 4, 23) for year in range(2027, 2031)}
    assert "not due any more" in words_of(office.channel(LIAISON))


def test_vii_3_the_joint_record_holds_both_texts_signatures_and_what_moved(office: Office) -> None:
    sealed(office)

    with office.reading() as desk:
        record = record_of(desk.session, "amendment:1")
    assert record is not None
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    said = " ".join(text.split())
    assert record.number == "ILO-IOM/2026/001"
    for words in ("G. Houngbo", "A. Pope", "Monday 22 July 2030", "three months", "2 months", "signed.pdf"):
        assert words in said
    assert sha256(FILE[1]).hexdigest() in said.replace(" ", "")
    files = [one["name"] for m in office.channel(LIAISON) for one in m.get("files", [])]
    records = [f"ILO-IOM-2026-001{ending}.pdf" for ending in ("", "-es", "-fr")]
    assert files == ["signed.pdf", *records]
