"""VII.1-4: a party's decision on renewal, before the last day for a notice, from each status a move leaves."""

from datetime import date
from typing import Any

from bot.agreement import renewal_decisions
from bot.agreement.renewal_rooms import RenewalChoice, RenewalRoom
from tests.moves.scenes import Doing, Recipe, Scene, Someone

TREATY = "contact_point alternate signatory legal"
DAY = date(2030, 8, 5)
DECISION = {"choice": RenewalChoice.LET_RENEW, "reasons": "It serves both."}


def room(scene: Scene, party: str) -> Any:
    return scene.last(RenewalRoom, RenewalRoom.party == party)


def untouched(scene: Scene) -> Any:
    scene.record.move_to(DAY)
    return None


def entering(verb: Any) -> Any:
    def doing(scene: Scene, one: Someone) -> Doing:
        mine = room(scene, one.party)
        return verb, {**DECISION, "seen": mine.version if mine else 0, "through": one.party}

    return doing


def by(scene: Scene, party: str, name: str, verb: Any) -> None:
    done, facts = entering(verb)(scene, scene.record.people[name])
    scene.act(name, done, **facts)
    scene.keys[party] = room(scene, party).id


def prepared(scene: Scene) -> Any:
    untouched(scene)
    by(scene, scene.own, scene.mine("legal"), renewal_decisions.prepare)
    return scene.keys[scene.own]


def decided(scene: Scene) -> Any:
    untouched(scene)
    by(scene, scene.own, scene.mine("contact"), renewal_decisions.decide)
    return scene.keys[scene.own]


def ready(scene: Scene) -> Any:
    key = decided(scene)
    seen = room(scene, scene.own).version
    facts = {"room_id": key, "seen": seen, "through": scene.own}
    scene.act(scene.mine("contact"), renewal_decisions.release, **facts)
    return key


def both(scene: Scene) -> Any:
    """One party would show its decision, and the other has decided."""
    key = ready(scene)
    by(scene, scene.other, scene.theirs("contact"), renewal_decisions.decide)
    return key


def releasing(whose: str) -> Any:
    def doing(scene: Scene, one: Someone) -> Doing:
        mine = room(scene, getattr(scene, whose))
        return renewal_decisions.release, {"room_id": mine.id, "seen": mine.version, "through": one.party}

    return doing


def taking_back(scene: Scene, one: Someone) -> Doing:
    return renewal_decisions.take_back, {"room_id": scene.keys[scene.own], "through": one.party}


CHANGEABLE = {"open": untouched, "prepared": prepared, "decided": decided}
RECIPES: dict[tuple[str, str], Recipe] = {
    ("renewals", "prepare"): Recipe(
        RenewalRoom,
        CHANGEABLE,
        entering(renewal_decisions.prepare),
        f"own: {TREATY}",
        besides=f"other: {TREATY}",
    ),
    ("renewals", "decide"): Recipe(
        RenewalRoom,
        CHANGEABLE,
        entering(renewal_decisions.decide),
        "own: signatory",
        besides="other: signatory",
    ),
    ("renewals", "release"): Recipe(RenewalRoom, {"decided": decided}, releasing("own"), "own: signatory"),
    ("renewals", "take_back"): Recipe(RenewalRoom, {"ready": ready}, taking_back, "own: signatory"),
    ("renewals", "show"): Recipe(RenewalRoom, {"ready": both}, releasing("other"), "other: signatory"),
}
