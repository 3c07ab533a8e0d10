"""Writes the orders into the outbox, the ledger and the journal, whatever happens to the database meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from time import sleep
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from bot import journal, outbox
from bot.agreement.definition import Definition
from bot.agreement.files import Attachment, Record, keep
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.time_limits import civil_day
from bot.clock import Clock
from bot.database import Database
from bot.journal import Entry
from bot.outbox import Address, Kind, Message, OutboxRow
from tests.chaos.plan import Order, Sort, batches
from tests.chaos.world import scope

EVENT, LETTER = "chaos_written", "chaos"
KINDS = {Sort.UPDATE: Kind.UPDATE, Sort.FILE: Kind.FILE, Sort.RECORD: Kind.FILE}
AWAY = 0.2
"""Seconds before a database that is away is asked again."""
NEAR = timedelta(days=7)
T = TypeVar("T")


@dataclass
class Writer:
    """Writes one portion after the other, each in one transaction with a journal line that tells of it.

    A transaction whose outcome nobody told us is looked up by that line, so nothing is written twice.
    """

    database: Database
    clock: Clock
    definition: Definition
    orders: list[Order]
    places: list[Address]
    retries: int = 0
    portions: list[list[Order]] = field(init=False)

    def __post_init__(self) -> None:
        """Cut the orders into portions."""
        self.portions = batches(self.orders)

    def write_all(self, may_write: Callable[[], bool]) -> None:
        """Write everything that is not written yet; waits while `may_write` says no."""
        while not self.persistently(self._step, may_write):
            sleep(0.02)

    def persistently(self, deed: Callable[..., T], *arguments: object) -> T:
        """Do it again until the database is there."""
        while True:
            try:
                return deed(*arguments)
            except DBAPIError:
                self.retries += 1
                sleep(AWAY)

    def written(self) -> int:
        """How many portions are in the journal."""
        with self.database.reading() as session:
            return session.exec(select(func.count(col(Entry.id))).where(Entry.event == EVENT)).one()

    def _step(self, may_write: Callable[[], bool]) -> bool:
        number = self.written()
        if number < len(self.portions) and may_write():
            self._write(number)
            number += 1
        return number == len(self.portions)

    def _write(self, number: int) -> None:
        now, portion = self.clock.now(), self.portions[number]
        with self.database.writing() as session:
            # Like every act: whoever writes takes its turn at the journal, so numbers follow the commits.
            journal.queue(session)
            for order in portion:
                self._put(session, order, now)
            journal.append(
                session,
                at=now,
                agreement=self.definition.id,
                actor="chaos",
                party="",
                event=EVENT,
                clause="",
                subject=f"{EVENT}:{number}",
                outcome=journal.Outcome.DONE,
                facts={"orders": len(portion)},
            )

    def _put(self, session: Session, order: Order, now: datetime) -> None:
        if order.sort is Sort.DUE:
            self._enter(session, order, civil_day(now, self.definition.tz))
            return
        to = self.places[order.place]
        outbox.put(
            session,
            key=order.key,
            to=to,
            message=_message(order, to),
            letter=LETTER,
            now=now,
            kind=KINDS.get(order.sort, Kind.POST),
            of=_root(session, order),
            record_id=_record(session, order, to, now) if order.sort is Sort.RECORD else None,
            enclosed_id=keep(session, _file(order)) if order.sort is Sort.FILE else None,
        )

    def _enter(self, session: Session, order: Order, today: date) -> None:
        duty = self.definition.duty(order.duty)
        row = Occurrence(
            agreement=self.definition.id,
            duty=duty.id,
            clause=duty.clause,
            level="regional",
            scope=scope(order.place),
            window_start=today,
            due_on=today + NEAR,
            status=OccurrenceStatus.OPEN,
        )
        session.add(row)
        session.flush()
        session.add(Reminder(occurrence_id=row.key, step=duty.steps[0], on=today))


def _message(order: Order, to: Address) -> Message:
    text = f"{order.sort.value} {order.n} for {to.lane}" + ("" if order.root is None else f" on {order.root}")
    return Message(text, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}])


def _root(session: Session, order: Order) -> int | None:
    if order.root is None:
        return None
    return session.exec(select(OutboxRow.id).where(OutboxRow.key == f"{LETTER}:{order.root}")).one()


def _file(order: Order) -> Attachment:
    return Attachment(f"{order.sort.value}-{order.n}.txt", f"The contents of {order.n}".encode())


def _record(session: Session, order: Order, to: Address, now: datetime) -> int | None:
    paper = _file(order)
    row = Record(
        party=to.party,
        year=now.year,
        seq=order.n,
        subject=order.key,
        name=paper.name,
        sha256=sha256(paper.content).hexdigest(),
        content=paper.content,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row.id
