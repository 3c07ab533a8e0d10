"""VII.2: when the Agreement has ended, its archive packs make themselves, once, each for its reader alone."""

import io
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

import pytest
from structlog.testing import capture_logs

from bot import restorations
from bot.agreement.archive_packs import Limits, keep_pack, readers_without
from bot.agreement.endings import end_agreement
from bot.agreement.ledger import NothingToSay
from bot.bootstrap import build as build_house
from bot.clock import Clock
from bot.database import Database
from bot.outbox import Address, Message, put
from bot.packs.verifier import examine
from bot.packs.zips import zip_pack
from bot.sandbox.demo import installations
from schedules.archive_packs import build, make
from schedules.timetable import run_due
from tests.clauses import amending, renewing
from tests.clauses.archiving import (
    HOLDERS,
    LIAISON,
    OTHERS,
    closing_letter,
    everything_in,
    hashes,
    journalled,
    packs,
    posted,
    stored,
    unzipped,
    verified_inside,
)
from tests.clauses.ending import LAST_DAY, PRIVATE_TO_ILO, after, ended, everything_open, give_notice
from tests.clauses.test_iv_11_funding import LEAD
from tests.handlers import disputing, noticing, permitting, restricting
from tests.office import DEFINITION, ZURICH, Office, Servers, words_of

MIDNIGHT = datetime(2026, 11, 28, 0, 0, tzinfo=ZURICH)
READERS = {"", "ilo", "iom"}
DRAFTED = "Because the governing body of Marula wishes it"
DECIDED = "Baobab weighs more than Acacia"
AMENDED = "Tamarind is too short for the field offices"
ASKED = "The Jacaranda study"


@pytest.fixture
def over(office: Office) -> Office:
    """The Agreement has ended, its routines are closed, and no pack is made."""
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    office.act(None, end_agreement)
    return office


def test_vii_2_a_pack_for_each_party_and_one_for_both_are_made_with_the_end(
    office: Office, tmp_path: Path
) -> None:
    ended(office)

    assert packs(office).keys() == READERS
    for reader, row in packs(office).items():
        folder = unzipped(stored(office, reader), tmp_path / f"pack-{reader}")
        found = examine(folder, row.seal)
        assert (found.flaws, found.seal) == ((), row.seal)
        assert verified_inside(folder)[0] == 0
        said = everything_in(stored(office, reader))
        assert "agreement_ended" in said
        assert "Survivor report" in said


def test_vii_2_a_pack_reaches_to_the_line_that_is_on_record_with_its_hashes(over: Office) -> None:
    assert make(over.house.secretariat) == 3

    lines = {line.subject: line for line in journalled(over)}
    for row in packs(over).values():
        line = lines[f"archive_pack:{row.id}"]
        assert row.sha256 in line.facts
        assert row.seal in line.facts
        assert f'"last_line": {row.last_line}' in line.facts
        assert (line.clause, line.party) == ("VII.2", "")
    assert packs(over)[""].last_line < min(line.id or 0 for line in lines.values())


def test_vii_2_without_an_end_or_before_its_closing_there_is_no_pack(office: Office) -> None:
    assert make(office.house.secretariat) == 0
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    assert make(office.house.secretariat) == 0
    assert packs(office) == {}


