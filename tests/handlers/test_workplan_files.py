"""IV.5 through the door: items go out as a file and come in whole or not at all, and no cell is ever evaluated."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from bot.agreement.files import Attachment
from bot.agreement.rows import ImportRefused
from bot.agreement.workplan_files import COLUMNS, PLAN_OF_ACTION, template_csv
from bot.agreement.workplan_items import ItemStatus, WorkplanItem
from bot.agreement.workplans import WorkplanStatus
from bot.csv_files import FileUnreadable
from bot.workplan_sheets import bare, neutral, read_items, sheet
from tests.handlers.pressing import press_told
from tests.office import Office, words_of
from tests.planning import KENYA, LIAISON, add, close_all, in_force, item, plans, progress, refusals, shown

HEADER = ",".join(COLUMNS)
FORMULAS = ['=HYPERLINK("http://evil.example";"x")', "+1+1", "-2", "@SUM(A1)", "\tx", "\rx"]


def table(*rows: dict[str, str]) -> bytes:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue().encode()


def bring(office: Office, content: bytes, name: str = "Amina Diallo", file: str = "items.csv") -> Any:
    office.command(name, "/workplan import")
    result = office.submit(name, {"file": (file, content)})
    office.deliver()
    return result


def items(office: Office) -> list[WorkplanItem]:
    with office.reading() as desk:
        return list(desk.session.exec(select(WorkplanItem).order_by(WorkplanItem.id)).all())  # type: ignore[arg-type]


def exported(office: Office, words: str, name: str = "Amina Diallo") -> Attachment:
    said = office.command(name, f"/workplan export {words}")
    office.deliver()
    assert "is in the thread of the workplan's card" in said
    file = [file for message in office.channel(LIAISON) for file in message.get("files", [])][-1]
    return Attachment(file["name"], office.slack.contents(file["id"]))


FULL = {
    "title": "Study",
    "area": "joint strategies",
    "themes": "research; Data",
    "priority": "Fair recruitment",
    "means": "1;2",
    "lead_party": "ILO",
    "lead_person": "mei chen",
    "partner": "World Bank",
    "constituents": "governments; member states",
    "country": "ke",
    "indicator": "Report",
    "target": "One",
    "due_on": "2027-01-20",
    "tags": "SDG 8.8; whole of government",
    "funding": "not funded",
    "funding_reason": "No donor yet",
    "status": "under way",
}


def test_items_come_from_a_csv_file_with_words_or_codes(office: Office) -> None:
    result = bring(office, table(FULL, {"title": "Second", "area": "A-COOP"}))

    assert result.ok
    first, second = items(office)
    assert (first.area, first.themes, first.priority, first.means) == ("A-STRAT", "data;research", "c", "1;2")
    assert (first.lead_party, first.constituents) == ("ilo", "governments;member_states")
    assert first.lead_person_id == office.person("Mei Chen").key
    assert (first.country, first.due_on, first.tags) == (
        "KE",
        date(2027, 1, 20),
        "SDG 8.8;whole_of_government",
    )
    assert (first.status, first.funding_reason) == (ItemStatus.UNDER_WAY, "No donor yet")
    assert (second.lead_party, second.status) == ("", ItemStatus.PLANNED)
    assert "imported items from “items.csv”: 2 added, 0 changed, 0 as before." in words_of(
        office.channel(LIAISON)
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_again_and_says_nothing_new(office: Office, kind: str) -> None:
    bring(office, table(FULL))

    file = exported(office, f"global {kind}")
    result = bring(office, file.content, file=file.name)

    assert file.name == f"workplan-global-2026-11-23.{kind}"
    assert list(result.errors) == ["file"]
    assert "the one row is on record already" in result.errors["file"]


def test_a_workbook_changes_the_items_whose_number_it_gives(office: Office) -> None:
    in_force(office)
    file = exported(office, "")
    book = load_workbook(io.BytesIO(file.content))
    page = book.active
    page["B2"], page["N2"], page["E2"] = "New title", date(2027, 2, 1), "c"
    page.append(["", "Added", "A-COOP"])
    sink = io.BytesIO()
    book.save(sink)

    assert bring(office, sink.getvalue(), file="changed.xlsx").ok

    assert [(row.number, row.title, row.due_on) for row in items(office)] == [
        ("2026/1", "New title", date(2027, 2, 1)),
        ("2026/2", "Added", None),
    ]
    assert [(plan.version, plan.status) for plan in plans(office)] == [
        (1, WorkplanStatus.IN_FORCE),
        (2, WorkplanStatus.DRAFT),
    ]


def test_progress_alone_that_comes_from_a_file_makes_no_new_version(office: Office) -> None:
    in_force(office)
    progress(office, "Mei Chen", "on_track")
    row = {"number": "2026/1", "title": "Study of recruitment costs", "area": "A-STRAT", "lead_party": "ilo"}

    assert bring(office, table({**row, "status": "done"})).ok

    assert item(office).status is ItemStatus.DONE
    assert [plan.version for plan in plans(office)] == [1]
    assert "*Where it stands:* done\n" in shown(office)


def test_one_bad_cell_keeps_every_row_out_and_each_is_named_with_its_cure(office: Office) -> None:
    bad = {
        "number": "2026/9",
        "title": "",
        "area": "A-NONE",
        "means": "1; 7",
        "lead_party": "who",
        "lead_person": "Nobody",
        "due_on": "1.2.2027",
        "maps_to": "x",
    }

    result = bring(office, table(FULL, bad))

    said = result.errors["file"]
    assert items(office) == []
    assert "Nothing was imported: 8 cells must be put right first." in said
    for sentence in (
        "Row 3, column number: this workplan has no item 2026/9.",
        "Row 3, column title: the cell is empty. Fill it in.",
        "Row 3, column area: “A-NONE” is not known here.",
        "Row 3, column means: “7” is not known here.",
        "Row 3, column lead_party: “who” is not known here.",
        "Row 3, column due_on: “1.2.2027” is not a date.",
        "Row 3, column maps_to: “x” is not an item of the global workplan",
    ):
        assert sentence in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_on": "2026-01-20"}, "column due_on: 2026-01-20 has passed."),
        ({"lead_person": "Helena Costa"}, "column lead_person: “Helena Costa” does not belong to the party"),
        ({"funding_reason": ""}, "column funding_reason: the reason why money or staff are missing"),
        ({"country": "XX"}, "column country: “XX” is not the code of a country."),
        ({"title": "x" * 151}, "column title: the text is longer than 150 characters."),
        ({"funding": "rich"}, "column funding: “rich” is not known here."),
    ],
)
def test_what_fits_the_columns_is_still_checked_as_in_the_form(
    office: Office, change: dict[str, str], sentence: str
) -> None:
    result = bring(office, table({**FULL, **change}))

    assert sentence in result.errors["file"]
    assert items(office) == []


def test_the_same_number_twice_is_refused(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    row = {"number": "2026/1", "title": "A", "area": "A-COOP"}

    result = bring(office, table(row, {**row, "title": "B"}))

    assert "row 2 is about the same thing" in result.errors["file"]
    assert item(office).title == "Study of recruitment costs"


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("a.csv", b"\xff\xfe\x00", "it is not text in UTF-8"),
        ("a.csv", HEADER.encode(), "it has no rows below its header"),
        ("a.csv", b"", "it has no rows below its header"),
        ("a.csv", b'number,title\n"x', "it is damaged, is of another kind"),
        ("a.csv", b"one,two\n1,2\n", "column number: this is not the header"),
        ("a.xlsx", b"no workbook", "it is damaged, is of another kind"),
        ("a.csv", table(*({"title": "x", "area": "A-COOP"} for _ in range(501))), "has more than 500 rows"),
    ],
)
def test_a_file_that_is_no_table_of_items_is_refused_with_the_cure(
    office: Office, file: str, content: bytes, sentence: str
) -> None:
    result = bring(office, content, file=file)

    assert sentence in result.errors["file"]
    assert items(office) == []


def test_without_a_file_the_field_says_so(office: Office) -> None:
    office.command("Amina Diallo", "/workplan import")

    result = office.submit("Amina Diallo", {})

    assert list(result.errors) == ["file"]


def test_a_workplan_may_begin_with_the_plan_of_action_of_2017(office: Office) -> None:
    office.command("Amina Diallo", "/workplan import")

    office.submit("Amina Diallo", {"source": "Begin with the 2017 plan of action (template)"})
    office.deliver()

    assert len(items(office)) == 23
    assert {row.due_on for row in items(office)} == {None}
    said = words_of(office.channel(LIAISON))
    assert "from the template of the 2017 plan of action: 23 added" in said
    assert "The dates of that plan have passed" in said
    listed = office.command("Amina Diallo", "/workplan show global")
    assert "Themes without a strategy" not in listed
    assert "*2026/23*" in press_told(office, "Amina Diallo", "workplans.items")


def test_every_row_of_the_template_says_what_it_is_and_that_its_date_has_passed() -> None:
    rows = read_items(Attachment("template.csv", template_csv(PLAN_OF_ACTION).encode()))

    assert len(rows) == 23
    for row in rows:
        assert not row.text("due_on")
        assert "passed" in row.text("target") or row.text("target") == "No date in the 2017 plan"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_that_begins_like_a_formula_leaves_as_one(text: str) -> None:
    row = ["2026/1", text, *[""] * (len(COLUMNS) - 2)]

    (line,) = list(csv.reader(io.StringIO(sheet("a.csv", [row]).content.decode("utf-8-sig"), newline="")))[1:]
    page = load_workbook(io.BytesIO(sheet("a.xlsx", [row]).content)).active

    assert line[1] == neutral(text) == f"'{text}"
    assert page["B2"].data_type == "s"
    assert str(page["B2"].value).startswith("'")
    assert bare(neutral(text)) == text


@pytest.mark.parametrize("text", ["'quoted", "plain", "a=b", "", "'"])
def test_other_cells_leave_as_they_are(text: str) -> None:
    assert neutral(text) == text
    assert bare(text) == text


def test_a_formula_in_a_workbook_stays_the_text_it_is(office: Office) -> None:
    book = Workbook()
    page = book.active
    page.append(COLUMNS)
    page.append(["", "=1+1", "A-COOP", "", "", 1, "", "", "", "", "", 2.0])
    sink = io.BytesIO()
    book.save(sink)

    bring(office, sink.getvalue(), file="a.xlsx")

    assert (item(office).title, item(office).means, item(office).indicator) == ("=1+1", "1", "2")
    assert b"'=1+1" in exported(office, "csv").content


def test_an_instant_in_a_cell_is_its_day() -> None:
    book = Workbook()
    page = book.active
    page.append(COLUMNS)
    page.append(["", "x", "A-COOP", *[""] * 10])
    page["N2"] = date(2027, 1, 20)
    sink = io.BytesIO()
    book.save(sink)

    (row,) = read_items(Attachment("a.xlsx", sink.getvalue()))

    assert row.day("due_on") == date(2027, 1, 20)


def test_a_workbook_without_a_known_header_is_refused() -> None:
    with pytest.raises((ImportRefused, FileUnreadable)):
        read_items(Attachment("a.xlsx", sheet("a.xlsx", []).content.replace(b"number", b"numero")))


@pytest.mark.parametrize("action", ["import", "export"])
@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Clara Novak"])
def test_nobody_without_a_mandate_imports_or_exports(office: Office, name: str, action: str) -> None:
    add(office)

    told = office.command(name, f"/workplan {action}")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


def test_a_button_exports_a_workbook_into_the_thread(office: Office) -> None:
    add(office, "Samuel Otieno", KENYA)
    close_all(office, "Samuel Otieno")

    told = office.click("Samuel Otieno", "workplans.export", where=KENYA)
    office.deliver()

    assert "workplan-KE-2026-11-23.xlsx" in told
    (shown,) = [message for message in office.channel(KENYA) if message.get("files")]
    assert shown["thread_ts"] == office.channel(KENYA)[0]["ts"]
    assert "The items of the workplan for Kenya, version 1, as they stand" in words_of([shown])
