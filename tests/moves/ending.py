"""VII: notices to end the Agreement and amendments, from each status that a move leaves."""

from datetime import date, time, timedelta
from typing import Any

from bot.agreement import (
    amendment_drafts,
    amendment_signatures,
    notice_drafts,
    notice_receipts,
    notice_withdrawals,
    stated_notices,
)
from bot.agreement.amendment_drafts import Typed
from bot.agreement.amendments import Amendment, AmendmentSignature, as_signed, digest
from bot.agreement.files import Attachment
from bot.agreement.notice_drafts import Letter
from bot.agreement.notice_letters import NoticeChannel, NoticeLanguage
from bot.agreement.stated_notices import StatedLetter
from bot.agreement.terminations import Termination
from tests.moves.scenes import Doing, Recipe, Scene, Someone

ROOM, SIGNING = "contact_point signatory legal", "contact_point signatory"
TREATY = "contact_point alternate signatory legal"
PROTECTING = "contact_point legal"
FILE = Attachment("signed.pdf", b"signed")
DATED = date(2026, 11, 2)
RECEIVED = {"received_on": date(2026, 11, 20), "received_time": time(9), "how": "By courier"}


def letter(scene: Scene) -> Letter:
    planned = scene.record.today + timedelta(days=9)
    head = ("G. Houngbo", "Head", planned)
    return Letter(NoticeLanguage.EN, scene.other.upper(), "Geneva", DATED, *head)


def typed(scene: Scene, word: str) -> str:
    return f"{scene.get(Termination, scene.keys['case']).number} {word}"


def drafted(scene: Scene) -> Any:
    scene.act(scene.mine("legal"), notice_drafts.open_notice, letter=letter(scene), through=scene.own)
    scene.keys["case"] = scene.last(Termination).id
    return scene.keys["case"]


def half(scene: Scene) -> Any:
    """One of the two has agreed."""
    key = drafted(scene)
    scene.do(scene.mine("contact"), approving)
    return key


def approved(scene: Scene) -> Any:
    key = half(scene)
    scene.do(scene.mine("legal"), approving)
    return key


def sending(scene: Scene, one: Someone) -> Doing:
    facts = {"termination_id": scene.keys["case"], "dated_on": DATED, "sent_on": date(2026, 11, 19)}
    signed = {"travelled": NoticeChannel.COURIER, "file": FILE, "typed": typed(scene, "SENT"), "seen": 1}
    return notice_receipts.record_sent, {**facts, "sent_time": time(9), "through": one.party, **signed}


def sent(scene: Scene) -> Any:
    key = approved(scene)
    scene.do(scene.mine("legal"), sending)
    return key


def proving(scene: Scene, one: Someone) -> Doing:
    facts = {"termination_id": scene.keys["case"], "file": FILE, "through": one.party}
    return notice_receipts.prove_receipt, {**facts, **RECEIVED}


def received(scene: Scene) -> Any:
    key = sent(scene)
    scene.do(scene.mine("legal"), proving)
    return key


def acknowledging(scene: Scene, _: Someone) -> Doing:
    return notice_receipts.acknowledge, {"termination_id": scene.keys["case"], **RECEIVED}


def acknowledged(scene: Scene) -> Any:
    key = sent(scene)
    scene.do(scene.theirs("contact"), acknowledging)
    return key


def stated(scene: Scene) -> Any:
    """The other party says that it received a letter of this one."""
    said = StatedLetter(
        DATED, "G. Houngbo", "Head", date(2026, 11, 20), time(9), "By courier", NoticeChannel.COURIER
    )
    scene.act(scene.theirs("contact"), stated_notices.state_letter, letter=said, file=FILE)
    scene.keys["case"] = scene.last(Termination).id
    return scene.keys["case"]


def half_confirmed(scene: Scene) -> Any:
    key = stated(scene)
    scene.do(scene.mine("contact"), ours)
    return key


def ours(scene: Scene, _: Someone) -> Doing:
    facts = {"termination_id": scene.keys["case"], "typed": typed(scene, "OURS")}
    return stated_notices.confirm_letter, facts


