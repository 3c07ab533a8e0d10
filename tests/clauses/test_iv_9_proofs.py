"""IV.9: the final text is a numbered record, and people put on record where it was published."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.communications import CommunicationStatus
from bot.agreement.files import Record
from tests.clauses.drafting import (
    LIAISON,
    RELEASE,
    TEXT,
    at,
    cleared,
    refused,
    row,
    version,
)
from tests.handlers.pressing import buttons, modal_words
from tests.office import Office, words_of


def test_iv_9_the_final_text_is_a_numbered_joint_record(office: Office) -> None:
    cleared(office, marks=["ilo:mention"], strategy="not_relevant", strategy_note="A local matter.")
    at(office, RELEASE)

    with office.reading() as desk:
        record = desk.session.exec(select(Record)).one()
    assert record.number == "ILO-IOM/2026/001"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages)
    flat = " ".join(text.split())
    for words in (
        TEXT,
        "commence avant le départ",
        "Mei Chen",
        "David Okafor",
        "So do we.",
        "A local matter.",
    ):
        assert words in flat
    assert version(office).sha256 in flat.replace(" ", "")
    (file,) = [file for file in office.slack.files if file["name"] == "ILO-IOM-2026-001.pdf"]
    assert office.slack.contents(file["id"]) == record.content
    assert "Joint record: ILO-IOM/2026/001" in words_of(office.channel(LIAISON))


def publish(office: Office, name: str = "David Okafor", **changes: Any) -> Any:
    office.click(name, "communications.publish")
    result = office.submit(
        name, {"live_link": "https://iom.example/fair", "published_on": date(2026, 12, 1), **changes}
    )
    office.deliver()
    return result


def test_iv_9_people_record_where_it_was_published_and_the_second_is_told(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)
    office.click("Mei Chen", "communications.publish")

    assert publish(office).ok
    office.submit("Mei Chen", {"live_link": "https://ilo.example", "published_on": date(2026, 12, 1)})

    assert "Published. That was done by David Okafor (IOM)" in modal_words(office, "Mei Chen")
    said = words_of(office.channel(LIAISON))
    assert "*Published* on Tuesday 1 December 2026: <https://iom.example/fair>" in said
    assert row(office).status is CommunicationStatus.PUBLISHED


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"live_link": "iom"}, "live_link", "is not a web address"),
        ({"published_on": date(2026, 11, 30)}, "published_on", "lies between the release"),
        ({"published_on": date(2026, 12, 2)}, "published_on", "lies between the release"),
    ],
)
def test_iv_9_a_proof_is_a_link_and_a_day_since_the_release(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    cleared(office)
    at(office, RELEASE)

    assert said in publish(office, **changes).errors[field]


@pytest.mark.parametrize("name", ["Lucía Romero", "Yuki Tanaka", "Clara Novak", "Victor Lang"])
def test_iv_9_others_record_no_publication(office: Office, name: str) -> None:
    cleared(office)
    at(office, RELEASE)

    assert office.click(name, "communications.publish")
    assert len(refused(office)) == 1
    assert office.slack.modal(office.id(name)) is None


def test_iv_9_the_proof_is_asked_for_with_growing_pauses_until_it_is_there(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)

    def asked() -> int:
        return len([m for m in office.direct("David Okafor") if "The link is not on record yet" in m["text"]])

    office.pass_to(date(2026, 12, 2))
    office.tick()
    assert asked() == 1
    office.pass_to(date(2026, 12, 4))
    assert asked() == 2
    publish(office)
    office.pass_to(date(2026, 12, 20))
    assert asked() == 2


def test_iv_9_a_missing_proof_waits_in_the_home_of_both_officers(office: Office) -> None:
    cleared(office)
    at(office, RELEASE)

    for name, waits in (("Mei Chen", True), ("David Okafor", True), ("Amina Diallo", False)):
        assert (("communications.publish", "1") in buttons(office.home(name)["blocks"])) is waits
