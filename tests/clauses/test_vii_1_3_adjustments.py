"""VII.1-3: whether the Agreement needs adjusting, in the dossier of the review and in minutes of meetings."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.files import Record
from tests.handlers import meeting_days
from tests.handlers.reviewing import contribute, hold, move_to, opened, sign
from tests.office import Office, words_of

SECTION = "Proposals to adjust the Agreement"


def record(office: Office) -> str:
    with office.reading() as desk:
        found = desk.session.exec(select(Record)).one()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(found.content)).pages)
    return " ".join(text.split())


def test_vii_1_3_what_either_party_would_adjust_stands_in_the_record_that_both_sign(office: Office) -> None:
    opened(office)
    contribute(office, "Amina Diallo", SECTION, "Name a depositary.")
    contribute(office, "Helena Costa", SECTION, "Nothing needs adjusting.")
    move_to(office, date(2027, 10, 21))
    hold(office)

    sign(office, "Amina Diallo")
    sign(office, "Helena Costa")

    said = record(office)
    for part in (SECTION, "Name a depositary.", "Nothing needs adjusting."):
        assert part in said
    assert "VII.1-3" in said


def test_vii_1_3_the_minutes_of_a_review_meeting_keep_what_was_decided_on_it(office: Office) -> None:
    meeting_days.closed(office, decisions="To ask both legal offices about a depositary.")

    assert "To ask both legal offices about a depositary." in words_of(office.channel(meeting_days.LIAISON))


def test_vii_1_3_the_clause_leads_to_the_review_and_to_the_minutes(office: Office) -> None:
    said = office.command("Nadia Petrova", "/agreement clause VII.1-3")

    assert "permission (the verb is “may”)" in said
    assert "`/agreement report`, `/meeting minutes`" in said


def test_vii_1_3_reviewing_is_free_so_nothing_falls_due_under_it(office: Office) -> None:
    assert "*Dates under this clause*" not in office.command("Mei Chen", "/agreement clause VII.1-3")
    assert "*Dates under this clause*" in office.command("Mei Chen", "/agreement clause V.3-2")