def withdrawing(before: Any) -> Any:
    """The own side has proposed that the notice be withdrawn."""

    def build(scene: Scene) -> Any:
        key = before(scene)
        facts = {"termination_id": key, "reason": "Why.", "typed": typed(scene, "WITHDRAW")}
        scene.act(scene.mine("contact"), notice_withdrawals.propose_withdrawal, **facts)
        return key

    return build


def agreeing(scene: Scene, _: Someone) -> Doing:
    facts = {"termination_id": scene.keys["case"], "typed": typed(scene, "WITHDRAW"), "seen": 1}
    return notice_withdrawals.agree_to_withdrawal, facts


def of_room(verb: Any, **more: Any) -> Any:
    def doing(scene: Scene, one: Someone) -> Doing:
        return verb, {"termination_id": scene.keys["case"], "through": one.party, **more}

    return doing


def of_letter(verb: Any) -> Any:
    return lambda scene, _: (verb, {"termination_id": scene.keys["case"], "reason": "No."})


def approving(scene: Scene, one: Someone) -> Doing:
    facts = {"termination_id": scene.keys["case"], "typed": typed(scene, "SEND"), "seen": 1}
    return notice_drafts.approve, {**facts, "through": one.party}


def revising(scene: Scene, one: Someone) -> Doing:
    facts = {"termination_id": scene.keys["case"], "letter": letter(scene), "seen": 1}
    return notice_drafts.revise, {**facts, "through": one.party}


def first(scene: Scene) -> tuple[str, ...]:
    return (scene.mine("contact"),)


NOTICES: dict[tuple[str, str], Recipe] = {
    ("terminations", "approve"): Recipe(
        Termination, {"draft": half}, approving, f"own: {ROOM}", not_again=first
    ),
    ("terminations", "revise"): Recipe(
        Termination, {"draft": drafted, "approved_to_send": approved}, revising, f"own: {ROOM}"
    ),
    ("terminations", "drop"): Recipe(
        Termination,
        {"draft": drafted, "approved_to_send": approved},
        of_room(notice_drafts.drop_notice, note="No."),
        f"own: {ROOM}",
    ),
    ("terminations", "record_sent"): Recipe(
        Termination,
        {"approved_to_send": approved},
        sending,
        f"own: {ROOM}",
    ),
    ("terminations", "prove_receipt"): Recipe(Termination, {"sent": sent}, proving, f"own: {ROOM}"),
    ("terminations", "acknowledge"): Recipe(
        Termination, {"sent": sent, "received": received}, acknowledging, f"other: {SIGNING}"
    ),
    ("terminations", "confirm_letter"): Recipe(
        Termination, {"stated": half_confirmed}, ours, f"own: {ROOM}", not_again=first
    ),
    ("terminations", "deny_letter"): Recipe(
        Termination, {"stated": stated}, of_letter(stated_notices.deny_letter), f"own: {ROOM}"
    ),
    ("terminations", "retract_letter"): Recipe(
        Termination, {"stated": stated}, of_letter(stated_notices.retract_letter), f"other: {SIGNING}"
    ),
    ("terminations", "withdraw"): Recipe(
        Termination,
        {
            "sent": withdrawing(sent),
            "received": withdrawing(received),
            "acknowledged": withdrawing(acknowledged),
        },
        agreeing,
        f"other: {SIGNING}",
    ),
}


def begun(scene: Scene) -> Any:
    facts = {"title": "A longer notice", "purpose": "Why.", "channel_id": "C0LIAISON", "effective_on": None}
    made = scene.act(scene.mine("legal"), amendment_drafts.draft, through=scene.own, **facts)
    change = Typed(number="3", unit="M", summary="Three months' notice.", rule="3 months")
    target = {"clause": "VII.1-2", "target": "notice::", "typed": change, "through": scene.own}
    scene.keys["case"] = made.amendment_id
    scene.act(scene.mine("legal"), amendment_drafts.add_change, amendment_id=made.amendment_id, **target)
    return made.amendment_id


