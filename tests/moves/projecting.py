"""IX.1 and IX.2-4: joint projects, their gates and the register of processing, from each status a move leaves."""

from datetime import date, timedelta
from typing import Any

from bot.agreement import (
    project_answers,
    project_beginnings,
    project_data,
    project_holdings,
    project_items,
    project_results,
    project_stages,
    projects,
)
from bot.agreement.project_answers import Answer
from bot.agreement.project_data import DataAnswer, DataPrinciple, PrincipleMet
from bot.agreement.project_gates import Gate, GateBasis, ProjectGate, gates_of
from bot.agreement.project_registers import DataHolding, Processing, ProcessingEntry
from bot.agreement.project_results import ResultKind
from bot.agreement.projects import JointProject, NewProject, ProjectKind
from tests.moves.scenes import Doing, Recipe, Scene, Someone

SUBSTANCE = "contact_point alternate field_focal_point communications legal"
RECEIVING = "contact_point alternate field_focal_point"
PROTECTING, STEWARDS = "contact_point legal", "data_steward legal"
NOT_NEEDED = Answer(basis=GateBasis.NOT_NEEDED, reason="No money passes.")
KEPT = Answer(kept_at="Registry", digest="ab" * 32)
NONE = DataAnswer(processes=False, reason="Statistics only.", met={})
TEN = DataAnswer(processes=True, met=dict.fromkeys(DataPrinciple, PrincipleMet.YES))
PROCESSING = Processing(
    data="Names",
    whose="Participants",
    purpose="Invitations",
    kept_at="The drive",
    transfers="",
    retention_until=date(2028, 6, 30),
)


def entered(kind: ProjectKind, days: int = 8) -> Any:
    """Entered with a first day so many days from today; one before today is a beginning to be confirmed."""

    def build(scene: Scene) -> Any:
        new = NewProject(
            kind=kind,
            title="Fair recruitment",
            area="A-COOP",
            channel_id="C0KENYA",
            lead_party=scene.own,
            starts_on=scene.record.today + timedelta(days=days),
            ends_on=None,
        )
        person = scene.record.key(scene.mine("field"))
        event = scene.act(scene.mine("field"), projects.add_project, new=new, responsible_id=person)
        scene.keys["project"] = event.project_id
        return event.project_id

    return build


project, opportunity = entered(ProjectKind.PROJECT), entered(ProjectKind.OPPORTUNITY)
begun = entered(ProjectKind.PROJECT, days=-30)


def gate(scene: Scene, which: Gate) -> ProjectGate:
    with scene.record.reading() as desk:
        return gates_of(desk.session, scene.keys["project"])[which]


def proposing(scene: Scene, which: Gate = Gate.AGREEMENT) -> Any:
    answer = NOT_NEEDED if which is Gate.AGREEMENT else KEPT
    key = gate(scene, which).key
    scene.act(scene.mine("legal"), project_answers.propose_gate, gate_id=key, answer=answer)
    return key


def confirming(scene: Scene, which: Gate = Gate.AGREEMENT) -> Any:
    key = proposing(scene, which)
    seen = gate(scene, which).version
    scene.act(scene.theirs("legal"), project_answers.confirm_gate, gate_id=key, seen=seen)
    return key


def listing(scene: Scene) -> Any:
    owner = scene.record.key(scene.mine("field"))
    facts = {"project_id": scene.keys["project"], "item": "Workshops", "owner_id": owner}
    scene.act(scene.mine("field"), project_items.add_item, **facts)
    return gate(scene, Gate.ITEMS).key


def listed(scene: Scene) -> Any:
    key = listing(scene)
    seen = gate(scene, Gate.ITEMS).version
    scene.act(scene.theirs("field"), project_items.confirm_items, gate_id=key, seen=seen)
    return key


def answering(scene: Scene) -> Any:
    facts = {"project_id": scene.keys["project"], "answer": NONE, "seen": 0}
    scene.act(scene.mine("steward"), project_data.answer_data, **facts)
    return gate(scene, Gate.DATA).key


def answered(scene: Scene) -> Any:
    key = answering(scene)
    facts = {"project_id": scene.keys["project"], "answer": NONE, "seen": 0}
    scene.act(scene.theirs("steward"), project_data.answer_data, **facts)
    return key


def ready(scene: Scene) -> Any:
    key = project(scene)
    confirming(scene)
    listed(scene)
    answered(scene)
    facts = {"kind": ResultKind.PRODUCED, "result": "A manual", "owner": "joint", "licence": ""}
    scene.act(scene.mine("field"), project_results.add_result, project_id=key, **facts)
    confirming(scene, Gate.OWNERSHIP)
    return key


def of(step: Any) -> Any:
    """A gate of a project, brought somewhere by `step`."""

    def build(scene: Scene) -> Any:
        project(scene)
        return step(scene)

    return build


def missing(which: Gate) -> Any:
    return of(lambda scene: gate(scene, which).key)


def held(scene: Scene) -> Any:
    key = project(scene)
    facts = {"project_id": key, "processing": PROCESSING}
    scene.act(scene.mine("steward"), project_holdings.enter_processing, **facts)
    return scene.last(ProcessingEntry).id


