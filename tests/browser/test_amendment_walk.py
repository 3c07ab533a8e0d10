"""An amendment at the page: proposed, agreed, signed by both, filed, confirmed, in force on its day (VII.3)."""

from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shots")]
TITLE = "A longer notice"
WORDS = "Either party may end the Agreement before its term by giving the other three months' written notice."
SIGNED = {"name": "amendment-signed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 both signed"}
DAY = date(2026, 12, 1)


def card(reader: Reader) -> Locator:
    return reader.messages("Amendment 2026/1 · A longer notice").first


def press(reader: Reader, action: str) -> None:
    card(reader).get_by_test_id(f"action-amendments.{action}").click()
    expect(reader.page.get_by_test_id("modal")).to_be_visible()


def draft(reader: Reader) -> None:
    """Three short forms that follow one another, and then the draft, which only the ILO sees."""
    reader.sit_down("U0ILOROMERO")
    reader.write("/instrument amendment")
    reader.press("amendments.start")
    reader.fill("amendment", TITLE)
    reader.fill("purpose", "Two months are too short for the field offices.")
    reader.fill("effective_on", DAY.isoformat())
    reader.look("start-form")
    reader.submit(closes=False)
    expect(reader.field("clause")).to_be_visible()
    reader.choose("clause", "VII.1-2")
    reader.submit(closes=False)
    expect(reader.field("part")).to_be_visible()
    reader.choose("part", "How long a notice runs")
    reader.look("which-part")
    reader.submit(closes=False)
    expect(reader.field("number")).to_be_visible()
    reader.fill("number", "3")
    reader.choose("unit", "months")
    reader.fill("summary", WORDS)
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-rule")).to_contain_text("go on saying “2 months from the notice")
    reader.look("change-form-error")
    reader.fill("rule", "3 months from the notice; reading: from receipt")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("modal")).to_contain_text("What would move")
    reader.look("draft-in-the-form")
    reader.page.get_by_test_id("modal-cancel").click()


def propose(reader: Reader) -> None:
    reader.sit_down("U0IOMCOSTA")
    expect(reader.messages(TITLE)).to_have_count(0)
    reader.read_letters("U0ILOROMERO")
    reader.reads("Only ILO sees this until it is proposed")
    reader.look("draft")
    reader.press("amendments.propose")
    expect(reader.page.get_by_test_id("modal")).to_contain_text("to IOM as version 1")
    reader.look("propose-form")
    reader.submit()


def agree(reader: Reader) -> None:
    reader.sit_down("U0IOMCOSTA")
    expect(card(reader)).to_contain_text("would count from Tuesday 1 December 2026")
    reader.look("proposed")
    press(reader, "agree")
    expect(reader.page.get_by_test_id("modal")).to_contain_text(
        "It amends nothing before both parties have signed"
    )
    reader.look("agree-form")
    reader.submit()


def sign(reader: Reader, user: str, signatory: str, signed_on: str) -> None:
    reader.sit_down(user)
    press(reader, "sign")
    reader.fill("signatory", signatory)
    reader.fill("capacity", "Director-General")
    reader.fill("signed_on", signed_on)
    reader.look(f"sign-{user}")
    reader.submit()
    expect(card(reader)).to_contain_text(signatory)


def file_and_confirm(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    press(reader, "file")
    reader.field("file").locator("input").set_input_files(SIGNED)
    reader.look("file-form")
    reader.submit()
    reader.sit_down("U0IOMCOSTA")
    press(reader, "confirm")
    expect(reader.page.get_by_test_id("modal")).to_contain_text("With that it is binding.")
    reader.look("confirm-form")
    reader.submit()
    expect(card(reader)).to_contain_text(
        "Both parties are bound by it. Until its day the Agreement is as it was."
    )
    reader.look("bound")


def in_force(reader: Reader) -> None:
    """Its day comes: both parties are told, and the clause, the status and the plan say it."""
    reader.pass_to(date(2026, 12, 2))
    reader.sit_down("U0IOMOKAFOR")
    reader.reads("From Tuesday 1 December 2026 the Agreement stands as amended by amendment 2026/1")
    reader.reads("3 months, before 2 months.")
    reader.look("in-force")
    reader.write("/agreement clause VII.1-2")
    only_me = reader.messages("Only visible to you")
    expect(only_me.last).to_contain_text(WORDS)
    expect(only_me.last).to_contain_text("Time: 3 months from the notice; reading: from receipt")
    expect(only_me.last).to_contain_text(
        "as amended by amendment 2026/1, since Tuesday 1 December 2026 (VII.3)"
    )
    reader.look("the-clause")
    reader.write("/agreement status")
    reader.reads("3 months. The last safe day for it to be received is")
    reader.look("the-status")
    reader.sit_down("U0IOMCOSTA")
    reader.write("/termination renewal")
    reader.reads("Last safe day for a notice to be received: Monday 22 July 2030.")
    reader.look("the-plan")


def test_vii_3_an_amendment_from_its_proposal_to_its_day_and_what_the_clause_says_then(
    reader: Reader,
) -> None:
    draft(reader)
    propose(reader)
    agree(reader)
    sign(reader, "U0ILODIALLO", "Gilbert F. Houngbo", "2026-11-23")
    sign(reader, "U0IOMCOSTA", "Amy E. Pope", "2026-11-23")
    file_and_confirm(reader)
    in_force(reader)