def proposing(scene: Scene, one: Someone) -> Doing:
    with scene.record.reading() as desk:
        row = desk.session.get_one(Amendment, scene.keys["case"])
        seen = digest(desk.session, row, row.version + 1)
    return amendment_drafts.propose, {"amendment_id": row.key, "seen": seen, "through": one.party}


def put(scene: Scene) -> Any:
    key = begun(scene)
    scene.do(scene.mine("legal"), proposing)
    return key


def answering(verb: Any, **more: Any) -> Any:
    def doing(scene: Scene, _: Someone) -> Doing:
        seen = scene.get(Amendment, scene.keys["case"]).digest
        return verb, {"amendment_id": scene.keys["case"], "seen": seen, **more}

    return doing


def agreed(scene: Scene) -> Any:
    key = put(scene)
    scene.do(scene.theirs("contact"), answering(amendment_signatures.agree))
    return key


def signing(scene: Scene, one: Someone) -> Doing:
    row = scene.get(Amendment, scene.keys["case"])
    mine = (AmendmentSignature.amendment_id == row.key, AmendmentSignature.party == one.party)
    known = scene.last(AmendmentSignature, *mine)
    who = {"signatory": "A. Head", "capacity": "Head", "signed_on": scene.record.today, "seen": row.digest}
    revision = known.revision if known else 0
    return amendment_signatures.sign, {"amendment_id": row.key, "revision": revision, **who}


def filed(scene: Scene) -> Any:
    key = agreed(scene)
    for name in (scene.mine("legal"), scene.theirs("legal")):
        scene.do(name, signing)
    scene.act(scene.mine("legal"), amendment_signatures.add_file, amendment_id=key, file=FILE, seen=0)
    return key


def sealing(scene: Scene, _: Someone) -> Doing:
    with scene.record.reading() as desk:
        row = desk.session.get_one(Amendment, scene.keys["case"])
        return amendment_signatures.confirm_file, {
            "amendment_id": row.key,
            "seen": as_signed(desk.session, row),
        }


def of_amendment(verb: Any, **more: Any) -> Any:
    def doing(scene: Scene, one: Someone) -> Doing:
        return verb, {"amendment_id": scene.keys["case"], "through": one.party, **more}

    return doing


AMENDMENTS: dict[tuple[str, str], Recipe] = {
    ("amendments", "propose"): Recipe(Amendment, {"drafting": begun}, proposing, f"own: {PROTECTING}"),
    ("amendments", "revise"): Recipe(
        Amendment,
        {"proposed": put, "agreed": agreed},
        of_amendment(amendment_drafts.revise, reason="Why."),
        f"own: {PROTECTING}",
    ),
    ("amendments", "agree"): Recipe(
        Amendment, {"proposed": put}, answering(amendment_signatures.agree), f"other: {SIGNING}"
    ),
    ("amendments", "decline"): Recipe(
        Amendment,
        {"proposed": put},
        answering(amendment_signatures.decline, reason="No."),
        f"other: {SIGNING}",
    ),
    ("amendments", "sign"): Recipe(Amendment, {"agreed": agreed}, signing, f"both: {TREATY}"),
    ("amendments", "add_file"): Recipe(
        Amendment,
        {"agreed": agreed},
        lambda scene, _: (
            amendment_signatures.add_file,
            {"amendment_id": scene.keys["case"], "file": FILE, "seen": 0},
        ),
        f"both: {TREATY}",
    ),
    ("amendments", "confirm_file"): Recipe(Amendment, {"agreed": filed}, sealing, f"other: {TREATY}"),
    ("amendments", "withdraw"): Recipe(
        Amendment,
        {"drafting": begun, "proposed": put, "agreed": agreed},
        of_amendment(amendment_drafts.withdraw, reason="Why."),
        f"own: {PROTECTING}",
    ),
}
RECIPES = {**NOTICES, **AMENDMENTS}
