"""A walk through the demonstration as its users would take it: ask, be refused, decide, read, let time pass."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.commands import imports
from bot.sandbox.demo import Troupe, running
from handlers.bolt import make_app
from schedules.timetable import run_due
from tests.office import DEFINITION

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("COMITY_SCREENSHOTS")
"""A folder for screenshots, for whoever wants to look at them."""
TODAY = date(2026, 11, 23)
PATIENCE = 15_000


class Reader:
    """Somebody at the page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.shots = 0
        page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def sit_down(self, user: str, channel: str = "C0LIAISON") -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/#user={user}&channel={channel}")
        expect(self.page.get_by_test_id("composer")).to_be_visible()

    def write(self, text: str) -> None:
        composer = self.page.get_by_test_id("composer")
        composer.fill(text)
        composer.press("Escape")
        self.page.get_by_test_id("send").click()

    def press(self, action: str) -> None:
        self.page.get_by_test_id(f"action-{action}").last.click()

    def fill(self, field: str, text: str) -> None:
        self.page.get_by_test_id(f"field-{field}").locator("input, textarea").first.fill(text)

    def submit(self) -> None:
        self.page.get_by_test_id("modal-submit").click()

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=PATIENCE)

    def look(self, name: str) -> None:
        if SHOTS:
            self.shots += 1
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{self.shots:02}-{name}.png")


class Demonstration:
    """The demonstration, which can be stopped in the middle and started again."""

    def __init__(self, data: Path) -> None:
        self.data, self.stack, self.port = data, ExitStack(), 0

    def start(self) -> str:
        troupe = Troupe(make_app, run_due, imports.move_in)
        url = self.stack.enter_context(running(self.data, DEFINITION, troupe, port=self.port, today=TODAY))
        self.port = int(url.rsplit(":", 1)[1])
        return url

    def stop(self) -> None:
        self.stack.close()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demonstration]:
    made = Demonstration(tmp_path / "demo")
    yield made
    made.stop()


@pytest.fixture
def reader(demo: Demonstration, browser: Browser) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    made = Reader(context.new_page(), demo.start())
    yield made
    assert made.errors == []
    context.close()


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
    reader.submit()
    expect(reader.page.get_by_test_id("error-use_until")).to_contain_text("before the first")
    reader.look("request-form-error")
    reader.fill("use_until", "2027-12-31")
    reader.submit()
    expect(reader.page.get_by_test_id("modal")).to_have_count(0)
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
    for _ in range(3):
        before = reader.page.get_by_test_id("today").inner_text()
        reader.page.get_by_test_id("clock-month").click()
        expect(reader.page.get_by_test_id("today")).not_to_have_text(before, timeout=60_000)
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
