"""The values a definition file may hold: closed lists, days, periods and readings, checked on reading."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, PlainValidator, StrictBool
from pydantic_core import PydanticCustomError

from bot.agreement.definition_file import Problem
from bot.agreement.time_limits import MonthDayRefused, Period, PeriodRefused, fixed_day

LAST_SIGNATURE: Literal["last_signature"] = "last_signature"
TERM_END: Literal["term_end"] = "term_end"
OPEN_TERM = "open"
"""How a term without an end is written."""
WEEKLY = "weekly"
WEEKS = tuple(f"P{7 * week}D" for week in range(12, 0, -1))
"""What the step "weekly" stands for: once a week through the last twelve weeks."""


class Mode(StrEnum):
    """What a sentence of the agreement does; readers of such instruments weigh these differently."""

    COMMITMENT = "O"
    """A party has undertaken to do it: shall, will, agrees to."""
    SOFT = "S"
    """A party should do it."""
    PERMISSION = "P"
    """A party may do it."""
    FORBIDDEN = "X"
    """A party does not do it until the other approves."""
    DECLARATION = "D"
    """Defines or declares something; nobody has to act."""


class Written(StrEnum):
    """Whether an act under a clause has to be in writing."""

    EXPLICIT = "explicit"
    """The text says so."""
    POLICY = "policy"
    """The text is silent; both parties want it so."""
    NONE = "none"
    """Any form will do."""


class Survival(StrEnum):
    """Whether a clause outlives the agreement."""

    EXPLICIT = "explicit"
    """The text says so."""
    IMPLIED = "implied"
    """The text does not say so, but the clause makes sense only if it does."""
    NONE = "none"
    """It ends with the agreement."""


class Basis(StrEnum):
    """Where a date or interval comes from."""

    TEXT = "text"
    """The agreement states it."""
    POLICY = "policy"
    """The agreement is silent or vague; it is a default that both parties may change."""


class DutyKind(StrEnum):
    """How the due dates of a duty follow from its event."""

    ONCE = "once"
    """One due date: `first` after the event."""
    EVERY = "every"
    """`first` after the event (one period after it when `first` is P0D), and then again every period."""
    WINDOW = "window"
    """Once in each window of one period, due on its last day; the first opens `first` after the event."""
    CALENDAR = "calendar"
    """On the same day of each calendar year."""
    NOTICE = "notice"
    """The last safe day for a notice before the term ends."""


class Scope(StrEnum):
    """What a duty is kept for."""

    AGREEMENT = "agreement"
    """The agreement as a whole."""
    CHANNEL = "channel"
    """Each shared channel by itself, with an interval for each level."""


class Audience(StrEnum):
    """Who is reminded of a duty."""

    AGREEMENT = "agreement"
    """Both parties together, in their shared channel."""
    PARTIES = "parties"
    """Each party's own contact points, privately."""


class Renewal(StrEnum):
    """What happens when the initial term ends."""

    TACIT = "tacit"
    """It renews itself unless a party gives notice."""
    NONE = "none"
    """It ends."""
    NEGOTIABLE = "negotiable"
    """It ends unless the parties agree to go on."""


class RunsFrom(StrEnum):
    """The moment from which a notice runs."""

    DATING = "dating"
    """The date that the letter bears."""
    SENDING = "sending"
    """The moment it was sent."""
    RECEIPT = "receipt"
    """The moment it was received."""
    ACKNOWLEDGEMENT = "acknowledgement"
    """The moment its receipt was acknowledged."""
    UNSPECIFIED = "unspecified"
    """The text does not say; the policy `notice.runs_from` does."""


class PartyKind(StrEnum):
    """What sort of party it is."""

    ORGANIZATION = "organization"
    """An international organization."""
    STATE = "state"
    """A State."""


def refused(problem: Problem, value: object) -> PydanticCustomError:
    """A refusal that carries its problem as its type, so that its line and cure can be found."""
    return PydanticCustomError(problem.value, "refused", {"value": str(value)})


def a_day(value: object) -> date:
    """A civil day, as a TOML date or ISO 8601 text; an instant is refused: a legal day has no hour."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise refused(Problem.BAD_DATE, value) from None


def a_day_or(word: str, value: object) -> object:
    """A civil day, or the one word that stands for a day found by rule."""
    return word if value == word else a_day(value)


def a_period(value: str) -> str:
    """An ISO 8601 period, kept as it is written."""
    try:
        Period.parse(value)
    except PeriodRefused:
        raise refused(Problem.BAD_PERIOD, value) from None
    return value


def a_step(value: str) -> str:
    """How long before a due date people are reminded of it: a period, or "weekly"."""
    if value.startswith("-"):
        raise refused(Problem.STEP_AFTER_DUE, value)
    return value if value == WEEKLY else a_period(value)


def a_ladder(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The steps with "weekly" spelt out, each once."""
    spelt = [part for step in steps for part in (WEEKS if step == WEEKLY else (step,))]
    return tuple(dict.fromkeys(spelt))


def a_month_day(value: str) -> str:
    """A day of the year as MM-DD."""
    try:
        fixed_day(value, date.max.year)
    except MonthDayRefused:
        raise refused(Problem.BAD_MONTH_DAY, value) from None
    return value


def a_zone(value: str) -> str:
    """A time zone of the IANA database, such as Europe/Zurich."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refused(Problem.UNKNOWN_ZONE, value) from None
    return value


def an_initial_term(value: object) -> str | None:
    """The period of the initial term; None for a term without an end."""
    if value == OPEN_TERM:
        return None
    return a_period(str(value))


def a_renewal_length(value: str) -> str:
    """For how long it renews itself: a word for it, or a period."""
    return value if value in ("unspecified", "same_term", "evergreen") else a_period(value)


def a_reading(value: object) -> object:
    """The value of a policy: text, a whole number, yes or no, or a list of texts or numbers."""
    members = value if isinstance(value, list | tuple) else (value,)
    kinds = {type(member) for member in members}
    if len(kinds) != 1 or not kinds <= {str, int, bool}:
        raise refused(Problem.WRONG_TYPE, value)
    return tuple(members) if isinstance(value, list | tuple) else value


def an_id(value: str) -> str:
    """A short name without spaces."""
    if not re.fullmatch(r"\S+", value):
        raise refused(Problem.BAD_ID, value)
    return value


PolicyValue = bool | int | str | tuple[str, ...] | tuple[int, ...]
Reading = Annotated[PolicyValue, PlainValidator(a_reading)]
Day = Annotated[date, PlainValidator(a_day)]
EventDay = Annotated[
    date | Literal["last_signature"], PlainValidator(lambda value: a_day_or(LAST_SIGNATURE, value))
]
Until = Annotated[date | Literal["term_end"], PlainValidator(lambda value: a_day_or(TERM_END, value))]
Span = Annotated[str, AfterValidator(a_period)]
Ladder = Annotated[tuple[Annotated[str, AfterValidator(a_step)], ...], AfterValidator(a_ladder)]
MonthDay = Annotated[str, AfterValidator(a_month_day)]
Zone = Annotated[str, AfterValidator(a_zone)]
InitialTerm = Annotated[str | None, PlainValidator(an_initial_term)]
RenewalLength = Annotated[str, AfterValidator(a_renewal_length)]
Id = Annotated[str, AfterValidator(an_id)]
YesNo = StrictBool
