"""VI.1: a request that its party still writes: for its own people alone, until it is put to the owner."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select, update

from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import CaseLanguage, keep_language
from bot.agreement.emblem_history import EmblemDeed, remember
from bot.agreement.emblem_instructions import note_read
from bot.agreement.emblem_machine import entitled, go, objection
from bot.agreement.emblem_plans import FieldEmpty, PlannedUse, check
from bot.agreement.emblems import (
    CLAUSE,
    EmblemRequest,
    EmblemRequested,
    EmblemStatus,
    answer_day,
    enter,
    next_number,
    put,
)
from bot.agreement.events import Event
from bot.agreement.files import Attachment, keep
from bot.agreement.matters import ThroughOtherApp
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import require
from bot.agreement.rights import Act

SUBJECT = "emblem_draft"


@dataclass(frozen=True, kw_only=True)
class EmblemDrafted(Event):
    """A party kept or changed a draft; what it says is told to its own people only."""

    draft_id: int
    party: str
    new: bool


@dataclass(frozen=True, kw_only=True)
class EmblemDraftDropped(Event):
    """A party dropped a draft; that, too, is its own affair."""

    draft_id: int
    party: str


def keep_draft(
    desk: Desk,
    *,
    owner: str,
    channel_id: str,
    use: PlannedUse,
    through: str,
    mockup: Attachment | None = None,
    language: str = CaseLanguage.EN,
) -> EmblemDrafted:
    """Keep a planned use as a draft of one's own party; `through` is the party whose app carries the words."""
    require(desk.session, desk.person, Act.REQUEST_EMBLEM)
    refuse_elsewhere(desk, through, ThroughOtherApp)
    _check_name(use)
    number = {"year": desk.today.year, "seq": _below_one(desk)}
    row = enter(
        desk, EmblemStatus.DRAFT, owner=owner, channel_id=channel_id, use=use, mockup=mockup, **number
    )
    keep_language(desk, row.key, language)
    remember(desk, row.key, row.version, EmblemDeed.KEEP)
    return EmblemDrafted(draft_id=row.key, party=row.asking_party, new=True, **_named(row))


def change_draft(
    desk: Desk,
    *,
    request_id: int,
    use: PlannedUse,
    through: str,
    mockup: Attachment | None = None,
    language: str = CaseLanguage.EN,
) -> EmblemDrafted:
    """Write a draft of one's own party anew; a file stays unless another takes its place."""
    row = _draft(desk, request_id, EmblemDeed.SUBMIT, through)
    _check_name(use)
    values = {**vars(use), "mockup_file_id": keep(desk.session, mockup) or row.mockup_file_id}
    mine = (col(EmblemRequest.id) == row.key) & (col(EmblemRequest.status) == EmblemStatus.DRAFT)
    done = desk.session.exec(update(EmblemRequest).where(mine).values(**values))
    desk.session.refresh(row)
    if done.rowcount != 1:
        raise objection(desk, row, EmblemDeed.SUBMIT)
    keep_language(desk, row.key, language)
    remember(desk, row.key, row.version, EmblemDeed.KEEP)
    return EmblemDrafted(draft_id=row.key, party=row.asking_party, new=False, **_named(row))


def submit(
    desk: Desk,
    *,
    request_id: int,
    use: PlannedUse,
    through: str,
    mockup: Attachment | None = None,
    language: str = CaseLanguage.EN,
    read: Sequence[str] = (),
) -> EmblemRequested:
    """Put a draft to the owner: from now on it is a request with a number, and both parties read it.

    `read` are the versions of the owner's instructions that the person ticked as read (IX.2-3).
    """
    row = _draft(desk, request_id, EmblemDeed.SUBMIT, through)
    file_id = keep(desk.session, mockup) or row.mockup_file_id
    check(use, file_id is not None, desk.today)
    go(
        desk,
        row,
        EmblemDeed.SUBMIT,
        year=desk.today.year,
        seq=next_number(desk),
        asked_by=desk.person.key,
        asked_at=desk.now,
        answer_by=answer_day(desk),
        mockup_file_id=file_id,
        **vars(use),
    )
    keep_language(desk, row.key, language)
    note_read(desk, request_id=row.key, owner=row.owner_party, ticked=read)
    return put(desk, row)


def drop_draft(desk: Desk, *, request_id: int, through: str) -> EmblemDraftDropped:
    """Give up a draft, which nobody else has seen."""
    row = _draft(desk, request_id, EmblemDeed.DROP, through)
    go(desk, row, EmblemDeed.DROP)
    return EmblemDraftDropped(draft_id=row.key, party=row.asking_party, **_named(row))


def _draft(desk: Desk, request_id: int, deed: EmblemDeed, through: str) -> EmblemRequest:
    refuse_elsewhere(desk, through, ThroughOtherApp)
    return entitled(desk, request_id, deed)


def get_draft(desk: Desk, request_id: int, through: str) -> EmblemRequest:
    """A draft of one's own party, to be changed."""
    row = _draft(desk, request_id, EmblemDeed.SUBMIT, through)
    if row.status is not EmblemStatus.DRAFT:
        raise objection(desk, row, EmblemDeed.SUBMIT)
    return row


def drafts(session: Session, party: str) -> Sequence[EmblemRequest]:
    """What a party has still to submit, the oldest first."""
    mine = (EmblemRequest.asking_party == party, EmblemRequest.status == EmblemStatus.DRAFT)
    return session.exec(select(EmblemRequest).where(*mine).order_by(col(EmblemRequest.id))).all()


def _check_name(use: PlannedUse) -> None:
    if not use.product.strip():
        raise FieldEmpty("product")


def _below_one(desk: Desk) -> int:
    mine = EmblemRequest.year == desk.today.year
    least = desk.session.exec(select(func.min(EmblemRequest.seq)).where(mine)).one()
    return min(least or 0, 0) - 1


def _named(row: EmblemRequest) -> dict[str, str]:
    return {"clause": CLAUSE, "subject": f"{SUBJECT}:{row.key}"}
