"""VII.3: which dates an amendment would move: the plan as it is beside the plan as it would be."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from bot.agreement.amended_versions import counting, on_day, original
from bot.agreement.amending import AmendedDefinition, amended, present
from bot.agreement.amendments import (
    BINDING,
    Amendment,
    changes,
    get_amendment,
    signatures,
)
from bot.agreement.definition import Definition
from bot.agreement.definition_parts import Duty
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.planning import Planned, plan
from bot.agreement.renewals import renewed
from bot.agreement.replanning import horizon, places_of

Key = tuple[str, str]
"""A duty and a scope."""
Pair = tuple[Planned | None, Planned | None]
"""A date as it was, and as it is."""


@dataclass(frozen=True)
class Effect:
    """The agreement before and after an amendment, and the day from which the latter counts.

    `certain` says that the day is fixed: before both have signed it depends on the day of the last signature.
    """

    before: Definition
    after: Definition
    on: date
    certain: bool


@dataclass
class StandsOtherwise(AgreementError):
    """Another amendment has changed by then what this one says stands now."""

    routine = "amendments"
    number: str


@dataclass(frozen=True)
class Moved:
    """One date that an amendment moves: `old` is None for a new one, `new` for one that is not due any more.

    `was` and `now` are the duty as it stood, if there was one, and as it stands; `more` counts later dates of it
    that move, too.
    """

    clause: str
    level: str
    scope: str
    was: Duty
    now: Duty
    old: Planned | None
    new: Planned | None
    more: int = 0


def effective_day(desk: Desk, row: Amendment) -> date:
    """From when it would count: the later of the last signature and the day stated, as far as they are known."""
    if row.in_force_on:
        return row.in_force_on
    signed = [each.signed_on for each in signatures(desk.session, row).values()]
    complete = len(signed) == len(desk.definition.parties)
    last = max(signed) if complete else desk.today
    return max(last, row.effective_on or last)


def effect(desk: Desk, row: Amendment) -> Effect:
    """What an amendment makes, or would make, of the agreement. Raises what `amended` raises."""
    on = effective_day(desk, row)
    if row.status in BINDING:
        return _binding(desk, row, on)
    before = on_day(desk.session, original(desk.definition), on)
    rows = changes(desk.session, row)
    if any(each.present != present(before, each.change.target) for each in rows):
        raise StandsOtherwise(row.number)
    return Effect(before, amended(before, [each.change for each in rows], on, row.number), on, certain=False)


def check_later(desk: Desk, found: Effect) -> None:
    """Refuse what those that are signed for a later day could not be kept with. Raises what `amended` raises."""
    made = found.after
    for key, day in counting(desk.session, date.max):
        if day > found.on:
            later = get_amendment(desk.session, key)
            made = amended(made, [each.change for each in changes(desk.session, later)], day, later.number)


def _binding(desk: Desk, row: Amendment, on: date) -> Effect:
    """Where it stands among those both parties signed."""
    at = on_day(desk.session, original(desk.definition), on)
    while isinstance(at, AmendedDefinition) and at.number != row.number:
        at = at.before
    before = at.before if isinstance(at, AmendedDefinition) else at
    return Effect(before, at, on, certain=True)


def moves(desk: Desk, found: Effect) -> list[Moved]:
    """Which dates move, clause by clause: of each duty the first one, with a count of the rest."""
    terms = renewed(desk.session)
    until = max(horizon(each, desk.today, terms) for each in (found.before, found.after))
    old, new = (_by_duty(desk, one, found.on, until) for one in (found.before, found.after))
    made = []
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, {}), new.get(key, {})
        gone = [before[day] for day in sorted(before.keys() - after.keys())]
        come = [after[day] for day in sorted(after.keys() - before.keys())]
        pairs = _pairs(gone, come, before.keys() & after.keys())
        if pairs:
            made.append(_moved(found, key, *pairs[0], len(pairs) - 1))
    return made


def _pairs(gone: list[Planned], come: list[Planned], kept: Set[date]) -> list[Pair]:
    """Each date that goes beside the one that comes for it; where dates in between stay, each by itself."""
    if gone and come:
        first, second = sorted((gone[0].due_on, come[0].due_on))
        if any(first < day < second for day in kept):
            alone: list[tuple[date, Pair]] = [(one.due_on, (one, None)) for one in gone]
            alone += [(one.due_on, (None, one)) for one in come]
            return [pair for _, pair in sorted(alone, key=lambda each: each[0])]
    return list(zip_longest(gone, come))


def _by_duty(desk: Desk, definition: Definition, since: date, until: date) -> dict[Key, dict[date, Planned]]:
    series: dict[Key, dict[date, Planned]] = {}
    for one in plan(definition, places_of(desk.session), desk.calendar, until, renewed(desk.session)):
        if one.due_on >= since:
            series.setdefault((one.duty.id, one.scope), {})[one.due_on] = one
    return series


def _moved(found: Effect, key: Key, old: Planned | None, new: Planned | None, more: int) -> Moved:
    now = found.after.duty(key[0])
    was = next((duty for duty in found.before.duties if duty.id == now.id), now)
    some = old or new
    return Moved(now.clause, some.level if some else "", key[1], was, now, old, new, more)