def test_vii_2_the_inside_is_what_the_command_writes_and_equal_facts_give_equal_bytes(
    over: Office, tmp_path: Path
) -> None:
    with over.reading() as desk:
        first, second = (build(over.house.secretariat, desk, "ilo") for _ in range(2))
        assert (first.sha256, first.content) == (second.sha256, second.content)
        assert first.content
    folder = unzipped(first.content, tmp_path / "pack")
    later = [path for path in folder.rglob("*") if path.is_file()]
    for path in later:
        os.utime(path, (2e9, 2e9))
    zip_pack(folder, tmp_path / "again.zip")

    assert (tmp_path / "again.zip").read_bytes() == first.content
    with ZipFile(io.BytesIO(first.content)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {"manifest.json", "verify.py", "README.txt", "journal.jsonl"} <= set(names)


@pytest.mark.parametrize("party", ["ilo", "iom"])
def test_vii_2_a_partys_pack_is_sent_to_its_holders_by_its_own_app_and_to_nobody_else(
    over: Office, party: str
) -> None:
    over.tick()

    mine = stored(over, party)
    for name in HOLDERS[party]:
        assert posted(over, name) == [mine]
        assert packs(over)[party].sha256 in words_of(over.direct(name))
    for name in (*OTHERS, *HOLDERS["iom" if party == "ilo" else "ilo"]):
        assert mine not in posted(over, name)
        assert packs(over)[party].sha256 not in words_of(over.direct(name))
    assert posted(over, LIAISON) == [stored(over, "")]


def test_vii_2_the_joint_pack_is_in_the_thread_of_the_card_which_says_what_both_may_know(
    over: Office,
) -> None:
    over.tick()

    (card,) = [m for m in over.channel(LIAISON) if m["text"].startswith("The ILO–IOM Agreement ended")]
    (file,) = [
        m for m in over.channel(LIAISON) if any(f["name"].startswith("archive-") for f in m.get("files", ()))
    ]
    assert file["thread_ts"] == card["ts"]
    said = words_of([card])
    assert hashes(said) == [packs(over)[""].sha256]
    for row in ("For both parties alike", "For ILO, with what is its own", "For IOM, with what is its own"):
        assert f"• {row}: made on Saturday 28 November 2026 at 00:00 (Geneva time)." in said
    assert "made, without" not in said


def test_vii_2_before_they_are_made_card_and_status_say_that_they_come(over: Office) -> None:
    over.deliver()

    awaited = "• To be made, without anybody's doing: for both parties alike; for ILO, with what is its own; "
    (card,) = [m for m in over.channel(LIAISON) if m["text"].startswith("The ILO–IOM Agreement ended")]
    assert awaited in words_of([card])
    assert awaited in over.command("Mei Chen", "/termination status")


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("Amina Diallo", {"", "ilo"}),
        ("Lucía Romero", {"", "ilo"}),
        ("Pierre Favre", {""}),
        ("Ravi Menon", {""}),
        ("Helena Costa", {"", "iom"}),
        ("Omar Haddad", {""}),
    ],
)
def test_vii_2_the_status_shows_the_hash_of_a_partys_pack_to_its_holders_alone(
    over: Office, name: str, sees: set[str]
) -> None:
    over.tick()

    shown = hashes(over.command(name, "/termination status"))
    assert set(shown) == {packs(over)[reader].sha256 for reader in sees}


def test_vii_2_the_status_through_the_other_partys_app_shows_no_hash_of_ones_own(over: Office) -> None:
    over.tick()

    said = over.click("Amina Diallo", "terminations.status", where="ilo-iom-horn-of-africa")
    assert hashes(said) == [packs(over)[""].sha256]


def private_acts(office: Office) -> None:
    """What the ILO does for itself alone, or with few: a notice, a decision, an amendment, a dispute, and more."""
    noticing.draft(office, reason=DRAFTED)
    renewing.prepare(office, reasons=DECIDED)
    renewing.decide(office, reasons=DECIDED)
    amending.drafted(office, purpose=AMENDED)
    disputing.raised(office)
    permitting.draft(office, product=ASKED)
    restricting.protected(office)
    restricting.share(office)


def test_vii_2_nothing_private_to_the_ilo_is_in_the_bytes_of_the_other_packs(office: Office) -> None:
    everything_open(office)
    private_acts(office)
    # That of another notice: what the ILO drafted lapses with the end.
    give_notice(office, notice_id=2)
    after(office)

    own = everything_in(stored(office, "ilo"))
    secrets = (DRAFTED, DECIDED, AMENDED, ASKED, str(LEAD["donor"]), restricting.TITLE, restricting.TEXT)
    secrets += (*PRIVATE_TO_ILO, *disputing.SECRETS, packs(office)["ilo"].sha256, packs(office)["ilo"].seal)
    for reader in ("", "iom"):
        theirs = everything_in(stored(office, reader))
        assert [secret for secret in secrets if secret in theirs] == []
        assert not any(
            event in theirs for event in ("notice_drafted", "amendment_drafted", "renewal_prepared")
        )
    assert all(title in own for title in (*PRIVATE_TO_ILO, "notice_drafted", "amendment_drafted"))
    for word in (restricting.TEXT, str(LEAD["donor"])):
        assert word not in own


@dataclass
class Dying:
    """A clock at the `last` look of which its process is gone."""

    clock: Clock
    last: int
    looks: int = field(default=0)

    def now(self) -> datetime:
        self.looks += 1
        if self.looks > self.last:
            raise Killed
        return self.clock.now()


class Killed(BaseException):
    """The process was ended from outside: nothing in it gets to see this."""


def said(office: Office) -> Counter[tuple[str, str]]:
    """How often each text stands in each channel and in each person's direct messages."""
    rooms = list(office.slack.state.channels)
    return Counter((room, message["text"]) for room in rooms for message in office.slack.messages(room))


def said_once(office: Office) -> None:
    assert len(journalled(office)) == len(packs(office)) == 3
    assert [text for text, times in said(office).items() if times > 1] == []
    for name in (*HOLDERS["ilo"], *HOLDERS["iom"], LIAISON):
        assert len(posted(office, name)) == 1


