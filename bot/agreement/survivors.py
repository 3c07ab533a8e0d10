"""VII.2: what outlives the Agreement, by which clause, until when, and what is to be purged or taken down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import col, select

from bot.agreement.amended_versions import original
from bot.agreement.arrangements import all_arrangements
from bot.agreement.definition_values import Survival
from bot.agreement.desk import Desk
from bot.agreement.emblem_uses import to_take_down
from bot.agreement.emblems import VALID, EmblemRequest
from bot.agreement.instruments import Instrument, InstrumentStatus
from bot.agreement.project_data import kept_after
from bot.agreement.project_registers import CLAUSE as DATA_CLAUSE
from bot.agreement.project_registers import DataHolding
from bot.agreement.restricted import Recipient, Restricted
from bot.agreement.time_limits import Period, Result, end

POLICY = "survival.implied"
KEPT = "keep_reminders_1y"
DROPPED = "end_with_agreement"
YEAR = Period.parse("P1Y")
LIVING = (InstrumentStatus.DRAFTING, InstrumentStatus.SIGNED, InstrumentStatus.IN_FORCE)


class TaskKind(StrEnum):
    """What is to be done with what is left."""

    PURGE = "purge"
    """The text is deleted on its day, by the secretariat itself."""
    TAKE_DOWN = "take_down"
    """The name, emblem or link is taken down by the party that uses it."""
    DISPOSE = "dispose"
    """The party that holds personal data of a project purges or returns them, and says so."""
    RECHECK = "recheck"
    """The party that holds personal data of a project looks again at how it protects them."""


@dataclass(frozen=True)
class Entry:
    """One thing that lives on; `until` is None where it states no end. `state` is its status, in a word."""

    number: str
    title: str
    until: date | None = None
    state: StrEnum | None = None


@dataclass(frozen=True)
class Survivor:
    """One clause that outlives the Agreement; `until` is None where it lives on without an end.

    `amended` tells that an amendment gave it the words of its `summary`.
    """

    clause: str
    title: str
    summary: str
    basis: Survival
    by_policy: bool
    until: date | None
    entries: tuple[Entry, ...]
    amended: bool = False


@dataclass(frozen=True)
class Task:
    """Something to be done by `by`; of what is restricted there is a number and no title.

    `state` is how an approval stands whose use is to be taken down: why, and what `by` means, follow from it.
    """

    kind: TaskKind
    number: str
    title: str
    by: date
    clause: str
    party: str
    state: StrEnum | None = None


def _instruments(desk: Desk, ends_on: date) -> list[Entry]:
    rows = desk.session.exec(
        select(Instrument).where(col(Instrument.status).in_(LIVING)).order_by(col(Instrument.id))
    ).all()
    living = [row for row in rows if row.last_day is None or row.last_day > ends_on]
    return [Entry(row.number, row.title, row.last_day, row.status) for row in living]


def _arrangements(desk: Desk, ends_on: date) -> list[Entry]:
    rows = [row for row in all_arrangements(desk.session) if row.until_on is None or row.until_on > ends_on]
    return [Entry(row.number, row.title, row.until_on, row.status) for row in rows]


def _uses(desk: Desk, ends_on: date) -> list[Entry]:
    rows = [row for row in _approved(desk, ends_on) if row.clause == "VI.1"]
    return [Entry(row.number, row.product, row.use_until, row.status) for row in rows]


def _links(desk: Desk, ends_on: date) -> list[Entry]:
    rows = [row for row in _approved(desk, ends_on) if row.clause == "VI.3"]
    return [Entry(row.number, row.product, row.use_until, row.status) for row in rows]


def _approved(desk: Desk, ends_on: date) -> Sequence[EmblemRequest]:
    """The approved uses whose period goes on after the end; the text does not say that it is cut short."""
    query = select(EmblemRequest).where(
        col(EmblemRequest.status).in_(VALID), col(EmblemRequest.use_until) > ends_on
    )
    return desk.session.exec(query.order_by(col(EmblemRequest.id))).all()


def _personal_data(desk: Desk, _: date) -> list[Entry]:
    return [
        Entry(each.number, each.data, each.retention_until, DataHolding.HELD)
        for each in kept_after(desk.session)
    ]


ENTRIES: Mapping[str, Callable[[Desk, date], list[Entry]]] = {
    "IV.2-3": _arrangements,
    "VI.1": _uses,
    "VI.3": _links,
    "VII.2": _instruments,
    "IX.1(d)": _personal_data,
}
"""What there is on record under a clause that lives on, named one by one.

