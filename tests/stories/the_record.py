"""What is on record after two years: all of it said once, on days that are worked, in one unbroken chain."""

from collections import Counter

from sqlmodel import select

from bot.agreement.calendar_files import WEEKEND
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.journal import Entry, Outcome, faults
from bot.outbox import Kind, OutboxRow, OutboxState
from tests.office import DEFINITION, ZURICH, Office
from tests.stories.setting import CLOSED
from tests.stories.the_papers import LIFTED

MAIN = (
    *("I.2", "III.1", "IV.1", "IV.2-1", "IV.2-3", "IV.3", "IV.4-1", "IV.5-2", "IV.5-3", "IV.6-1", "IV.6-2"),
    *("IV.6-3", "IV.6-5", "IV.7", "IV.8", "IV.9", "IV.11", "V.1", "V.2-2", "V.3-1", "V.3-2", "VI.1"),
)
"""Clauses of Articles I to V under which something happens in the two years."""
SETTLED = {"IV.5-2": 1, "IV.6-4": 2, "V.1": 1, "V.2-2": 8, "V.3-1": 2, "V.3-2": 1}
"""How many due dates of a clause were met in the two years: its workplan, its meetings, and so on."""


def everything_was_said_once(office: Office) -> None:
    """No key twice, no message twice in one place, and nothing is stuck."""
    with office.reading() as desk:
        rows = desk.session.exec(select(OutboxRow)).all()
    assert {row.state for row in rows} == {OutboxState.SENT}
    assert [key for key, times in Counter(row.key for row in rows).items() if times > 1] == []
    posted = Counter((row.lane, row.letter, row.payload) for row in rows if row.kind is Kind.POST)
    assert [(lane, letter) for (lane, letter, _), times in posted.items() if times > 1] == []


def everything_was_said_on_a_working_day(office: Office) -> None:
    """Nothing but the embargo, which ended at its instant, was said on a closed day or out of hours."""
    closed = {day for days in CLOSED.values() for day in days}
    with office.reading() as desk:
        rows = desk.session.exec(select(OutboxRow)).all()
    said = [row.created_at.astimezone(ZURICH) for row in rows]
    assert [at for at in said if at.weekday() in WEEKEND or at.date().isoformat() in closed] == []
    assert {at for at in said if not 9 <= at.hour < 17} <= {at for at in said if at.hour == LIFTED.hour}


def the_journal_is_one_chain_under_the_clauses(office: Office) -> None:
    """Every event is of a clause of the Agreement, and nothing that was tried here was refused."""
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
        entries = desk.session.exec(select(Entry)).all()
    clauses = {name for entry in entries for name in entry.clause.split(", ") if name}
    assert clauses - {clause.id for clause in DEFINITION.clauses} == set()
    # Only what the clock enters in the ledger is of no clause of its own.
    assert {entry.event for entry in entries if not entry.clause} == {"ledger_entered"}
    assert [entry for entry in entries if entry.outcome is Outcome.REFUSED] == []


def something_happened_under_each_main_clause(office: Office) -> None:
    """What people and the clock did, by clause, and the due dates of the Agreement that were met."""
    with office.reading() as desk:
        entries = desk.session.exec(select(Entry)).all()
        met = desk.session.exec(select(Occurrence).where(Occurrence.status == OccurrenceStatus.MET)).all()
    counts = Counter(name for entry in entries for name in entry.clause.split(", "))
    assert [clause for clause in MAIN if not counts[clause]] == []
    settled = Counter(row.clause for row in met)
    assert {clause: settled[clause] for clause in SETTLED} == SETTLED