def test_vii_2_killed_at_any_moment_of_the_end_each_pack_is_made_and_said_once(office: Office) -> None:
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    deaths = 0
    for last in range(60):
        try:
            run_due(replace(office.house.secretariat, clock=Dying(office.clock, last)))
        except Killed:
            deaths += 1
            office.deliver()
    office.tick()

    assert deaths > 5
    said_once(office)


KILLED = """
import os, sys
from sqlalchemy import text
from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.definition import load
from bot.clock import MovableClock
from bot.database import Database
from bot.secretariat import Secretariat
from datetime import datetime
from pathlib import Path
from schedules.timetable import run_due

url, now = sys.argv[1:]
database, definition = Database(url), load("ilo-iom-2020")

class Dying(MovableClock):
    def now(self):
        with database.reading() as session:
            if session.connection().execute(text("SELECT count(*) FROM archive_pack")).scalar():
                os.kill(os.getpid(), 9)
        return super().now()

calendar = JointCalendar([load_calendar(Path("none"), party.calendar) for party in definition.parties])
clock = Dying(datetime.fromisoformat(now))
run_due(Secretariat(database, clock, definition, calendar, frozenset({"ilo", "iom"})))
"""


def test_vii_2_after_kill_9_between_two_packs_the_rest_is_made_and_nothing_twice(office: Office) -> None:
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    url = str(office.database.engine.url)
    killed = subprocess.run([sys.executable, "-c", KILLED, url, MIDNIGHT.isoformat()], check=False)

    assert killed.returncode == -9
    assert packs(office).keys() == {""}
    office.tick()
    office.tick()
    said_once(office)


def ticking_together(office: Office) -> None:
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    clocks = [replace(office.house.secretariat) for _ in range(4)]
    together = Barrier(len(clocks))

    def tick(number: int) -> int:
        together.wait()
        return run_due(clocks[number])

    with ThreadPoolExecutor(len(clocks)) as pool:
        list(pool.map(tick, range(len(clocks))))
    office.tick()
    said_once(office)


def test_vii_2_four_clocks_at_once_make_each_pack_once(office: Office) -> None:
    ticking_together(office)


@pytest.mark.postgres
def test_vii_2_four_clocks_at_once_make_each_pack_once_on_postgresql(office_on_postgres: Office) -> None:
    ticking_together(office_on_postgres)
    for reader, row in packs(office_on_postgres).items():
        assert row.sha256 in hashes(words_of(office_on_postgres.channel(LIAISON))) or reader


def test_vii_2_of_two_packs_made_for_one_reader_the_first_stands(over: Office) -> None:
    with over.reading() as desk:
        made = build(over.house.secretariat, desk, "iom")
    over.act(None, keep_pack, made=made)

    with pytest.raises(NothingToSay):
        over.act(None, keep_pack, made=made)
    with over.reading() as desk:
        assert readers_without(desk.session, desk.definition) == ("", "ilo")


def test_vii_2_one_that_cannot_be_made_holds_up_nothing_and_comes_in_the_next_hour(over: Office) -> None:
    key = f"ilo-iom-2020:archive_pack_made:{LAST_DAY}:ilo:packs/own:ilo:{over.id('Amina Diallo')}"
    with over.database.writing() as session:
        to = Address("ilo", over.id("Amina Diallo"))
        put(session, key=key, to=to, message=Message("x"), letter="x", now=over.clock.now())
    with capture_logs() as logs:
        over.tick()
        over.tick()

    assert [entry["reader"] for entry in logs if entry["event"] == "archive_pack_not_made"] == ["ilo"] * 2
    assert packs(over).keys() == {"", "iom"}
    card = words_of(over.channel(LIAISON))
    assert "• Still to be made, without anybody's doing: for ILO, with what is its own" in card
    with over.database.recording() as connection:
        connection.exec_driver_sql("DELETE FROM outbox WHERE letter = 'x'")
    over.tick()
    assert packs(over).keys() == {"", "iom"}
    over.clock.move_to(MIDNIGHT.replace(hour=1))
    over.tick()
    assert packs(over).keys() == READERS


def test_vii_2_a_database_that_takes_no_pack_does_not_keep_the_agreement_from_ending(office: Office) -> None:
    give_notice(office)
    office.clock.move_to(MIDNIGHT)
    with office.database.recording() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON archive_pack BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    office.tick()

    assert len(journalled(office, "agreement_ended")) == 1
    assert len(closing_letter(office, "Amina Diallo")) == 1
    assert (packs(office), journalled(office)) == ({}, [])
    with office.database.recording() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_room")
    office.clock.move_to(MIDNIGHT.replace(hour=1))
    office.tick()
    said_once(office)


