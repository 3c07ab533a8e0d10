"""What the parts of a definition say of each other: references must resolve, rules must be possible."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.agreement.definition_file import DefinitionError, Document, KeyPath, Problem, repeated
from bot.agreement.time_limits import Period, PeriodRefused

EVENTS = ("signed", "concluded", "effective", "entry_into_force", "term_end")
"""The events from which a duty may be counted."""

LAST_SIGNATURE = "last_signature"

USELESS = {
    "once": ("every", "month_day", "scheduled"),
    "every": ("month_day", "scheduled"),
    "window": ("month_day",),
    "calendar": ("first", "every", "scheduled"),
    "notice": ("first", "every", "month_day", "scheduled", "since"),
}
"""Keys that would be read past in silence, for each kind of duty."""

Check = Callable[[Document], Iterator[DefinitionError]]


@dataclass(frozen=True)
class Reference:
    """The values of `key` in `table` name rows of `target`, by their `name`."""

    table: tuple[str, ...]
    key: str
    target: str
    problem: Problem
    name: str = "id"


def _to_clause(key: str, *table: str) -> Reference:
    return Reference(table, key, "clauses", Problem.UNKNOWN_CLAUSE)


def _to_policy(key: str, *table: str) -> Reference:
    return Reference(table, key, "policies", Problem.UNKNOWN_POLICY, "key")


REFERENCES = (
    _to_clause("clause", "duties"),
    _to_clause("clauses", "policies"),
    _to_clause("clause", "areas"),
    _to_clause("clause", "modalities"),
    _to_clause("clause", "xrefs"),
    _to_clause("means", "xrefs"),
    _to_clause("clause", "supersedes"),
    _to_clause("clause", "term"),
    _to_clause("renewal_clause", "term"),
    _to_clause("notice_clause", "term"),
    _to_policy("reading", "duties"),
    _to_policy("reading", "xrefs"),
    _to_policy("end_reading", "term"),
    Reference(("events", "signed"), "party", "parties", Problem.UNKNOWN_PARTY),
    Reference(("duties",), "by", "parties", Problem.UNKNOWN_PARTY),
    Reference(("duties",), "levels", "levels", Problem.UNKNOWN_LEVEL),
)

NAMED = (
    ("parties", "id"),
    ("clauses", "id"),
    ("duties", "id"),
    ("policies", "key"),
    ("areas", "id"),
    ("modalities", "id"),
    ("taxonomies", "id"),
    ("levels", "id"),
)


def references(document: Document) -> Iterator[DefinitionError]:
    """Every reference to something that the file does not have."""
    for reference in REFERENCES:
        known = document.names(reference.target, reference.name)
        for path, row in document.rows(*reference.table):
            value = row.get(reference.key, ())
            for name in (value,) if isinstance(value, str) else value if _many(value) else ():
                if name not in known:
                    yield document.refuse((*path, reference.key), reference.problem, name, known)


def _many(value: object) -> bool:
    return isinstance(value, list | tuple | dict)


def names(document: Document) -> Iterator[DefinitionError]:
    """Every name given a second time."""
    for table, key in NAMED:
        twice, seen = repeated(document.names(table, key)), set()
        for path, row in document.rows(table):
            name = str(row.get(key))
            if name in twice and name in seen:
                yield document.refuse((*path, key), Problem.DUPLICATE_ID, name)
            seen.add(name)


def parties(document: Document) -> Iterator[DefinitionError]:
    """Fewer than two parties."""
    if "parties" in document.data and len(document.names("parties")) < 2:
        yield document.refuse(("parties", 0), Problem.TOO_FEW_PARTIES)


def signatures(document: Document) -> Iterator[DefinitionError]:
    """Parties whose signature is missing although a date follows from the last one."""
    events = document.data.get("events")
    if not isinstance(events, dict) or not _counts_signatures(document, events):
        return
    signed = {row.get("party") for _, row in document.rows("events", "signed")}
    for party in document.names("parties"):
        if party not in signed:
            yield document.refuse(("events",), Problem.SIGNATURE_MISSING, party)


def _counts_signatures(document: Document, events: dict[str, Any]) -> bool:
    derived = (events.get(name, LAST_SIGNATURE) == LAST_SIGNATURE for name in EVENTS[1:4])
    return any(derived) or any(duty.get("anchor") == "signed" for _, duty in document.rows("duties"))


def options(document: Document) -> Iterator[DefinitionError]:
    """Policies whose value is not one of their own options."""
    for path, policy in document.rows("policies"):
        allowed = policy.get("options")
        if not isinstance(allowed, list) or not allowed or "value" not in policy:
            continue
        value = policy["value"]
        for member in value if isinstance(value, list) else [value]:
            if member not in allowed:
                known = [str(option) for option in allowed]
                yield document.refuse((*path, "value"), Problem.NOT_AN_OPTION, member, known)


def duties(document: Document) -> Iterator[DefinitionError]:
    """Duties whose rule cannot be carried out."""
    for path, duty in document.rows("duties"):
        for rule in (_recurrence, _useless, _by_level, _by_event):
            yield from rule(document, path, duty)


def _recurrence(document: Document, path: KeyPath, duty: dict[str, Any]) -> Iterator[DefinitionError]:
    kind, channel = duty.get("kind"), duty.get("per") == "channel"
    spans = _spans(path, duty, channel)
    problem = {"every": Problem.EVERY_WITHOUT_PERIOD, "window": Problem.WINDOW_WITHOUT_LENGTH}.get(str(kind))
    if problem and not spans and not channel:
        yield document.refuse((*path, "kind"), problem)
    for at, span in spans.items():
        if problem and _is_zero(span):
            yield document.refuse(at, problem, span)
    if kind == "calendar" and "month_day" not in duty:
        yield document.refuse((*path, "kind"), Problem.CALENDAR_WITHOUT_DAY)


def _spans(path: KeyPath, duty: dict[str, Any], channel: bool) -> dict[KeyPath, object]:
    levels = duty.get("levels")
    if channel and isinstance(levels, dict):
        return {(*path, "levels", level): span for level, span in levels.items()}
    return {(*path, "every"): duty["every"]} if "every" in duty else {}


def _is_zero(span: object) -> bool:
    try:
        return Period.parse(str(span)).is_zero
    except PeriodRefused:
        return False


def _useless(document: Document, path: KeyPath, duty: dict[str, Any]) -> Iterator[DefinitionError]:
    kind = str(duty.get("kind"))
    keys = [*USELESS.get(kind, ()), *(["every"] if duty.get("per") == "channel" else [])]
    keys += ["anchor"] if "since" in duty else []
    for key in dict.fromkeys(keys):
        if key in duty:
            yield document.refuse((*path, key), Problem.KEY_UNUSED, kind)


def _by_level(document: Document, path: KeyPath, duty: dict[str, Any]) -> Iterator[DefinitionError]:
    channel, levels = duty.get("per") == "channel", duty.get("levels")
    if levels and not channel:
        yield document.refuse((*path, "levels"), Problem.LEVELS_WITHOUT_CHANNEL)
    if channel and not levels:
        yield document.refuse((*path, "per"), Problem.CHANNEL_WITHOUT_LEVELS)


def _by_event(document: Document, path: KeyPath, duty: dict[str, Any]) -> Iterator[DefinitionError]:
    anchor, notice = duty.get("anchor", "effective"), duty.get("kind") == "notice"
    term = document.data.get("term")
    term = term if isinstance(term, dict) else {}
    if anchor not in EVENTS:
        yield document.refuse((*path, "anchor"), Problem.UNKNOWN_EVENT, anchor, EVENTS)
    if term.get("initial") == "open" and (notice or anchor == "term_end"):
        yield document.refuse((*path, "kind" if notice else "anchor"), Problem.TERM_WITHOUT_END)
    if notice and _is_zero(term.get("notice", "P0D")):
        yield document.refuse((*path, "kind"), Problem.NOTICE_WITHOUT_PERIOD)


CHECKS: tuple[Check, ...] = (references, names, parties, signatures, options, duties)


def check(document: Document) -> list[DefinitionError]:
    """Everything in the file that contradicts something else in it."""
    return [problem for each in CHECKS for problem in each(document)]
