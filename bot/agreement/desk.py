"""What a verb works with: one open transaction, who acts, the hour, and the agreement."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.agreement.calendars import JointCalendar
from bot.agreement.definition import Definition
from bot.agreement.people import Person
from bot.agreement.time_limits import civil_day


@dataclass(frozen=True)
class Desk:
    """One act's surroundings. `by` is None when the secretariat acts of itself, on the clock."""

    session: Session
    now: datetime
    definition: Definition
    calendar: JointCalendar
    by: Person | None = None

    @property
    def today(self) -> date:
        """The civil day of this act in the agreement's time zone."""
        return civil_day(self.now, self.definition.tz)

    @property
    def person(self) -> Person:
        """Whoever acts; verbs that only people may use call this, so the clock can never be the actor."""
        if self.by is None:
            raise RuntimeError("this act belongs to a person, and no person was named")
        return self.by

    def days(self, policy: str) -> list[int]:
        """A policy's number or numbers of days."""
        value = self.definition.policy(policy)
        return [int(str(days)) for days in (value if isinstance(value, list | tuple) else [value])]