Disputes (VIII) are named to nobody here: whoever may know of one reads it in its own log."""


def kept_until(desk: Desk, ends_on: date) -> Result:
    """Until when the clauses are kept that may outlive the Agreement and do not say so (a working rule)."""
    return end(ends_on, YEAR, desk.definition.profile)


def survivors(desk: Desk, ends_on: date) -> list[Survivor]:
    """The clauses that outlive the Agreement: those that say so, then those that may."""
    found = [_survivor(desk, clause.id, ends_on) for clause in desk.definition.clauses]
    kept = [each for each in found if each]
    return sorted(kept, key=lambda each: each.basis is not Survival.EXPLICIT)


def _survivor(desk: Desk, clause_id: str, ends_on: date) -> Survivor | None:
    clause, rule = desk.definition.clause(clause_id), str(desk.definition.policy(POLICY))
    by_policy = clause_id in _policy_clauses(desk)
    repealed = clause.repealed_on is not None and clause.repealed_on <= ends_on
    if clause.survival is Survival.NONE or repealed or (by_policy and rule == DROPPED):
        return None
    return Survivor(
        clause=clause.id,
        title=clause.title,
        summary=clause.summary,
        basis=clause.survival,
        by_policy=by_policy,
        until=kept_until(desk, ends_on).date if by_policy and rule == KEPT else None,
        entries=tuple(ENTRIES[clause.id](desk, ends_on)) if clause.id in ENTRIES else (),
        amended=clause.summary != original(desk.definition).clause(clause.id).summary,
    )


def _policy_clauses(desk: Desk) -> tuple[str, ...]:
    return next(policy.clauses for policy in desk.definition.policies if policy.key == POLICY)


def tasks(desk: Desk, ends_on: date) -> list[Task]:
    """What is to be done once the Agreement has ended: uses taken down, personal data purged or returned and, for
    whoever is named, what is restricted purged.
    """
    return [*_take_downs(desk, ends_on), *_data(desk), *(_purges(desk) if desk.by else ())]


def _take_downs(desk: Desk, ends_on: date) -> list[Task]:
    """The uses whose period goes on, by its end, and those not covered any more, by when they were not."""
    later = {row.key: row.use_until for row in _approved(desk, ends_on)}
    used = to_take_down(desk.session, max(desk.today, ends_on))
    over = {row.key: row.down_by or ends_on for row in used if row.status not in VALID}
    days = {**later, **over}
    rows = [desk.session.get_one(EmblemRequest, key) for key in sorted(days)]
    return [
        Task(
            TaskKind.TAKE_DOWN,
            row.number,
            row.product,
            days[row.key],
            row.clause,
            desk.definition.party(row.asking_party).abbreviation,
            row.status,
        )
        for row in rows
    ]


def _data(desk: Desk) -> list[Task]:
    """IX.1(d): each party answers for the data that it holds, by the days that are planned for them."""
    found = []
    for each in kept_after(desk.session):
        party = desk.definition.party(each.party).abbreviation
        about: dict[str, Any] = {
            "number": each.number,
            "title": each.data,
            "clause": DATA_CLAUSE,
            "party": party,
        }
        found.append(Task(TaskKind.DISPOSE, by=each.retention_until, **about))
        if each.again_on:
            found.append(Task(TaskKind.RECHECK, by=each.again_on, **about))
    return list(dict.fromkeys(found))


def _purges(desk: Desk) -> list[Task]:
    """Only what the person sent or is named for: of the rest nobody is told that it exists (IV.2-3)."""
    me = desk.person.key
    named = select(Recipient.restricted_id).where(Recipient.person_id == me)
    mine = (col(Restricted.author_id) == me) | col(Restricted.id).in_(named)
    rows = desk.session.exec(select(Restricted).where(mine, col(Restricted.purged_at).is_(None))).all()
    return [
        Task(
            TaskKind.PURGE,
            row.number,
            "",
            row.retention_until,
            "IV.2-3",
            desk.definition.party(row.party).abbreviation,
        )
        for row in rows
    ]
