"""A project at the page: its four questions answered by one side, confirmed by the other (IX.1, IX.2-4)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shots")]
TITLE = "Fair recruitment in the corridor"
PROJECT = "Joint project 2026/1"
DIGEST = "ab" * 32


def enter(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    reader.write("/exchange project add")
    expect(reader.field("kind")).to_be_visible()
    reader.tick("kind", ["joint project"])
    reader.fill("subject", TITLE)
    reader.choose("area", "cooperation")
    reader.fill("starts_on", "2026-12-01")
    reader.look("project-form")
    reader.submit(closes=False)
    reader.page.get_by_test_id("modal-cancel").click()
    expect(card(reader)).to_contain_text("In preparation.")
    reader.look("in-preparation")


def card(reader: Reader) -> Locator:
    return reader.messages(PROJECT).first


def gate(reader: Reader, user: str, name: str) -> None:
    """See one of the four questions from the project's card, and wait for what only this person sees."""
    reader.sit_down(user)
    card(reader).get_by_test_id(f"action-projects.{name}").click()
    expect(reader.messages("Only visible to you").last).to_contain_text("Project 2026/1")


def form(reader: Reader, action: str) -> None:
    reader.press(action)
    expect(reader.page.get_by_test_id("modal")).to_be_visible()


def answer(reader: Reader) -> None:
    """The ILO's contact point answers for three of the four questions."""
    gate(reader, "U0ILODIALLO", "agreement")
    form(reader, "project_gates.propose")
    reader.tick("answer", ["No written agreement is needed"])
    reader.fill("reason", "No money passes between the parties.")
    reader.look("agreement-form")
    reader.submit()
    gate(reader, "U0ILODIALLO", "items")
    form(reader, "project_items.add")
    reader.fill("item", "The workshops in Geneva")
    reader.choose("owner", "Amina Diallo")
    reader.look("item-form")
    reader.submit()
    gate(reader, "U0ILODIALLO", "ownership")
    form(reader, "project_results.add")
    reader.tick("kind", ["produced by the project"])
    reader.fill("result", "A training manual")
    reader.tick("owner", ["both"])
    reader.look("ownership-line-form")
    reader.submit()
    gate(reader, "U0ILODIALLO", "ownership")
    form(reader, "project_gates.propose")
    reader.fill("kept_at", "Registry, file IR/12")
    reader.fill("digest", "no fingerprint")
    reader.submit(closes=False)
    expect(reader.page.get_by_test_id("error-digest")).to_contain_text("has 64 characters")
    reader.look("ownership-form-error")
    reader.fill("digest", DIGEST)
    reader.submit()


def cannot_start_yet(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    card(reader).get_by_test_id("action-projects.start").click()
    reader.reads("2026/1 cannot start yet. Still to be settled by both parties")
    reader.look("not-yet")


def confirm(reader: Reader) -> None:
    """IOM's contact point confirms each from her own letters, reading once more what it is."""
    for question in ("the written agreement", "who answers for what", "who owns what"):
        reader.read_letters("U0IOMCOSTA")
        letter = reader.messages("please confirm").filter(has_text=f": {question}.").last
        letter.get_by_test_id("action-project_gates.confirm").click()
        expect(reader.page.get_by_test_id("modal")).to_contain_text("You confirm for your party")
        reader.look(f"confirm-{question.replace(' ', '-')}")
        reader.submit()


def no_personal_data(reader: Reader, user: str) -> None:
    """Each party's data steward answers for that party."""
    reader.read_letters(user)
    reader.press("project_data.answer")
    expect(reader.field("processes")).to_be_visible()
    reader.tick("processes", ["No, for the reason below"])
    reader.fill("reason", "Only published statistics are used.")
    reader.look(f"data-{user}")
    reader.submit()


def test_ix_1_a_project_starts_once_all_four_questions_are_settled_by_both(reader: Reader) -> None:
    enter(reader)
    answer(reader)
    cannot_start_yet(reader)
    confirm(reader)
    for user in ("U0ILOMENON", "U0IOMMARTIN"):
        no_personal_data(reader, user)

    reader.read_letters("U0IOMCOSTA")
    reader.reads("Project 2026/1 may start")
    reader.look("may-start")
    reader.press("projects.start")
    reader.reads("Started by Helena Costa (IOM)")

    reader.sit_down("U0IOMOKAFOR")
    expect(card(reader)).to_contain_text("Started by Helena Costa (IOM)")
    card(reader).get_by_test_id("thread-link").click()
    assert reader.download("ILO-IOM-2026-001.pdf").startswith(b"%PDF")
    reader.look("started")
