"""VI.1: what may be wrong with a delegation or an absence that somebody enters."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.people import Refusal


@dataclass
class NotAnApprover(FieldError):
    """Whoever is named holds no capacity of an approver of their own right, in this party, on these days."""

    routine = "approvers"
    name: str
    party: str


@dataclass
class NotAColleague(FieldError):
    """A delegate is somebody else of the same party, who serves on all these days."""

    routine = "approvers"
    name: str
    party: str


@dataclass
class DelegatesNeedNone(FieldError):
    """The colleague is an approver of their own right and needs no delegation."""

    routine = "approvers"
    name: str


@dataclass
class ForSomebodyElse(Refusal):
    """Only the approver, or the contact point of the party, does this for the approver."""

    routine = "approvers"
    name: str


@dataclass
class FirstDayPassed(FieldError):
    """What is to come begins today or later."""

    routine = "approvers"
    today: date


@dataclass
class DaysCrossed(FieldError):
    """The last day comes before the first."""

    routine = "approvers"
    first_day: date


@dataclass
class DayMissing(FieldError):
    """Both days are needed."""

    routine = "approvers"


@dataclass
class NoApprover(AgreementError):
    """The person's party has nobody on the roster whom this could be entered for."""

    routine = "approvers"
    party: str


@dataclass
class NoSuchEntry(AgreementError):
    """No delegation or absence of the person's own party has this number."""

    routine = "approvers"


@dataclass
class EntryClosed(Refusal):
    """Somebody ended the delegation, or took back the absence, first."""

    routine = "approvers"
    by: str
    at: datetime
    zone: str
