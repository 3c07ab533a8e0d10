"""`comity contacts import`: the roster, whole or not at all."""

from datetime import date

import pytest
from freezegun import freeze_time
from sqlmodel import col, select

from bot.agreement.follow_ups import FollowUp
from bot.agreement.people import Identity, Mandate, Person, find, roles_of
from bot.agreement.rights import Role
from bot.journal import Entry
from bot.sandbox import seed
from tests.cli.conftest import CommandLine

HEADER = "party,name,slack_team_id,slack_user_id,office,roles,language,valid_from,valid_until,email"
AMINA = "ilo,Amina Diallo,T0ILO,U0AMINA,Headquarters,contact_point;signatory,en,2020-10-23,,a@ilo.example"
HELENA = "IOM,Helena Costa,T0IOM,U0HELENA,,alternate,,,,"


def roster(comity: CommandLine, *lines: str, header: str = HEADER) -> tuple[str, str, str]:
    """The words that import these lines."""
    return "contacts", "import", comity.file("people.csv", "\n".join([header, *lines]) + "\n")


def people(comity: CommandLine) -> dict[str, tuple[str, frozenset[Role]]]:
    """Who is on record: name → party and roles."""
    with comity.looking() as session:
        rows = session.exec(select(Person)).all()
        return {row.name: (row.party, roles_of(session, row)) for row in rows}


def journal(comity: CommandLine) -> list[str]:
    with comity.looking() as session:
        return list(session.exec(select(Entry.event).order_by(col(Entry.id))).all())


def test_people_come_on_record_with_their_roles(migrated: CommandLine) -> None:
    said = migrated.done(*roster(migrated, AMINA, HELENA))

    assert "2 added: Amina Diallo, Helena Costa; 0 changed; 0 as before." in said
    assert people(migrated) == {
        "Amina Diallo": ("ilo", {Role.CONTACT_POINT, Role.SIGNATORY}),
        "Helena Costa": ("iom", {Role.ALTERNATE}),
    }


def test_the_import_is_journalled_as_the_operators(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA))

    with migrated.looking() as session:
        entry = session.exec(select(Entry)).one()
    assert (entry.actor, entry.event, entry.clause) == ("secretariat", "roster_imported", "V.2-2")
    assert '"operator": ' in entry.facts


def test_the_same_file_twice_changes_nothing(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA, HELENA))

    said = migrated.done(*roster(migrated, AMINA, HELENA))

    assert said.strip() == "Nothing changed: all 2 rows are on record already."
    assert journal(migrated) == ["roster_imported"]


def test_a_changed_row_changes_the_person_and_their_roles(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA, HELENA))

    said = migrated.done(*roster(migrated, AMINA.replace("contact_point;signatory", "legal"), HELENA))

    assert "0 added; 1 changed: Amina Diallo; 1 as before." in said
    assert people(migrated)["Amina Diallo"] == ("ilo", {Role.LEGAL})


def test_whoever_is_left_out_stays_and_is_named(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA, HELENA))

    said = migrated.done(*roster(migrated, AMINA))

    assert "On record and not in the file, and left as they are: Helena Costa (IOM)." in said
    assert "Helena Costa" in people(migrated)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_file_as_spreadsheets_save_it_is_read(comity: CommandLine, encoding: str, delimiter: str) -> None:
    comity.done("migrate")
    line = AMINA.replace(";", "|").replace(",", delimiter).replace("|", ", ")
    text = f"{HEADER.replace(',', delimiter).upper()}\r\n\r\n{line}\r\n"

    comity.done("contacts", "import", comity.file("people.csv", text, encoding))

    assert people(comity) == {"Amina Diallo": ("ilo", {Role.CONTACT_POINT, Role.SIGNATORY})}


def test_roles_with_semicolons_may_stand_in_quotation_marks(comity: CommandLine) -> None:
    comity.done("migrate")
    text = f'{HEADER.replace(",", ";")}\nilo;Amina;T0ILO;U0AMINA;;"legal;alternate";;;;\n'

    comity.done("contacts", "import", comity.file("people.csv", text))

    assert people(comity) == {"Amina": ("ilo", {Role.LEGAL, Role.ALTERNATE})}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (AMINA.replace("ilo,", "wto,"), "column party: “wto” is not known here. Write one of: ilo, iom."),
        (
            AMINA.replace("contact_point", "contactpoint"),
            "column roles: “contactpoint” is not known here. Did you mean",
        ),
        (AMINA.replace("contact_point;signatory", ""), "column roles: the cell is empty."),
        (AMINA.replace("Amina Diallo", ""), "column name: the cell is empty."),
        (AMINA.replace("T0ILO", "ILO"), "column slack_team_id: “ILO” is not a number of Slack's"),
        (AMINA.replace("U0AMINA", "@amina"), "column slack_user_id: “@amina” is not a number of Slack's"),
        (AMINA.replace(",en,", ",de,"), "column language: “de” is not known here. Write one of: en, fr, es."),
        (AMINA.replace("2020-10-23", "23/10/2020"), "column valid_from: “23/10/2020” is not a date."),
        (AMINA.replace("2020-10-23", "2021-02-29"), "column valid_from: there is no day 2021-02-29."),
        (AMINA.replace("10-23,,", "10-23,2019-01-01,"), "column valid_until: 2019-01-01 comes before"),
        (AMINA.replace("a@ilo.example", "amina"), "column email: “amina” is not an e-mail address."),
        (
            AMINA + ",more",
            "column email: there are more cells after it than the header has columns (“more”).",
        ),
    ],
)
def test_a_bad_cell_is_named_with_its_row_its_column_and_the_cure(
    comity: CommandLine, line: str, said: str
) -> None:
    comity.done("migrate")

    found = comity.findings(*roster(comity, HELENA, line))

    assert found[0].startswith(f"Row 3, {said}")
    assert found[-1] == "Nothing was imported: one cell must be put right first."
    assert people(comity) == {}


