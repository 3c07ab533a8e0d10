"""What was asked before permissions had a whole life keeps its meaning, and its material has a fingerprint."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import migrations
from bot.agreement.channels import Channel, Level
from bot.agreement.emblem_history import EmblemVersion
from bot.agreement.emblem_plans import CostBearer, Mark
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.files import StoredFile
from bot.agreement.people import Person
from bot.database import Database

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OLDER = {
    EmblemStatus.IN_USE: "approved",
    EmblemStatus.EXPIRED: "lapsed",
    EmblemStatus.SUBMITTED: "submitted",
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{tmp_path / 'comity.db'}"
    made = Database(url)
    yield made
    made.close()


def asked(seq: int, status: EmblemStatus, file_id: int | None) -> EmblemRequest:
    return EmblemRequest(
        year=2026,
        seq=seq,
        asking_party="ilo",
        owner_party="iom",
        asked_by=1,
        asked_at=NOW,
        channel_id="C1",
        mark=Mark.IP,
        purpose="p",
        product="p",
        audience="a",
        use_from=date(2027, 1, 1),
        use_until=date(2027, 2, 1),
        needed_by=date(2027, 1, 1),
        mockup_text="Words" if file_id is None else " ",
        mockup_file_id=file_id,
        status=status,
        answer_by=date(2026, 12, 1),
    )


def test_older_requests_become_the_first_version_of_their_material(database: Database) -> None:
    from alembic import command

    migrations.upgrade(database)
    with database.writing() as session:
        session.add(Person(party="ilo", name="Mei Chen", team_id="T1", user_id="U1"))
        session.add(
            Channel(channel_id="C1", level=Level.GLOBAL, scope="", posting_party="ilo", since=NOW.date())
        )
        session.add(StoredFile(name="cover.png", sha256=sha256(b"cover").hexdigest(), content=b"cover"))
        session.flush()
        session.add_all(
            asked(seq, status, 1 if seq == 1 else None) for seq, status in enumerate(OLDER, start=1)
        )
    with database.writing() as session:
        command.downgrade(migrations._config(session.connection()), "0014-1")
        known = session.connection().execute(text("SELECT status, mark FROM emblemrequest ORDER BY id")).all()
    assert [tuple(row) for row in known] == [(older, "trademark") for older in OLDER.values()]

    migrations.upgrade(database)

    with database.reading() as session:
        rows = session.exec(select(EmblemVersion).order_by(EmblemVersion.request_id)).all()
        kept = session.get_one(EmblemRequest, 1)
    words = sha256(b"Words").hexdigest()
    assert [(row.text_sha256, row.file_sha256) for row in rows] == [
        ("", sha256(b"cover").hexdigest()),
        (words, ""),
        (words, ""),
    ]
    assert (rows[0].at, rows[0].by, kept.version, kept.cost) == (NOW, 1, 1, CostBearer.ASKING)
