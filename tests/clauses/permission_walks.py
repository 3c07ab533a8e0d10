"""What a walk over permissions knows by itself: who holds which capacity on a day, and what each deed takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.agreement import emblem_decisions, emblem_drafts, emblem_endings, emblem_uses
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_letters import Letter, WrittenForm, record_letter
from bot.agreement.emblem_plans import Mark, PlannedUse
from bot.agreement.emblem_terms import Terms
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.files import Attachment
from tests.record import Someone

SIGNED = Attachment("letter.pdf", b"signed and sealed")
DECIDING = {
    EmblemDeed.APPROVE: EmblemStatus.APPROVED,
    EmblemDeed.APPROVE_WITH_CONDITIONS: EmblemStatus.APPROVED_WITH_CONDITIONS,
    EmblemDeed.REFUSE: EmblemStatus.REFUSED,
}
BY_LETTER = {
    EmblemDeed.LETTER_APPROVES: EmblemStatus.APPROVED,
    EmblemDeed.LETTER_APPROVES_WITH_CONDITIONS: EmblemStatus.APPROVED_WITH_CONDITIONS,
    EmblemDeed.LETTER_REFUSES: EmblemStatus.REFUSED,
}
APPROVER = frozenset({"emblem_approver"})
RECORDER = frozenset({"contact_point", "alternate", "legal"})
"""Who puts on record what their own party wrote outside Slack."""
EVENTS = {
    EmblemDeed.ASK: "emblem_requested",
    EmblemDeed.KEEP: "emblem_drafted",
    EmblemDeed.SUBMIT: "emblem_requested",
    EmblemDeed.DROP: "emblem_draft_dropped",
    EmblemDeed.WITHDRAW: "emblem_withdrawn",
    EmblemDeed.ASK_FOR_MORE: "emblem_questioned",
    EmblemDeed.GIVE_INFORMATION: "emblem_information_given",
    **dict.fromkeys(DECIDING, "emblem_decided"),
    **dict.fromkeys(BY_LETTER, "emblem_decided_by_letter"),
    EmblemDeed.LAPSE: "emblem_decided",
    EmblemDeed.CHANGE_MATERIAL: "emblem_material_changed",
    EmblemDeed.BEGIN_USE: "emblem_use_begun",
    EmblemDeed.FILE_PROOF: "emblem_proof_filed",
    EmblemDeed.EXPIRE: "emblem_expired",
    EmblemDeed.REVOKE: "emblem_revoked",
    EmblemDeed.TAKE_DOWN: "emblem_taken_down",
}
"""The line of the journal that goes with each line of a case's history."""


@dataclass
class Lent:
    """A capacity of an approver that a colleague holds for some days, until it is ended."""

    approver: str
    delegate: str
    first: date
    last: date
    ended: bool = False


@dataclass
class Roster:
    """Who serves until when, and holds what until when: the walk's own book, beside that of the product."""

    people: Mapping[str, Someone]
    until: dict[str, date] = field(default_factory=dict)
    held: dict[tuple[str, str], tuple[date, date]] = field(default_factory=dict)
    lent: list[Lent] = field(default_factory=list)

    def serves(self, name: str, day: date) -> bool:
        one = self.people[name]
        return one.listed and day <= min(self.until.get(name, date.max), one.until or date.max)

    def own(self, name: str, role: str, day: date) -> bool:
        """Whether somebody holds a capacity of their own right on a day."""
        always = (date.min, date.max if role in self.people[name].roles else date.min)
        first, last = self.held.get((name, role), always)
        return self.serves(name, day) and first <= day <= last

    def holds(self, name: str, roles: frozenset[str], day: date) -> bool:
        """The same, or for a colleague whose own right it is on that day."""
        lent = [
            each
            for each in self.lent
            if each.delegate == name and not each.ended and each.first <= day <= each.last
        ]
        approves = any(self.own(each.approver, "emblem_approver", day) for each in lent)
        borrowed = "emblem_approver" in roles and approves and self.serves(name, day)
        return borrowed or any(self.own(name, role, day) for role in roles)


