"""`comity report review`: the dossier of a period in four forms, from the same facts."""

import json
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from freezegun import freeze_time
from pypdf import PdfReader

from bot.agreement.definition import load
from tests.cli.conftest import CommandLine

KEYS = {
    "agreement",
    "title",
    "clause",
    "from",
    "until",
    "number",
    "held_on",
    "schedule",
    "sections",
    "parts",
    "tags",
    "cadence",
    "open_items",
}
SIGNS = ("Cadence: General review (clause V.3-2)", "Unknown, evidence wanted", "Friday 22 October 2027")


def report(comity: CommandLine, form: str, *more: str) -> bytes:
    """The dossier from the beginning to 23 November 2026."""
    out = comity.folder / f"review.{form}"
    period = ("--from", "2020-10-23", "--until", "2026-11-23")
    with freeze_time("2026-11-23 09:00"):
        comity.done("report", "review", *period, "--format", form, "-o", str(out), *more)
    return out.read_bytes()


def test_v_3_2_the_json_has_the_keys_that_others_rely_on(moved_in: CommandLine) -> None:
    found = json.loads(report(moved_in, "json"))

    assert set(found) == KEYS
    assert (found["clause"], found["from"], found["until"]) == ("V.3-2", "2020-10-23", "2026-11-23")
    assert found["schedule"] == {
        "reading": "windows",
        "scheduling": "fixed",
        "window_opens": "2025-10-23",
        "window_closes": "2027-10-22",
        "anniversary": "2027-10-23",
        "rolled": "2027-10-25",
        "proposed": "2027-10-22",
        "last_review": None,
        "rolling": None,
        "opens_on": "2027-04-22",
    }
    assert [section["section"] for section in found["sections"]] == [
        "exchanges",
        "meetings",
        "workplan",
        "contacts",
        "permissions",
        "communications",
        "instruments",
        "prospects",
        "difficulties",
        "adjustments",
    ]


def test_v_3_1_the_cadence_of_every_routine_is_told_and_nothing_is_called_late(moved_in: CommandLine) -> None:
    cadence = {each["duty"]: each for each in json.loads(report(moved_in, "json"))["cadence"]}

    assert set(cadence) == {"general-review", "meeting-global", "review-meeting", "exchange-prompt"}
    assert cadence["review-meeting"]["clause"] == "V.3-1"
    assert [row["standing"] for row in cadence["general-review"]["rows"]] == ["unknown", "unknown", "running"]
    assert [row["standing"] for row in cadence["meeting-global"]["rows"]] == ["unknown"] * 6 + ["running"]


@freeze_time("2026-11-23 09:00")
def test_v_3_2_what_history_brings_in_is_met_and_the_days_between_reviews_are_counted(
    moved_in: CommandLine,
) -> None:
    rows = (
        "clause,scope,due_on,met_on,evidence,note\n"
        "V.3-2,,2023-10-22,2023-10-10,Report 1,\n"
        "V.3-2,,2025-10-22,2025-10-20,Report 2,\n"
    )
    moved_in.done("history", "import", moved_in.file("history.csv", rows))

    (review,) = [
        each for each in json.loads(report(moved_in, "json"))["cadence"] if each["duty"] == "general-review"
    ]

    assert [(row["standing"], row["days_between"], row["within"]) for row in review["rows"]] == [
        ("met", None, None),
        ("met", 741, False),
        ("running", None, None),
    ]
    assert "741 days, which is more than 2 years" in report(moved_in, "html").decode()
    assert json.loads(report(moved_in, "json"))["schedule"]["rolling"] == "2027-10-20"


def test_ii_every_term_of_the_reported_taxonomies_is_there_and_untagged_is_not_nothing(
    moved_in: CommandLine,
) -> None:
    tags = json.loads(report(moved_in, "json"))["tags"]
    agreement = load("ilo-iom-2020")

    assert [tag["term"] for tag in tags if tag["taxonomy"] == "AG"] == [area.id for area in agreement.areas]
    assert {tag["count"] for tag in tags if tag["taxonomy"] == "AG"} == {0}
    assert {tag["count"] for tag in tags if tag["taxonomy"] in ("P10", "M4", "GA")} == {None}
    assert len([tag for tag in tags if tag["taxonomy"] == "P10"]) == 10


def test_the_page_is_whole_in_itself_and_can_be_read_aloud(moved_in: CommandLine) -> None:
    page = report(moved_in, "html").decode()

    ElementTree.fromstring(
        page.replace("<!DOCTYPE html>", "")
        .replace('<meta charset="utf-8">', "")
        .replace('<meta name="viewport" content="width=device-width, initial-scale=1">', "")
    )
    assert '<html lang="en-GB">' in page
    assert '<th scope="col">' in page
    assert "src=" not in page
    assert "http" not in page
    assert all(sign in page for sign in SIGNS)


def test_the_pdf_is_archivable_and_says_the_same(moved_in: CommandLine) -> None:
    made = report(moved_in, "pdf")
    reader = PdfReader(BytesIO(made))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert all(sign in text for sign in SIGNS)
    assert b"pdfaid:part" in made
    assert b"pdfuaid" in made
    assert "Working paper" in text


def test_the_docx_has_headings_and_tables_to_go_on_writing_in(moved_in: CommandLine) -> None:
    document = Document(BytesIO(report(moved_in, "docx")))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]

    assert "Cadence: General review (clause V.3-2)" in headings
    assert "8. Prospects and priorities for the next period (clause V.3-2)" in headings
    assert any(
        "Unknown, evidence wanted" in cell.text for row in document.tables[0].rows for cell in row.cells
    )


@freeze_time("2026-11-23 09:00")
def test_without_a_period_it_tells_of_the_present_window_in_the_form_of_the_files_ending(
    moved_in: CommandLine,
) -> None:
    out = moved_in.folder / "mine.docx"

    said = moved_in.done("report", "review", "-o", str(out))

    assert "from Thursday 23 October 2025 to Monday 23 November 2026" in said
    assert out.read_bytes().startswith(b"PK")


def test_a_period_in_what_the_term_cuts_short_has_no_window_and_is_told_all_the_same(
    moved_in: CommandLine,
) -> None:
    out = moved_in.folder / "late.json"
    moved_in.done("report", "review", "--from", "2029-11-01", "--until", "2029-12-01", "-o", str(out))
    page = moved_in.folder / "late.html"
    moved_in.done("report", "review", "--from", "2029-11-01", "--until", "2029-12-01", "-o", str(page))

    assert json.loads(out.read_text())["schedule"] is None
    assert "No whole review window is open" in page.read_text()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--format", "odt", "-o", "x"), "The option --format is “odt”"),
        (("--from", "2027-01-01", "--until", "2026-01-01", "-o", "x"), "comes before the first"),
        (("--from", "yesterday", "-o", "x"), "yesterday"),
        (("-o", "nowhere/x.html"), "The report could not be written to “nowhere/x.html”"),
        ((), "Missing option"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    comity: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    comity.done("migrate")

    assert sentence in comity.refused("report", "review", *words)


def test_without_a_database_the_cure_is_named(comity: CommandLine) -> None:
    refused = comity.refused("report", "review", "-o", "x.html")

    assert "run “comity migrate” first" in refused
    assert not Path("x.html").exists()
