"""IX.1 and IX.2-4: the joint record of a start, and what projects of before the gates become."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from alembic import command
from pypdf import PdfReader
from sqlalchemy import text

from bot import migrations
from bot.agreement.files import record_of
from bot.agreement.project_gates import GateStatus, gates_of
from bot.agreement.project_lines import lines_of
from bot.agreement.projects import JointProject, ProjectStatus
from bot.database import Database
from tests.clauses import preparing
from tests.clauses.preparing import Gate, enter, ready, start, ten_answers
from tests.office import Office


def pages(office: Office) -> str:
    with office.reading() as desk:
        record = record_of(desk.session, "project:1")
    assert record is not None
    read = PdfReader(BytesIO(record.content))
    return "\n".join(page.extract_text() for page in read.pages)


def test_ix_1_d_the_record_of_a_start_names_the_ten_principles_with_the_answers_of_both(
    office: Office,
) -> None:
    ready(office, without=Gate.DATA)
    ten_answers(office, "Ravi Menon", security="not_yet", plan="Encrypt & lock.", plan_on="2027-02-01")
    ten_answers(office, "Ines Martin")
    enter(office)
    start(office)

    said = " ".join(pages(office).split())
    assert "Joint project 2026/1: what was settled before its start" in said
    for words in ("Proportionality and necessity", "Accountability", "Encrypt & lock.", "A training manual"):
        assert words in said
    assert "No money passes between the parties." in said
    assert preparing.DIGEST[:20] in said


def test_ix_1_a_the_record_of_a_project_without_personal_data_says_why(office: Office) -> None:
    preparing.started(office)

    with office.reading() as desk:
        record = record_of(desk.session, "project:1")
    assert record is not None
    assert record.number == "ILO-IOM/2026/001"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'before.db'}")
    yield made
    made.close()


def test_ix_1_a_projects_of_before_the_gates_count_as_begun_and_show_what_is_missing(
    database: Database,
) -> None:
    """What refers to a project is kept through the migration, and an opportunity gets no gates."""
    migrations.upgrade(database)
    with database.writing() as session:
        command.downgrade(migrations._config(session.connection()), "0013")
        now = datetime(2026, 11, 23, 9, tzinfo=UTC).isoformat()
        rows = (
            "INSERT INTO person (id, party, name, team_id, user_id, office, language, email)"
            " VALUES (1, 'ilo', 'Mei Chen', 'T1', 'U1', '', 'en', '')",
            "INSERT INTO channel (channel_id, level, scope, posting_party, since)"
            " VALUES ('C1', 'global', '', 'ilo', '2026-11-01')",
            *(
                "INSERT INTO jointproject (id, year, seq, party, author_id, channel_id, kind, title, area,"
                " lead_party, starts_on, entered_at, status, outcome) VALUES"
                f" ({key}, 2026, {key}, 'ilo', 1, 'C1', '{kind}', 'x', 'A-COOP', 'ilo', '2026-11-01',"
                f" '{now}', 'running', '')"
                for key, kind in ((1, "project"), (2, "opportunity"))
            ),
            "INSERT INTO responsible (project_id, party, person_id) VALUES (1, 'ilo', 1)",
            "INSERT INTO projectline (project_id, party, person_id, at, text)"
            f" VALUES (1, 'ilo', 1, '{now}', 'It goes well.')",
        )
        for row in rows:
            session.connection().execute(text(row))

    migrations.upgrade(database)

    with database.reading() as session:
        project = session.get_one(JointProject, 1)
        assert (project.status, project.had_begun) == (ProjectStatus.RUNNING, True)
        assert project.starts_on == date(2026, 11, 1)
        assert {row.status for row in gates_of(session, 1).values()} == {GateStatus.MISSING}
        assert len(gates_of(session, 1)) == 4
        assert gates_of(session, 2) == {}
        assert [line.text for line in lines_of(session, 1)] == ["It goes well."]