def use(today: date, first: int, days: int, text: str = "Published by both") -> PlannedUse:
    """A planned use that begins after `first` days and lasts some days more."""
    begins = today + timedelta(days=first)
    return PlannedUse(
        mark=Mark.EMBLEM,
        purpose="To show that the study was made together.",
        product="Study on fair recruitment",
        audience="Governments",
        use_from=begins,
        use_until=begins + timedelta(days=days),
        needed_by=today,
        mockup_text=text,
        series="All studies of 2027",
    )


def written(today: date, twist: int) -> Mapping[str, Any]:
    """A letter; with some twists it lacks its file, its signer or its date, or is an e-mail from nobody known."""
    form = WrittenForm.EMAIL if twist == 5 else WrittenForm.SIGNED_LETTER
    signer, dated = "" if twist == 6 else "Amara Okonkwo", None if twist == 7 else today
    letter = Letter(form=form, signer=signer, capacity="Director", dated=dated, address="x@example.org")
    return {"reason": "In blue.", "letter": letter, "file": None if twist == 8 else SIGNED}


Doing = tuple[Callable[..., Any], Mapping[str, Any]]


def doing(row: EmblemRequest, deed: EmblemDeed, through: str, today: date, twist: int) -> Doing:
    """The verb of a deed with its facts; `twist` (0 for none) makes them odd in one way or another."""
    day = today + timedelta(days=(0, -1, 1, -4, 4, 0, 0, 0, 0)[twist])
    seen = {"version": row.version - (twist == 1)}
    case, words = {"request_id": row.key}, f"Words {today:%d%m} {twist}"
    if deed in DECIDING or deed in BY_LETTER:
        until = row.use_until + timedelta(days=(0, 0, -2, -3, 2, 0, 0, 0, 0)[twist])
        terms = {"terms": Terms(use_until=until, whole_series=twist in (3, 6)), **seen, **case}
        if deed in DECIDING:
            reason = "" if twist == 7 else "In blue."
            return emblem_decisions.decide, {"status": DECIDING[deed], "reason": reason, **terms}
        return record_letter, {"status": BY_LETTER[deed], **written(today, twist), **terms}
    mockup = {"mockup": Attachment("mockup.png", words.encode()) if twist == 2 else None}
    known: dict[EmblemDeed, Doing] = {
        EmblemDeed.SUBMIT: (
            emblem_drafts.submit,
            {"use": use(today, -1 if twist == 1 else 1, 4), "through": through, **case},
        ),
        EmblemDeed.DROP: (emblem_drafts.drop_draft, {"through": through, **case}),
        EmblemDeed.WITHDRAW: (emblem_endings.withdraw, case),
        EmblemDeed.ASK_FOR_MORE: (emblem_decisions.ask_for_more, {"question": "Who prints?", **seen, **case}),
        EmblemDeed.GIVE_INFORMATION: (
            emblem_decisions.give_information,
            {"information": "We do.", "text": words if twist in (3, 4) else "", **mockup, **case},
        ),
        EmblemDeed.CHANGE_MATERIAL: (
            emblem_endings.change_material,
            {"text": row.mockup_text if twist == 1 else words, **mockup, **case},
        ),
        EmblemDeed.BEGIN_USE: (emblem_uses.begin_use, {"began_on": day, **case}),
        EmblemDeed.FILE_PROOF: (
            emblem_uses.file_proof,
            {"place": "The website", "seen_on": day, "link": "https://www.example.org/a", **case},
        ),
        EmblemDeed.REVOKE: (emblem_endings.revoke, {"reason": "Misused.", "effect_on": day, **case}),
        EmblemDeed.TAKE_DOWN: (emblem_endings.take_down, {"down_on": day, **case}),
    }
    return known[deed]