def test_all_bad_rows_are_named_at_once(comity: CommandLine) -> None:
    comity.done("migrate")

    found = comity.findings(*roster(comity, "wto,,,,,,,,,", AMINA, AMINA))

    assert [line.split(":")[0] for line in found] == [
        "Row 2, column party",
        "Row 2, column name",
        "Row 2, column slack_team_id",
        "Row 2, column slack_user_id",
        "Row 2, column roles",
        "Row 4, column slack_user_id",
        "Nothing was imported",
    ]
    assert "row 3 is about the same person" in found[5]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (HEADER.replace("office", "bureau"), "column bureau: nobody reads this column."),
        (HEADER.replace(",email", ""), "column email: the header has no such column."),
        (HEADER.replace("email", "name"), "column name: the header has this column twice."),
        ("a,b,c", "column party: this is not the header of such a file."),
    ],
)
def test_a_wrong_header_is_refused(comity: CommandLine, header: str, said: str) -> None:
    comity.done("migrate")

    assert comity.findings(*roster(comity, AMINA, header=header))[0].startswith(f"Row 1, {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty: its first line must be party,name,"),
        ("né".encode("latin-1"), "is not text in UTF-8"),
        (b'party,"name\n', "is not a CSV file that can be read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(comity: CommandLine, content: bytes, said: str) -> None:
    comity.done("migrate")
    path = comity.folder / "people.csv"
    path.write_bytes(content)

    assert said in comity.refused("contacts", "import", str(path))


def test_a_file_that_is_not_there_and_a_folder_are_refused(comity: CommandLine) -> None:
    comity.done("migrate")

    assert "There is no file" in comity.refused("contacts", "import", "nope.csv")
    assert "cannot be read" in comity.refused("contacts", "import", str(comity.folder))


def test_a_file_with_only_a_header_changes_nothing(comity: CommandLine) -> None:
    comity.done("migrate")

    assert "the file has no rows" in comity.done(*roster(comity))


@freeze_time("2026-11-23 09:00")
def test_the_roster_of_the_demonstration_is_accepted(migrated: CommandLine) -> None:
    migrated.done("contacts", "import", migrated.file("people.csv", seed.contacts_csv()))

    with migrated.looking() as session:
        assert len(session.exec(select(Person)).all()) == 16
        assert find(session, Identity("T0ILO", "U0ILODIALLO")) is not None
        assert len(session.exec(select(Mandate)).all()) > 14


def test_a_contact_point_with_a_last_day_is_planned_to_be_spoken_of_before_it(migrated: CommandLine) -> None:
    """V.2-2: the party is told 30 and 7 days before, and no more once the last day is taken back."""
    ending = AMINA.replace("2020-10-23,,", "2020-10-23,2099-06-30,")
    migrated.done(*roster(migrated, ending, HELENA))
    with migrated.looking() as session:
        planned = session.exec(select(FollowUp)).all()
    migrated.done(*roster(migrated, AMINA, HELENA))
    with migrated.looking() as session:
        after = session.exec(select(FollowUp)).all()

    assert sorted((row.kind, row.step) for row in planned) == [
        ("designation_ends", "P30D"),
        ("designation_ends", "P7D"),
    ]
    assert after == []


def test_a_capacity_that_stays_keeps_the_days_it_was_designated_for(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA))
    until = date(2099, 6, 30)
    with migrated.looking() as session:
        person = session.exec(select(Person)).one()
        mandate = session.get_one(Mandate, (person.key, Role.CONTACT_POINT))
        mandate.valid_until = until
        session.add(mandate)
        session.commit()

    migrated.done(*roster(migrated, AMINA.replace("signatory", "legal")))

    with migrated.looking() as session:
        rows = session.exec(select(Mandate)).all()
    assert {row.role: row.valid_until for row in rows} == {Role.CONTACT_POINT: until, Role.LEGAL: None}


def test_whoever_changes_sides_is_somebody_new_and_the_import_says_so(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA, HELENA))

    said = migrated.done(*roster(migrated, AMINA.replace("ilo,", "iom,", 1), HELENA))

    assert "0 added; 0 changed; 1 as before." in said
    assert (
        "Amina Diallo changed sides, from ILO to IOM: somebody new on the roster of IOM from today." in said
    )
    assert "ILO is told what is left open." in said
    with migrated.looking() as session:
        rows = session.exec(
            select(Person).where(Person.name == "Amina Diallo").order_by(col(Person.id))
        ).all()
        assert [(row.party, row.has_moved) for row in rows] == [("ilo", True), ("iom", False)]
    assert "nothing in them was changed" in migrated.done("verify")


def test_whoever_changes_sides_ahead_of_time_is_refused_with_the_cure(migrated: CommandLine) -> None:
    migrated.done(*roster(migrated, AMINA, HELENA))
    ahead = AMINA.replace("ilo,", "iom,", 1).replace("2020-10-23", "2099-01-01")

    refused = migrated(*roster(migrated, ahead, HELENA))

    assert refused.exit_code == 1
    assert "this person serves ILO today" in refused.output
    assert "import this row on 2099-01-01 or later" in refused.output
