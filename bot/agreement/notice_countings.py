"""VII.1-2: how a notice is counted: by the Agreement as it stood on the day on which the notice was received.

The receipt starts the period. What the parties amend or read differently afterwards is for notices to come, and
moves no last day of one that was received before: that is a working rule, since the text is silent.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date

from bot.agreement.calendars import Calendar
from bot.agreement.definition import Definition
from bot.agreement.definition_values import RunsFrom
from bot.agreement.desk import Desk
from bot.agreement.terminations import Termination
from bot.agreement.time_limits import Period, Profile, Result, act_by, civil_day, end


@dataclass(frozen=True)
class Counting:
    """From which moment a notice runs, how long, and how its days are counted; kept with the notice as text."""

    runs_from: RunsFrom
    notice: str
    profile: Profile
    next_working_day: bool

    @property
    def period(self) -> Period:
        """How long it runs."""
        return Period.parse(self.notice)

    def last_day(self, start: date, calendar: Calendar) -> Result:
        """The last day of a notice that runs from `start`."""
        if self.next_working_day:
            return act_by(start, self.period, calendar, self.profile)
        return end(start, self.period, self.profile)

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), sort_keys=True)


def counting_by(definition: Definition) -> Counting:
    """How an agreement counts a notice."""
    counted = definition.policy("day_zero") == "counted"
    return Counting(
        definition.notice_runs_from(),
        definition.term.notice or "P0D",
        Profile.UK2018 if counted else definition.profile,
        definition.policy("roll.notice_effect") == "next_working_day",
    )


def received_on(desk: Desk, row: Termination) -> date | None:
    """The civil day on which a notice was received, as is on record."""
    return civil_day(row.received_at, desk.definition.tz) if row.received_at else None


def counting_of(desk: Desk, row: Termination) -> Counting:
    """How one notice is counted: as is kept with it, else by the Agreement of its receipt, else by today's."""
    if row.counted:
        kept = json.loads(row.counted)
        return Counting(
            **{**kept, "runs_from": RunsFrom(kept["runs_from"]), "profile": Profile(kept["profile"])}
        )
    day = received_on(desk, row)
    return counting_by(desk.definition.as_of(day) if day else desk.definition)
