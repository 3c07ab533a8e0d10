"""A definition file → Definition: an agreement as data, so that no code knows which one it keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import Field, ValidationError

from bot.agreement.civil_days import shift
from bot.agreement.definition_checks import check
from bot.agreement.definition_file import DefinitionError, DefinitionRefused, Problem, read
from bot.agreement.definition_parts import (
    Area,
    Clause,
    Duty,
    Events,
    Level,
    Modality,
    Part,
    Party,
    Policy,
    Recital,
    Signature,
    Superseded,
    Taxonomy,
    Term,
    Xref,
)
from bot.agreement.definition_schema import problems_of
from bot.agreement.definition_values import (
    TERM_END,
    Audience,
    Basis,
    DutyKind,
    Id,
    Mode,
    PartyKind,
    PolicyValue,
    Renewal,
    RunsFrom,
    Scope,
    Survival,
    Written,
    Zone,
)
from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.time_limits import Period, Profile, end

__all__ = [
    "Area",
    "Audience",
    "Basis",
    "Clause",
    "Definition",
    "DefinitionError",
    "DefinitionRefused",
    "Duty",
    "DutyKind",
    "Events",
    "Level",
    "Modality",
    "Mode",
    "NotDefined",
    "Party",
    "PartyKind",
    "Policy",
    "PolicyValue",
    "Problem",
    "ReadingRefused",
    "Recital",
    "Renewal",
    "RunsFrom",
    "Scope",
    "Signature",
    "Superseded",
    "Survival",
    "Taxonomy",
    "Term",
    "Written",
    "Xref",
    "load",
    "shipped",
]

SHIPPED = Path(__file__).parent / "definitions"


@dataclass
class NotDefined(AgreementError):
    """The agreement has no such thing; `sort` is "clause", "party", "duty", "policy" or "event"."""

    routine = "agreement"

    sort: str
    name: str


@dataclass
class ReadingRefused(FieldError):
    """The policy `field` does not allow this value; `options` is empty where only its type is wrong."""

    routine = "agreement"

    value: PolicyValue
    options: tuple[bool | int | str, ...]


class Named(Protocol):
    """A part that has an id."""

    @property
    def id(self) -> str: ...


NamedPart = TypeVar("NamedPart", bound=Named)


class Definition(Part):
    """An agreement: everything the program knows of it. Legal days are civil days in `tz`."""

    id: Id
    title: str
    short_title: str
    tz: Zone
    profile: Profile = Profile.CETS076
    silent: tuple[str, ...] = ()
    articles: dict[str, str] = Field(default_factory=dict)
    parties: tuple[Party, ...]
    events: Events
    term: Term
    clauses: tuple[Clause, ...]
    duties: tuple[Duty, ...] = ()
    policies: tuple[Policy, ...] = ()
    areas: tuple[Area, ...] = ()
    modalities: tuple[Modality, ...] = ()
    taxonomies: tuple[Taxonomy, ...] = ()
    levels: tuple[Level, ...] = ()
    xrefs: tuple[Xref, ...] = ()
    supersedes: tuple[Superseded, ...] = ()
    recitals: tuple[Recital, ...] = ()

    def clause(self, clause_id: str) -> Clause:
        """The clause with exactly this number. Raises NotDefined."""
        return _named("clause", self.clauses, clause_id)

    def find_clauses(self, text: str) -> tuple[Clause, ...]:
        """What a person may mean by `text`: that clause, or else all of that article or paragraph."""
        wanted = text.strip().replace(" ", "").casefold()
        exact = tuple(clause for clause in self.clauses if clause.id.casefold() == wanted)
        under = tuple(
            clause
            for clause in self.clauses
            if clause.id.casefold().startswith((f"{wanted}.", f"{wanted}-", f"{wanted}("))
        )
        return exact or under

    def party(self, party_id: str) -> Party:
        """The party of this id. Raises NotDefined."""
        return _named("party", self.parties, party_id)

    def others(self, party_id: str) -> tuple[Party, ...]:
        """Every party but this one. Raises NotDefined."""
        asked = self.party(party_id)
        return tuple(party for party in self.parties if party != asked)

    def other(self, party_id: str) -> Party:
        """The other party of a bilateral agreement. Raises NotDefined; ValueError where there are more."""
        (other,) = self.others(party_id)
        return other

    def duty(self, duty_id: str) -> Duty:
        """The duty of this id. Raises NotDefined."""
        return _named("duty", self.duties, duty_id)

    def policy(self, key: str) -> Any:
        """The value of a policy: text, number, yes or no, or a tuple of either. Raises NotDefined."""
        return self._policy(key).value

    def question(self, key: str) -> str:
        """The question that a policy answers. Raises NotDefined."""
        return self._policy(key).question

    def event(self, name: str) -> date:
        """The civil day of an event or of "term_end". Raises NotDefined, also for a term without an end."""
        if name == TERM_END:
            last = self.term_end()
            if last is None:
                raise NotDefined("event", name)
            return last
        if name != "signed" and name not in Events.model_fields:
            raise NotDefined("event", name)
        return self.events.on(name)

    def term_end(self) -> date | None:
        """The last day of the initial term, on which it ends at midnight; None for a term without an end.

        The policy named by `term.end_reading` says whether the first day is part of it.
        """
        if self.term.initial is None:
            return None
        last = end(self.event(self.term.starts), Period.parse(self.term.initial), self.profile).date
        reading = self.term.end_reading and self.policy(self.term.end_reading)
        return shift(last, -1) if reading == "inclusive_of_signature_day" else last

    def notice_runs_from(self) -> RunsFrom:
        """From when a notice runs: as the text says, else as the policy `notice.runs_from` does."""
        stated = self.term.notice_runs_from
        return RunsFrom(self.policy("notice.runs_from")) if stated is RunsFrom.UNSPECIFIED else stated

    def under(self, readings: Mapping[str, PolicyValue]) -> "Definition":
        """The same agreement with other answers to its open questions.

        Raises NotDefined for an unknown policy, and ReadingRefused for a value that it does not allow.
        """
        for key, value in readings.items():
            policy = self._policy(key)
            if not policy.allows(value):
                raise ReadingRefused(key, value, policy.options)
        policies = tuple(
            policy.model_copy(update={"value": readings.get(policy.key, policy.value)})
            for policy in self.policies
        )
        return self.model_copy(update={"policies": policies})

    def earlier(self) -> "tuple[Definition, date] | None":
        """The agreement before its last amendment and the day from which that counts; None if never amended."""
        return None

    def as_of(self, day: date) -> "Definition":
        """The agreement as it stood on a civil day."""
        earlier = self.earlier()
        return earlier[0].as_of(day) if earlier and day < earlier[1] else self

    def _policy(self, key: str) -> Policy:
        found = next((policy for policy in self.policies if policy.key == key), None)
        if found is None:
            raise NotDefined("policy", key)
        return found


def _named(sort: str, parts: Sequence[NamedPart], name: str) -> NamedPart:
    found = next((part for part in parts if part.id == name), None)
    if found is None:
        raise NotDefined(sort, name)
    return found


def shipped() -> tuple[str, ...]:
    """The ids of the definitions that come with the program."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def load(name_or_path: str) -> Definition:
    """The definition of this id, or the one in the file at this path.

    Raises DefinitionRefused with every problem that was found, each with its line.
    """
    path = SHIPPED / f"{name_or_path}.toml" if name_or_path in shipped() else Path(name_or_path)
    document = read(path, shipped())
    problems = check(document)
    try:
        definition = Definition.model_validate(document.data)
    except ValidationError as error:
        problems += problems_of(error, document, Definition)
    if problems:
        found = sorted(problems, key=lambda problem: (problem.line, problem.where))
        raise DefinitionRefused(document.file, tuple(found))
    return definition