def test_vii_2_a_party_whose_app_is_turned_off_gets_its_pack_when_it_is_back(over: Office) -> None:
    app = next(app for app in over.slack.state.apps.values() if app.team_id == "T0IOM")
    over.slack.revoke(app.token)
    over.tick()

    assert packs(over).keys() == READERS
    assert [posted(over, name) for name in HOLDERS["ilo"]] == [[stored(over, "ilo")]] * 2
    assert [posted(over, name) for name in HOLDERS["iom"]] == [[], []]
    assert stored(over, "") in posted(over, LIAISON)


@pytest.fixture
def without_iom(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """The same, where only the ILO has the app."""
    with Office(tmp_path, f"sqlite:///{tmp_path / 'comity.db'}", servers, parties=("ilo",)) as made:
        yield made.move_in()


def test_vii_2_where_a_party_has_no_app_its_pack_goes_through_nobody_elses_and_it_is_told_how_to_get_it(
    without_iom: Office,
) -> None:
    ended(without_iom)

    assert packs(without_iom).keys() == READERS
    sent = [without_iom.slack.contents(file["id"]) for file in without_iom.slack.files]
    assert stored(without_iom, "iom") not in sent
    assert stored(without_iom, "ilo") in sent
    rooms = [words_of(without_iom.slack.messages(room)) for room in without_iom.slack.state.channels]
    assert any("please ask whoever runs this service for it" in room for room in rooms)
    assert any("`comity packs --write DIR --party iom`" in room for room in rooms)
    assert not any(packs(without_iom)["iom"].sha256 in room for room in rooms)


def test_vii_2_the_closing_letter_says_where_ones_own_archive_comes(office: Office) -> None:
    ended(office)

    for name, party in (("Amina Diallo", "ILO"), ("Ines Martin", "IOM")):
        told = words_of(closing_letter(office, name))
        assert f"{party}'s own archive, with what is private to {party}, goes to its contact points" in told
        assert "comity" not in told


def test_vii_2_a_pack_too_large_for_slack_is_kept_and_it_is_said_where(over: Office) -> None:
    assert make(over.house.secretariat, Limits(shown=1000)) == 3
    over.deliver()

    for reader in READERS:
        assert stored(over, reader)
    for name in (LIAISON, *HOLDERS["ilo"], *HOLDERS["iom"]):
        assert posted(over, name) == []
    assert "`comity packs --write DIR --party ilo` and hands it over" in words_of(over.direct("Lucía Romero"))
    (told,) = [m for m in over.channel(LIAISON) if "too large to be sent here" in m["text"]]
    assert told["thread_ts"]
    assert "comity packs --write DIR" in told["text"]


def test_vii_2_a_pack_too_large_to_be_kept_is_on_record_and_not_asked_for_again(over: Office) -> None:
    assert make(over.house.secretariat, Limits(kept=1000)) == 3
    over.deliver()
    over.tick()

    assert {row.file_id for row in packs(over).values()} == {None}
    assert len(journalled(over)) == 3
    assert "too large to be sent or kept" in words_of(over.direct("Helena Costa"))
    assert "comity export DIR --party iom" in words_of(over.direct("Helena Costa"))


def test_vii_2_a_restored_older_copy_makes_the_packs_anew_and_posts_none_of_them_twice(
    over: Office, tmp_path: Path
) -> None:
    over.deliver()
    copied_at = over.clock.now()
    source = sqlite3.connect(over.database.engine.url.database or "")
    with closing(source), closing(sqlite3.connect(tmp_path / "copy.db")) as target:
        source.backup(target)
    over.tick()
    before = said(over)
    over.clock.move_to(MIDNIGHT.replace(hour=9))

    with closing(Database(f"sqlite:///{tmp_path / 'copy.db'}")) as database:
        with database.writing() as session:
            restorations.note(session, copied_at, over.clock.now())
        house = build_house(
            definition=DEFINITION,
            database=database,
            clock=over.clock,
            installations=installations(over.slack),
            api_url=f"{over.servers.slack.url}/api/",
            data=tmp_path,
        )
        assert make(house.secretariat) == 3
        for _ in range(200):
            over.clock.move_to(
                over.clock.now().replace(microsecond=0) + (MIDNIGHT.replace(minute=1) - MIDNIGHT)
            )
            if not house.delivery.round():
                break

    assert said(over) == before
    for name in (*HOLDERS["ilo"], *HOLDERS["iom"], LIAISON):
        assert len(posted(over, name)) == 1


def test_vii_2_the_readme_says_what_the_gaps_in_its_numbers_do_not_mean(over: Office) -> None:
    over.tick()

    said = everything_in(stored(over, "iom"))
    assert "Lines, rows and files keep the numbers that they have in the whole record" in said
    assert "A gap does not say which of these it is" in said
