"""VI.1 and VI.3: nothing goes out under the other party's name or emblem unless its owner approved that use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from bot.agreement.communications import (
    Communication,
    CommunicationEvent,
    communication_facts,
    get_communication,
    require_unreleased,
)
from bot.agreement.desk import Desk
from bot.agreement.emblem_plans import Mark
from bot.agreement.emblems import CLAUSE, HYPERLINK_CLAUSE, PENDING, VALID, EmblemRequest
from bot.agreement.errors import FieldError
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.storage import status_type


class UsedMark(StrEnum):
    """What of the other party's a communication shows."""

    NAME = "name"
    """Its name in a headline or in branding."""
    EMBLEM = "emblem"
    """Its emblem or logo."""
    ABBREVIATION = "abbreviation"
    """Its abbreviation in a headline or in branding."""
    HYPERLINK = "hyperlink"
    """A link to one of its websites (VI.3)."""
    MENTION = "mention"
    """Its name in plain text; whether that needs an approval is a policy."""


COVERING = {
    UsedMark.NAME: frozenset({Mark.NAME}),
    UsedMark.EMBLEM: frozenset({Mark.EMBLEM}),
    UsedMark.ABBREVIATION: frozenset({Mark.ABBREVIATION}),
    UsedMark.HYPERLINK: frozenset({Mark.HYPERLINK}),
    UsedMark.MENTION: frozenset({Mark.NAME, Mark.ABBREVIATION}),
}
"""The approvals that cover each use."""
CAN_COVER = VALID | PENDING
"""What may be named; only what is approved and neither voided, expired nor revoked covers a use."""
Use = tuple[str, UsedMark]
"""The party that uses a mark of the other, and the mark."""


class MarkUse(SQLModel, table=True):
    """One mark of the other party's that `party` uses in a communication, and the request that is to cover it."""

    __table_args__ = (UniqueConstraint("communication_id", "party", "mark"),)

    id: int | None = Field(default=None, primary_key=True)
    communication_id: int = Field(foreign_key="communication.id", index=True)
    party: str
    mark: UsedMark = Field(sa_type=status_type(UsedMark))
    request_id: int | None = Field(default=None, foreign_key="emblemrequest.id")


@dataclass(frozen=True, kw_only=True)
class ApprovalsNamed(CommunicationEvent):
    """Somebody said which requests under VI.1 and VI.3 cover the marks that are used."""

    requests: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """A mark that is used and not covered: by whom, whose it is, and under which clause it needs an approval."""

    mark: UsedMark
    using: str
    owner: str
    clause: str


@dataclass
class NotOfThis(FieldError):
    """A chosen request covers none of the marks that are used."""

    routine = "communications"
    request: str


def uses(desk: Desk, row: Communication) -> Sequence[MarkUse]:
    """The marks a communication uses."""
    mine = select(MarkUse).where(MarkUse.communication_id == row.key)
    return desk.session.exec(mine.order_by(MarkUse.party, col(MarkUse.id))).all()


def state_uses(desk: Desk, row: Communication, stated: Iterable[Use], approvals: Iterable[int]) -> None:
    """Put down which marks are used; those that stay keep the request that covers them."""
    wanted = list(dict.fromkeys(stated))
    known = {(use.party, use.mark): use for use in uses(desk, row)}
    for gone in known.keys() - set(wanted):
        desk.session.delete(known[gone])
    for party, mark in wanted:
        if (party, mark) not in known:
            desk.session.add(MarkUse(communication_id=row.key, party=party, mark=mark))
    desk.session.flush()
    _link(desk, row, approvals)


def name_approvals(desk: Desk, *, communication_id: int, approvals: Sequence[int]) -> ApprovalsNamed:
    """Say which requests cover the marks used; the text and its clearances stay as they are."""
    row = get_communication(desk.session, communication_id)
    require(desk.session, desk.person, Act.NAME_APPROVALS, row)
    require_unreleased(desk, row)
    named = _link(desk, row, approvals)
    return ApprovalsNamed(requests=tuple(named), **communication_facts(desk, row))


def _link(desk: Desk, row: Communication, approvals: Iterable[int]) -> list[str]:
    named = []
    for key in approvals:
        known = desk.session.get(EmblemRequest, key)
        # A draft is its own party's affair: for a communication of both it is not there.
        request = known if known and known.is_put else None
        fitting = [use for use in uses(desk, row) if request and _fits(use, request)]
        if request is None or not fitting:
            raise NotOfThis("approvals", request.number if request else str(key))
        for use in fitting:
            use.request_id = key
            desk.session.add(use)
        named.append(request.number)
    desk.session.flush()
    return named


def _fits(use: MarkUse, request: EmblemRequest) -> bool:
    return request.asking_party == use.party and request.mark in COVERING[use.mark]


def choices(desk: Desk) -> Sequence[EmblemRequest]:
    """The requests that may cover a use, the latest first; as many as a form can offer."""
    able = select(EmblemRequest).where(
        col(EmblemRequest.status).in_(CAN_COVER), EmblemRequest.use_until >= desk.today
    )
    return desk.session.exec(able.order_by(col(EmblemRequest.id).desc()).limit(100)).all()


def missing_approvals(desk: Desk, row: Communication, on: date) -> list[Missing]:
    """The marks that no approval covers on the day `on`: as long as there is one, nothing is released."""
    return [
        Missing(
            use.mark,
            desk.definition.party(use.party).abbreviation,
            desk.definition.other(use.party).abbreviation,
            clause_of(use.mark),
        )
        for use in uses(desk, row)
        if needs_approval(desk, use.mark) and not covered(desk, use, on)
    ]


def clause_of(mark: UsedMark) -> str:
    """The clause under which a mark needs its owner's approval."""
    return HYPERLINK_CLAUSE if mark is UsedMark.HYPERLINK else CLAUSE


def needs_approval(desk: Desk, mark: UsedMark) -> bool:
    """Whether a use needs its owner's approval: a mention in plain text does only if the parties say so."""
    mentions = str(desk.definition.policy("permission.plain_text_mention"))
    return mark is not UsedMark.MENTION or mentions == "approval"


def covered(desk: Desk, use: MarkUse, on: date) -> bool:
    """Whether the request that was named for a use is approved, and for the day `on`."""
    request = desk.session.get(EmblemRequest, use.request_id) if use.request_id else None
    if request is None or not _fits(use, request):
        return False
    mine = request.owner_party == desk.definition.other(use.party).id
    return mine and request.status in VALID and request.use_from <= on <= request.use_until
