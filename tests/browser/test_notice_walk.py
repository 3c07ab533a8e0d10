"""A notice at the page: drafted in private, sent by people, acknowledged, withdrawn, or ending it (VII.1-2)."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shots")]
LETTER = {"name": "notice-signed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"}
NOTICE = "Notice 2026/1 of ILO to end the Agreement"
TODAY = date(2026, 11, 24)
LAST_DAY = "Sunday 24 January 2027"


def answered(reader: Reader) -> None:
    """Send the form in and close what is shown in its place."""
    reader.submit(closes=False)
    reader.page.get_by_test_id("modal-cancel").click()
    expect(reader.page.get_by_test_id("modal")).to_have_count(0)


def card(reader: Reader) -> Locator:
    """The newest card of the notice in sight, which carries its dates."""
    return reader.messages(re.compile("To be signed by:|Acknowledged:")).last


def press(reader: Reader, action: str) -> None:
    card(reader).get_by_test_id(f"action-notices.{action}").click()
    expect(reader.page.get_by_test_id("modal")).to_be_visible()


def draft(reader: Reader, language: str = "French") -> None:
    reader.sit_down("U0ILOROMERO")
    reader.pass_to(TODAY)
    reader.write("/termination notice")
    expect(reader.field("language")).to_be_visible()
    reader.look("draft-form")
    reader.tick("language", [language])
    reader.fill("addressee", "Madame la Directrice générale\nOrganisation internationale pour les migrations")
    reader.fill("place", "Genève")
    reader.fill("signatory", "Gilbert F. Houngbo")
    reader.fill("capacity", "Directeur général")
    reader.fill("planned_on", TODAY.isoformat())
    answered(reader)


def read_the_letter(reader: Reader) -> None:
    reader.read_letters("U0ILOROMERO")
    reader.reads("IOM sees nothing of it, not even that there is a draft")
    reader.reads("if the letter is received on Tuesday 24 November 2026")
    reader.look("room")
    reader.messages("the draft letter").last.get_by_test_id("thread-link").click()
    assert reader.download("fr.pdf").startswith(b"%PDF")
    assert reader.download("fr.docx").startswith(b"PK")
    reader.look("letters")


def agree(reader: Reader, user: str) -> None:
    """Agree that it be sent: no button alone does it, and other words than those asked for do not either."""
    reader.read_letters(user)
    press(reader, "approve")
    reader.fill("typed", "yes")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-typed")).to_contain_text("Please type exactly: ILO-2026/1 SEND")
    reader.look(f"agree-{user}")
    reader.fill("typed", "ILO-2026/1 SEND")
    reader.submit()


def send(reader: Reader) -> None:
    reader.read_letters("U0ILODIALLO")
    reader.reads("Your own people may now sign and send the letter. Nothing is sent from here.")
    press(reader, "record_sent")
    reader.fill("sent_on", TODAY.isoformat())
    reader.fill("sent_time", "08:30")
    reader.tick("travelled", ["by courier"])
    reader.field("file").locator("input").set_input_files(LETTER)
    reader.fill("typed", "ILO-2026/1 SENT")
    reader.look("sent-form")
    reader.submit()
    reader.reads("It is sent, and its receipt is not on record.")


def acknowledge(reader: Reader) -> None:
    """IOM reads of it only now, and says when it was received; an hour before the sending is asked about."""
    reader.sit_down("U0IOMCOSTA")
    expect(reader.messages(NOTICE)).to_have_count(0)
    reader.read_letters("U0IOMCOSTA")
    reader.reads("Once its receipt is on record, everybody of both parties can.")
    press(reader, "acknowledge")
    reader.fill("received_on", TODAY.isoformat())
    reader.fill("received_time", "08:15")
    reader.fill("how", "By courier, at the registry")
    reader.submit(closes=False)
    reader.reads("Tuesday 24 November 2026 at 08:15 (Geneva time) is before the letter was sent")
    reader.look("acknowledge-form")
    reader.fill("received_time", "08:50")
    reader.submit()
    reader.reads("Its receipt is acknowledged.")


def acknowledged(reader: Reader) -> None:
    draft(reader)
    read_the_letter(reader)
    agree(reader, "U0ILOROMERO")
    agree(reader, "U0ILODIALLO")
    send(reader)
    acknowledge(reader)
    reader.sit_down("U0IOMOKAFOR")
    reader.reads(NOTICE)
    reader.reads(f"until the end of {LAST_DAY}")
    reader.look("known-to-both")


def test_a_notice_is_drafted_in_private_sent_acknowledged_and_withdrawn_by_both(reader: Reader) -> None:
    acknowledged(reader)
    reader.messages(NOTICE).last.get_by_test_id("thread-link").click()
    reader.reads("the fingerprint (SHA-256) of the signed letter")
    assert reader.download("ILO-IOM-2026-001.pdf").startswith(b"%PDF")
    reader.look("record")

    reader.read_letters("U0IOMCOSTA")
    press(reader, "withdraw")
    reader.fill("reason", "Both have agreed to go on.")
    reader.fill("typed", "2026/1 WITHDRAW")
    reader.submit()
    reader.read_letters("U0ILODIALLO")
    reader.reads("It stands until your party agrees, too. Silence agrees to nothing.")
    reader.press("notices.agree_withdrawal")
    reader.reads(f"the last day, {LAST_DAY}, falls away")
    reader.look("agree-to-withdraw")
    reader.fill("typed", "2026/1 WITHDRAW")
    reader.submit()
    reader.sit_down("U0IOMOKAFOR")
    reader.reads("It was withdrawn by both parties.")
    reader.reads("The Agreement goes on as if this notice had not been given.")
    reader.look("withdrawn")


def test_a_notice_that_stands_ends_the_agreement_and_what_lives_on_is_said(reader: Reader) -> None:
    acknowledged(reader)
    reader.pass_to(date(2027, 1, 26))
    reader.read_letters("U0ILOROMERO")
    reader.reads(f"ended at the end of {LAST_DAY}")
    reader.look("ended")
    reader.write("/termination status")
    reader.reads("What ended, and what lives on")
    reader.reads("Other agreements between the parties on the subject stay in force on their own terms")
    reader.look("what-lives-on")
    reader.sit_down("U0ILOCHEN")
    reader.write("/emblem request")
    reader.reads("Only visible to you")
    reader.reads(re.compile(f"ended (at|with) the end of {LAST_DAY}"))
    reader.look("refused-after-the-end")
