"""A permission brought to any point of its life, for the tests of what may be done there."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import select

from bot.agreement import emblem_decisions, emblem_drafts, emblem_endings, emblem_uses, emblems
from bot.agreement.emblem_history import EmblemDeed, EmblemVersion
from bot.agreement.emblem_letters import EmblemLetter, Letter, WrittenForm, record_letter
from bot.agreement.emblem_plans import Mark, PlannedUse
from bot.agreement.emblems import NEVER_APPROVED, EmblemRequest, EmblemStatus
from bot.agreement.files import Attachment
from tests.office import ZURICH, Office

LIAISON = "C0LIAISON"
ASKERS = {"ilo": "Mei Chen", "iom": "David Okafor"}
APPROVERS = {"ilo": "Jonas Weber", "iom": "Yuki Tanaka"}
OTHER = {"ilo": "iom", "iom": "ilo"}
TODAY = date(2026, 11, 23)
USE = PlannedUse(
    mark=Mark.EMBLEM,
    purpose="To show that the study was made together.",
    product="Study on fair recruitment",
    audience="Governments",
    use_from=TODAY,
    use_until=date(2027, 3, 31),
    needed_by=TODAY,
    mockup_text="Published by both",
)
LETTER = Letter(
    form=WrittenForm.SIGNED_LETTER, signer="Amara Okonkwo", capacity="Director", dated=date(2026, 11, 20)
)
SIGNED = Attachment("letter.pdf", b"signed and sealed")
Doing = tuple[Callable[..., Any], Mapping[str, Any]]


def doing(deed: EmblemDeed, party: str) -> Doing:
    """The verb of a move and the facts it is done with, by somebody of `party`."""
    decide, down = emblem_decisions.decide, {"down_on": TODAY}
    approved, conditions = EmblemStatus.APPROVED, EmblemStatus.APPROVED_WITH_CONDITIONS
    letter, by_letter = record_letter, {"reason": "In blue.", "letter": LETTER, "file": SIGNED}
    table: dict[EmblemDeed, Doing] = {
        EmblemDeed.SUBMIT: (emblem_drafts.submit, {"use": USE, "through": party}),
        EmblemDeed.DROP: (emblem_drafts.drop_draft, {"through": party}),
        EmblemDeed.WITHDRAW: (emblem_endings.withdraw, {}),
        EmblemDeed.ASK_FOR_MORE: (emblem_decisions.ask_for_more, {"question": "Who prints it?"}),
        EmblemDeed.GIVE_INFORMATION: (emblem_decisions.give_information, {"information": "We do."}),
        EmblemDeed.APPROVE: (decide, {"status": approved}),
        EmblemDeed.APPROVE_WITH_CONDITIONS: (decide, {"status": conditions, "reason": "In blue."}),
        EmblemDeed.REFUSE: (decide, {"status": EmblemStatus.REFUSED, "reason": "Too late."}),
        EmblemDeed.LETTER_APPROVES: (letter, {"status": approved, **by_letter}),
        EmblemDeed.LETTER_APPROVES_WITH_CONDITIONS: (letter, {"status": conditions, **by_letter}),
        EmblemDeed.LETTER_REFUSES: (letter, {"status": EmblemStatus.REFUSED, **by_letter}),
        EmblemDeed.CHANGE_MATERIAL: (emblem_endings.change_material, {"text": "Other words"}),
        EmblemDeed.BEGIN_USE: (emblem_uses.begin_use, {"began_on": TODAY}),
        EmblemDeed.FILE_PROOF: (
            emblem_uses.file_proof,
            {"place": "The website", "seen_on": TODAY, "link": "https://www.example.org/a"},
        ),
        EmblemDeed.REVOKE: (emblem_endings.revoke, {"reason": "Misused.", "effect_on": TODAY}),
        EmblemDeed.TAKE_DOWN: (emblem_endings.take_down, down),
    }
    return table[deed]


def begin(office: Office, asking: str, deed: EmblemDeed) -> int:
    """A draft, for what is done to drafts, or else a request that was put to its owner."""
    facts: dict[str, Any] = {"owner": OTHER[asking], "channel_id": LIAISON, "use": USE}
    act, who = office.house.secretariat.act, office.who(ASKERS[asking])
    if deed in (EmblemDeed.SUBMIT, EmblemDeed.DROP):
        return act(who, emblem_drafts.keep_draft, through=asking, **facts).draft_id
    return act(who, emblems.request, **facts).request_id


def place(office: Office, status: EmblemStatus) -> None:
    """Let the case stand at `status`, whatever was done to it before."""
    used = TODAY if status in NEVER_APPROVED else None
    put = -1 if status is EmblemStatus.DRAFT else 1
    with office.database.writing() as session:
        session.exec(delete(EmblemVersion))
        session.exec(delete(EmblemLetter))
        values = {"status": status, "use_began_on": used, "seq": put, "version": 1, "mockup_text": "Words"}
        session.exec(update(EmblemRequest).values(use_from=TODAY, revoked_from=None, **values))


def row(office: Office, number: int = 1) -> EmblemRequest:
    """One case as it stands."""
    with office.reading() as desk:
        found = desk.session.exec(select(EmblemRequest).where(EmblemRequest.id == number)).one()
        desk.session.expunge(found)
        return found


def granted(
    office: Office, asking: str = "ilo", use: PlannedUse = USE, mockup: Attachment | None = None
) -> int:
    """An approved use that may begin today."""
    facts = {"owner": OTHER[asking], "channel_id": LIAISON, "use": use, "mockup": mockup}
    event: Any = office.act(ASKERS[asking], emblems.request, **facts)
    decided = {"request_id": event.request_id, "status": EmblemStatus.APPROVED}
    office.act(APPROVERS[OTHER[asking]], emblem_decisions.decide, **decided)
    number: int = event.request_id
    return number


def in_use(office: Office) -> int:
    """The same, and its use has begun."""
    number = granted(office)
    office.act("Mei Chen", emblem_uses.begin_use, request_id=number, began_on=office.today)
    return number


def revoked(office: Office) -> int:
    """The same, and revoked from today."""
    number = in_use(office)
    facts = {"request_id": number, "reason": "Misused.", "effect_on": office.today}
    office.act("Yuki Tanaka", emblem_endings.revoke, **facts)
    return number


def press(
    office: Office,
    name: str,
    button: str,
    values: Mapping[str, Any] | None = None,
    where: str = "ilo-iom-liaison",
) -> Any:
    """Press a button of the case and, if it opens a form, send that."""
    told = office.click(name, f"emblems.{button}", where=where)
    result = office.submit(name, dict(values)) if values is not None else told
    office.deliver()
    return result


def draft(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    """Keep a draft by the form."""
    from tests.handlers.test_emblems import USE as FORM

    office.command(name, "/emblem request")
    result = office.submit(name, {**FORM, "send": "draft", **changes})
    office.deliver()
    return result


def next_morning(office: Office, day: date) -> None:
    """Ten o'clock of `day`, as after days away."""
    office.clock.move_to(datetime.combine(day, datetime.min.time(), ZURICH) + timedelta(hours=10))
    office.tick()
