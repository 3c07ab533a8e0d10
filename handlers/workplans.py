"""The doors of IV.5 for workplans: showing, proposing, adopting and comparing their versions."""

from datetime import date

from bot.agreement import workplan_adoptions
from bot.agreement.desk import Desk
from bot.agreement.workplan_checks import taxonomy_codes, theme_codes
from bot.agreement.workplan_comparisons import Difference, compare_versions, pair
from bot.agreement.workplan_items import Approach, Constituent, item_by_number
from bot.agreement.workplans import Workplan, current, get_workplan
from bot.cards import card
from bot.cards.facts import area_title
from bot.cards.workplans import items_message, places_message
from bot.letters import day, say, term, words
from bot.shapes import Button, message
from bot.workplan_places import scope_named
from handlers.calls import Call, Reply, Tell, row_number

FIRST = 20
"""How many changed items a comparison shows before the rest are only counted."""


def show(call: Call) -> Reply:
    """Every workplan; with a place, its newest version; with a number, one item."""
    with call.reading() as desk:
        if not call.text:
            return Tell(places_message(desk))
        if "/" in call.text:
            return Tell(card(desk, item_by_number(desk.session, call.text).subject))
        return Tell(card(desk, _asked(call, desk).subject))


def _asked(call: Call, desk: Desk) -> Workplan:
    """The version a button is on, or the newest of the place that was typed."""
    if call.value:
        return get_workplan(desk.session, row_number(call.value))
    return current(desk.session, scope_named(desk, call.text, call.channel))


def show_plan(call: Call) -> Reply:
    """One version as it stands."""
    with call.reading() as desk:
        return Tell(card(desk, _asked(call, desk).subject))


def show_items(call: Call) -> Reply:
    """The items of a workplan, each with its button."""
    with call.reading() as desk:
        return Tell(items_message(desk, _asked(call, desk)))


def propose(call: Call) -> Reply:
    """Put the draft to both parties."""
    if call.value:
        event = call.act(workplan_adoptions.propose, workplan_id=row_number(call.value))
        return call.again(event.subject)
    with call.reading() as desk:
        plan = _asked(call, desk)
    call.act(workplan_adoptions.propose, workplan_id=plan.key)
    return show_plan(call)


def open_adoption(call: Call) -> Reply:
    """Show what there is to adopt, with its fingerprint and the button: nobody adopts what they do not see."""
    with call.reading() as desk:
        scope = scope_named(desk, call.text, call.channel)
    with call.reading(workplan_adoptions.adopting(scope)) as desk:
        return Tell(card(desk, current(desk.session, scope).subject))


def adopt(call: Call) -> Reply:
    """Adopt exactly this version for the own party."""
    event = call.act(workplan_adoptions.adopt, workplan_id=row_number(call.value))
    return call.again(event.subject)


def compare(call: Call) -> Reply:
    """What is added, removed and changed between two versions."""
    place, first, second = _versions(call.text)
    with call.reading() as desk:
        if call.value:
            plan = get_workplan(desk.session, row_number(call.value))
            before, after = pair(desk, plan.scope, 0, plan.version)
        else:
            before, after = pair(desk, scope_named(desk, place, call.channel), first, second)
        return Tell(message(words("workplans/comparison", _comparison(desk, before, after))))


def _versions(text: str) -> tuple[str, int, int]:
    """The place that was typed, and the two versions named after it; 0 for what is not named."""
    typed, numbers = text.split(), [0, 0]
    while typed and typed[-1].isdecimal() and 0 in numbers:
        numbers = [row_number(typed.pop()), numbers[0]]
    first, second = numbers
    return " ".join(typed), first, second


def _comparison(desk: Desk, before: Workplan, after: Workplan) -> dict[str, object]:
    found = compare_versions(desk, before, after)
    return {
        "scope": after.scope,
        "version": after.version,
        "status": after.status,
        "before": before.version,
        "added": found.added,
        "removed": found.removed,
        "changed": [_changed(desk, one) for one in found.changed[:FIRST]],
        "more": max(0, len(found.changed) - FIRST),
        "nothing": found.nothing,
    }


def _changed(desk: Desk, one: Difference) -> dict[str, object]:
    fields = [
        (say("workplans/fields", name, {}), _shown(desk, name, before), _shown(desk, name, after))
        for name, before, after in one.fields
    ]
    return {"number": one.number, "title": one.title, "fields": fields}


def _shown(desk: Desk, name: str, value: object) -> object:
    """A value of an adopted item in words."""
    if isinstance(value, list):
        return ", ".join(_title(desk, name, str(each)) for each in value)
    if name == "due_on" and value:
        return day(date.fromisoformat(str(value)))
    if name == "lead_party" and not value:
        return say("workplans/fields", "lead_both", {})
    return _title(desk, name, str(value)) if value else ""


def _title(desk: Desk, name: str, code: str) -> str:
    known = desk.definition
    titles = {"priority": taxonomy_codes(known, "P10"), "means": taxonomy_codes(known, "M4")}
    match name:
        case "area":
            return area_title(desk, code)
        case "constituents":
            return term(Constituent(code))
        case "lead_party":
            return known.party(code).abbreviation
        case "tags" if code in list(Approach):
            return term(Approach(code))
        case "themes":
            return theme_codes(known).get(code, code)
        case _:
            return titles.get(name, {}).get(code, code)


def help(call: Call) -> Reply:  # noqa: ARG001  the one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (Button("workplans.show", "all", "show"), Button("workplans.add", "new", "add", "primary"))
    return Tell(message(words("workplans/help", {}), buttons))
