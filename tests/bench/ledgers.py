"""Ledgers of any size, of the kept agreement: four fifths settled and said, one fifth open and still to come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlmodel import Session

from bot import journal
from bot.agreement.channels import Channel, Level
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.bootstrap import House
from bot.database import Database
from tests.bench.houses import MORNING

AGREEMENT = "ilo-iom-2020"
PROMPT = "exchange-prompt"
OFFICES = ("BD", "BR", "ET", "GH", "ID", "JO", "NP", "PE", "SN", "VN")
"""Country offices with a channel of their own, one for each of the ten things that come due at once."""
DATES = 200
"""Due dates of one scope, of which a fifth is still to come."""
CHUNK = 50_000
TODAY = MORNING.date()
OCCURRENCES: Table = Occurrence.__table__  # type: ignore[attr-defined]
REMINDERS: Table = Reminder.__table__  # type: ignore[attr-defined]


def open_offices(database: Database) -> None:
    """Give the bot the channels of the country offices."""
    with database.writing() as session:
        for code in OFFICES:
            session.add(
                Channel(
                    channel_id=f"C0{code}", level=Level.COUNTRY, scope=code, posting_party="ilo", since=TODAY
                )
            )


def something_done(session: Session) -> None:
    """A line in the journal, as every act leaves one: what the clock remembers holds no longer."""
    journal.append(
        session,
        at=MORNING,
        agreement=AGREEMENT,
        actor="bench",
        party="",
        event="arranged",
        clause="",
        subject="bench",
        outcome=journal.Outcome.DONE,
        facts={},
    )


def fill(database: Database, amount: int) -> None:
    """Bring the ledger to `amount` due dates, each with a reminder, of offices that have closed since."""
    with database.reading() as session:
        last, present = (
            session.connection()
            .execute(select(func.coalesce(func.max(OCCURRENCES.c.id), 0), func.count(OCCURRENCES.c.id)))
            .one()
        )
    for start in range(0, amount - present, CHUNK):
        numbers = range(start, min(start + CHUNK, amount - present))
        with database.writing() as session:
            session.connection().execute(insert(OCCURRENCES), [_occurrence(last + 1, n) for n in numbers])
            session.connection().execute(insert(REMINDERS), [_reminder(last + 1, n) for n in numbers])


def _due_on(number: int) -> date:
    return TODAY + timedelta(days=30 * (number % DATES - DATES * 4 // 5) + 15)


def _occurrence(first: int, number: int) -> dict[str, Any]:
    due_on = _due_on(number)
    return {
        "id": first + number,
        "agreement": AGREEMENT,
        "duty": PROMPT,
        "clause": "IV.1",
        "level": "country",
        "scope": f"former office {number // DATES}",
        "window_start": due_on - timedelta(days=30),
        "due_on": due_on,
        "status": OccurrenceStatus.MET if due_on < TODAY else OccurrenceStatus.OPEN,
        "met_on": due_on if due_on < TODAY else None,
    }


def _reminder(first: int, number: int) -> dict[str, Any]:
    on = _due_on(number) - timedelta(days=14)
    said_at = datetime.combine(on, datetime.min.time(), UTC) if on < TODAY else None
    return {"occurrence_id": first + number, "step": "P14D", "on": on, "said_at": said_at}


class TenDue:
    """Makes ten things due at once, as often as it is asked, never the same due date again."""

    def __init__(self, house: House) -> None:
        """Take the days on which these offices have nothing due."""
        self.database = house.database
        query = select(OCCURRENCES.c.due_on).where(OCCURRENCES.c.scope.in_(OFFICES))
        with self.database.reading() as session:
            taken = set(session.connection().execute(query).scalars())
        days = (TODAY + timedelta(days=n) for n in range(2, 1000))
        self.days: Iterator[date] = (day for day in days if day not in taken)

    def arrange(self) -> None:
        """One reminder is due today in each of the ten offices."""
        due_on = next(self.days)
        with self.database.writing() as session:
            connection = session.connection()
            for code in OFFICES:
                values = {
                    "agreement": AGREEMENT,
                    "duty": PROMPT,
                    "clause": "IV.1",
                    "level": "country",
                    "scope": code,
                    "window_start": TODAY,
                    "due_on": due_on,
                    "status": OccurrenceStatus.OPEN,
                }
                key = connection.execute(insert(OCCURRENCES).values(**values)).inserted_primary_key[0]
                step = {"occurrence_id": key, "step": "P14D", "on": TODAY, "said_at": None}
                connection.execute(insert(REMINDERS).values(**step))
            something_done(session)
