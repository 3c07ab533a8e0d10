"""A period counted by one method, from either end: the arithmetic under every time limit."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from bot.agreement.civil_days import add_months, shift
from bot.agreement.periods import Period
from bot.agreement.workings import Anchor, Profile, Rule, Step

LONGEST_MONTH = 31


@dataclass(frozen=True)
class Reckoning:
    """A period and the method chosen to count it; `anchor` matters to months under EU1182 only."""

    period: Period
    profile: Profile
    anchor: Anchor

    def last_day(self, start: date) -> date:
        """The last day of the period, counted from `start`: months first, then days (CETS 076, Art. 4).

        Raises DateRefused beyond the year 9999, as everything here does.
        """
        return shift(self.months_over(start), self.period.days_after_months)

    def months_over(self, start: date) -> date:
        """The last day of the whole months, before any days are counted."""
        runs_from = self.runs_from(start)
        reached = add_months(runs_from, self.period.months)
        if self._counts_first_day and reached.day == runs_from.day:
            return shift(reached, -1)
        return reached

    def runs_from(self, start: date) -> date:
        """The day whose number the months look for: `start`, or the day after it by the other reading."""
        return shift(start, 1) if self._from_day_after else start

    def latest_start(self, term_end: date) -> date:
        """The latest day from which the period is over by `term_end`, found by counting forwards only.

        Halving the days before `term_end` works because a later start never ends earlier.
        """
        longest = LONGEST_MONTH * self.period.months + self.period.days_after_months + 1
        days = range(shift(term_end, -longest).toordinal(), term_end.toordinal() + 1)
        in_time = bisect_right(days, term_end, key=lambda day: self.last_day(date.fromordinal(day)))
        return date.fromordinal(days[in_time - 1])

    def counted_back(self, term_end: date) -> date:
        """The day reached by subtracting the period: what people do, and not a rule of any profile."""
        return shift(add_months(term_end, -self.period.months), -self.period.days_after_months)

    def method(self) -> tuple[Step, ...]:
        """The method's name, where it is not the default."""
        if self.profile is Profile.CETS076:
            return ()
        return (Step(Rule.PROFILE, {"profile": self.profile}),)

    def working(self, start: date) -> tuple[Step, ...]:
        """How `last_day` is reached from `start`."""
        opening = Step(self._opening(), {"start": start} | self.period.facts())
        closing = Step(Rule.LIMIT_ENDS, {"day": self.last_day(start)})
        return (*self.method(), opening, *self._end_of_months(start), *self._end_of_days(start), closing)

    def _opening(self) -> Rule:
        if self.period.is_zero:
            return Rule.NO_LENGTH
        if self._counts_first_day:
            return Rule.DAY_COUNTED
        return Rule.DAY_AFTER if self._from_day_after else Rule.DAY_NOT_COUNTED

    def _end_of_months(self, start: date) -> tuple[Step, ...]:
        """Nothing where the months simply end on the day of the same number."""
        runs_from, over = self.runs_from(start), self.months_over(start)
        matching = add_months(runs_from, self.period.months)
        if matching.day != runs_from.day:
            return (Step(Rule.NO_SUCH_DAY, {"wanted": runs_from.day, "last": matching}),)
        if over != matching:
            return (Step(Rule.DAY_BEFORE, {"matching": matching, "day": over}),)
        return ()

    def _end_of_days(self, start: date) -> tuple[Step, ...]:
        """Nothing for a period of days alone, which needs no explanation."""
        days = self.period.days_after_months
        if not days or not (self.period.months or self.period.half_month):
            return ()
        rule = Rule.HALF_MONTH if self.period.half_month else Rule.DAYS_AFTER_MONTHS
        facts = {"over": self.months_over(start), "last": self.last_day(start)} | Period(days=days).facts()
        return (Step(rule, facts),)

    @property
    def _counts_first_day(self) -> bool:
        return self.profile is Profile.UK2018 and self.period.months > 0

    @property
    def _from_day_after(self) -> bool:
        contested = self.profile is Profile.EU1182 and self.period.months > 0
        return contested and self.anchor is Anchor.DAY_AFTER
