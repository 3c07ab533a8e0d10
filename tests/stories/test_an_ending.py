"""A story of an ending: the last day, midnight, a year of silence but for what lives on, and days away."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from bot.agreement.closed_cases import ClosedCase
from bot.agreement.files import Record
from bot.agreement.instruments import Instrument, InstrumentStatus
from bot.agreement.ledger import NothingToSay
from bot.journal import Entry
from bot.packs.verifier import examine
from schedules.endings import end
from schedules.timetable import run_due
from tests.clauses import archiving
from tests.clauses.ending import everything_open, give_notice
from tests.clauses.exchanging import share
from tests.handlers import restricting, test_instruments
from tests.office import ZURICH, Office, words_of

LAST_DAY = date(2026, 11, 27)
LIAISON, HORN, KENYA = "ilo-iom-liaison", "ilo-iom-horn-of-africa", "ilo-iom-east-africa"


def said_everywhere(office: Office) -> list[str]:
    rooms = [message for room in (LIAISON, HORN, KENYA) for message in office.channel(room)]
    people = [message for name in ("Amina Diallo", "Helena Costa") for message in office.direct(name)]
    return [message["text"] for message in (*rooms, *people)]


def journalled(office: Office, event: str) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(Entry).where(Entry.event == event)).all())


def test_the_agreement_ends_and_what_lives_on_lives_on(office: Office, tmp_path: Path) -> None:
    begin(office)
    give_notice(office, LAST_DAY)
    assert "the Agreement ends at the end of Friday 27 November 2026*" in office.command(
        "Grace Wanjiru", "/agreement status"
    )

    # Friday, ten minutes to midnight: everything still works.
    office.clock.move_to(datetime(2026, 11, 27, 23, 50, tzinfo=ZURICH))
    office.tick()
    assert share(office, "Helena Costa").ok
    assert journalled(office, "agreement_ended") == 0

    midnight(office)
    report(office)

    # Saturday: a new request is refused with the reason, and what lives on can be looked at.
    refused = office.command("Mei Chen", "/emblem request")
    assert "The Agreement ended at the end of Friday 27 November 2026, by a notice under VII.1-2" in refused
    assert "Labour mobility in the Horn of Africa" in office.command("Mei Chen", "/termination status")

    thirteen_months(office)
    archives(office, tmp_path)


def begin(office: Office) -> None:
    """Monday: a supplementary agreement is in force, something restricted travels, and much is open."""
    test_instruments.in_force(office)
    restricting.protected(office)
    restricting.share(office)
    everything_open(office)


def midnight(office: Office) -> None:
    """Two clocks see it, each twice; it ends once, at an hour at which nothing else is said."""
    office.clock.move_to(datetime(2026, 11, 28, 0, 0, tzinfo=ZURICH))
    with office.reading() as desk:
        deeds = end(desk)
    assert len(deeds) == 1
    for _ in range(2):
        run_due(office.house.secretariat)
        office.house.secretariat.act_together(deeds, (NothingToSay,))
    office.deliver()

    assert journalled(office, "agreement_ended") == 1
    said = said_everywhere(office)
    # One card and two channels' letters; the two people each read one letter.
    assert sum(text.startswith("The ILO–IOM Agreement ended at the end of") for text in said) == 5


def report(office: Office) -> None:
    """What was closed is on record, and the survivor report is named to those who file it."""
    with office.reading() as desk:
        records = desk.session.exec(select(Record).where(Record.subject == "ending:1")).all()
        assert {row.language for row in records} == {"en", "es", "fr"}
        (number,) = {row.number for row in records}
        assert len(desk.session.exec(select(ClosedCase)).all()) > 10
    assert number in words_of(archiving.closing_letter(office, "Amina Diallo"))


def thirteen_months(office: Office) -> None:
    """Nothing is said but by what lives on: an agreement beside this one, and a deletion on its day."""
    before = set(said_everywhere(office))
    while office.today < date(2028, 1, 5):
        office.clock.move_to(office.clock.now().replace(hour=9) + timedelta(days=4))
        office.tick()

    new = [text for text in said_everywhere(office) if text not in before]
    assert new
    living = ("Labour mobility in the Horn of Africa", "Restricted information 2026/1 was deleted")
    assert [text for text in new if not any(part in text for part in living)] == []
    with office.reading() as desk:
        assert desk.session.exec(select(Instrument)).one().status is InstrumentStatus.ENDED
    assert journalled(office, "restricted_purged") == 1


def archives(office: Office, tmp_path: Path) -> None:
    """The registries: a pack for each party, and one for both, made that midnight and whole a year later."""
    assert archiving.packs(office).keys() == {"", "ilo", "iom"}
    for party, row in archiving.packs(office).items():
        folder = archiving.unzipped(archiving.stored(office, party), tmp_path / f"archive-{party or 'both'}")
        assert examine(folder, row.seal).flaws == ()
        assert row.made_at.astimezone(ZURICH).date() == date(2026, 11, 28)
    assert journalled(office, "archive_pack_made") == 3


def test_a_clock_that_was_away_over_the_last_day_ends_it_late_and_asks_for_nothing_it_missed(
    office: Office,
) -> None:
    everything_open(office)
    give_notice(office, LAST_DAY)
    before = set(said_everywhere(office))

    # Away from Monday to the Thursday of the week after.
    office.clock.move_to(datetime(2026, 12, 3, 10, 0, tzinfo=ZURICH))
    office.tick()
    office.tick()

    new = [text for text in said_everywhere(office) if text not in before]
    assert journalled(office, "agreement_ended") == 1
    assert new
    told = (
        "ended at the end of Friday 27 November 2026",
        "Closed: the Agreement ended.",
        "Survivor report",
        "Record ILO-IOM/2026/001 in ",
        "is cancelled. Open it",
        "archive under the ILO–IOM Agreement was made",
        "ILO's archive, archive-",
        "IOM's archive, archive-",
        "Archive of what ILO and IOM may both have",
    )
    assert [text for text in new if not any(part in text for part in told)] == []
    assert "This is said late: the service was not running." in words_of(office.channel(HORN)[-1:])
