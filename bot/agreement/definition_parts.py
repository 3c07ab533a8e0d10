"""The parts of a definition: parties, clauses, events, term, duties, policies and the lists for reports."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

from bot.agreement.definition_values import (
    LAST_SIGNATURE,
    TERM_END,
    Audience,
    Basis,
    Day,
    DutyKind,
    EventDay,
    Id,
    InitialTerm,
    Ladder,
    Mode,
    MonthDay,
    PartyKind,
    Reading,
    Renewal,
    RenewalLength,
    RunsFrom,
    Scope,
    Span,
    Survival,
    Until,
    Written,
    YesNo,
    Zone,
)


class Part(BaseModel):
    """Anything in a definition: it never changes, and has no key that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Part):
    """One side of the agreement. `calendar` begins the names of its calendar files; `tz` is an IANA zone."""

    id: Id
    kind: PartyKind = PartyKind.ORGANIZATION
    abbreviation: str
    name: str
    acting_through: str = ""
    head: str
    seat: str
    languages: tuple[str, ...]
    calendar: str
    tz: Zone


class Clause(Part):
    """One thing the agreement says, described and never quoted. `serves` are its commands.

    Where it `prevails`, so does all that stands under it: over anything contrary elsewhere in the agreement.
    From `repealed_on`, if an amendment repealed it, it says nothing any more.
    """

    id: Id
    title: str
    summary: str
    modes: tuple[Mode, ...]
    verb: str = ""
    who: str
    trigger: str = ""
    rule: str = ""
    written: Written = Written.NONE
    survival: Survival = Survival.NONE
    routine: str = ""
    evidence: str = ""
    serves: tuple[str, ...] = ()
    prevails: bool = False
    repealed_on: Day | None = None

    @property
    def article(self) -> str:
        """The article the clause stands in: IV of IV.5-2."""
        return self.id.partition(".")[0]


class Signature(Part):
    """One party's signature: on which civil day at its place, by whom and in what capacity."""

    party: str
    on: Day
    place: str = ""
    by: str = ""
    capacity: str = ""


class Events(Part):
    """The days from which everything is counted: stated, or the day of the last signature."""

    signed: tuple[Signature, ...] = ()
    concluded: EventDay = LAST_SIGNATURE
    effective: EventDay = LAST_SIGNATURE
    entry_into_force: EventDay = LAST_SIGNATURE

    @property
    def last_signature(self) -> date:
        """The later day when the parties signed on different ones, each counted at its own place."""
        return max(signature.on for signature in self.signed)

    def on(self, name: str) -> date:
        """The day of the event `name`."""
        found = LAST_SIGNATURE if name == "signed" else getattr(self, name)
        return found if isinstance(found, date) else self.last_signature


class Term(Part):
    """How long the agreement runs, how it renews itself and how it may be ended.

    `initial` is None for a term without an end, and `notice` P0D where no period is stated. `end_reading` is
    the policy that says whether the first day counts. `margin_working_days` is how early to send a notice.
    """

    clause: str = ""
    starts: Literal["signed", "concluded", "effective", "entry_into_force"] = "effective"
    initial: InitialTerm
    end_reading: str | None = None
    renewal: Renewal
    renewal_clause: str = ""
    renewal_length: RenewalLength = "unspecified"
    notice: Span = "P0D"
    notice_clause: str = ""
    notice_runs_from: RunsFrom = RunsFrom.UNSPECIFIED
    notice_written: YesNo = True
    margin_working_days: NonNegativeInt = 10


class Duty(Part):
    """Something with due dates. All periods are ISO 8601, counted from `anchor` and never one from the other.

    `since` is the day from which they are counted where that is no event of the agreement, such as the day of an
    amendment (VII.3); of what is due once, with no period, it is the day itself.
    `by` names the parties that owe it, all when empty. `levels` gives the interval of each level to a duty
    kept channel by channel. `scheduled` is how long after a window opens the bot proposes to act: P0D gives
    fixed anniversaries. `steps` are how long before each due date people are reminded. `reading` is the
    policy on which the dates depend. `settle` says whether a person may record it as met. `discretion` is for
    what the text leaves to the parties: a day that has passed is then not called overdue.
    """

    id: Id
    clause: str
    title: str
    kind: DutyKind
    anchor: str = "effective"
    since: Day | None = None
    first: Span = "P0D"
    every: Span | None = None
    month_day: MonthDay | None = None
    scheduled: Span | None = None
    until: Until = TERM_END
    per: Scope = Scope.AGREEMENT
    by: tuple[str, ...] = ()
    levels: dict[str, Span] = Field(default_factory=dict)
    steps: Ladder
    basis: Basis
    reading: str | None = None
    audience: Audience
    settle: YesNo
    discretion: YesNo = False


class Policy(Part):
    """An answer to a question the text leaves open. `options` is empty where any value of its type will do.

    `ambiguity` numbers the question; several policies may answer one.
    """

    key: Id
    value: Reading
    options: tuple[bool | int | str, ...] = ()
    clauses: tuple[str, ...]
    ambiguity: PositiveInt
    question: str
    basis: Basis = Basis.POLICY

    def allows(self, value: object) -> bool:
        """Whether the parties may choose `value`."""
        if isinstance(value, tuple) != isinstance(self.value, tuple):
            return False
        members = value if isinstance(value, tuple) else (value,)
        if self.options:
            return all(_member(member, self.options) for member in members)
        kind = type(self.value[0] if isinstance(self.value, tuple) else self.value)
        return all(type(member) is kind for member in members)


class Area(Part):
    """A field of cooperation; `tags` divide it for reports."""

    id: Id
    clause: str
    title: str
    tags: dict[str, str] = Field(default_factory=dict)


class Modality(Part):
    """A way of working together."""

    id: Id
    clause: str
    title: str


class Taxonomy(Part):
    """A list of terms from elsewhere by which activities are reported: code → term."""

    id: Id
    title: str
    terms: dict[str, str]


class Level(Part):
    """A level of operations, from the headquarters to a country."""

    id: Id
    title: str


class Xref(Part):
    """A cross-reference in the text that cannot be followed as written, and what it is taken to mean."""

    clause: str
    written: str
    means: str
    reading: str | None = None


class Superseded(Part):
    """An instrument that the agreement replaces."""

    clause: str
    title: str
    dated: tuple[Day, ...] = ()


class Recital(Part):
    """A fact the agreement starts from."""

    fact: str
    since: str = ""


def _member(value: object, options: tuple[bool | int | str, ...]) -> bool:
    """Whether `value` is an option; `True` is not 1."""
    return any(type(option) is type(value) and option == value for option in options)
