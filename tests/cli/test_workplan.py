"""`comity workplan import|export`: items from and to a spreadsheet, on behalf of somebody on the roster."""

from sqlmodel import select

from bot.agreement.workplan_files import COLUMNS
from bot.agreement.workplan_items import WorkplanItem
from bot.journal import Entry
from tests.cli.conftest import CommandLine

HEADER = ",".join(COLUMNS)
ROW = ",Study,A-COOP" + "," * (len(COLUMNS) - 3)
BAD = ",,A-NONE" + "," * (len(COLUMNS) - 3)


def items(comity: CommandLine) -> list[tuple[str, str]]:
    with comity.looking() as session:
        return [(row.scope, row.title) for row in session.exec(select(WorkplanItem)).all()]


def test_items_are_imported_on_behalf_of_a_person_and_the_record_says_so(moved_in: CommandLine) -> None:
    file = moved_in.file("items.csv", f"{HEADER}\n{ROW}\n")

    said = moved_in.done("workplan", "import", file, "--place", "Kenya", "--by", "U0ILOOTIENO")

    assert "the workplan for Kenya, version 1, on behalf of Samuel Otieno (ILO): 1 added" in said
    assert items(moved_in) == [("KE", "Study")]
    with moved_in.looking() as session:
        entry = session.exec(select(Entry).where(Entry.event == "items_imported")).one()
    assert entry.actor == "Samuel Otieno"
    assert '"operator"' in str(entry.facts) or "operator" in str(entry.facts)


def test_what_is_exported_says_nothing_new_when_it_is_imported(moved_in: CommandLine) -> None:
    file = moved_in.file("items.csv", f"{HEADER}\n{ROW}\n")
    moved_in.done("workplan", "import", file, "--by", "Amina Diallo")
    out = str(moved_in.folder / "out.xlsx")

    assert "1 item is in " in moved_in.done("workplan", "export", out)
    assert "Nothing changed" in moved_in.done("workplan", "import", out, "--by", "Amina Diallo")


def test_bad_rows_are_named_and_nothing_is_imported(moved_in: CommandLine) -> None:
    file = moved_in.file("items.csv", f"{HEADER}\n{ROW}\n{BAD}\n")

    found = moved_in.findings("workplan", "import", file, "--by", "Amina Diallo")

    assert [line[:21] for line in found[:2]] == ["Row 3, column title: ", "Row 3, column area: “"]
    assert items(moved_in) == []


def test_what_cannot_be_done_is_refused_in_one_sentence(moved_in: CommandLine) -> None:
    file = moved_in.file("items.csv", f"{HEADER}\n{ROW}\n")

    def refused(*words: str) -> str:
        return moved_in.refused("workplan", *words)

    assert "“Nobody” is not one person" in refused("import", file, "--by", "Nobody")
    assert "No shared channel serves “Mars”" in refused("import", file, "--place", "Mars", "--by", "Mei Chen")
    assert "kept by headquarters" in refused("import", file, "--by", "Grace Wanjiru")
    assert "There is no" in refused("import", str(moved_in.folder / "gone.csv"), "--by", "Mei Chen")
    assert refused("import", str(moved_in.folder), "--by", "Mei Chen")
    assert "There is no such workplan" in refused("export", str(moved_in.folder / "x.csv"))
    moved_in.done("workplan", "import", file, "--by", "Amina Diallo")
    assert refused("export", str(moved_in.folder / "no" / "x.csv"))
