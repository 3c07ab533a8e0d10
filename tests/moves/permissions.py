"""VI and IX.1(c): approvers' days, the formula of acknowledgement, exceptions on costs, statements on dates."""

from datetime import date, timedelta
from typing import Any

from bot.agreement import approvers, costs, formulas, settlement_answers, settlements
from bot.agreement.approvers import ApproverAbsence
from bot.agreement.costs import CostException
from bot.agreement.delegated_roles import RoleDelegation
from bot.agreement.formulas import WORDINGS, Formula
from bot.agreement.ledger import Occurrence
from bot.agreement.settlement_statements import SettlementStatement
from tests.moves.scenes import Doing, Recipe, Scene, Someone

INNER = "contact_point alternate communications"
TREATY = "contact_point alternate signatory legal"


def lent(scene: Scene) -> Any:
    today = scene.record.today
    people = {"approver_id": scene.record.key(scene.mine("approver"))}
    people["delegate_id"] = scene.record.key(scene.mine("communications"))
    days = {"first_day": today, "last_day": today + timedelta(days=9)}
    return scene.act(scene.mine("contact"), approvers.delegate_approval, **people, **days).delegation_id


def away(scene: Scene) -> Any:
    today = scene.record.today
    facts = {"person_id": scene.record.key(scene.mine("approver")), "first_day": today}
    return scene.act(
        scene.mine("approver"), approvers.enter_absence, last_day=today + timedelta(days=9), **facts
    ).absence_id


def proposed(scene: Scene, word: str = "Published by both") -> Any:
    words = dict.fromkeys(WORDINGS, word)
    event = scene.act(scene.mine("communications"), formulas.propose, wordings=words, used_where="Anywhere")
    return event.formula_id


def in_force(scene: Scene) -> Any:
    key = proposed(scene)
    seen = scene.get(Formula, key).sha256
    scene.act(scene.theirs("contact"), formulas.agree, formula_id=key, seen=seen)
    scene.keys["second"] = proposed(scene, "Written by both")
    return key


def agreeing(which: str) -> Any:
    def doing(scene: Scene, _: Someone) -> Doing:
        key = scene.keys[which]
        return formulas.agree, {"formula_id": key, "seen": scene.get(Formula, key).sha256}

    return doing


def entered(scene: Scene) -> Any:
    facts = {"purpose": "Print", "payer": "ILO", "share": "All", "reference": "MoU 3", "file": None}
    return scene.act(scene.mine("legal"), costs.enter, kind=costs.CostKind.PUBLICITY, **facts).cost_id


def confirmed(scene: Scene) -> Any:
    key = entered(scene)
    scene.act(scene.theirs("legal"), costs.confirm, cost_id=key)
    return key


def ending(scene: Scene) -> Any:
    key = confirmed(scene)
    scene.act(scene.mine("legal"), costs.enter_end, cost_id=key, ending_on=scene.record.today, basis="MoU 4")
    return key


def cost(verb: Any, **facts: Any) -> Any:
    return lambda scene, _: (verb, {"cost_id": scene.keys["case"], **facts})


def end_read(scene: Scene, _: Someone) -> Doing:
    """The end as it was entered and read, with all of the history."""
    key = scene.keys["case"]
    with scene.record.reading() as desk:
        seen = len(costs.history(desk.session, desk.session.get_one(CostException, key)))
    return costs.confirm_end, {"cost_id": key, "seen": seen}


def formula(verb: Any, **facts: Any) -> Any:
    return lambda scene, _: (verb, {"formula_id": scene.keys["case"], **facts})


def stated(scene: Scene) -> Any:
    due = scene.last(Occurrence, Occurrence.duty == "workplan-global")
    facts = {"occurrence_id": due.id, "met_on": date(2021, 5, 3), "evidence": "Registry"}
    return scene.act(scene.mine("contact"), settlements.record_met, **facts).statement_id


def answer(verb: Any, **facts: Any) -> Any:
    return lambda scene, _: (verb, {"statement_id": scene.keys["case"], **facts})


def ended(scene: Scene) -> Doing:
    day = scene.record.today
    return costs.enter_end, {"cost_id": scene.keys["case"], "ending_on": day, "basis": "MoU 4"}


RECIPES: dict[tuple[str, str], Recipe] = {
    ("delegations", "end_delegation"): Recipe(
        RoleDelegation,
        {"given": lent},
        lambda scene, _: (approvers.end_delegation, {"delegation_id": scene.keys["case"]}),
        "own: contact_point",
        names=lambda scene: (scene.mine("approver"),),
    ),
    ("absences", "cancel_absence"): Recipe(
        ApproverAbsence,
        {"entered": away},
        lambda scene, _: (approvers.cancel_absence, {"absence_id": scene.keys["case"]}),
        "own: contact_point",
        names=lambda scene: (scene.mine("approver"),),
    ),
    ("formulas", "agree"): Recipe(Formula, {"proposed": proposed}, agreeing("case"), f"other: {INNER}"),
    ("formulas", "decline"): Recipe(
        Formula, {"proposed": proposed}, formula(formulas.decline, reason="No."), f"other: {INNER}"
    ),
    ("formulas", "withdraw"): Recipe(
        Formula, {"proposed": proposed}, formula(formulas.withdraw), f"own: {INNER}"
    ),
    ("formulas", "replace"): Recipe(Formula, {"in_force": in_force}, agreeing("second"), f"other: {INNER}"),
    ("costs", "confirm"): Recipe(
        CostException, {"entered": entered}, cost(costs.confirm), f"other: {TREATY}"
    ),
    ("costs", "decline"): Recipe(
        CostException, {"entered": entered}, cost(costs.decline, reason="No."), f"other: {TREATY}"
    ),
    ("costs", "withdraw"): Recipe(
        CostException, {"entered": entered}, cost(costs.withdraw), f"own: {TREATY}"
    ),
    ("costs", "enter_end"): Recipe(
        CostException, {"confirmed": confirmed}, lambda scene, _: ended(scene), f"both: {TREATY}"
    ),
    ("costs", "drop_end"): Recipe(
        CostException, {"end_entered": ending}, cost(costs.drop_end), f"both: {TREATY}"
    ),
    ("costs", "confirm_end"): Recipe(CostException, {"end_entered": ending}, end_read, f"other: {TREATY}"),
    ("statements", "confirm"): Recipe(
        SettlementStatement,
        {"waiting": stated},
        answer(settlement_answers.confirm_statement),
        "other: contact_point alternate legal",
    ),
    ("statements", "dispute"): Recipe(
        SettlementStatement,
        {"waiting": stated},
        answer(settlement_answers.dispute_statement, reason="It was a draft."),
        "other: contact_point alternate legal",
    ),
}
