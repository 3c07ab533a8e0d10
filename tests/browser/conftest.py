"""A real browser in front of the demonstration; where there is no Chromium these tests skip and say so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import reader as readers
from tests.browser.reader import PATIENCE, Demonstration, Reader

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine; the walk through the page needs one")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demonstration]:
    made = Demonstration(tmp_path / "demo")
    yield made
    made.stop()


@pytest.fixture
def reader(demo: Demonstration, browser: Browser) -> Iterator[Reader]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", accept_downloads=True
    )
    made = Reader(context.new_page(), demo.start())
    yield made
    assert made.errors == []
    context.close()


@pytest.fixture
def shots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screenshots go into the test's own folder, unless somebody named another."""
    monkeypatch.setattr(readers, "SHOTS", readers.SHOTS or str(tmp_path / "shots"))
