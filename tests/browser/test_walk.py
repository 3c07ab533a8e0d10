"""A walk through the demonstration as its users would take it: ask, be refused, decide, read, let time pass."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Demonstration, Reader

pytestmark = pytest.mark.browser


def ask_for_the_emblem(reader: Reader) -> None:
    reader.sit_down("U0ILOCHEN")
    reader.write("/emblem request")
    expect(reader.page.get_by_test_id("modal")).to_be_visible()
    reader.look("request-form")
    reader.page.get_by_test_id("field-mark").locator("select").select_option("emblem")
    reader.fill("purpose", "To show that the study was made together.")
    reader.fill("product", "Study on fair recruitment, 500 copies")
    reader.fill("audience", "Governments and social partners, Kenya")
    reader.fill("use_from", "2027-01-11")
    reader.fill("use_until", "2027-01-10")
    reader.fill("mockup_text", "Published by the ILO and the IOM")
    reader.fill("needed_by", "2026-12-18")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-use_until")).to_contain_text("before the first")
    reader.look("request-form-error")
    reader.fill("use_until", "2027-12-31")
    reader.submit_and_read("Request 2026/1 has been sent to IOM")
    reader.reads("Request 2026/1")


def test_from_a_request_to_its_record_through_a_quarter_and_a_restart(
    reader: Reader, demo: Demonstration
) -> None:
    ask_for_the_emblem(reader)
    reader.look("request-card")

    reader.sit_down("U0ILOWEBER")
    reader.press("emblems.approve")
    reader.page.get_by_test_id("confirm-yes").click()
    reader.reads("Only visible to you")
    reader.look("own-side-refused")
    reader.sit_down("U0LABLANG")
    reader.press("emblems.refuse")
    reader.reads("Only visible to you")
    reader.look("stranger-refused")

    reader.sit_down("U0IOMTANAKA")
    reader.press("emblems.approve_with_conditions")
    reader.fill("reason", "Equal height, in alphabetical order.")
    reader.look("conditions-form")
    reader.submit()
    reader.reads("Decided by Yuki Tanaka (IOM)")
    reader.look("decided")
    reader.page.get_by_test_id("thread-link").first.click()
    with reader.page.expect_download() as download:
        reader.page.get_by_test_id("file-link").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    reader.look("thread-with-record")

    demo.stop()
    demo.start()
    reader.sit_down("U0ILOCHEN")
    reader.reads("Decided by Yuki Tanaka (IOM)")
    reader.pass_a_month(3)
    prompts = reader.page.get_by_test_id("message").filter(has_text="Information exchange")
    reader.look("a-quarter-later")
    expect(prompts).to_have_count(1)
    expect(reader.page.get_by_test_id("message").filter(has_text="Request 2026/1 ·")).to_have_count(1)


def test_the_home_shows_the_state_of_the_agreement_and_what_waits_for_me(reader: Reader) -> None:
    ask_for_the_emblem(reader)

    reader.sit_down("U0IOMTANAKA")
    reader.page.goto(f"{reader.url}/#user=U0IOMTANAKA&tab=home&channel=home")
    reader.page.get_by_text("Comity", exact=True).first.click()

    reader.reads("2026/1")
    reader.look("home")
