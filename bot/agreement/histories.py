"""What was done before the secretariat came: the rows of a file settle due dates, with their evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.ledger import UNSETTLED, Occurrence, OccurrenceStatus
from bot.agreement.people import Person
from bot.agreement.rows import NothingNew, Row, RowReason, accept, refuse_repeated
from bot.agreement.settlements import close

COLUMNS = ("clause", "scope", "due_on", "met_on", "evidence", "note")
NEAREST = 3
"""How many due dates are named to somebody who gave one that is not in the ledger."""


@dataclass(frozen=True)
class Account:
    """What one row says of one due date."""

    occurrence: Occurrence
    met_on: date
    evidence: str
    note: str

    @property
    def is_on_record(self) -> bool:
        """Whether the ledger says exactly this already."""
        row = self.occurrence
        said = (row.status, row.met_on, row.evidence, row.note)
        return said == (OccurrenceStatus.MET, self.met_on, self.evidence, self.note)


@dataclass(frozen=True, kw_only=True)
class HistoryImported(Event):
    """The operator put on record, from a file, how earlier duties were met."""

    operator: str
    settled: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


def import_history(desk: Desk, *, rows: Sequence[Row], operator: str) -> HistoryImported:
    """Settle the due dates named in `rows` as met, all of them or none; the ledger must have been entered.

    A row whose facts have changed since an earlier file changes the record, but never one that a person made.
    Raises ImportRefused with every cell that is wrong, and NothingNew where nothing would change.
    """
    found = [account for row in rows for account in _accounts(desk, row)]
    refuse_repeated(rows, "due_on", "clause", "scope", "due_on")
    accept(rows)
    fresh = [item for item in found if item.occurrence.status in UNSETTLED]
    settled = [item for item in found if item.occurrence.status not in UNSETTLED]
    changed = [item for item in settled if not item.is_on_record]
    if not fresh and not changed:
        raise NothingNew(len(found))
    for item in fresh:
        close(
            desk,
            item.occurrence,
            OccurrenceStatus.MET,
            met_on=item.met_on,
            evidence=item.evidence,
            note=item.note,
        )
    for item in changed:
        _correct(desk, item)
    return HistoryImported(
        clause="",
        subject="ledger",
        operator=operator,
        settled=tuple(map(_name, fresh)),
        changed=tuple(map(_name, changed)),
        unchanged=len(found) - len(fresh) - len(changed),
    )


def _name(item: Account) -> str:
    row = item.occurrence
    return " ".join(filter(None, (row.clause, row.scope, row.due_on.isoformat())))


def _correct(desk: Desk, item: Account) -> None:
    row = item.occurrence
    row.status, row.met_on = OccurrenceStatus.MET, item.met_on
    row.evidence, row.note = item.evidence, item.note
    desk.session.add(row)


def _accounts(desk: Desk, row: Row) -> Iterable[Account]:
    """What a row says of the due dates it names; nothing where a cell is wrong, which is noted in the row."""
    clause = row.choice("clause", [clause.id for clause in desk.definition.clauses])
    due, met = row.needed_day("due_on"), row.needed_day("met_on")
    evidence = row.needed("evidence")
    if met and met > desk.today:
        row.refuse("met_on", RowReason.IN_FUTURE)
    if row.problems or not due or not met:
        return []
    return [Account(found, met, evidence, row.text("note")) for found in _named(desk, row, clause, due)]


def _named(desk: Desk, row: Row, clause: str, due: date) -> list[Occurrence]:
    under = desk.session.exec(
        select(Occurrence).where(Occurrence.agreement == desk.definition.id, Occurrence.clause == clause)
    ).all()
    scoped = [item for item in under if item.scope.casefold() == row.text("scope").casefold()]
    if not scoped:
        scopes = dict.fromkeys(item.scope for item in under)
        row.refuse("scope" if under else "clause", RowReason.NO_DUE_DATES, known=scopes)
        return []
    named = [item for item in scoped if item.due_on == due]
    if not named:
        nearest = sorted({item.due_on for item in scoped}, key=lambda day: abs(day - due))[:NEAREST]
        row.refuse("due_on", RowReason.NO_SUCH_DUE_DATE, known=[str(day) for day in sorted(nearest)])
    return [item for item in named if _may_be_settled(desk, row, item)]


def _may_be_settled(desk: Desk, row: Row, item: Occurrence) -> bool:
    if not desk.definition.duty(item.duty).settle:
        row.refuse("due_on", RowReason.NOTHING_TO_MEET)
        return False
    same = Account(item, row.day("met_on") or item.due_on, row.text("evidence"), row.text("note"))
    if item.status not in UNSETTLED and item.person_id and not same.is_on_record:
        person = desk.session.get_one(Person, item.person_id)
        row.refuse("due_on", RowReason.SETTLED_BY_PERSON, other=f"{person.name} ({person.party.upper()})")
        return False
    return True
