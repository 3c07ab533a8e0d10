"""A workplan at the page: written, reported on, adopted by both, late, and in and out of files (IV.5, III.1)."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
SUBJECT = "Study of recruitment costs in East Africa"


def add_an_item(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    reader.write("/workplan add")
    expect(reader.page.get_by_test_id("modal")).to_be_visible()
    reader.look("item-form")
    reader.fill("subject", SUBJECT)
    reader.choose("area", "III.1(b)")
    reader.pick("means", ["Knowledge"])
    reader.look("item-form-filled")
    reader.choose("lead_party", "International Labour Organi")
    reader.choose("lead_person_id", "Samuel Otieno")
    reader.fill("due_on", "2027-06-30")
    reader.submit(closes=False)
    reader.reads("More about 2026/1")
    reader.look("more-form")
    reader.tick("constituents", ["governments"])
    reader.fill("country", "KE")
    reader.tick("funding", ["funded"])
    reader.submit()
    reader.reads("Global workplan · version 1")
    reader.look("draft")


def refused(reader: Reader, user: str, reason: str) -> None:
    """Somebody presses “Adopt” and reads, alone, why not."""
    reader.sit_down(user)
    reader.consent("workplans.adopt")
    reader.reads("Only visible to you")
    reader.reads(reason)
    reader.look(f"refused-{user}")


def adopt(reader: Reader, user: str) -> None:
    reader.sit_down(user)
    reader.consent("workplans.adopt")


def test_from_an_item_to_a_workplan_in_force_late_and_on_record(reader: Reader) -> None:
    add_an_item(reader)
    reader.write("/workplan show 2026/1")
    reader.reads("Only visible to you")
    reader.look("item")
    reader.press("workplans.on_track")
    reader.reads("on track")
    reader.look("item-on-track")

    reader.sit_down("U0ILODIALLO")
    reader.consent("workplans.propose")
    reader.reads("Fingerprint of the content")
    reader.look("proposed")
    refused(reader, "U0ILOWEBER", "Only ILO's contact point or signatory can adopt")
    refused(reader, "U0LABLANG", "This service is for the staff of the ILO and IOM")
    adopt(reader, "U0ILODIALLO")
    reader.reads("Adopted for ILO: Amina Diallo")
    reader.look("adopted-by-one")
    reader.consent("workplans.adopt")
    reader.reads("Amina Diallo (ILO) has adopted the global workplan, version 1, already")
    adopt(reader, "U0IOMCOSTA")
    reader.reads("In force since")
    reader.reads("late by 2,040 days (IV.5-2)")
    reader.look("in-force")
    reader.open_thread("Global workplan · version 1")
    assert reader.download(".pdf").startswith(b"%PDF")
    reader.look("thread-with-record")
    reader.page.get_by_test_id("thread-close").click()
    reader.press("workplans.items")
    reader.reads("Items · global workplan")
    reader.look("items")


def test_the_2017_plan_comes_in_and_a_workbook_goes_out(reader: Reader) -> None:
    reader.sit_down("U0IOMCOSTA")
    reader.write("/workplan import")
    reader.tick("source", ["2017 plan of action"])
    reader.look("import-form")
    reader.submit()
    reader.reads("Global workplan · version 1")
    reader.look("imported")
    reader.press("workplans.export")
    reader.reads("Only visible to you")
    reader.open_thread("Global workplan · version 1")
    book = load_workbook(BytesIO(reader.download(".xlsx")))
    assert book.active is not None
    assert book.active.max_row > 10
    reader.look("thread-with-workbook")