def of_project(verb: Any, **more: Any) -> Any:
    return lambda scene, _: (verb, {"project_id": scene.keys["project"], **more})


def of_gate(verb: Any, **more: Any) -> Any:
    return lambda scene, _: (verb, {"gate_id": scene.keys["case"], **more})


def as_seen(verb: Any) -> Any:
    def doing(scene: Scene, _: Someone) -> Doing:
        seen = scene.get(ProjectGate, scene.keys["case"]).version
        return verb, {"gate_id": scene.keys["case"], "seen": seen}

    return doing


def adding(scene: Scene, _: Someone) -> Doing:
    owner = scene.record.key(scene.mine("field"))
    facts = {"project_id": scene.keys["project"], "item": "A film", "owner_id": owner}
    return project_items.add_item, facts


def saying(answer: DataAnswer) -> Any:
    def doing(scene: Scene, one: Someone) -> Doing:
        with scene.record.reading() as desk:
            before = project_data.checks_of(desk.session, scene.keys["project"]).get(one.party)
        facts = {"project_id": scene.keys["project"], "answer": answer, "seen": before.seq if before else 0}
        return project_data.answer_data, facts

    return doing


def disposing(how: DataHolding) -> Any:
    def doing(scene: Scene, _: Someone) -> Doing:
        facts = {"entry_id": scene.keys["case"], "how": how, "note": "By the drive's owner."}
        return project_holdings.dispose, {**facts, "disposed_on": scene.record.today}

    return doing


def becoming(scene: Scene, _: Someone) -> Doing:
    days = {"starts_on": scene.record.today + timedelta(days=9), "ends_on": None}
    return project_stages.become_project, {"project_id": scene.keys["project"], **days}


AGREEMENT, ITEMS, DATA = (missing(one) for one in (Gate.AGREEMENT, Gate.ITEMS, Gate.DATA))
PROJECTS: dict[tuple[str, str], Recipe] = {
    ("projects", "start_project"): Recipe(
        JointProject,
        {"preparing": ready},
        of_project(project_stages.start_project),
        f"both: {RECEIVING}",
        places=True,
    ),
    ("projects", "become_project"): Recipe(
        JointProject, {"running": opportunity}, becoming, f"both: {SUBSTANCE}"
    ),
    ("projects", "confirm_begun"): Recipe(
        JointProject,
        {"stated": begun},
        of_project(project_beginnings.confirm_begun),
        f"other: {PROTECTING}",
    ),
    ("projects", "deny_begun"): Recipe(
        JointProject, {"stated": begun}, of_project(project_beginnings.deny_begun), f"other: {PROTECTING}"
    ),
    ("projects", "close_project"): Recipe(
        JointProject,
        {"stated": begun, "preparing": project, "running": opportunity},
        of_project(project_stages.close_project, outcome="It is over."),
        f"both: {SUBSTANCE}",
    ),
    ("holdings", "confirm_purged"): Recipe(
        ProcessingEntry, {"held": held}, disposing(DataHolding.PURGED), f"own: {STEWARDS}"
    ),
    ("holdings", "confirm_returned"): Recipe(
        ProcessingEntry, {"held": held}, disposing(DataHolding.RETURNED), f"own: {STEWARDS}"
    ),
}
GATES: dict[tuple[str, str], Recipe] = {
    ("gates", "propose_gate"): Recipe(
        ProjectGate,
        {"missing": AGREEMENT},
        of_gate(project_answers.propose_gate, answer=NOT_NEEDED),
        f"both: {PROTECTING}",
    ),
    ("gates", "confirm_gate"): Recipe(
        ProjectGate,
        {"proposed": of(proposing)},
        as_seen(project_answers.confirm_gate),
        f"other: {PROTECTING}",
    ),
    ("gates", "send_back_gate"): Recipe(
        ProjectGate,
        {"proposed": of(proposing)},
        of_gate(project_answers.send_back_gate, note="Not so."),
        f"both: {PROTECTING}",
    ),
    ("gates", "reopen_gate"): Recipe(
        ProjectGate,
        {"agreed": of(confirming)},
        of_gate(project_answers.reopen_gate, note="It changed."),
        f"both: {PROTECTING}",
    ),
    ("gates", "change_items"): Recipe(
        ProjectGate,
        {"missing": ITEMS, "proposed": of(listing), "agreed": of(listed)},
        adding,
        f"both: {SUBSTANCE}",
    ),
    ("gates", "confirm_items"): Recipe(
        ProjectGate,
        {"proposed": of(listing)},
        as_seen(project_items.confirm_items),
        f"other: {RECEIVING} legal",
    ),
    ("gates", "answer_data"): Recipe(
        ProjectGate,
        {"missing": DATA, "proposed": of(answering), "agreed": of(answered)},
        saying(TEN),
        f"both: {STEWARDS}",
    ),
    ("gates", "complete_data"): Recipe(
        ProjectGate,
        {"proposed": of(answering)},
        saying(NONE),
        f"other: {STEWARDS}",
        besides=f"own: {STEWARDS}",
    ),
}
RECIPES = {**PROJECTS, **GATES}
