"""VIII: disputes and notes of settlement, from each status that a move leaves."""

from typing import Any

from bot.agreement import dispute_entries, dispute_settlements, dispute_steps
from bot.agreement.dispute_entries import Grievance
from bot.agreement.dispute_notes import DisputeNote
from bot.agreement.disputes import Dispute, DisputeStatus
from tests.moves.scenes import Doing, Recipe, Scene, Someone

DISPUTING = "contact_point signatory legal"
GRIEVANCE = Grievance(title="Fees", clauses=["VIII"], about="Who pays.", sought="An answer.")


def draft(scene: Scene) -> Any:
    facts = {"grievance": GRIEVANCE, "people": [], "through": scene.own}
    return scene.act(scene.mine("legal"), dispute_entries.draft, **facts).dispute_id


def raised(scene: Scene) -> Any:
    return scene.act(
        scene.mine("legal"), dispute_entries.raise_now, grievance=GRIEVANCE, people=[]
    ).dispute_id


def taken_up(scene: Scene) -> Any:
    key = raised(scene)
    scene.act(scene.theirs("legal"), dispute_steps.take_up, dispute_id=key, people=[])
    return key


def refer(scene: Scene, key: int, seen: DisputeStatus) -> int:
    facts = {"dispute_id": key, "seen": seen, "reason": "It is stuck."}
    scene.act(scene.theirs("contact"), dispute_steps.refer, **facts)
    return key


def at_contact_points(scene: Scene) -> Any:
    return refer(scene, taken_up(scene), DisputeStatus.WORKING_LEVEL)


def at_heads(scene: Scene) -> Any:
    return refer(scene, at_contact_points(scene), DisputeStatus.CONTACT_POINTS)


def noted(before: Any) -> Any:
    """A dispute with a note of the party that raised it, which waits."""

    def build(scene: Scene) -> Any:
        key = before(scene)
        scene.act(scene.mine("legal"), dispute_settlements.write_note, dispute_id=key, text="So.")
        return key

    return build


def note(scene: Scene) -> Any:
    scene.keys["dispute"] = noted(taken_up)(scene)
    return scene.last(DisputeNote).id


def of_draft(verb: Any, **more: Any) -> Any:
    def doing(scene: Scene, one: Someone) -> Doing:
        return verb, {"dispute_id": scene.keys["case"], "through": one.party, **more}

    return doing


def of(verb: Any, **more: Any) -> Any:
    return lambda scene, _: (verb, {"dispute_id": scene.keys["case"], **more})


def referred(scene: Scene, _: Someone) -> Doing:
    seen = scene.get(Dispute, scene.keys["case"]).status
    return dispute_steps.refer, {"dispute_id": scene.keys["case"], "seen": seen, "reason": "It is stuck."}


def confirming(scene: Scene, _: Someone) -> Doing:
    last = scene.last(DisputeNote)
    return dispute_settlements.confirm, {"note_id": last.id, "seen": last.sha256}


def of_note(verb: Any, **more: Any) -> Any:
    return lambda scene, _: (verb, {"dispute_id": scene.keys["dispute"], **more})


RECIPES: dict[tuple[str, str], Recipe] = {
    ("disputes", "send"): Recipe(
        Dispute, {"draft": draft}, of_draft(dispute_entries.send, seen=0), f"own: {DISPUTING}"
    ),
    ("disputes", "discard"): Recipe(
        Dispute, {"draft": draft}, of_draft(dispute_entries.discard), f"own: {DISPUTING}"
    ),
    ("disputes", "take_up"): Recipe(
        Dispute, {"raised": raised}, of(dispute_steps.take_up, people=[]), f"other: {DISPUTING}"
    ),
    ("disputes", "refer_to_contact_points"): Recipe(
        Dispute, {"raised": raised, "working_level": taken_up}, referred, "both: contact_point"
    ),
    ("disputes", "refer_to_heads"): Recipe(
        Dispute, {"contact_points": at_contact_points}, referred, "both: contact_point"
    ),
    ("disputes", "settle"): Recipe(
        Dispute,
        {
            "working_level": noted(taken_up),
            "contact_points": noted(at_contact_points),
            "heads": noted(at_heads),
        },
        confirming,
        "other: contact_point signatory",
    ),
    ("disputes", "withdraw"): Recipe(
        Dispute,
        {"raised": raised, "working_level": taken_up, "contact_points": at_contact_points, "heads": at_heads},
        of(dispute_steps.withdraw, reason="It is settled."),
        f"own: {DISPUTING}",
    ),
    ("notes", "confirm"): Recipe(
        DisputeNote, {"proposed": note}, confirming, "other: contact_point signatory"
    ),
    ("notes", "give_back"): Recipe(
        DisputeNote,
        {"proposed": note},
        lambda scene, _: (
            dispute_settlements.give_back,
            {"note_id": scene.keys["case"], "reason": "Not so."},
        ),
        "other: contact_point signatory",
    ),
    ("notes", "replace"): Recipe(
        DisputeNote,
        {"proposed": note},
        of_note(dispute_settlements.write_note, text="Otherwise."),
        f"own: {DISPUTING}",
    ),
    ("notes", "lapse"): Recipe(
        DisputeNote,
        {"proposed": note},
        of_note(dispute_steps.withdraw, reason="It is settled."),
        f"own: {DISPUTING}",
    ),
}
