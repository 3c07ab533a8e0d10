"""A backup on a running bot and its restoration, rehearsed through the door: nothing is said twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from bot import outbox
from bot.agreement.files import Attachment, keep
from bot.bootstrap import House, build
from bot.copies.making import Copied, make_copy
from bot.copies.restoring import put_back
from bot.database import Database
from bot.journal import faults
from bot.migrations import upgrade
from bot.sandbox.demo import installations
from schedules.timetable import run_due
from tests.handlers.test_exchanges import LIAISON, UPDATE, share, shared
from tests.office import DEFINITION, ZURICH, Office, Servers

BEFORE, AFTER = date(2026, 12, 1), date(2026, 12, 18)
LARGE = 8 * 1024 * 1024


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations on a SQLite database as an operator has it, on Tuesday 1 December 2026."""
    data = tmp_path / "data"
    data.mkdir()
    url = f"sqlite:///{data / 'comity.db'}"
    with closing(Database(url)) as database:
        upgrade(database)
    with Office(data, url, servers, datetime(2026, 11, 23, 10, tzinfo=ZURICH)) as made:
        made.move_in().pass_to(BEFORE)
        yield made


def copy(office: Office, folder: Path) -> Copied:
    return make_copy(folder / "data" / "comity.db", folder / "data", folder / "copy.zip", office.clock.now())


@contextmanager
def restored(office: Office, folder: Path) -> Iterator[House]:
    """The bot on the copy, in a data directory of its own, with the same Slack."""
    data = folder / "restored"
    put_back(folder / "copy.zip", data / "comity.db", data, office.clock.now())
    with closing(Database(f"sqlite:///{data / 'comity.db'}")) as database:
        yield build(
            definition=DEFINITION,
            database=database,
            clock=office.clock,
            installations=installations(office.slack),
            api_url=f"{office.servers.slack.url}/api/",
            data=data,
            pace=timedelta(0),
            look_again=timedelta(0),
        )


def work(house: House) -> None:
    """What the bot does in the next minutes: asks what is due, and delivers."""
    run_due(house.secretariat)
    for _ in range(500):
        if not house.delivery.round():
            return
    raise AssertionError("the outbox does not empty")


def said(office: Office) -> Counter[tuple[str, str]]:
    """How often each text stands in each channel and in each person's direct messages."""
    rooms = list(office.slack.state.channels)
    return Counter((room, message["text"]) for room in rooms for message in office.slack.messages(room))


def test_what_the_clock_and_people_said_after_the_copy_is_not_said_again(
    office: Office, tmp_path: Path
) -> None:
    share(office, subject="Before the copy")
    copy(office, tmp_path)
    office.pass_to(AFTER)
    share(office, subject="After the copy")
    before = said(office)

    with restored(office, tmp_path) as house:
        work(house)

        assert said(office) == before
        with house.database.reading() as session:
            assert outbox.backlog(session) == 0
            assert list(faults(session)) == []
    assert any("Information exchange" in text for _, text in before)
    assert any("After the copy" in text for _, text in before)
    assert {room[0] for room, _ in before} == {"C", "D"}
    assert set(before.values()) == {1}


def test_what_waited_in_the_copy_and_has_left_since_is_not_said_again(office: Office, tmp_path: Path) -> None:
    office.command("Mei Chen", "/exchange share", channel=LIAISON)
    office.submit("Mei Chen", {**UPDATE, "subject": "Still waiting when the copy was made"})
    copy(office, tmp_path)
    office.deliver()
    before = said(office)

    with restored(office, tmp_path) as house:
        work(house)

    assert said(office) == before
    assert any("Still waiting" in text for _, text in before)


def test_what_waited_in_the_copy_and_never_left_is_said_once(office: Office, tmp_path: Path) -> None:
    office.command("Mei Chen", "/exchange share", channel=LIAISON)
    office.submit("Mei Chen", {**UPDATE, "subject": "Never left"})
    copy(office, tmp_path)

    with restored(office, tmp_path) as house:
        work(house)

    assert (
        sum(
            count
            for (room, text), count in said(office).items()
            if "Never left" in text and room == "C0LIAISON"
        )
        == 1
    )


def test_after_a_restoration_what_falls_due_later_is_said_once(office: Office, tmp_path: Path) -> None:
    copy(office, tmp_path)
    before = said(office)

    with restored(office, tmp_path) as house:
        for day in range(1, 18):
            office.clock.move_to(datetime(2026, 12, 1 + day, 10, tzinfo=ZURICH))
            work(house)

    new = said(office) - before
    assert [count for (room, text), count in new.items() if room == "C0KENYA"] == [1]


def test_a_copy_is_whole_although_people_share_while_it_is_made(office: Office, tmp_path: Path) -> None:
    with office.database.writing() as session:
        keep(session, Attachment("large.bin", bytes(range(256)) * (LARGE // 256)))
    stop, done = Event(), []

    def people() -> None:
        while not stop.is_set():
            done.append(share(office, subject=f"Shared meanwhile, {len(done)}").ok)

    thread = Thread(target=people)
    thread.start()
    try:
        copies = [
            make_copy(
                tmp_path / "data" / "comity.db", tmp_path / "data", tmp_path / f"{n}.zip", office.clock.now()
            )
            for n in range(4)
        ]
    finally:
        stop.set()
        thread.join()

    lines = [made.manifest.lines for made in copies]
    assert all(done)
    assert [made.findings for made in copies] == [[], [], [], []]
    assert lines == sorted(lines)
    assert lines[-1] > lines[0]
    assert len(shared(office)) == len(done)
