"""VII.1-4: the terms that follow one another where nobody ends the Agreement, as the agreed readings go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count, takewhile
from typing import Protocol, TypeVar

from bot.agreement.civil_days import shift
from bot.agreement.definition import Definition
from bot.agreement.definition_values import Renewal
from bot.agreement.time_limits import Period, end

LENGTH, TIMES, YEARS, NOTICE = "renewal.length", "renewal.times", "renewal.years", "renewal.notice"
"""The policies that say for how long, how often, for how many years, and whether with the same notice."""


class RenewalLength(StrEnum):
    """For how long the Agreement renews itself: the agreed reading of what the text leaves open."""

    UNSPECIFIED = "unspecified"
    """Renewed and in force; no end is stated."""
    SAME_TERM = "same_term"
    """For as long again as the first term."""
    N_YEARS = "n_years"
    """For the number of years that the policy names."""
    EVERGREEN = "evergreen"
    """For good, until a party ends it."""


@dataclass(frozen=True)
class RenewedTerm:
    """A term that ended without a notice, and the one that follows: until `ends_on`, or with no stated end."""

    term_end: date
    ends_on: date | None


class Renewing(Protocol):
    """Something that says which term ended and was renewed."""

    @property
    def term_end(self) -> date: ...


AnyRenewal = TypeVar("AnyRenewal", bound=Renewing)


def of_the_term(definition: Definition, known: Sequence[AnyRenewal]) -> tuple[AnyRenewal, ...]:
    """The renewals that carry the term on as it stands now.

    None does where an amendment has taken its end off, or has put it later than the end that was renewed (VII.3).
    """
    last = definition.term_end()
    return tuple(one for one in known if last and one.term_end >= last)


def length_of(definition: Definition) -> RenewalLength:
    """For how long the Agreement renews itself: as the text says, else as the agreed reading does."""
    stated = definition.term.renewal_length
    if stated == RenewalLength.UNSPECIFIED:
        stated = str(_reading(definition, LENGTH, RenewalLength.UNSPECIFIED))
    return RenewalLength(stated) if stated in set(RenewalLength) else RenewalLength.N_YEARS


def renewed_for(definition: Definition) -> Period | None:
    """The length of each renewed term; None where no end is stated."""
    match length_of(definition):
        case RenewalLength.SAME_TERM:
            return Period.parse(definition.term.initial or "P0D")
        case RenewalLength.N_YEARS:
            stated = definition.term.renewal_length
            return Period.parse(stated if stated.startswith("P") else f"P{_reading(definition, YEARS, 1)}Y")
    return None


def same_notice(definition: Definition) -> bool:
    """Whether a renewed term can be ended by the same notice as the first (the agreed reading)."""
    return bool(_reading(definition, NOTICE, "same") == "same")


def expected(definition: Definition, until: date) -> tuple[RenewedTerm, ...]:
    """The renewals up to `until` if no party ever gives notice; none where the text does not renew itself."""
    return tuple(takewhile(lambda one: one.term_end < until, _chain(definition)))


def renewal_of(definition: Definition, term_end: date) -> RenewedTerm | None:
    """What follows the term that ends on `term_end`; None where nothing renews it, or it is no end of a term."""
    known = takewhile(lambda one: one.term_end <= term_end, _chain(definition))
    return next((one for one in known if one.term_end == term_end), None)


def term_end_on(definition: Definition, day: date) -> date | None:
    """The last day of the term that `day` lies in if no party gives notice; None where no end is stated."""
    last = definition.term_end()
    for one in expected(definition, day):
        last = one.ends_on
    return last


def _chain(definition: Definition) -> Iterator[RenewedTerm]:
    term_end = definition.term_end()
    if term_end is None or definition.term.renewal is not Renewal.TACIT:
        return
    length = renewed_for(definition)
    for times in count(1):
        ends_on = _end(definition, length, times) if length else None
        yield RenewedTerm(term_end, ends_on)
        if ends_on is None or _reading(definition, TIMES, "repeatedly") == "once":
            return
        term_end = ends_on


def _end(definition: Definition, length: Period, times: int) -> date:
    """The last day of the term renewed for the `times`-th time, all counted from the same first day."""
    start, initial = definition.event(definition.term.starts), Period.parse(definition.term.initial or "P0D")
    whole = Period(initial.months + times * length.months, initial.days + times * length.days)
    first = end(start, initial, definition.profile).date
    # Where the first day is part of the term, each term ends a day earlier.
    earlier = ((definition.term_end() or first) - first).days
    return shift(end(start, whole, definition.profile).date, earlier)


def _reading(definition: Definition, key: str, default: object) -> object:
    """The agreed reading; an agreement of another kind may not ask the question."""
    return definition.policy(key) if any(policy.key == key for policy in definition.policies) else default
