"""A permission at the page: drafted, asked about, approved, used, over, taken down, revoked (VI.1, VI.3)."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shots")]
PRODUCT = "Brochure on fair recruitment, printed, 500 copies"
REQUEST = "Request 2026/1 · IOM's emblem or logo"


def write_a_draft(reader: Reader) -> None:
    reader.sit_down("U0ILOCHEN")
    reader.write("/emblem request")
    expect(reader.field("send")).to_be_visible()
    reader.look("request-form")
    reader.tick("send", ["Keep it as a draft"])
    reader.choose("mark", "emblem or logo")
    reader.fill("purpose", "The brochure was written by both.")
    reader.fill("product", PRODUCT)
    reader.fill("audience", "Employers and workers, Kenya")
    reader.fill("use_from", "2026-12-14")
    reader.fill("use_until", "2027-01-20")
    reader.fill("needed_by", "2026-12-20")
    reader.submit_and_read("IOM is not asked before it is sent.")


def submit_it(reader: Reader) -> None:
    """What was typed is still there, a day that cannot be is said in its field, and then IOM is asked."""
    reader.read_letters("U0ILOCHEN")
    reader.press("emblems.open_draft")
    expect(reader.field("product").locator("input, textarea").first).to_have_value(PRODUCT)
    reader.tick("send", ["Send it to IOM now"])
    reader.fill("mockup_text", "With the emblem of IOM at the lower left.")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-needed_by")).to_contain_text("Monday 14 December 2026 (VI.1)")
    reader.look("request-form-error")
    reader.fill("needed_by", "2026-12-10")
    reader.submit_and_read("Request 2026/1 has been sent to IOM")


def ask_and_answer(reader: Reader) -> None:
    reader.sit_down("U0IOMTANAKA")
    reader.reads(REQUEST)
    reader.look("asked")
    reader.press("emblems.ask_for_more")
    reader.fill("question", "Who prints it?")
    reader.submit()
    reader.sit_down("U0ILOCHEN")
    reader.press("emblems.give_information")
    reader.fill("information", "The ILO prints it in Nairobi.")
    reader.submit()
    reader.reads("ILO answered")


def approve(reader: Reader) -> None:
    """The asking side's own approver cannot; the owner's does, and the record can be taken down at once."""
    reader.sit_down("U0ILOWEBER")
    reader.consent("emblems.approve")
    reader.reads("Only visible to you")
    reader.sit_down("U0IOMTANAKA")
    reader.press("emblems.approve_with_conditions")
    reader.fill("reason", "In blue, no smaller than 2 cm.")
    reader.look("conditions-form")
    reader.submit()
    reader.reads("Conditions: In blue, no smaller than 2 cm.")
    reader.open_thread(REQUEST)
    reader.reads("Record IOM/2026/001")
    assert reader.download(".pdf").startswith(b"%PDF")
    reader.look("approved-with-record")


def use_it(reader: Reader) -> None:
    reader.sit_down("U0ILOCHEN")
    reader.pass_to(date(2026, 12, 15))
    reader.press("emblems.begin_use")
    reader.fill("began_on", "2026-12-14")
    reader.submit()
    reader.press("emblems.file_proof")
    reader.fill("place", "Handed out in Nairobi")
    reader.submit(closes=False)
    reader.reads("Please give the address where it can be seen, or attach a file.")
    reader.fill("link", "https://www.ilo.org/brochure")
    reader.submit()
    reader.reads("Handed out in Nairobi, Tuesday 15 December 2026")
    reader.look("in-use")


def take_it_down(reader: Reader) -> None:
    reader.pass_to(date(2027, 1, 22))
    reader.reads("Expired: the use is to be taken down.")
    reader.read_letters("U0ILOCHEN")
    reader.reads("was approved until Wednesday 20 January 2027. That day has passed.")
    reader.look("please-take-it-down")
    reader.press("emblems.taken_down")
    reader.fill("down_on", "2027-01-21")
    reader.fill("note", "Copies used up.")
    reader.submit()
    reader.read_letters("U0IOMTANAKA")
    reader.reads("is over, from Thursday 21 January 2027")
    reader.look("the-owner-is-told")


def test_a_permission_from_its_draft_to_the_day_it_is_taken_down(reader: Reader) -> None:
    write_a_draft(reader)
    reader.sit_down("U0IOMTANAKA")
    expect(reader.messages(PRODUCT)).to_have_count(0)
    submit_it(reader)
    ask_and_answer(reader)
    approve(reader)
    use_it(reader)
    take_it_down(reader)


def test_a_link_is_approved_and_revoked_and_a_plain_mention_is_told(reader: Reader) -> None:
    reader.sit_down("U0IOMOKAFOR")
    reader.write("/emblem request")
    expect(reader.field("mark")).to_be_visible()
    reader.choose("mark", "link to the website")
    reader.fill("purpose", "Readers find the source.")
    reader.fill("product", "Page on labour mobility")
    reader.fill("audience", "Public, worldwide")
    reader.fill("use_from", "2026-12-14")
    reader.fill("use_until", "2027-12-31")
    reader.fill("needed_by", "2026-12-10")
    reader.fill("mockup_text", "See also the page of the ILO.")
    reader.fill("link_from", "iom.int/labour")
    reader.fill("link_to", "https://www.ilo.org/migration")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-link_from")).to_contain_text("not a complete address")
    reader.look("link-form-error")
    reader.fill("link_from", "https://www.iom.int/labour")
    reader.submit_and_read("Request 2026/1 has been sent to ILO")

    reader.sit_down("U0ILOWEBER")
    reader.consent("emblems.approve")
    reader.reads("Written record: ILO/2026/001.")
    reader.press("emblems.revoke")
    reader.fill("reason", "The page has changed its subject.")
    reader.submit()
    reader.reads("ILO revoked its approval with effect from Monday 23 November 2026.")
    reader.look("revoked")
    reader.read_letters("U0IOMOKAFOR")
    reader.reads("No new use may begin.")

    reader.sit_down("U0ILOCHEN")
    reader.write("/emblem mention")
    expect(reader.field("kind")).to_be_visible()
    reader.tick("kind", ["In plain text, as a fact"])
    reader.fill("product", "Annual report 2026, page 12")
    reader.fill("text", "together with the International Organization for Migration")
    reader.submit()
    reader.reads(re.compile("Mention 2026/1: ILO names IOM"))
    reader.reads("This is for information; no approval is asked for.")
    reader.look("mention")
