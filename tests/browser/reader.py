"""Somebody who reads and writes at the page of the demonstration, and the demonstration itself."""

import os
import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bot.commands import imports
from bot.sandbox.demo import Troupe, running
from handlers.bolt import make_app
from schedules.timetable import run_due
from tests.office import DEFINITION

SHOTS = os.environ.get("COMITY_SCREENSHOTS")
"""A folder for screenshots, for whoever wants to look at them."""
TODAY = date(2026, 11, 23)
PATIENCE = 60_000
PASSING = 300_000
"""How long a month may take, while everything of its days is said."""


class Reader:
    """Somebody at the page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.shots = 0
        page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def sit_down(self, user: str, channel: str = "C0LIAISON", thread: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/#user={user}&channel={channel}" + (f"&thread={thread}" if thread else ""))
        expect(self.page.get_by_test_id("message").first).to_be_visible()

    def read_letters(self, user: str, *, none: bool = False) -> None:
        """Sit down before what the bot wrote to this person alone; `none` where there should be nothing."""
        self.sit_down(user)
        self.page.get_by_test_id("channel-Comity").click()
        self.page.get_by_test_id("messages-tab").click()
        expect(self.page.locator(".empty" if none else "article").first).to_be_visible()
        expect(self.page.get_by_role("heading", name="Comity", exact=True)).to_be_visible()

    def write(self, text: str) -> None:
        composer = self.page.get_by_test_id("composer")
        composer.fill(text)
        composer.press("Escape")
        self.page.get_by_test_id("send").click()

    def press(self, action: str) -> None:
        self.page.get_by_test_id(f"action-{action}").last.click()

    def consent(self, action: str) -> None:
        """Press a button that asks once more, and say yes."""
        self.press(action)
        self.page.get_by_test_id("confirm-yes").click()

    def field(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"field-{name}")

    def fill(self, field: str, text: str) -> None:
        self.field(field).locator("input, textarea").first.fill(text)

    def choose(self, field: str, label: str | re.Pattern[str]) -> None:
        """Choose one of a list by its words, or by the beginning of them."""
        options = self.field(field).locator("option")
        self.field(field).locator("select").select_option(options.filter(has_text=label).first.inner_text())

    def tick(self, field: str, labels: Sequence[str]) -> None:
        """Tick what is in sight: radio buttons and check boxes."""
        for label in labels:
            self.field(field).locator("label.choice").filter(has_text=label).first.click()

    def pick(self, field: str, labels: Sequence[str]) -> None:
        """Open a list of several, and tick some of it."""
        toggle = self.field(field).locator(".many-toggle")
        toggle.click()
        self.tick(field, labels)
        toggle.click()

    def submit(self, *, closes: bool = True) -> None:
        self.page.get_by_test_id("modal-submit").click()
        if closes:
            expect(self.page.get_by_test_id("modal")).to_have_count(0)

    def submit_and_read(self, answer: str) -> None:
        """Send the form in, read what is shown in its place, and close that."""
        self.submit(closes=False)
        modal = self.page.get_by_test_id("modal")
        expect(modal).to_contain_text(answer)
        self.page.get_by_test_id("modal-cancel").click()
        expect(modal).to_have_count(0)

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=PATIENCE)

    def messages(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_test_id("message").filter(has_text=text)

    def open_thread(self, text: str) -> None:
        self.messages(text).first.get_by_test_id("thread-link").click()

    def download(self, name: str) -> bytes:
        """The newest file whose name contains this."""
        with self.page.expect_download() as download:
            self.page.get_by_test_id("file-link").filter(has_text=name).last.click()
        return Path(download.value.path()).read_bytes()

    def pass_a_month(self, months: int = 1) -> None:
        for _ in range(months):
            self._pass("clock-month")

    def pass_to(self, day: date) -> None:
        self.page.get_by_test_id("clock-to").fill(day.isoformat())
        self._pass("clock-go")

    def _pass(self, button: str) -> None:
        before = self.page.get_by_test_id("today").inner_text()
        self.page.get_by_test_id(button).click()
        expect(self.page.get_by_test_id("today")).not_to_have_text(before, timeout=PASSING)
        expect(self.page.get_by_test_id("clock-progress")).to_be_hidden(timeout=PASSING)

    def look(self, name: str) -> None:
        if SHOTS:
            self.shots += 1
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{self.shots:02}-{name}.png")


class Demonstration:
    """The demonstration, which can be stopped in the middle and started again."""

    def __init__(self, data: Path, today: date = TODAY) -> None:
        self.data, self.today, self.stack, self.port = data, today, ExitStack(), 0

    def start(self) -> str:
        troupe = Troupe(make_app, run_due, imports.move_in)
        url = self.stack.enter_context(
            running(self.data, DEFINITION, troupe, port=self.port, today=self.today)
        )
        self.port = int(url.rsplit(":", 1)[1])
        return url

    def stop(self) -> None:
        self.stack.close()
