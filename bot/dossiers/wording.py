"""A dossier in words: one paper, from which every form and the signed version are made."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.dossiers.cadence import Cadence, Kept
from bot.dossiers.facts import Dossier, Said, SectionFacts
from bot.dossiers.shapes import Part, Tally
from bot.letters import say, term, words
from bot.papers import Paper, Section, Table
from bot.shapes import plain

MOST = 200
"""How many lines a table of single things has; the counts tell of all of them."""


def worded(desk: Desk, facts: Dossier) -> Paper:
    """The whole dossier in words."""
    sections = (
        _dates(facts),
        *(_cadence(each) for each in facts.cadence),
        *(part for each in facts.sections for part in _section(desk.definition, facts, each)),
        *(words for part in _unplaced(facts) for words in _part(desk.definition, part)),
        _tags(facts),
        _agenda(facts),
        _open_items(facts),
    )
    return Paper(_say("title", vars(facts)), _say("verdict", _summary(facts)), sections)


def _say(block: str, facts: Mapping[str, object], template: str = "reports/review") -> str:
    return plain(say(template, block, facts))


def _day(value: date | None, block: str = "not_known") -> str:
    return _say("day", {"day": value}) if value else _say(block, {})


def _summary(facts: Dossier) -> dict[str, object]:
    given = [said for section in facts.sections for said in section.contributions]
    return {
        "span": facts.span,
        "number": facts.number,
        "submitted": sum(said.at is not None for said in given),
        "wanted": len(given),
        "held_on": facts.held_on,
    }


def _dates(facts: Dossier) -> Section:
    labels = {name: plain(text) for name, text in words("reports/dates", {}).items()}
    when = facts.schedule
    if when is None:
        return Section(labels["heading"], paragraphs=(labels["no_window"],))
    about = {"when": when, "reading": facts.reading, "scheduling": facts.scheduling, "clause": facts.clause}
    told = ("compliance", "anniversary", "rolled", "proposed", "rolling")
    pairs = [(labels[name], _say(name, about, "reports/readings")) for name in told]
    if facts.number:
        pairs.append((labels["held_on"], _day(facts.held_on, "not_held")))
    notes = (_say("outside", about, "reports/readings"),) if when.anniversary_outside else ()
    return Section(labels["heading"], tuple(pairs), notes)


def _cadence(cadence: Cadence) -> Section:
    kept = [turn.kept for turn in cadence.turns]
    counted = [(kept.count(each), _say(each.value, {}, "reports/kept").lower()) for each in Kept]
    facts = {"cadence": cadence, "counts": tuple(pair for pair in counted if pair[0])}
    rows = tuple(
        (
            _say("span", {"first": turn.window_start, "last": turn.due_on}),
            _say(turn.kept.value, {}, "reports/kept"),
            _say("day", {"day": turn.met_on}) if turn.met_on else "–",
            _say("gap", {"turn": turn, "every": cadence.every}),
            turn.evidence or "–",
        )
        for turn in cadence.turns
    )
    columns = ("period", "standing", "met_on", "days_between", "evidence")
    table = Table(_columns(columns), rows, (4, 2, 3, 2, 4)) if rows else None
    return Section(_say("cadence", facts), paragraphs=(_say("cadence_kept", facts),), table=table)


def _columns(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_say(name, {}, "reports/columns") for name in names)


def _section(definition: Definition, facts: Dossier, section: SectionFacts) -> Iterator[Section]:
    number = [each.section for each in facts.sections].index(section.section) + 1
    about = {"number": number, "section": section.section, "clauses": section.clauses}
    said = tuple(text for each in section.contributions for text in _said(each))
    if facts.number == "":
        said = (_say("no_dossier", {}),)
    yield Section(_say("section", about), paragraphs=said)
    for part in facts.parts:
        if part.name in section.parts:
            yield from _part(definition, part)


def _unplaced(facts: Dossier) -> list[Part]:
    placed = {name for section in facts.sections for name in section.parts}
    return [part for part in facts.parts if part.name not in placed]


def _said(said: Said) -> tuple[str, ...]:
    if said.at is None:
        return (_say("missing", {"party": said.party, "asked": said.asked}),)
    heading = _say("said", {"party": said.party, "by": said.by, "at": said.at})
    # People's own text goes in as it was typed, since no template has to quote it.
    return (heading, said.text)


def _part(definition: Definition, part: Part) -> Iterator[Section]:
    heading = _say(part.name, {}, "reports/parts")
    about = {"total": part.total, "clauses": part.clauses, "more": max(0, len(part.items) - MOST)}
    count = _say(f"{part.name}_count", about, "reports/parts")
    rows = tuple(
        (item.number, item.title, item.party, _say("day", {"day": item.on}), plain(term(item.status)))
        for item in part.items[:MOST]
    )
    columns = ("number", "subject", "party", "on", "standing")
    table = Table(_columns(columns), rows, (2, 6, 2, 4, 4)) if rows else None
    yield Section(heading, paragraphs=(count,), table=table)
    for tally in part.tallies:
        if tally.rows:
            yield _tally(definition, heading, tally)


def _tally(definition: Definition, heading: str, tally: Tally) -> Section:
    rows = tuple(
        (*(_label(definition, by, key) for by, key in zip(tally.by, row.keys, strict=True)), str(row.count))
        for row in tally.rows
    )
    by = [_say(name, {}, "reports/columns") for name in tally.by]
    title = _say("tally", {"heading": heading, "by": by})
    return Section(title, table=Table((*by, *_columns(("count",))), rows))


def _label(definition: Definition, by: str, key: str) -> str:
    titles = {area.id: area.title for area in definition.areas}
    clauses = {clause.id: f"{clause.id} · {clause.title}" for clause in definition.clauses}
    match by:
        case "area":
            return titles.get(key, key)
        case "clause":
            return clauses.get(key, key)
        case "month":
            return _say("month", {"day": date.fromisoformat(f"{key}-01")})
        case "level" | "scope":
            return _say(by, {by: key})
        case _:
            return key


def _tags(facts: Dossier) -> Section:
    rows = tuple(
        (
            _say(tag.taxonomy, {}, "reports/taxonomies"),
            f"{tag.term} · {tag.title}",
            _say("not_tagged", {}) if tag.count is None else str(tag.count),
        )
        for tag in facts.tags
    )
    table = Table(_columns(("taxonomy", "heading", "count")), rows, (4, 6, 2))
    return Section(_say("tags", {}), paragraphs=(_say("tags_note", {}),), table=table)


def _agenda(facts: Dossier) -> Section:
    items = [
        _say("agenda_item", {"section": each.section, "clauses": each.clauses, "said": each.contributions})
        for each in facts.sections
    ]
    opening = _say("agenda_opening", {"open_items": len(facts.open_items)})
    numbered = [f"{n}. {text}" for n, text in enumerate([opening, *items, _say("agenda_closing", {})], 1)]
    return Section(_say("agenda", {}), paragraphs=tuple(numbered))


def _open_items(facts: Dossier) -> Section:
    rows = tuple(
        (
            _say(item.kind, {}, "reports/open"),
            item.clause,
            f"{item.number} {item.title}".strip(),
            _say("day", {"day": item.on}),
        )
        for item in facts.open_items[:MOST]
    )
    table = Table(_columns(("kind", "clause", "subject", "on")), rows, (3, 1, 5, 3)) if rows else None
    counted = {"count": len(facts.open_items), "more": max(0, len(facts.open_items) - MOST)}
    return Section(_say("open", {}), paragraphs=(_say("open_count", counted),), table=table)


def as_json(facts: Dossier) -> dict[str, Any]:
    """The facts under the keys that `bot.dossiers` documents."""
    when = facts.schedule
    return {
        "agreement": facts.agreement,
        "title": facts.title,
        "clause": facts.clause,
        "from": facts.span.first,
        "until": facts.span.last,
        "number": facts.number or None,
        "held_on": facts.held_on,
        "schedule": when
        and {
            "reading": facts.reading,
            "scheduling": facts.scheduling,
            "window_opens": when.window.opens,
            "window_closes": when.window.closes,
            **{name: value for name, value in vars(when).items() if name != "window"},
        },
        "sections": [_listed(each) for each in facts.sections],
        "parts": [_listed(each) for each in facts.parts],
        "tags": [vars(each) for each in facts.tags],
        "cadence": [_turns(each) for each in facts.cadence],
        "open_items": [vars(each) for each in facts.open_items],
    }


def _turns(cadence: Cadence) -> dict[str, Any]:
    rows = [{**vars(turn), "standing": turn.kept} for turn in cadence.turns]
    for row in rows:
        del row["kept"]
    shown = ("duty", "clause", "title", "basis", "every")
    return {**{name: getattr(cadence, name) for name in shown}, "rows": rows}


def _listed(value: Any) -> Any:
    """Frozen dataclasses and tuples as JSON has them."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _listed(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_listed(each) for each in value]
    return value.value if isinstance(value, StrEnum) else value
