"""What the installation itself needs: calendars, the clock's ticks, messages that leave, a journal."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot import outbox
from bot.agreement.archive_packs import readers_without
from bot.agreement.calendar_files import CalendarFileRefused, read_years
from bot.agreement.definition import Definition
from bot.agreement.standing import end_of
from bot.clock import Clock
from bot.doctor.checks import Check, clock_check, difference, finding, fine
from bot.health import LONGEST_SILENCE, LONGEST_WAIT, Heartbeat
from bot.journal import Entry
from bot.letters import say
from bot.outbox import OutboxRow, OutboxState
from bot.shapes import plain
from bot.troubles import open_troubles, trouble_facts

LONGEST_PACKING = timedelta(hours=1)
"""How long after the end its archive packs may be on their way; one that fails is tried again each hour."""
SHOWN = 5
"""How many messages are named on one line; “comity outbox list” names all of them."""


def examine_calendars(definition: Definition, folder: Path, today: date) -> Iterator[Check]:
    """Which of this year's and next year's closures each party has written down, and which file is no use."""
    for party in definition.parties:
        facts = {"party": party.abbreviation, "id": party.calendar, "folder": folder}
        try:
            known = read_years(folder, party.calendar)
        except CalendarFileRefused as refused:
            words = say(f"{refused.routine}/errors", refused.key(), refused.facts())
            yield finding("refused", sentence=plain(words))
            continue
        missing = tuple(year for year in (today.year, today.year + 1) if year not in known)
        yield (finding if missing else fine)("calendar", **facts, missing=missing, first=today.year)


def examine_database_clock(session: Session, clock: Clock) -> Check:
    """Our clock beside the database server's."""
    before = clock.now()
    theirs = session.exec(select(func.clock_timestamp())).one()
    return clock_check("database", difference(before, clock.now(), theirs, theirs))


def examine_ticks(session: Session, now: datetime) -> Check:
    """When the clock last asked what is due."""
    beat = session.get(Heartbeat, "clock")
    if beat is None:
        return finding("never_ticked")
    silent = now - beat.at
    return (finding if silent > LONGEST_SILENCE else fine)("ticked", at=beat.at, minutes=_minutes(silent))


def examine_outbox(session: Session, now: datetime) -> Iterator[Check]:
    """What has not left yet, what needs an operator's word, and which channels cannot be spoken in."""
    oldest = session.exec(select(func.min(OutboxRow.created_at)).where(outbox.unsent())).one()
    waited = now - oldest if oldest else timedelta(0)
    facts = {"count": outbox.backlog(session), "minutes": _minutes(waited)}
    yield (finding if waited > LONGEST_WAIT else fine)("waiting", **facts)
    undecided = outbox.undecided(session)
    if undecided:
        yield finding("undecided", count=len(undecided), first=[_named(row) for row in undecided[:SHOWN]])
    else:
        yield fine("decided")
    for lane in open_troubles(session):
        yield finding("trouble", **trouble_facts(session, lane))


def _named(row: OutboxRow) -> tuple[int, bool]:
    return row.number, row.state is OutboxState.DEAD


def examine_journal(session: Session) -> Check:
    """How long the journal is, and the hash to keep elsewhere."""
    last = session.exec(select(Entry).order_by(col(Entry.id).desc()).limit(1)).first()
    count = session.exec(select(func.count(col(Entry.id)))).one()
    return fine("journal", count=count, head=last.hash if last else "")


def examine_packs(session: Session, agreement: Definition, now: datetime) -> Iterator[Check]:
    """Whether the archive packs were made, once the Agreement has ended."""
    end = end_of(session)
    if end is None or end.closed_at is None:
        return
    unmade = readers_without(session, agreement)
    if not unmade:
        yield fine("packs_made")
    elif now - end.closed_at > LONGEST_PACKING:
        names = [agreement.party(reader).abbreviation if reader else "" for reader in unmade]
        yield finding("packs_missing", since=end.closed_at, parties=names)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
