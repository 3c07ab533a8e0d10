"""Renewal at the page: each side decides in a room of its own, and both are shown once both release (VII.1-4)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Demonstration, Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shots")]
SECRET = "The corridors are served well"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demonstration]:
    """Monday 5 August 2030, some days before the last safe day for a notice."""
    made = Demonstration(tmp_path / "demo", date(2030, 8, 5))
    yield made
    made.stop()


def room(reader: Reader, user: str) -> None:
    reader.sit_down(user)
    reader.write("/termination renewal")
    expect(reader.messages("renewal room (VII.1-4)").last).to_contain_text("Thursday 22 August 2030")


def decide(reader: Reader, user: str, choice: str, reasons: str) -> None:
    room(reader, user)
    reader.press("renewals.decide")
    expect(reader.field("choice")).to_be_visible()
    reader.tick("choice", [choice])
    reader.fill("reasons", reasons)
    reader.look(f"decide-{user}")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("modal")).to_contain_text("The signatory has decided")
    reader.look(f"decided-{user}")
    reader.page.get_by_test_id("modal-cancel").click()


def release(reader: Reader, user: str, then: str) -> None:
    room(reader, user)
    reader.press("renewals.release")
    expect(reader.page.get_by_test_id("modal")).to_contain_text("Release the decision")
    reader.look(f"release-{user}")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("modal")).to_contain_text(then)
    reader.look(f"released-{user}")
    reader.page.get_by_test_id("modal-cancel").click()


def test_vii_1_4_both_sides_decide_in_their_rooms_release_and_both_see_it(reader: Reader) -> None:
    reader.sit_down("U0ILOROMERO")
    reader.write("/termination renewal")
    reader.reads("Only ILO sees this room")
    reader.look("room-of-the-legal-officer")
    reader.press("renewals.prepare")
    expect(reader.field("choice")).to_be_visible()
    reader.tick("choice", ["Let the Agreement renew itself"])
    reader.fill("reasons", SECRET)
    reader.look("prepare")
    reader.submit(closes=False)
    reader.page.get_by_test_id("modal-cancel").click()

    decide(reader, "U0ILODIALLO", "Let the Agreement renew itself", SECRET)
    release(reader, "U0ILODIALLO", "is not told")
    room(reader, "U0IOMCOSTA")
    expect(reader.page.locator("body")).not_to_contain_text(SECRET)
    reader.look("the-other-room-shows-nothing")
    decide(reader, "U0IOMCOSTA", "Leave it open for now", "Our members have not been heard yet.")
    release(reader, "U0IOMCOSTA", SECRET)

    reader.read_letters("U0ILODIALLO")
    reader.reads("What both parties decided on renewal")
    reader.reads("Our members have not been heard yet.")
    reader.reads(
        "Without a notice received in time the Agreement renews itself at the end of Wednesday 23 October 2030"
    )
    reader.look("both-see-both")
